"""A workbook that came back goes into the sheets. The unit is the sheet: all that a workbook changes in it,
or nothing; and the sheets that a person chose go in together, in one transaction, or none of them.

Everything is read, checked and worked out before the lock is taken; inside it only the versions are compared,
and what was worked out is written. So nobody waits while a whole government is checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from kaikaku.core.errors import RuleViolation
from kaikaku.reporting import queries
from kaikaku.reporting.models import Evidence, Sheet, Upload, UploadPart
from kaikaku.reporting.queries import uploads, workbooks
from kaikaku.reporting.services.filling import must_be_before_submission, must_be_editable
from kaikaku.reporting.services.guard import must_be_office, must_be_open
from kaikaku.reporting.services.importing import must_be_theirs, note
from kaikaku.reporting.services.reviewing import (
    APPLIED,
    CHOOSE,
    READY,
    Reviewed,
    entry_of,
    merged_of,
    review,
    said_of,
)
from kaikaku.reporting.services.writing import Written, upsert, work_out, write_all

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.reporting.queries import Bound

ON_BEHALF = "事務局代理入力"
Picks = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Applied:
    """The names of the sections whose sheets took something in, and how many cells that were."""

    departments: tuple[str, ...]
    cells: int


@dataclass(frozen=True, slots=True)
class _Ready:
    """A part that can go in, as it was reviewed, and what it makes of its sheet."""

    part: UploadPart
    reviewed: Reviewed
    written: Written


def apply(
    *, upload: Upload, chosen: Mapping[int, int], by: User, picks: Mapping[int, Picks] | None = None
) -> Applied:
    """Write the chosen parts into their sheets: all of them or, where one is refused, none.

    `chosen` are the versions of the sheets that the person was shown, by sheet; `picks` say for each cell
    that somebody else changed too whether mine or theirs stays. A part applied before is not applied again.
    """
    upload = uploads.whole(upload)
    must_be_open(upload.round)
    ready = _worked_out(upload, chosen, picks or {}, by)
    with transaction.atomic():
        _hold(upload, {one.part.sheet_id: one.written.sheet.version for one in ready})
        _write(upload, ready, by)
    names = tuple(one.part.sheet.department.name for one in ready)
    return Applied(names, sum(one.reviewed.taken for one in ready))


def _worked_out(
    upload: Upload, chosen: Mapping[int, int], picks: Mapping[int, Picks], by: User
) -> list[_Ready]:
    """The chosen parts, each held against its sheet and put into its rows in memory; a constant number of
    queries, and those of the figures that are computed from records.
    """
    parts = [part for part in uploads.parts_of(upload, only=list(chosen)) if part.applied_at is None]
    if not parts:
        raise RuleViolation(
            "workbook.nothing_chosen", "取り込む調書が選ばれていません。調書を選んでください。"
        )
    for part in parts:
        _may_write(upload, part.sheet, by)
        _must_be_as_shown(part.sheet, chosen[part.sheet_id])
    forms = workbooks.forms_of(upload.round, [part.sheet for part in parts])
    bound = queries.bindings_in(upload.round.edition.plan_id)
    return [
        _ready(upload, part, form, picks=picks.get(part.sheet_id, {}), bound=bound, by=by)
        for part, form in zip(parts, forms, strict=True)
    ]


def _ready(
    upload: Upload,
    part: UploadPart,
    form: workbooks.Form,
    *,
    picks: Picks,
    bound: Mapping[int, Bound],
    by: User,
) -> _Ready:
    sheet = part.sheet
    merged = merged_of(part, form, picks)
    written = work_out(
        sheet,
        entry_of(form, merged),
        rows=list(form.rows.values()),
        parts=form.parts,
        known=form.facts,
        bound=bound,
    )
    found = review(upload.round, part, form, merged=merged, said=said_of(written.changed))
    _must_be_ready(sheet, found)
    source = f"Excelの取込み（{upload.document.file_name}）"
    own = uploads.may_bring_in(by, sheet)
    written.note = source if own else f"{ON_BEHALF}：{source}"
    written.on_behalf = "" if own else sheet.department.name
    return _Ready(part, found, written)


def _may_write(upload: Upload, sheet: Sheet, by: User) -> None:
    """A clerk by the clerk's rule; the office for a section, where the upload is the office's."""
    if uploads.may_bring_in(by, sheet):
        must_be_editable(sheet, by)
        return
    if upload.sheet_id is not None:
        must_be_theirs(upload.round, sheet, by)
    must_be_office(upload.round.edition.plan.organisation, by)
    must_be_before_submission(sheet)


def _hold(upload: Upload, versions: Mapping[int, int]) -> None:
    """Hold the upload and the sheets, which must be as they were when all was worked out: whatever happens to
    a sheet raises its version, its states included.
    """
    must_be_open(uploads.lock_upload(upload).round)
    for key, sheet in uploads.lock_sheets(upload.round, versions).items():
        _must_be_as_shown(sheet, versions[key])


def _must_be_as_shown(sheet: Sheet, version: int) -> None:
    if version != sheet.version:
        who = f"{sheet.changed_by.name}さん" if sheet.changed_by else "システム"
        raise RuleViolation(
            "reporting.changed_since",
            f"確かめている間に、{who}が「{sheet.department.name}」の調書を変更しました。何も取り込んでいません。"
            "下に示す今の内容と見比べて、もう一度取り込んでください。",
        )


def _must_be_ready(sheet: Sheet, found: Reviewed) -> None:
    if found.state == READY:
        return
    why = found.why
    if found.state == CHOOSE:
        why = "ほかの人の変更と重なるところで、どちらを残すかが選ばれていません。"
    raise RuleViolation(
        "workbook.not_ready",
        f"「{sheet.department.name}」の調書に取り込めません。{why or '変わるところがありません。'}"
        "何も取り込んでいません。",
    )


def _write(upload: Upload, ready: list[_Ready], by: User) -> None:
    now = timezone.now()
    for one in ready:
        note(one.part, replace(one.reviewed, state=APPLIED))
        one.part.applied_at = now
    written = [one.written for one in ready if not one.written.is_empty]
    write_all(written, by=by, action="reporting.sheet.imported")
    Evidence.objects.bulk_create(
        (Evidence(sheet=one.part.sheet, document=upload.document, by=by) for one in ready),
        ignore_conflicts=True,
    )
    upsert([one.part for one in ready], ("review", "summary", "applied_at"))
