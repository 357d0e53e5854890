"""Marks that do not count: bullets, each sign a style of its own, and footnote marks."""

from __future__ import annotations

import re

from kaikaku.core.text import DASHES

_LOOK_ALIKE = {"◯": "○", "〇": "○", "⚪": "○", "⚫": "●", "･": "・", "▸": "▶", "＊": "*", "➡": "→"}
_LOOK_ALIKE |= dict.fromkeys(DASHES, "-")
_BULLETS = "○◯〇⚪●⚫■□▪▫◆◇❖▽▼▶▸◎★☆•◦・･➢✓→⇒➡*＊" + DASHES
_NOTE = re.compile(
    r"※\s?(?:注\s?)?(?P<sign>\d{1,2})?(?!\d)|\(?注\s*(?P<word>\d{1,2})?\s*[)):]|\*(?P<star>\d{1,2})(?=[\s:])"
)


def note(text: str, plain: str) -> tuple[str, int | None, int] | None:
    """※, ※1, 注1), (注1), *1 followed by a blank."""
    match = _NOTE.match(plain)
    if not match:
        return None
    number = match["sign"] or match["word"] or match["star"]
    return "note", int(number) if number else None, match.end()


def bullet(text: str, plain: str) -> tuple[str, int | None, int] | None:
    """A bullet at the beginning of the line, told from rules, leaders, blanks to fill in and minus signs."""
    sign = text[0]
    if sign not in _BULLETS:
        return None
    style = _LOOK_ALIKE.get(sign, sign)
    # ---, ・・・ 1, ○○県, **bold**
    if text[1:2] == sign or (style in "-*" and not re.match(r"\s+\S", text[1:])):
        return None
    # 「- 3 -」 is the number of a page
    if style == "-" and re.fullmatch(rf".\s*\d+\s*[{re.escape(DASHES)}]", text):
        return None
    return f"bullet{style}", None, 1
