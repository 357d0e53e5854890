"""Reading dates, whole or partial, in either calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kaikaku.core.eras.model import PartialDate, era_letter
from kaikaku.core.eras.years import KANJI_NUMBER, Seen, to_int, year_at
from kaikaku.core.text import Found, narrow, unwrap

_N = rf"(?:\d{{1,2}}(?!\d)|{KANJI_NUMBER})"
_MONTH_DAY = re.compile(rf"\s*(?P<month>{_N})\s*月(?:\s*(?P<day>{_N})\s*日(?!間|本|常))?")
_MONTH_RANGE = re.compile(rf"\s*(?P<month>{_N})(?=\s*[~・]\s*{_N}\s*月)")
_POINTS = re.compile(
    r"\s?(?P<mark>[./-])\s?(?P<month>\d{1,2})(?!\d)(?:\s?(?P=mark)\s?(?P<day>\d{1,2})(?![\d.]))?"
)
_LATER = re.compile(
    rf"\s*[~―—–-]\s*(?:(?:(?P<month>{_N})\s*月)(?:\s*(?P<day>{_N})\s*日)?|(?P<only_day>{_N})\s*日(?!間))"
)
_WEEKDAY = re.compile(r"\s*\(\s*[月火水木金土日](?:曜日?)?(?:・祝)?\s*\)")
_EDGE = re.compile(r"(?:\s*末)?(?:\s*(?:現在|時点|付け?))?\s*")
_START = re.compile(r"[令平昭大明㋿㍻㍼㍽㍾MTSHR12西一二]")


def _valid(year: int, *, month: str | None, day: str | None = None) -> PartialDate | None:
    month_number, day_number = to_int(month) if month else None, to_int(day) if day else None
    if month and not (month_number and 1 <= month_number <= 12):
        return None
    if day:
        try:
            date(year, month_number or 0, day_number or 0)
        except ValueError:
            return None
    return PartialDate(year, month_number, day_number)


def _date_at(text: str, position: int, *, era: str | None = None) -> tuple[PartialDate, int] | None:
    """The date with at least its month at `position` of a narrowed text, and where it ends."""
    year = year_at(text, position, era=era)
    if not year or year.unit == "年度":
        return None
    match = _MONTH_DAY.match(text, year.end) or _MONTH_RANGE.match(text, year.end) if year.unit else None
    match = match or _points_at(text, year)
    if not match:
        return None
    value = _valid(year.western, month=match["month"], day=match.groupdict().get("day"))
    if not value:
        return None
    weekday = _WEEKDAY.match(text, match.end()) if value.day else None
    return value, weekday.end() if weekday else match.end()


def _points_at(text: str, year: Seen) -> re.Match[str] | None:
    """「.11.24」 after the year; the month alone only after an era (H27.3), as 2023.9 may be a decimal."""
    match = _POINTS.match(text, year.end)
    if year.unit or not match:
        return None
    if match["day"] is None and (year.era is None or match["mark"] != "."):
        return None
    suffix = re.compile(r"\s?月").match(text, match.end()) if match["day"] is None else None
    return re.compile(_POINTS.pattern + r"\s?月").match(text, year.end) if suffix else match


def _later_at(text: str, position: int, *, before: PartialDate) -> tuple[int, int, PartialDate] | None:
    """The later end of a range that leaves out its year: 「令和5年9月15日～10月27日」."""
    match = _LATER.match(text, position)
    if not match:
        return None
    month = match["month"] or str(before.month)
    value = _valid(before.year, month=month, day=match["day"] or match["only_day"])
    # an earlier month is next year's, perhaps; nobody said so
    if not value or (value.month or 0, value.day or 99) < (before.month or 0, before.day or 0):
        return None
    start = match.start("month") if match["month"] else match.start("only_day")
    weekday = _WEEKDAY.match(text, match.end())
    return start, weekday.end() if weekday else match.end(), value


def _dates_in(text: str) -> Iterator[tuple[int, int, PartialDate]]:
    position = 0
    while match := _START.search(text, position):
        seen = _date_at(text, match.start())
        if not seen:
            position = match.start() + 1
            continue
        value, position = seen
        yield match.start(), position, value
        while later := _later_at(text, position, before=value):
            start, position, value = later
            yield start, position, value


def parse_partial_date(text: str, *, era: str | None = None) -> PartialDate | None:
    """The calendar date, perhaps without day or month, that the whole text is, or None.

    A fiscal year is no date.

    >>> [d and d.iso() for d in map(parse_partial_date, ("令和5年12月", "R5.11", "令和5年", "令和5年度"))]
    ['2023-12', '2023-11', '2023', None]
    """
    plain = unwrap(narrow(text))
    letter = era_letter(era) if era else None
    seen = _date_at(plain, 0, era=letter)
    if seen:
        return seen[0] if _EDGE.fullmatch(plain, seen[1]) else None
    if month := re.fullmatch(r"(\d{4})\s?[./-]\s?(\d{1,2})", plain):
        year = year_at(month[1], 0)
        return _valid(year.western, month=month[2]) if year else None
    year = year_at(plain, 0, era=letter)
    whole = year and (year.unit == "年" or (year.era is None and not year.unit))
    return PartialDate(year.western) if year and whole and _EDGE.fullmatch(plain, year.end) else None


def parse_date(text: str, *, era: str | None = None) -> date | None:
    """The full date that the whole text is, or None. 「11.4.1」 is one only where `era` is given.

    >>> parse_date("2023.9.15"), parse_date("令和八年一月五日")
    (datetime.date(2023, 9, 15), datetime.date(2026, 1, 5))
    >>> parse_date("11.4.1"), parse_date("11.4.1", era="H")
    (None, datetime.date(1999, 4, 1))
    """
    value = parse_partial_date(text, era=era)
    return value.date() if value else None


def find_dates(text: str) -> list[Found[PartialDate]]:
    """Every date in running text that has at least its month; the later end of a range takes over the year.

    >>> [(f.raw, f.value.iso()) for f in find_dates("令和5年9月15日～10月27日、R5.11～")]
    [('令和5年9月15日', '2023-09-15'), ('10月27日', '2023-10-27'), ('R5.11', '2023-11')]
    >>> [(f.raw, f.value.iso()) for f in find_dates("令和6年2～3月")]
    [('令和6年2', '2024-02'), ('3月', '2024-03')]
    """
    return [Found(start, end, text[start:end], value) for start, end, value in _dates_in(narrow(text))]
