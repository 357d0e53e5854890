"""A sheet of cells as a person sees it: tables where cells stand together, lines where words stand alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from kaikaku.readers.building import line_of
from kaikaku.readers.document import Block, Cell, Line, Place, Span, Table

_WIDE_BLANK = "\N{IDEOGRAPHIC SPACE}"
_MARKER = re.compile(
    r"第?[0-9０-９一二三四五六七八九十]{1,3}[章節項]?[.．、)）]?|[(（][0-9０-９ア-ンa-z]{1,2}[)）]"
    r"|[①-⑳㉑-㊿⑴-⒇㋐-㋾]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]{1,4}[.．]?|[ア-ン][.．)）]?|[○◯●■□◆◇▽▼・•\-※]"
)
_UNIT = re.compile(r"[(（［\[【]?\s*単\s*位\s*[:：]?")


@dataclass(frozen=True, slots=True)
class GridCell:
    """A filled or ruled cell; rows and columns count from 0, `name` is as in the sheet."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    spans: tuple[Span, ...] = ()
    size: float | None = None
    indent: int = 0
    name: str = ""

    @property
    def bottom(self) -> int:
        return self.row + self.row_span

    @property
    def right(self) -> int:
        return self.column + self.column_span


class Places(Protocol):
    """Numbers the lines of a sheet."""

    def new(self, cell: GridCell) -> Place:
        """The place of the first cell of the next line."""
        ...

    def beside(self, cell: GridCell, first: Place) -> Place:
        """The place of a further cell on the line that begins at `first`."""
        ...


def blocks_of(cells: Iterable[GridCell], *, places: Places, side_by_side: bool = True) -> Iterator[Block]:
    """The blocks of a sheet in reading order.

    Empty rows and (where `side_by_side`) empty columns cut the sheet into regions, as the eye does. A region
    of one column is prose; rows of one cell above and below a table are its titles and notes; a row alone,
    and a run of rows that are a list mark and its words, are lines; the rest is a table.
    """
    cells = list(cells)
    if not any(cell.text for cell in cells):
        return
    margin = min(cell.column for cell in cells if cell.text)
    for region in _regions(cells, side_by_side):
        yield from _Region(region, margin, places).blocks()


def _regions(cells: list[GridCell], side_by_side: bool) -> Iterator[list[GridCell]]:
    waiting = [cells]
    while waiting:
        region = waiting.pop()
        parts = _cut(region, lambda cell: (cell.row, cell.bottom))
        if len(parts) == 1 and side_by_side and len({cell.row for cell in region if cell.text}) > 1:
            parts = _cut(region, lambda cell: (cell.column, cell.right))
        if len(parts) == 1:
            yield region
        else:
            waiting += reversed(parts)


def _cut(cells: list[GridCell], extent: Callable[[GridCell], tuple[int, int]]) -> list[list[GridCell]]:
    """The cells in groups with an empty row (or column) between each."""
    groups: list[list[GridCell]] = []
    end = -1
    for cell in sorted(cells, key=lambda cell: (extent(cell), cell.row, cell.column)):
        first, last = extent(cell)
        if not groups or first > end:
            groups.append([])
        groups[-1].append(cell)
        end = max(end, last)
    return groups


class _Region:
    """Cells with no empty row or column between them."""

    def __init__(self, cells: list[GridCell], margin: int, places: Places) -> None:
        self.margin = margin
        self.places = places
        by_row: dict[int, list[GridCell]] = {}
        for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
            by_row.setdefault(cell.row, []).append(cell)
        self.rows = [row for row in by_row.values() if any(cell.text for cell in row)]
        self.cells = cells
        self.covered = {row for cell in cells for row in range(cell.row + 1, cell.bottom)}

    def blocks(self) -> Iterator[Block]:
        top, bottom = 0, len(self.rows)
        while top < bottom and (self._alone(self.rows[top]) or self._names_unit(self.rows[top])):
            top += 1
        while bottom > top and self._alone(self.rows[bottom - 1]):
            bottom -= 1
        yield from (self._line(row) for row in self.rows[:top])
        body = self.rows[top:bottom]
        if len(body) == 1 or all(self._alone(row) or self._marked(row) for row in body):
            yield from (self._line(row) for row in body)
        else:
            first, last = body[0][0].row, body[-1][0].row
            yield self._table([cell for cell in self.cells if first <= cell.row <= last])
        yield from (self._line(row) for row in self.rows[bottom:])

    def _alone(self, row: list[GridCell]) -> bool:
        """One cell with no ruled empty cell and no merged cell beside it: a title or a note."""
        return len(row) == 1 and row[0].row not in self.covered

    def _names_unit(self, row: list[GridCell]) -> bool:
        """A title with the unit at the right end of its row, above the table they belong to."""
        shown = [cell.text for cell in row if cell.text]
        return len(shown) <= 2 and bool(_UNIT.match(shown[-1])) and row[0].row not in self.covered

    def _marked(self, row: list[GridCell]) -> bool:
        """A list mark in a cell of its own, and its words: prose typed into a sheet."""
        return len(row) == 2 and row[0].row not in self.covered and bool(_MARKER.fullmatch(row[0].text))

    def _line(self, row: list[GridCell]) -> Line:
        spans: list[Span] = []
        shown = [cell for cell in row if cell.text]
        for cell in shown:
            if spans:
                spans.append(Span(_WIDE_BLANK, spans[-1].bold))
            runs = cell.spans or (Span(cell.text),)
            spans += [Span(run.text.replace("\n", _WIDE_BLANK), run.bold) for run in runs]
        first = shown[0]
        indent = float(first.column - self.margin + first.indent)
        return line_of(spans, self.places.new(first), indent=indent, size=first.size)

    def _table(self, cells: list[GridCell]) -> Table:
        """The cells on a grid of their own: rows and columns where nothing begins or ends are closed up."""
        row_at = _closed_up([edge for cell in cells for edge in (cell.row, cell.bottom)])
        column_at = _closed_up([edge for cell in cells for edge in (cell.column, cell.right)])
        made: list[Cell] = []
        for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
            row, column = row_at[cell.row], column_at[cell.column]
            new = not made or made[-1].row != row
            place = self.places.new(cell) if new else self.places.beside(cell, made[-1].place)
            spans = (row_at[cell.bottom] - row, column_at[cell.right] - column)
            made.append(Cell(cell.text, place, row, column, *spans))
        return Table(tuple(made), made[0].place)


def _closed_up(edges: list[int]) -> dict[int, int]:
    return {edge: position for position, edge in enumerate(sorted(set(edges)))}
