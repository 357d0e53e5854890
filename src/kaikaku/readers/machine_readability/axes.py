"""Rules on the two axes that join one table to another, time and place: L3-05, L3-06."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kaikaku.core.text import narrow
from kaikaku.readers.machine_readability.book import Column, Datum, Holds
from kaikaku.readers.machine_readability.finding import Finding, Subject, found
from kaikaku.readers.machine_readability.layout import Table
from kaikaku.readers.machine_readability.words import (
    AREA_CODE,
    AREA_NAME,
    MUNICIPAL,
    REPEATS,
    SHORT_PREFECTURES,
    is_era_date,
    is_time_column,
    is_wording_column,
    is_year,
    lacks_year,
    lone_era,
)

_WHOLE: Final = re.compile(
    r".*計$|全国|全県|県全体|その他|不明|平均|.*(?:地方|地域|圏|管内|保健所|振興局|事務所)$"
)
_OFFICIAL: Final = re.compile(r".+[都道府県市区町村郡]|北海道")
_SURE_ERA: Final = re.compile(
    r"(?:令和|平成|昭和)|(?<![A-Za-z0-9])[RHS]\.?\s?(?:元|\d{1,2})\s?"
    r"(?:[)]|年|目標|実績|見込|現状|基準|計画|当初|決算|予算|\.\d)"
)
_ISO: Final = re.compile(r"(?:18|19|20)\d{2}(?:[-/.年（(].*)?|(?:19|20)\d{8}")


def check_time(subject: Subject) -> Iterator[Finding]:
    """L3-05: years and dates in an era alone, in cells or names, where no column gives the western ones."""
    for table in subject.tables:
        heads = [(column, datum) for column in table.columns for datum in table.header_cells(column)[:1]]
        named = [datum for column, datum in heads if lone_era(column.name)]
        sure = [datum for datum in named if _SURE_ERA.search(narrow(datum.text))]
        if sure:
            yield found("L3-05", "項目名の年が和暦だけです。", table.sheet, data=sure)
        elif named:
            message = "項目名に和暦の年らしい表記があります。年なら、西暦を添えてください。"
            yield found("L3-05", message, table.sheet, data=named, sure=False)
        western = any(_is_western(column) for column in table.columns)
        for column in table.columns:
            if is_wording_column(column.name):
                continue
            eras = [datum for datum in column.cells if _is_lone_era(datum, column)]
            if eras and not western and (is_time_column(column.name) or len(eras) * 2 > len(column.cells)):
                yield found("L3-05", "年や日付が和暦だけで書かれています。", table.sheet, data=eras)
            short = [datum for datum in column.cells if lacks_year(datum.text)]
            if short and is_time_column(column.name) and not western:
                message = "年のない日付があります。年が分かる列があるかを確かめてください。"
                yield found("L3-05", message, table.sheet, data=short, sure=False)


def _is_lone_era(datum: Datum, column: Column) -> bool:
    """A letter and a number make a year only where the column's name says so (R5 may be a code)."""
    if datum.holds is not Holds.TEXT or not is_era_date(datum.text):
        return False
    return is_time_column(column.name) or not narrow(datum.text)[:1].isascii()


def _is_western(column: Column) -> bool:
    """A column of western years or dates that is named as one."""
    if not column.cells or not (is_time_column(column.name) or "西暦" in column.name):
        return False
    western = sum(
        datum.holds is Holds.DATE or is_year(datum.text) or _ISO.fullmatch(datum.text) is not None
        for datum in column.cells
    )
    return western * 2 > len(column.cells)


def check_area(subject: Subject) -> Iterator[Finding]:
    """L3-06: names without 県 or 市, and codes that lost their zeros; a column of codes excuses names."""
    for table in subject.tables:
        coded = any(AREA_CODE.search(column.name) and column.cells for column in table.columns)
        for column in table.columns:
            if AREA_CODE.search(column.name):
                yield from _short_codes(table, column)
            elif not coded and column.cells:
                yield from _short_names(table, column)


def _short_codes(table: Table, column: Column) -> Iterator[Finding]:
    """A code has five digits, or six with its check digit: fewer than five have lost zeros at the head."""
    if "都道府県" in column.name or "pref" in column.name.lower():
        return
    lost = [datum for datum in column.cells if re.fullmatch(r"\d{1,4}", datum.text)]
    if lost:
        message = "地域コードの桁が足りません。先頭の0が失われています（文字として入力してください）。"
        sure = all(datum.is_number for datum in lost) and "団体コード" in column.name
        yield found("L3-06", message, table.sheet, data=lost, sure=sure)


def _short_names(table: Table, column: Column) -> Iterator[Finding]:
    named = AREA_NAME.search(column.name) is not None
    prefectures = [datum for datum in column.cells if datum.text in SHORT_PREFECTURES]
    if named and prefectures:
        yield found("L3-06", "都道府県の名前が正式な名称ではありません。", table.sheet, data=prefectures)
    elif len(prefectures) >= 3 and len(prefectures) * 5 >= 4 * len(column.cells):
        message = "都道府県を略した名前に見えます。地域の列なら、正式な名称にしてください。"
        yield found("L3-06", message, table.sheet, data=prefectures, sure=False)
    elif MUNICIPAL.search(column.name):
        yield from _short_municipalities(table, column.cells)


def _short_municipalities(table: Table, cells: Sequence[Datum]) -> Iterator[Finding]:
    official = sum(_OFFICIAL.fullmatch(datum.text) is not None for datum in cells)
    ignored = (_OFFICIAL, _WHOLE, REPEATS)
    short = [d for d in cells if not any(pattern.fullmatch(d.text) for pattern in ignored)]
    if not short:
        return
    message = "市区町村の名前が正式な名称ではないように見えます。"
    yield found("L3-06", message, table.sheet, data=short, sure=official * 5 >= 4 * len(cells))
