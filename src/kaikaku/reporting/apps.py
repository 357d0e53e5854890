"""The app that leads from a request to an accepted report: rounds, sheets, approval."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.urls import reverse

from kaikaku.ui.navigation import Place

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.ui.manual import ManualPage


class ReportingConfig(AppConfig):
    name = "kaikaku.reporting"
    verbose_name = "報告"

    def places(self, user: User) -> Iterable[Place]:
        """報告 with the number of what waits, for those who fill in, approve, run or read the rounds."""
        from kaikaku.org.access import allowed
        from kaikaku.reporting.queries import READERS, count_waiting

        if not allowed(user, *READERS):
            return ()
        return (Place("報告", reverse("reporting:index"), order=30, count=count_waiting(user)),)

    def manual(self) -> Iterable[ManualPage]:
        """Rounds, sheets and their approval."""
        from kaikaku.reporting.manual import PAGES

        return PAGES
