"""The app that inspects and hears: the log of what was noticed, decided and changed; meetings; opinions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.urls import reverse

from kaikaku.ui.navigation import Place

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.ui.manual import ManualPage

LABEL = "点検・見直し"


class ReviewsConfig(AppConfig):
    name = "kaikaku.reviews"
    verbose_name = LABEL

    def places(self, user: User) -> Iterable[Place]:
        """The open loops for who works here; the meetings opened to them for outside experts."""
        from kaikaku.org.access import allowed
        from kaikaku.org.roles import Role

        if allowed(user, Role.EMPLOYEE):
            return (Place(LABEL, reverse("reviews:index"), order=40),)
        if allowed(user, Role.MEMBER):
            here = reverse("reviews:index")
            return (Place(LABEL, reverse("reviews:meetings"), order=40, also=(here,)),)
        return ()

    def manual(self) -> Iterable[ManualPage]:
        """Observations, meetings, opinions."""
        from kaikaku.reviews.manual import PAGES

        return PAGES
