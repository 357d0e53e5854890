"""A CSV or TSV file as the rules see it: every record, each with the line it begins on."""

from __future__ import annotations

import csv
import io

from kaikaku.readers import limits
from kaikaku.readers.building import Builder
from kaikaku.readers.csv import check_lines, delimiter_of
from kaikaku.readers.encoding import BOMS, decode
from kaikaku.readers.machine_readability.book import (
    Book,
    Datum,
    Encoding,
    Holds,
    Sheet,
    holds_number,
)
from kaikaku.readers.sniff import Kind


def book_of_csv(data: bytes, *, name: str, kind: Kind) -> Book:
    """Take in a CSV file. Raises Unreadable for bytes that are no text and beyond the limits.

    A quotation mark that is never closed is no refusal here but a finding (L1-15); `broken_line` says where.
    """
    decoded = decode(data, name=name)
    check_lines(decoded.text, name=name)
    delimiter = "\t" if kind is Kind.TSV else delimiter_of(decoded.text)
    encoding = Encoding(decoded.encoding, any(data.startswith(bom) for bom, _ in BOMS), decoded.broken)
    sheet, broken = _records(decoded.text, delimiter, Builder(name))
    return Book(name, kind, (sheet,), encoding=encoding, delimiter=delimiter, broken_line=broken)


def _records(text: str, delimiter: str, builder: Builder) -> tuple[Sheet, int | None]:
    """The records up to the first that cannot be parted."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    cells: dict[tuple[int, int], Datum] = {}
    lines: list[int] = []
    begins = 1
    try:
        for record in reader:
            for column, raw in enumerate(record):
                if raw.strip():
                    builder.count_cells(1)
                    holds = Holds.NUMBER if holds_number(raw.strip()) else Holds.TEXT
                    cells[len(lines), column] = Datum(len(lines), column, raw, holds)
            lines.append(begins)
            begins = reader.line_num + 1
            limits.check_count(begins - 1, limits.MAX_LINES, name=builder.name, what="行", unit="行")
    except csv.Error as error:
        if "field larger" in str(error):
            _refuse_long_value(builder.name)
        return Sheet(None, cells, lines=lines), begins
    return Sheet(None, cells, lines=lines), None


def _refuse_long_value(name: str) -> None:
    limit = csv.field_size_limit()
    limits.check_count(limit + 1, limit, name=name, what="1つの値の文字", unit="字")
