"""Rounds: what stands already when one is opened, the board of sections × states, whose turn it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Q
from django.shortcuts import get_object_or_404

from kaikaku.core.workflow import STATE_LABELS, State
from kaikaku.org.models import Holding
from kaikaku.org.queries import in_force, today
from kaikaku.org.roles import Role
from kaikaku.plans.models import Edition, Figure, Indicator
from kaikaku.reporting.calendar import due_of, is_late
from kaikaku.reporting.models import Reminder, Round, Sheet, SheetFigure
from kaikaku.reporting.queries.access import editions_to_report_on
from kaikaku.reporting.queries.people import Posts, posts_of

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.org.tree import Tree


def edition_to_report_on(user: User, pk: int) -> Edition:
    """One edition a round may be opened on, or 404."""
    return get_object_or_404(editions_to_report_on(user), pk=pk)


def standing_figures(round_: Round) -> dict[int, Figure]:
    """The actuals that the plan has for the round's year already (見込み to be settled), by indicator."""
    rows = Figure.objects.filter(
        indicator__edition=round_.edition_id,
        role="actual",
        fiscal_year=round_.fiscal_year,
        is_current=True,
    )
    return {figure.indicator_id: figure for figure in rows}


def external_factors(edition: Edition) -> dict[int, str]:
    """The notes of outside causes that stand with the edition's indicators."""
    rows = Indicator.objects.filter(edition=edition, removed_at__isnull=True).exclude(external_factor="")
    return dict(rows.values_list("pk", "external_factor"))


def lock_edition(edition: Edition) -> Edition:
    """The edition's row, held until the transaction ends."""
    return Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)


# in `holders`: by post, for the one that a chain names
FINAL = "post"


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A section's sheet on the board."""

    sheet: Sheet
    department: str
    parent: str
    state: State
    due: date | None
    days_late: int
    filled: int
    asked: int
    reminded_at: datetime | None

    @property
    def late(self) -> bool:
        return self.days_late > 0


@dataclass(frozen=True, slots=True)
class Board:
    """A round's sheets, late ones first, and how many stand in each state."""

    round: Round
    rows: tuple[BoardRow, ...]

    @property
    def states(self) -> list[tuple[State, str, int]]:
        """(state, label, how many), of the states up to acceptance and of those that occur."""
        counts = {state: sum(1 for row in self.rows if row.state is state) for state in State}
        always = (
            State.REQUESTED,
            State.DRAFT,
            State.RETURNED,
            State.SUBMITTED,
            State.CHIEF_CONFIRMED,
            State.BUNDLED,
            State.ACCEPTED,
        )
        return [
            (s, STATE_LABELS[s], counts[s])
            for s in (*always, State.REPORTED, State.PUBLISHED)
            if s in always or counts[s]
        ]

    @property
    def late(self) -> tuple[BoardRow, ...]:
        return tuple(row for row in self.rows if row.late)

    @property
    def waiting(self) -> tuple[BoardRow, ...]:
        """Those that still wait for somebody."""
        return tuple(row for row in self.rows if row.due)

    @property
    def done(self) -> int:
        """How many have been accepted."""
        return sum(1 for r in self.rows if r.state in (State.ACCEPTED, State.REPORTED, State.PUBLISHED))


def board(round_: Round, *, on: date | None = None) -> Board:
    """The round's sheets by how late they are, then in the order of the departments; five queries."""
    on = on or today()
    tree = posts_of(round_.edition.plan.organisation, on).tree
    sheets = Sheet.objects.filter(round=round_).select_related("department", "changed_by")
    figures = SheetFigure.objects.filter(sheet__round=round_).order_by().values_list("sheet")
    filled = Count("pk", filter=~Q(text="") | ~Q(reason=""))
    counts = {pk: (some, all_) for pk, some, all_ in figures.annotate(some=filled, all=Count("pk"))}
    reminders = Reminder.objects.filter(sheet__round=round_).order_by().values_list("sheet")
    reminded = dict(reminders.annotate(last=Max("at")))
    order = {b.department.pk: n for n, b in enumerate(b for t in tree.branches() for b in t.walk())}
    rows = [
        _board_row(s, tree, on, counts.get(s.pk, (0, 0)), reminded.get(s.pk)) for s in _of(round_, sheets)
    ]
    rows.sort(key=lambda row: (-row.days_late, order.get(_heir_key(tree, row.sheet), len(order))))
    return Board(round_, tuple(rows))


def _heir_key(tree: Tree, sheet: Sheet) -> int:
    heir = tree.heir(sheet.department_id)
    return heir.pk if heir else 0


def _of(round_: Round, sheets: Iterable[Sheet]) -> Iterator[Sheet]:
    """The sheets, each with the one round in memory."""
    for sheet in sheets:
        sheet.round = round_
        yield sheet


def _board_row(
    sheet: Sheet, tree: Tree, on: date, counts: tuple[int, int], reminded_at: datetime | None
) -> BoardRow:
    heir = tree.heir(sheet.department_id)
    path = tree.path(heir) if heir else []
    due = due_of(State(sheet.state), sheet.round.dates, extended_to=sheet.extended_to)
    name = sheet.department.name
    return BoardRow(
        sheet=sheet,
        department=name if heir is None or heir.name == name else f"{name}（現 {heir.name}）",
        parent=path[-2].name if len(path) > 1 else "",
        state=State(sheet.state),
        due=due,
        days_late=(on - due).days if due and is_late(due, today=on) else 0,
        filled=counts[0],
        asked=counts[1],
        reminded_at=reminded_at,
    )


def people_to_move(sheets: Iterable[Sheet], *, on: date | None = None) -> dict[int, list[User]]:
    """Whose turn it is, by sheet: the clerks of the section, the chief who confirms, the lead section, the
    office. Constant queries.
    """
    sheets = list(sheets)
    if not sheets:
        return {}
    on = on or today()
    posts = posts_of(sheets[0].round.edition.plan.organisation, on)
    holders: dict[tuple[str, int], list[User]] = defaultdict(list)
    rows = Holding.objects.filter(
        in_force(on, first="from_day", last="to_day"),
        in_force(on, first="post__opened", last="post__closed"),
        post__department__organisation=sheets[0].round.edition.plan.organisation_id,
        post__role__in=(Role.CLERK, Role.CHIEF, Role.SECRETARIAT),
        user__is_active=True,
    ).select_related("user", "post")
    for holding in rows:
        heir = posts.tree.heir(holding.post.department_id)
        if heir is not None:
            holders[holding.post.role, heir.pk].append(holding.user)
            holders[FINAL, holding.post_id].append(holding.user)
    office = [user for (role, _), users in holders.items() if role == Role.SECRETARIAT for user in users]
    return {sheet.pk: _turn(sheet, posts, holders, office) for sheet in sheets}


def _turn(
    sheet: Sheet, posts: Posts, holders: dict[tuple[str, int], list[User]], office: list[User]
) -> list[User]:
    state, here = State(sheet.state), posts.tree.heir(sheet.department_id)
    if state is State.BUNDLED:
        return office
    if here is None:
        return []
    chain = posts.chain_of(here)
    last = (State.SUBMITTED if posts.final_alone(here) else State.CHIEF_CONFIRMED) if chain.final else None
    if state is last:
        return holders.get((FINAL, chain.final or 0), [])
    if state is State.SUBMITTED:
        chief = posts.nearest_chief(here)
        return holders.get((Role.CHIEF, chief or 0), [])
    if state is State.CHIEF_CONFIRMED:
        above = [d.pk for d in posts.tree.path(here)[:-1]]
        return next((holders[Role.CHIEF, pk] for pk in reversed(above) if (Role.CHIEF, pk) in holders), [])
    if state in (State.REQUESTED, State.DRAFT, State.RETURNED):
        return holders.get((Role.CLERK, here.pk), [])
    return []
