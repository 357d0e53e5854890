"""The era table and the small values of this package."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# letter, name, western year before the first, first day (domain.md §0: 令和元年度 = 平成31年度 = FY2019)
_TABLE = (
    ("R", "令和", 2018, date(2019, 5, 1)),
    ("H", "平成", 1988, date(1989, 1, 8)),
    ("S", "昭和", 1925, date(1926, 12, 25)),
    ("T", "大正", 1911, date(1912, 7, 30)),
    ("M", "明治", 1867, date(1868, 1, 25)),
)
# A fiscal year is named after the era in which most of it lies: FY2019 is 令和元年度, FY1988 昭和63年度.
_FIRST_FISCAL_YEAR = {"R": 2019, "H": 1989, "S": 1927, "T": 1912, "M": 1868}
OFFSET = {letter: before for letter, _, before, _ in _TABLE}
LETTER = {name: letter for letter, name, _, _ in _TABLE} | {
    "㋿": "R",
    "㍻": "H",
    "㍼": "S",
    "㍽": "T",
    "㍾": "M",
}
EARLIEST, LATEST = 1868, 2150


@dataclass(frozen=True, slots=True)
class Year:
    """A year as printed. `fiscal` is False only where the text says 年 without 度.

    Plan documents mean the fiscal year by a bare R4 or 2019, so these are fiscal; `western` is then the
    year in which it begins (April).
    """

    western: int
    fiscal: bool
    raw: str


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A calendar date of which the day, or month and day, may be unsaid."""

    year: int
    month: int | None = None
    day: int | None = None

    def iso(self) -> str:
        """「2023」「2023-12」「2023-12-01」.

        >>> PartialDate(2023, 12).iso()
        '2023-12'
        """
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)

    def date(self) -> date | None:
        """The full date, or None where the day is unsaid."""
        return date(self.year, self.month, self.day) if self.month and self.day else None

    def fiscal_year(self) -> int | None:
        """The fiscal year it falls in; None where the month is unsaid.

        >>> [d.fiscal_year() for d in (PartialDate(2024, 3), PartialDate(2024, 4), PartialDate(2024))]
        [2023, 2024, None]
        """
        if self.month is None:
            return None
        return self.year if self.month >= 4 else self.year - 1


def fiscal_year_of(day: date) -> int:
    """The fiscal year, named by the year in which it begins: 1 April to 31 March.

    >>> fiscal_year_of(date(2024, 3, 31)), fiscal_year_of(date(2024, 4, 1))
    (2023, 2024)
    """
    return day.year if day.month >= 4 else day.year - 1


def days_of_fiscal_year(fiscal_year: int) -> tuple[date, date]:
    """Its first and its last day.

    >>> days_of_fiscal_year(2024)
    (datetime.date(2024, 4, 1), datetime.date(2025, 3, 31))
    """
    return date(fiscal_year, 4, 1), date(fiscal_year + 1, 3, 31)


def era_letter(era: str) -> str:
    """「令和」「R」「㋿」 → "R".

    Raises ValueError for what is no era, since the caller, not a document, chose it.
    """
    letter = LETTER.get(era, era.upper())
    if letter not in OFFSET:
        raise ValueError(f"not an era: {era!r}")
    return letter


def era_of_fiscal_year(fiscal_year: int) -> tuple[str, str, int] | None:
    """(letter, name, year of the era), or None before 明治."""
    for letter, name, before, _ in _TABLE:
        if fiscal_year >= _FIRST_FISCAL_YEAR[letter]:
            return letter, name, fiscal_year - before
    return None


def era_of_date(day: date) -> tuple[str, str, int] | None:
    """(letter, name, year of the era) on that day, or None before 明治."""
    for letter, name, before, first in _TABLE:
        if day >= first:
            return letter, name, day.year - before
    return None
