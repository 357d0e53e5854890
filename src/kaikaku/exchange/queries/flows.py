"""Hours lent and borrowed between sections, and who helped whom between 部."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from django.db.models import Sum

from kaikaku.core.disclosure import suppress_few, table_ties
from kaikaku.core.eras import days_of_fiscal_year
from kaikaku.core.staffing import lent_and_borrowed
from kaikaku.exchange.disclosed import Help, K, projects_told
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
    """A year. `people` are (from 部, to 部) → how many helped. None is hidden for being few."""

    rows: tuple[FlowRow, ...]
    divisions: tuple[str, ...]
    people: dict[tuple[str, str], int | None]
    projects: int | None
    participants: int | None
    minutes: int | None
    begun: bool

    @property
    def hidden(self) -> bool:
        return None in self.people.values()


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


def helps_in(organisation: Organisation, fiscal_year: int) -> list[Help]:
    """The help of a fiscal year, each with the 部 of both sides and the minutes on record of that year."""
    tree = tree_of(organisation)
    names = {pk: tree.by_pk[division].name for pk, division in divisions(tree).items()}
    spent = dict(
        work_in(organisation, fiscal_year).order_by().values_list("assignment").annotate(total=Sum("minutes"))
    )
    rows = begun_in(organisation, fiscal_year).values_list(
        "pk", "request", "request__scheme__name", "home", "request__department", "user"
    )
    return [
        Help(request, scheme, names.get(home, str(home)), names.get(host, str(host)), user, spent.get(pk, 0))
        for pk, request, scheme, home, host, user in rows
    ]


def flow_page(user: User, fiscal_year: int) -> FlowPage:
    """Lent and borrowed by section; the map by 部, in which few people are hidden from all but 人事.

    Where the map is hidden, so are the hours of the sections: they would give the people away.
    """
    organisation = organisation_of(user)
    tree = tree_of(organisation)
    given = [
        (home, host, minutes)
        for home, host, minutes in work_in(organisation, fiscal_year)
        .order_by()
        .values_list("assignment__home", "assignment__request__department")
        .annotate(total=Sum("minutes"))
    ]
    lent, borrowed = lent_and_borrowed(given)
    helps = helps_in(organisation, fiscal_year)
    names = tuple(sorted({name for one in helps for name in (one.home, one.host)}))
    full = is_office(user)
    shown = _people(helps, names, k=None if full else K)
    together = shown.get((TOTAL, TOTAL))
    projects = len({one.request for one in helps})
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
        projects=projects_told(projects, together),
        participants=together,
        minutes=sum(minutes for *_, minutes in given) if together is not None else None,
        begun=bool(helps),
    )


def _people(
    helps: Sequence[Help], names: Sequence[str], *, k: int | None
) -> dict[tuple[str, str], int | None]:
    """Participants by (from 部, to 部) with margins, every cell of the table there; few of them are None."""
    people: dict[tuple[str, str], list[int]] = {
        (row, column): [] for row in (*names, TOTAL) for column in (*names, TOTAL)
    }
    for one in helps:
        for cell in product((one.home, TOTAL), (one.host, TOTAL)):
            people[cell].append(one.person)
    counts = {cell: len(found) for cell, found in people.items()}
    if not helps or k is None:
        return dict(counts)
    hidden = suppress_few(counts, table_ties(names, names, total=TOTAL), people=people, k=k)
    return {cell: None if cell in hidden else count for cell, count in counts.items()}


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
