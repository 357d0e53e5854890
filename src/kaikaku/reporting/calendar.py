"""The days of a round: the template calendar of domain.md §2, what is due when, and when to remind.

Pure: the day is always an argument.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kaikaku.core.workflow import State

# by which step a state must have been left
STEP_OF: Mapping[State, str] = {
    State.REQUESTED: "submit",
    State.DRAFT: "submit",
    State.RETURNED: "submit",
    State.SUBMITTED: "confirm",
    State.CHIEF_CONFIRMED: "bundle",
    State.BUNDLED: "accept",
}
STEP_LABELS = {
    "submit": "提出",
    "confirm": "所属長の確認",
    "bundle": "部局の取りまとめ",
    "accept": "事務局の受理",
}
REMIND_WEEK, REMIND_DAY = 7, 1


@dataclass(frozen=True, slots=True)
class Dates:
    """The last day of each step."""

    submit: date
    confirm: date
    bundle: date
    accept: date

    def of(self, state: State) -> date | None:
        """The day by which a sheet in this state must move on; None when nothing is waited for."""
        days = {"submit": self.submit, "confirm": self.confirm, "bundle": self.bundle, "accept": self.accept}
        return days.get(STEP_OF.get(state, ""))


def template(kind: str, fiscal_year: int, *, today: date) -> Dates:
    """The template dates: the annual round reports a year after it ends, the mid-year check within it.

    出納整理期間 ends on 31 May, so that money is preliminary until then. A one-off inquiry runs from today.
    """
    if kind == "annual":
        year = fiscal_year + 1
        return Dates(date(year, 5, 8), date(year, 5, 15), date(year, 5, 29), date(year, 6, 30))
    if kind == "midyear":
        return Dates(
            date(fiscal_year, 10, 16),
            date(fiscal_year, 10, 23),
            date(fiscal_year, 10, 30),
            date(fiscal_year, 11, 13),
        )
    return Dates(*(today + timedelta(days=days) for days in (14, 17, 21, 28)))


def due_of(state: State, dates: Dates, *, extended_to: date | None = None) -> date | None:
    """When the sheet must leave this state; an exception (延長) moves its submission, and what follows too.

    >>> days = Dates(date(2026, 5, 8), date(2026, 5, 15), date(2026, 5, 29), date(2026, 6, 30))
    >>> due_of(State.DRAFT, days, extended_to=date(2026, 5, 20))
    datetime.date(2026, 5, 20)
    >>> due_of(State.SUBMITTED, days, extended_to=date(2026, 5, 20))
    datetime.date(2026, 5, 20)
    """
    due = dates.of(state)
    if due is None or extended_to is None:
        return due
    return extended_to if STEP_OF[state] == "submit" else max(due, extended_to)


def is_late(due: date | None, *, today: date) -> bool:
    """Whether the last day has passed."""
    return due is not None and today > due


def reminder_for(due: date | None, *, today: date) -> str:
    """Which reminder is to go out by now: week (T-7), day (T-1), overdue, or "" for none yet.

    A reminder whose own day fell on a day without work, or on which the machine stood still, goes out on the
    next day on which it runs.

    >>> [reminder_for(date(2026, 5, 15), today=date(2026, 5, d)) for d in (7, 8, 13, 14, 15, 16)]
    ['', 'week', 'week', 'day', 'day', 'overdue']
    """
    if due is None:
        return ""
    left = (due - today).days
    if left < 0:
        return "overdue"
    if left <= REMIND_DAY:
        return "day"
    return "week" if left <= REMIND_WEEK else ""
