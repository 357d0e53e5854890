"""The filters and helpers that every template of ours may use, on the public site and in the office alike.

`register(env)` is the one door: the writers call it on their plain Jinja2 environment, `kaikaku.ui.jinja`
on Django's. Filters take domain values (`Decimal`, western fiscal years, dates) and give words or markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from kaikaku.core import eras
from kaikaku.core.numerals import show_number

if TYPE_CHECKING:
    from jinja2 import Environment

    from kaikaku.core.quantities import Quantity

UNKNOWN = "—"
UNKNOWN_MARKUP = Markup("—")
JAPAN = timezone(timedelta(hours=9), "JST")
STATUS_WORDS = {"projected": "見込", "preliminary": "速報", "revised": "改定"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column heading of a table; `unit` stands beside the heading so that no cell repeats it."""

    label: str
    unit: str = ""
    number: bool = False
    sort_url: str = ""
    sorted: str = ""


def column(label: str, unit: str = "", **more: bool | str) -> Column:
    """A column: `number` aligns right, `sort_url` and `sorted` (ascending | descending) make it sortable."""
    return Column(label, unit, **more)  # type: ignore[arg-type]


@lru_cache(maxsize=512)
def era(fiscal_year: int | None) -> str:
    """2026 → 令和8年度."""
    return UNKNOWN if fiscal_year is None else eras.show_fiscal_year(fiscal_year, style="era")


@lru_cache(maxsize=512)
def era_short(fiscal_year: int | None) -> str:
    """2026 → R8."""
    return UNKNOWN if fiscal_year is None else eras.show_fiscal_year(fiscal_year, style="short")


@lru_cache(maxsize=512)
def era_both(fiscal_year: int | None) -> str:
    """2026 → 令和8年度（2026年度）."""
    return UNKNOWN if fiscal_year is None else f"{era(fiscal_year)}（{fiscal_year}年度）"


@lru_cache(maxsize=512)
def year(fiscal_year: int | None) -> Markup:
    """The fiscal year in the era, with the western year on hover and in print."""
    if fiscal_year is None:
        return UNKNOWN_MARKUP
    return Markup('<span class="nowrap" title="{0}年度" data-western="{0}年度">{1}</span>').format(
        fiscal_year, era(fiscal_year)
    )


def period(years: tuple[int, int] | None) -> str:
    """(2024, 2028) → 令和6年度～令和10年度."""
    if years is None:
        return UNKNOWN
    first, last = years
    return era(first) if first == last else f"{era(first)}～{era(last)}"


@lru_cache(maxsize=2048)
def _date_ja(day: date) -> str:
    return eras.show_date(day, style="weekday")


def date_ja(day: date | None) -> str:
    """2026-05-29 → 令和8年5月29日（金）; a moment is taken at Japanese time."""
    return UNKNOWN if day is None else _date_ja(_as_day(day))


def day(value: date | None) -> Markup:
    """A `time` element that reads 令和8年5月29日（金） and tells the western date on hover."""
    if value is None:
        return UNKNOWN_MARKUP
    plain = _as_day(value)
    western = f"{plain.year}年{plain.month}月{plain.day}日"
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        plain.isoformat(), western, _date_ja(plain)
    )


def moment(value: datetime | None) -> Markup:
    """A `time` element that reads 令和8年5月29日（金）14:05, Japanese time."""
    if value is None:
        return UNKNOWN_MARKUP
    local = value.astimezone(JAPAN) if value.tzinfo else value
    return Markup('<time datetime="{}" title="{}年">{} {}</time>').format(
        local.isoformat(timespec="minutes"), local.year, _date_ja(local.date()), local.strftime("%H:%M")
    )


def _as_day(value: date) -> date:
    if isinstance(value, datetime):
        return (value.astimezone(JAPAN) if value.tzinfo else value).date()
    return value


def number(value: Decimal | int | None, decimals: int | None = None) -> str:
    """Thousands by comma, minus as △ as the field writes it; no rounding unless `decimals` is given."""
    return UNKNOWN if value is None else show_number(Decimal(value), decimals)


def share(value: Decimal | int | None, places: int = 1) -> str:
    """A percentage already closed by `core.shares`: 63.2 → 63.2%."""
    return UNKNOWN if value is None else f"{number(Decimal(value), places)}%"


def quantity(value: Quantity | None) -> str:
    """A quantity of core in words, 7560000000円 → 75億6,000万円."""
    if value is None:
        return UNKNOWN
    from kaikaku.core.quantities import show_quantity

    return show_quantity(value)


def status_word(status: str | None) -> str:
    """見込, 速報 or 改定; nothing for a confirmed figure, which needs no mark."""
    return STATUS_WORDS.get(status or "", "")


def paragraphs(text: str | Iterable[str] | None) -> Markup:
    """Lines of plain text as paragraphs; everything is escaped."""
    lines = text.splitlines() if isinstance(text, str) else text or ()
    return Markup("").join(Markup("<p>{}</p>").format(line) for line in lines if line.strip())


def mark(text: str, quote: str) -> Markup:
    """`text` with the first occurrence of `quote` marked, to show what a figure was read from."""
    before, found, after = text.partition(quote) if quote else (text, "", "")
    if not found:
        return escape(text)
    return Markup("{}<mark>{}</mark>{}").format(before, found, after)


FILTERS = {
    "era": era,
    "era_short": era_short,
    "era_both": era_both,
    "year": year,
    "period": period,
    "date_ja": date_ja,
    "day": day,
    "moment": moment,
    "number": number,
    "share": share,
    "quantity": quantity,
    "status_word": status_word,
    "paragraphs": paragraphs,
    "mark": mark,
}


def register(env: Environment) -> None:
    """Give `env` our filters and helpers, and the whitespace rules the templates are written for."""
    env.filters.update(FILTERS)
    env.globals["column"] = column
    env.trim_blocks = True
    env.lstrip_blocks = True
