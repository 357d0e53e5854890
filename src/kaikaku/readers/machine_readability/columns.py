"""Rules on what a column's values are to each other: L2-02, L2-04, L2-05, L3-02, L3-07, L3-09."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from kaikaku.core.text import fold
from kaikaku.readers.machine_readability.book import Column, Datum, Holds
from kaikaku.readers.machine_readability.finding import Finding, Subject, found
from kaikaku.readers.machine_readability.layout import Table
from kaikaku.readers.machine_readability.rules import RULES
from kaikaku.readers.machine_readability.words import (
    AREA_CODE,
    PREFECTURES,
    REPEATS,
    SHORT_PREFECTURES,
    has_meant_codes,
    is_code_column,
    is_time_column,
    is_wording_column,
    without_years,
    years_in,
)

_CIRCLES: Final = str.maketrans("◯〇⭕", "○○○")
_OTHER: Final = re.compile(r"その他\s*[（(:：\-－].+")
_MONTH: Final = re.compile(r"(?:1[0-2]|[1-9])月")
_CODE_VALUE: Final = re.compile(r"[A-Za-z0-9_-]{1,6}")
_CODE_SHEET: Final = re.compile(r"コード|code|凡例|定義|説明|項目|この資料|README", re.IGNORECASE)
_LONGEST_CHOICE: Final = 20


def check_repeats(subject: Subject) -> Iterator[Finding]:
    """L2-02: 同上 and its like are sure; blanks below a filled first cell may be omissions or unknown."""
    for table in subject.tables:
        numbers = [column.index for column in table.numbers]
        first_number = min(numbers, default=table.area.right)
        for column in table.columns:
            same = [datum for datum in column.cells if REPEATS.fullmatch(datum.text)]
            if same:
                yield found("L2-02", "「同上」などで上の行の内容を省略しています。", table.sheet, data=same)
            elif column.index < first_number and _has_steps(column, table):
                message = (
                    f"「{column.name}」の列に空欄が続きます。上と同じ内容なら、すべての行に入力してください。"
                )
                yield found("L2-02", message, table.sheet, data=column.cells[:1], sure=False)


def _has_steps(column: Column, table: Table) -> bool:
    """Filled in the first row, then blank in between, never twice the same below itself."""
    rows = [datum.row for datum in column.cells]
    texts = [datum.text for datum in column.cells]
    blank = table.height - len(rows)
    return (
        bool(rows)
        and rows[0] == table.data_top
        and blank * 4 >= table.height
        and not is_wording_column(column.name)
        and len(set(texts)) == len(texts)
        and (len(texts) > 1 or table.height > 2)
    )


def choices(table: Table) -> Iterator[Column]:
    """The columns whose values are chosen from a few: short words that come again."""
    for column in table.columns:
        texts = [datum.text for datum in column.cells if datum.holds is Holds.TEXT]
        named_otherwise = is_wording_column(column.name) or is_code_column(column.name)
        if len(texts) < 4 or len(texts) < len(column.cells) or named_otherwise:
            continue
        short = all(len(text) <= _LONGEST_CHOICE or _OTHER.fullmatch(text) for text in texts)
        if short and len(set(texts)) <= max(2, len(texts) // 2) and not is_time_column(column.name):
            yield column


def check_choices(subject: Subject) -> Iterator[Finding]:
    """L2-04: the same choice in two spellings (width, blanks, look-alike circles)."""
    for table in subject.tables:
        for column in choices(table):
            spellings: dict[str, Counter[str]] = defaultdict(Counter)
            for datum in column.cells:
                spellings[fold(datum.text.translate(_CIRCLES))][datum.text] += 1
            for same in spellings.values():
                if len(same) > 1:
                    words = "、".join(f"「{text}」" for text, _ in same.most_common(4))
                    rarer = {text for text, _ in same.most_common()[1:]}
                    data = [datum for datum in column.cells if datum.text in rarer]
                    yield found(
                        "L2-04", f"同じ選択肢に書き方が混ざっています：{words}。", table.sheet, data=data
                    )


def check_other(subject: Subject) -> Iterator[Finding]:
    """L2-05: その他（…） among choices that come again; elsewhere it may be a name."""
    for table in subject.tables:
        for column in table.columns:
            others = [datum for datum in column.cells if _OTHER.fullmatch(datum.text)]
            if not others or is_wording_column(column.name):
                continue
            rest = Counter(datum.text for datum in column.cells if not _OTHER.fullmatch(datum.text))
            sure = bool(rest) and sum(rest.values()) >= 3 and max(rest.values()) > 1
            message = "「その他」の内容が選択肢の列に書かれています。"
            if not sure:
                message += "選択肢の列かを確かめてください。"
            yield found("L2-05", message, table.sheet, data=others, sure=sure)


def check_codes(subject: Subject) -> Iterator[Finding]:
    """L3-02: codes of a few letters or digits, and no sheet that could say what they mean."""
    if any(sheet.visible and _CODE_SHEET.search(sheet.name or "") for sheet in subject.book.sheets):
        return
    for table in subject.tables:
        for column in table.columns:
            values = [datum for datum in column.cells if _CODE_VALUE.fullmatch(datum.text)]
            few = len({datum.text for datum in values}) * 2 <= len(values)
            meant = has_meant_codes(column.name) and not AREA_CODE.search(column.name)
            if few and values and len(values) == len(column.cells) and meant:
                message = f"「{column.name}」のコードの意味を示す表が、このファイルの中に見つかりません。"
                yield found("L3-02", message, table.sheet, data=values[:1], sure=False)


def check_same_format(subject: Subject) -> Iterator[Finding]:
    """L3-07, as far as one workbook shows it: sheets named by years whose columns differ."""
    by_year = {
        years[0]: table
        for table in subject.tables
        if table.sheet.name and len(years := years_in(table.sheet.name)) == 1
    }
    ordered = [by_year[year] for year in sorted(by_year)]
    for before, after in pairwise(ordered):
        old, new = _names(before), _names(after)
        changed = sorted(old ^ new)
        if changed:
            words = "、".join(f"「{name}」" for name in changed[:5])
            message = (
                f"「{before.sheet.name}」と項目が違います（{words}）。変更の履歴があるかを確かめてください。"
            )
            yield Finding(RULES["L3-07"], message, after.sheet.name, sure=False)


def _names(table: Table) -> set[str]:
    return {without_years(column.name) for column in table.columns if column.name}


def check_long_form(subject: Subject) -> Iterator[Finding]:
    """L3-09: years, months or prefectures spread over columns; two years may be a comparison."""
    for table in subject.tables:
        by_quantity: dict[str, dict[str, Datum]] = defaultdict(dict)
        for column in table.columns:
            heads, years = table.header_cells(column)[:1], years_in(column.name)
            if heads and len(set(years)) == 1:
                by_quantity[without_years(column.name)].setdefault(years[0], heads[0])
        for spread in by_quantity.values():
            if len(spread) > 1:
                message = f"{len(spread)}年分の値が列に広がっています。"
                if len(spread) == 2:
                    message += "年が増えると列が増える表かを確かめてください。"
                yield found("L3-09", message, table.sheet, data=spread.values(), sure=len(spread) > 2)
        heads = [head for column in table.columns for head in table.header_cells(column)]
        months = [head for head in heads if _MONTH.fullmatch(head.text)]
        areas = [head for head in heads if head.text in SHORT_PREFECTURES or head.text in PREFECTURES]
        if len({head.text for head in months}) >= 4:
            yield found("L3-09", "月ごとの値が列に広がっています。", table.sheet, data=months)
        if len({head.text for head in areas}) >= 3:
            yield found("L3-09", "都道府県ごとの値が列に広がっています。", table.sheet, data=areas)
