"""From the text of a cell to a Quantity; what is not certain has no value but a reason."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from kaikaku.core.eras import find_years, parse_fiscal_year, parse_period
from kaikaku.core.numerals import EXACT, shifted, unlatex
from kaikaku.core.quantities.blanks import blank_reason
from kaikaku.core.quantities.compound import quantity_of, read_months, read_tenths, read_time
from kaikaku.core.quantities.context import Context, peel
from kaikaku.core.quantities.model import Quantity
from kaikaku.core.quantities.pieces import Piece, read_piece
from kaikaku.core.quantities.units import spellings_at, split_unit
from kaikaku.core.text import narrow, unwrap

Column = tuple[int, str | None]
_RANGE = re.compile(r"\s*(?:~|から|ないし|乃至)\s*")
_BAND = re.compile(r"(?P<lower>.+?(?:以上|超))\s*(?:、|,|かつ)?\s*(?P<upper>.+?(?:以下|未満|以内))$")
_SPACED_DIGITS = re.compile(r"(?<![\d.,])\d(?: \d)+(?![\d.,])")
# Longer texts are prose, or cells run together; find_quantities is for those
_LONGEST_CELL = 200
_SEPARATOR = re.compile(r"[→⇒⇨➡、;]|,\s")
_SQUARED = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0x3300, 0x3358), *range(0x3371, 0x33E0))
}
_WORDS = re.compile(r"[ぁ-んァ-ヶ\u4e00-\u9fff]")


@lru_cache(maxsize=4096)  # an entry's checks ask for the same few texts half a dozen times
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
    column = split_unit(unit) if unit else (0, None)
    if len(text) > _LONGEST_CELL:
        return Quantity(text, None, unit=column[1], reason="words" if _WORDS.search(text) else "unreadable")
    plain = unlatex(narrow(text).replace("{,}", ",")).replace("**", "").translate(_SQUARED).strip()
    if reason := _blank(plain):
        return Quantity(text, None, unit=column[1], reason=reason)
    if _names_a_year(plain):
        return Quantity(text, None, unit=column[1], reason="date", fiscal_year=parse_fiscal_year(plain))
    body, context = peel(plain)
    column, context = _unit_in_brackets(column, context)
    body = _join_spaced_digits(body)
    reason = _blank(body)
    found = None if reason else _value(text, body, column=column, day_hours=day_hours)
    if found is None:
        return replace(_unknown(text, reason or _why_not(body), context=context), unit=column[1])
    return _in_context(found, context)


def _value(raw: str, body: str, *, column: Column, day_hours: Decimal | None) -> Quantity | None:
    compound = read_time(raw, body, day_hours=day_hours) or read_months(raw, body) or read_tenths(raw, body)
    return compound or _plain(raw, body, column=column)


def _blank(plain: str) -> str | None:
    """The reason of a blank cell; a unit may stand after its sign (「－%」「…人」)."""
    if reason := blank_reason(plain):
        return reason
    signed = re.fullmatch(r"([^\w\s]+)\s*(\S{1,4})", plain)
    sign_only = signed and spellings_at(signed[2]) and len(spellings_at(signed[2])[0]) == len(signed[2])
    reason = blank_reason(signed[1]) if signed and sign_only else None
    return reason if reason in ("dash", "ellipsis", "asterisk") else None


def _names_a_year(plain: str) -> bool:
    bare = re.fullmatch(r"[\d,.]+", plain)
    return not bare and (parse_fiscal_year(plain) is not None or parse_period(plain) is not None)


def _unit_in_brackets(column: Column, context: Context) -> tuple[Column, Context]:
    """「1,000（千円）」「80.0(%)」: a bracket with nothing but a unit we know says the unit."""
    for note in context.notes:
        known = spellings_at(unwrap(note)) or spellings_at(unwrap(note).lstrip("十百千万億"))
        power, unit = split_unit(note)
        if known and unit == split_unit(known[0])[1] and note != unwrap(note):
            return (power, unit), replace(context, notes=tuple(n for n in context.notes if n != note))
    return column, context


def _unknown(text: str, reason: str, *, context: Context) -> Quantity:
    return Quantity(
        text, None, reason=reason, fiscal_year=context.fiscal_year, cumulative_from=context.cumulative_from,
        status=context.status, note=context.note,
    )  # fmt: skip


def _why_not(body: str) -> str:
    if not any(c.isdigit() for c in body):
        return "words" if _WORDS.search(body) else "unreadable"
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


def _plain(raw: str, body: str, *, column: Column) -> Quantity | None:
    band = _BAND.fullmatch(body)
    if band:
        lower, upper = read_piece(band["lower"].strip(" 、,")), read_piece(band["upper"].strip())
        return _between(raw, (lower, upper), column=column)
    joints = list(_RANGE.finditer(body))
    if len(joints) == 1 and joints[0].start() > 0:
        lower = read_piece(body[: joints[0].start()])
        upper = read_piece(re.sub(r"まで(?=$|の)", "", body[joints[0].end() :]))
        return _between(raw, (lower, upper), column=column)
    piece = read_piece(body)
    return quantity_of(raw, _in_column(piece, column)) if piece else None


def _in_column(piece: Piece, column: Column) -> Piece:
    power, unit = column
    if piece.unit is not None:
        return piece
    value = piece.value if piece.scaled else shifted(piece.value, power)
    return replace(piece, unit=unit, value=value)


def _between(raw: str, ends: tuple[Piece | None, Piece | None], *, column: Column) -> Quantity | None:
    """A range; in 「3~5万人」 the scale belongs to both ends, as it does in speech, when 3 < 5."""
    lower, upper = ends
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
    return replace(quantity_of(raw, joined), upper=upper.value)
