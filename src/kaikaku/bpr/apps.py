"""The app that keeps the register of re-engineered work: before, after, what it saves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.urls import reverse

from kaikaku.ui.navigation import Place

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.ui.manual import ManualPage

LABEL = "業務改革"


class BprConfig(AppConfig):
    name = "kaikaku.bpr"
    verbose_name = LABEL

    def places(self, user: User) -> Iterable[Place]:
        """The register, for everyone who works here, under 取組 with the other reform work."""
        from kaikaku.bpr.queries import READERS
        from kaikaku.org.access import allowed

        return (Place("取組", reverse("bpr:index"), order=51),) if allowed(user, *READERS) else ()

    def manual(self) -> Iterable[ManualPage]:
        """The register, from a candidate to verified hours."""
        from kaikaku.bpr.manual import PAGES

        return PAGES
