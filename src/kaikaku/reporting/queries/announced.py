"""What reporting announces to home beside `tasks_for`: what a person sent on, and who is late."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from kaikaku.core.workflow import State
from kaikaku.org.queries import today
from kaikaku.reporting.calendar import STEP_LABELS, STEP_OF, due_of, is_late
from kaikaku.reporting.models import Sheet
from kaikaku.reporting.queries.access import sheets_for
from kaikaku.reporting.queries.waiting import sent_by
from kaikaku.ui.tasks import Task

if TYPE_CHECKING:
    from kaikaku.org.models import User


def sent_for(user: User, *, on: date | None = None) -> list[Task]:
    """What the person submitted in open rounds, latest first, with the step that comes next."""
    return [] if user.organisation_id is None else [_task(sheet, on or today()) for sheet in sent_by(user)]


def late_sheets(user: User, *, on: date | None = None) -> list[Task]:
    """The sheets of open rounds, of those the person may read, that should have moved on by now."""
    waiting = [state.value for state in STEP_OF]
    sheets = sheets_for(user).filter(round__closed_at__isnull=True, state__in=waiting)
    return [task for sheet in sheets if (task := _task(sheet, on or today())).late]


def _task(sheet: Sheet, on: date) -> Task:
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
