"""Values that settle over time: 見込み → 速報 → 確定 → 修正; both targets of a year; windows of years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kaikaku.core.indicators.achievement import Achievement, rate_one
from kaikaku.core.indicators.formulas import EXACT, HUNDRED, QUOTIENT, ZERO, Formula, Observation, Status
from kaikaku.core.indicators.working import plain

STATUS_LABELS: dict[Status, str] = {
    Status.PROJECTED: "見込み",
    Status.PRELIMINARY: "速報",
    Status.CONFIRMED: "確定",
    Status.REVISED: "確定後の修正",
}
_RANK = {status: rank for rank, status in enumerate(Status)}


@dataclass(frozen=True, slots=True)
class Reading:
    """One value reported for an actual; None with the reason code why there is none."""

    value: Decimal | None
    status: Status = Status.CONFIRMED
    reason: str | None = None


def current(readings: Sequence[Reading]) -> Reading | None:
    """The reading that counts: the most settled status, and of equal ones the last reported.

    None if nothing was reported. A settled "cannot be measured" replaces an earlier projected number.
    """
    best: Reading | None = None
    for reading in readings:
        if best is None or _RANK[reading.status] >= _RANK[best.status]:
            best = reading
    return best


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a newer value did to a rate; the grade's side of it is `ratings.regrade`."""

    before: Achievement
    after: Achievement

    @property
    def value_changed(self) -> bool:
        return self.before.observation.actual != self.after.observation.actual

    @property
    def rate_changed(self) -> bool:
        return self.before.rate != self.after.rate

    def sentence(self, unit: str = "") -> str:
        """「見込み 70% が 確定 73% となり、達成率は 87.5% から 91.3% に変わりました。」"""
        old, new = (self._value(a, unit) for a in (self.before, self.after))
        if not self.value_changed:
            label = STATUS_LABELS[self.after.status]
            return f"{old} は、同じ値のまま「{label}」になりました。達成率は変わりません。"
        rates = [f"{a.rate_shown()}%" if a.rate is not None else "なし" for a in (self.before, self.after)]
        if not self.rate_changed:
            return f"{old} が {new} となりましたが、達成率は {rates[1]} のまま変わりません。"
        return f"{old} が {new} となり、達成率は {rates[0]} から {rates[1]} に変わりました。"

    @staticmethod
    def _value(achievement: Achievement, unit: str) -> str:
        value = achievement.observation.actual
        label = STATUS_LABELS[achievement.status]
        return f"{label} {plain(value)}{unit}" if value is not None else f"{label} 値なし"


def settle(before: Achievement, reading: Reading) -> Settlement:
    """Rate again with the newer reading, by the same formula, and keep both sides for the history."""
    observation = replace(
        before.observation,
        actual=reading.value,
        status=reading.status,
        actual_reason=reading.reason,
        formula=before.formula,
    )
    return Settlement(before, rate_one(observation))


@dataclass(frozen=True, slots=True)
class TwoTargets:
    """The rate against the year's target and against the final one: separate figures, never mixed."""

    year: Achievement
    final: Achievement


def achieve_both(
    observation: Observation,
    *,
    final_target: Decimal | None,
    final_year: int | None = None,
    final_upper: Decimal | None = None,
    preferred: Formula = Formula.AUTO,
) -> TwoTargets:
    """Rate `observation` (which holds the year's target) and the same actual against the final target.

    The formula is chosen for each side: a year target that equals the baseline is a level to keep, while
    the final target still asks for a change.
    """
    final = replace(
        observation, target=final_target, target_year=final_year, band_upper=final_upper, column_year=None
    )
    return TwoTargets(rate_one(observation, preferred=preferred), rate_one(final, preferred=preferred))


@dataclass(frozen=True, slots=True)
class Accumulated:
    """The sum of a window's years so far (F5), or None with the years that have no value."""

    total: Decimal | None
    first: int
    last: int
    missing: tuple[int, ...] = ()


def accumulate(by_year: Mapping[int, Decimal | None], *, first: int, last: int) -> Accumulated:
    """Add the actuals of fiscal years `first` to `last`; one unknown year leaves the sum unknown, never too
    small."""
    years = range(first, last + 1)
    missing = tuple(year for year in years if by_year.get(year) is None)
    if missing or first > last:
        return Accumulated(None, first, last, missing)
    total = ZERO
    for year in years:
        total = EXACT.add(total, by_year[year] or ZERO)
    return Accumulated(total, first, last)


def elapsed_share(*, first: int, last: int, year: int) -> Decimal:
    """Percent of the window's years that have ended with `year`: the pace line beside a cumulative rate (0
    to 100)."""
    whole = last - first + 1
    gone = min(max(year - first + 1, 0), whole)
    return QUOTIENT.divide(gone * HUNDRED, Decimal(whole))
