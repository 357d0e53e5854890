"""The app every person begins at: it collects from the apps below, and keeps only what a person follows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.urls import reverse

from kaikaku.ui.navigation import Place, Tool

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.ui.manual import ManualPage


class HomeConfig(AppConfig):
    name = "kaikaku.home"
    verbose_name = "ホーム"

    def places(self, user: User) -> Iterable[Place]:
        """ホーム, first in the main row."""
        also = (reverse("home:notices"), reverse("home:dashboard"), reverse("home:search"))
        return (Place("ホーム", reverse("home:index"), order=10, also=also),)

    def notices_url(self) -> str:
        """Where 通知 in the header leads; without a number, which would only shout."""
        return reverse("home:notices")

    def tools(self, user: User, kind: str, key: int) -> Iterable[Tool]:
        """The button that follows a thing or no longer does."""
        from kaikaku.home.queries import standing_of

        standing = standing_of(user, (kind, str(key)))
        if standing is None:
            return ()
        label = "フォローをやめる" if standing.follows else "フォローする"
        fields = (("follow", "" if standing.follows else "1"),)
        hint = "変更があると、ホームと通知のページに出ます。"
        return (Tool(label, reverse("home:follow", args=[kind, key]), fields, hint),)

    def search_url(self) -> str:
        """Where the search field of every page leads."""
        return reverse("home:search")

    def manual(self) -> Iterable[ManualPage]:
        """One's own page, the whole at a glance, the governor's sheet."""
        from kaikaku.home.manual import PAGES

        return PAGES
