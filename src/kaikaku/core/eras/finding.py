"""Years in running text, told from the dates and the counts around them."""

from __future__ import annotations

from bisect import bisect_right

from kaikaku.core.eras.dates import find_dates
from kaikaku.core.eras.model import Year
from kaikaku.core.eras.years import years_in
from kaikaku.core.text import Found, narrow


def find_years(text: str) -> list[Found[Year]]:
    """Every year in running text, but not those that are part of a date with its month (see find_dates).

    A western year counts only where 年, 年度, FY or a range shows that it is one.

    >>> [(f.raw, f.value.western) for f in find_years("R4実績はR6目標値（2021(令和3)年度比）の7年連続")]
    [('R4', 2022), ('R6', 2024), ('2021(令和3)年度', 2021)]
    """
    dates = [(found.start, found.end) for found in find_dates(text)]
    found = []
    for start, seen in years_in(narrow(text)):
        before = bisect_right(dates, (start, len(text))) - 1
        if before < 0 or start >= dates[before][1]:
            raw = text[start : seen.end]
            found.append(Found(start, seen.end, raw, Year(seen.western, seen.fiscal, raw)))
    return found
