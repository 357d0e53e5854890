"""The overall rating of a section (総合評価) from the grades of its indicators: a pure function of a policy.

What was done (行動指標) and what came of it (成果指標) are never put into one mean: each has its own score,
and the policy says which of the two decides (domain.md §1). A rating that rests on too few measured figures
is held (判定保留). People have the last word; where they decide otherwise, they give a reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext

from kaikaku.core.errors import RuleViolation
from kaikaku.core.indicators import percent_text, round_half_up
from kaikaku.core.rollup_policy import (
    BASIS_LABELS,
    FULL,
    HELD,
    METHOD_LABELS,
    UNITS,
    USUAL_LEVELS,
    Basis,
    Level,
    Method,
    Policy,
    plain,
)
from kaikaku.core.schemes import Band, Denominator, Scheme

__all__ = [
    "BASIS_LABELS",
    "HELD",
    "METHOD_LABELS",
    "UNITS",
    "USUAL_LEVELS",
    "Basis",
    "Level",
    "Member",
    "Method",
    "Overall",
    "Part",
    "Policy",
    "check_final",
    "roll_up",
    "step_points",
]

# The caller's own decimal context must not decide what is printed.
_EXACT = Context(prec=60)
KIND_LABELS = {"outcome": "成果", "output": "活動", "": "指標"}

# 佐野市「施策・基本事業評価の実績」: points for the rate of an indicator; below 50% one point. The city adds
# points for its policies being carried out, which a plan of indicators does not know.
STEPS: tuple[tuple[Decimal, int], ...] = tuple((Decimal(100 - 10 * n), 7 - n) for n in range(6))
LEAST_POINTS = 1


@dataclass(frozen=True, slots=True)
class Member:
    """A rated indicator: its kind (output, outcome or "" for undecided), its exact rate and its grade.

    `band` None is 未確定, a band that is not measurable 測定不能; neither has a rate. `weight` counts in
    means.
    """

    name: str
    kind: str
    rate: Decimal | None
    band: Band | None
    weight: Decimal = Decimal(1)

    @property
    def is_measured(self) -> bool:
        return self.band is not None and self.band.measurable


@dataclass(frozen=True, slots=True)
class Part:
    """The rating of the outputs, of the outcomes, or of what is neither; `level` None is 判定保留.

    `lowest` names the indicator whose grade kept the level down, if that was so.
    """

    kind: str
    counted: int
    measured: int
    score: Decimal | None
    shown: str
    working: str
    level: Level | None
    lowest: str = ""

    @property
    def label(self) -> str:
        return self.level.label if self.level else HELD

    @property
    def sentence(self) -> str:
        """「成果はやや遅れ：（4点×3＋1点×2）÷ 5 ＝ 2.80点」"""
        if self.level is None:
            why = f"{self.counted}指標のうち測定できたのは{self.measured}指標"
        else:
            why = self.working
        kept = f"、「{self.lowest}」の評価がいちばん低いため" if self.lowest else ""
        return f"{KIND_LABELS.get(self.kind, self.kind)}は{self.label}：{why}{kept}"


@dataclass(frozen=True, slots=True)
class Overall:
    """The automatic rating of a section with the parts it rests on; `level` None is 判定保留."""

    level: Level | None
    parts: tuple[Part, ...]

    @property
    def label(self) -> str:
        return self.level.label if self.level else HELD

    @property
    def slot(self) -> int:
        return self.level.slot if self.level else 0

    @property
    def is_held(self) -> bool:
        return self.level is None

    @property
    def sentence(self) -> str:
        """How it came about, part by part."""
        return "。".join(part.sentence for part in self.parts)


def roll_up(members: Sequence[Member], *, policy: Policy, scheme: Scheme) -> Overall | None:
    """Rate a section by its indicators; None where it has none that are rated.

    What is not rated by design (no target) is not among the members.
    """
    groups = {kind: [m for m in members if m.kind == kind] for kind in ("outcome", "output", "")}
    parts = tuple(_part(kind, group, policy, scheme) for kind, group in groups.items() if group)
    if not parts:
        return None
    deciding = parts
    if policy.basis is Basis.OUTCOME:
        deciding = tuple(part for part in parts if part.kind == "outcome") or parts
    if any(part.level is None for part in deciding):
        return Overall(None, parts)
    places = [policy.levels.index(part.level) for part in deciding if part.level is not None]
    return Overall(policy.levels[max(places)], parts)


def _part(kind: str, members: Sequence[Member], policy: Policy, scheme: Scheme) -> Part:
    measured = [m for m in members if m.is_measured]
    counts = len(members), len(measured)
    if not measured or FULL * len(measured) < policy.coverage * len(members):
        return Part(kind, *counts, None, "", "", None)
    with localcontext(_EXACT):
        score, sum_of = _SCORES[policy.method](members, measured, scheme)
    place = _place(score, policy.levels)
    worst = scheme.measured_bands[-1].code
    lowest = next((m.name for m in measured if m.band is not None and m.band.code == worst), "")
    kept_down = policy.worst_cap and bool(lowest) and place < policy.cap
    level = policy.levels[policy.cap if kept_down else place]
    shown = f"{_shown(score, policy)}{UNITS[policy.method]}"
    return Part(kind, *counts, score, shown, f"{sum_of} ＝ {shown}", level, lowest if kept_down else "")


def _place(score: Decimal, levels: Sequence[Level]) -> int:
    return next(n for n, level in enumerate(levels) if level.lower is None or score >= level.lower)


def _shown(score: Decimal, policy: Policy) -> str:
    """One decimal for percent, two for points; more where rounding would cross an edge."""
    decimals = 1 if UNITS[policy.method] == "%" else 2
    place = _place(score, policy.levels)
    while decimals < 50 and _place(round_half_up(score, decimals=decimals), policy.levels) != place:
        decimals += 1
    return percent_text(score, decimals=decimals)


# --- the four scores ---------------------------------------------------------------------------------------


def _share(members: Sequence[Member], measured: Sequence[Member], scheme: Scheme) -> tuple[Decimal, str]:
    """The share of indicators at or above the band 「以上」 counts down to, by the scheme's denominator.

    岩手県 R2: 49 of 57 with the two 測定不能 in the denominator, 86.0%.
    """
    codes = [band.code for band in scheme.measured_bands]
    good_codes = codes[: codes.index(scheme.at_least) + 1] if scheme.at_least in codes else codes[:1]
    good = sum(m.band is not None and m.band.code in good_codes for m in measured)
    total = {
        Denominator.ALL: len(members),
        Denominator.WITH_NOT_MEASURABLE: sum(m.band is not None for m in members),
        Denominator.MEASURED: len(measured),
    }[scheme.denominator]
    return good * FULL / total, f"{good} ÷ {total} × 100"


def _grade_points(_: Sequence[Member], measured: Sequence[Member], scheme: Scheme) -> tuple[Decimal, str]:
    """The mean of the grades as points: with four bands the best is 4, the last 1."""
    codes = [band.code for band in scheme.measured_bands]
    points = {code: len(codes) - n for n, code in enumerate(codes)}
    return _mean_points(measured, lambda m: points[m.band.code if m.band else ""])


def _step_points(_: Sequence[Member], measured: Sequence[Member], __: Scheme) -> tuple[Decimal, str]:
    """The mean of 佐野市's points: 7 from 100%, 6 from 90%, … 2 from 50%, else 1."""
    return _mean_points(measured, lambda m: step_points(m.rate))


def step_points(rate: Decimal | None) -> int:
    """佐野市's points for a rate in percent.

    >>> [step_points(Decimal(rate)) for rate in ("100", "99.9", "50", "49.9", "-3")]
    [7, 6, 2, 1, 1]
    """
    if rate is None:
        return LEAST_POINTS
    return next((points for lower, points in STEPS if rate >= lower), LEAST_POINTS)


def _mean_points(measured: Sequence[Member], points: Callable[[Member], int]) -> tuple[Decimal, str]:
    if _weighted(measured):
        total = sum((m.weight * points(m) for m in measured), Decimal(0))
        weights = sum((m.weight for m in measured), Decimal(0))
        return total / weights, f"点に重みを掛けた合計{plain(total)} ÷ 重みの合計{plain(weights)}"
    counts = Counter(points(m) for m in measured)
    terms = "＋".join(f"{point}点×{count}" for point, count in sorted(counts.items(), reverse=True))
    total = Decimal(sum(point * count for point, count in counts.items()))
    return total / len(measured), f"（{terms}）÷ {len(measured)}"


def _mean_rate(_: Sequence[Member], measured: Sequence[Member], __: Scheme) -> tuple[Decimal, str]:
    """The mean of the rates, each counted at 100% at most; a rate below nothing counts as it is."""
    rates = [(min(m.rate, FULL), m.weight) for m in measured if m.rate is not None]
    capped = sum(m.rate is not None and m.rate > FULL for m in measured)
    total = sum((rate * weight for rate, weight in rates), Decimal(0))
    weights = sum((weight for _, weight in rates), Decimal(0))
    how = "重みを付けた" if _weighted(measured) else ""
    cap = f"（100%を超える{capped}指標は100%として計算）" if capped else ""
    return total / weights, f"{len(rates)}指標の達成率の{how}平均{cap}"


def _weighted(members: Sequence[Member]) -> bool:
    return len({m.weight for m in members}) > 1


_SCORES: Mapping[Method, Callable[[Sequence[Member], Sequence[Member], Scheme], tuple[Decimal, str]]] = {
    Method.SHARE: _share,
    Method.GRADE_POINTS: _grade_points,
    Method.MEAN_RATE: _mean_rate,
    Method.STEP_POINTS: _step_points,
}


def check_final(*, automatic: str, final: str, reason: str) -> None:
    """Refuse a rating by people that differs from the automatic one without a reason (domain.md §1)."""
    if automatic != final and not reason.strip():
        raise RuleViolation(
            "overall.reason",
            f"自動判定は「{automatic}」です。「{final}」とする理由を入力してください。公表資料に載ります。",
            field="reason",
        )
