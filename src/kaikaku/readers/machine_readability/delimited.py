"""Rules for CSV files alone: L1-14, L1-15, and what L3-08 says of encodings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kaikaku.readers.machine_readability.book import Datum
from kaikaku.readers.machine_readability.finding import Finding, Subject, by_column, found
from kaikaku.readers.machine_readability.layout import Table
from kaikaku.readers.machine_readability.rules import RULES

_BREAK: Final = re.compile(r"[\r\n]")
_COMMON: Final = ("utf-8", "cp932", "ascii")


def check_one_line(subject: Subject) -> Iterator[Finding]:
    """L1-14: no value runs over lines."""
    for sheet in subject.book.sheets:
        broken = [datum for datum in sheet.cells.values() if _BREAK.search(datum.raw.strip("\r\n"))]
        for data in by_column(broken):
            yield found("L1-14", "値の中に改行があり、1件が複数の行にわたっています。", sheet, data=data)


def check_quotes(subject: Subject) -> Iterator[Finding]:
    """L1-15: quotation marks that close, and no record that a bare comma makes longer than the header."""
    line = subject.book.broken_line
    if line is not None:
        message = (
            '引用符（"）の閉じ忘れか、引用符のすぐ後ろの余分な文字があり、この行から先の値を区切れません。'
        )
        yield Finding(RULES["L1-15"], message, None, (f"{line}行目",), 1)
    for table in subject.tables:
        longer = _longer(table)
        rows = {datum.row for datum in longer}
        if rows and len(rows) * 2 <= table.height:
            first = {datum.row: datum for datum in sorted(longer, key=lambda d: -d.column)}
            message = "値の数が項目名より多い行です。囲まれていないカンマで値が分かれています。"
            yield found("L1-15", message, table.sheet, data=first.values())


def _longer(table: Table) -> list[Datum]:
    """What stands to the right of the last name, in as far as no column is filled there throughout."""
    named = [column.index for column in table.columns if column.name]
    last = max(named, default=table.area.right)
    return [datum for column in table.columns if column.index > last for datum in column.cells]


def check_encoding(subject: Subject) -> Iterator[Finding]:
    """L3-08, of a CSV file: characters that are broken, and encodings that few programs expect."""
    encoding = subject.book.encoding
    if encoding is None:
        return
    if encoding.broken:
        message = (
            f"読み取れない文字が{encoding.broken}か所あります。文字コードと元のデータを確かめてください。"
        )
        yield found("L3-08", message, sure=False)
    if encoding.name not in _COMMON:
        message = f"文字コードが{encoding.label}です。利用者に知らせているかを確かめてください。"
        yield found("L3-08", message, sure=False)
