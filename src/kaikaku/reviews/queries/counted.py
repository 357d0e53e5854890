"""What the metrics of reviews count: opinions by the day of their meeting, and reviews that are overdue."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Min, Q, QuerySet

from kaikaku.core.eras import days_of_fiscal_year, fiscal_year_of
from kaikaku.reviews.models import Event, Loop, Opinion

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation


def opinions_heard(organisation: Organisation, fiscal_year: int) -> QuerySet[Opinion]:
    """The opinions on items of meetings held in the year, with their answers."""
    found = Opinion.objects.filter(
        item__meeting__edition__plan__organisation=organisation,
        item__meeting__held_on__range=days_of_fiscal_year(fiscal_year),
        item__removed_at__isnull=True,
    )
    names = ("item__meeting", "item__section", "item__indicator", "answer")
    return found.select_related(*names).order_by("pk")


def first_loop_year(organisation: Organisation) -> int | None:
    """The fiscal year in which the first loop was begun."""
    events = Event.objects.filter(loop__edition__plan__organisation=organisation)
    first = events.aggregate(day=Min("happened_on"))["day"]
    return None if first is None else fiscal_year_of(first)


def loops_overdue(organisation: Organisation, on: date) -> QuerySet[Loop]:
    """The loops that had not been looked at again by that day though they should have been.

    A loop's day is the one it has now; one that was ended later counts as open on that day.
    """
    open_then = Q(closed_at__isnull=True) | Q(closed_at__date__gt=on)
    found = Loop.objects.filter(open_then, edition__plan__organisation=organisation, review_by__lt=on)
    return found.select_related("section", "indicator").order_by("pk")
