"""A year as the office follows it: each section's self-check, the sample, the deficiencies."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from kaikaku.controls.models import ControlYear, Deficiency, Incident, SampleCheck, SelfCheck
from kaikaku.controls.queries.access import CHECKERS
from kaikaku.controls.queries.asked import controls_asked
from kaikaku.core.eras import days_of_fiscal_year
from kaikaku.org.access import allowed
from kaikaku.org.queries import department_ids_of

if TYPE_CHECKING:
    from kaikaku.org.models import Department, User


@dataclass(frozen=True, slots=True)
class Section:
    """How far a section is with its self-check; `late` once the due day is over and it has not sent."""

    department: Department
    asked: int
    answered: int
    sent: bool
    findings: int
    late: bool
    mine: bool

    @property
    def state(self) -> tuple[str, str]:
        """The words and the kind of its pill."""
        if self.sent:
            return "提出済み", "done"
        if self.late:
            return "期限を過ぎています", "stop"
        return ("記入中", "active") if self.answered else ("未着手", "waiting")


@dataclass(frozen=True, slots=True)
class Board:
    """A year at a glance; `standing` and `mended` are what was found in it or before and counts in it."""

    sections: tuple[Section, ...]
    samples: tuple[SampleCheck, ...]
    deficiencies: tuple[Deficiency, ...]
    incidents: tuple[Incident, ...]

    @property
    def sent(self) -> int:
        return sum(one.sent for one in self.sections)

    @property
    def late(self) -> int:
        return sum(one.late for one in self.sections)

    @property
    def checked(self) -> int:
        return sum(one.checked_on is not None for one in self.samples)


def board(user: User | None, year: ControlYear, *, on: date) -> Board:
    """Read a year; a constant number of queries. Without a user nothing is marked as one's own."""
    samples = SampleCheck.objects.filter(year=year).select_related("control__risk", "department", "by")
    first, last = days_of_fiscal_year(year.fiscal_year)
    incidents = Incident.objects.filter(
        organisation=year.organisation_id, happened_on__gte=first, happened_on__lte=last
    )
    return Board(
        sections=tuple(sections_of(user, year, on=on)),
        samples=tuple(samples),
        deficiencies=tuple(deficiencies_in(year)),
        incidents=tuple(incidents.select_related("department").prefetch_related("rollouts")),
    )


def deficiencies_in(year: ControlYear) -> list[Deficiency]:
    """Those found by the year's last day that were not mended before it began; taken-back ones left out."""
    first, last = days_of_fiscal_year(year.fiscal_year)
    rows = Deficiency.objects.filter(
        Q(mended_on__isnull=True) | Q(mended_on__gte=first),
        control__risk__organisation=year.organisation_id,
        found_on__lte=last,
        void="",
    )
    return list(rows.select_related("control__risk__department", "incident").order_by("found_on", "pk"))


def my_sections(user: User, year: ControlYear, *, on: date) -> list[Section]:
    """The sections for which the person answers, with anything asked of them."""
    return [one for one in sections_of(user, year, on=on) if one.mine]


def sections_of(user: User | None, year: ControlYear, *, on: date) -> list[Section]:
    """The sections asked in a year, those late first; three queries."""
    asked: dict[int, int] = defaultdict(int)
    departments: dict[int, Department] = {}
    for control in controls_asked(year):
        departments[control.risk.department_id] = control.risk.department
        asked[control.risk.department_id] += 1
    rows: dict[int, list[SelfCheck]] = defaultdict(list)
    for row in SelfCheck.objects.filter(year=year):
        rows[row.department_id].append(row)
    mine = department_ids_of(user, None, *CHECKERS) if user and allowed(user, *CHECKERS) else frozenset()
    found = []
    for pk, department in departments.items():
        sent = any(row.sent_at is not None for row in rows[pk])
        found.append(
            Section(
                department=department,
                # what was registered after a section has sent is asked of it next year
                asked=len(rows[pk]) if sent else asked[pk],
                answered=sum(row.answer.complete for row in rows[pk]),
                sent=sent,
                findings=sum(row.answer.finding is not None for row in rows[pk]),
                late=not sent and year.due < on,
                mine=pk in mine,
            )
        )
    return sorted(found, key=lambda one: (not one.late, one.sent, one.department.position, one.department.pk))
