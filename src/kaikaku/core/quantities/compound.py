"""Values in two or three units: 424時間44分, 1年6か月, 3割5分. Each is one exact value."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from kaikaku.core.numerals import EXACT, parse_unsigned
from kaikaku.core.quantities import words
from kaikaku.core.quantities.model import Quantity
from kaikaku.core.quantities.pieces import Piece, read_piece

_N = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_TIME = re.compile(
    rf"(?P<head>.*?)(?<![\d.,])(?:(?P<days>{_N})\s*日(?:間|と)?\s*)?(?:(?P<hours>{_N})\s*時間)?\s*(?:(?P<minutes>{_N})\s*分)?(?P<tail>\D*)$"
)
_TIME_UNITS = (("days", "日"), ("hours", "時間"), ("minutes", "分"))
_YEARS_MONTHS = re.compile(
    r"(?P<head>\D*?)(?P<years>\d+)\s*年\s*(?P<months>\d+)\s*(?:か|カ|ヵ|ヶ|ケ|箇)月(?:間)?(?P<tail>\D*)"
)
_WARI = re.compile(rf"(?P<head>.*?)(?P<wari>{_N})\s*割(?:\s*(?P<bu>\d)\s*分)?(?P<tail>\D*)$")


def read_time(raw: str, body: str, *, day_hours: Decimal | None) -> Quantity | None:
    """Two or three of 日, 時間 and 分 as one value in 分, or in 時間 where no minutes are printed.

    Days can be counted in only where it is known how many hours a day of work has.
    """
    match = _TIME.fullmatch(body)
    printed = [(match[name], unit) for name, unit in _TIME_UNITS if match[name]] if match else []
    numbers = [parse_unsigned(number) for number, _ in printed]
    frame = read_piece(f"{match['head']}1分{match['tail']}") if match and len(printed) > 1 else None
    if frame is None or None in numbers or any("." in number for number, _ in printed[:-1]):
        return None
    parts = tuple(
        (number, unit) for number, (_, unit) in zip(numbers, printed, strict=True) if number is not None
    )
    said = {unit: number for number, unit in parts}
    if said.get("分", Decimal(0)) >= 60:
        return None
    if "日" in said and day_hours is None:
        kept = frame.before + frame.after
        return Quantity(raw, None, unit="時間", parts=parts, reason="day_length", qualifiers=kept)
    total = EXACT.fma(said.get("日", Decimal(0)), day_hours or Decimal(0), said.get("時間", Decimal(0)))
    unit = "時間"
    if "分" in said:
        total, unit = EXACT.fma(total, Decimal(60), said["分"]), "分"
    return quantity_of(raw, replace(frame, value=_signed(total, frame), unit=unit), parts=parts)


def read_months(raw: str, body: str) -> Quantity | None:
    """1年6か月 is 18 months."""
    match = _YEARS_MONTHS.fullmatch(body)
    if not match:
        return None
    years, months = parse_unsigned(match["years"]), parse_unsigned(match["months"])
    frame = read_piece(f"{match['head']}1か月{match['tail']}")
    if frame is None or years is None or months is None or months >= 12:
        return None
    total = EXACT.fma(years, Decimal(12), months)
    parts = ((years, "年"), (months, "か月"))
    return quantity_of(raw, replace(frame, value=_signed(total, frame)), parts=parts)


def read_tenths(raw: str, body: str) -> Quantity | None:
    """5割 is 50 %, 3割5分 35 %, 1～2割 from 10 to 20 %."""
    match = _WARI.fullmatch(body)
    size = parse_unsigned(match["wari"]) if match else None
    if not match or size is None:
        return None
    lower = re.search(rf"({_N})\s*割?\s*~\s*$", match["head"])
    head = match["head"][: lower.start()] if lower else match["head"]
    frame = read_piece(f"{head}1%{match['tail']}")
    if frame is None:
        return None
    value = EXACT.fma(size, Decimal(10), Decimal(match["bu"] or 0))
    if lower is None:
        return quantity_of(raw, replace(frame, value=_signed(value, frame)))
    first = parse_unsigned(lower[1])
    if first is None or frame.sign < 0 or EXACT.multiply(first, Decimal(10)) > value:
        return None
    return replace(quantity_of(raw, replace(frame, value=EXACT.multiply(first, Decimal(10)))), upper=value)


def _signed(value: Decimal, frame: Piece) -> Decimal:
    return value.copy_negate() if frame.value < 0 and value else value


def quantity_of(raw: str, piece: Piece, *, parts: tuple[tuple[Decimal, str], ...] = ()) -> Quantity:
    """The Quantity a piece says, with the qualifiers in the order in which they are shown."""
    before = tuple(q for q in piece.before if q in words.BEFORE)
    bounds = tuple(q for q in piece.before if q not in words.BEFORE)
    return Quantity(
        raw, piece.value, unit=piece.unit, qualifiers=before + piece.after + bounds, change=piece.change,
        status=piece.status, note=piece.note, parts=parts,
    )  # fmt: skip
