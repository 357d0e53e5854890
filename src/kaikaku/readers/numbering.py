"""How a list number is printed: the numbering formats of Word (ECMA-376 part 1, 17.18.59) that Japan uses."""

from __future__ import annotations

from typing import Final

_AIUEO: Final = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA: Final = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
)
_KANJI: Final = "〇一二三四五六七八九"
_LEGAL: Final = "零壱弐参四伍六七八九"
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_KANJI_FORMATS: Final = frozenset(
    {
        "japaneseCounting",
        "chineseCounting",
        "chineseCountingThousand",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
    }
)
_FULL_WIDTH_FORMATS: Final = frozenset({"decimalFullWidth", "decimalFullWidth2"})
_FULL_WIDTH: Final = str.maketrans("0123456789", "０１２３４５６７８９")


def ordinal(number: int, style: str) -> str:
    """`number` as the numbering format `style` prints it; a plain number where the style has no sign for it.

    >>> ordinal(3, "decimalEnclosedCircle"), ordinal(2, "aiueoFullWidth"), ordinal(4, "upperRoman")
    ('③', 'イ', 'IV')
    >>> ordinal(12, "japaneseCounting"), ordinal(28, "lowerLetter"), ordinal(21, "decimalEnclosedCircle")
    ('十二', 'bb', '㉑')
    """
    if style == "none":
        return ""
    if number <= 0:
        return str(number)
    if style in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 20)
        return letter.upper() if style == "upperLetter" else letter
    if style in ("lowerRoman", "upperRoman") and number < 4000:
        return _roman(number).lower() if style == "lowerRoman" else _roman(number)
    if style in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"):
        return _circled(number)
    if style in ("aiueo", "aiueoFullWidth"):
        return _AIUEO[(number - 1) % len(_AIUEO)]
    if style in ("iroha", "irohaFullWidth"):
        return _IROHA[(number - 1) % len(_IROHA)]
    return _other(number, style)


def _other(number: int, style: str) -> str:
    if style in _KANJI_FORMATS and number < 10_000:
        return _kanji(number)
    if style in ("ideographDigital", "japaneseDigitalTenThousand"):
        return "".join(_KANJI[int(digit)] for digit in str(number))
    if style == "japaneseLegal" and number < 10:
        return _LEGAL[number]
    if style in _FULL_WIDTH_FORMATS:
        return str(number).translate(_FULL_WIDTH)
    if style == "decimalZero":
        return f"{number:02}"
    if style == "decimalEnclosedParen" and number <= 20:
        return chr(ord("⑴") + number - 1)
    if style == "decimalEnclosedFullstop" and number <= 20:
        return chr(ord("⒈") + number - 1)
    return str(number)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def _circled(number: int) -> str:
    if number <= 20:
        return chr(ord("①") + number - 1)
    if number <= 35:
        return chr(ord("㉑") + number - 21)
    return chr(ord("㊱") + number - 36) if number <= 50 else str(number)


def _kanji(number: int) -> str:
    text = ""
    for value, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, value)
        if digit:
            text += ("" if digit == 1 and sign else _KANJI[digit]) + sign
    return text
