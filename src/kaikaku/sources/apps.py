from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.urls import reverse

from kaikaku.ui.navigation import Place

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.ui.manual import ManualPage


class SourcesConfig(AppConfig):
    name = "kaikaku.sources"
    verbose_name = "出典"

    def places(self, user: User) -> Iterable[Place]:
        """The documents, for those who work with them."""
        from kaikaku.org.access import INSIDERS, allowed

        return (Place("出典", reverse("sources:documents"), order=80),) if allowed(user, *INSIDERS) else ()

    def manual(self) -> Iterable[ManualPage]:
        """Where a figure comes from."""
        from kaikaku.sources.manual import PAGES

        return PAGES
