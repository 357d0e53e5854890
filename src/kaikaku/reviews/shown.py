"""What is shown of an item at a meeting: its figures, grades and workings, in words that can be kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kaikaku.core.eras import show_fiscal_year
from kaikaku.plans import shown as plans
from kaikaku.plans.facts import FigureFacts
from kaikaku.plans.overall import Standing
from kaikaku.plans.results import Result
from kaikaku.reviews import words

STATUS_MARKS = {"projected": "（見込）", "preliminary": "（速報）", "revised": "（改定）"}
NONE = "—"


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator's row, each value as printed; `slot` colours the grade, None where there is none."""

    name: str
    baseline: str
    target: str
    actual: str
    rate: str
    grade: str
    slot: int | None
    working: str
    formula: str
    external: str

    @property
    def sentence(self) -> str:
        """The row in words."""
        values = f"目標値 {self.target}、実績値 {self.actual}、達成率 {self.rate}、評価 {self.grade}"
        return f"{self.name}：{values}。{self.working}".replace("\n", " ")


@dataclass(frozen=True, slots=True)
class Shown:
    """An item as a meeting sees it; `above` is the heading it stands under."""

    name: str
    above: str
    owner: str
    fiscal_year: int | None
    lines: tuple[Line, ...]
    reasons: tuple[str, ...] = ()
    question: str = ""
    overall: str = ""

    @property
    def reason_words(self) -> str:
        return "、".join(words.REASONS.get(code, code) for code in self.reasons)

    @property
    def evidence(self) -> str:
        """The figures in one sentence each, with the sum: what an observation rests on."""
        rated = (f"総合評価：{self.overall}",) if self.overall else ()
        return "\n".join((*rated, *(line.sentence for line in self.lines)))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Shown:
        lines = tuple(Line(**line) for line in data["lines"])
        return cls(**{**data, "lines": lines, "reasons": tuple(data["reasons"])})


def line_of(result: Result) -> Line:
    """The row of an indicator from its result."""
    facts, rated = result.indicator, plans.rated(result)
    band = result.band
    mark = STATUS_MARKS.get(rated.status, "") if result.actual else ""
    return Line(
        name=facts.name,
        baseline=value(result.baseline, facts.decimals),
        target=value(result.target, facts.decimals),
        actual=value(result.actual, facts.decimals),
        rate=f"{rated.rate_shown}%" if rated.rate is not None else NONE,
        grade=f"{band.name}{mark}" if band else NONE,
        slot=band.slot if band else None,
        working=rated.working or rated.reason or "",
        formula=rated.formula_label,
        external=facts.external_factor,
    )


def value(figure: FigureFacts | None, decimals: int | None = None) -> str:
    """A value as printed, with 見込 or 速報 and its year below."""
    if figure is None:
        return NONE
    text = plans.as_shown(figure, decimals) if figure.value is not None else plans.reason_words(figure)
    parts = [text or figure.text or NONE, STATUS_MARKS.get(figure.status, "")]
    if figure.fiscal_year is not None:
        parts.append(f"（{show_fiscal_year(figure.fiscal_year, style='short')}）")
    return "\n".join(part for part in parts if part)


def overall_words(standing: Standing | None) -> str:
    """The overall rating of a section with how it came about; "" where it has none."""
    if standing is None:
        return ""
    if not standing.is_final:
        return f"{standing.label}（自動判定）\n{standing.automatic.sentence}"
    otherwise = (
        f"（自動判定は「{standing.settled.automatic}」）" if standing.settled and standing.differs else ""
    )
    why = f"\n理由：{standing.reason}" if standing.reason else ""
    return f"{standing.label}{otherwise}{why}\n{standing.automatic.sentence}"


def lines_of(results: Iterable[Result]) -> tuple[Line, ...]:
    return tuple(line_of(result) for result in results)
