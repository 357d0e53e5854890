"""Bullets as items: their words, depth, number, label and footnote marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kaikaku.core.outline import read_marker
from kaikaku.core.text import fold
from kaikaku.readers.outline import ItemRead
from kaikaku.readers.pieces import Bullet
from kaikaku.readers.vocabulary import SAME_AGAIN

_MARKS = re.compile(r"(?:※\s?[0-9０-９]{0,2}|[＊*]{1,2}[0-9０-９]{0,2}|[（(]?注\s?[0-9０-９]{1,2}[)）]?)$")
_LABEL = re.compile(r"[【\[〔](?P<label>[^【】\[\]〔〕]{1,20})[】\]〕]\s*(?=\S)")


@dataclass(slots=True)
class Depths:
    """Depths of the items of one section: a glyph seen before returns to its depth, a new one goes deeper.

    `step` is the least difference of indent that is the author's and not the converter's.
    """

    step: float = 1.5
    _open: list[tuple[str, float]] = field(default_factory=list)

    def depth(self, glyph: str, indent: float) -> int:
        for place, (known, at) in enumerate(self._open):
            if known == glyph and (abs(at - indent) < self.step or indent < at):
                del self._open[place + 1 :]
                if indent < at:
                    self._open[place] = (glyph, indent)
                return place + 1
        while self._open and indent <= self._open[-1][1] - self.step:
            self._open.pop()
        self._open.append((glyph, indent))
        return len(self._open)


def make_item(
    bullet: Bullet, *, line: int, depth: int, kind: str | None, fiscal_year: int | None
) -> ItemRead:
    """The item a bullet is; marks are taken off the end, number and label are kept in the text and
    beside it.
    """
    text, marks = split_marks(bullet.text)
    marker = read_marker(text)
    numbered = (
        marker is not None and not marker.is_bullet and marker.ordinal is not None and marker.rest != ""
    )
    label = _LABEL.match(text)
    return ItemRead(
        text=text,
        line=line,
        depth=depth,
        kind=kind,
        fiscal_year=fiscal_year,
        number=marker.number if marker and numbered and not label else None,
        label=label["label"] if label else None,
        marks=marks,
        cross_listed=SAME_AGAIN.search(text) is not None,
    )


def split_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without the footnote marks at its end, and these.

    >>> split_marks("新規招聘医師数*"), split_marks("満足度（入院）（外来）※2")
    (('新規招聘医師数', ('*',)), ('満足度（入院）（外来）', ('※2',)))
    """
    marks: list[str] = []
    while len(text) > 2 and (match := _MARKS.search(text)) and match.start() > 0:
        marks.insert(0, re.sub(r"\s", "", match.group()))
        text = text[: match.start()].rstrip()
    return text, tuple(marks)


def words_of(item: ItemRead) -> str:
    """The folded words of an item without its number, to compare with a heading's."""
    marker = read_marker(item.text) if item.number else None
    return fold(marker.rest if marker else item.text)
