"""From what was read to what it is worth: an outline's indicators rated by a scheme."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kaikaku.core import ratings
from kaikaku.core.errors import RuleViolation
from kaikaku.core.indicators import (
    Accumulation,
    Achievement,
    Direction,
    Formula,
    Observation,
    Outcome,
    Status,
    rate_one,
    reason_of_sign,
)
from kaikaku.readers.outline import IndicatorRead, Outline, ValueRead


@dataclass(frozen=True, slots=True)
class RatedRead:
    """One indicator as read, with its achievement, its grade and the rate as printed beside it."""

    indicator: IndicatorRead
    achievement: Achievement
    band: ratings.Band | None
    rate_shown: str

    def as_json(self) -> dict[str, Any]:
        found = self.achievement
        return {
            "name": self.indicator.name,
            "section": self.indicator.section,
            "unit": self.indicator.unit,
            "inputs": [
                {"name": i.name, "value": format(i.value, "f"), "fiscal_year": i.fiscal_year}
                for i in found.inputs
            ],
            "formula": found.formula.value,
            "formula_label": found.formula_label,
            "why": found.choice.why,
            "rate": None if found.rate is None else format(found.rate, "f"),
            "rate_shown": self.rate_shown,
            "working": found.working(self.indicator.unit or ""),
            "target_year": found.target_year,
            "grade": self.band.code if self.band else None,
            "grade_label": self.band.label if self.band else None,
            "reason": found.reason.sentence if found.reason else None,
            "line": self.indicator.line,
        }


def scheme_named(name: str) -> ratings.Scheme:
    """A shipped scheme by its id, or one from a JSON file.

    Raises RuleViolation for a name that is neither, and for a file that is no scheme.
    """
    if name in ratings.SCHEMES:
        return ratings.SCHEMES[name]
    path = Path(name)
    known = "、".join(ratings.SCHEMES)
    if not path.is_file():
        raise RuleViolation(
            "cli.scheme_unknown",
            f"評価方法「{name}」がありません。{known} のいずれか、またはJSONファイルを指定してください。",
        )
    try:
        return ratings.Scheme.from_json(json.loads(path.read_text(encoding="utf-8")))
    except (UnicodeDecodeError, json.JSONDecodeError) as problem:
        raise RuleViolation(
            "cli.scheme_unreadable",
            f"「{name}」をJSONとして読み取れません（{problem}）。UTF-8のJSONで保存してください。",
        ) from problem


def rate_outline(
    outline: Outline, *, scheme: ratings.Scheme, formula: Formula = Formula.AUTO
) -> list[RatedRead]:
    """Rate every indicator of an outline; `formula` other than AUTO is used for all of them."""
    return [rate_read(indicator, scheme=scheme, formula=formula) for indicator in outline.indicators]


def rate_read(indicator: IndicatorRead, *, scheme: ratings.Scheme, formula: Formula) -> RatedRead:
    achievement = rate_one(observation_of(indicator, formula=formula), preferred=scheme.formula)
    band = ratings.grade_of(scheme, achievement)
    return RatedRead(indicator, achievement, band, ratings.shown_rate(scheme, achievement))


def observation_of(indicator: IndicatorRead, *, formula: Formula = Formula.AUTO) -> Observation:
    """What the formulas need of an indicator as read."""
    actual, target, baseline = indicator.actual, indicator.target, indicator.baseline
    window = target.cumulative_from if target else None
    reason, note = why_no_actual(actual)
    return Observation(
        actual=actual.value if actual else None,
        target=target.value if target else None,
        baseline=baseline.value if baseline else None,
        direction=Direction(indicator.direction) if indicator.direction else None,
        formula=formula,
        accumulation=Accumulation.CUMULATIVE if window else None,
        band_upper=target.upper if target else None,
        actual_year=year_of(actual),
        target_year=year_of(target),
        baseline_year=year_of(baseline),
        cumulative_from=window,
        status=Status(actual.status) if actual and actual.status else Status.CONFIRMED,
        actual_reason=reason,
        reason_note=note,
    )


def why_no_actual(actual: ValueRead | None) -> tuple[str | None, str]:
    """Why there is no actual, where the document prints something in its place."""
    if actual is None or actual.value is not None:
        return None, ""
    return reason_of_sign(actual.reason, actual.text)


def year_of(value: ValueRead | None) -> int | None:
    return value.fiscal_year if value else None


def tally_outline(
    outline: Outline, rated: Sequence[RatedRead], scheme: ratings.Scheme
) -> tuple[list[int | None], ratings.Tally]:
    """Grades counted by top section; the first result gives each row's section index (None: without one)."""
    groups: dict[int | None, list[ratings.Band | str | None]] = {}
    for one in rated:
        if one.achievement.outcome is Outcome.NOT_RATED:
            continue
        path = outline.path(one.indicator.section)
        top = outline.sections.index(path[0]) if path else None
        groups.setdefault(top, []).append(one.band)
    order = sorted(groups, key=lambda top: -1 if top is None else top)
    return order, ratings.tally({str(top): groups[top] for top in order}, scheme)
