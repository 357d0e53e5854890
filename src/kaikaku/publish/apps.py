from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.urls import reverse

from kaikaku.ui.navigation import Place

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.ui.manual import ManualPage


class PublishConfig(AppConfig):
    name = "kaikaku.publish"
    verbose_name = "公表"

    def places(self, user: User) -> Iterable[Place]:
        """The publications, for everyone who works here or advises."""
        from kaikaku.org.access import INSIDERS, allowed

        if not allowed(user, *INSIDERS):
            return ()
        return (Place("公表", reverse("publish:publications"), order=70),)

    def manual(self) -> Iterable[ManualPage]:
        """Publishing, errata, open data."""
        from kaikaku.publish.manual import PAGES

        return PAGES
