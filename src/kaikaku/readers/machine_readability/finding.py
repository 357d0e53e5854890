"""What is found: a rule, what of it is broken and where; and what the checks are given to look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kaikaku.readers.machine_readability.book import NAMED_AT_MOST, Book, Datum, Sheet
from kaikaku.readers.machine_readability.layout import Page, Table
from kaikaku.readers.machine_readability.rules import RULES, Rule

QUOTED_AT_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, or where not `sure` one that a person must look at; only sure ones cost points.

    `cells` are names of cells or runs of them (`B3～B40`), `count` how many cells that is in all.
    """

    rule: Rule
    message: str
    sheet: str | None = None
    cells: tuple[str, ...] = ()
    count: int = 0
    quote: str = ""
    sure: bool = True

    @property
    def where(self) -> str:
        """The place as a person is told it: `シート「R5」 B3～B40など38か所「1,234円」`."""
        named = "、".join(self.cells[:NAMED_AT_MOST])
        if len(self.cells) > NAMED_AT_MOST:
            named += "など"
        if self.count > 1 and named:
            named += f"（{self.count}か所）"
        place = " ".join(part for part in (f"シート「{self.sheet}」" if self.sheet else "", named) if part)
        return f"{place}「{self.quote}」" if self.quote else place

    def as_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule.id,
            "level": self.rule.level,
            "severity": self.rule.severity.value,
            "sure": self.sure,
            "message": self.message,
            "sheet": self.sheet,
            "cells": list(self.cells),
            "count": self.count,
            "quote": self.quote or None,
            "mend": self.rule.mend,
        }


@dataclass(frozen=True, slots=True)
class Subject:
    """A file ready for the checks."""

    book: Book
    pages: tuple[Page, ...]

    @property
    def tables(self) -> Iterator[Table]:
        return (page.table for page in self.pages if page.table is not None)


Check = Callable[[Subject], Iterator[Finding]]


def found(
    rule: str, message: str, sheet: Sheet | None = None, *, data: Iterable[Datum] = (), sure: bool = True
) -> Finding:
    """A finding at some cells of a sheet, quoting the first."""
    cells = sorted(data, key=lambda datum: (datum.column, datum.row))
    places = [(datum.row, datum.column) for datum in cells]
    names = sheet.names_of(places) if sheet else ()
    quote = short(cells[0].text) if cells else ""
    return Finding(RULES[rule], message, sheet.name if sheet else None, names, len(places), quote, sure)


def short(text: str) -> str:
    """A text on one line and short enough to be quoted."""
    line = " ".join(text.split())
    return line if len(line) <= QUOTED_AT_MOST else line[: QUOTED_AT_MOST - 1] + "…"


def by_column(data: Iterable[Datum]) -> Iterator[Sequence[Datum]]:
    """Cells of the same kind told together where they stand in one column."""
    columns: dict[int, list[Datum]] = defaultdict(list)
    for datum in data:
        columns[datum.column].append(datum)
    yield from columns.values()
