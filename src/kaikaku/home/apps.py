"""The app every person begins at; it has no tables and only collects from the apps below."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.urls import reverse

from kaikaku.ui.navigation import Place

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.ui.manual import ManualPage


class HomeConfig(AppConfig):
    name = "kaikaku.home"
    verbose_name = "ホーム"

    def places(self, user: User) -> Iterable[Place]:
        """ホーム, first in the main row."""
        also = (reverse("home:dashboard"), reverse("home:search"))
        return (Place("ホーム", reverse("home:index"), order=10, also=also),)

    def search_url(self) -> str:
        """Where the search field of every page leads."""
        return reverse("home:search")

    def manual(self) -> Iterable[ManualPage]:
        """One's own page, the whole at a glance, the governor's sheet."""
        from kaikaku.home.manual import PAGES

        return PAGES
