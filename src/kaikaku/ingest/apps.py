from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.urls import reverse

from kaikaku.ui.navigation import Link, Place

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.ui.manual import ManualPage


class IngestConfig(AppConfig):
    name = "kaikaku.ingest"
    verbose_name = "取り込み"

    def places(self, user: User) -> Iterable[Place]:
        """Imports stand under プラン, for those who may import."""
        from kaikaku.org.access import allowed
        from kaikaku.org.roles import Role

        may = allowed(user, Role.SECRETARIAT)
        return (Place("プラン", reverse("ingest:imports"), order=21),) if may else ()

    def manual(self) -> Iterable[ManualPage]:
        """Bringing a document in."""
        from kaikaku.ingest.manual import PAGES

        return PAGES

    def links(self, user: User) -> Iterable[Link]:
        """The check of tables, for everyone who makes them."""
        return (Link("表の点検（機械可読性）", reverse("ingest:lint")),) if user.organisation_id else ()
