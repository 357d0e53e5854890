"""What every reader does alike: number the lines, count what is kept, gather notices, make the Document."""

from __future__ import annotations

from collections.abc import Iterable

from kaikaku.readers import limits
from kaikaku.readers.document import Block, Cell, Document, Line, Notice, Place, Span, Table


class Builder:
    """Gathers the blocks of one file in reading order, within the limits.

    Raises Unreadable as soon as the file asks for more lines, cells or characters than may be kept.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.blocks: list[Block] = []
        self.notices: list[Notice] = []
        self.properties: dict[str, str] = {}
        self._line = 0
        self._lines = 0
        self._cells = 0
        self._characters = 0

    def next_place(
        self, *, page: int | None = None, sheet: str | None = None, cell: str | None = None
    ) -> Place:
        """The place of the next line, for formats whose lines have no number of their own."""
        self._line += 1
        limits.check_count(self._line, limits.MAX_LINES, name=self.name, what="行", unit="行")
        return Place(self._line, page=page, sheet=sheet, cell=cell)

    def add(self, block: Block) -> None:
        """Take in one block."""
        if isinstance(block, Table):
            self.count_cells(len(block.cells))
            self.count_characters(sum(len(cell.text) for cell in block.cells))
        else:
            self._lines += 1
            limits.check_count(self._lines, limits.MAX_LINES, name=self.name, what="行", unit="行")
            self.count_characters(len(block.text))
        self.blocks.append(block)

    def extend(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self.add(block)

    def count_cells(self, count: int) -> None:
        self._cells += count
        limits.check_count(self._cells, limits.MAX_CELLS, name=self.name, what="表のセル", unit="個")

    def count_characters(self, count: int) -> None:
        self._characters += count
        limits.check_count(self._characters, limits.MAX_CHARACTERS, name=self.name, what="文字", unit="字")

    def notice(self, code: str, message: str, *, line: int | None = None) -> None:
        """Tell the reader of the outline something about the file."""
        self.notices.append(Notice(code, message, line))

    def document(self, media_type: str, *, pages: int | None = None) -> Document:
        return Document(
            name=self.name,
            media_type=media_type,
            blocks=tuple(self.blocks),
            pages=pages,
            notices=tuple(self.notices),
            properties=self.properties,
        )


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans with neighbours of one style made one, and empty ones left out."""
    result: list[Span] = []
    for span in spans:
        if not span.text:
            continue
        if result and result[-1].bold == span.bold:
            result[-1] = Span(result[-1].text + span.text, span.bold)
        else:
            result.append(span)
    return tuple(result)


def trimmed(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans without blanks at either end of the line they make."""
    result = list(joined(spans))
    while result and not result[0].text.strip():
        del result[0]
    while result and not result[-1].text.strip():
        del result[-1]
    if result:
        result[0] = Span(result[0].text.lstrip(), result[0].bold)
        result[-1] = Span(result[-1].text.rstrip(), result[-1].bold)
    return tuple(result)


def line_of(
    spans: Iterable[Span],
    place: Place,
    *,
    indent: float = 0.0,
    size: float | None = None,
    heading: int | None = None,
    bullet: bool = False,
) -> Line:
    """A line made of styled runs."""
    shown = trimmed(spans)
    text = "".join(span.text for span in shown)
    return Line(text, place, spans=shown, indent=indent, size=size, heading=heading, bullet=bullet)


def table_of(rows: list[list[str]], places: list[Place], *, headers: int = 0) -> Table:
    """A table of plain rows, each with its place; the first `headers` rows are header cells."""
    cells = tuple(
        Cell(text, places[row], row, column, header=row < headers)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    return Table(cells, places[0])
