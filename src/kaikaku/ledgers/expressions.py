"""The small language in which a kind of ledger says what its metrics count. Pure; nothing is ever executed.

    count(in_year(signed_on))                                   協定の新規件数
    count(standing(signed_on, ended_on))                        年度末の件数
    share(online == "yes", of=basis == "ordinance")             条例等に基づく手続のオンライン化率
    sum(lease_income + advertising_income, kind == "ordinary")  貸付・広告の収入
    ratio(users, staff)                                         使った職員の割合

One of `count`, `sum`, `mean`, `share`, `ratio` stands outermost; conditions are made of fields, texts,
numbers, `and`, `or`, `not`, comparisons, `in [...]`, and of

    blank(field)              nothing is written there
    in_year(date)             the day, or the fiscal year, is in the year that is measured
    reached(date)             the day, or the fiscal year, has come by the last day of the year measured
    standing(from, to)        in force on the year's last day; a blank `to` has no end
    year                      the fiscal year that is measured, as a number

A comparison with a blank is never true; ask `blank()`. Python's own parser reads the text, and what is not on
this list is refused with its place, what was found, and what may stand there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Sort(StrEnum):
    """What a field holds, as far as an expression cares."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    YEAR = "year"
    CHOICE = "choice"
    CHOICES = "choices"


SORT_WORDS: Mapping[Sort, str] = {
    Sort.TEXT: "文字",
    Sort.NUMBER: "数",
    Sort.DATE: "日付",
    Sort.YEAR: "年度",
    Sort.CHOICE: "選択肢",
    Sort.CHOICES: "選択肢（複数）",
}


@dataclass(frozen=True, slots=True)
class Known:
    """A field that an expression may name; `choices` are the codes it may hold."""

    sort: Sort
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Year:
    """The fiscal year that is measured."""

    fiscal_year: int

    @property
    def first(self) -> date:
        return date(self.fiscal_year, 4, 1)

    @property
    def last(self) -> date:
        return date(self.fiscal_year + 1, 3, 31)


Values = Mapping[str, Any]
Condition = Callable[[Values, Year], bool]


@dataclass(frozen=True, slots=True)
class Counted:
    """What an expression made of the records: the value, the records that count, and of how many.

    `parts` are each counted record's contribution: 1 and 0 in a share, else its part of the sum. `whole` is
    what a ratio was divided by.
    """

    value: Decimal | None
    parts: tuple[tuple[int, Decimal], ...]
    reason: str = ""
    whole: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Expression:
    """A read expression. `fields` are the codes it names, so that none of them can be removed unnoticed;
    `added` those whose numbers are added, `under` the one that a ratio divides by. `timed`: it asks for the
    year that is measured; one that does not counts records as they are now. `compared`: of these fields the
    exact value counts; of another day only the fiscal year does, and whether it is the last day of one.
    """

    text: str
    function: str
    fields: frozenset[str]
    condition: Condition
    of: Condition | None = None
    added: tuple[str, ...] = ()
    under: str = ""
    timed: bool = False
    compared: frozenset[str] = frozenset()

    def measure(self, records: Iterable[tuple[int, Values]], year: Year) -> Counted:
        """The value over (key, values) of each record; exact, a share in per cent."""
        counters: Mapping[str, Callable[[Iterable[tuple[int, Values]], Year], Counted]] = {
            "count": self._count,
            "sum": self._sum,
            "mean": self._sum,
            "share": self._share,
            "ratio": self._ratio,
        }
        return counters[self.function](records, year)

    def _count(self, records: Iterable[tuple[int, Values]], year: Year) -> Counted:
        met = tuple((key, Decimal(1)) for key, values in records if self.condition(values, year))
        return Counted(Decimal(len(met)), met)

    def _sum(self, records: Iterable[tuple[int, Values]], year: Year) -> Counted:
        met = tuple(
            (key, part)
            for key, values in records
            if self.condition(values, year) and (part := self._part(values)) is not None
        )
        total = sum((part for _, part in met), Decimal(0))
        if self.function == "sum":
            return Counted(total, met)
        if not met:
            return Counted(None, (), "値のある記録がないため、平均を計算できません。")
        return Counted(total / len(met), met)

    def _part(self, values: Values) -> Decimal | None:
        """What a record adds; None where nothing is written in any of the fields."""
        known = [value for code in self.added if (value := values.get(code)) is not None]
        return sum(known, Decimal(0)) if known else None

    def _ratio(self, records: Iterable[tuple[int, Values]], year: Year) -> Counted:
        met, whole = [], Decimal(0)
        for key, values in records:
            part, under = self._part(values), values.get(self.under)
            if part is not None and under is not None and self.condition(values, year):
                met.append((key, part))
                whole += under
        if not whole:
            return Counted(None, tuple(met), "割合のもとになる数がありません。", whole)
        return Counted(sum((part for _, part in met), Decimal(0)) * 100 / whole, tuple(met), "", whole)

    def _share(self, records: Iterable[tuple[int, Values]], year: Year) -> Counted:
        whole = [(key, values) for key, values in records if self.of is None or self.of(values, year)]
        met = tuple((key, Decimal(int(self.condition(values, year)))) for key, values in whole)
        if not met:
            return Counted(None, (), "割合のもとになる記録がありません。")
        part = sum((one for _, one in met), Decimal(0))
        return Counted(part * 100 / len(met), met)
