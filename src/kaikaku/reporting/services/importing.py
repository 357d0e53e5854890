"""Workbooks out and back in: what is handed out, what comes back, and how it stands against the sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from kaikaku.audit.services import record
from kaikaku.core.errors import RuleViolation
from kaikaku.readers.errors import Unreadable
from kaikaku.readers.machine_readability.from_excel import book_of_excel
from kaikaku.readers.sniff import Kind, kind_of
from kaikaku.reporting.models import Handout, Round, Sheet, Upload, UploadPart
from kaikaku.reporting.queries import uploads, workbooks
from kaikaku.reporting.services.guard import must_be_office, must_be_open
from kaikaku.reporting.services.reviewing import (
    Reviewed,
    Summary,
    review_all,
)
from kaikaku.reporting.workbooks.placing import Part, place_rows
from kaikaku.reporting.workbooks.reading import Told, read_workbook
from kaikaku.sources.services import keep_document

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.readers.machine_readability.book import Book
    from kaikaku.writers.workbook_form import RoundBook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def hand_out(*, round_: Round, sheets: Sequence[Sheet], by: User | None) -> RoundBook:
    """The workbook of these sheets; what it says is kept, so that its changes can be told when it is back."""
    forms = workbooks.forms_of(round_, sheets)
    kept = [Handout(sheet=form.sheet, version=form.sheet.version, contents=form.contents) for form in forms]
    names = [form.block.department for form in forms]
    with transaction.atomic():
        Handout.objects.bulk_create(
            kept,
            update_conflicts=True,
            unique_fields=["sheet", "version"],
            update_fields=["contents"],
            batch_size=200,
        )
        _record("reporting.workbook.handed_out", round_, by, new={"departments": names})
    return workbooks.book_of(round_, forms)


@dataclass(frozen=True, slots=True)
class Looked:
    """A workbook held against the sheets of its round; nothing is kept yet."""

    book: Book
    parts: tuple[UploadPart, ...]
    reviews: tuple[Reviewed, ...]
    told: tuple[Told, ...]
    alone: bool


def look_at(*, round_: Round, name: str, data: bytes, by: User, sheet: Sheet | None = None) -> Looked:
    """What a workbook would do. A clerk brings in the one `sheet`; the office all of the round.

    Raises RuleViolation with what to do where the file is not a workbook of this round.
    """
    must_be_open(round_)
    must_be_theirs(round_, sheet, by)
    book = cells_of(data, name)
    forms = workbooks.forms_of(round_, [sheet] if sheet is not None else workbooks.sheets_of(round_))
    read = read_workbook(book, years=workbooks.past_years(round_), choices=workbooks.CHOICES)
    placed = place_rows(
        read,
        round_key=workbooks.round_key(round_),
        known=uploads.known_of(forms),
        others=uploads.sheet_keys(round_),
    )
    if not placed.parts:
        raise RuleViolation(
            "workbook.no_rows",
            f"「{name}」に、取り込める調書の行がありません。調書キーを変えていないか、"
            "ほかの所属の様式でないかを確かめてください。",
            field="file",
        )
    by_key = {form.block.key: form for form in forms}
    parts = [_part(by_key[key].sheet, part) for key, part in placed.parts.items()]
    reviews = review_all(round_, parts, forms)
    for made, reviewed in zip(parts, reviews, strict=True):
        note(made, reviewed)
    alone = len({row.code("sheet") for row in read.rows if row.code("sheet")}) == 1
    return Looked(book, tuple(parts), tuple(reviews), placed.told, alone)


def receive(*, round_: Round, name: str, data: bytes, by: User, sheet: Sheet | None = None) -> Upload:
    """Take a workbook in, keep it, and hold it against the sheets; nothing of them changes yet.

    It is read and held against them before the transaction that keeps it, so that nobody waits meanwhile.
    """
    looked = look_at(round_=round_, name=name, data=data, by=by, sheet=sheet)
    with transaction.atomic():
        return _received(round_, sheet, looked, name=name, data=data, by=by)


def _received(
    round_: Round, sheet: Sheet | None, looked: Looked, *, name: str, data: bytes, by: User
) -> Upload:
    upload = Upload.objects.create(
        round=round_,
        sheet=sheet,
        document=_keep(round_, name, data, looked.book, by),
        by=by,
        told=[told.as_json() for told in looked.told],
        alone=looked.alone,
    )
    for part in looked.parts:
        part.upload = upload
    UploadPart.objects.bulk_create(looked.parts, batch_size=100)
    new = {"file": name, "departments": [part.sheet.department.name for part in looked.parts]}
    _record("reporting.workbook.received", round_, by, new=new)
    return upload


def must_be_theirs(round_: Round, sheet: Sheet | None, by: User) -> None:
    """A clerk brings in a sheet of their section, the office a round."""
    if sheet is None:
        must_be_office(round_.edition.plan.organisation, by)
    elif not uploads.may_bring_in(by, sheet):
        raise RuleViolation(
            "workflow.role",
            f"調書に記入できるのは、「{sheet.department.name}」の担当です。担当に依頼してください。",
        )


def cells_of(data: bytes, name: str) -> Book:
    """The cells of the workbook as stored. Raises RuleViolation on the field of the file."""
    try:
        kind = kind_of(data, name=name)
        if kind is not Kind.EXCEL:
            raise RuleViolation(
                "workbook.not_excel",
                f"「{name}」は、Excelブック（.xlsx）ではありません。Excelブックの形式で保存し直してください。",
                field="file",
            )
        return book_of_excel(data, name=name)
    except Unreadable as refused:
        raise RuleViolation(refused.code, refused.message, field="file") from refused


def _keep(round_: Round, name: str, data: bytes, book: Book, by: User) -> Any:
    """The file as received, with its rows as lines, so that the trail opens onto it."""
    lines: list[str] = []
    places: list[str] = []
    for sheet in book.sheets:
        rows: dict[int, list[str]] = {}
        for (row, _), datum in sorted(sheet.cells.items()):
            rows.setdefault(row, []).append(" ".join(datum.text.split()))
        lines += ["　".join(cells) for cells in rows.values()]
        places += [f"シート「{sheet.name}」 {row + 1}行目" for row in rows]
    return keep_document(
        organisation=round_.edition.plan.organisation,
        name=name,
        data=data,
        title=f"{round_.title}　調書の様式（{name}）"[:300],
        media_type=XLSX,
        lines=lines,
        places=places,
        by=by,
    )


def _part(sheet: Sheet, part: Part) -> UploadPart:
    return UploadPart(
        sheet=sheet,
        changes=[change.as_json() for change in part.changes],
        told=[told.as_json() for told in part.told],
        handed=min(part.versions, default=0),
        compared=sheet.version,
    )


def reviews_of(upload: Upload, *, only: Sheet | None = None) -> list[tuple[UploadPart, Reviewed]]:
    """Every part with how it stands now: as kept while its sheet is the same, anew where it has moved on."""
    parts = uploads.parts_of(upload, only=None if only is None else [only.pk])
    fresh = {part.pk: found for part, found in _reviewed_anew(upload, parts)}
    return [(part, fresh.get(part.pk) or Reviewed.from_json(part.review)) for part in parts]


def summaries_of(upload: Upload) -> list[tuple[UploadPart, Summary]]:
    """Every part in numbers, for a page of many: the cells are read only where a sheet has moved on."""
    parts = uploads.parts_of(upload, whole=False)
    fresh = {part.pk: found.summary for part, found in _reviewed_anew(upload, parts)}
    return [(part, fresh.get(part.pk) or _kept_summary(part)) for part in parts]


def _kept_summary(part: UploadPart) -> Summary:
    return Summary(**part.summary) if part.summary else Reviewed.from_json(part.review).summary


def _reviewed_anew(upload: Upload, parts: Sequence[UploadPart]) -> list[tuple[UploadPart, Reviewed]]:
    """Those that are not applied and whose sheet, or whose round, is not as it was when they were kept."""
    closed = upload.round.closed_at is not None
    moved = [p for p in parts if p.applied_at is None and (closed or p.compared != p.sheet.version)]
    if not moved:
        return []
    moved = uploads.parts_of(upload, only=[part.sheet_id for part in moved])
    forms = workbooks.forms_of(upload.round, [part.sheet for part in moved])
    return list(zip(moved, review_all(upload.round, moved, forms), strict=True))


def note(part: UploadPart, reviewed: Reviewed) -> None:
    """Put on the part how it stands; it is not saved yet."""
    part.review, part.summary = reviewed.as_json(), asdict(reviewed.summary)


def _record(action: str, round_: Round, by: User | None, *, new: Mapping[str, Any]) -> None:
    record(action, on=round_, by=by, organisation=round_.edition.plan.organisation, new=new)
