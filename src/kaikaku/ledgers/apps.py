"""The app that keeps typed registers; what each holds is a data file of its kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.urls import reverse

from kaikaku.ui.navigation import Place

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.ui.manual import ManualPage

LABEL = "台帳"


class LedgersConfig(AppConfig):
    name = "kaikaku.ledgers"
    verbose_name = LABEL

    def places(self, user: User) -> Iterable[Place]:
        """For everyone who works here: employees read what is public, the sections keep their own."""
        from kaikaku.org.access import allowed
        from kaikaku.org.roles import Role

        if allowed(user, Role.EMPLOYEE):
            yield Place("取組", reverse("ledgers:index"), order=54)

    def manual(self) -> Iterable[ManualPage]:
        """How a ledger is kept, and how a new kind is made."""
        from kaikaku.ledgers.manual import PAGES

        return PAGES
