"""The week's minutes of a person, over all that they help with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Sum

from kaikaku.exchange.models import WorkEntry

if TYPE_CHECKING:
    from kaikaku.exchange.models import Assignment


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday: what is logged, and the cap of the scheme."""

    monday: date
    minutes: int
    cap: int

    @property
    def left(self) -> int:
        return max(0, self.cap - self.minutes)


def week_of(assignment: Assignment, day: date, *, without: date | None = None) -> Week:
    """The week in which the day lies; `without` leaves out this assignment's entry of that day."""
    monday = day - timedelta(days=day.weekday())
    logged = WorkEntry.objects.filter(
        assignment__user=assignment.user_id, day__gte=monday, day__lt=monday + timedelta(days=7)
    ).exclude(assignment__state="cancelled")
    if without is not None:
        logged = logged.exclude(assignment=assignment, day=without)
    total = logged.aggregate(total=Sum("minutes"))["total"] or 0
    return Week(monday, total, assignment.request.scheme.read.cap)
