"""Printing a quantity so that reading it again gives the same value."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from kaikaku.core.eras import show_fiscal_year
from kaikaku.core.numerals import EXACT, show_number
from kaikaku.core.quantities import words
from kaikaku.core.quantities.blanks import reason_sign
from kaikaku.core.quantities.model import Quantity
from kaikaku.core.quantities.units import NEVER_SCALED

Scale = Literal["auto", "base"]
# Name, power of ten, and the number of its tenths from which the larger scale takes over: Aomori prints
# 10,897億円, but nobody 15,800万円.
_SCALES = (("兆", 12, 10**9), ("億", 8, 10**6), ("万", 4, 10**5))


def show_quantity(quantity: Quantity, *, scale: Scale = "auto", year: bool = False) -> str:
    """The value in print: commas, △ for minus, 兆 億 万 where they lose nothing, qualifiers in place.

    `scale="base"` writes all digits. With `year` the year or window follows in brackets. A quantity without
    a value shows the sign of its reason (－ なし 集計中 …), or its own text where only that can say it.

    >>> from kaikaku.core.quantities import parse_quantity
    >>> [show_quantity(parse_quantity(t)) for t in ("66億150万3千円", "33180000枚", "おおむね5割以上")]
    ['66億150万3千円', '3,318万枚', '概ね50%以上']
    >>> show_quantity(parse_quantity("75.6億円"), scale="base")
    '7,560,000,000円'
    >>> show_quantity(parse_quantity("100％(R7)"), year=True)
    '100%（R7）'
    """
    if quantity.value is None:
        sign = reason_sign(quantity.reason or "unreadable")
        return quantity.raw.strip() if sign is None else sign
    before = "".join(q for q in quantity.qualifiers if q in words.BEFORE and q not in words.AFTER)
    after = [q for q in quantity.qualifiers if q not in words.BEFORE or q in words.AFTER]
    body = _body(quantity, after, scale=scale)
    return f"{before}{body}{_year(quantity) if year else ''}"


def _body(quantity: Quantity, after: list[str], *, scale: Scale) -> str:
    value = quantity.value if quantity.value is not None else Decimal(0)
    worded = any(word in words.FALL or word in words.RISE for word in after)
    plus = "+" if quantity.change and not worded and value >= 0 else ""
    if worded and any(word in words.FALL for word in after):
        value = value.copy_abs()
    first = _parts(quantity) or _amount(value, quantity.unit, scale=scale)
    if quantity.upper is None:
        return f"{plus}{first}{''.join(after)}"
    upper = quantity.upper.copy_abs() if worded and quantity.upper < 0 else quantity.upper
    last = _amount(upper, quantity.unit, scale=scale)
    # 「3～5万人」 would be read as 3万; the unit on the first number says that it is not
    if not any(name in last for name, _, _ in _SCALES) or any(name in first for name, _, _ in _SCALES):
        bare = first.removesuffix(quantity.unit or "")
    else:
        bare = first
    if "以上" in after[:1] or "超" in after[:1]:
        return f"{plus}{first}{after[0]}{last}{''.join(after[1:])}"
    return f"{plus}{bare}～{last}{''.join(after)}"


def _parts(quantity: Quantity) -> str:
    minus = "△" if quantity.value is not None and quantity.value < 0 else ""
    shown = "".join(f"{show_number(number)}{unit}" for number, unit in quantity.parts)
    return minus + shown if shown else ""


def _amount(value: Decimal, unit: str | None, *, scale: Scale) -> str:
    scaled = scale == "auto" and unit is not None and unit not in NEVER_SCALED
    number = _scaled(value.copy_abs(), unit) if scaled else None
    if number is None:
        return f"{show_number(value)}{unit or ''}"
    return f"{'△' if value < 0 else ''}{number}{unit}"


def _scaled(size: Decimal, unit: str | None) -> str | None:
    """「75.6億」「10,897億」「1億5,800万」, of money 「66億150万3千」; None where digits say it better."""
    for name, power, limit in _SCALES:
        tenths = size.scaleb(1 - power, EXACT)
        if 10 <= tenths < limit and tenths == tenths.to_integral_value():
            coefficient = size.scaleb(-power, EXACT)
            whole = coefficient.to_integral_value()
            return f"{show_number(whole if whole == coefficient else coefficient.normalize(EXACT))}{name}"
    return _compound(size, thousands=unit == "円") if size >= 10**8 else None


def _compound(size: Decimal, *, thousands: bool) -> str | None:
    if size != size.to_integral_value():
        return None
    rest, shown = int(size), ""
    for name, power, _ in _SCALES:
        whole, rest = divmod(rest, 10**power)
        shown += f"{whole:,}{name}" if whole else ""
    if rest and thousands and rest % 1000 == 0:
        return f"{shown}{rest // 1000}千"
    return None if rest else shown


def _year(quantity: Quantity) -> str:
    if quantity.fiscal_year is None:
        return ""
    last = show_fiscal_year(quantity.fiscal_year, "short")
    if quantity.cumulative_from is None:
        return f"（{last}）"
    return f"（{show_fiscal_year(quantity.cumulative_from, 'short')}～{last}年度累計）"
