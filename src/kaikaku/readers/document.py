"""One shape for every file read: blocks in reading order, each of which knows where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in its file; what a format does not have is None.

    `line` counts from 1 over the whole document as read (blank lines of a text file included), so that
    every block of every format can be pointed at by one number; page, sheet and cell are the format's own.
    """

    line: int
    page: int | None = None
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        parts = [
            f"{self.page}ページ" if self.page else "",
            f"シート「{self.sheet}」" if self.sheet else "",
            self.cell or "",
            "" if self.cell else f"{self.line}行目",
        ]
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text as the file shows it, before any tidying.

    `indent` is in characters (text) or in units of the body font size (pdf, docx), counted from the left
    margin; `size` is the font size in points where the format has one; `heading` the level a word processor
    or HTML gives it; `bullet` is true where the file itself marks a list item; `page_position` is 0.0 (top)
    to 1.0 (bottom) on paged formats, so that running heads can be told. `raw` is the line as it stands in the
    file, marks of style included, where it differs from `text`, so that a citation quotes the file truly.
    """

    text: str
    place: Place
    spans: tuple[Span, ...] = ()
    indent: float = 0.0
    size: float | None = None
    heading: int | None = None
    bullet: bool = False
    page_position: float | None = None
    raw: str = ""

    @property
    def quote(self) -> str:
        """The line as a citation quotes it."""
        return self.raw or self.text

    @property
    def bold(self) -> bool:
        """True when all that can be seen of the line is bold."""
        shown = [span for span in self.spans if span.text.strip()]
        return bool(shown) and all(span.bold for span in shown)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; a cell merged over several carries its spans, and the covered ones are absent."""

    text: str
    place: Place
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table as found: cells with their grid positions, and the caption or unit line beside it, if any."""

    cells: tuple[Cell, ...]
    place: Place
    caption: str | None = None

    @property
    def height(self) -> int:
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        return max((cell.column + cell.column_span for cell in self.cells), default=0)

    def grid(self, *, repeat_merged: bool = True) -> list[list[str]]:
        """The texts as a full grid; a merged cell's text is in each place it covers, or only in its first."""
        width = self.width
        rows = [["" for _ in range(width)] for _ in range(self.height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    if repeat_merged or (row, column) == (cell.row, cell.column):
                        rows[row][column] = cell.text
        return rows


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader of the outline must know: a code, a Japanese sentence and the line it concerns."""

    code: str
    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read, in reading order."""

    name: str
    media_type: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    notices: tuple[Notice, ...] = ()
    properties: dict[str, str] = field(default_factory=dict)

    def lines(self) -> Iterator[Line]:
        return (block for block in self.blocks if isinstance(block, Line))

    def tables(self) -> Iterator[Table]:
        return (block for block in self.blocks if isinstance(block, Table))
