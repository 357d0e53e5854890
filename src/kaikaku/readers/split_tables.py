"""Tables that a page broke: one again; and words that a narrow cell broke: whole again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kaikaku.core.text import fold
from kaikaku.readers.document import Cell, Table
from kaikaku.readers.pieces import Grid, Piece

_NEW_ENTRY = re.compile(r"[（(・○●■□◆◇▼※【〈<\-①-⑳]|[0-9０-９]{1,2}[.．)）、]|[（(][0-9０-９]{1,2}[)）]")
_ENDED = re.compile(r"[。！？]$")


def joined_tables(pieces: Sequence[Piece], *, wrapped: bool) -> list[Piece]:
    """The pieces with a table that goes on over the page made one; `wrapped` where cells break lines to
    fit (PDF).
    """
    joined: list[Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        if isinstance(piece, Grid) and isinstance(before, Grid) and _goes_on(before, piece):
            joined[-1] = replace(before, table=_together(before.table, piece.table), page=piece.page)
        else:
            joined.append(piece)
    if not wrapped:
        return joined
    return [replace(p, table=_unwrapped(p.table)) if isinstance(p, Grid) else p for p in joined]


def _goes_on(before: Grid, piece: Grid) -> bool:
    next_page = before.page is not None and piece.page == before.page + 1
    return next_page and before.table.width == piece.table.width and piece.table.caption is None


def _together(upper: Table, lower: Table) -> Table:
    """The rows of both, the repeated header once."""
    repeated = _repeated_rows(upper, lower)
    shift = upper.height - repeated
    moved = tuple(replace(cell, row=cell.row + shift) for cell in lower.cells if cell.row >= repeated)
    return replace(upper, cells=upper.cells + moved)


def _repeated_rows(upper: Table, lower: Table) -> int:
    above, below = upper.grid(), lower.grid()
    count = 0
    while count < min(len(above), len(below) - 1) and [*map(fold, above[count])] == [
        *map(fold, below[count])
    ]:
        count += 1
    return count


def _unwrapped(table: Table) -> Table:
    """Cells with line breaks that only the column's width made taken out."""
    widths: dict[int, int] = {}
    for cell in table.cells:
        for line in cell.text.split("\n"):
            widths[cell.column] = max(widths.get(cell.column, 0), _width(line))
    return replace(table, cells=tuple(_unwrapped_cell(cell, widths) for cell in table.cells))


def _unwrapped_cell(cell: Cell, widths: dict[int, int]) -> Cell:
    lines = cell.text.split("\n")
    if len(lines) == 1:
        return cell
    text = lines[0]
    for before, line in pairwise(lines):
        most = widths[cell.column]
        inside = _width(before) >= most * 0.75 and _inside_word(before, line)
        full = _width(before) > most - 3 or len(before) <= 2 or inside
        apart = _NEW_ENTRY.match(line) or _ENDED.search(before) or not full
        latin = before[-1:].isascii() and line[:1].isascii() and before[-1:].isalpha() and line[:1].isalpha()
        text += ("\n" if apart else " " if latin else "") + line
    return replace(cell, text=text)


def _inside_word(before: str, line: str) -> bool:
    """Whether a break stands inside a word: kanji before kanji, katakana before katakana, or kana that
    goes on.
    """
    if re.match(r"[ぁ-ん、。ー]", line):
        return True
    return any(
        re.search(f"{kind}$", before) and re.match(kind, line)
        for kind in ("[一-龥々]", "[ァ-ヴー]", "[A-Za-z]")
    )


def _width(line: str) -> int:
    """In half-width characters."""
    return sum(1 if character.isascii() else 2 for character in line)
