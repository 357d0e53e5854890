"""From baseline, target and actual to a rate with its working, or to the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, Inexact, InvalidOperation, Overflow, Subnormal
from typing import NamedTuple, TypedDict, Unpack

from kaikaku.core.errors import RuleViolation
from kaikaku.core.indicators.choice import Choice, choose_formula
from kaikaku.core.indicators.formulas import (
    FORMULA_LABELS,
    FRACTIONS,
    Accumulation,
    Direction,
    Formula,
    Fraction,
    Observation,
    Status,
    percent,
)
from kaikaku.core.indicators.reasons import REASONS, Outcome, Reason, reason
from kaikaku.core.indicators.working import percent_text, write_working

_UNEXACT = (Inexact, InvalidOperation, Overflow, Subnormal)


class NamedValue(NamedTuple):
    """One figure that went into a rate."""

    name: str
    label: str
    value: Decimal
    fiscal_year: int | None


@dataclass(frozen=True, slots=True)
class Achievement:
    """The rate of one observation, with all that is needed to redo and to explain it.

    `rate` is in percent, uncapped, negative where things got worse; it carries 50 digits and is cut off so
    that comparing and rounding it decide as the exact fraction `numerator`/`denominator` does. None has a
    `reason`. Texts are made when asked for, so that rating thousands of figures costs no text.
    """

    observation: Observation
    formula: Formula
    rate: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    reason: Reason | None = None

    @property
    def outcome(self) -> Outcome:
        return Outcome.RATED if self.reason is None else self.reason.outcome

    @property
    def formula_label(self) -> str:
        """The formula in Japanese, printed beside every rate: 基準値比, 目標比, …"""
        return FORMULA_LABELS[self.formula]

    @property
    def target_year(self) -> int | None:
        """The fiscal year of the target, printed beside every rate."""
        return self.observation.target_year

    @property
    def target_year_differs(self) -> bool:
        """Whether the target is of another year than the column it is printed in, which needs a footnote."""
        x = self.observation
        return x.column_year is not None and x.target_year is not None and x.column_year != x.target_year

    @property
    def status(self) -> Status:
        return self.observation.status

    @property
    def external_factor(self) -> str | None:
        return self.observation.external_factor

    @property
    def inputs(self) -> tuple[NamedValue, ...]:
        """The figures known, in the order baseline, target, upper end of the band, actual."""
        x, found = self.observation, []
        if x.baseline is not None:
            found.append(NamedValue("baseline", "基準値", x.baseline, x.baseline_year))
        if x.target is not None:
            label = "目標値" if x.band_upper is None else "目標値（下限）"
            found.append(NamedValue("target", label, x.target, x.target_year))
        if x.band_upper is not None:
            found.append(NamedValue("band_upper", "目標値（上限）", x.band_upper, x.target_year))
        if x.actual is not None:
            found.append(NamedValue("actual", "実績値", x.actual, x.actual_year))
        return tuple(found)

    @property
    def choice(self) -> Choice:
        """Why this formula: the choice rules of `choose_formula`, or that it was laid down."""
        found = choose_formula(self.observation, preferred=self.formula)
        return found if found.formula is self.formula else Choice(self.formula, "指定された計算方法です。")

    def working(self, unit: str = "", *, decimals: int = 1) -> str:
        """「(71.5 − 1.5) ÷ (100 − 1.5) × 100 = 71.1%」, or the reason where there is no rate."""
        if self.rate is None:
            return self.reason.sentence if self.reason else ""
        return write_working(self.formula, self.observation, rate=self.rate, unit=unit, decimals=decimals)

    def rate_shown(self, decimals: int = 1) -> str:
        """The rate rounded half up, without 「%」: 「71.1」, 「△20.0」; 「—」 where there is none.

        Where a grade is printed beside it use `ratings.shown_rate`, which never lets rounding contradict
        the grade.
        """
        return "—" if self.rate is None else percent_text(self.rate, decimals=decimals)


class Facts(TypedDict, total=False):
    """What may be known of an observation besides actual and target.

    Meanings and defaults are `Observation`'s.
    """

    baseline: Decimal | None
    direction: Direction | None
    formula: Formula
    accumulation: Accumulation | None
    band_upper: Decimal | None
    actual_year: int | None
    target_year: int | None
    baseline_year: int | None
    column_year: int | None
    cumulative_from: int | None
    status: Status
    actual_reason: str | None
    reason_note: str
    external_factor: str | None


def achieve(
    *,
    actual: Decimal | None,
    target: Decimal | None,
    preferred: Formula = Formula.AUTO,
    **facts: Unpack[Facts],
) -> Achievement:
    """The achievement of one indicator in one year (domain.md §1).

    The keywords are the fields of `Observation`; `preferred` is as in `rate_one`.
    """
    return rate_one(Observation(actual, target, **facts), preferred=preferred)


def rate_one(observation: Observation, *, preferred: Formula = Formula.AUTO) -> Achievement:
    """Rate an observation; `preferred` is the edition's formula for indicators that lay down none.

    Raises RuleViolation for a figure that is no number or has more digits than any figure of a plan, and
    for an unknown reason code. Everything else that stands in the way of a rate is a `reason` in the
    result.
    """
    x = observation
    formula = x.formula
    if formula is Formula.AUTO:
        formula = choose_formula(x, preferred=preferred).formula
    if x.target is None:
        # an actual that cannot be had is the stronger fact, but without a target it would not be rated anyway
        return Achievement(x, formula, None, reason=REASONS["no_target"])
    if x.actual is None:
        return Achievement(x, formula, None, reason=reason(x.actual_reason or "no_actual", x.reason_note))
    found = _fraction(formula, x, x.actual, x.target)
    if isinstance(found, str):
        return Achievement(x, formula, None, reason=REASONS[found])
    return Achievement(x, formula, percent(found), found[0], found[1])


def rate_many(
    observations: Iterable[Observation], *, preferred: Formula = Formula.AUTO
) -> list[Decimal | None]:
    """Only the rates, bit for bit those of `rate_one`, for the many rows of a simulation or a workbook."""
    rates: list[Decimal | None] = []
    append, automatic, choose, fractions, divide = (
        rates.append,
        Formula.AUTO,
        choose_formula,
        FRACTIONS,
        percent,
    )
    for x in observations:
        actual, target = x.actual, x.target
        if actual is None or target is None:
            append(None)
            continue
        formula = x.formula
        if formula is automatic:
            formula = choose(x, preferred=preferred).formula
        if not _finite(x, actual, target):
            raise _unreadable_figure(x)
        try:
            found = fractions[formula](actual, target, x)
            append(None if found.__class__ is str else divide(found))  # type: ignore[arg-type]
        except _UNEXACT as error:
            raise _unreadable_figure(x) from error
    return rates


def _finite(x: Observation, actual: Decimal, target: Decimal) -> bool:
    # comparisons, unlike sums, would let an infinite actual pass as "target reached"
    if not (actual.is_finite() and target.is_finite()):
        return False
    return (x.baseline is None or x.baseline.is_finite()) and (
        x.band_upper is None or x.band_upper.is_finite()
    )


def _fraction(formula: Formula, x: Observation, actual: Decimal, target: Decimal) -> Fraction | str:
    if not _finite(x, actual, target):
        raise _unreadable_figure(x)
    try:
        return FRACTIONS[formula](actual, target, x)
    except _UNEXACT as error:
        raise _unreadable_figure(x) from error


def _unreadable_figure(x: Observation) -> RuleViolation:
    figures = {"actual": x.actual, "target": x.target, "baseline": x.baseline, "band_upper": x.band_upper}
    known = {name: value for name, value in figures.items() if value is not None}
    field = next((n for n, v in known.items() if not v.is_finite()), None)
    field = field or max(known, key=lambda n: abs(known[n].adjusted()))
    label = {"actual": "実績値", "target": "目標値", "baseline": "基準値", "band_upper": "目標値の上限"}[
        field
    ]
    return RuleViolation(
        "figure_out_of_range",
        f"{label}の「{known[field]}」は桁が多すぎるか数値ではないため、達成率を計算できません。値を確かめてください。",
        field=field,
    )
