"""Grades are policy: a scheme of bands is data, and grading with it is a pure function (domain.md §1).

>>> from decimal import Decimal
>>> grade(SCHEMES["iwate"], Decimal("79.96")).name
'やや遅れ【C】'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext

from kaikaku.core.indicators import (
    Achievement,
    Observation,
    Outcome,
    Settlement,
    percent_text,
    rate_one,
    round_half_up,
)
from kaikaku.core.schemes import Band, Denominator, GradeOn, Scheme
from kaikaku.core.shipped import SCHEMES
from kaikaku.core.tallies import Tally, TallyRow, tally, tally_counts

__all__ = [
    "SCHEMES",
    "Average",
    "Band",
    "Case",
    "Denominator",
    "Flip",
    "GradeOn",
    "Scheme",
    "Tally",
    "TallyRow",
    "average",
    "flips",
    "grade",
    "grade_of",
    "rate_case",
    "regrade",
    "shown_rate",
    "tally",
    "tally_achievements",
    "tally_counts",
]


def grade(scheme: Scheme, rate: Decimal | None) -> Band | None:
    """The band of a rate in percent; None for None.

    On the exact rate unless the scheme grades what is printed. An external factor never comes in here: it
    marks the indicator and changes nothing (domain.md §1).
    """
    if rate is None:
        return None
    if scheme.grade_on is GradeOn.ROUNDED:
        rate = round_half_up(rate, decimals=scheme.decimals)
    for band in scheme.measured_bands:
        if band.holds(rate):
            return band
    return None


def grade_of(scheme: Scheme, achievement: Achievement) -> Band | None:
    """The band of an achievement, 測定不能 included; None while pending, and where nothing is to be rated."""
    if achievement.outcome is Outcome.NOT_MEASURABLE:
        return scheme.not_measurable
    return grade(scheme, achievement.rate)


def shown_rate(scheme: Scheme, achievement: Achievement) -> str:
    """The rate as printed beside its grade: one more digit wherever rounding would cross a threshold.

    79.96 is C, so it is printed as 79.96, not as 80.0, which would read as B [our rule, domain.md §1].
    """
    rate = achievement.rate
    decimals = scheme.decimals
    if rate is not None and scheme.grade_on is GradeOn.EXACT:
        band = grade(scheme, rate)
        # the exact rate has at most 50 digits, so this ends
        while grade(scheme, round_half_up(rate, decimals=decimals)) is not band and decimals < 50:
            decimals += 1
    return achievement.rate_shown(decimals)


@dataclass(frozen=True, slots=True)
class Case:
    """One indicator to be rated under a policy."""

    id: str
    name: str
    observation: Observation


@dataclass(frozen=True, slots=True)
class Flip:
    """An indicator whose rate or grade a change of policy alters."""

    id: str
    name: str
    before: Achievement
    after: Achievement
    old: Band | None
    new: Band | None

    @property
    def grade_changed(self) -> bool:
        return (self.old and self.old.code) != (self.new and self.new.code)

    @property
    def sentence(self) -> str:
        """「防災士の認証登録者数：目標比 93.0% 概ね達成【B】 → 基準値比 78.6% やや遅れ【C】」"""
        sides = (_side(self.before, self.old), _side(self.after, self.new))
        return f"{self.name}：{sides[0]} → {sides[1]}"


def _side(achievement: Achievement, band: Band | None) -> str:
    name = band.name if band else "評価なし"
    if achievement.rate is None:
        return name
    return f"{achievement.formula_label} {achievement.rate_shown()}% {name}"


def rate_case(scheme: Scheme, case: Case) -> Achievement:
    """Rate one indicator by the scheme's formula, or its own where it lays one down."""
    return rate_one(case.observation, preferred=scheme.formula)


def flips(old: Scheme, new: Scheme, cases: Iterable[Case]) -> list[Flip]:
    """Before it is done, what changing the policy from `old` to `new` does: the grades that change.

    A change of formula is a change of policy too: `dataclasses.replace(scheme, formula=Formula.RATIO)`.
    """
    found = []
    for case in cases:
        before, after = rate_case(old, case), rate_case(new, case)
        flip = Flip(case.id, case.name, before, after, grade_of(old, before), grade_of(new, after))
        if flip.grade_changed:
            found.append(flip)
    return found


def tally_achievements(
    groups: Mapping[str, Sequence[Achievement]],
    scheme: Scheme,
    *,
    whole: Sequence[Achievement] | None = None,
) -> Tally:
    """`tally` from achievements, leaving out those that are not rated by design (no target)."""

    def bands(achievements: Sequence[Achievement]) -> list[Band | None]:
        return [grade_of(scheme, a) for a in achievements if a.outcome is not Outcome.NOT_RATED]

    counted = {group: bands(achievements) for group, achievements in groups.items()}
    return tally(counted, scheme, whole=None if whole is None else bands(whole))


def regrade(scheme: Scheme, settlement: Settlement) -> tuple[Band | None, Band | None]:
    """The grade before and after a value settled (見込み → 確定)."""
    return grade_of(scheme, settlement.before), grade_of(scheme, settlement.after)


# the caller's own decimal context must not decide what is printed
_MEAN = Context(prec=60)


@dataclass(frozen=True, slots=True)
class Average:
    """A mean of rates in percent.

    Caps apply inside means only, never to a stored rate, and are always stated.
    """

    value: Decimal | None
    counted: int
    capped: int
    cap: Decimal | None

    @property
    def note(self) -> str:
        """What to print under the mean."""
        if self.value is None:
            return "達成率を計算できる指標がないため、平均はありません。"
        if self.cap is None:
            return f"{self.counted}指標の達成率の単純平均です。上限は設けていません。"
        cap = f"{self.cap.normalize():f}"
        mean = f"{self.counted}指標の達成率の単純平均です。"
        return f"{mean}{cap}%を超える{self.capped}指標は{cap}%として計算しています。"

    def shown(self, decimals: int = 1) -> str:
        return "—" if self.value is None else percent_text(self.value, decimals=decimals)


def average(rates: Sequence[Decimal | None], *, cap: Decimal | None = Decimal(100)) -> Average:
    """The plain mean of the known rates, each counted at most at `cap` (None for no cap)."""
    known = [rate for rate in rates if rate is not None]
    if not known:
        return Average(None, 0, 0, cap)
    capped = 0 if cap is None else sum(rate > cap for rate in known)
    with localcontext(_MEAN):
        total = sum((rate if cap is None else min(rate, cap) for rate in known), Decimal(0))
        return Average(total / len(known), len(known), capped, cap)
