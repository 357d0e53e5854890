"""A printed cell as a value: parsed by core, with the year, unit and role of its column."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kaikaku.core.quantities import parse_quantity
from kaikaku.readers.outline import Role, ValueRead
from kaikaku.readers.tables import flat, holds_value
from kaikaku.readers.vocabulary import is_grade

_NAMED = re.compile(r"(?P<name>[^:：\d]{2,30})[:：]\s*(?P<value>.+)")
_GRADE_IN_CELL = re.compile(r"(?P<value>.*\d[^\s\d]*)[\s　]+[（(【]?(?P<grade>\S{1,8}?)[)）】]?")


@dataclass(frozen=True, slots=True)
class Expected:
    """What a cell's column, row and table say of its value."""

    line: int
    role: Role | None = None
    fiscal_year: int | None = None
    cumulative_from: int | None = None
    unit: str | None = None


def read_value(text: str, expected: Expected) -> ValueRead:
    """The value of a cell; the year in the cell itself overrides the column's (山形: 「100%(R7)」 under
    R6目標値).
    """
    plain = flat(text).strip()
    quantity = parse_quantity(plain, unit=expected.unit)
    if quantity.value is None and quantity.reason in ("unreadable", "words"):
        named = _NAMED.fullmatch(plain)
        inner = parse_quantity(named["value"], unit=expected.unit) if named else None
        quantity = inner if inner is not None and inner.value is not None else quantity
    fiscal_year = quantity.fiscal_year if quantity.fiscal_year is not None else expected.fiscal_year
    return ValueRead(
        text=plain,
        line=expected.line,
        value=quantity.value,
        upper=quantity.upper,
        unit=quantity.unit,
        fiscal_year=fiscal_year,
        cumulative_from=quantity.cumulative_from
        if quantity.cumulative_from is not None
        else expected.cumulative_from,
        qualifiers=quantity.qualifiers,
        status=quantity.status or ("projected" if expected.role == "forecast" else None),
        reason=quantity.reason,
        role=expected.role,
    )


def grade_in(text: str) -> str | None:
    """The grade printed in the cell of the actual: 「10.5%減 達成」.

    >>> grade_in("10.5%減 達成"), grade_in("71.5%")
    ('達成', None)
    """
    match = _GRADE_IN_CELL.fullmatch(flat(text).strip())
    return match["grade"] if match and is_grade(match["grade"]) and not match["grade"].isdigit() else None


def is_figure(text: str) -> bool:
    """Whether a cell holds a value or one of the signs for none."""
    if holds_value(text):
        return True
    quantity = parse_quantity(flat(text))
    return quantity.value is None and quantity.reason not in ("empty", "words", "unreadable", "several")
