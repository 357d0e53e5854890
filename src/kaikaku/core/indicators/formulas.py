"""The achievement formulas F1 to F6 (domain.md §1), each as an exact fraction of Decimals.

No formula divides: it returns numerator and denominator (always positive), so that a threshold such as 80 %
can be decided without any rounding. Sums and products are exact or refused, never silently rounded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import (
    ROUND_05UP,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
    Subnormal,
)
from enum import StrEnum


class Direction(StrEnum):
    """Which values of the indicator are good."""

    UP = "up"
    DOWN = "down"
    MAINTAIN_MIN = "maintain_min"
    MAINTAIN_MAX = "maintain_max"
    BAND = "band"


class Accumulation(StrEnum):
    """What the value of one year counts: a level, one year's amount, or the sum of a window of years."""

    STOCK = "stock"
    FLOW = "flow"
    CUMULATIVE = "cumulative"


class Status(StrEnum):
    """How settled a value is: 見込み, 速報, 確定, and 確定後の修正."""

    PROJECTED = "projected"
    PRELIMINARY = "preliminary"
    CONFIRMED = "confirmed"
    REVISED = "revised"


class Formula(StrEnum):
    """How the rate is computed; AUTO leaves the choice to `choose_formula`."""

    AUTO = "auto"
    FROM_BASELINE = "from_baseline"
    RATIO = "ratio"
    INVERSE_RATIO = "inverse_ratio"
    TWO_MINUS_RATIO = "two_minus_ratio"
    MAINTAIN_MIN = "maintain_min"
    MAINTAIN_MAX = "maintain_max"
    BAND = "band"
    CUMULATIVE = "cumulative"
    EXPECTED_PATH = "expected_path"


FORMULA_LABELS: dict[Formula, str] = {
    Formula.AUTO: "自動",
    Formula.FROM_BASELINE: "基準値比",
    Formula.RATIO: "目標比",
    Formula.INVERSE_RATIO: "目標比（小さいほどよい：目標値÷実績値）",
    Formula.TWO_MINUS_RATIO: "目標比（小さいほどよい：2−実績値÷目標値）",
    Formula.MAINTAIN_MIN: "維持（目標値以上）",
    Formula.MAINTAIN_MAX: "維持（目標値以下）",
    Formula.BAND: "維持（目標の範囲内）",
    Formula.CUMULATIVE: "累計の目標比",
    Formula.EXPECTED_PATH: "期待値比",
}

ZERO = Decimal(0)
ONE = Decimal(1)
TWO = Decimal(2)
HUNDRED = Decimal(100)

# Figures of a plan have at most some forty digits; what does not fit here is a slip, and is refused, not
# rounded.
EXACT = Context(prec=300, Emax=120, Emin=-120, traps=[Inexact, InvalidOperation, Overflow, Subnormal])

# ROUND_05UP leaves a last digit other than 0 and 5 whenever something was cut off. Comparing such a
# quotient with a threshold, or rounding it once more to fewer digits, therefore gives what the exact
# fraction would give.
QUOTIENT = Context(prec=50, rounding=ROUND_05UP, traps=[InvalidOperation, DivisionByZero, Overflow])


@dataclass(frozen=True, slots=True)
class Observation:
    """One indicator in one year, as the formulas read it.

    Values are in the indicator's unit; None is unknown.     `target` is the lower end and `band_upper` the
    upper end of a band. For a cumulative indicator actual and target are sums since `cumulative_from`.
    `target_year` is the year of the VALUE; `column_year` that of the column it is printed in (山形県:
    「100%(R7)」 under R6目標値). `actual_reason` says why there is no actual (see `REASONS`).
    `external_factor` is a mark that readers see; nothing computed depends on it. `formula` is the
    indicator's own choice, AUTO where it leaves the matter to the edition's scheme.
    """

    actual: Decimal | None
    target: Decimal | None
    baseline: Decimal | None = None
    direction: Direction | None = None
    formula: Formula = Formula.AUTO
    accumulation: Accumulation | None = None
    band_upper: Decimal | None = None
    actual_year: int | None = None
    target_year: int | None = None
    baseline_year: int | None = None
    column_year: int | None = None
    cumulative_from: int | None = None
    status: Status = Status.CONFIRMED
    actual_reason: str | None = None
    reason_note: str = ""
    external_factor: str | None = None


Fraction = tuple[Decimal, Decimal]
"""Numerator and positive denominator of the rate, 1 being 100 %."""

REACHED: Fraction = (ONE, ONE)


def _over(numerator: Decimal, denominator: Decimal) -> Fraction:
    if denominator < 0:
        return EXACT.minus(numerator), EXACT.minus(denominator)
    return EXACT.plus(numerator), EXACT.plus(denominator)


def from_baseline(a: Decimal, t: Decimal, x: Observation) -> Fraction | str:
    """F1: (A − B) ÷ (T − B).

    One formula for rising and falling targets; a worsening gives a negative rate.
    """
    if x.baseline is None:
        return "no_baseline"
    wanted = EXACT.subtract(t, x.baseline)
    if not wanted:
        return "target_equals_baseline"
    return _over(EXACT.subtract(a, x.baseline), wanted)


def ratio(a: Decimal, t: Decimal, x: Observation) -> Fraction | str:
    """F2: A ÷ T, for T > 0."""
    if t <= 0:
        return "negative_target" if t else "zero_target"
    return _over(a, t)


def inverse_ratio(a: Decimal, t: Decimal, x: Observation) -> Fraction | str:
    """F3: T ÷ A, where lower is better and no baseline is known.

    T = 0 is reached by A <= 0 and else not computable.
    """
    if t < 0:
        return "negative_target"
    if not t:
        return REACHED if a <= 0 else "zero_target"
    if a <= 0:
        return "negative_actual" if a else "zero_actual"
    return _over(t, a)


def two_minus_ratio(a: Decimal, t: Decimal, x: Observation) -> Fraction | str:
    """F3, the other form in use: 2 − A ÷ T, for T > 0; T = 0 as in `inverse_ratio`."""
    if t < 0:
        return "negative_target"
    if not t:
        return REACHED if a <= 0 else "zero_target"
    return _over(EXACT.subtract(EXACT.multiply(TWO, t), a), t)


def maintain_min(a: Decimal, t: Decimal, x: Observation) -> Fraction | str:
    """F4: A >= T is 100 %, else A ÷ T. Never F1, whose denominator would be zero."""
    return REACHED if a >= t else ratio(a, t, x)


def maintain_max(a: Decimal, t: Decimal, x: Observation) -> Fraction | str:
    """F4: A <= T is 100 %, else T ÷ A; so a zero to be kept, once missed, is 0 %."""
    if a <= t:
        return REACHED
    return "negative_target" if t < 0 else _over(t, a)


def band(a: Decimal, t: Decimal, x: Observation) -> Fraction | str:
    """F4: inside the band is 100 %.

    Outside, the nearer end is treated as a minimum or a maximum [our choice].
    """
    if x.band_upper is None:
        return "no_band"
    if x.band_upper < t:
        return "band_reversed"
    if t <= a <= x.band_upper:
        return REACHED
    if a < t:
        return ratio(a, t, x)
    return "negative_target" if x.band_upper < 0 else _over(x.band_upper, a)


def years_of_path(x: Observation) -> tuple[int, int] | str:
    """Years gone since the baseline and years from baseline to target.

    After the target year the path stays at T.
    """
    if x.baseline_year is None or x.target_year is None or x.actual_year is None:
        return "no_years"
    if not x.baseline_year < min(x.target_year, x.actual_year):
        return "years_out_of_order"
    whole = x.target_year - x.baseline_year
    return min(x.actual_year - x.baseline_year, whole), whole


def expected_path(a: Decimal, t: Decimal, x: Observation) -> Fraction | str:
    """F6: (A − B) ÷ (E − B), where E = B + (T − B) × years gone ÷ years in all.

    静岡県 calls E the 期待値; 多摩市 uses 20 % a year of five.
    """
    if x.baseline is None:
        return "no_baseline"
    wanted = EXACT.subtract(t, x.baseline)
    if not wanted:
        return "target_equals_baseline"
    years = years_of_path(x)
    if isinstance(years, str):
        return years
    done = EXACT.multiply(EXACT.subtract(a, x.baseline), Decimal(years[1]))
    return _over(done, EXACT.multiply(wanted, Decimal(years[0])))


FRACTIONS: dict[Formula, Callable[[Decimal, Decimal, Observation], Fraction | str]] = {
    Formula.FROM_BASELINE: from_baseline,
    Formula.RATIO: ratio,
    Formula.INVERSE_RATIO: inverse_ratio,
    Formula.TWO_MINUS_RATIO: two_minus_ratio,
    Formula.MAINTAIN_MIN: maintain_min,
    Formula.MAINTAIN_MAX: maintain_max,
    Formula.BAND: band,
    Formula.CUMULATIVE: ratio,  # F5: both sides are sums of the window; see `accumulate`
    Formula.EXPECTED_PATH: expected_path,
}


def percent(fraction: Fraction) -> Decimal:
    """The fraction in percent with 50 digits, decided exactly wherever it is compared or rounded (see
    QUOTIENT)."""
    return QUOTIENT.divide(EXACT.multiply(fraction[0], HUNDRED), fraction[1])
