"""Which columns of a table are of numbers, and what stands in them.

A column is one of numbers where at least half of its cells are numbers or read as such with a unit, commas
or a mark, and its name makes no code, date or quotation of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kaikaku.core.text import narrow
from kaikaku.readers.machine_readability.book import Column, Datum, Holds
from kaikaku.readers.machine_readability.words import (
    MISSING,
    NOTE,
    PLAIN_DIGITS,
    SYMBOLS,
    is_code_column,
    is_figure,
    is_time_column,
    is_wording_column,
)


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """The cells of a column of numbers by what they hold."""

    index: int
    name: str
    numbers: tuple[Datum, ...]
    digits: tuple[Datum, ...]  # digits alone, kept as text
    decorated: tuple[Datum, ...]  # with unit, comma or mark
    symbols: tuple[Datum, ...]  # -, X, 非公表
    words: tuple[Datum, ...]

    @property
    def figures(self) -> int:
        return len(self.numbers) + len(self.digits) + len(self.decorated)


def number_columns(columns: Iterable[Column]) -> Iterator[NumberColumn]:
    """Those of a table's columns that are of numbers, their cells sorted out."""
    for column in columns:
        name = column.name
        if not column.cells or is_code_column(name) or is_time_column(name) or is_wording_column(name):
            continue
        kinds: dict[str, list[Datum]] = {
            kind: [] for kind in ("numbers", "digits", "decorated", "symbols", "words")
        }
        for datum in column.cells:
            if datum.text:
                kinds[_kind(datum)].append(datum)
        sorted_out = NumberColumn(column.index, name, **{kind: tuple(data) for kind, data in kinds.items()})
        if sorted_out.figures * 2 >= len(column.cells) - len(sorted_out.symbols) and sorted_out.figures:
            yield sorted_out


def _kind(datum: Datum) -> str:
    if datum.is_number:
        return "numbers"
    text = narrow(datum.text)
    if PLAIN_DIGITS.fullmatch(text):
        return "words" if re.match(r"-?0\d", text) else "digits"
    if SYMBOLS.fullmatch(datum.text) or MISSING.fullmatch(datum.text):
        return "symbols"
    if NOTE.fullmatch(text):
        return "words"
    return "decorated" if is_figure(text) and datum.holds is Holds.TEXT else "words"
