"""What the rules look at: a file's sheets with their cells, as stored rather than as shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import Final

from kaikaku.readers.excel_sheet import reference
from kaikaku.readers.sniff import Kind

_NUMBER: Final = re.compile(r"[+-]?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
NAMED_AT_MOST: Final = 3  # runs of cells that a message names one by one


class Holds(StrEnum):
    """What a cell holds, as a program finds it."""

    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    OTHER = "other"  # TRUE, #N/A


@dataclass(frozen=True, slots=True)
class Look:
    """The formatting of a cell that people use to say something."""

    fill: str = ""
    colour: str = ""
    bold: bool = False
    struck: bool = False


PLAIN: Final = Look()


@dataclass(frozen=True, slots=True)
class Datum:
    """A filled cell: `raw` is its text with every blank, rows and columns count from 0.

    `percent` is true for a number that is shown as a share: 0.852 as 85.2%.
    """

    row: int
    column: int
    raw: str
    holds: Holds = Holds.TEXT
    formula: bool = False
    look: Look = PLAIN
    percent: bool = False

    @property
    def text(self) -> str:
        return self.raw.strip()

    @property
    def is_number(self) -> bool:
        return self.holds is Holds.NUMBER


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its whole name (parts of several rows joined) and its filled data cells."""

    index: int
    name: str
    cells: tuple[Datum, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells; `bottom` and `right` are past its end."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row < self.bottom and self.left <= column < self.right


@dataclass(frozen=True, slots=True)
class Laid:
    """Something laid over the cells: 画像, 図形, グラフ, コメント…; `cell` is where it begins."""

    what: str
    cell: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Hiding:
    """Rows or columns (first, past the last) out of sight, and those grouped but in sight."""

    rows: tuple[tuple[int, int], ...] = ()
    columns: tuple[tuple[int, int], ...] = ()
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, or the whole of a CSV file (`name` None, `lines` the physical line of each row)."""

    name: str | None
    cells: Mapping[tuple[int, int], Datum]
    visible: bool = True
    merges: tuple[Area, ...] = ()
    hiding: Hiding = field(default_factory=Hiding)
    laid: tuple[Laid, ...] = ()
    lines: Sequence[int] = ()

    def name_of(self, row: int, column: int) -> str:
        """The cell's name as its users know it: `B3`, or in a CSV file line and column."""
        if self.name is not None:
            return reference(row, column)
        return f"{self.lines[row] if row < len(self.lines) else row + 1}行目{column + 1}列目"

    def name_rows(self, first: int, last: int) -> str:
        """`3行目` or `3～5行目`: the lines of a CSV file."""
        one, two = (self.lines[row] if row < len(self.lines) else row + 1 for row in (first, last))
        return f"{one}行目" if first == last else f"{one}～{two}行目"

    def name_columns(self, first: int, last: int) -> str:
        """`C列` or `C～E列`; in a CSV file `3列目`."""
        if self.name is None:
            return f"{first + 1}列目" if first == last else f"{first + 1}～{last + 1}列目"
        one, two = (reference(0, column)[:-1] for column in (first, last))
        return f"{one}列" if first == last else f"{one}～{two}列"

    def names_of(self, cells: Sequence[tuple[int, int]]) -> tuple[str, ...]:
        """The cells' names, those below each other joined: `B3～B40`."""
        runs: list[str] = []
        ordered = sorted(set(cells), key=lambda cell: (cell[1], cell[0]))
        for _, group in groupby(enumerate(ordered), key=lambda pair: (pair[1][1], pair[1][0] - pair[0])):
            run = [cell for _, cell in group]
            runs.append(self._name_run(run))
        return tuple(runs)

    def _name_run(self, run: Sequence[tuple[int, int]]) -> str:
        first, last = run[0], run[-1]
        if first == last:
            return self.name_of(*first)
        if self.name is None:
            return f"{self.name_rows(first[0], last[0])}{first[1] + 1}列目"
        return f"{self.name_of(*first)}～{self.name_of(*last)}"


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the characters of a CSV file are written."""

    name: str
    bom: bool
    broken: int = 0

    @property
    def label(self) -> str:
        known = {
            "utf-8": "UTF-8",
            "cp932": "Shift_JIS（CP932）",
            "euc_jp": "EUC-JP",
            "euc_jis_2004": "EUC-JP",
        }
        label = known.get(self.name, self.name.upper())
        return f"{label}・{'BOMあり' if self.bom else 'BOMなし'}"


@dataclass(frozen=True, slots=True)
class Book:
    """A file as the rules see it; without sheets where its format is not one that they can look into.

    `broken_line` is the CSV line from which values cannot be told apart; `wrong_name` a sentence where the
    extension says something else than the bytes.
    """

    name: str
    kind: Kind
    sheets: tuple[Sheet, ...] = ()
    encoding: Encoding | None = None
    delimiter: str = ""
    broken_line: int | None = None
    wrong_name: str | None = None

    @property
    def format(self) -> str:
        """`xlsx`, `csv`, or another."""
        return {Kind.EXCEL: "xlsx", Kind.CSV: "csv", Kind.TSV: "csv"}.get(self.kind, self.kind.value)


def runs_of(places: Iterable[int]) -> list[tuple[int, int]]:
    """The first and last of each run of places that follow each other.

    >>> runs_of([1, 2, 3, 7])
    [(1, 3), (7, 7)]
    """
    runs = groupby(enumerate(sorted(places)), lambda pair: pair[1] - pair[0])
    ends = [[place for _, place in run] for _, run in runs]
    return [(run[0], run[-1]) for run in ends]


def holds_number(text: str) -> bool:
    """Whether a CSV value is a plain number; a leading zero makes a code of it.

    >>> [holds_number(text) for text in ("-12.5", "020001", "1,234", "▲5")]
    [True, False, False, False]
    """
    return _NUMBER.fullmatch(text) is not None
