"""The app that asks everyone who works here for ideas, and tells each of them what became of theirs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.urls import reverse

from kaikaku.ui.navigation import Place

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.ui.manual import ManualPage

LABEL = "職員提案"


class IdeasConfig(AppConfig):
    name = "kaikaku.ideas"
    verbose_name = LABEL

    def places(self, user: User) -> Iterable[Place]:
        """For everyone who works here, under 取組 with the other reform work."""
        from kaikaku.org.access import allowed
        from kaikaku.org.roles import Role

        if allowed(user, Role.EMPLOYEE):
            yield Place("取組", reverse("ideas:index"), order=50)

    def manual(self) -> Iterable[ManualPage]:
        """Writing ideas, examining them, telling what came of them."""
        from kaikaku.ideas.manual import PAGES

        return PAGES
