"""The mark a line begins with, and items that run on in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kaikaku.core.outline.recognisers import RECOGNISERS
from kaikaku.core.text import narrow

_RUN_ON = re.compile(
    r"(?:^|[、。;\s])(?P<mark>(?P<digit>[1-9]\d?)[.．](?!\d)|[①-⑳]|[⑴-⒇]|[(（](?P<paren>\d{1,2})[)）])\s*"
)


@dataclass(frozen=True, slots=True)
class Marker:
    """What a line begins with: `style` is equal for marks of one series, `number` the mark as printed.

    `ordinal` is its place in the series (3 for ③, Ⅲ, ウ), None for bullets and unnumbered bracket heads;
    of a compound number (1-2, 施策111) it is the last part that can be counted.
    """

    style: str
    ordinal: int | None
    number: str
    rest: str

    @property
    def text(self) -> str:
        """What follows the mark."""
        return self.rest

    @property
    def is_bullet(self) -> bool:
        return self.style.startswith("bullet")

    @property
    def is_note(self) -> bool:
        """A footnote mark: ※, ※1, 注1), (注1)."""
        return self.style == "note"


def read_marker(line: str) -> Marker | None:
    """The mark that the line begins with, or None. A mark may stand alone on its line (`rest` is then "").

    >>> read_marker("(３)働き方")
    Marker(style='(digit)', ordinal=3, number='(３)', rest='働き方')
    >>> [m.style for m in map(read_marker, ("第1 行政", "Ⅱ 改革", "③財源", "【I】 県民", "【改革1】")) if m]
    ['第', 'roman', 'circled', '【roman】', '【改革digit】']
    >>> [m.style for m in map(read_marker, ("施策111", "1-1 窓口", "ア 研修", "・会議", "1.")) if m]
    ['施策digit', 'digit-digit', 'kana', 'bullet・', 'digit']
    >>> [read_marker(t) for t in ("2040年の姿", "40市町村長", "1.5%", "1.4.1", "023-630-2054", "第2回会議")]
    [None, None, None, None, None, None]
    """
    text = line.strip().replace("\ufeff", "")
    if not text:
        return None
    plain = narrow(text)
    for recognise in RECOGNISERS:
        if found := recognise(text, plain):
            style, ordinal, length = found
            number = text[:length].rstrip()
            rest = re.sub(r"^[.．、:：]?\s*", "", text[length:])
            return Marker(style, ordinal, number, rest)
    return None


def read_markers(line: str) -> tuple[Marker, ...]:
    """All marks a line begins with, outermost first: 「- ① 目標」 has two.

    >>> [m.number for m in read_markers("- ・ 知事と若者：10市町村")]
    ['-', '・']
    """
    return tuple(_peeled(line))


def _peeled(line: str) -> Iterator[Marker]:
    marker = read_marker(line)
    while marker:
        yield marker
        nested = marker.is_bullet and not marker.is_note
        marker = read_marker(marker.rest) if nested and marker.rest else None


def split_run_on(line: str) -> tuple[Marker, ...]:
    """Items that run on in one line; empty unless two or more count up from 1 in one style.

    >>> [(m.number, m.rest) for m in split_run_on("1.オンライン化、2.対話の推進、3.連携")]
    [('1.', 'オンライン化'), ('2.', '対話の推進'), ('3.', '連携')]
    >>> split_run_on("1.5倍、2.5倍")
    ()
    """
    plain = narrow(line.strip())
    marks = list(_RUN_ON.finditer(plain))
    if len(marks) < 2 or marks[0].start("mark") != 0:
        return ()
    found = []
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        end = following.start() if following else len(plain)
        marker = read_marker(mark["mark"])
        if marker is None:
            return ()
        rest = line.strip()[mark.end() : end].strip(" 、。;　")
        found.append(
            Marker(marker.style, marker.ordinal, line.strip()[mark.start("mark") : mark.end("mark")], rest)
        )
    counted = [marker.ordinal for marker in found] == list(range(1, len(found) + 1))
    return tuple(found) if counted and len({marker.style for marker in found}) == 1 else ()
