"""The register as its page shows it: the lines, and how many stand in each cell of the matrix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.urls import reverse

from kaikaku.controls import rules, words
from kaikaku.controls.models import Risk
from kaikaku.controls.queries.access import risks_for

if TYPE_CHECKING:
    from kaikaku.org.models import User


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A line of the register's table."""

    code: str
    url: str
    event: str
    process: str
    department: str
    category: str
    likelihood: int
    impact: int
    score: int
    grade: str
    controls: int
    standing: int
    due: date | None
    retired: bool

    @property
    def grade_words(self) -> str:
        return words.GRADES[self.grade]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the 3×3 matrix."""

    likelihood: int
    impact: int
    count: int
    grade: str

    @property
    def score(self) -> int:
        return self.likelihood * self.impact


@dataclass(frozen=True, slots=True)
class Register:
    """The lines asked for, the matrix of all that are looked after (highest likelihood first), the sums."""

    rows: tuple[RiskRow, ...]
    matrix: tuple[tuple[Cell, ...], ...]
    grades: dict[str, int]
    open: int
    retired: int


def register(user: User, *, cell: str = "", retired: bool = False, category: str = "") -> Register:
    """Read the register; `cell` is "3-2" for likelihood 3 and impact 2. Two queries."""
    risks = list(
        risks_for(user).annotate(
            used=Count("controls", filter=Q(controls__retired_on__isnull=True), distinct=True),
            wrong=Count(
                "controls__deficiencies",
                filter=Q(controls__deficiencies__mended_on__isnull=True, controls__deficiencies__void=""),
                distinct=True,
            ),
        )
    )
    kept = [risk for risk in risks if risk.retired_on is None]
    shown = [risk for risk in risks if (risk.retired_on is not None) is retired]
    if cell:
        shown = [risk for risk in shown if f"{risk.likelihood}-{risk.impact}" == cell]
    if category:
        shown = [risk for risk in shown if risk.category == category]
    graded = Counter(risk.grade for risk in kept)
    return Register(
        rows=tuple(_row(risk) for risk in shown),
        matrix=_matrix(kept),
        grades={grade: graded[grade] for grade in words.GRADES},
        open=len(kept),
        retired=len(risks) - len(kept),
    )


def same_process(user: User, process: str) -> list[int]:
    """The departments whose register names the same work: whom a 水平展開 would ask first."""
    found = risks_for(user).filter(process=process, retired_on__isnull=True)
    return sorted(set(found.values_list("department", flat=True)))


def _matrix(risks: Sequence[Risk]) -> tuple[tuple[Cell, ...], ...]:
    counts = rules.matrix((risk.likelihood, risk.impact) for risk in risks)
    return tuple(
        tuple(Cell(high, wide, counts[high, wide], rules.grade(high * wide).value) for wide in rules.LEVELS)
        for high in reversed(rules.LEVELS)
    )


def _row(risk: Risk) -> RiskRow:
    return RiskRow(
        code=risk.code,
        url=reverse("controls:risk", args=[risk.pk]),
        event=risk.event,
        process=risk.process,
        department=risk.department.name,
        category=words.CATEGORIES[risk.category],
        likelihood=risk.likelihood,
        impact=risk.impact,
        score=risk.score,
        grade=risk.grade,
        controls=getattr(risk, "used", 0),
        standing=getattr(risk, "wrong", 0),
        due=risk.due,
        retired=risk.retired_on is not None,
    )
