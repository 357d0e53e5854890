"""Filling in a sheet: saving a draft, comments, evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kaikaku.core.errors import RuleViolation
from kaikaku.core.workflow import ACTION_LABELS, STATE_LABELS, Action, State, is_editable
from kaikaku.reporting import queries
from kaikaku.reporting.entries import SheetEntry, StaleSheet
from kaikaku.reporting.models import Comment, Evidence, Sheet
from kaikaku.reporting.services.guard import log, must_be_open, must_read, target_of
from kaikaku.reporting.services.writing import plain_text, work_out, write_all
from kaikaku.sources.services import keep_document

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.plans.models import Indicator


@transaction.atomic
def save_sheet(*, sheet: Sheet, entry: SheetEntry, version: int, by: User) -> Sheet:
    """Keep what was typed, readable or not, and what the checks say of it.

    `version` is the one that the form was made from. Raises StaleSheet where the sheet has moved on since,
    unless the form says just what stands already.
    """
    sheet = queries.lock(sheet)
    must_be_open(sheet.round)
    must_read(sheet, by)
    must_be_editable(sheet, by)
    rows = queries.rows_of(sheet)
    written = work_out(
        sheet,
        entry,
        rows=rows,
        parts=queries.parts_of(sheet),
        known=queries.facts_of(row.indicator_id for row in rows),
        bound=queries.bindings_in(sheet.round.edition.plan_id),
    )
    if written.is_empty:
        return sheet
    if version != sheet.version:
        raise StaleSheet(_who(sheet, by), sheet.version)
    write_all([written], by=by, action="reporting.sheet.saved")
    return sheet


def _who(sheet: Sheet, by: User) -> str:
    if sheet.changed_by is None:
        return "システム"
    return "別の画面であなた自身" if sheet.changed_by == by else f"{sheet.changed_by.name}さん"


def must_be_before_submission(sheet: Sheet) -> State:
    """Whoever writes: what has been sent on is not changed under those who read it."""
    state = State(sheet.state)
    if not is_editable(state):
        raise RuleViolation(
            "reporting.not_editable",
            f"この調書は「{STATE_LABELS[state]}」のため、書き換えられません。"
            "直すときは、提出を取り消すか、差し戻しを依頼してください。",
            state=state.value,
        )
    return state


def must_be_editable(sheet: Sheet, by: User) -> None:
    """The clerk's rule: only a clerk of the section fills its sheet in, and only before submission."""
    state = must_be_before_submission(sheet)
    if state is State.DRAFT:
        if "clerk" not in queries.standing_of(by).roles_for(Action.SUBMIT, sheet.department_id):
            raise RuleViolation(
                "workflow.role",
                f"調書に記入できるのは、「{sheet.department.name}」の担当です。担当に依頼してください。",
            )
    else:
        target_of(sheet, Action.START, by=by, reason=ACTION_LABELS[Action.START])


@transaction.atomic
def comment(*, sheet: Sheet, text: str, by: User, indicator: Indicator | None = None) -> Comment:
    """Write beside a sheet or one of its indicators; it stays with the item in later years."""
    sheet = queries.lock(sheet)
    must_read(sheet, by)
    if not text.strip():
        raise RuleViolation("reporting.empty", "コメントを入力してください。", field="text")
    if indicator is not None and not sheet.figures.filter(indicator=indicator).exists():
        raise RuleViolation("reporting.row_unknown", "この調書にない指標です。指標を選び直してください。")
    made = Comment.objects.create(sheet=sheet, indicator=indicator, by=by, text=plain_text(text))
    log("reporting.sheet.commented", sheet, by=by, new={"text": made.text})
    return made


@transaction.atomic
def add_evidence(*, sheet: Sheet, name: str, data: bytes, media_type: str, by: User) -> Evidence:
    """Keep a document with the sheet, as received."""
    sheet = queries.lock(sheet)
    must_be_open(sheet.round)
    must_read(sheet, by)
    must_be_editable(sheet, by)
    document = keep_document(
        organisation=sheet.round.edition.plan.organisation,
        name=name,
        data=data,
        title=name,
        media_type=media_type,
        lines=(),
        by=by,
    )
    made, fresh = Evidence.objects.get_or_create(sheet=sheet, document=document, defaults={"by": by})
    if fresh:
        log("reporting.sheet.evidence_added", sheet, by=by, new={"document": str(document)})
    return made
