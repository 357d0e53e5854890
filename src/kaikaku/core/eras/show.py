"""Printing years and dates."""

from __future__ import annotations

from datetime import date
from typing import Literal

from kaikaku.core.eras.model import era_of_date, era_of_fiscal_year

YearStyle = Literal["era", "short", "western", "both"]
DateStyle = Literal["era", "weekday", "western", "short"]
_WEEKDAYS = "月火水木金土日"


def _first_is_gannen(number: int) -> str:
    return "元" if number == 1 else str(number)


def show_fiscal_year(fiscal_year: int, style: YearStyle = "era") -> str:
    """A fiscal year in words; a year before 明治 in the western style, having no other.

    >>> [show_fiscal_year(2019, s) for s in ("era", "short", "western", "both")]
    ['令和元年度', 'R元', '2019年度', '令和元年度（2019年度）']
    """
    western = f"{fiscal_year}年度"
    era = era_of_fiscal_year(fiscal_year)
    if style == "western" or era is None:
        return western
    letter, name, number = era
    if style == "short":
        return f"{letter}{_first_is_gannen(number)}"
    shown = f"{name}{_first_is_gannen(number)}年度"
    return f"{shown}（{western}）" if style == "both" else shown


def show_date(day: date, style: DateStyle = "era") -> str:
    """A date in words; the era is that of the day itself (2019-04-30 is 平成31年).

    >>> [show_date(date(2023, 11, 24), s) for s in ("era", "weekday", "western", "short")]
    ['令和5年11月24日', '令和5年11月24日（金）', '2023年11月24日', 'R5.11.24']
    >>> show_date(date(2019, 4, 30)), show_date(date(2019, 5, 1))
    ('平成31年4月30日', '令和元年5月1日')
    """
    era = era_of_date(day)
    if style == "western" or era is None:
        return f"{day.year}年{day.month}月{day.day}日"
    letter, name, number = era
    if style == "short":
        return f"{letter}{_first_is_gannen(number)}.{day.month}.{day.day}"
    shown = f"{name}{_first_is_gannen(number)}年{day.month}月{day.day}日"
    return f"{shown}（{_WEEKDAYS[day.weekday()]}）" if style == "weekday" else shown
