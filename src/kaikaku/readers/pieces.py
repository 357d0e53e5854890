"""The pieces a tidied document is made of, and a few questions asked of every line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kaikaku.core.text import TILDES, fold
from kaikaku.readers.document import Document, Line, Notice, Place, Span, Table

BULLET_GLYPHS = "・･•◦‣⁃▪▫●○◯■□◆◇▽▼△▲▶▷►☆★◎✓✔➢➤⇒→"
TILDE_CLASS = f"[{re.escape(TILDES)}]"
SENTENCE_END = re.compile(r"[。！？!?][」』）)】”]*$")
_NOTE = re.compile(
    r"(?P<mark>※\s?[0-9０-９]{0,2}|＊{1,3}[0-9０-９]{0,2}|\*{1,3}(?:[0-9]{1,2}|(?=[^\s*]))|[（(]?(?:注|註)\s?[0-9０-９]{0,2}[)）]|(?:注|註)\s?[0-9０-９]{0,2}(?=[:：\s])"
    r"|〔注[0-9０-９]{0,2}〕|\[\^?注?[0-9]{1,2}\]:?|出典(?=[:：])|資料(?=[:：]))\s*[:：.．]?\s*(?P<text>\S.*)",
    re.DOTALL,
)
_BULLET = re.compile(
    rf"(?P<dash>[-–—*+‐−]\s+)?(?P<glyph>[{BULLET_GLYPHS}]+)\s*(?P<text>.*)|(?P<dash2>[-–—*+‐−－]\s+)(?P<text2>.*)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Text:
    """One logical line. `gap` says that it stands apart from what is above it, `top` that it opens a page."""

    text: str
    line: int
    gap: bool = True
    top: bool = False
    page: int | None = None
    indent: float = 0.0
    bold: bool = False
    heading: int | None = None
    size: float | None = None
    bullet: bool = False
    last: int = 0
    width: float = 0.0

    @property
    def end(self) -> int:
        """The last original line that went into this one."""
        return self.last or self.line


@dataclass(frozen=True, slots=True)
class Grid:
    """A table among the lines."""

    table: Table
    line: int
    page: int | None = None


Piece = Text | Grid


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """One line of a contents page, as printed there without its leader and page."""

    text: str
    line: int
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class Tidied:
    """A document ready to be understood: what is left, what the contents page said, what was noticed.

    `step` is the least indent that makes a level. `visual` is true where headings can be told by their look
    (levels, sizes, bold), `lines` where the file
    breaks lines where the page did.
    """

    pieces: tuple[Piece, ...]
    contents: tuple[ContentsEntry, ...] = ()
    notices: tuple[Notice, ...] = ()
    visual: bool = False
    lines: bool = False
    step: float = 0.75
    body_size: float | None = None

    def document(self, like: Document) -> Document:
        """The tidied pieces as a Document again (what a viewer without the damage would show)."""
        blocks = tuple(
            piece.table
            if isinstance(piece, Grid)
            else Line(
                piece.text,
                Place(piece.line, page=piece.page),
                spans=(Span(piece.text, piece.bold),),
                indent=piece.indent,
                size=piece.size,
                heading=piece.heading,
                bullet=piece.bullet,
            )
            for piece in self.pieces
        )
        return Document(like.name, like.media_type, blocks, like.pages, like.notices, like.properties)


@dataclass(frozen=True, slots=True)
class Bullet:
    """A bullet taken apart: the document's own glyph ("" where only a converter's dash marks it) and the
    words.
    """

    glyph: str
    text: str


def read_bullet(piece: Text) -> Bullet | None:
    """The bullet a line is, by its glyph or because the file says so."""
    match = _BULLET.match(piece.text)
    if match is None or _signed(piece.text):
        return Bullet("", piece.text) if piece.bullet and piece.text else None
    text = match["text"] if match["glyph"] is not None else match["text2"]
    if not text.strip():
        return None
    return Bullet(match["glyph"] or "-", text.strip())


def _signed(text: str) -> bool:
    """△1,743 is a figure and no bullet; neither is a bold or multiplication star before a letter."""
    return re.match(r"[△▲][\d,.]|[^\s\w][:：=＝]", text) is not None


def read_note(text: str) -> tuple[str, str] | None:
    """(mark, text) of a footnote line, or None.

    >>> read_note("※1:「Observe」の略"), read_note("※ 影響による"), read_note("注）端数処理")
    (('※1', '「Observe」の略'), ('※', '影響による'), ('注）', '端数処理'))
    """
    match = _NOTE.fullmatch(text)
    if match is None:
        return None
    mark = re.sub(r"\s+", "", match["mark"]).rstrip(":")
    return mark.translate({0xFF10 + digit: str(digit) for digit in range(10)}), match["text"].strip()


def same(one: str, other: str) -> bool:
    return fold(one) == fold(other)
