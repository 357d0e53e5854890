"""Word files (.docx): paragraphs with their printed numbers, tables, text boxes and notes, in reading order.

The parts are read directly: a library's walk over the body leaves out content controls (a contents page is
one), text boxes, notes and list numbers, and asks for the same XML in the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from kaikaku.readers.archive import Archive
from kaikaku.readers.building import Builder, line_of
from kaikaku.readers.document import Cell, Document, Span, Table
from kaikaku.readers.errors import Unreadable
from kaikaku.readers.word_numbering import Mark, Numbering, read_numbering
from kaikaku.readers.word_styles import Styles, W, make_transitional, read_styles, toggle, value_of, whole
from kaikaku.readers.word_text import Notes, Words, indent_of, words_of

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TITLE: Final = "{http://purl.org/dc/elements/1.1/}title"
_WRAPPERS: Final = frozenset(
    W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
)
_MAX_DEPTH: Final = 30  # of tables and boxes in one another
_LARGEST_SPAN: Final = 1000
_GridCell = tuple[Any, int, int]  # a cell with the columns it begins and ends on


def read_word(data: bytes, *, name: str) -> Document:
    """Read a Word file as it prints with all changes accepted; headers and footers are left out.

    `place.line` counts the lines as read (a table's row is one), since a Word file has no pages of its own.
    Notes stand at the end, each behind the mark it has in the text.
    """
    archive = Archive(data, name=name)
    builder = Builder(name)
    main = archive.main_part("word/document.xml")
    parts = {kind: target for kind, target in archive.targets(main).values() if archive.has(target)}

    def tree(kind: str) -> Any:
        return make_transitional(archive.xml(parts[kind])) if kind in parts else None

    root = make_transitional(archive.xml(main))
    reader = _Reader(builder, read_styles(tree("styles")), read_numbering(tree("numbering")))
    body = root.find(W + "body")
    reader.read(body if body is not None else root)
    for kind in ("footnote", "endnote"):
        reader.read_notes(kind, tree(f"{kind}s"))
    _take_properties(archive, builder)
    if not builder.blocks:
        raise Unreadable(
            "no_text",
            f"「{name}」には読み取れる文字がありません（画像だけの文書かもしれません）。"
            "Wordで開いて内容を確かめ、本文を文字として含む文書を指定してください。",
            name=name,
        )
    if reader.changes:
        builder.notice(
            "tracked_changes",
            "変更履歴が残っています。挿入は反映し、削除された文字は除いて読み取りました。"
            "変更を確定してから公表してください。",
        )
    return builder.document(MEDIA_TYPE)


def _take_properties(archive: Archive, builder: Builder) -> None:
    for kind, target in archive.targets("").values():
        if kind == "core-properties" and archive.has(target):
            title = archive.xml(target).find(_TITLE)
            if title is not None and (title.text or "").strip():
                builder.properties.setdefault("title", title.text.strip())


@dataclass(slots=True)
class _Reader:
    builder: Builder
    styles: Styles
    numbering: Numbering
    notes: Notes = field(default_factory=Notes)
    changes: bool = False

    def read(self, container: Any, depth: int = 0) -> None:
        """Add the blocks of the body, a cell or a text box."""
        for element in _blocks(container):
            if element.tag == W + "p":
                self._paragraph(element, depth)
            elif element.tag == W + "tbl":
                self._table(element, depth)

    def read_notes(self, kind: str, root: Any) -> None:
        """Add the notes that the text refers to, in the order of their numbers."""
        if root is None:
            return
        by_id = {element.get(W + "id"): element for element in root.iter(W + kind)}
        for known, note in list(self.notes.numbers):
            if known != kind or note not in by_id:
                continue
            text = self._cell_text(by_id[note], 0)
            if text:
                line = line_of([Span(f"{self.notes.mark(kind, note)} {text}")], self.builder.next_place())
                self.builder.add(line)

    def _paragraph(self, paragraph: Any, depth: int) -> None:
        words, mark = self._words(paragraph)
        style_id, properties = self._style(paragraph)
        sources = [properties, mark.paragraph if mark else None]
        sources += [style.paragraph for style in self.styles.chain(style_id)]
        indent = indent_of(sources, self.styles.default_size)
        heading = self.styles.heading(style_id, properties)
        spans_of_lines = _marked(words, mark)
        for position, spans in enumerate(spans_of_lines):
            text = "".join(span.text for span in spans)
            if not text.strip():
                continue
            bullet = mark is not None and mark.bullet and position == 0
            line = line_of(
                [Span(span.text.replace("\t", " "), span.bold) for span in spans],
                self.builder.next_place(),
                indent=indent,
                size=words.size,
                heading=heading,
                bullet=bullet,
            )
            self.builder.add(replace(line, raw=text) if "\t" in text.strip() else line)
        if self.styles.is_title(style_id):
            title = " ".join("".join(span.text for span in spans).strip() for spans in spans_of_lines)
            self.builder.properties.setdefault("title", title.strip())
        for box in words.boxes if depth < _MAX_DEPTH else ():
            self.read(box, depth + 1)

    def _style(self, paragraph: Any) -> tuple[str | None, Any]:
        properties = paragraph.find(W + "pPr")
        return value_of(properties, "pStyle") or self.styles.default_paragraph, properties

    def _words(self, paragraph: Any) -> tuple[Words, Mark | None]:
        style_id, properties = self._style(paragraph)
        words = words_of(paragraph, styles=self.styles, style_id=style_id, notes=self.notes)
        if not self.changes:
            self.changes = any(True for _ in paragraph.iter(W + "ins", W + "del", W + "moveFrom"))
        list_id, level = self._list(style_id, properties)
        shown = any(span.text.strip() for line in words.lines for span in line)
        mark = self.numbering.next(list_id, level) if list_id is not None and shown else None
        return words, mark

    def _list(self, style_id: str | None, properties: Any) -> tuple[str | None, int]:
        """The list a paragraph belongs to, by itself or by its style, and its level in it."""
        for source in [properties, *(style.paragraph for style in self.styles.chain(style_id))]:
            element = source.find(W + "numPr") if source is not None else None
            if element is not None and value_of(element, "numId") is not None:
                level = whole(value_of(element, "ilvl"))
                heading = self.styles.heading(style_id, None)
                if level is None and source is not properties and heading:
                    level = heading - 1  # a heading style names the list; its level is its own rank
                return value_of(element, "numId"), max(0, level or 0)
        return None, 0

    def _table(self, table: Any, depth: int) -> None:
        rows = [row for row in _inside(table, W + "tr") if row.find(f"{W}trPr/{W}del") is None]
        grid = [list(_grid_cells(row)) for row in rows]
        if depth >= _MAX_DEPTH:
            return
        if all(len(row) <= 1 for row in grid):
            for cell, _, _ in (entry for row in grid for entry in row):
                self.read(cell, depth + 1)  # a box around a text, no table
            return
        cells = self._merged(rows, grid, depth)
        if any(cell.text for cell in cells):
            self.builder.add(Table(tuple(cells), cells[0].place))

    def _merged(self, rows: list[Any], grid: list[list[_GridCell]], depth: int) -> list[Cell]:
        """The cells of a table, those merged downwards grown over the cells they continue in."""
        cells: list[Cell] = []
        open_above: dict[tuple[int, int], int] = {}  # first and last column → index of the merged cell
        for number, (row, entries) in enumerate(zip(rows, grid, strict=True)):
            place = self.builder.next_place()
            header = toggle(row.find(W + "trPr"), "tblHeader") or False
            still_open: dict[tuple[int, int], int] = {}
            for cell, start, end in entries:
                merge = _vertical_merge(cell)
                above = open_above.get((start, end)) if merge == "continue" else None
                if above is not None:
                    cells[above] = replace(cells[above], row_span=cells[above].row_span + 1)
                    still_open[start, end] = above
                    continue
                if merge is not None:
                    still_open[start, end] = len(cells)
                text = self._cell_text(cell, depth + 1)
                cells.append(Cell(text, place, number, start, column_span=end - start, header=header))
            open_above = still_open
        return cells

    def _cell_text(self, container: Any, depth: int) -> str:
        """The words of a cell or note, a line for each paragraph, and for each row of a table inside."""
        lines: list[str] = []
        for element in _blocks(container):
            if element.tag == W + "p":
                words, mark = self._words(element)
                lines += ["".join(span.text for span in spans).strip() for spans in _marked(words, mark)]
                for box in words.boxes if depth < _MAX_DEPTH else ():
                    lines.append(self._cell_text(box, depth + 1))
            elif element.tag == W + "tbl" and depth < _MAX_DEPTH:
                for row in _inside(element, W + "tr"):
                    texts = (self._cell_text(cell, depth + 1) for cell, _, _ in _grid_cells(row))
                    lines.append(" ".join(text for text in texts if text))
        return "\n".join(line for line in lines if line)


def _marked(words: Words, mark: Mark | None) -> list[list[Span]]:
    """The lines of a paragraph with its printed number before the first."""
    if mark is None or not mark.text:
        return words.lines
    first = words.lines[0]
    bold = next((span.bold for span in first if span.text.strip()), False)
    return [[Span(f"{mark.text} ", bold), *first], *words.lines[1:]]


def _blocks(container: Any) -> Iterator[Any]:
    """The paragraphs and tables of a container, those inside content controls included."""
    stack = [iter(container)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag in _WRAPPERS:
            stack.append(iter(element))
        elif element.tag in (W + "p", W + "tbl"):
            yield element


def _inside(container: Any, tag: str) -> Iterator[Any]:
    """The children of that name, those inside content controls included."""
    stack = [iter(container)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag in _WRAPPERS:
            stack.append(iter(element))
        elif element.tag == tag:
            yield element


def _grid_cells(row: Any) -> Iterator[_GridCell]:
    """Each cell of a row with the columns it begins and ends on."""
    properties = row.find(W + "trPr")
    column = min(whole(value_of(properties, "gridBefore")) or 0, _LARGEST_SPAN)
    for cell in _inside(row, W + "tc"):
        span = whole(value_of(cell.find(W + "tcPr"), "gridSpan")) or 1
        end = column + max(1, min(span, _LARGEST_SPAN))
        yield cell, column, end
        column = end


def _vertical_merge(cell: Any) -> str | None:
    """ "restart" or "continue" for a cell merged downwards, None for one that is not."""
    properties = cell.find(W + "tcPr")
    merge = properties.find(W + "vMerge") if properties is not None else None
    return None if merge is None else merge.get(W + "val") or "continue"
