"""A year as the office follows it: each section's self-check, the sample, the deficiencies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from kaikaku.controls.models import ControlYear, Deficiency, Incident, SampleCheck, SelfCheck
from kaikaku.controls.models.years import COMPLETE, FINDING
from kaikaku.controls.queries.access import CHECKERS
from kaikaku.controls.queries.asked import asked_in
from kaikaku.core.eras import days_of_fiscal_year
from kaikaku.org.access import allowed
from kaikaku.org.models import Department
from kaikaku.org.queries import department_ids_of

if TYPE_CHECKING:
    from kaikaku.org.models import User


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
    """A year at a glance: its sections, how many controls were drawn and checked, what is wrong in it.

    Incidents know how many sections were `asked` and have `answered`.
    """

    sections: tuple[Section, ...]
    sampled: int
    checked: int
    deficiencies: tuple[Deficiency, ...]
    incidents: tuple[Incident, ...]

    @property
    def sent(self) -> int:
        return sum(one.sent for one in self.sections)

    @property
    def late(self) -> int:
        return sum(one.late for one in self.sections)


def board(user: User | None, year: ControlYear, *, on: date) -> Board:
    """Read a year; a constant number of queries. Without a user nothing is marked as one's own."""
    drawn = SampleCheck.objects.filter(year=year).aggregate(sampled=Count("pk"), checked=Count("checked_on"))
    first, last = days_of_fiscal_year(year.fiscal_year)
    incidents = Incident.objects.filter(
        organisation=year.organisation_id, happened_on__gte=first, happened_on__lte=last
    )
    return Board(
        sections=tuple(sections_of(user, year, on=on)),
        deficiencies=tuple(deficiencies_in(year)),
        incidents=tuple(with_answers(incidents.select_related("department"))),
        **drawn,
    )


def with_answers(incidents: QuerySet[Incident]) -> QuerySet[Incident]:
    """Incidents that know how many sections were `asked`, and how many have `answered`."""
    return incidents.annotate(
        asked=Count("rollouts"), answered=Count("rollouts", filter=~Q(rollouts__state="asked"))
    )


def samples_of(year: ControlYear) -> QuerySet[SampleCheck]:
    """The controls that were drawn, with what was seen of them."""
    return SampleCheck.objects.filter(year=year).select_related("control__risk", "department", "by")


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
    mine = _mine(user)
    return _read(year, on, mine, only=mine) if mine else []


def sections_of(user: User | None, year: ControlYear, *, on: date) -> list[Section]:
    """The sections asked in a year, those late first; three queries. Without a user none is one's own."""
    return _read(year, on, _mine(user) if user else frozenset())


def _mine(user: User) -> frozenset[int]:
    return department_ids_of(user, None, *CHECKERS) if allowed(user, *CHECKERS) else frozenset()


def _read(
    year: ControlYear, on: date, mine: frozenset[int], only: frozenset[int] | None = None
) -> list[Section]:
    """Counted in the database: a whole government has thousands of controls."""
    controls, rows = asked_in(year), SelfCheck.objects.filter(year=year)
    if only is not None:
        controls, rows = controls.filter(risk__department__in=only), rows.filter(department__in=only)
    asked = dict(controls.order_by().values_list("risk__department").annotate(Count("pk")))
    said = {
        row["department"]: row
        for row in rows.order_by()
        .values("department")
        .annotate(
            rows=Count("pk"),
            sent=Count("sent_at"),
            answered=Count("pk", filter=COMPLETE),
            findings=Count("pk", filter=FINDING),
        )
    }
    nothing = {"rows": 0, "sent": 0, "answered": 0, "findings": 0}
    found = []
    for department in Department.objects.filter(pk__in=asked):
        row = said.get(department.pk, nothing)
        sent = row["sent"] > 0
        found.append(
            Section(
                department=department,
                # what was registered after a section has sent is asked of it next year
                asked=row["rows"] if sent else asked[department.pk],
                answered=row["answered"],
                sent=sent,
                findings=row["findings"],
                late=not sent and year.due < on,
                mine=department.pk in mine,
            )
        )
    return sorted(found, key=lambda one: (not one.late, one.sent, one.department.position, one.department.pk))
