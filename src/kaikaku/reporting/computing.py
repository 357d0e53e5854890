"""A bound indicator's value of a year: how it is worded for the sheet, and what keeps a metric from it.

Pure: what is measured is given (reporting.measuring).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kaikaku.core.eras import show_fiscal_year
from kaikaku.core.indicators import Accumulation
from kaikaku.core.numerals import show_number
from kaikaku.plans.figures import unit_of
from kaikaku.plans.words import ACCUMULATIONS
from kaikaku.reporting.freezing import Content, Held, rounded
from kaikaku.reporting.measuring import Measured, Metric

# why a bound figure has no value is told in words (plans.words.REASONS)
REASON_CODE = "other"
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an indicator asks of a metric; `window` is the first year of its running total."""

    unit: str
    accumulation: str = ""
    decimals: int | None = None
    window: int | None = None


@dataclass(frozen=True, slots=True)
class Live:
    """What a binding gives of a year now. `value` is rounded to the indicator's places; `text` is what goes
    into the sheet, "" with a `reason` where there is no value. Not `known` where nobody can look: the app is
    switched off, which says nothing of its records.
    """

    measured: Measured
    value: Decimal | None
    text: str
    reason: str
    known: bool = True

    @property
    def count(self) -> int:
        """How many records stand behind it."""
        return self.measured.records.count

    @property
    def says(self) -> str:
        """The value, or why there is none."""
        return self.text or self.reason


def live(metric: Metric, measured: Measured, wanted: Wanted, *, fiscal_year: int) -> Live:
    """Round once, to the indicator's places if it has any, and word it.

    A running total says its window, so that it cannot be read as one year's amount.
    """
    against = "".join(disagreements(metric, wanted, cumulative_from=measured.cumulative_from))
    if against or measured.value is None:
        return Live(measured, None, "", (against or measured.reason)[:LONGEST_REASON])
    value = rounded(measured.value, metric.decimals if wanted.decimals is None else wanted.decimals)
    window = ""
    if measured.cumulative_from is not None:
        first, last = (show_fiscal_year(y, style="short") for y in (measured.cumulative_from, fiscal_year))
        window = f"（{first}～{last}年度累計）"
    return Live(measured, value, f"{show_number(value)}{metric.unit}{window}", "")


def nothing(unit: str, reason: str) -> Live:
    """No value, for a reason that lies outside the metric (its app is switched off)."""
    return Live(Measured.unknown(unit, reason), None, "", reason[:LONGEST_REASON], known=False)


def disagreements(metric: Metric, wanted: Wanted, *, cumulative_from: int | None = None) -> list[str]:
    """Why a metric cannot be this indicator's actual, a sentence each; none where it can.

    Units agree when their base units do (万時間 takes 時間). An indicator that has not decided how it counts
    takes any.
    """
    found = []
    if not wanted.unit:
        found.append(
            f"この指標には単位が決まっていません。「{metric.name}」は「{metric.unit}」で数えます。"
            "先に指標の単位を決めてください。"
        )
    elif unit_of(wanted.unit) != unit_of(metric.unit):
        found.append(
            f"単位が違います。この指標は「{wanted.unit}」、「{metric.name}」は「{metric.unit}」です。"
        )
    if wanted.accumulation and wanted.accumulation != metric.accumulation:
        own, other = ACCUMULATIONS[wanted.accumulation], ACCUMULATIONS[metric.accumulation]
        found.append(f"数え方が違います。この指標は{own}、「{metric.name}」は{other}です。")
    runs = metric.accumulation is Accumulation.CUMULATIVE
    if runs and cumulative_from and wanted.window and cumulative_from != wanted.window:
        own, other = show_fiscal_year(wanted.window), show_fiscal_year(cumulative_from)
        found.append(f"累計の始まりが違います。この指標は{own}から、「{metric.name}」は{other}からです。")
    return found


def content_of(
    code: str, measured: Measured, *, options: Mapping[str, str], fiscal_year: int, named: bool = True
) -> Content:
    """What is frozen: the exact value with every record behind it, read to the last.

    Without names (`named`) it can be held against another, but not be kept.
    """
    parts = () if named else measured.records.parts()
    return Content(
        metric=code,
        options=dict(options),
        fiscal_year=fiscal_year,
        unit=measured.unit,
        value=measured.value,
        reason=measured.reason,
        computed_from=measured.computed_from,
        cumulative_from=measured.cumulative_from,
        records=tuple(Held(r.key, r.contribution, r.label, r.url) for r in measured.records)
        if named
        else tuple(Held(key, part) for key, part in parts),
    )


def provenance(metric_name: str, *, records: int, sha256: str) -> str:
    """What a plan's figure says of itself when it was computed; it is printed with the figure."""
    return f"「{metric_name}」の記録{records:,}件から自動集計した値です（照合値 {sha256[:12]}）。"
