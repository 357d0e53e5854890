"""Tables of a web page, with their merged cells; and which of them are tables at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from kaikaku.readers.document import Cell, Place, Table

_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_LARGEST_SPAN: Final = 1000  # as browsers have it for columns
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd"})
_UNSEEN = frozenset({"script", "style", "template", "noscript", "rt", "rp"})


def is_data_table(table: Any) -> bool:
    """False for a table that only lays out the page, or that is a box around other things."""
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return False
    if any(True for _ in table.iterdescendants("table", "h1", "h2", "h3", "h4")):
        return False
    rows = list(_rows(table))
    widest = max((sum(_span(cell, "colspan") for cell in _cells(row)) for row, _ in rows), default=0)
    return widest >= 2


def table_from(table: Any, *, place: Callable[[], Place]) -> Table:
    """The table's cells on their grid; each row takes one place."""
    rows = list(_rows(table))
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    first: Place | None = None
    for row_number, (row, in_head) in enumerate(rows):
        here = place()
        first = first or here
        column = 0
        for cell in _cells(row):
            while (row_number, column) in taken:
                column += 1
            height = min(_span(cell, "rowspan"), len(rows) - row_number)
            width = _span(cell, "colspan")
            # An earlier cell merged downwards may stand in the way of a wide one: give up the overlap.
            width = next((w for w in range(1, width) if (row_number, column + w) in taken), width)
            taken |= {(row_number + y, column + x) for y in range(height) for x in range(width)}
            header = in_head or cell.tag == "th"
            cells.append(Cell(cell_text(cell), here, row_number, column, height, width, header=header))
            column += width
    caption = table.find("caption")
    text = cell_text(caption) if caption is not None else ""
    return Table(tuple(cells), first or place(), caption=text or None)


def _rows(table: Any) -> Iterator[tuple[Any, bool]]:
    """The rows of this table, with whether each stands in the table head."""
    for part in table:
        if part.tag == "tr":
            yield part, False
        elif part.tag in ("thead", "tbody", "tfoot"):
            yield from ((row, part.tag == "thead") for row in part.iterchildren("tr"))


def _cells(row: Any) -> Iterator[Any]:
    return row.iterchildren("td", "th")  # type: ignore[no-any-return]


def _span(cell: Any, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    if not text.isascii() or not text.isdigit():
        return 1
    value = min(int(text[:6]), _LARGEST_SPAN)
    return value or (_LARGEST_SPAN if name == "rowspan" else 1)


def cell_text(cell: Any) -> str:
    """The words of a cell; a line break where the page shows one."""
    pieces: list[str] = []
    for event, element in _events(cell):
        if event == "start" and element.tag in _BREAKS:
            pieces.append("\n")
        text = element.text if event == "start" else element.tail
        if (
            text
            and not (event == "start" and element.tag in _UNSEEN)
            and not (event == "end" and element is cell)
        ):
            pieces.append(_BLANKS.sub(" ", text))
        if event == "end" and element is not cell and element.tag in _BREAKS - {"br"}:
            pieces.append("\n")
    lines = (line.strip(" ") for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _events(cell: Any) -> Iterator[tuple[str, Any]]:
    from lxml import etree

    return etree.iterwalk(cell, events=("start", "end"))  # type: ignore[no-any-return]
