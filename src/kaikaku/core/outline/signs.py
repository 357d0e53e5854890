"""The signs that count: circled and bracketed numbers, kana in order, Roman and kanji numerals."""

from __future__ import annotations

import re

from kaikaku.core.numerals import parse_unsigned

CIRCLED = {
    **{chr(0x2460 + n): n + 1 for n in range(20)},
    **{chr(0x3251 + n): n + 21 for n in range(15)},
    **{chr(0x32B1 + n): n + 36 for n in range(15)},
    **{chr(0x2776 + n): n + 1 for n in range(10)},
    **{chr(0x24F5 + n): n + 1 for n in range(10)},
}
PARENTHESISED = {chr(0x2474 + n): n + 1 for n in range(20)}
DOTTED = {chr(0x2488 + n): n + 1 for n in range(20)}
CIRCLED_KANA = {chr(0x32D0 + n): n + 1 for n in range(47)}
CIRCLED_LATIN = {chr(0x24D0 + n): n + 1 for n in range(26)} | {chr(0x24B6 + n): n + 1 for n in range(26)}
KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_ROMAN_SIGNS = {chr(0x2160 + n): n + 1 for n in range(12)} | {chr(0x2170 + n): n + 1 for n in range(12)}
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


def roman_value(text: str) -> int | None:
    """The value of a Roman numeral up to 39 in letters or in single signs (Ⅻ), or None.

    >>> roman_value("IV"), roman_value("Ⅻ"), roman_value("VX"), roman_value("")
    (4, 12, None, None)
    """
    if text and all(c in _ROMAN_SIGNS for c in text):
        return sum(_ROMAN_SIGNS[c] for c in text) if len(text) == 1 or text[0] in "Ⅹⅹ" else None
    letters = text.upper()
    if not letters or not re.fullmatch(r"X{0,3}(?:IX|IV|V?I{0,3})", letters):
        return None
    values = [_ROMAN_VALUES[c] for c in letters]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def part_value(text: str) -> tuple[str, int] | None:
    """(kind, value) of one part of a number: digits, a circled digit, a Roman or a kanji numeral."""
    if text.isascii() and text.isdigit():
        return ("digit", int(text)) if len(text) <= 3 and not text.startswith("0") else None
    if text in CIRCLED:
        return "circled", CIRCLED[text]
    if (value := roman_value(text)) is not None:
        return "roman", value
    kanji = parse_unsigned(text) if re.fullmatch(r"[一二三四五六七八九十]{1,3}", text) else None
    return ("kanji", int(kanji)) if kanji is not None else None
