"""Which piece of a tidied document heads a section: by number, level, look, or place between blank lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kaikaku.core.outline import read_marker
from kaikaku.core.text import fold
from kaikaku.readers.headings import (
    Heading,
    label_heading,
    looks_like_title,
    numbered_heading,
    plain_heading,
    split_title,
)
from kaikaku.readers.nesting import Nester
from kaikaku.readers.pieces import (
    SENTENCE_END,
    ContentsEntry,
    Grid,
    Piece,
    Text,
    Tidied,
    read_bullet,
    read_note,
)
from kaikaku.readers.titles import Front

_LONGEST_BULLET_HEADING = 60
_LARGER = 1.08  # times the body's size
_MOST_LABELS = 4


class HeadingFinder:
    """Answers for one document, of which `nester` knows what was met so far."""

    def __init__(self, tidied: Tidied, front: Front, *, nester: Nester) -> None:
        self.tidied = tidied
        self.pieces = tidied.pieces
        self.nester = nester
        self.contents = _by_title(tidied.contents)
        self.deck = _is_deck(self.pieces, front)
        texts = [piece for piece in self.pieces if isinstance(piece, Text)]
        self.mostly_bold = sum(piece.bold for piece in texts) * 2 > len(texts)

    def heading(self, piece: Text, position: int) -> tuple[Heading | None, int]:
        """The heading that begins here, or None, and how many pieces were looked at to say so."""
        bullet = read_bullet(piece)
        if bullet is not None and not piece.heading:
            label = label_heading(piece) if bullet.glyph != "-" else None
            if label is not None and self._has_body(position + 1):
                return label, 1
            return self._bullet_heading(piece, position), 1
        numbered = numbered_heading(piece)
        if numbered is not None and self._is_section(piece, numbered):
            return numbered, 1
        if numbered is not None:
            return None, 1
        label = label_heading(piece)
        if label is not None:
            return (label if self._has_body(position + 1) else None), 1
        return self._plain(piece, position)

    def _is_section(self, piece: Text, heading: Heading) -> bool:
        """Where the file gives this numbering style levels, a line of the style without one is no heading."""
        if piece.heading:
            return True
        styles = self.nester.styles
        return heading.style not in styles or styles[heading.style]

    def _bullet_heading(self, piece: Text, position: int) -> Heading | None:
        """A bold bullet over bullets that are not bold heads a section; so does a label in brackets."""
        bullet = read_bullet(piece)
        following = self.next(position)
        if bullet is None or not piece.bold or not isinstance(following, Text) or following.bold:
            return None
        if len(bullet.text) > _LONGEST_BULLET_HEADING or "。" in bullet.text or read_note(bullet.text):
            return None
        label = label_heading(piece)
        if label is not None:
            return label
        marker = read_marker(bullet.text)
        if marker is not None and marker.ordinal is not None:
            return numbered_heading(replace(piece, text=bullet.text))
        if not read_bullet(following) and not self.tidied.visual and not following.gap:
            return None
        title = split_title(bullet.text)
        return Heading(
            title.text, piece.line, "bold", subtitle=title.subtitle, marks=title.marks, size=piece.size
        )

    def _plain(self, piece: Text, position: int) -> tuple[Heading | None, int]:
        second = self.next(position)
        entry = self.contents.get(fold(piece.text))
        if entry is not None and self._stands_alone(piece, position):
            return self._from_contents(piece, entry), 1
        if self._two_lines(piece, second, position):
            assert isinstance(second, Text)
            joined = replace(piece, text=piece.text + second.text)
            heading = plain_heading(joined)
            return (heading, 2) if heading is not None and self._has_body(position + 2) else (None, 1)
        heading = plain_heading(piece)
        if heading is None or not self._looks_headed(piece, position):
            return None, 1
        return (heading if self._has_body(position + 1) or piece.heading else None), 1

    def _from_contents(self, piece: Text, entry: ContentsEntry) -> Heading | None:
        """A heading that the contents page lists, with the number it has there."""
        numbered = numbered_heading(replace(piece, text=entry.text))
        if numbered is not None:
            return replace(numbered, line=piece.line, level=piece.heading, size=piece.size, top=piece.top)
        heading = plain_heading(piece)
        return heading or Heading(
            piece.text, piece.line, "plain", level=piece.heading, size=piece.size, top=piece.top
        )

    def _two_lines(self, piece: Text, second: Piece | None, position: int) -> bool:
        """A title of two lines, standing apart as a pair."""
        if (
            not isinstance(second, Text)
            or second.gap
            or not piece.gap
            or not self.tidied.lines
            or self.tidied.visual
        ):
            return False
        third = self.next(position + 1)
        apart = not isinstance(third, Text) or third.gap
        whole = (
            looks_like_title(piece.text)
            and looks_like_title(second.text)
            and len(piece.text + second.text) <= 60
        )
        return whole and apart and read_marker(second.text) is None and read_bullet(second) is None

    def _looks_headed(self, piece: Text, position: int) -> bool:
        if piece.heading:
            return True
        if piece.bold and not self.mostly_bold:
            return not SENTENCE_END.search(piece.text) and looks_like_title(piece.text)
        if self.tidied.visual:
            body = self.tidied.body_size
            larger = body is not None and piece.size is not None and piece.size > body * _LARGER
            return larger and looks_like_title(piece.text)
        return self._stands_alone(piece, position)

    def _stands_alone(self, piece: Text, position: int) -> bool:
        following = self.next(position)
        return piece.gap and piece.end == piece.line and (not isinstance(following, Text) or following.gap)

    def _has_body(self, position: int) -> bool:
        """Whether what follows on the same page is something a heading can head."""
        for place in range(position, min(position + _MOST_LABELS, len(self.pieces))):
            following = self.pieces[place]
            if isinstance(following, Grid):
                return True
            if (following.top and self.deck) or read_note(following.text):
                return False
            if read_bullet(following):
                return True
            numbered = numbered_heading(following)
            if numbered is not None or following.heading:
                return numbered is None or not self._is_open(numbered) or self._closes(following)
            if label_heading(following) is None:
                return plain_heading(following) is None or not self._looks_headed(following, place)
        return False

    def _is_open(self, heading: Heading) -> bool:
        """Whether a heading of this numbering would end what stands above it rather than stand below."""
        return any(node.style == heading.style for node in self.nester.path)

    def _closes(self, piece: Text) -> bool:
        return self.deck and piece.top

    def next(self, position: int) -> Piece | None:
        return self.pieces[position + 1] if position + 1 < len(self.pieces) else None


def _by_title(entries: Sequence[ContentsEntry]) -> dict[str, ContentsEntry]:
    """Contents entries by their folded words, number left out."""
    found: dict[str, ContentsEntry] = {}
    for entry in entries:
        marker = read_marker(entry.text)
        numbered = marker is not None and marker.ordinal is not None and marker.rest
        found.setdefault(fold(marker.rest if marker and numbered else entry.text), entry)
    return found


def _is_deck(pieces: Sequence[Piece], front: Front) -> bool:
    """Whether the pages are slides: three or more, nearly all begun by a title of their own."""
    tops = [p for i, p in enumerate(pieces) if isinstance(p, Text) and p.top and i not in front.used]
    titled = [p for p in tops if not read_bullet(p) and (looks_like_title(p.text) or numbered_heading(p))]
    plain = [p for p in titled if numbered_heading(p) is None]
    return len(tops) >= 2 and len(titled) >= 0.8 * len(tops) and len(plain) * 2 >= len(tops)
