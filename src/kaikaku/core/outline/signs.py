"""The signs that count: circled and bracketed numbers, kana and letters, Roman and kanji numerals."""

from __future__ import annotations

import re

from kaikaku.core.numerals import parse_unsigned


def _series(first: int, length: int, *, start: int = 1) -> dict[str, int]:
    return {chr(first + n): start + n for n in range(length)}


CIRCLED = {
    **_series(0x2460, 20),
    **_series(0x3251, 15, start=21),
    **_series(0x32B1, 15, start=36),
    **_series(0x2776, 10),
    **_series(0x2780, 10),
    **_series(0x278A, 10),
    **_series(0x24EB, 10, start=11),
    **_series(0x24F5, 10),
}
# one sign is a whole mark: style, table
SINGLE_SIGNS = (
    ("circled", CIRCLED),
    ("(digit)", _series(0x2474, 20)),
    ("digit", _series(0x2488, 20)),
    ("circled-kana", _series(0x32D0, 47)),
    ("circled-latin", _series(0x24D0, 26) | _series(0x24B6, 26)),
    ("(latin)", _series(0x249C, 26)),
    ("circled-kanji", _series(0x3280, 10)),
    ("(kanji)", _series(0x3220, 10)),
)
KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_LARGE_ROMAN, _SMALL_ROMAN = _series(0x2160, 12), _series(0x2170, 12)
_ROMAN_LETTERS = {"I": 1, "V": 5, "X": 10}
ROMAN_SIGNS = "".join(_LARGE_ROMAN) + "".join(_SMALL_ROMAN)
# never empty, up to 39; signs may be put together (Ⅹ Ⅲ)
ROMAN = rf"(?:[{ROMAN_SIGNS}]{{1,2}}|(?=[IVX])X{{0,3}}(?:IX|IV|V?I{{0,3}}))"
KANJI = "[一二三四五六七八九十]{1,3}"


def roman_value(text: str) -> int | None:
    """The value of a Roman numeral up to 39 in letters or in single signs (Ⅻ), or None.

    >>> roman_value("IV"), roman_value("Ⅻ"), roman_value("VX"), roman_value("")
    (4, 12, None, None)
    """
    signs = _LARGE_ROMAN | _SMALL_ROMAN
    if text and all(c in signs for c in text):
        return sum(signs[c] for c in text) if len(text) == 1 or text[0] in "Ⅹⅹ" else None
    letters = text.upper()
    if not letters or not re.fullmatch(r"X{0,3}(?:IX|IV|V?I{0,3})", letters):
        return None
    values = [_ROMAN_LETTERS[c] for c in letters]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def part_value(text: str) -> tuple[str, int] | None:
    """(kind, value) of what counts inside a mark, or None.

    Small letters of a Roman numeral (ⅱ, ii) are a series of their own; the single letters i, v and x are
    taken as Roman, since a series of letters seldom gets as far.

    >>> [part_value(t) for t in ("12", "③", "Ⅳ", "ii", "三")]
    [('digit', 12), ('circled', 3), ('roman', 4), ('small-roman', 2), ('kanji', 3)]
    >>> [part_value(t) for t in ("ウ", "b", "B", "012")]
    [('kana', 3), ('latin', 2), ('latin-capital', 2), None]
    """
    if text.isascii() and text.isdigit():
        return ("digit", int(text)) if len(text) <= 3 and not text.startswith("0") else None
    if text in CIRCLED:
        return "circled", CIRCLED[text]
    if (value := roman_value(text)) is not None:
        small = text[0] in _SMALL_ROMAN or text.islower()
        return "small-roman" if small else "roman", value
    if len(text) == 1 and text in KANA:
        return "kana", KANA.index(text) + 1
    if len(text) == 1 and text.isascii() and text.isalpha():
        return ("latin", ord(text) - 96) if text.islower() else ("latin-capital", ord(text) - 64)
    kanji = parse_unsigned(text) if re.fullmatch(KANJI, text) else None
    return ("kanji", int(kanji)) if kanji is not None else None
