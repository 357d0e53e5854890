"""Tables without lines: words that stand in columns over three rows or more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kaikaku.readers.pdf_lines import Run, rows_of

_ROWS: Final = 3
_GUTTER: Final = 1.0  # of the size: the free strip between columns
_ROW_PITCH: Final = 3.2  # of the size: rows farther apart are not one table
_LONG_PROSE: Final = 18  # characters; two columns of longer texts are prose
_PAGE_NUMBER = re.compile(r"[・…\.\s]*[0-9０-９]{1,3}")


@dataclass(frozen=True, slots=True)
class AlignedTable:
    """Rows of runs by column; a cell without words is None."""

    rows: list[list[Run | None]]

    def runs(self) -> list[Run]:
        return [run for row in self.rows for run in row if run is not None]


def aligned_tables(runs: list[Run]) -> list[AlignedTable]:
    """The tables without lines among the runs of a page.

    Believed only where at least three rows in sequence have words in two columns or more and the same strips
    stay free in all of them; a contents page (titles and page numbers) and two columns of prose are none.
    """
    tables: list[AlignedTable] = []
    block: list[list[Run]] = []
    for row in [*rows_of(run for run in runs if run.upright), []]:
        if len(row) >= 2 and (not block or _follows(block[-1], row)):
            block.append(row)
            continue
        if len(block) >= _ROWS:
            tables += _tables_in(block)
        block = [row] if len(row) >= 2 else []
    return tables


def _follows(upper: list[Run], lower: list[Run]) -> bool:
    size = max(run.size for run in lower)
    return max(run.y1 for run in upper) - max(run.y1 for run in lower) <= _ROW_PITCH * size


def _tables_in(block: list[list[Run]]) -> list[AlignedTable]:
    size = block[0][0].size
    columns = _columns([run for row in block for run in row], _GUTTER * size)
    if len(columns) < 2:
        return []
    rows: list[list[Run | None]] = []
    for row in block:
        cells: list[Run | None] = [None] * len(columns)
        for run in row:
            at = next(i for i, (start, end) in enumerate(columns) if start <= run.x0 and run.x1 <= end)
            before = cells[at]
            cells[at] = run if before is None else Run.of([*before.glyphs, *run.glyphs])
        if sum(cell is not None for cell in cells) < 2:
            return []
        rows.append(cells)
    table = AlignedTable(rows)
    return [] if _is_contents(table) or _is_prose(table) else [table]


def _columns(runs: list[Run], gap: float) -> list[tuple[float, float]]:
    columns: list[tuple[float, float]] = []
    for run in sorted(runs, key=lambda run: run.x0):
        if columns and run.x0 - columns[-1][1] < gap:
            columns[-1] = (columns[-1][0], max(columns[-1][1], run.x1))
        else:
            columns.append((run.x0, run.x1))
    return columns


def _is_contents(table: AlignedTable) -> bool:
    last = [row[-1].text if row[-1] else "" for row in table.rows]
    return len(table.rows[0]) == 2 and all(_PAGE_NUMBER.fullmatch(text) for text in last if text)


def _is_prose(table: AlignedTable) -> bool:
    for column in range(len(table.rows[0])):
        lengths = [len(cell.glyphs) for row in table.rows if (cell := row[column]) is not None]
        if sum(lengths) < _LONG_PROSE * len(lengths):
            return False
    return True
