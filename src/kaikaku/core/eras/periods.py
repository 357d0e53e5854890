"""Reading spans of fiscal years, and the one fiscal year a text names."""

from __future__ import annotations

import re

from kaikaku.core.eras.dates import parse_partial_date
from kaikaku.core.eras.model import era_letter
from kaikaku.core.eras.years import RANGE, Seen, parse_year, second_of_range, to_int, year_at
from kaikaku.core.text import narrow, unwrap

_LENGTH = re.compile(
    r"\s*の?\s*[(〔\[]?\s*(?P<years>\d{1,2}|[一二三四五六七八九十]{1,2})\s*(?:か|カ|ヶ|ケ|箇)?\s*年\s*(?:間|計画)?\s*[)〕\]]?\s*"
)
_TAIL = re.compile(r"\s*(?:末)?\s*(?:まで)?\s*")
_DATE_RANGE = re.compile(r"\s*(?:~|から|より)\s*")


def parse_fiscal_year(text: str, *, era: str | None = None) -> int | None:
    """The fiscal year, as the western year of its April, that the whole text names, or None.

    A date gives the fiscal year it falls in (令和6年3月 is FY2023); a bare calendar year gives itself.

    >>> [parse_fiscal_year(t) for t in ("令和8年度", "H30", "令和元年度", "平成32年度", "R6.3月末", "32年度")]
    [2026, 2018, 2019, 2020, 2023, None]
    """
    year = parse_year(text, era=era)
    if year:
        return year.western
    day = parse_partial_date(text, era=era)
    return (day.fiscal_year() or day.year) if day else None


def parse_period(text: str, *, era: str | None = None) -> tuple[int, int] | None:
    """(first, last) fiscal year of the span that the whole text is, or None.

    None too where the ends are in the wrong order or a stated length (5年間) does not fit, because one of
    the figures is then wrong and we cannot know which.

    >>> parse_period("R3~R6年度"), parse_period("令和6年度から令和10年度（5年間）"), parse_period("2019~2028")
    ((2021, 2024), (2024, 2028), (2019, 2028))
    >>> parse_period("H23-27"), parse_period("R6~R3"), parse_period("25~28"), parse_period("25~28", era="H")
    ((2011, 2015), None, None, (2013, 2016))
    """
    plain = unwrap(narrow(text))
    first = year_at(plain, 0, era=era_letter(era) if era else None)
    if not first:
        return None
    joint = RANGE.match(plain, first.end)
    second = second_of_range(plain, joint.end(), first=first) if joint else None
    if second:
        return _closed(plain, first=first, second=second)
    return _by_length(plain, joint.end() if joint else first.end, first=first) or _by_dates(plain, era)


def _closed(plain: str, *, first: Seen, second: Seen) -> tuple[int, int] | None:
    tail = _TAIL.match(plain, second.end)
    end = tail.end() if tail else second.end
    if end == len(plain):
        return first.western, second.western
    # 「令和3年度～令和6年度（2021～2024）」
    if plain[end] in "(〔[" and parse_period(plain[end:]) == (first.western, second.western):
        return first.western, second.western
    length = _LENGTH.fullmatch(plain, end)
    fits = length and to_int(length["years"]) == second.western - first.western + 1
    return (first.western, second.western) if fits else _by_dates(plain, None)


def _by_length(plain: str, position: int, *, first: Seen) -> tuple[int, int] | None:
    length = _LENGTH.fullmatch(plain, position)
    years = to_int(length["years"]) if length and position > first.end else None
    return (first.western, first.western + years - 1) if years else None


def _by_dates(plain: str, era: str | None) -> tuple[int, int] | None:
    """「令和6年4月から令和11年3月まで」: the fiscal years of both ends."""
    for joint in _DATE_RANGE.finditer(plain):
        start = parse_partial_date(plain[: joint.start()], era=era)
        tail = re.sub(r"\s*まで\s*$", "", plain[joint.end() :])
        bracket = re.search(r"\s*[(〔]([^()〔〕]*)[)〕]\s*$", tail)
        ending = parse_partial_date(
            tail[: bracket.start()].removesuffix("まで") if bracket else tail, era=era
        )
        if start and ending and start.month and ending.month and start <= ending:
            span = (start.fiscal_year() or start.year, ending.fiscal_year() or ending.year)
            length = _LENGTH.fullmatch(bracket.group()) if bracket else None
            fits = not length or to_int(length["years"]) == span[1] - span[0] + 1
            return span if fits else None
    return None
