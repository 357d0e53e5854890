"""Quantities in running text: only what has a unit that we know, and nothing that is a date or an ordinal."""

from __future__ import annotations

import re
from dataclasses import replace

from kaikaku.core.eras import find_dates, find_years
from kaikaku.core.numerals import NUMBER, unlatex
from kaikaku.core.quantities import words
from kaikaku.core.quantities.model import Quantity
from kaikaku.core.quantities.parse import parse_quantity
from kaikaku.core.quantities.units import SPELLINGS_BY_LENGTH
from kaikaku.core.text import Found, narrow

_BEFORE = "|".join(sorted("|".join(words.BEFORE.values()).split("|"), key=len, reverse=True))
_LEAD = re.compile(
    rf"(?:(?:{_BEFORE}|[≧≦≥≤])\s*)*(?:[△▲+±]\s*|(?<![^\s(（、。:：])[-−－])?(?:(?:{_BEFORE})\s*)?$"
)
_NUMBER = re.compile(rf"(?<![\d.,A-Za-z第~/])(?:\d(?: \d)+(?![\d.,])|{NUMBER}(?:[・･]\d+)?)")
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


def find_quantities(text: str) -> list[Found[Quantity]]:
    """Every quantity in a sentence or a cell, in order, each with the year that stands beside it.

    That is a year directly before it (R6実績3,318万枚) or in brackets after it (16.7%(R1)).

    >>> found = find_quantities("購入枚数が減少し（R6実績3,318万枚）、第2回は延べ約600人が参加（10月30日）")
    >>> [(f.raw, f.value.value, f.value.unit, f.value.fiscal_year) for f in found]
    [('3,318万枚', Decimal('33180000'), '枚', 2024), ('延べ約600人', Decimal('600'), '人', None)]
    """
    plain = unlatex(narrow(text))
    years = [(f.start, f.end, f.value.western) for f in find_years(text)]
    taken = [(f.start, f.end) for f in find_dates(text)] + [(start, end) for start, end, _ in years]
    found: list[Found[Quantity]] = []
    position = 0
    while match := _NUMBER.search(plain, position):
        position = match.end()
        # 「10月30日」 of no stated year is a date all the same
        if any(begin <= match.start() < end for begin, end in taken) or _MONTH_BEFORE.search(
            plain, max(0, match.start() - 4), match.start()
        ):
            continue
        end = _end_of(plain, match.end())
        if end is None:
            continue
        lead = _LEAD.search(plain, max(0, match.start() - 12), match.start())
        start = lead.start() if lead else match.start()
        quantity = _read(plain[start:end], text[start:end])
        if quantity is None:
            continue
        position = end
        found.append(Found(start, end, text[start:end], _dated(quantity, plain, start, years)))
    return found


def _end_of(plain: str, position: int) -> int | None:
    """Where the quantity whose first number ends at `position` ends; None where no unit follows."""
    later = _RANGE.match(plain, position)
    number = _NUMBER_ONLY.match(plain, later.end()) if later else None
    unit = None if _NOT_A_UNIT.match(plain, position) else _UNIT.match(plain, position)
    if number:
        unit = None if _NOT_A_UNIT.match(plain, number.end()) else _UNIT.match(plain, number.end())
    if not unit:
        return None
    end = unit.end()
    minutes = re.compile(r"\s?\d{1,2}分(?!野)").match(plain, end) if unit.group().strip() == "時間" else None
    later = _RANGE.match(plain, end)
    number = _NUMBER_ONLY.match(plain, later.end()) if later and not number else None
    second = _UNIT.match(plain, number.end()) if number else None
    end = minutes.end() if minutes else second.end() if second else end
    while word := _WORDS_AFTER.match(plain, end):
        end = word.end()
    bracket = _BRACKETED.match(plain, end)
    if bracket and re.fullmatch(r"(?:[RHS令平昭]|\d{4}年)[^、,。]*", bracket[1]):
        with_year = parse_quantity("1件" + bracket.group())
        if with_year.fiscal_year is not None and with_year.note is None:
            end = bracket.end()
    return end


def _read(plain: str, raw: str) -> Quantity | None:
    quantity = parse_quantity(plain)
    return replace(quantity, raw=raw) if quantity.value is not None and quantity.unit is not None else None


def _dated(quantity: Quantity, plain: str, start: int, years: list[tuple[int, int, int]]) -> Quantity:
    if quantity.fiscal_year is not None:
        return quantity
    for _, end, western in years:
        if end <= start and _YEAR_BEFORE.fullmatch(plain, end, start):
            return replace(quantity, fiscal_year=western)
    return quantity
