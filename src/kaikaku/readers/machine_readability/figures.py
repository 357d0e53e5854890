"""Rules on columns of numbers: L1-09, L2-01, L3-03, L3-04."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kaikaku.readers.machine_readability.book import NAMED_AT_MOST, Datum
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
        bare = [column for column in table.numbers if column.numbers and not _tells_its_unit(column)]
        for sure in (True, False):
            columns = [column for column in bare if needs_scale(column.name) is sure]
            if columns:
                names = "".join(f"「{column.name}」" for column in columns[:NAMED_AT_MOST])
                more = "など" if len(columns) > NAMED_AT_MOST else ""
                message = f"{names}{more}の列の単位が分かりません。"
                if not sure:
                    message += "単位のある数値かを確かめてください。"
                heads = [column.numbers[0] for column in columns]
                yield found("L3-04", message, table.sheet, data=heads, sure=sure)


def _tells_its_unit(column: NumberColumn) -> bool:
    """By its name or in its cells; a column without a name has another trouble (L1-05)."""
    named = not column.name or has_unit(column.name) or counts_itself(column.name)
    return named or _are_years(column) or bool(column.decorated)


def _are_years(column: NumberColumn) -> bool:
    return all(is_year(datum.text) for datum in column.numbers)
