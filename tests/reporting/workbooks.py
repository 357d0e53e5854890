"""Workbooks as a clerk has them: made by the office, opened and changed, brought back."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from kaikaku.org.models import User
from kaikaku.reporting import services
from kaikaku.reporting.models import Round, Sheet, Upload, UploadPart
from kaikaku.reporting.queries import workbooks
from kaikaku.reporting.services.reviewing import Reviewed
from kaikaku.writers.workbook import write_workbook

Edit = Callable[[Any], object]


def made(round_: Round, by: User, sheets: Iterable[Sheet] | None = None) -> bytes:
    """The workbook as it is handed out."""
    chosen = workbooks.sheets_of(round_) if sheets is None else list(sheets)
    out = io.BytesIO()
    write_workbook(services.hand_out(round_=round_, sheets=chosen, by=by), out)
    return out.getvalue()


def changed(data: bytes, edit: Edit) -> bytes:
    """The workbook after somebody has worked in it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    edit(book)
    out = io.BytesIO()
    book.save(out)
    book.close()
    return out.getvalue()


def columns(page: Worksheet) -> dict[str, int]:
    """The number of each column by its header."""
    return {str(cell.value): cell.column for cell in page[1]}


def put(title: str, value: object, *, row: int = 2, page: str = "指標") -> Edit:
    """Type into the cell of this row under this header."""

    def edit(book: Any) -> None:
        book[page].cell(row, columns(book[page])[title]).value = value

    return edit


def all_of(*edits: Edit) -> Edit:
    def edit(book: Any) -> None:
        for one in edits:
            one(book)

    return edit


def bring_in(sheet: Sheet, data: bytes, by: User, name: str = "調書.xlsx") -> Upload:
    """As the section's clerk."""
    return services.receive(round_=sheet.round, sheet=sheet, name=name, data=data, by=by)


def review(upload: Upload) -> tuple[UploadPart, Reviewed]:
    """The one part of an upload, as it stands."""
    return services.reviews_of(upload)[0]


def told(upload: Upload) -> str:
    """All that is told of an upload, in one text."""
    parts = [told for part in upload.parts.all() for told in part.told]
    return "\n".join(f"{one['place']} {one['message']}" for one in (*upload.told, *parts))


def take_in(upload: Upload, by: User, **picks: str) -> services.Applied:
    """Apply the one part as it is shown."""
    part, reviewed = review(upload)
    chosen = {part.sheet_id: reviewed.version}
    return services.apply(upload=upload, chosen=chosen, by=by, picks={part.sheet_id: picks})
