"""Hours lent and borrowed between sections, and who helped whom between 部."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Sum

from kaikaku.core.disclosure import suppress, table_ties
from kaikaku.core.eras import days_of_fiscal_year
from kaikaku.core.staffing import lent_and_borrowed
from kaikaku.exchange.models import Assignment, BusyMonth, WorkEntry
from kaikaku.exchange.queries.access import chief_of, is_office
from kaikaku.exchange.queries.people import divisions
from kaikaku.exchange.states import BEGUN
from kaikaku.exchange.words import MONTHS
from kaikaku.org.queries import organisation_of, today, tree_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kaikaku.org.models import Department, Organisation, User

TOTAL = "計"


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A section: minutes lent to others and borrowed from them."""

    name: str
    lent: int
    borrowed: int


@dataclass(frozen=True, slots=True)
class FlowPage:
    """A year. `people` are (from 部, to 部) → how many helped, None where hidden for being few."""

    rows: tuple[FlowRow, ...]
    divisions: tuple[str, ...]
    people: dict[tuple[str, str], int | None]
    hidden: bool
    projects: int
    participants: int
    minutes: int


def begun_in(organisation: Organisation, fiscal_year: int) -> QuerySet[Assignment]:
    """The help that ran in a fiscal year, for however short a part of it."""
    first, last = days_of_fiscal_year(fiscal_year)
    return Assignment.objects.filter(
        home__organisation=organisation, state__in=BEGUN, first__lte=last, last__gte=first
    ).order_by("pk")


def work_in(organisation: Organisation, fiscal_year: int) -> QuerySet[WorkEntry]:
    """The days worked in a fiscal year."""
    first, last = days_of_fiscal_year(fiscal_year)
    return WorkEntry.objects.filter(
        assignment__home__organisation=organisation, day__gte=first, day__lte=last
    ).order_by("pk")


def flow_page(user: User, fiscal_year: int) -> FlowPage:
    """Lent and borrowed by section; the map by 部, in which few people are hidden from all but 人事.

    Where the map is hidden, so are the hours of the sections: they would give the people away.
    """
    organisation = organisation_of(user)
    tree = tree_of(organisation)
    of = divisions(tree)
    given = [
        (home, host, minutes)
        for home, host, minutes in work_in(organisation, fiscal_year)
        .order_by()
        .values_list("assignment__home", "assignment__request__department")
        .annotate(total=Sum("minutes"))
    ]
    lent, borrowed = lent_and_borrowed(given)
    begun = list(
        begun_in(organisation, fiscal_year).values_list("request", "home", "request__department", "user")
    )
    counts = _people(of, [(home, host) for _, home, host, _ in begun], tree.by_pk)
    names = tuple(dict.fromkeys(key for pair in counts for key in pair if key != TOTAL))
    full = is_office(user)
    shown: dict[tuple[str, str], int | None] = dict(counts)
    if counts and not full:
        hidden = suppress(counts, table_ties(names, names, total=TOTAL)).hidden
        shown = {key: None if key in hidden else value for key, value in counts.items()}
    mine = chief_of(user)
    rows = tuple(
        FlowRow(tree.by_pk[pk].name, lent.get(pk, 0), borrowed.get(pk, 0))
        for pk in sorted({*lent, *borrowed}, key=lambda pk: -lent.get(pk, 0))
        if full or pk in mine
    )
    return FlowPage(
        rows=rows,
        divisions=names,
        people=shown,
        hidden=any(value is None for value in shown.values()),
        projects=len({request for request, *_ in begun}),
        participants=len(begun),
        minutes=sum(minutes for *_, minutes in given),
    )


def _people(
    of: dict[int, int], pairs: list[tuple[int, int]], departments: dict[int, Department]
) -> dict[tuple[str, str], int]:
    """Counts by (from 部, to 部) with margins, every cell of the table there."""
    counted: dict[tuple[str, str], int] = defaultdict(int)
    for home, host in pairs:
        key = (departments[of.get(home, home)].name, departments[of.get(host, host)].name)
        counted[key] += 1
    names = sorted({name for pair in counted for name in pair})
    table = {(row, column): counted.get((row, column), 0) for row in names for column in names}
    for name in names:
        table[name, TOTAL] = sum(table[name, column] for column in names)
        table[TOTAL, name] = sum(table[row, name] for row in names)
    if names:
        table[TOTAL, TOTAL] = sum(table[name, TOTAL] for name in names)
    return table


@dataclass(frozen=True, slots=True)
class BusyRow:
    """A section's twelve months from April, and whether the reader may change them."""

    department: Department
    depth: int
    levels: tuple[int, ...]
    editable: bool


def busy_rows(user: User) -> list[BusyRow]:
    """The busy-season calendar of every section in force."""
    organisation = organisation_of(user)
    levels: dict[int, dict[int, int]] = defaultdict(dict)
    rows = BusyMonth.objects.filter(department__organisation=organisation)
    for department, month, level in rows.values_list("department", "month", "level"):
        levels[department][month] = level
    mine, office = chief_of(user), is_office(user)
    tree = tree_of(organisation, today())
    return [
        BusyRow(
            inner.department,
            inner.depth,
            tuple(levels[inner.department.pk].get(month, 0) for month in MONTHS),
            office or inner.department.pk in mine,
        )
        for branch in tree.branches()
        for inner in branch.walk()
    ]


def busy_of(department: Department) -> dict[int, int]:
    """A section's levels by month."""
    return dict(BusyMonth.objects.filter(department=department).values_list("month", "level"))
