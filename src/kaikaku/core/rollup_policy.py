"""How an edition rates its sections as a whole (総合評価), as validated data and in words (domain.md §1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from itertools import pairwise
from typing import Any

from kaikaku.core.errors import RuleViolation

HELD = "判定保留"
FULL = Decimal(100)


class Method(StrEnum):
    """What the score of a group of indicators is."""

    SHARE = "share"
    GRADE_POINTS = "grade_points"
    MEAN_RATE = "mean_rate"
    STEP_POINTS = "step_points"


class Basis(StrEnum):
    """Which decides where both outputs and outcomes are rated."""

    LOWER = "lower"
    OUTCOME = "outcome"


METHOD_LABELS: dict[Method, str] = {
    Method.SHARE: "目標に届いた指標の割合",
    Method.GRADE_POINTS: "評価区分を点にした平均",
    Method.MEAN_RATE: "達成率の平均（100%を上限とする）",
    Method.STEP_POINTS: "達成率を7段階の点にした平均",
}
BASIS_LABELS: dict[Basis, str] = {
    Basis.LOWER: "活動（行動指標）と成果（成果指標）の低いほう",
    Basis.OUTCOME: "成果（成果指標）。成果指標がなければ活動（行動指標）",
}
UNITS: dict[Method, str] = {
    Method.SHARE: "%",
    Method.GRADE_POINTS: "点",
    Method.MEAN_RATE: "%",
    Method.STEP_POINTS: "点",
}


@dataclass(frozen=True, slots=True)
class Level:
    """One overall rating; `lower` in the unit of the score, None for the last; `slot` chooses its colour."""

    label: str
    lower: Decimal | None
    slot: int = 1


def _levels(*edges: str) -> tuple[Level, ...]:
    """The four words of 岩手県's policy rating, the edges from the best down."""
    words = ("順調", "概ね順調", "やや遅れ", "遅れ")
    return tuple(
        Level(word, Decimal(edges[n]) if n < len(edges) else None, n + 1) for n, word in enumerate(words)
    )


# Edges to begin with; each is data of the edition. 85 and 70 are 三重県's for the mean rate of a 施策; half a
# point around each grade is the nearest grade; the points of the steps are those of 90, 80 and 60%.
USUAL_LEVELS: dict[Method, tuple[Level, ...]] = {
    Method.SHARE: _levels("85", "70", "50"),
    Method.GRADE_POINTS: _levels("3.5", "2.5", "1.5"),
    Method.MEAN_RATE: _levels("85", "70", "50"),
    Method.STEP_POINTS: _levels("6", "5", "3"),
}


@dataclass(frozen=True, slots=True)
class Policy:
    """How an edition rates its sections as a whole.

    `coverage` is the share of indicators, in percent, that must be measured; below it the rating is held
    (判定保留). With `worst_cap` a single indicator in the lowest grade keeps the rating at the last level but
    one (やや遅れ) at best. Raises RuleViolation when the levels contradict themselves.
    """

    method: Method
    levels: tuple[Level, ...] = ()
    basis: Basis = Basis.LOWER
    worst_cap: bool = False
    coverage: Decimal = Decimal(50)

    def __post_init__(self) -> None:
        if not self.levels:
            object.__setattr__(self, "levels", USUAL_LEVELS[self.method])
        _check(self)

    @property
    def rule(self) -> str:
        """The whole policy in words, as it is printed."""
        unit, parts, above = UNITS[self.method], [], ""
        for level in self.levels:
            lower = "" if level.lower is None else f"{plain(level.lower)}{unit}以上"
            parts.append(f"{level.label}：{(lower + above) or 'すべて'}")
            above = "" if level.lower is None else f"{plain(level.lower)}{unit}未満"
        said = [
            f"{METHOD_LABELS[self.method]}によります（{'、'.join(parts)}）。",
            "活動と成果は合わせて平均せず、別々に判定します。"
            f"両方あるときは、{BASIS_LABELS[self.basis]}を総合評価とします。",
            f"実績を測定できた指標が{plain(self.coverage)}%に満たないときは「{HELD}」とします。",
        ]
        if self.worst_cap:
            said.append(
                f"評価がいちばん低い指標が1つでもあれば、「{self.levels[self.cap].label}」までとします。"
            )
        return "".join(said)

    @property
    def cap(self) -> int:
        """The place of the best level that is left with an indicator in the lowest grade."""
        return max(len(self.levels) - 2, 0)

    def level(self, label: str) -> Level | None:
        """The level of that name, if the policy has it."""
        return next((level for level in self.levels if level.label == label), None)

    def as_json(self) -> dict[str, Any]:
        """Plain data for a JSON column; Decimals as text. The name is for people who read the log."""
        levels = [
            {"label": x.label, "lower": None if x.lower is None else plain(x.lower), "slot": x.slot}
            for x in self.levels
        ]
        return {
            "name": METHOD_LABELS[self.method],
            "method": self.method.value,
            "basis": self.basis.value,
            "worst_cap": self.worst_cap,
            "coverage": plain(self.coverage),
            "levels": levels,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Policy:
        """Read what `as_json` wrote. Raises RuleViolation for what is no policy."""
        try:
            levels = tuple(
                Level(
                    str(x["label"]),
                    None if x["lower"] is None else Decimal(str(x["lower"])),
                    int(x["slot"]),
                )
                for x in data["levels"]
            )
            chosen = Method(data["method"]), Basis(data["basis"]), Decimal(str(data["coverage"]))
        except (KeyError, TypeError, ValueError, InvalidOperation) as error:
            raise _refuse(
                "data",
                "総合評価の決まりを読み取れません。版の画面で、決まりを選び直してください。",
                "method",
            ) from error
        method, basis, coverage = chosen
        return cls(method, levels, basis, bool(data.get("worst_cap")), coverage)


def _check(policy: Policy) -> None:
    labels = [level.label.strip() for level in policy.levels]
    if len(labels) < 2 or not all(labels) or len(set(labels)) < len(labels) or HELD in labels:
        raise _refuse("levels", "総合評価の区分に、別々の名称を2つ以上入力してください。", "levels")
    if policy.levels[-1].lower is not None or any(level.lower is None for level in policy.levels[:-1]):
        raise _refuse(
            "edge",
            "いちばん下の区分だけ、下限を空欄にしてください。ほかの区分には下限を入力してください。",
            "levels",
        )
    for above, below in pairwise(policy.levels[:-1]):
        if above.lower is not None and below.lower is not None and below.lower >= above.lower:
            message = (
                f"「{above.label}」と「{below.label}」の下限が逆です。高い区分から順に入力してください。"
            )
            raise _refuse("order", message, "levels")
    if any(not 1 <= level.slot <= 4 for level in policy.levels):
        raise _refuse("slot", "区分の色は1から4までで選んでください。", "levels")
    if not 0 < policy.coverage <= FULL:
        raise _refuse(
            "coverage", "測定できた指標の割合は、0より大きく100までの数で入力してください。", "coverage"
        )


def _refuse(code: str, message: str, field: str) -> RuleViolation:
    return RuleViolation(f"overall.{code}", message, field=field)


def plain(value: Decimal) -> str:
    """The number in digits without trailing zeros."""
    return f"{value.normalize():f}"
