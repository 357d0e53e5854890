"""Where the table of a sheet is: its header, its data, and what stands outside it.

A sheet is cut at its blank rows and columns; the largest piece of two columns or more is the table. Lines of
one cell above it are a title or unit, marked ones below it are notes. Merged areas count as filled,
so that a merged header is found whole (that it is merged is a finding of its own).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

from kaikaku.readers.machine_readability.book import Area, Book, Column, Datum, Sheet
from kaikaku.readers.machine_readability.number_columns import NumberColumn, number_columns
from kaikaku.readers.machine_readability.words import is_unit, is_year

Cells = Mapping[tuple[int, int], Datum]
_DEEPEST: Final = 8  # cuts of a sheet: by rows, then by columns, and so on
_COMPARED: Final = 50  # pieces of a sheet that are weighed against each other
_LONGEST_NAME: Final = 200
_MERGED_CELLS: Final = 1_000_000  # of one sheet that are looked at
_NOTE: Final = re.compile(r"[※＊*]|[（(]?注|備考|資料[:：]|出典|出所|単位|[（(]単位")


@dataclass(frozen=True, slots=True)
class Table:
    """The table of a sheet. `area` is header and data; `data_top` the first row of data."""

    sheet: Sheet
    area: Area
    data_top: int
    columns: tuple[Column, ...]
    numbers: tuple[NumberColumn, ...]
    two_rows_of_names: bool

    @property
    def height(self) -> int:
        """Rows of data."""
        return self.area.bottom - self.data_top

    def header_cells(self, column: Column) -> list[Datum]:
        return [
            datum
            for row in range(self.area.top, self.data_top)
            if (datum := self.sheet.cells.get((row, column.index)))
        ]


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet with its table (None: it holds only words), the other pieces, and single cells outside."""

    sheet: Sheet
    table: Table | None
    others: tuple[Area, ...] = ()
    outside: tuple[Datum, ...] = ()


def pages_of(book: Book) -> tuple[Page, ...]:
    """The visible sheets that hold something, laid out."""
    return tuple(_page(sheet) for sheet in book.sheets if sheet.visible and sheet.cells)


def _page(sheet: Sheet) -> Page:
    filled = _filled(sheet)
    pieces = list(_pieces(filled, _DEEPEST))
    broad = _rows_of_two(sheet)
    tables = [piece for piece in pieces if _is_broad(piece, broad)]
    if not tables:
        tables = [piece for piece in pieces if _is_column(piece, sheet)]
    if not tables:
        return Page(sheet, None)
    size = Counter(_piece_of(tables[:_COMPARED], cell) for cell in filled)
    area = max(tables[:_COMPARED], key=lambda piece: size[piece])
    head = next((piece for piece in pieces if _is_parted_head(piece, area, sheet)), None)
    table = _table(sheet, _joined(head, area) if head else area, filled)
    rest = (piece for piece in pieces if piece not in (area, head))
    others = [piece for piece in rest if _is_broad(piece, broad) or _is_row_of_data(piece, area, sheet)]
    outside = [
        datum
        for cell, datum in sheet.cells.items()
        if not table.area.holds(*cell) and not _piece_of(others[:_COMPARED], cell)
    ]
    return Page(sheet, table, tuple(others), tuple(sorted(outside, key=lambda d: (d.row, d.column))))


def _piece_of(pieces: Iterable[Area], cell: tuple[int, int]) -> Area | None:
    return next((piece for piece in pieces if piece.holds(*cell)), None)


def _rows_of_two(sheet: Sheet) -> dict[int, list[int]]:
    """The columns filled in each row that has two cells of its own or more (a merged title has one)."""
    rows: dict[int, list[int]] = defaultdict(list)
    for row, column in sheet.cells:
        rows[row].append(column)
    return {row: columns for row, columns in rows.items() if len(columns) > 1}


def _is_broad(piece: Area, broad: Mapping[int, list[int]]) -> bool:
    """Whether a piece may be a table: two rows of two cells."""
    if piece.height < 2 or piece.width < 2:
        return False
    rows = (broad.get(row, []) for row in range(piece.top, piece.bottom))
    full = (row for row in rows if sum(piece.left <= column < piece.right for column in row) > 1)
    return len(list(islice(full, 2))) == 2


def _row_of(piece: Area, sheet: Sheet) -> list[Datum]:
    return [d for c in range(piece.left, piece.right) if (d := sheet.cells.get((piece.top, c)))]


def _is_row_of_data(piece: Area, area: Area, sheet: Sheet) -> bool:
    """A row torn off the table: numbers under its columns."""
    if piece.height != 1 or piece.left >= area.right or area.left >= piece.right:
        return False
    row = _row_of(piece, sheet)
    return len(row) > 1 and any(datum.is_number for datum in row)


def _is_parted_head(piece: Area, area: Area, sheet: Sheet) -> bool:
    """A row of names kept apart from its data by a blank row."""
    if piece.height != 1 or area.top - piece.bottom != 1 or piece.left != area.left:
        return False
    row = _row_of(piece, sheet)
    return len(row) == area.width and not any(datum.is_number for datum in row)


def _joined(head: Area, area: Area) -> Area:
    return Area(head.top, min(head.left, area.left), area.bottom, max(head.right, area.right))


def _filled(sheet: Sheet) -> set[tuple[int, int]]:
    """The filled cells, those under a merged one among them."""
    filled, budget = set(sheet.cells), _MERGED_CELLS
    bottom = max(row for row, _ in filled) + 1
    right = max(column for _, column in filled) + 1
    for area in sheet.merges:
        rows, columns = range(area.top, min(area.bottom, bottom)), range(area.left, min(area.right, right))
        budget -= len(rows) * len(columns)
        if budget < 0:
            break
        if (area.top, area.left) in sheet.cells:
            filled.update((row, column) for row in rows for column in columns)
    return filled


def _pieces(filled: Iterable[tuple[int, int]], cuts: int, axis: int = 0, whole: int = 0) -> Iterator[Area]:
    """The pieces between blank rows (axis 0) and blank columns (axis 1), cut in turn until nothing parts."""
    lines: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for cell in filled:
        lines[cell[axis]].append(cell)
    order = sorted(lines)
    if cuts == 0 or (whole == 1 and order[-1] - order[0] + 1 == len(order)):
        cells = [cell for line in lines.values() for cell in line]
        rows, columns = [row for row, _ in cells], [column for _, column in cells]
        yield Area(min(rows), min(columns), max(rows) + 1, max(columns) + 1)
        return
    start = 0
    breaks = [place for place, (one, two) in enumerate(pairwise(order), 1) if two - one > 1]
    for end in (*breaks, len(order)):
        band = [cell for line in order[start:end] for cell in lines[line]]
        yield from _pieces(band, cuts - 1, 1 - axis, 0 if breaks else whole + 1)
        start = end


def _is_column(piece: Area, sheet: Sheet) -> bool:
    """Whether a piece of one column is a table: any in a CSV file, in a workbook one of numbers."""
    if piece.height < 2:
        return False
    below = [sheet.cells.get((row, piece.left)) for row in range(piece.top + 1, piece.bottom)]
    return sheet.name is None or all(datum is not None and datum.is_number for datum in below)


def _table(sheet: Sheet, area: Area, filled: set[tuple[int, int]]) -> Table:
    top, bottom = _first_row(area, filled), _last_row(sheet, area)
    data_top = _data_top(sheet, Area(top, area.left, bottom, area.right), filled)
    kept = Area(top, area.left, bottom, area.right)
    under = _heads(sheet, kept)
    cells: dict[int, list[Datum]] = defaultdict(list)
    for (row, column), datum in sheet.cells.items():
        if data_top <= row < bottom and area.left <= column < area.right:
            cells[column].append(datum)
    columns = tuple(
        Column(
            index,
            _name(sheet, under, range(top, data_top), index),
            tuple(sorted(cells[index], key=lambda datum: datum.row)),
        )
        for index in range(area.left, area.right)
    )
    return Table(sheet, kept, data_top, columns, tuple(number_columns(columns)), data_top - top > 1)


def _first_row(area: Area, filled: set[tuple[int, int]]) -> int:
    """The header: the first row filled to half of the table's width, past titles of one cell or one merge."""
    need = max(min(2, area.width), (area.width + 1) // 2)
    for row in range(area.top, min(area.bottom - 1, area.top + 20)):
        if sum((row, column) in filled for column in range(area.left, area.right)) >= need:
            return row
    return area.top


def _last_row(sheet: Sheet, area: Area) -> int:
    """Past the last row of data: marked notes of one cell at the foot are left out."""
    bottom = area.bottom
    while bottom - area.top > 2 and area.width > 1:
        row = [d for c in range(area.left, area.right) if (d := sheet.cells.get((bottom - 1, c)))]
        if len(row) != 1 or not _NOTE.match(row[0].text):
            break
        bottom -= 1
    return bottom


def _data_top(sheet: Sheet, area: Area, filled: set[tuple[int, int]]) -> int:
    """The first row of data: past merged header cells, names that the first row lacks, and a row of units."""
    first = area.top + 1
    across = False
    for merge in sheet.merges:
        if merge.top == area.top and area.left <= merge.left < area.right and merge.width < area.width:
            first = max(first, merge.bottom)
            across = across or merge.width > 1
    if across and first == area.top + 1:
        first += 1
    if first == area.top + 1 and _is_second_row_of_names(sheet, area, filled):
        first += 1
    return min(first, area.bottom)


def _is_second_row_of_names(sheet: Sheet, area: Area, filled: set[tuple[int, int]]) -> bool:
    """Units alone, or words under blank names over numbers, make the second row part of the header."""
    second = [sheet.cells.get((area.top + 1, column)) for column in range(area.left, area.right)]
    there = [datum for datum in second if datum is not None]
    if area.height < 3 or not there or any(datum.is_number and not is_year(datum.text) for datum in there):
        return False
    if sum(is_unit(datum.text) for datum in there) > len(there) / 2:
        return True
    return any(
        (area.top, datum.column) not in filled and _numbers_below(sheet, area, datum.column)
        for datum in there
        if not datum.is_number
    )


def _numbers_below(sheet: Sheet, area: Area, column: int) -> bool:
    below = [
        d
        for row in range(area.top + 2, min(area.bottom, area.top + 12))
        if (d := sheet.cells.get((row, column)))
    ]
    return bool(below) and all(datum.is_number for datum in below)


def _heads(sheet: Sheet, area: Area) -> dict[tuple[int, int], Datum]:
    """The words that a merged cell gives to each place it covers in the first rows of the table."""
    found: dict[tuple[int, int], Datum] = {}
    for merge in sheet.merges:
        datum = sheet.cells.get((merge.top, merge.left))
        if datum is not None and area.top <= merge.top < area.top + 10 and merge.height <= 10:
            for row in range(merge.top, merge.bottom):
                for column in range(merge.left, min(merge.right, area.right)):
                    found[row, column] = datum
    return found


def _name(sheet: Sheet, under: Mapping[tuple[int, int], Datum], rows: range, column: int) -> str:
    parts: list[str] = []
    for row in rows:
        datum = sheet.cells.get((row, column)) or under.get((row, column))
        if datum is not None and datum.text and datum.text not in parts:
            parts.append(datum.text)
    return " ".join(parts)[:_LONGEST_NAME]
