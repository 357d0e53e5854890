"""A document as its author wrote it: furniture of the page out, broken lines joined, every line still
located.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import replace

from kaikaku.readers.clean import clean_text
from kaikaku.readers.document import Document, Line, Table
from kaikaku.readers.furniture import contents_page, page_numbers, repeated_lines, running_heads
from kaikaku.readers.joining import join_broken
from kaikaku.readers.numbered import read_number
from kaikaku.readers.pieces import ContentsEntry, Grid, Piece, Text, Tidied
from kaikaku.readers.split_tables import joined_tables

# Formats that break a line where the page did; in all others a line is a paragraph.
_BROKEN_BY_PAGE = {"application/pdf", "text/plain", "text/markdown"}
_PARAGRAPH_GAP = 1.45
_PAGE_HEIGHT = 842.0  # A4 in points, to turn page positions into distances


def tidy(document: Document) -> Tidied:
    """Take a document's damage and furniture away.

    Tidying the result again changes nothing. Line numbers are the original's; a line joined of several has
    the number of its first.
    """
    lines = document.media_type in _BROKEN_BY_PAGE
    paged = document.media_type == "application/pdf"
    pieces, heights = _pieces(document, lines=lines)
    numbers = page_numbers(pieces, heights)
    headed = [position for position in heights if _reads_like_heading(pieces[position])]
    drop = numbers | running_heads(pieces, heights, keep_first=headed)
    if lines and not heights:
        drop |= {p for p in repeated_lines(pieces, numbers) if not _reads_like_heading(pieces[p])}
    kept = _without(pieces, drop, pages=numbers)
    contents, entries = contents_page(kept)
    kept = joined_tables(_without(kept, contents), wrapped=paged)
    body = _body_size(kept)
    if lines:
        kept = join_broken(kept, paged=paged)
    return Tidied(
        pieces=tuple(kept),
        contents=_unique(entries),
        visual=_visual(kept, body),
        lines=lines,
        step=0.75 if not lines or paged else 1.5,
        body_size=body,
    )


def _pieces(document: Document, *, lines: bool) -> tuple[list[Piece], dict[int, float]]:
    """The cleaned pieces, and the height on the page of those that have one, by position."""
    pieces: list[Piece] = []
    heights: dict[int, float] = {}
    previous: Line | None = None
    text_file = document.media_type in ("text/plain", "text/markdown")
    for block in document.blocks:
        if isinstance(block, Table):
            cells = tuple(replace(cell, text=_clean_cell(cell.text)) for cell in block.cells)
            if any(cell.text for cell in cells):
                pieces.append(Grid(replace(block, cells=cells), block.place.line, block.place.page))
            previous = None
            continue
        text = clean_text(block.text)
        if not text:
            previous = None
            continue
        if block.page_position is not None:
            heights[len(pieces)] = block.page_position
        top = previous is not None and previous.place.page != block.place.page
        pieces.append(
            Text(
                text=text,
                line=block.place.line,
                gap=previous is None or not lines or top or _gap(previous, block),
                top=top,
                page=block.place.page,
                indent=_leading(block.quote) if text_file else block.indent,
                bold=block.bold,
                heading=block.heading,
                size=block.size,
                bullet=block.bullet,
            )
        )
        previous = block
    return pieces, heights


def _clean_cell(text: str) -> str:
    return "\n".join(filter(None, (clean_text(line) for line in text.split("\n"))))


def _leading(text: str) -> float:
    """The indent of a typed line in columns: a full-width blank is two, a tab four."""
    blanks = text[: len(text) - len(text.lstrip(" \t\u3000"))]
    return float(sum({" ": 1, "\u3000": 2, "\t": 4}.get(blank, 1) for blank in blanks))


def _gap(previous: Line, line: Line) -> bool:
    """Whether a line stands apart from the one above it on the same page."""
    if line.place.line - previous.place.line > 1:
        return True
    if line.page_position is None or previous.page_position is None:
        return False
    size = line.size or previous.size or 10.5
    return (line.page_position - previous.page_position) * _PAGE_HEIGHT > size * _PARAGRAPH_GAP * 1.25


def _without(pieces: Sequence[Piece], drop: Set[int], *, pages: Set[int] = frozenset()) -> list[Piece]:
    """The pieces less those to drop; what follows a dropped page number opens a page."""
    kept: list[Piece] = []
    gap = top = False
    for position, piece in enumerate(pieces):
        if position in drop:
            gap = True
            top = top or position in pages
            continue
        if isinstance(piece, Text) and (gap or top):
            kept.append(replace(piece, gap=True, top=piece.top or top))
        else:
            kept.append(piece)
        gap = top = False
    return kept


def _reads_like_heading(piece: Piece) -> bool:
    return isinstance(piece, Text) and read_number(piece.text) is not None


def _body_size(pieces: Sequence[Piece]) -> float | None:
    sizes: Counter[float] = Counter()
    for piece in pieces:
        if isinstance(piece, Text) and piece.size:
            sizes[round(piece.size, 1)] += len(piece.text)
    return sizes.most_common(1)[0][0] if sizes else None


def _visual(pieces: Sequence[Piece], body: float | None) -> bool:
    """Whether this file shows headings by look: levels given, or lines larger than the body."""
    texts = [piece for piece in pieces if isinstance(piece, Text)]
    levels = sum(1 for piece in texts if piece.heading)
    larger = sum(1 for piece in texts if body and piece.size and piece.size > body * 1.08)
    return levels >= 2 or larger >= 2


def _unique(entries: Sequence[ContentsEntry]) -> tuple[ContentsEntry, ...]:
    return tuple(dict.fromkeys(entries))
