"""The seam to the checks (core.checks): a sheet's figure and what the plan knows of its indicator → findings.

Pure mapping. The form, the Excel import and the command line all come through `check`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from kaikaku.core import checks
from kaikaku.core.checks import DEFAULT, Entry, Finding, Level, Policy, Siblings
from kaikaku.core.errors import RuleViolation
from kaikaku.core.indicators import Accumulation, Direction, Formula, Status
from kaikaku.core.ratings import Scheme
from kaikaku.plans.entries import FigureFields
from kaikaku.plans.facts import FigureFacts, IndicatorFacts
from kaikaku.plans.figures import Known, figure_values
from kaikaku.plans.results import rate_indicator

SETTLED = ("confirmed", "revised")
BLANK: dict[str, Any] = {"value": None, "upper": None, "unit": "", "shown": ""}
# a share of a whole cannot pass 100; a rate (率) may (前年比, 達成率)
BOUNDED = "割合"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a sheet's figures share when they are checked; the texts are the sheet's own."""

    fiscal_year: int
    scheme: Scheme | None = None
    policy: Policy = DEFAULT
    done: str = ""
    cause: str = ""
    action: str = ""
    siblings: Siblings | None = None
    locked: bool = False

    def saying(self, texts: Mapping[str, str]) -> Surroundings:
        """The same with the words written on the figure's section."""
        return replace(
            self,
            done=texts.get("done", ""),
            cause=texts.get("issues", "") + texts.get("risk", ""),
            action=texts.get("next_action", ""),
        )


@dataclass(frozen=True, slots=True)
class Read:
    """A typed value as understood, with what was found; `values` are the columns that were read."""

    values: dict[str, Any]
    findings: tuple[Finding, ...]


def nothing_typed(fiscal_year: int) -> FigureFacts:
    """An empty field, as it is checked when the sheet is submitted."""
    return FigureFacts(key=0, role="actual", fiscal_year=fiscal_year, text="", shown="", value=None)


def fields_of(typed: FigureFacts, fiscal_year: int) -> FigureFields:
    """What is typed, as plans takes it."""
    return FigureFields(
        role="actual",
        text=typed.text,
        fiscal_year=fiscal_year,
        status=typed.status or "confirmed",
        reason=typed.reason,
        reason_note=typed.reason_note,
    )


def with_typed(facts: IndicatorFacts, typed: FigureFacts | None, *, fiscal_year: int) -> IndicatorFacts:
    """The indicator as it will stand once the sheet is accepted."""
    others = tuple(f for f in facts.figures if not (f.role == "actual" and f.fiscal_year == fiscal_year))
    return replace(facts, figures=(*others, typed) if typed is not None else others)


def check(facts: IndicatorFacts, typed: FigureFacts, around: Surroundings, *, external: str = "") -> Read:
    """Understand a typed value as plans will, and run every check on it.

    A value that plans would not take is a block even where no check says so; it stays as it was typed.
    """
    try:
        values = figure_values(_known(facts), fields_of(typed, around.fiscal_year))
        read, refused = {name: values[name] for name in BLANK}, None
    except RuleViolation as violation:
        read, refused = dict(BLANK), violation
    try:
        found = checks.run(_entry(facts, typed, around, external), policy=around.policy)
    except RuleViolation as violation:
        found, refused = [], violation
    if refused is not None and not any(finding.level is Level.BLOCK for finding in found):
        found.insert(0, Finding(refused.code, Level.BLOCK, refused.field or "text", refused.message, "", ""))
    return Read(read, tuple(found))


def _known(facts: IndicatorFacts) -> Known:
    window = next((f.cumulative_from for f in facts.figures if f.cumulative_from), None)
    return Known(facts.name, facts.unit, facts.accumulation, window)


def _entry(facts: IndicatorFacts, typed: FigureFacts, around: Surroundings, external: str) -> Entry:
    year = around.fiscal_year
    actuals = {f.fiscal_year: f for f in facts.figures if f.role == "actual" and f.fiscal_year is not None}
    rated = rate_indicator(with_typed(facts, None, fiscal_year=year), fiscal_year=year, scheme=around.scheme)
    target, final, base = rated.target, rated.final_target, rated.baseline
    stands, last = actuals.get(year), actuals.get(year - 1)
    settled = stands is not None and stands.status in SETTLED
    return Entry(
        indicator=facts.code,
        name=facts.name,
        unit=facts.unit or None,
        decimals=facts.decimals,
        direction=Direction(facts.direction) if facts.direction else None,
        accumulation=Accumulation(facts.accumulation) if facts.accumulation else None,
        formula=Formula(facts.formula) if facts.formula else Formula.AUTO,
        bounded=facts.unit == "%" and BOUNDED in facts.name,
        baseline=base.value if base else None,
        baseline_year=base.fiscal_year if base else None,
        target=target.value if target else None,
        target_year=target.fiscal_year if target else None,
        band_upper=target.upper if target else None,
        final_target=final.value if final else None,
        final_target_year=final.fiscal_year if final else None,
        cumulative_from=_known(facts).window,
        past={y: f.value for y, f in actuals.items() if y < year},
        previous_level=checks.stated_level(last.text, facts.unit or None) if last is not None else None,
        confirmed=stands.value if stands is not None and settled else None,
        revision=typed.reason_note if typed.status == "revised" else "",
        raw=typed.text,
        fiscal_year=year,
        status=Status(typed.status) if typed.status else None,
        reason=typed.reason or None,
        reason_note=typed.reason_note,
        done=around.done,
        cause=f"{around.cause}{external}",
        action=around.action,
        siblings=around.siblings,
        scheme=around.scheme,
        edition_locked=around.locked,
    )
