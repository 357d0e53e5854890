"""Years and dates: Japanese eras, western years and fiscal years, read and printed.

A fiscal year is the integer year of its April (令和8年度 is 2026). A year without an era is not guessed:
the caller may know the era of the document and pass it as `era`. An era counts on past its end
(平成32年度 is 2020).
"""

from kaikaku.core.eras.dates import find_dates, parse_date, parse_partial_date
from kaikaku.core.eras.finding import find_years
from kaikaku.core.eras.model import PartialDate, Year, days_of_fiscal_year, fiscal_year_of
from kaikaku.core.eras.periods import parse_fiscal_year, parse_period
from kaikaku.core.eras.show import show_date, show_fiscal_year
from kaikaku.core.eras.years import parse_year

__all__ = [
    "PartialDate",
    "Year",
    "days_of_fiscal_year",
    "find_dates",
    "find_years",
    "fiscal_year_of",
    "parse_date",
    "parse_fiscal_year",
    "parse_partial_date",
    "parse_period",
    "parse_year",
    "show_date",
    "show_fiscal_year",
]
