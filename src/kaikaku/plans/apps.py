"""The app that holds what is accepted: plans, their figures and the rule they are rated by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse

from kaikaku.ui.navigation import Choice, Place

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.ui.manual import ManualPage

MOST_CHOICES = 30


class PlansConfig(AppConfig):
    name = "kaikaku.plans"
    verbose_name = "プラン"

    def places(self, user: User) -> Iterable[Place]:
        """プラン in the main row, for everyone of a government."""
        return () if user.organisation_id is None else (Place("プラン", reverse("plans:index"), order=20),)

    def editions(self, request: HttpRequest) -> Iterable[Choice]:
        """The switch of edition and year in the header; the view says which one is in view."""
        from kaikaku.org.access import user_of
        from kaikaku.plans.queries import editions_for

        user = user_of(request)
        if user.organisation_id is None:
            return ()
        here = getattr(request, "edition_in_view", None)
        rows = editions_for(user).values_list("pk", "plan__name", "title")[:MOST_CHOICES]
        names = [(pk, title if plan in title else f"{plan} {title}") for pk, plan, title in rows]
        return [Choice(name, reverse("plans:edition", args=[pk]), pk == here) for pk, name in names]

    def manual(self) -> Iterable[ManualPage]:
        """Reading a plan, changing it, the rating, the next edition."""
        from kaikaku.plans.manual import PAGES

        return PAGES
