"""What the year's evaluation report says, in the order the law asks: policy, scope, result, opinions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kaikaku.controls import rules, words
from kaikaku.controls.models import ControlYear, Deficiency
from kaikaku.controls.queries.board import board
from kaikaku.controls.queries.counted import risks_on
from kaikaku.core.eras import show_date
from kaikaku.org.queries import today


@dataclass(frozen=True, slots=True)
class Wrong:
    """A deficiency as the report names it; days in words."""

    key: int
    code: str
    department: str
    text: str
    kind: str
    material: bool
    cause: str
    remedy: str
    found_on: str
    mended_on: str
    stands: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """An incident with how far its 水平展開 is."""

    title: str
    department: str
    happened_on: str
    cause: str
    remedy: str
    asked: int
    answered: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything of a year that its report prints."""

    fiscal_year: int
    organisation: str
    policy: str
    system: str
    scope: str
    risks: Mapping[str, int]
    sections: int
    sections_sent: int
    controls: int
    seed: str
    sampled: int
    sample_checked: int
    result: str
    effective: bool
    standing: Mapping[str, int]
    material: int
    mended: int
    wrong: tuple[Wrong, ...]
    happened: tuple[Happened, ...]

    @property
    def unexplained(self) -> list[str]:
        """The material deficiencies that lack their cause or remedy."""
        return [
            one.text for one in self.wrong if one.material and not (one.cause.strip() and one.remedy.strip())
        ]

    @property
    def procedure(self) -> tuple[str, ...]:
        """How the evaluation was made, in sentences."""
        day = show_date(rules.evaluation_day(self.fiscal_year), style="era")
        asked = (
            f"統制を担う{self.sections}所属に自己評価を求め、{self.sections_sent}所属が提出しました"
            f"（統制{self.controls}件）。"
        )
        drawn = (
            f"推進部局が、ほかの所属の統制から{self.sampled}件を抽出し、{self.sample_checked}件を点検しました。"
            f"抽出は、「{self.seed}」の語と各統制の番号から求めたSHA-256の小さい順に行い、だれでも再現できます。"
            if self.sampled
            else "抽出点検は、まだ行っていません。"
        )
        return f"評価基準日は、{day}です。", asked, drawn

    def as_json(self) -> dict[str, Any]:
        """For `ControlYear.shown`."""
        return asdict(self)

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Facts:
        """Back from `as_json`."""
        wrong = tuple(Wrong(**one) for one in found["wrong"])
        happened = tuple(Happened(**one) for one in found["happened"])
        return cls(**{**found, "wrong": wrong, "happened": happened})


def report_facts(year: ControlYear) -> Facts:
    """What was issued, else as things stand now."""
    return Facts.from_json(year.shown) if year.shown is not None else facts_of(year)


def facts_of(year: ControlYear) -> Facts:
    """The year as things stand now; a constant number of queries."""
    seen = board(None, year, on=today())
    result = rules.evaluate(year.fiscal_year, [_counted(one) for one in seen.deficiencies])
    return Facts(
        fiscal_year=year.fiscal_year,
        organisation=year.organisation.name,
        policy=year.policy,
        system=year.system,
        scope=year.scope,
        risks=_risks(year),
        sections=len(seen.sections),
        sections_sent=seen.sent,
        controls=sum(one.asked for one in seen.sections),
        seed=year.seed,
        sampled=seen.sampled,
        sample_checked=seen.checked,
        result=result.words,
        effective=result.effective,
        standing={kind.value: count for kind, count in result.standing.items()},
        material=result.material,
        mended=result.mended,
        wrong=tuple(_wrong(one, year.fiscal_year) for one in seen.deficiencies),
        happened=tuple(
            Happened(
                title=one.title,
                department=one.department.name,
                happened_on=show_date(one.happened_on),
                cause=one.cause,
                remedy=one.remedy,
                asked=getattr(one, "asked", 0),
                answered=getattr(one, "answered", 0),
            )
            for one in seen.incidents
        ),
    )


def _risks(year: ControlYear) -> dict[str, int]:
    counts = dict.fromkeys(words.GRADES, 0)
    day = min(rules.evaluation_day(year.fiscal_year), today())
    for score in risks_on(year.organisation, day).values_list("score", flat=True):
        counts[rules.grade(score).value] += 1
    return counts


def _counted(row: Deficiency) -> rules.Deficiency:
    return rules.Deficiency(rules.Kind(row.kind), row.material, row.found_on, row.mended_on)


def _wrong(row: Deficiency, fiscal_year: int) -> Wrong:
    return Wrong(
        key=row.pk,
        code=row.control.risk.code,
        department=row.control.risk.department.name,
        text=row.text,
        kind=words.KINDS[row.kind],
        material=row.material,
        cause=row.cause,
        remedy=row.remedy,
        found_on=show_date(row.found_on),
        mended_on=show_date(row.mended_on) if row.mended_on else "",
        stands=_counted(row).stands_on(rules.evaluation_day(fiscal_year)),
    )
