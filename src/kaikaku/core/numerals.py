"""Numbers as Japanese documents write them, and back.

A number is a sign and one or more groups in falling scale: 「△1,743億」「66億150万3千」「二千二十五」. What
does not follow that grammar to the last character is not a number: None, never the part that could be read.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact
from functools import partial

from kaikaku.core.text import DASHES, narrow

# Longer than any sum of public money; beyond it digits come from cells glued together.
MOST_DIGITS = 24
EXACT = Context(prec=100, traps=[Inexact])
"""A context in which a sum is exact or an error; figures are never rounded on the way."""
EXACT_WHOLE = Context(prec=100, rounding=ROUND_HALF_UP, traps=[])
_ROUNDING = Context(prec=200, rounding=ROUND_HALF_UP, traps=[])

BIG = {"兆": 12, "億": 8, "万": 4, "萬": 4}
SMALL = {"千": 3, "百": 2, "十": 1}
_KANJI_DIGITS = str.maketrans("〇零一二三四五六七八九壱弐参", "00123456789123")
# 「二三十」 says twenty or thirty
_SPOKEN = re.compile("[〇零一二三四五六七八九]{2,}[十百千]")
_MINUS = "△▲" + DASHES.replace("ー", "").replace("\uff70", "")
_NAKAGURO = re.compile(r"(?<=\d)[・･](?=\d)")
_LATEX = (
    (re.compile(r"\$"), ""),
    (re.compile(r"\\(?:black|big|var)?triangle(?:up|down)?(?![a-z])"), "△"),
    (re.compile(r"\\(?:sim|tilde|textasciitilde)(?![a-z])(?:\{\})?"), "~"),
    (re.compile(r"\\(?:geqslant|geqq|geq|ge)(?![a-z])"), "≧"),
    (re.compile(r"\\(?:leqslant|leqq|leq|le)(?![a-z])"), "≦"),
    (re.compile(r"\\pm(?![a-z])"), "±"),
    (re.compile(r"\\(?:text|mathrm|mbox)(?=\{)"), ""),
    (re.compile(r"\\(?=%)"), ""),
)

_PLAIN = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
# what the recogniser of running text looks for; parse_number decides whether it is one
NUMBER = (
    rf"(?:{_PLAIN}|[十百千](?=[兆億万千百十\d]))"
    rf"(?:\s*[兆億万千百十]+(?:\s*{_PLAIN}(?=\s*[億万千百十]|(?![\d,.])))?)*"
)
_GROUP = re.compile(rf"(?P<number>{_PLAIN})?\s*(?P<scale>[兆億万萬千百十]?)\s*")
_SIGN = re.compile(
    rf"(?:(?P<plus>\+)|(?P<mark>[△▲])|(?P<minus>[{re.escape(_MINUS[2:])}])(?=[\d十百千])|(?P<minus2>\u2212))\s*"
)


def unlatex(text: str) -> str:
    """Formula debris of OCR as plain signs, padded with blanks so that every position stays what it was.

    >>> unlatex(r"$\\triangle 1,743$ 億円")
    ' △         1,743  億円'
    """
    if "$" in text or "\\" in text:
        for pattern, plain in _LATEX:
            text = pattern.sub(partial(_padded, plain), text)
    return text


def _padded(sign: str, match: re.Match[str]) -> str:
    return sign.ljust(len(match.group()))


def shifted(value: Decimal, power: int) -> Decimal:
    """`value` times ten to the `power`, exact and with its digits written out (1.5 by 6 is 1500000).

    >>> shifted(Decimal("1.5"), 6), shifted(Decimal("100.0"), 0)
    (Decimal('1500000'), Decimal('100.0'))
    """
    if power == 0:
        return value
    product = EXACT.multiply(value, Decimal(10**power))
    whole = product.to_integral_value(context=EXACT_WHOLE)
    return whole if whole == product else product


def read_sign(text: str) -> tuple[int, int]:
    """(sign, length) of the sign `text` begins with: -1, 1, or 0 with length 0 where there is none.

    △ ▲ + may stand apart from the number; a dash is a minus only when a digit follows at once, because with
    a blank it is as well a bullet.
    """
    match = _SIGN.match(text)
    if not match:
        return 0, 0
    return (1 if match["plus"] else -1), match.end()


def parse_number(text: str) -> Decimal | None:
    """The number that the whole text is, exact, or None.

    >>> parse_number("△1,743億"), parse_number("▲ 19,761"), parse_number("66億150万3千")
    (Decimal('-174300000000'), Decimal('-19761'), Decimal('6601503000'))
    >>> parse_number("56・3"), parse_number("９２．５"), parse_number("二〇二五"), parse_number("百二十三")
    (Decimal('56.3'), Decimal('92.5'), Decimal('2025'), Decimal('123'))
    >>> [parse_number(s) for s in ("555,4229,622565,044", "1.5億300万", "014", "—")]
    [None, None, None, None]
    """
    plain = unlatex(narrow(text)).strip()
    sign, length = read_sign(plain)
    size = parse_unsigned(plain[length:])
    if size is None:
        return None
    return size.copy_negate() if sign < 0 and size else size


def parse_unsigned(text: str) -> Decimal | None:
    """The number of a narrowed text without sign, or None."""
    if _SPOKEN.search(text):
        return None
    plain = _NAKAGURO.sub(".", text.strip().translate(_KANJI_DIGITS))
    if not plain or sum(c.isdigit() for c in plain) > MOST_DIGITS or re.search(r"(?<![\d.,])0\d", plain):
        return None
    groups = _groups(plain)
    return _sum_of(groups) if groups else None


def _groups(plain: str) -> list[tuple[str | None, str]]:
    """[(digits or None, scale)] of the whole text, or [] where a character does not fit."""
    groups, position = [], 0
    while position < len(plain):
        match = _GROUP.match(plain, position)
        if not match or match.end() == position:
            return []
        groups.append((match["number"], match["scale"]))
        position = match.end()
    return groups


def _sum_of(groups: list[tuple[str | None, str]]) -> Decimal | None:
    total, section = Decimal(0), Decimal(0)
    big_before, small_before = 99, 9
    for index, (digits, scale) in enumerate(groups):
        last = index == len(groups) - 1
        fraction = digits is not None and "." in digits
        # a fraction is of the whole number: 「1.5億」 and 「1.2百万」, but not 「1.5億300万」
        if fraction and not (last or all(d is None for d, _ in groups[index + 1 :])):
            return None
        size = Decimal((digits or "1").replace(",", ""))
        if scale in BIG:
            if BIG[scale] >= big_before or (digits is None and not section):
                return None
            section = EXACT.add(section, size if digits else Decimal(0))
            if big_before < 99 and section >= 10 ** (big_before - BIG[scale]):
                return None
            total = EXACT.add(total, section.scaleb(BIG[scale], EXACT))
            section, big_before, small_before = Decimal(0), BIG[scale], 9
        else:
            power = SMALL.get(scale, 0)
            if power >= small_before or (small_before < 9 and size >= 10 ** (small_before - power)):
                return None
            if scale and digits is None and EXACT.remainder(section, Decimal(10)) != 0:
                return None
            section = EXACT.add(section, size.scaleb(power, EXACT))
            small_before = power
    if big_before < 99 and section >= 10**big_before:
        return None
    return EXACT.add(total, section)


def show_number(value: Decimal, decimals: int | None = None, *, minus: str = "△") -> str:
    """The number with commas; rounded half up by magnitude to `decimals`, or exact where None.

    Half up is the rule of the field (domain.md §1), negatives by magnitude (Mie prints -1.43 as ▲1.4).

    >>> show_number(Decimal(-1743)), show_number(Decimal("71.07"), 1), show_number(Decimal("-1.45"), 1)
    ('△1,743', '71.1', '△1.5')
    >>> show_number(Decimal("-0.04"), 1), show_number(Decimal("1E+3"), minus="-")
    ('0.0', '1,000')
    """
    if decimals is not None:
        value = value.quantize(Decimal((0, (1,), -decimals)), context=_ROUNDING)
    shown = format(value.copy_abs(), ",f")
    return f"{minus}{shown}" if value < 0 else shown
