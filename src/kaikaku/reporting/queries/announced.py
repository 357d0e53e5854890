"""What reporting announces to home beside `tasks_for`: what a person sent on, and who is late."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kaikaku.org.queries import today
from kaikaku.reporting.calendar import STEP_OF
from kaikaku.reporting.queries.access import sheets_for
from kaikaku.reporting.queries.waiting import sent_by, task_of
from kaikaku.ui.tasks import Task

if TYPE_CHECKING:
    from kaikaku.org.models import User


def sent_for(user: User, *, on: date | None = None) -> list[Task]:
    """What the person submitted in open rounds, latest first, with the step that comes next."""
    return [] if user.organisation_id is None else [task_of(sheet, on or today()) for sheet in sent_by(user)]


def late_sheets(user: User, *, on: date | None = None) -> list[Task]:
    """The sheets of open rounds, of those the person may read, that should have moved on by now."""
    waiting = [state.value for state in STEP_OF]
    sheets = sheets_for(user).filter(round__closed_at__isnull=True, state__in=waiting)
    return [task for sheet in sheets if (task := task_of(sheet, on or today())).late]
