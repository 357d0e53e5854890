"""One line of text without the damage of extraction (conventions.md §9); the original stays in the
Document.
"""

from __future__ import annotations

import re
from itertools import pairwise

from kaikaku.core.numerals import unlatex
from kaikaku.core.text import join_letter_spaced, radicals, symbols, undouble

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufe00-\ufe0f\x00-\x08\x0b-\x1f\x7f]")
_PRIVATE = re.compile("[\ue000-\uf8ff]+")
_TAGS = re.compile(r"</?(?:b|strong|em|i|u|span|font|sup|sub)(?:\s[^<>]*)?>", re.IGNORECASE)
_BREAKS = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BLANKS = re.compile("[ \t\u3000\u00a0\u2000-\u200a\u202f\u205f]+")
_CJK = "\u3400-\u9fff々ぁ-ゖァ-ヺー"
_DOUBLED_RUN = re.compile(rf"(?:([{_CJK}A-Za-z])\1){{4,}}")
_DOUBLED_YEAR = re.compile(r"(?<!\d)(?:(\d)\1){1,4}(?!\d)")
_SIGNED_SPACED = re.compile(r"(?<=[+＋△▲])\s*(\d(?: \d)+)(?![\d.,])")
_SPACED_CAPITALS = re.compile(r"(?<=[^\sA-Za-z0-9])[A-Z](?: [A-Z])+(?![A-Za-z])")
_ARROWS = re.compile(r"\\(?:right|Right)arrow\b\s*")
_BLANK_IN_SIGNED = re.compile(r"(?<=[△▲])\s+(?=\d)")


def clean_text(text: str) -> str:
    """The line as its author meant it: one blank between words, no tags, each glyph once.

    Running it twice changes nothing more.

    >>> clean_text("行行財財政政改改革革大大綱綱  1199年")
    '行財政改革大綱 19年'
    >>> clean_text("A I会議録、⾏政の⻑"), clean_text("+ 1 3 大学等")
    ('AI会議録、行政の長', '+13 大学等')
    >>> clean_text("残高 … $\\\\triangle 1,743$ 億円")
    '残高 … △1,743 億円'
    """
    for _ in range(4):
        cleaned = _once(text)
        if cleaned == text:
            break
        text = cleaned
    return text


def _once(text: str) -> str:
    text = _INVISIBLE.sub("", radicals(symbols(text)))
    text = _PRIVATE.sub("・" if _PRIVATE.match(text.lstrip()) else "", text)
    if "<" in text:
        text = _TAGS.sub("", _BREAKS.sub(" ", text))
    text = unlatex(_ARROWS.sub("→", text))
    text = _undouble_runs(undouble(_BLANKS.sub(" ", text).strip()))
    text = _SPACED_CAPITALS.sub(
        lambda m: m.group() if _follow_on(m.group()) else m.group().replace(" ", ""), text
    )
    text = _SIGNED_SPACED.sub(lambda m: m.group(1).replace(" ", ""), text)
    text = _BLANK_IN_SIGNED.sub("", text)
    return join_letter_spaced(text).strip()


def _follow_on(letters: str) -> bool:
    """A B C is a list of grades and stays apart."""
    codes = [ord(letter) for letter in letters.split()]
    return len(codes) > 2 and all(after - before == 1 for before, after in pairwise(codes))


def _undouble_runs(text: str) -> str:
    """Take bold printed twice back to once where only part of the line is so (「行行財財政政改改革革
    1199年」).
    """
    if not _DOUBLED_RUN.search(text):
        return text
    runs = [m for m in _DOUBLED_RUN.finditer(text) if len(set(m.group())) > 3]
    if not runs:
        return text
    for run in reversed(runs):
        text = text[: run.start()] + run.group()[::2] + text[run.end() :]
    return _DOUBLED_YEAR.sub(lambda m: m.group()[::2] if len(m.group()) > 2 else m.group(), text)
