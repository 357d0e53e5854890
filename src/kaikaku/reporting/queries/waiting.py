"""What waits for a person, by when; and the approver's list with what changed and what looks odd."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from kaikaku.core.lineage import word_diff
from kaikaku.core.workflow import Action, State
from kaikaku.org.queries import today
from kaikaku.plans.queries.rows import indicators_by_key
from kaikaku.reporting.calendar import STEP_LABELS, STEP_OF, due_of, is_late
from kaikaku.reporting.models import Look, Sheet, SheetFigure, SheetPart
from kaikaku.reporting.queries.access import parts_of, sheets_for
from kaikaku.reporting.queries.binding import how_made
from kaikaku.reporting.queries.changed import contradictions
from kaikaku.reporting.queries.people import Standing, standing_of
from kaikaku.reporting.queries.sheets import Line, Text, contents_of, lines_of, texts_of
from kaikaku.ui.tasks import Task

if TYPE_CHECKING:
    from kaikaku.org.models import User

EDITABLE = (State.REQUESTED, State.DRAFT, State.RETURNED)
# the step by which an approver moves a sheet on, from the state it waits in
NEXT_STEP = {
    State.SUBMITTED: Action.CONFIRM,
    State.CHIEF_CONFIRMED: Action.BUNDLE,
    State.BUNDLED: Action.ACCEPT,
}

AT_ONCE = 20


def _mine(user: User, standing: Standing) -> Q:
    """The sheets that wait for this person; what they submitted themselves waits for somebody else."""
    other = ~Q(submitted_by=user) | Q(submitted_by__isnull=True)
    return (
        Q(state__in=EDITABLE, department__in=standing.clerk)
        | (Q(state=State.SUBMITTED, department__in=standing.nearest) & other)
        | (Q(state=State.CHIEF_CONFIRMED, department__in=standing.lead) & other)
        | (Q(state=State.BUNDLED) & other if standing.is_office else Q(pk__in=()))
    )


def waiting_for(user: User) -> QuerySet[Sheet]:
    """The sheets of open rounds that wait for the person."""
    if user.organisation_id is None:
        return Sheet.objects.none()
    standing = standing_of(user)
    return sheets_for(user).filter(_mine(user, standing), round__closed_at__isnull=True)


def count_waiting(user: User) -> int:
    """How many wait, for the main row."""
    return waiting_for(user).count()


def tasks_for(user: User, *, on: date | None = None) -> list[Task]:
    """What waits for the person, what is due first at the top; figures that records contradict at the end."""
    tasks = [task_of(sheet, on or today()) for sheet in waiting_for(user)]
    tasks += contradictions(user, on=on)
    return sorted(tasks, key=lambda task: (task.due is None, task.due or date.max, task.title))


def task_of(sheet: Sheet, on: date) -> Task:
    state = State(sheet.state)
    due = due_of(state, sheet.round.dates, extended_to=sheet.extended_to)
    return Task(
        what=STEP_LABELS[STEP_OF[state]] if state in STEP_OF else "",
        title=str(sheet),
        url=reverse("reporting:sheet", args=[sheet.pk]),
        due=due,
        late=is_late(due, today=on),
        state=sheet.get_state_display(),
    )


def sent_by(user: User) -> list[Sheet]:
    """What the person has submitted in open rounds, latest first."""
    sent = sheets_for(user).filter(submitted_by=user, round__closed_at__isnull=True)
    return list(sent.exclude(state__in=EDITABLE).order_by("-changed_at"))


@dataclass(frozen=True, slots=True)
class Difference:
    """A text or a figure that is not what it was when the person last read it."""

    label: str
    words: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sheet in the approver's list; `since_look` is None where it was never read. `made` says of the bound
    figures, by row, why they are typed, "" where they are computed from records.
    """

    sheet: Sheet
    action: Action
    lines: tuple[Line, ...]
    texts: tuple[tuple[str, Text], ...]
    looked_at: Any
    since_look: tuple[Difference, ...] | None
    due: date | None
    late: bool
    made: Mapping[int, str]

    @property
    def asides(self) -> tuple[tuple[Line, str], ...]:
        """The bound figures that are typed for the year all the same, with the reason."""
        found = ((line, self.made.get(line.row.pk, "")) for line in self.lines)
        return tuple((line, why) for line, why in found if why)

    @property
    def warned(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.warnings)

    @property
    def moved(self) -> tuple[Line, ...]:
        """The figures whose grade is not last year's."""
        return tuple(line for line in self.lines if line.grade_moved)


@dataclass(frozen=True, slots=True)
class Approvals:
    """One page of what waits for a person's approval, and how many there are in all."""

    waiting: tuple[Waiting, ...]
    total: int
    page: int
    pages: int


def approvals_for(user: User, *, on: date | None = None, page: int = 1) -> Approvals:
    """The sheets that wait for the person's approval, those due first at the top, so many on a page as one
    approves at once; constant queries.
    """
    on = on or today()
    every = sorted(waiting_for(user).filter(state__in=list(NEXT_STEP)), key=_due_first)
    pages = max(1, -(-len(every) // AT_ONCE))
    page = min(max(1, page), pages)
    found = _all_waiting(user, every[(page - 1) * AT_ONCE : page * AT_ONCE], on)
    return Approvals(tuple(found), len(every), page, pages)


def _due_first(sheet: Sheet) -> tuple[bool, date, int]:
    due = due_of(State(sheet.state), sheet.round.dates, extended_to=sheet.extended_to)
    return due is None, due or date.max, sheet.pk


def _all_waiting(user: User, sheets: list[Sheet], on: date) -> list[Waiting]:
    keys = [sheet.pk for sheet in sheets]
    rows: dict[int, list[SheetFigure]] = defaultdict(list)
    figures = SheetFigure.objects.filter(sheet__in=keys).select_related("indicator")
    for row in figures.order_by("indicator__position", "pk"):
        rows[row.sheet_id].append(row)
    parts: dict[int, list[SheetPart]] = defaultdict(list)
    for part in SheetPart.objects.filter(sheet__in=keys).select_related("section"):
        parts[part.sheet_id].append(part)
    known = indicators_by_key({row.indicator_id for found in rows.values() for row in found})
    looks = {look.sheet_id: look for look in Look.objects.filter(sheet__in=keys, user=user)}
    made = how_made(sheets, (row for found in rows.values() for row in found))
    found = [_waiting(s, rows[s.pk], parts[s.pk], known, looks.get(s.pk), on) for s in sheets]
    return [replace(one, made=made) for one in found]


def _waiting(
    sheet: Sheet,
    rows: list[SheetFigure],
    parts: list[SheetPart],
    known: Mapping[int, Any],
    look: Look | None,
    on: date,
) -> Waiting:
    state = State(sheet.state)
    due = due_of(state, sheet.round.dates, extended_to=sheet.extended_to)
    return Waiting(
        sheet=sheet,
        action=NEXT_STEP[state],
        lines=tuple(lines_of(sheet.round, rows, known)),
        texts=labelled(sheet, parts),
        looked_at=look.at if look else None,
        since_look=differences(sheet, rows, parts, look),
        due=due,
        late=is_late(due, today=on),
        made={},
    )


def differences_for(user: User, sheet: Sheet, rows: list[SheetFigure]) -> tuple[Difference, ...] | None:
    """What has changed since the person last read the sheet; None where they never did."""
    look = Look.objects.filter(sheet=sheet, user=user).first()
    return differences(sheet, rows, parts_of(sheet), look)


def labelled(sheet: Sheet, parts: list[SheetPart]) -> tuple[tuple[str, Text], ...]:
    """Every answer with its label, which names its part where there are several."""
    names = {part.pk: f"{part}：" for part in parts} if len(parts) > 1 else {}
    return tuple((names.get(text.part or 0, "") + text.asked.label, text) for text in texts_of(sheet, parts))


def differences(
    sheet: Sheet, rows: list[SheetFigure], parts: list[SheetPart], look: Look | None
) -> tuple[Difference, ...] | None:
    """What the sheet says now against what it said then."""
    if look is None:
        return None
    now, then = contents_of(sheet, rows, parts), look.contents
    found = []
    for label, text in labelled(sheet, parts):
        old, new = (str(side.get("texts", {}).get(text.field, "")) for side in (then, now))
        if old != new:
            found.append(Difference(label, word_diff(old, new)))
    for row in rows:
        old, new = (
            "　".join(filter(None, side.get("figures", {}).get(str(row.pk), []))) for side in (then, now)
        )
        if old != new:
            found.append(Difference(row.indicator.name, word_diff(old, new)))
    return tuple(found)
