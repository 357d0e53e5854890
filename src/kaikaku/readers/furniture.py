"""What a printed page carries besides its text: page numbers, running heads, contents pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from kaikaku.core.text import fold
from kaikaku.readers.pieces import ContentsEntry, Grid, Piece, Text

_DECORATED = re.compile(r"(?:[-~]+|p\.?|page|-p\.?)?\d{1,4}(?:/\d{1,4})?(?:[-~]+|頁|ページ)?|-?[ivx]{1,5}-?")
_BARE = re.compile(r"\d{1,4}")
_LONGEST_PAGE_NUMBER = 16
_LAST_PAGE = 400
_MOST_PAGES_WITHOUT = 30  # pages in a row that may print no number
_CONTENTS_TITLE = re.compile(r"[<〈《【\[]?(?:目次|もくじ|contents|tableofcontents|目次構成)[>〉》】\]]?")
_LEADER = re.compile(
    r"(?P<title>.*?)\s*(?:[・…‥.．·⋯･\-–―ー─_＿]\s*){2,}\s*[pP]?\s*(?P<page>[0-9０-９]{1,3})\s*(?:ページ|頁)?"
)
_SPACED_PAGE = re.compile(r"(?P<title>\S.*?\S)\s*(?:\t|\s{2,}|\s)[pP]?\.?(?P<page>[0-9０-９]{1,3})")
_EDGE = 0.1
_MOST_ENTRIES_WITHOUT_PAGE = 3


def page_numbers(pieces: Sequence[Piece], heights: Mapping[int, float]) -> set[int]:
    """The positions of lines that are page numbers and nothing else.

    A decorated number (- 3 -, 3/12, 3ページ) on a line of its own is one; a bare number only at the edge of a
    page, or, in a text without pages, where all bare numbers that stand apart rise as pages do.
    """
    found: set[int] = set()
    bare: list[tuple[int, int]] = []
    for position, piece in enumerate(pieces):
        if not isinstance(piece, Text) or piece.heading or len(piece.text) > _LONGEST_PAGE_NUMBER:
            continue
        shown = fold(piece.text)
        if _BARE.fullmatch(shown):
            height = heights.get(position)
            if height is not None and (height < _EDGE or height > 1 - _EDGE):
                found.add(position)
            elif height is None and int(shown) <= _LAST_PAGE and piece.gap and _apart(pieces, position):
                bare.append((position, int(shown)))
        elif _DECORATED.fullmatch(shown) and (shown.strip("-")[:1].isdigit() or _apart(pieces, position)):
            found.add(position)
    numbers = [number for _, number in bare]
    if all(after - before in range(1, _MOST_PAGES_WITHOUT) for before, after in pairwise(numbers)):
        found.update(position for position, _ in bare)
    return found


def _apart(pieces: Sequence[Piece], position: int) -> bool:
    following = pieces[position + 1] if position + 1 < len(pieces) else None
    return not isinstance(following, Text) or following.gap or following.top


def running_heads(
    pieces: Sequence[Piece], positions: dict[int, float], *, keep_first: Iterable[int]
) -> set[int]:
    """The positions of lines that three or more pages repeat at their upper or lower edge.

    `positions` gives the height on the page (0.0 top to 1.0 bottom) by position in `pieces`; of those in
    `keep_first` (they read like headings) the first stays, because the running head may be the only print
    of it.
    """
    headings = set(keep_first)
    seen: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for position, height in positions.items():
        piece = pieces[position]
        if isinstance(piece, Text) and (height < _EDGE or height > 1 - _EDGE):
            key = re.sub(r"\d+", "#", fold(piece.text)) if position not in headings else fold(piece.text)
            seen[key, height < _EDGE].append(position)
    found: set[int] = set()
    for repeated in seen.values():
        pages = {piece.page for position in repeated if isinstance(piece := pieces[position], Text)}
        if len(pages) >= 3:
            found.update(repeated[1:] if repeated[0] in headings else repeated)
    return found


def repeated_lines(pieces: Sequence[Piece], numbers: set[int]) -> set[int]:
    """The positions of running heads in a text without pages: the same line three times, always by a
    page number.
    """
    seen: dict[str, list[int]] = defaultdict(list)
    for position, piece in enumerate(pieces):
        if isinstance(piece, Text) and position not in numbers and 4 <= len(piece.text) <= 60:
            seen[fold(piece.text)].append(position)
    found: set[int] = set()
    for repeated in seen.values():
        beside = [position for position in repeated if {position - 1, position + 1} & numbers]
        if len(repeated) >= 3 and len(beside) >= 2 and len(beside) >= len(repeated) - 2:
            found.update(repeated)
    return found


def contents_page(pieces: Sequence[Piece]) -> tuple[set[int], tuple[ContentsEntry, ...]]:
    """The positions a contents page takes up, and its entries in order.

    It begins at a line that says so (目次), or with three lines in a row that lead to a page number; it
    ends with
    the last line that does.
    """
    found: set[int] = set()
    entries: list[ContentsEntry] = []
    position = 0
    while position < len(pieces):
        piece = pieces[position]
        titled = isinstance(piece, Text) and _CONTENTS_TITLE.fullmatch(fold(piece.text)) is not None
        start = position + 1 if titled else position
        end, read = _entries(pieces, start, titled=titled)
        if (titled and read) or len(read) >= 3:
            found.update(range(position, end))
            entries += read
            position = end
        else:
            if titled:
                found.add(position)
            position += 1
    return found, tuple(entries)


def _entries(pieces: Sequence[Piece], start: int, *, titled: bool) -> tuple[int, list[ContentsEntry]]:
    """(position after the last entry, entries) of the contents that begin at `start`."""
    read: list[ContentsEntry] = []
    waiting: list[ContentsEntry] = []
    end = start
    for position in range(start, len(pieces)):
        piece = pieces[position]
        if isinstance(piece, Grid):
            rows = _grid_entries(piece)
            if not rows or not titled:
                break
            read += [*waiting, *rows]
            waiting, end = [], position + 1
            continue
        title = _entry_title(piece.text, spaced=titled)
        if title is not None:
            read += [*waiting, ContentsEntry(title, piece.line, piece.indent)]
            waiting, end = [], position + 1
        elif titled and len(waiting) < _MOST_ENTRIES_WITHOUT_PAGE and len(piece.text) <= 60:
            waiting.append(ContentsEntry(piece.text, piece.line, piece.indent))
        else:
            break
    return end, read


def _entry_title(text: str, *, spaced: bool) -> str | None:
    match = _LEADER.fullmatch(text) or (_SPACED_PAGE.fullmatch(text) if spaced else None)
    return match["title"].strip() if match and match["title"].strip() else None


def _grid_entries(grid: Grid) -> list[ContentsEntry]:
    """The rows of a contents page that was set as a table; [] where it is not one."""
    entries: list[ContentsEntry] = []
    paged = 0
    lines = {cell.row: cell.place.line for cell in reversed(grid.table.cells)}
    for number, row in enumerate(grid.table.grid(repeat_merged=False)):
        cells = [cell.strip() for cell in row]
        last = next((cell for cell in reversed(cells) if cell), "")
        leads = re.fullmatch(r"(?:[・…‥.．·⋯･\-–―ー─_\s]*)[0-9０-９]{1,3}(?:ページ|頁)?", last) is not None
        paged += leads
        words = [cell for cell in cells if cell and not (leads and cell == last)]
        title = _entry_title(" ".join(words), spaced=False) or " ".join(words)
        if title:
            indent = float(next((index for index, cell in enumerate(cells) if cell), 0))
            entries.append(ContentsEntry(title, lines.get(number, grid.line), indent))
    return entries if paged * 2 >= len(entries) > 0 else []
