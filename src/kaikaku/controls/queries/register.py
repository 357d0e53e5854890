"""The register as its page shows it: the lines, and how many stand in each cell of the matrix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet

from kaikaku.controls import rules, words
from kaikaku.controls.models import Control, Deficiency, risk_code
from kaikaku.controls.queries.access import risks_for
from kaikaku.org.queries import organisation_of
from kaikaku.ui.search import address_of

if TYPE_CHECKING:
    from kaikaku.org.models import User


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A line of the register's table."""

    controls: int
    standing: int
    pk: int
    number: int
    event: str
    process: str
    department: str
    category: str
    likelihood: int
    impact: int
    due: date | None
    retired_on: date | None

    @property
    def code(self) -> str:
        return risk_code(self.number)

    @property
    def url(self) -> str:
        return address_of("controls:risk").format(self.pk)

    @property
    def score(self) -> int:
        return self.likelihood * self.impact

    @property
    def grade(self) -> str:
        return rules.grade(self.score).value

    @property
    def category_words(self) -> str:
        return words.CATEGORIES[self.category]

    @property
    def retired(self) -> bool:
        return self.retired_on is not None


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


COLUMNS = (
    "pk", "number", "event", "process", "department__name", "category", "likelihood", "impact", "due",
    "retired_on",
)  # fmt: skip


def register(user: User, *, cell: str = "", retired: bool = False, category: str = "") -> Register:
    """Read the register; `cell` is "3-2" for likelihood 3 and impact 2. Three queries."""
    organisation = organisation_of(user)
    in_use = Control.objects.filter(risk__organisation=organisation, retired_on__isnull=True)
    wrong = Deficiency.objects.filter(
        control__risk__organisation=organisation, mended_on__isnull=True, void=""
    )
    controls, standing = _by(in_use, "risk"), _by(wrong, "control__risk")
    rows = [
        RiskRow(controls.get(found[0], 0), standing.get(found[0], 0), *found)
        for found in risks_for(user).values_list(*COLUMNS)
    ]
    kept = [row for row in rows if not row.retired]
    shown = [row for row in rows if row.retired is retired]
    if cell:
        shown = [row for row in shown if f"{row.likelihood}-{row.impact}" == cell]
    if category:
        shown = [row for row in shown if row.category == category]
    graded = Counter(row.grade for row in kept)
    return Register(
        rows=tuple(shown),
        matrix=_matrix(kept),
        grades={grade: graded[grade] for grade in words.GRADES},
        open=len(kept),
        retired=len(rows) - len(kept),
    )


def _by(found: QuerySet[Any], risk: str) -> dict[int, int]:
    """How many there are of each risk."""
    return dict(found.order_by().values_list(risk).annotate(Count("pk")))


def same_process(user: User, process: str) -> list[int]:
    """The departments whose register names the same work: whom a 水平展開 would ask first."""
    found = risks_for(user).filter(process=process, retired_on__isnull=True)
    return sorted(set(found.values_list("department", flat=True)))


def _matrix(risks: Iterable[RiskRow]) -> tuple[tuple[Cell, ...], ...]:
    counts = rules.matrix((risk.likelihood, risk.impact) for risk in risks)
    return tuple(
        tuple(Cell(high, wide, counts[high, wide], rules.grade(high * wide).value) for wide in rules.LEVELS)
        for high in reversed(rules.LEVELS)
    )
