"""A picture of a file's sheets with the cells that findings name marked: what a person is shown beside them.

Of a large sheet only the first rows are drawn, and below them the rows that findings name first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kaikaku.readers.excel_sheet import position, reference
from kaikaku.readers.machine_readability.book import Book, Sheet
from kaikaku.readers.machine_readability.finding import Finding

FIRST_ROWS: Final = 30
FURTHER_ROWS: Final = 20
MOST_COLUMNS: Final = 26
MOST_SHEETS: Final = 8
MOST_LETTERS: Final = 60
_RUN: Final = re.compile(r"([A-Z]+\d+)(?:[～:]([A-Z]+\d+))?")
_ROWS: Final = re.compile(r"(\d+)(?:～(\d+))?行目(?:(\d+)列目)?")
_COLUMNS: Final = re.compile(r"([A-Z]+)(?:～([A-Z]+))?列")
_NUMBERED: Final = re.compile(r"(\d+)(?:～(\d+))?列目")


Marks = dict[tuple[int, int], dict[int, bool]]


@dataclass(frozen=True, slots=True)
class Square:
    """A cell as it is drawn: its text, whether it is a number, the numbers of the findings that name it."""

    text: str
    is_number: bool
    marks: tuple[int, ...]
    sure: bool
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it is drawn, by its number in the sheet or its line in the file; `gap` rows before it are not
    drawn.
    """

    number: int
    squares: tuple[Square, ...]
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A sheet as it is drawn (`name` None: a CSV file), and how much of it is not."""

    name: str | None
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    rows_left: int
    columns_left: int


@dataclass(frozen=True, slots=True)
class _Span:
    """Cells that a finding names: rows and columns from and past the last, None where it names all."""

    rows: tuple[int, int] | None
    columns: tuple[int, int] | None


def pictures_of(book: Book, findings: Sequence[Finding]) -> tuple[Picture, ...]:
    """The sheets that hold something, those with findings first; findings count from 1 in their order."""
    named: dict[str | None, list[tuple[int, Finding]]] = defaultdict(list)
    for number, finding in enumerate(findings, 1):
        named[finding.sheet].append((number, finding))
    sheets = sorted((s for s in book.sheets if s.cells), key=lambda sheet: sheet.name not in named)
    return tuple(_picture(sheet, named[sheet.name]) for sheet in sheets[:MOST_SHEETS])


def _picture(sheet: Sheet, findings: Sequence[tuple[int, Finding]]) -> Picture:
    height = 1 + max(row for row, _ in sheet.cells)
    width = 1 + max(column for _, column in sheet.cells)
    shown = range(min(width, MOST_COLUMNS))
    spans = [(n, finding.sure, span) for n, finding in findings for span in _spans(sheet, finding)]
    rows = _rows_drawn(height, [span for _, _, span in spans])
    marks, joined = _marks(spans, rows, shown), _joined(sheet, rows, shown)
    lines, before = [], -1
    for row in rows:
        squares = tuple(_square(sheet, (row, column), marks, joined) for column in shown)
        lines.append(Line(_number(sheet, row), squares, row - before - 1))
        before = row
    names = tuple(reference(0, c)[:-1] if sheet.name is not None else str(c + 1) for c in shown)
    return Picture(sheet.name, names, tuple(lines), height - len(rows), width - len(shown))


def _rows_drawn(height: int, spans: Iterable[_Span]) -> list[int]:
    """The first rows, and of those further down the first that each finding names."""
    first = range(min(height, FIRST_ROWS))
    further = sorted({s.rows[0] for s in spans if s.rows and FIRST_ROWS <= s.rows[0] < height})
    return [*first, *further[:FURTHER_ROWS]]


def _marks(spans: Iterable[tuple[int, bool, _Span]], rows: Sequence[int], columns: range) -> Marks:
    """The findings that name each cell that is drawn, and whether they are sure."""
    marks: Marks = defaultdict(dict)
    for number, sure, span in spans:
        first, end = span.columns or (0, columns.stop)
        for row in rows:
            if span.rows is None or span.rows[0] <= row < span.rows[1]:
                for column in range(first, min(end, columns.stop)):
                    marks[row, column][number] = sure
    return marks


def _joined(sheet: Sheet, rows: Sequence[int], columns: range) -> set[tuple[int, int]]:
    """The cells that a merge covers, less the first of each, which has its text."""
    return {
        (row, column)
        for area in sheet.merges
        for row in rows
        if area.top <= row < area.bottom
        for column in columns
        if area.holds(row, column) and (row, column) != (area.top, area.left)
    }


def _square(sheet: Sheet, place: tuple[int, int], marks: Marks, joined: set[tuple[int, int]]) -> Square:
    datum, hits = sheet.cells.get(place), marks.get(place, {})
    text = datum.raw if datum else ""
    return Square(
        text=text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]}…",
        is_number=bool(datum and datum.is_number),
        marks=tuple(hits),
        sure=any(hits.values()),
        joined=place in joined,
    )


def _number(sheet: Sheet, row: int) -> int:
    return sheet.lines[row] if sheet.name is None and row < len(sheet.lines) else row + 1


def _spans(sheet: Sheet, finding: Finding) -> Iterator[_Span]:
    for name in finding.cells:
        if run := _RUN.fullmatch(name):
            first, last = position(run[1]), position(run[2] or run[1])
            if first and last:
                yield _Span((first[0], last[0] + 1), (first[1], last[1] + 1))
        elif rows := _ROWS.fullmatch(name):
            columns = (int(rows[3]) - 1, int(rows[3])) if rows[3] else None
            yield _Span(_row_span(sheet, int(rows[1]), int(rows[2] or rows[1])), columns)
        elif letters := _COLUMNS.fullmatch(name):
            first, last = position(f"{letters[1]}1"), position(f"{letters[2] or letters[1]}1")
            if first and last:
                yield _Span(None, (first[1], last[1] + 1))
        elif numbers := _NUMBERED.fullmatch(name):
            yield _Span(None, (int(numbers[1]) - 1, int(numbers[2] or numbers[1])))


def _row_span(sheet: Sheet, first: int, last: int) -> tuple[int, int]:
    """Rows from and past the last; those of a CSV file are named by the lines they begin on."""
    if sheet.name is not None or not sheet.lines:
        return first - 1, last
    places = [row for row, line in enumerate(sheet.lines) if first <= line <= last]
    return (places[0], places[-1] + 1) if places else (len(sheet.lines), len(sheet.lines) + 1)
