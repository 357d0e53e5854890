"""The rules of internal control (内部統制): scores, the sample, answers, and a year's result. Pure.

自治法150条 and the ministry's guideline of 2019-03: the day of the evaluation (評価基準日) is
the last of the fiscal year, and a deficiency mended by then counts as effective. One that stands is of design
(整備上) or of operation (運用上), and a material one is reported with its cause and remedy.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kaikaku.core.errors import RuleViolation

LEVELS = (1, 2, 3)
HIGH, MIDDLE = 6, 3  # of likelihood × impact, which is 1, 2, 3, 4, 6 or 9


class Grade(StrEnum):
    """How much a risk asks for attention."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


GRADE_LABELS: Mapping[Grade, str] = {Grade.HIGH: "高", Grade.MIDDLE: "中", Grade.LOW: "低"}


class Kind(StrEnum):
    """What is wrong with a control."""

    DESIGN = "design"
    OPERATION = "operation"


KIND_LABELS: Mapping[Kind, str] = {Kind.DESIGN: "整備上の不備", Kind.OPERATION: "運用上の不備"}


def score(likelihood: int, impact: int) -> int:
    """Likelihood × impact, each 1 to 3."""
    for name, value, label in (
        ("likelihood", likelihood, "起こりやすさ"),
        ("impact", impact, "影響の大きさ"),
    ):
        if value not in LEVELS:
            raise RuleViolation(
                "controls.level", f"{label}は、1（小）、2（中）、3（大）から選んでください。", field=name
            )
    return likelihood * impact


def grade(points: int) -> Grade:
    """The grade of a score.

    >>> [grade(points).value for points in (9, 6, 4, 3, 2, 1)]
    ['high', 'high', 'middle', 'middle', 'low', 'low']
    """
    return Grade.HIGH if points >= HIGH else Grade.MIDDLE if points >= MIDDLE else Grade.LOW


def matrix(risks: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """How many risks stand in each cell (likelihood, impact) of the three by three."""
    cells = {(likelihood, impact): 0 for likelihood in LEVELS for impact in LEVELS}
    for likelihood, impact in risks:
        score(likelihood, impact)
        cells[likelihood, impact] += 1
    return cells


@dataclass(frozen=True, slots=True)
class Subject:
    """A control that may be drawn: its section, and the score of its risk. `name` is what the register calls
    it (「R-010-2」): the draw goes by it, so that whoever has the register and the seed can repeat it.
    """

    key: int
    department: int
    score: int
    name: str


@dataclass(frozen=True, slots=True)
class Rates:
    """How many of each grade are checked, in per cent; at least one of each section that has any."""

    high: int = 100
    middle: int = 30
    low: int = 10
    every_section: bool = True

    def __post_init__(self) -> None:
        for name in ("high", "middle", "low"):
            if not 0 <= getattr(self, name) <= 100:
                raise RuleViolation("controls.rate", "抽出の割合は、0〜100の数にしてください。", field=name)

    def of(self, grade_: Grade) -> int:
        return {Grade.HIGH: self.high, Grade.MIDDLE: self.middle, Grade.LOW: self.low}[grade_]


def draw(subjects: Collection[Subject], *, seed: str, rates: Rates = Rates()) -> tuple[Subject, ...]:
    """The sample that the promoting section checks, independent of those who are checked.

    Reproducible by anyone: each subject's place in the draw is the SHA-256 of the seed and its name, and of
    each grade the first so many per cent are taken, rounded up. The seed is published with the report.
    """
    if not seed.strip():
        raise RuleViolation("controls.seed", "抽出のもとになる語を入力してください。", field="seed")
    ranked = sorted(subjects, key=lambda one: (_rank(seed, one.name), one.name))
    taken: list[Subject] = []
    for each in Grade:
        stratum = [one for one in ranked if grade(one.score) is each]
        taken += stratum[: -(-len(stratum) * rates.of(each) // 100)]
    if rates.every_section:
        covered = {one.department for one in taken}
        for one in ranked:
            if one.department not in covered:
                covered.add(one.department)
                taken.append(one)
    return tuple(sorted(taken, key=lambda one: one.key))


def _rank(seed: str, name: str) -> str:
    return hashlib.sha256(f"{seed.strip()}:{name}".encode()).hexdigest()


def must_be_independent(*, checker: Collection[int], checked: int) -> None:
    """Refuse a check by somebody of the section that is checked (`checker`: their departments)."""
    if checked in checker:
        raise RuleViolation(
            "controls.own_section", "自分の所属は点検できません。ほかの所属の人が点検してください。"
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What a section says of one of its controls: is it designed, did it operate, and where that is seen.

    None is not answered yet. `not_used` says why there was nothing to operate on in the year.
    """

    designed: bool | None = None
    operated: bool | None = None
    evidence: str = ""
    not_used: str = ""

    @property
    def complete(self) -> bool:
        if self.designed is None:
            return False
        if not self.designed:
            return True
        return bool(self.not_used.strip()) or (self.operated is not None)

    def must_be_whole(self) -> None:
        """Refuse an answer that cannot be sent: unanswered, or 'operated' with nothing to show it by."""
        if not self.complete:
            raise RuleViolation(
                "controls.unanswered",
                "整備と運用のそれぞれに、はい・いいえで答えてください。",
                field="designed",
            )
        if self.operated and not self.evidence.strip():
            raise RuleViolation(
                "controls.evidence",
                "運用したことが分かる書類や記録の名前を書いてください。例：点検表（9月分）",
                field="evidence",
            )

    @property
    def finding(self) -> Kind | None:
        """The deficiency that the answer itself tells of."""
        if self.designed is False:
            return Kind.DESIGN
        return Kind.OPERATION if self.operated is False and not self.not_used.strip() else None


@dataclass(frozen=True, slots=True)
class Deficiency:
    """A deficiency as the year's result counts it."""

    kind: Kind
    material: bool
    found_on: date
    mended_on: date | None = None

    def stands_on(self, day: date) -> bool:
        """Whether it is not mended by the end of that day."""
        return self.found_on <= day and (self.mended_on is None or self.mended_on > day)


@dataclass(frozen=True, slots=True)
class Result:
    """A fiscal year's evaluation, as its report says it: what stands on the last day, and what was mended."""

    fiscal_year: int
    standing: Mapping[Kind, int]
    material: int
    mended: int

    @property
    def effective(self) -> bool:
        """Effective unless a material deficiency stands on the last day."""
        return self.material == 0

    @property
    def words(self) -> str:
        """The sentence that the report is asked for."""
        if self.effective:
            return "評価基準日において、有効に整備され、運用されています。"
        return (
            f"評価基準日において、重大な不備が{self.material}件あり、有効に整備・運用されていませんでした。"
        )


def evaluate(fiscal_year: int, deficiencies: Sequence[Deficiency]) -> Result:
    """The year's result on its last day, 31 March."""
    day = evaluation_day(fiscal_year)
    standing = [one for one in deficiencies if one.stands_on(day)]
    first = date(fiscal_year, 4, 1)
    return Result(
        fiscal_year=fiscal_year,
        standing={kind: sum(one.kind is kind for one in standing) for kind in Kind},
        material=sum(one.material for one in standing),
        mended=sum(
            one.mended_on is not None and first <= one.mended_on <= day and one.found_on <= day
            for one in deficiencies
        ),
    )


def evaluation_day(fiscal_year: int) -> date:
    """評価基準日: the last day of the fiscal year.

    >>> evaluation_day(2025)
    datetime.date(2026, 3, 31)
    """
    return date(fiscal_year + 1, 3, 31)


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip that a check caught at the door: the check, the section, the sheet."""

    check: str
    department: int
    sheet: int


@dataclass(frozen=True, slots=True)
class Recurring:
    """A check that keeps catching the same slip: how often, in how many sections, on which sheets."""

    check: str
    times: int
    departments: frozenset[int]
    sheets: tuple[int, ...]


def recurring(slips: Iterable[Slip], *, sections: int = 3, times: int = 5) -> list[Recurring]:
    """The slips worth becoming a risk with its control: in so many sections, or so often; the most frequent
    first (予防的ガバナンス: 宮城県).
    """
    found: dict[str, list[Slip]] = {}
    for slip in slips:
        found.setdefault(slip.check, []).append(slip)
    told = [
        Recurring(
            check,
            len(them),
            frozenset(one.department for one in them),
            tuple(sorted({one.sheet for one in them})),
        )
        for check, them in found.items()
    ]
    worth = [one for one in told if len(one.departments) >= sections or one.times >= times]
    return sorted(worth, key=lambda one: (-one.times, one.check))
