"""The app by which sections help each other out: who asks, who helps, what was worked, what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.urls import reverse

from kaikaku.ui.navigation import Place

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.ui.manual import ManualPage

LABEL = "庁内の応援"


class ExchangeConfig(AppConfig):
    name = "kaikaku.exchange"
    verbose_name = LABEL

    def places(self, user: User) -> Iterable[Place]:
        """For everyone who works here, under 取組 with the other reform work."""
        from kaikaku.org.access import allowed
        from kaikaku.org.roles import Role

        if allowed(user, Role.EMPLOYEE):
            yield Place("取組", reverse("exchange:index"), order=52)

    def manual(self) -> Iterable[ManualPage]:
        """From a request to the end report."""
        from kaikaku.exchange.manual import PAGES

        return PAGES
