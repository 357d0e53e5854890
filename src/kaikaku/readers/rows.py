"""The rows of a workbook that came back, cell by cell under its headings: what was sent out, filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kaikaku.readers.errors import Unreadable
from kaikaku.readers.machine_readability.book import Datum, Holds, Sheet
from kaikaku.readers.machine_readability.from_excel import book_of_excel
from kaikaku.readers.sniff import Kind, kind_of


@dataclass(frozen=True, slots=True)
class HeadedRow:
    """A row under its headings: heading → (text, place of the cell). Empty cells are empty text."""

    sheet: str
    place: str
    cells: Mapping[str, tuple[str, str]]

    def text(self, heading: str) -> str:
        """What stands under a heading; "" where there is no such column."""
        return self.cells.get(heading, ("", ""))[0].strip()


def rows_of_excel(data: bytes, name: str, *, heads: Mapping[str, str]) -> list[HeadedRow]:
    """The rows of these sheets, in their order; rows without anything are none.

    `heads` are the sheets and the heading that the first row of each must have; the first of them must be
    there. Raises Unreadable where the file is not such a workbook.
    """
    if kind_of(data, name=name) is not Kind.EXCEL:
        raise _not_ours(
            f"「{name}」は、Excelブック（.xlsx）ではありません。Excelブックの形式で保存し直してください。"
        )
    sheets = {sheet.name: sheet for sheet in book_of_excel(data, name=name).sheets}
    first = next(iter(heads))
    if first not in sheets:
        raise _not_ours(
            f"「{name}」に「{first}」のシートがありません。この台帳から受け取ったExcelに書き込んで送ってください。"
        )
    return [
        row
        for sheet, head in heads.items()
        if sheet in sheets
        for row in _rows(sheets[sheet], name=sheet, needed=head)
    ]


def _rows(sheet: Sheet, *, name: str, needed: str) -> Iterator[HeadedRow]:
    heads = {column: datum.text for (row, column), datum in sheet.cells.items() if row == 0}
    if needed not in heads.values():
        raise _not_ours(
            f"シート「{name}」の1行目に「{needed}」の列がありません。見出しの行を戻してください。"
        )
    by_row: dict[int, dict[int, Datum]] = {}
    for (row, column), datum in sheet.cells.items():
        if row > 0 and datum.text:
            by_row.setdefault(row, {})[column] = datum
    for row, data in sorted(by_row.items()):
        cells = {
            head: (
                _text(data[column]) if column in data else "",
                f"{name}!{sheet.name_of(row, column)}",
            )
            for column, head in heads.items()
            if head
        }
        yield HeadedRow(name, f"{name}!{row + 1}行目", cells)


def _text(datum: Datum) -> str:
    if datum.holds is Holds.NUMBER and datum.percent:
        return f"{Decimal(datum.text) * 100:f}"
    return datum.text


def _not_ours(message: str) -> Unreadable:
    return Unreadable("workbook_unknown", message)
