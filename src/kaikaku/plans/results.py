"""From stored figures to rates, grades and the summary table: a pure mapping onto the rules of core."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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
from kaikaku.core.ratings import Band, Flip, Scheme, Tally, grade_of, shown_rate, tally, tally_counts
from kaikaku.plans.facts import FigureFacts, IndicatorFacts, PastLine


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an indicator in a year.

    `achievement` is against the target of the year, or the next one to come (its year is printed beside it),
    and the grade rests on it; `final` is against the final target, where that is another. `band` None means
    not graded, for the reason the achievement gives; 測定不能 is a band.
    """

    indicator: IndicatorFacts
    fiscal_year: int
    baseline: FigureFacts | None
    target: FigureFacts | None
    actual: FigureFacts | None
    achievement: Achievement
    final_target: FigureFacts | None
    final: Achievement | None
    band: Band | None
    rate_shown: str
    final_rate_shown: str = ""

    @property
    def reason(self) -> str | None:
        """Why there is no rate, as a sentence."""
        return self.achievement.reason.sentence if self.achievement.reason else None

    @property
    def is_counted(self) -> bool:
        """Whether the summary table knows this indicator; what has no target is not rated by design."""
        return self.achievement.outcome is not Outcome.NOT_RATED


@dataclass(frozen=True, slots=True)
class Mark:
    """What a summary table asks of an indicator's year: its grade, whether it counts, whether it has any."""

    band: Band | None
    is_counted: bool
    is_reported: bool


def rate_indicator(indicator: IndicatorFacts, *, fiscal_year: int, scheme: Scheme | None) -> Result:
    """Rate one indicator in one fiscal year by the edition's scheme.

    The target is that of the year; where the plan sets none for it, the next to come (山形県 holds 令和4年度
    against 令和6年度), else the last that has passed. An expected path runs to the final target.
    """
    preferred = scheme.formula if scheme else Formula.AUTO
    roles = _by_role(indicator.figures)
    parts, target = _parts(indicator, roles, fiscal_year=fiscal_year, preferred=preferred)
    achievement = rate_one(parts.observe(target), preferred=preferred)
    final = roles["target"][-1] if roles["target"] else None
    final = None if final is target else final
    against_final = rate_one(parts.observe(final), preferred=preferred) if final else None
    return Result(
        indicator=indicator,
        fiscal_year=fiscal_year,
        baseline=parts.baseline,
        target=target,
        actual=parts.actual,
        achievement=achievement,
        final_target=final,
        final=against_final,
        band=grade_of(scheme, achievement) if scheme else None,
        rate_shown=shown_rate(scheme, achievement) if scheme else achievement.rate_shown(),
        final_rate_shown=against_final.rate_shown(scheme.decimals if scheme else 1) if against_final else "",
    )


def mark_indicator(indicator: IndicatorFacts, *, fiscal_year: int, scheme: Scheme) -> Mark:
    """As `rate_indicator`, less all that is only shown: a summary over years needs no more."""
    roles = _by_role(indicator.figures)
    parts, target = _parts(indicator, roles, fiscal_year=fiscal_year, preferred=scheme.formula)
    achievement = rate_one(parts.observe(target), preferred=scheme.formula)
    counted = achievement.outcome is not Outcome.NOT_RATED
    return Mark(grade_of(scheme, achievement), counted, parts.actual is not None)


def _parts(
    indicator: IndicatorFacts,
    roles: Mapping[str, list[FigureFacts]],
    *,
    fiscal_year: int,
    preferred: Formula,
) -> tuple[_Parts, FigureFacts | None]:
    """What the indicator is held by in a year, and the target it is held against."""
    own = Formula(indicator.formula) if indicator.formula else Formula.AUTO
    actual = next((f for f in roles["actual"] if f.fiscal_year == fiscal_year), None)
    baseline = roles["baseline"][-1] if roles["baseline"] else None
    on_path = (preferred if own is Formula.AUTO else own) is Formula.EXPECTED_PATH and baseline is not None
    target = _target(roles["target"], fiscal_year, to_the_end=on_path)
    return _Parts(indicator, own, fiscal_year, baseline, actual), target


def rate_all(
    indicators: Iterable[IndicatorFacts], *, fiscal_year: int | None, scheme: Scheme | None
) -> dict[int, Result]:
    """The results of a year by the key of the indicator; nothing without a year."""
    if fiscal_year is None:
        return {}
    return {i.key: rate_indicator(i, fiscal_year=fiscal_year, scheme=scheme) for i in indicators}


def unrated(indicator: IndicatorFacts) -> Result:
    """The result of an indicator in an edition that has no year to report on."""
    parts = _Parts(indicator, Formula.AUTO, 0, None, None)
    return Result(indicator, 0, None, None, None, rate_one(parts.observe(None)), None, None, None, "—")


def reporting_year(
    planned: int | None, indicators: Iterable[IndicatorFacts], past: Iterable[int]
) -> int | None:
    """The year an edition reports on: its own where it has results of it, else the last that has."""
    years = {year for indicator in indicators for year in indicator.years()} | set(past)
    return planned if planned in years or not years else max(years)


def tally_results(
    results: Mapping[int, Result] | Mapping[int, Mark], tops: Mapping[int, int | None], *, scheme: Scheme
) -> Tally:
    """Count the grades of a year by top section (`tops`: indicator → top section); what is not rated is left
    out.

    An indicator that is shown again elsewhere (再掲) is counted once, under its own section.
    """
    grades: dict[str, list[Band | str | None]] = {}
    for key, result in results.items():
        if not result.is_counted:
            continue
        grades.setdefault(group_key(tops.get(key)), []).append(result.band)
    return tally(grades, scheme)


def group_key(top: int | None) -> str:
    return "" if top is None else str(top)


def tally_past(lines: Sequence[PastLine], *, scheme: Scheme) -> Tally:
    """The summary table of a year that was published without single figures; shares are computed anew from
    the counts.
    """
    rows = {str(line.key): _full(line.counts, scheme) for line in lines if not line.is_total}
    whole = next((_full(line.counts, scheme) for line in lines if line.is_total), None)
    return tally_counts(rows, scheme, whole=whole)


def preview(
    indicators: Sequence[IndicatorFacts], *, fiscal_year: int | None, old: Scheme | None, new: Scheme
) -> list[Flip]:
    """The indicators whose grade a change of the rule would change, before it is made."""
    before = rate_all(indicators, fiscal_year=fiscal_year, scheme=old)
    after = rate_all(indicators, fiscal_year=fiscal_year, scheme=new)
    found = [
        Flip(
            i.code,
            i.name,
            before[i.key].achievement,
            after[i.key].achievement,
            before[i.key].band,
            after[i.key].band,
        )
        for i in indicators
        if i.key in before
    ]
    return [flip for flip in found if flip.grade_changed]


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the observations of one indicator in one year share, whatever target they are held against."""

    indicator: IndicatorFacts
    formula: Formula
    fiscal_year: int
    baseline: FigureFacts | None
    actual: FigureFacts | None

    def observe(self, target: FigureFacts | None) -> Observation:
        i, actual, baseline = self.indicator, self.actual, self.baseline
        reason, note = _rating_reason(actual)
        window = next((f.cumulative_from for f in (actual, target) if f and f.cumulative_from), None)
        return Observation(
            actual=actual.value if actual else None,
            target=target.value if target else None,
            baseline=baseline.value if baseline else None,
            direction=Direction(i.direction) if i.direction else None,
            formula=self.formula,
            accumulation=Accumulation(i.accumulation) if i.accumulation else None,
            band_upper=target.upper if target else None,
            actual_year=self.fiscal_year,
            target_year=target.fiscal_year if target else None,
            baseline_year=baseline.fiscal_year if baseline else None,
            column_year=target.column_year if target else None,
            cumulative_from=window,
            status=Status(actual.status) if actual else Status.CONFIRMED,
            actual_reason=reason,
            reason_note=note,
            external_factor=i.external_factor or None,
        )


def _rating_reason(actual: FigureFacts | None) -> tuple[str | None, str]:
    """Why there is no actual, in the words of the rating."""
    if actual is None or actual.value is not None:
        return None, ""
    return reason_of_sign(actual.reason, actual.text, note=actual.reason_note)


def _by_role(figures: Iterable[FigureFacts]) -> dict[str, list[FigureFacts]]:
    """Figures by role, by year; a target without a year is the final one, so it stands last."""
    found: dict[str, list[FigureFacts]] = {"baseline": [], "target": [], "actual": []}
    for figure in figures:
        found[figure.role].append(figure)
    for rows in found.values():
        if len(rows) > 1:
            rows.sort(key=lambda f: (f.fiscal_year is None, f.fiscal_year or 0))
    return found


def _target(targets: list[FigureFacts], fiscal_year: int, *, to_the_end: bool) -> FigureFacts | None:
    if not targets:
        return None
    for target in targets:
        if target.fiscal_year == fiscal_year:
            return target
    if to_the_end:
        return targets[-1]
    return next((t for t in targets if t.fiscal_year is None or t.fiscal_year > fiscal_year), targets[-1])


def _full(counts: Mapping[str, int], scheme: Scheme) -> list[int]:
    return [int(counts.get(band.code, 0)) for band in scheme.bands]
