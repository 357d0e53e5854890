"""The app of internal control: the register of risks, the year's checks, incidents, the report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.urls import reverse

from kaikaku.ui.navigation import Place

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.ui.manual import ManualPage

LABEL = "内部統制"


class ControlsConfig(AppConfig):
    name = "kaikaku.controls"
    verbose_name = LABEL

    def places(self, user: User) -> Iterable[Place]:
        """For everyone who works here, under 取組 with the other reform work."""
        from kaikaku.org.access import allowed
        from kaikaku.org.roles import Role

        if allowed(user, Role.EMPLOYEE):
            yield Place("取組", reverse("controls:index"), order=55)

    def manual(self) -> Iterable[ManualPage]:
        """From a risk to the year's report."""
        from kaikaku.controls.manual import PAGES

        return PAGES
