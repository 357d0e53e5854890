"""Walks a tidied document once and puts every piece where it belongs: section, item, text, table or note."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kaikaku.core.outline import read_marker, split_run_on
from kaikaku.core.text import fold
from kaikaku.readers.finding import HeadingFinder
from kaikaku.readers.headings import (
    Heading,
    Part,
    label_heading,
    looks_like_title,
    numbered_heading,
    part_label,
    subtitle_line,
)
from kaikaku.readers.items import Depths, make_item
from kaikaku.readers.nesting import Nester, Node
from kaikaku.readers.outline import FootnoteRead, ItemRead
from kaikaku.readers.periods import single_years
from kaikaku.readers.pieces import (
    Bullet,
    Grid,
    Text,
    Tidied,
    read_bullet,
    read_note,
)
from kaikaku.readers.titles import Front
from kaikaku.readers.vocabulary import APPENDIX, CONTACT, TABLE_NAMES, UNIT_CAPTION, is_kind, kind_of

_LONGEST_BULLET_HEADING = 60
_LARGER = 1.08


@dataclass(slots=True)
class FoundTable:
    """A table with the section it stands in, its caption and the unit told beside it."""

    grid: Grid
    node: Node | None
    caption: str | None = None
    unit: str | None = None
    fiscal_year: int | None = None
    kind: str | None = None


@dataclass(slots=True)
class Assembled:
    """What the walk gathers."""

    nester: Nester
    preamble: list[tuple[str, int]] = field(default_factory=list)
    preamble_items: list[ItemRead] = field(default_factory=list)
    tables: list[FoundTable] = field(default_factory=list)
    notes: list[FootnoteRead] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


def assemble(tidied: Tidied, front: Front) -> Assembled:
    """Read the body of a document: everything that is not its front."""
    return _Walk(tidied, front).run()


class _Walk:
    def __init__(self, tidied: Tidied, front: Front) -> None:
        self.pieces = tidied.pieces
        self.tidied = tidied
        self.front = front
        levels = {
            p.heading
            for i, p in enumerate(self.pieces)
            if isinstance(p, Text) and p.heading and i not in front.used
        }
        self.found = Assembled(Nester(levels=len(levels) >= 2))
        self.title_key = fold(front.title or "")
        self.finder = HeadingFinder(tidied, front, nester=self.found.nester)
        self.part: Part | None = None
        self.label_part: Part | None = None
        self.depths = Depths(self.tidied.step)
        self.last: str = ""
        self.caption: str | None = None
        self.unit: str | None = None
        self.contact = False

    @property
    def node(self) -> Node | None:
        return self.found.nester.current

    def run(self) -> Assembled:
        position = 0
        while position < len(self.pieces):
            if position in self.front.used:
                position += 1
                continue
            piece = self.pieces[position]
            if isinstance(piece, Grid):
                self._table(piece, position)
                position += 1
            else:
                position += self._text(piece, position)
        return self.found

    # one piece at a time

    def _text(self, piece: Text, position: int) -> int:
        """Take in a line and say how many pieces it took."""
        if self._contact(piece):
            return 1
        if self.title_key and fold(piece.text) == self.title_key:
            self._new_page(position)
            return 1
        if self._unit_caption(piece, position) or self._note(piece, position):
            return 1
        if self._part(piece, position) or self._table_name(piece, position):
            return 1
        heading, taken = self.finder.heading(piece, position)
        if heading is not None:
            self._open(heading)
            return taken
        if self._subtitle(piece):
            return 1
        bullet = read_bullet(piece) or self._numbered_item(piece)
        if bullet is not None:
            self._item(bullet, piece)
        else:
            self._paragraph(piece)
        return 1

    def _new_page(self, position: int) -> None:
        """The document's title printed again over a heading without number begins a part of its own."""
        following = self.finder.next(position)
        if not isinstance(following, Text) or numbered_heading(following) is not None:
            return
        if looks_like_title(following.text) or label_heading(following) is not None:
            self.found.nester.close_all()

    def _contact(self, piece: Text) -> bool:
        """Addresses and links at the end of a web page are no part of the plan."""
        if CONTACT.fullmatch(piece.text.strip("【】■●◆ ")) and (piece.heading or piece.gap):
            self.contact = True
        elif self.contact and (piece.heading or numbered_heading(piece) is not None):
            self.contact = False
        return self.contact

    def _unit_caption(self, piece: Text, position: int) -> bool:
        match = UNIT_CAPTION.fullmatch(piece.text)
        if match is None:
            return False
        after = self.pieces[position + 1] if position + 1 < len(self.pieces) else None
        before = self.found.tables[-1] if self.found.tables and self.last == "table" else None
        if not isinstance(after, Grid) and before is not None and before.unit is None:
            before.unit = match["unit"]
        else:
            self.unit = match["unit"]
        return True

    def _note(self, piece: Text, position: int) -> bool:
        bullet = read_bullet(piece)
        note = read_note(bullet.text if bullet else piece.text)
        if note is None:
            return False
        mark, words = note
        if mark in ("*", "＊") and self.tidied.lines and not re.match(r"[＊*]\s?\S", piece.text):
            return False
        self.found.notes.append(FootnoteRead(mark, words, piece.line))
        self.last = "note"
        return True

    def _part(self, piece: Text, position: int) -> bool:
        """A line that says only a year and 実績 or 計画: for the whole document, or inside a section."""
        bare = re.sub(r"^[【＜<〈《\[（(○◎■◆●□◇]+\s*|[】＞>〉》\]）)]+$", "", piece.text)
        marker = read_marker(piece.text)
        if marker is not None and marker.ordinal is not None:
            return False
        part = part_label(bare, piece.line)
        if part is None:
            return False
        if bare != piece.text and self.node is not None:
            self.label_part = part
            self.found.parts.append(part)
            self.depths = Depths(self.tidied.step)
            return True
        first = not self.found.nester.nodes and not self.found.parts
        if not (piece.gap or piece.heading or piece.bold) or (
            isinstance(self.finder.next(position), Grid) and not first
        ):
            return False
        self.part, self.label_part = part, None
        self.found.parts.append(part)
        self.found.nester.close_all(again=True)
        self._fresh_content()
        return True

    def _table_name(self, piece: Text, position: int) -> bool:
        """A line that only names the table under it is its caption."""
        following = self.finder.next(position)
        if isinstance(following, Text) and UNIT_CAPTION.fullmatch(following.text):
            following = self.finder.next(position + 1)
        if not isinstance(following, Grid):
            return False
        node = self.node
        if piece.heading and (node is None or (node.heading.level or 9) >= piece.heading):
            return False
        text, unit = split_unit_caption(piece.text)
        bare = unbracketed(text)
        marker = read_marker(piece.text)
        figure = marker is not None and re.match(r"図表|図|表", marker.style) is not None
        if not figure and not TABLE_NAMES.fullmatch(fold(bare).upper()) and not TABLE_NAMES.fullmatch(bare):
            return False
        self.caption = bare
        self.unit = unit or self.unit
        return True

    def _open(self, heading: Heading) -> None:
        nester = self.found.nester
        if not heading.numbered and self.finder.deck and heading.top and heading.level is None:
            nester.close_all()
        number_from_contents = self.finder.contents.get(fold(heading.title))
        if heading.style == "plain" and number_from_contents and APPENDIX.fullmatch(heading.title):
            numbered = numbered_heading(Text(number_from_contents.text, heading.line))
            heading = replace(numbered, line=heading.line) if numbered else heading
        before = nester.current
        node = nester.open(heading)
        if node is not before or heading.style == "label":
            self._fresh_content()
            self.label_part = None
        self.last = "heading"

    def _fresh_content(self) -> None:
        self.depths = Depths(self.tidied.step)
        self.caption = self.unit = None
        self.last = ""

    # content

    def _subtitle(self, piece: Text) -> bool:
        words = subtitle_line(piece.text)
        node = self.node
        if words is None or node is None or self.last != "heading" or node.heading.subtitle:
            return False
        node.heading = replace(node.heading, subtitle=words)
        return True

    def _numbered_item(self, piece: Text) -> Bullet | None:
        """A numbered line that is no heading is an item, unless it is a long paragraph that begins with
        a figure.
        """
        marker = read_marker(piece.text)
        if marker is None or marker.is_bullet or marker.is_note or marker.ordinal is None or not marker.rest:
            return None
        return Bullet(marker.style, piece.text)

    def _item(self, bullet: Bullet, piece: Text) -> None:
        run_on = split_run_on(bullet.text)
        glyph = bullet.glyph
        marker = read_marker(bullet.text)
        if marker is not None and not marker.is_bullet and marker.ordinal is not None and marker.rest:
            glyph += marker.style
        depth = self.depths.depth(glyph, piece.indent)
        texts = [f"{one.number} {one.rest}" for one in run_on] or [bullet.text]
        kind, fiscal_year = self._told(self.node)
        for text in texts:
            item = make_item(
                Bullet(bullet.glyph, text), line=piece.line, depth=depth, kind=kind, fiscal_year=fiscal_year
            )
            self._items().append(item)
        self.last = "item"

    def _told(self, node: Node | None) -> tuple[str | None, int | None]:
        """What an item here tells, and of which year: by the label above it, the part, or the section's
        title.
        """
        part = self.label_part or self.part
        if part is not None:
            return part.kind, part.fiscal_year
        while node is not None:
            told = told_by_title(node.heading.title)
            if told is not None:
                return told
            node = node.parent
        return None, None

    def _items(self) -> list[ItemRead]:
        return self.found.preamble_items if self.node is None else self.node.items

    def _paragraph(self, piece: Text) -> None:
        node = self.node
        if self.last == "item" and not piece.gap and self._items():
            item = self._items()[-1]
            self._items()[-1] = replace(item, text=f"{item.text}\n{piece.text}")
            return
        target = self.found.preamble if node is None else node.text
        target.append((piece.text, piece.line))
        if node is not None:
            node.filled = True
        self.last = "text"

    def _table(self, grid: Grid, position: int) -> None:
        kind, fiscal_year = self._told(self.node)
        told, unit = split_unit_caption(grid.table.caption or "")
        caption, node = self.caption or told or None, self.node
        self.unit = self.unit or unit
        if self.caption and node is not None and node.style == "label":
            node = node.parent
        self.found.tables.append(FoundTable(grid, node, caption, self.unit, fiscal_year, kind))
        if self.node is not None:
            self.node.filled = True
        self.caption = self.unit = None
        self.last = "table"


def unbracketed(text: str) -> str:
    """A label without its brackets or its glyph.

    >>> unbracketed("【主な目標指標】"), unbracketed("■ 成果指標"), unbracketed("指標（KPI）")
    ('主な目標指標', '成果指標', '指標（KPI）')
    """
    text = re.sub(r"^[○◎■◆●□◇▼▽・\-\s]+", "", text)
    match = re.fullmatch(r"[【＜<〈《\[（(]\s*([^【】＜＞<>〈〉《》\[\]]+?)\s*[】＞>〉》\]）)]", text)
    return match.group(1) if match else text


def split_unit_caption(text: str) -> tuple[str, str | None]:
    """A caption and the unit told at its end: 「数値目標（単位：人）」."""
    match = re.fullmatch(
        r"(?P<text>.+?)\s*[（(\[【]\s*単位\s*[:：]\s*(?P<unit>[^（）()]{1,12})[)）\]】]", text
    )
    return (match["text"], match["unit"]) if match else (text, None)


def told_by_title(title: str) -> tuple[str | None, int | None] | None:
    """(kind, fiscal year) where a section's title tells them: 「取組状況（令和2年度の実績）」,
    「今後の取組」.
    """
    years = {year for _, _, year in single_years(title)}
    if len(years) == 1:
        return kind_of(title), years.pop()
    return (kind_of(title), None) if is_kind(title) else None
