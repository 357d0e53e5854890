"""One sheet of a workbook: its cells as shown, merged, with what is hidden left out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from kaikaku.readers import limits
from kaikaku.readers.archive import Archive
from kaikaku.readers.building import Builder
from kaikaku.readers.document import Span
from kaikaku.readers.excel_format import show_number, show_text
from kaikaku.readers.excel_styles import CellStyle, SharedString, child, integer, local, rich_text
from kaikaku.readers.grid import GridCell

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_MAX_COLUMNS: Final = 16_384
_MAX_ROWS: Final = 1_048_576
_MERGE_BUDGET: Final = 2_000_000  # rows and columns of merged areas that are looked at in one sheet
_PLAIN: Final = CellStyle()


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the sheets of a workbook share."""

    strings: list[SharedString]
    styles: list[CellStyle]
    from_1904: bool


@dataclass(slots=True)
class Sheet:
    """The cells of one sheet by row and column (from 0), and what is to be told about them."""

    cells: dict[tuple[int, int], GridCell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(
        default_factory=list
    )  # top, left, bottom, right; past the end
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)
    uncalculated: list[str] = field(default_factory=list)


def reference(row: int, column: int) -> str:
    """The name of a cell.

    >>> reference(0, 0), reference(9, 27)
    ('A1', 'AB10')
    """
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def position(name: str) -> tuple[int, int] | None:
    """Row and column (from 0) of a cell's name; None for what is no cell of a sheet.

    >>> position("AB10"), position("XFE1")
    ((9, 27), None)
    """
    match = _REFERENCE.fullmatch(name)
    if not match:
        return None
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(match.group(2))
    return (row - 1, column - 1) if 1 <= row <= _MAX_ROWS and column <= _MAX_COLUMNS else None


def read_sheet(archive: Archive, part: str, *, workbook: Workbook, builder: Builder) -> Sheet:
    """The sheet in `part`. Only filled and ruled cells are kept, whatever size the sheet says it has."""
    sheet = Sheet()
    next_row = 0
    for element in archive.elements(part, "{*}row", "{*}col", "{*}mergeCell"):
        name = local(element)
        if name == "col":
            if element.get("hidden") in ("1", "true"):
                first, last = integer(element.get("min"), 1), integer(element.get("max"), 1)
                sheet.hidden_columns.append((first - 1, last))
        elif name == "mergeCell":
            _take_merge(element.get("ref") or "", sheet)
        else:
            row = integer(element.get("r"), next_row + 1) - 1
            next_row = row + 1
            if element.get("hidden") in ("1", "true"):
                sheet.hidden_rows.add(row)
            if row >= _MAX_ROWS:
                continue
            for cell in _cells(element, row, workbook, sheet):
                builder.count_cells(1)
                builder.count_characters(len(cell.text))
                sheet.cells[cell.row, cell.column] = cell
    builder.count_cells(-len(sheet.cells))
    builder.count_characters(-sum(len(cell.text) for cell in sheet.cells.values()))
    return sheet


def _take_merge(area: str, sheet: Sheet) -> None:
    first, _, last = area.partition(":")
    start, end = position(first), position(last or first)
    if start and end and start <= end and start != end:
        sheet.merges.append((start[0], start[1], end[0] + 1, end[1] + 1))


def _cells(element: Any, row: int, workbook: Workbook, sheet: Sheet) -> Iterator[GridCell]:
    column = -1
    for cell in element:
        if local(cell) != "c":
            continue
        place = position(cell.get("r") or "")
        column = place[1] if place else column + 1
        index = integer(cell.get("s"), 0)
        style = workbook.styles[index] if 0 <= index < len(workbook.styles) else _PLAIN
        words = _words(cell, style, workbook, sheet, reference(row, column))
        text = words.text.strip()[: limits.MAX_CELL_CHARACTERS]
        if not text and not style.ruled:
            continue
        spans = words.spans or (Span(text, True),) if style.bold or words.spans else ()
        spans = tuple(Span(span.text, span.bold or style.bold) for span in spans)
        yield GridCell(row, column, text, spans=spans if text else (), size=style.size, indent=style.indent)


def _words(cell: Any, style: CellStyle, workbook: Workbook, sheet: Sheet, name: str) -> SharedString:
    """What a cell shows, by its type (ECMA-376 part 1, 18.18.11)."""
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        inline = child(cell, "is")
        return rich_text(inline) if inline is not None else SharedString("")
    stored = child(cell, "v")
    value = (stored.text or "") if stored is not None else ""
    if not value:
        if child(cell, "f") is not None and kind != "str":
            sheet.uncalculated.append(name)
        return SharedString("")
    if kind == "s":
        index = integer(value, -1)
        shared = workbook.strings[index] if 0 <= index < len(workbook.strings) else SharedString("")
        shown = show_text(shared.text, style.number_format)
        return shared if shown == shared.text else SharedString(shown)
    if kind == "b":
        return SharedString("TRUE" if value.strip() == "1" else "FALSE")
    if kind == "e":
        sheet.errors.append((name, value))
        return SharedString(value)
    if kind in ("str", "d"):
        return SharedString(show_text(value, style.number_format))
    return SharedString(_number(value, style, workbook.from_1904))


def _number(value: str, style: CellStyle, from_1904: bool) -> str:
    try:
        number = Decimal(value.strip())
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number.adjusted()) > 400:
        return value
    return show_number(number, style.number_format, from_1904=from_1904)


def visible_cells(sheet: Sheet) -> tuple[list[GridCell], int]:
    """The cells a person sees, merged ones with their spans; and how many filled ones are hidden.

    What is hidden is closed up, as on the screen: the cells on either side of a hidden column are neighbours.
    A merged area shows its first cell's words as long as any of it is to be seen.
    """
    if not sheet.cells:
        return [], 0
    bottom = max(row for row, _ in sheet.cells) + 1
    right = max(column for _, column in sheet.cells) + 1
    covered = _covered(sheet, bottom, right)
    rows = _Shown(row for row in sheet.hidden_rows if row < bottom)
    columns = _Shown(
        c for first, last in sheet.hidden_columns for c in range(max(0, first), min(last, right))
    )
    hidden = 0
    shown: list[GridCell] = []
    for (row, column), cell in sheet.cells.items():
        end_row, end_column = covered.anchors.get((row, column), (row + 1, column + 1))
        if (row, column) not in covered.anchors and covered.covers(row, column):
            continue
        top, left = rows.before(row), columns.before(column)
        height, width = rows.before(end_row) - top, columns.before(end_column) - left
        if height and width:
            name = reference(row, column)
            shown.append(replace(cell, row=top, column=left, row_span=height, column_span=width, name=name))
        else:
            hidden += bool(cell.text)
    return shown, hidden


class _Shown:
    """The rows (or columns) of a sheet without the hidden ones."""

    def __init__(self, hidden: Iterable[int]) -> None:
        self._hidden = sorted(set(hidden))

    def before(self, position: int) -> int:
        """How many are to be seen before this one."""
        return position - bisect_left(self._hidden, position)


class _Merged:
    """Which cells lie under a merged one."""

    def __init__(self) -> None:
        self.anchors: dict[tuple[int, int], tuple[int, int]] = {}
        self._rows: dict[int, list[tuple[int, int]]] = {}

    def add(self, top: int, left: int, bottom: int, right: int) -> None:
        self.anchors[top, left] = (bottom, right)
        for row in range(top, bottom):
            self._rows.setdefault(row, []).append((left, right))

    def covers(self, row: int, column: int) -> bool:
        return any(left <= column < right for left, right in self._rows.get(row, ()))


def _covered(sheet: Sheet, bottom: int, right: int) -> _Merged:
    merged = _Merged()
    budget = _MERGE_BUDGET
    for top, left, last_row, last_column in sheet.merges:
        end = min(last_row, bottom)
        budget -= max(0, end - top) + min(last_column, right) - left
        if budget < 0:
            break
        if end > top and left < right:
            merged.add(top, left, end, min(last_column, max(right, left + 1)))
    return merged
