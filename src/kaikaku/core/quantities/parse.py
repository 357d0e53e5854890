"""From the text of a cell to a Quantity; what is not certain has no value but a reason."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from decimal import Decimal

from kaikaku.core.eras import find_years, parse_fiscal_year, parse_period
from kaikaku.core.numerals import EXACT, parse_unsigned, shifted, unlatex
from kaikaku.core.quantities import words
from kaikaku.core.quantities.blanks import blank_reason
from kaikaku.core.quantities.context import Context, peel
from kaikaku.core.quantities.model import Quantity
from kaikaku.core.quantities.pieces import Piece, read_piece
from kaikaku.core.quantities.units import split_unit
from kaikaku.core.text import narrow, unwrap

_N = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_TIME = re.compile(
    rf"(?P<head>.*?)(?<![\d.,])(?:(?P<days>{_N})\s*日(?:間|と)?\s*)?(?:(?P<hours>{_N})\s*時間)?\s*(?:(?P<minutes>{_N})\s*分)?(?P<tail>\D*)$"
)
_WARI = re.compile(rf"(?P<head>.*?)(?P<wari>{_N})\s*割(?:\s*(?P<bu>\d)\s*分)?(?P<tail>\D*)$")
_RANGE = re.compile(r"\s*(?:~|から|ないし|乃至)\s*")
_BAND = re.compile(r"(?P<lower>.+?(?:以上|超))\s*(?:、|,|かつ)?\s*(?P<upper>.+?(?:以下|未満|以内))$")
_SPACED_DIGITS = re.compile(r"(?<![\d.,])\d(?: \d)+(?![\d.,])")
# Longer texts are prose, or cells run together; find_quantities is for those
_LONGEST_CELL = 200
_SEPARATOR = re.compile(r"[→⇒⇨➡、;]|,\s")
_CALENDAR_YEAR = re.compile(r"(?:19|20|21)\d\d年度?")
_SQUARED = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0x3300, 0x3358), *range(0x3371, 0x33E0))
}
_WORDS = re.compile(r"[ぁ-んァ-ヶ\u4e00-\u9fff]")


def parse_quantity(text: str, *, unit: str | None = None, day_hours: Decimal | None = None) -> Quantity:
    """Read the whole text of a cell.

    `unit` is the unit its column or table states; 「千円」 scales, but only a number that has neither scale
    nor unit of its own. `day_hours` is how many hours a day of work has, where the document says so
    (conventions.md §5: 7時間45分); without it 11日3時間 has no value.

    >>> q = parse_quantity("120億円 (R3~R6年度累計)")
    >>> q.value, q.unit, q.fiscal_year, q.cumulative_from
    (Decimal('12000000000'), '円', 2024, 2021)
    >>> q = parse_quantity("延べ約600人")
    >>> q.value, q.unit, q.qualifiers
    (Decimal('600'), '人', ('延べ', '約'))
    >>> parse_quantity("424時間44分").value, parse_quantity("△12", unit="千円").value
    (Decimal('25484'), Decimal('-12000'))
    >>> parse_quantity("—").reason
    'dash'
    """
    column_power, column_unit = split_unit(unit) if unit else (0, None)
    if len(text) > _LONGEST_CELL:
        return Quantity(text, None, unit=column_unit, reason="words" if _WORDS.search(text) else "unreadable")
    plain = unlatex(narrow(text).replace("{,}", ",")).replace("**", "").translate(_SQUARED).strip()
    reason = blank_reason(plain)
    if reason:
        return Quantity(text, None, unit=column_unit, reason=reason)
    body, context = peel(plain)
    reason = blank_reason(body)
    if reason:
        return replace(_unknown(text, reason, context), unit=column_unit)
    body = _join_spaced_digits(body)
    found = None
    if not _CALENDAR_YEAR.fullmatch(body):
        found = (
            _time(text, body, day_hours)
            or _wari(text, body)
            or _plain(text, body, (column_power, column_unit))
        )
    if found is None:
        unknown = replace(_unknown(text, _why_not(body), context), unit=column_unit)
        return replace(unknown, fiscal_year=parse_fiscal_year(body)) if unknown.reason == "date" else unknown
    return _in_context(found, context)


def _unknown(text: str, reason: str, context: Context) -> Quantity:
    return Quantity(
        text, None, reason=reason, fiscal_year=context.fiscal_year, cumulative_from=context.cumulative_from,
        status=context.status, note=context.note,
    )  # fmt: skip


def _why_not(body: str) -> str:
    if not any(c.isdigit() for c in body):
        return "words" if _WORDS.search(body) else "unreadable"
    if parse_fiscal_year(body) or parse_period(body):
        return "date"
    spans = [(found.start, found.end) for found in find_years(body)]
    if spans and not any(c.isdigit() for i, c in enumerate(body) if not any(a <= i < b for a, b in spans)):
        return "words"
    parts = _SEPARATOR.split(unwrap(body))
    return "several" if len(parts) > 1 and all(_readable(part) for part in parts) else "unreadable"


def _readable(part: str) -> bool:
    return read_piece(peel(part.strip())[0]) is not None


def _join_spaced_digits(body: str) -> str:
    """「+ 1 3 大学等」: digits set apart are one number after a sign, or where the unit is set apart as well.

    In 「1 5つの視点」 the first digit numbers a heading.
    """
    run = _SPACED_DIGITS.search(body)
    if not run or any(c.isdigit() for c in body[: run.start()] + body[run.end() :]):
        return body
    if not (
        body[: run.start()].strip().endswith(("+", "△", "▲", "±")) or re.match(r"\s\S", body[run.end() :])
    ):
        return body
    return body[: run.start()] + run.group().replace(" ", "") + body[run.end() :]


def _in_context(found: Quantity, context: Context) -> Quantity:
    extra = tuple(q for q in context.qualifiers if q not in found.qualifiers)
    return replace(
        found,
        fiscal_year=context.fiscal_year,
        cumulative_from=context.cumulative_from,
        status=found.status or context.status,
        qualifiers=found.qualifiers + extra,
        note="".join(filter(None, (found.note, context.note))) or None,
    )


def _time(raw: str, body: str, day_hours: Decimal | None) -> Quantity | None:
    """Two or three of 日, 時間 and 分: one exact value in 分 (or 時間 where no minutes are printed)."""
    match = _TIME.fullmatch(body)
    if not match or sum(bool(match[name]) for name in ("days", "hours", "minutes")) < 2:
        return None
    days, hours, minutes = (
        parse_unsigned(match[n]) if match[n] else None for n in ("days", "hours", "minutes")
    )
    parts = tuple((n, u) for n, u in ((days, "日"), (hours, "時間"), (minutes, "分")) if n is not None)
    frame = read_piece(f"{match['head']}1分{match['tail']}")
    if frame is None or any(n is None for n in (hours if match["hours"] else Decimal(0),)):
        return None
    if minutes is not None and (minutes >= 60 or "." in (match["hours"] or "")):
        return None
    if days is not None and day_hours is None:
        return Quantity(
            raw, None, unit="時間", parts=parts, reason="day_length", qualifiers=frame.before + frame.after
        )
    total = EXACT.multiply((days or Decimal(0)), day_hours or Decimal(0)) + (hours or Decimal(0))
    unit = "時間"
    if minutes is not None:
        total, unit = EXACT.add(EXACT.multiply(total, Decimal(60)), minutes), "分"
    sign = -1 if frame.value < 0 else 1
    return _from_piece(raw, replace(frame, value=total * sign, unit=unit), parts)


def _wari(raw: str, body: str) -> Quantity | None:
    """5割 is 50 %, 3割5分 35 %."""
    match = _WARI.fullmatch(body)
    size = parse_unsigned(match["wari"]) if match else None
    if not match or size is None:
        return None
    lower = re.search(rf"({_N})\s*割?\s*~\s*$", match["head"])
    head = match["head"][: lower.start()] if lower else match["head"]
    frame = read_piece(f"{head}1%{match['tail']}")
    if frame is None:
        return None
    value = size * 10 + (Decimal(match["bu"]) if match["bu"] else Decimal(0))
    sign = -1 if frame.value < 0 else 1
    first = parse_unsigned(lower[1]) if lower else None
    if first is None:
        return _from_piece(raw, replace(frame, value=value * sign))
    if first * 10 > value:
        return None
    return replace(_from_piece(raw, replace(frame, value=first * 10 * sign)), upper=value * sign)


def _plain(raw: str, body: str, column: tuple[int, str | None]) -> Quantity | None:
    band = _BAND.fullmatch(body)
    if band:
        lower, upper = read_piece(band["lower"].strip(" 、,")), read_piece(band["upper"].strip())
        return _between(raw, lower, upper, column)
    joints = list(_RANGE.finditer(body))
    if len(joints) == 1 and joints[0].start() > 0:
        lower = read_piece(body[: joints[0].start()])
        upper = read_piece(re.sub(r"まで(?=$|の)", "", body[joints[0].end() :]))
        return _between(raw, lower, upper, column)
    piece = read_piece(body)
    return _from_piece(raw, _in_column(piece, column)) if piece else None


def _in_column(piece: Piece, column: tuple[int, str | None]) -> Piece:
    power, unit = column
    if piece.unit is not None:
        return piece
    value = piece.value if piece.scaled else shifted(piece.value, power)
    return replace(piece, unit=unit, value=value)


def _between(
    raw: str, lower: Piece | None, upper: Piece | None, column: tuple[int, str | None]
) -> Quantity | None:
    """A range; in 「3~5万人」 the scale belongs to both ends, as it does in speech, when 3 < 5."""
    if lower is None or upper is None or (lower.unit and upper.unit and lower.unit != upper.unit):
        return None
    shares_scale = upper.scaled and not lower.scaled and lower.unit is None and upper.coefficient
    if shares_scale and upper.coefficient and abs(lower.value) < upper.coefficient:
        factor = EXACT.divide(abs(upper.value), upper.coefficient)
        lower = replace(lower, value=EXACT.multiply(lower.value, factor), scaled=True)
    unit = upper.unit or lower.unit
    lower, upper = (
        _in_column(replace(lower, unit=unit), column),
        _in_column(replace(upper, unit=unit), column),
    )
    if lower.value > upper.value or (lower.change and not upper.change):
        return None
    joined = replace(
        lower, unit=upper.unit, after=lower.after + upper.after, status=upper.status or lower.status,
        note=upper.note or lower.note, change=upper.change,
    )  # fmt: skip
    return replace(_from_piece(raw, joined), upper=upper.value)


def _from_piece(raw: str, piece: Piece, parts: tuple[tuple[Decimal, str], ...] = ()) -> Quantity:
    before = tuple(q for q in piece.before if q in words.BEFORE)
    bounds = tuple(q for q in piece.before if q not in words.BEFORE)
    return Quantity(
        raw, piece.value, unit=piece.unit, qualifiers=before + piece.after + bounds, change=piece.change,
        status=piece.status, note=piece.note, parts=parts,
    )  # fmt: skip
