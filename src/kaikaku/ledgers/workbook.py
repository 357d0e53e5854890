"""A ledger as an Excel workbook, one datum a cell, and the cells of one that comes back. No database.

Sheets: 記録 (a row a record), 年度の値 (a row a record and year), 項目の説明 (what each column means).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from kaikaku.core.errors import RuleViolation
from kaikaku.ledgers.kind import FieldSpec, Kind
from kaikaku.ledgers.values import Departments, plain_value
from kaikaku.readers.errors import Unreadable
from kaikaku.readers.rows import rows_of_excel
from kaikaku.writers.excel import add_sheet, fixed_time, formats_of

RECORDS, YEARS, MEANING = "記録", "年度の値", "項目の説明"
NUMBER, VERSION, DEPARTMENT, STATE, PUBLIC, YEAR = "記録番号", "版", "所管", "状態", "公開", "年度"
OWN: Final = (NUMBER, VERSION, DEPARTMENT, STATE, PUBLIC)
SHOWN_PUBLIC: Final = {True: "公開する", False: "公開しない"}
Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class RowOut:
    """A record as it is written out; `years` are its figures: (fiscal year, version, values)."""

    key: int
    version: int
    department: str
    state: str
    public: bool
    values: Mapping[str, Any]
    years: Sequence[tuple[int, int, Mapping[str, Any]]] = ()


@dataclass(frozen=True, slots=True)
class RowIn:
    """A row that came back: heading → (text, place); `year` where it is of 年度の値."""

    place: str
    cells: Mapping[str, tuple[str, str]]
    yearly: bool = False


def write_workbook(
    kind: Kind, fields: Sequence[FieldSpec], rows: Iterable[RowOut], departments: Departments
) -> bytes:
    """The workbook of these records with these fields; equal rows give equal bytes."""
    import xlsxwriter

    rows = list(rows)
    lasting = [spec for spec in fields if not spec.yearly]
    yearly = [spec for spec in fields if spec.yearly]
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": kind.name, "created": fixed_time()})
        formats = formats_of(book)
        head = [*OWN, *(spec.heading for spec in lasting)]
        body = [_cells(kind, lasting, row, departments) for row in rows]
        add_sheet(book, RECORDS, head=head, rows=body, formats=formats)
        if yearly:
            head = [NUMBER, YEAR, VERSION, *(spec.heading for spec in yearly)]
            add_sheet(
                book, YEARS, head=head, rows=list(_year_cells(yearly, rows, departments)), formats=formats
            )
        add_sheet(
            book,
            MEANING,
            head=["項目", "種類", "単位", "必須", "公開", "選択肢", "説明"],
            rows=[_meaning(spec) for spec in fields],
            formats=formats,
        )
    return out.getvalue()


def write_csv(
    kind: Kind, fields: Sequence[FieldSpec], rows: Iterable[RowOut], departments: Departments
) -> bytes:
    """The records as CSV that Excel opens in Japanese; what would run as a formula is defused."""
    out = io.StringIO()
    writer = csv.writer(out)
    lasting = [spec for spec in fields if not spec.yearly]
    writer.writerow([NUMBER, DEPARTMENT, STATE, *(spec.heading for spec in lasting)])
    for row in rows:
        key, _, department, state, _, *values = _cells(kind, lasting, row, departments)
        writer.writerow([key, *(_safe(cell) for cell in (department, state, *values))])
    return out.getvalue().encode("utf-8-sig")


def _cells(kind: Kind, specs: Sequence[FieldSpec], row: RowOut, departments: Departments) -> list[Cell]:
    state = kind.state_words.get(row.state, row.state)
    own: list[Cell] = [row.key, row.version, row.department, state, SHOWN_PUBLIC[row.public]]
    return own + [plain_value(spec, row.values.get(spec.code), departments) for spec in specs]


def _year_cells(
    specs: Sequence[FieldSpec], rows: Iterable[RowOut], departments: Departments
) -> Iterator[list[Cell]]:
    for row in rows:
        for year, version, values in row.years:
            yield [
                row.key,
                year,
                version,
                *(plain_value(spec, values.get(spec.code), departments) for spec in specs),
            ]


def _meaning(spec: FieldSpec) -> list[Cell]:
    return [
        spec.heading,
        spec.type_words,
        spec.unit,
        "必須" if spec.required else "任意",
        "公開" if spec.public else "非公開",
        "、".join(words for _, words in spec.choices),
        spec.help,
    ]


def _safe(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    text = str(cell)
    return f"'{text}" if text[:1] in tuple("=+-@\t\r") else text


def read_workbook(data: bytes, name: str) -> list[RowIn]:
    """The rows of a workbook that came back. Raises RuleViolation on the file where it is not one of ours."""
    try:
        rows = rows_of_excel(data, name, heads={RECORDS: NUMBER, YEARS: NUMBER})
    except Unreadable as refused:
        raise RuleViolation(refused.code, refused.message, field="file") from refused
    return [RowIn(row.place, row.cells, yearly=row.sheet == YEARS) for row in rows]
