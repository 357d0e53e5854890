"""Quantities in running text: only what has a unit that we know, and nothing that is a date or an ordinal."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from kaikaku.core.eras import find_dates, find_years
from kaikaku.core.numerals import NUMBER, unlatex
from kaikaku.core.outline import read_markers
from kaikaku.core.quantities import words
from kaikaku.core.quantities.model import Quantity
from kaikaku.core.quantities.parse import parse_quantity
from kaikaku.core.quantities.units import NOUNS, SPELLINGS_BY_LENGTH, normal_unit
from kaikaku.core.text import Found, narrow

_BEFORE = "|".join(sorted("|".join(words.BEFORE.values()).split("|"), key=len, reverse=True))
_LEAD = re.compile(
    rf"(?:(?:{_BEFORE}|[≧≦≥≤])\s*)*(?:[△▲+±]\s*|(?<![^\s(（、。:：])[-−－])?(?:(?:{_BEFORE})\s*)?$"
)
_NUMBER = re.compile(rf"(?<![\d.,A-Za-z第~/])(?:(?<=[+△▲±])\s?\d(?: \d)+(?![\d.,])|{NUMBER}(?:[・･]\d+)?)")
_NUMBER_ONLY = re.compile(NUMBER)
_MONTH_BEFORE = re.compile(r"\d\s?月\s?$")
_SPELLINGS = [s for s in SPELLINGS_BY_LENGTH if len(s) > 1 or not s.isascii() or s in "%t"]
_UNIT = re.compile(
    r"\s?(?:" + "|".join(map(re.escape, _SPELLINGS)) + r")(?:/[人年月日件回世]帯?)?"
)  # fmt: skip
_NOT_A_UNIT = re.compile(
    r"\s?(?:日(?:付|本|常|曜)|(?:年|回|人|番|か月|日|件)目(?!標|的|指)|年(?:代|齢|生|次|度)|人(?:材|財|事|口|件|ひとり)"
    r"|時間帯|回線|件名|号|期|部(?:長|局|門|課)|t[A-Za-z])"
)
_WORDS_AFTER = re.compile("|".join([*words.AFTER.values(), *words.FALL.values(), *words.RISE.values()]))
_BRACKETED = re.compile(r"\s?[(（]([^()（）]{1,20})[)）]")
_YEAR_BEFORE = re.compile(
    r"\s*(?:末|度末)?(?:の)?(?:実績|決算|当初|目標値?|計画|現在)?(?:は|が|で|の|に)?\s*[::]?\s*$"
)
_RANGE = re.compile(r"\s?~\s?")
_MINUTES = re.compile(r"\s?\d{1,2}分(?!野)")
_WORD_GOES_ON = re.compile(r"[\u4e00-\u9fffァ-ヺー]")


def find_quantities(text: str) -> list[Found[Quantity]]:
    """Every quantity in a sentence or a cell, in order, each with the year that stands beside it.

    That is a year directly before it (R6実績3,318万枚) or in brackets after it (16.7%(R1)).

    >>> found = find_quantities("購入枚数が減少し（R6実績3,318万枚）、第2回は延べ約600人が参加（10月30日）")
    >>> [(f.raw, f.value.value, f.value.unit, f.value.fiscal_year) for f in found]
    [('3,318万枚', Decimal('33180000'), '枚', 2024), ('延べ約600人', Decimal('600'), '人', None)]
    """
    plain = unlatex(narrow(text))
    years = [(f.start, f.end, f.value.western) for f in find_years(text)]
    taken = sorted([(f.start, f.end) for f in find_dates(text)] + [(start, end) for start, end, _ in years])
    found: list[Found[Quantity]] = []
    position = _after_mark(text)
    while match := _NUMBER.search(plain, position):
        position = match.end()
        if _in_date(plain, match.start(), taken=taken) or (end := _end_of(plain, match.end())) is None:
            continue
        lead = _LEAD.search(plain, max(0, match.start() - 12), match.start())
        start = lead.start() if lead else match.start()
        quantity = _read(plain[start:end], text[start:end])
        if quantity is not None:
            position = end
            found.append(
                Found(start, end, text[start:end], _dated(quantity, plain, start=start, years=years))
            )
    return found


def _after_mark(text: str) -> int:
    """Where the words begin after the number of a heading: 「2 県庁DX」 is no two prefectures."""
    marks = read_markers(text)
    return len(text.rstrip()) - len(marks[-1].rest) if marks else 0


def _in_date(plain: str, start: int, *, taken: list[tuple[int, int]]) -> bool:
    index = bisect_right(taken, (start, len(plain))) - 1
    # 「10月30日」 is a date even where no year is stated
    return (index >= 0 and start < taken[index][1]) or bool(
        _MONTH_BEFORE.search(plain, max(0, start - 4), start)
    )


def _unit_at(plain: str, position: int) -> re.Match[str] | None:
    unit = None if _NOT_A_UNIT.match(plain, position) else _UNIT.match(plain, position)
    if unit and normal_unit(unit.group()) in NOUNS and _WORD_GOES_ON.match(plain, unit.end()):
        return None
    return unit


def _end_of(plain: str, position: int) -> int | None:
    """Where the quantity whose first number ends at `position` ends; None where no unit follows."""
    unit = _unit_at(plain, position)
    later = _RANGE.match(plain, unit.end() if unit else position)
    number = _NUMBER_ONLY.match(plain, later.end()) if later else None
    last = _unit_at(plain, number.end()) if number else None
    if not unit and not last:
        return None
    end = last.end() if last else unit.end() if unit else position
    if unit and not last and unit.group().strip() == "時間" and (minutes := _MINUTES.match(plain, end)):
        end = minutes.end()
    while word := _WORDS_AFTER.match(plain, end):
        end = word.end()
    bracket = _BRACKETED.match(plain, end)
    return bracket.end() if bracket and _tells_only_the_year(bracket.group()) else end


def _tells_only_the_year(bracket: str) -> bool:
    read = parse_quantity(f"1件{bracket}")
    return read.fiscal_year is not None and read.note is None


def _read(plain: str, raw: str) -> Quantity | None:
    quantity = parse_quantity(plain)
    return replace(quantity, raw=raw) if quantity.value is not None and quantity.unit is not None else None


def _dated(quantity: Quantity, plain: str, *, start: int, years: list[tuple[int, int, int]]) -> Quantity:
    """The quantity with the year that stands directly before it, if it has none of its own."""
    index = bisect_right(years, start, key=lambda year: year[1]) - 1
    if quantity.fiscal_year is None and index >= 0 and _YEAR_BEFORE.fullmatch(plain, years[index][1], start):
        return replace(quantity, fiscal_year=years[index][2])
    return quantity
