"""Rules on columns of numbers: L1-09, L2-01, L3-03, L3-04."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kaikaku.readers.machine_readability.book import Datum
from kaikaku.readers.machine_readability.finding import Finding, Subject, found
from kaikaku.readers.machine_readability.layout import Table
from kaikaku.readers.machine_readability.number_columns import NumberColumn
from kaikaku.readers.machine_readability.words import (
    counts_itself,
    has_unit,
    is_several,
    is_unit_column,
    is_year,
    needs_scale,
)

_MEANS: Final = r"\s?[」』）)]?\s?(?:[:：=＝は…]|とは|を示)"


def check_numeric(subject: Subject) -> Iterator[Finding]:
    """L2-01: figures kept as text. Digits alone in a whole column may be codes, other words may be meant."""
    for table in subject.tables:
        for column in table.numbers:
            clear = column.figures * 5 >= 4 * (column.figures + len(column.words))
            if column.decorated:
                message = "数値に単位・カンマ・記号などが混ざり、文字になっています。"
                sure = clear or bool(column.numbers)
                yield found("L2-01", message, table.sheet, data=column.decorated, sure=sure)
            if column.digits:
                yield from _digits_as_text(table, column)
            words = [datum for datum in column.words if not is_several(datum.text)]
            if words and column.numbers and column.figures > len(words):
                message = "数値の列に文字があります。数値に直すか、別の列に分けられないか確かめてください。"
                yield found("L2-01", message, table.sheet, data=words, sure=False)


def _digits_as_text(table: Table, column: NumberColumn) -> Iterator[Finding]:
    wide = any(not datum.text.isascii() for datum in column.digits)
    lengths = {len(datum.text.partition(".")[0]) for datum in column.digits}
    sure = bool(column.numbers) or wide or len(lengths) > 1
    message = "数値が文字として入力されています。"
    if not sure:
        message += "番号ではなく数量なら、数値にしてください。"
    yield found("L2-01", message, table.sheet, data=column.digits, sure=sure)


def check_blank_and_zero(subject: Subject) -> Iterator[Finding]:
    """L1-09: a column that has both; only its makers know whether a blank one is 0."""
    for table in subject.tables:
        for column in table.numbers:
            filled = column.figures + len(column.symbols) + len(column.words)
            zeros = [datum for datum in column.numbers if datum.text.strip("-0.") == ""]
            blank = table.height - filled
            if zeros and blank > 0:
                message = (
                    f"「{column.name}」の列に0と空欄（{blank}か所）があります。空欄が0を表していないかを"
                    "確かめてください。"
                )
                yield found("L1-09", message, table.sheet, data=zeros, sure=False)


def check_symbols(subject: Subject) -> Iterator[Finding]:
    """L3-03: signs and words in place of a number whose meaning the file itself does not give."""
    for table in subject.tables:
        for column in table.numbers:
            unknown = [datum for datum in column.symbols if not _is_defined(datum, subject)]
            if unknown:
                message = "数値の代わりの記号や語の意味が、このファイルの中に見つかりません。"
                yield found("L3-03", message, table.sheet, data=unknown, sure=False)


def _is_defined(symbol: Datum, subject: Subject) -> bool:
    pattern = re.compile(re.escape(symbol.text) + _MEANS)
    return any(
        pattern.search(datum.text)
        for page in subject.pages
        for datum in (page.outside if page.table else page.sheet.cells.values())
    )


def check_units(subject: Subject) -> Iterator[Finding]:
    """L3-04: a quantity without its unit in its name, in a column of units, or in a line beside the table.

    Money, areas and shares say nothing without a unit; other names may tell theirs (児童数) or have none.
    """
    for page in subject.pages:
        table = page.table
        if table is None or any(is_unit_column(column.name) for column in table.columns):
            continue
        if any("単位" in datum.text for datum in page.outside):
            continue
        for column in table.numbers:
            if has_unit(column.name) or counts_itself(column.name) or _are_years(column) or column.decorated:
                continue
            sure = needs_scale(column.name)
            message = f"「{column.name}」の列の単位が分かりません。"
            if not sure:
                message += "単位のある数値かを確かめてください。"
            yield found("L3-04", message, table.sheet, data=column.numbers[:1], sure=sure)


def _are_years(column: NumberColumn) -> bool:
    return all(is_year(datum.text) for datum in column.numbers)
