"""Spans of years inside running text, for titles and for the lines that state a plan's period."""

from __future__ import annotations

import re

from kaikaku.core.eras import find_years, parse_period
from kaikaku.core.text import narrow

_RANGE_CANDIDATE = re.compile(
    r"(?:令和|平成|昭和|西暦|R|H|S)?\s*(?:\d{1,4}|元)\s*(?:[（(][^()（）]{1,12}[)）])?\s*(?:年度?)?\s*(?:[（(][^()（）]{1,12}[)）])?\s*(?:~|-|から|より|〜)"
    r"\s*(?:令和|平成|昭和|西暦|R|H|S)?\s*\d{1,4}\s*(?:[（(][^()（）]{1,12}[)）])?\s*(?:年度?)?\s*(?:[（(][^()（）]{1,12}[)）])?(?:末)?(?:まで)?(?:の?\d{1,2}(?:年間|か年|ヵ年|カ年))?"
)
_PERIOD_WORD = re.compile(
    r"(?:計画|取組|推進|対象|実施|改革|大綱の|プランの|有効|推進)?期間|計画年度|推進年度|計画の期間"
)


def ranges_in(text: str) -> list[tuple[int, int, tuple[int, int]]]:
    """(start, end, (first year, last year)) of each span of fiscal years in a text.

    >>> ranges_in("いわて県民計画（2019~2028）第1期")
    [(8, 17, (2019, 2028))]
    >>> [span for _, _, span in ranges_in("計画期間は、令和3年度から令和7年度までの5年間とする。")]
    [(2021, 2025)]
    """
    plain = narrow(text)
    found = []
    for match in _RANGE_CANDIDATE.finditer(plain):
        period = _period(match.group())
        if period is not None and 0 < period[1] - period[0] <= 30:
            found.append((match.start(), match.end(), period))
    return found


def _period(text: str) -> tuple[int, int] | None:
    text = text.strip()
    for candidate in (
        text,
        re.sub(r"まで.*$", "", text),
        re.sub(r"(?:の?\d{1,2}(?:年間|か年|ヵ年|カ年))$", "", text),
    ):
        period = parse_period(candidate)
        if period is not None:
            return period
    return None


def names_period(text: str) -> bool:
    """Whether a heading or line speaks of the plan's period.

    >>> names_period("2 取組期間"), names_period("取組の概要")
    (True, False)
    """
    return _PERIOD_WORD.search(text) is not None


def single_years(text: str) -> list[tuple[int, int, int]]:
    """(start, end, fiscal year) of each 年度 in a text that is no end of a span.

    >>> single_years("推進プラン（令和8年度）"), single_years("計画（令和3年度～令和7年度）")
    ([(6, 11, 2026)], [])
    """
    spans = [(start, end) for start, end, _ in ranges_in(text)]
    return [
        (found.start, found.end, found.value.western)
        for found in find_years(text)
        if found.value.fiscal and not any(start <= found.start < end for start, end in spans)
    ]
