"""What projects save: by their steps, and by year as verified. As many queries for one as for all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Min

from kaikaku.bpr.models import Measurement, Project, Step
from kaikaku.bpr.words import FOUND
from kaikaku.core.bpr import (
    DONE,
    Effect,
    Entry,
    InUse,
    Measured,
    Register,
    Stage,
    Work,
    annual_effect,
    register,
)
from kaikaku.core.bpr import Step as CoreStep
from kaikaku.core.eras import days_of_fiscal_year, fiscal_year_of
from kaikaku.org.queries import today

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kaikaku.org.models import Organisation

ZERO = Decimal(0)
FACTS = ("pk", "title", "department", "stage", "was_started", "tools", "began_on", "retired_on", "is_public")


def work_of(step: Step, when: str) -> Work | None:
    """A step's work before or after; None where there is none."""
    minutes = getattr(step, f"{when}_minutes")
    if minutes is None:
        return None
    return Work(minutes, getattr(step, f"{when}_times"), getattr(step, f"{when}_people"))


def core_steps(steps: Iterable[Step]) -> list[CoreStep]:
    return [CoreStep(one.name, work_of(one, "before"), work_of(one, "after")) for one in steps]


def effect_of(project: Project) -> Effect:
    """What a whole year saves by the steps as they stand."""
    return annual_effect(
        core_steps(project.steps.all()), upkeep=project.upkeep, exceptions=project.exceptions
    )


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """A project as the register and the metrics count it."""

    key: int
    title: str
    department: int
    stage: Stage
    was_started: bool
    tools: tuple[str, ...]
    in_use: InUse
    is_public: bool

    @property
    def started(self) -> bool:
        return self.was_started or self.stage in (Stage.STARTED, *DONE)

    @property
    def completed(self) -> bool:
        return self.stage in DONE

    @property
    def annual(self) -> Decimal | None:
        """Minutes a year by the last verified measurement."""
        found = sorted(self.in_use.measured, key=lambda one: one.from_day)
        return found[-1].minutes if found else None


def facts_of(projects: QuerySet[Project], *, on: date | None = None) -> list[ProjectFacts]:
    """The facts of these projects as of a day (today): months to come count for nothing. Two queries."""
    last = on or today()
    rows = list(projects.order_by("pk").values_list(*FACTS))
    measured: dict[int, list[Measured]] = defaultdict(list)
    found = Measurement.objects.filter(
        project__in=projects.order_by().values("pk"),
        occasion__in=FOUND,
        verified_at__isnull=False,
        withdrawn_at__isnull=True,
    )
    for key, day, minutes in found.order_by("counted_from", "pk").values_list(
        "project", "counted_from", "minutes"
    ):
        measured[key].append(Measured(day, minutes))
    return [
        ProjectFacts(
            key=key,
            title=title,
            department=department,
            stage=Stage(stage),
            was_started=was_started,
            tools=tuple(tools),
            in_use=InUse(began, measured.get(key, ()), min(retired or last, last)),
            is_public=is_public,
        )
        for key, title, department, stage, was_started, tools, began, retired, is_public in rows
    ]


def facts_of_government(organisation: Organisation, *, on: date | None = None) -> list[ProjectFacts]:
    """The facts of every project of a government."""
    return facts_of(Project.objects.filter(organisation=organisation), on=on)


def register_of(facts: Iterable[ProjectFacts]) -> Register:
    """着手件数, うち完了件数, and the tools that overlap."""
    return register([Entry(one.stage, frozenset(one.tools), one.was_started) for one in facts])


@dataclass(frozen=True, slots=True)
class YearLine:
    """Minutes saved in a fiscal year, and by how many projects."""

    fiscal_year: int
    minutes: Decimal
    projects: int


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved by year; `together` is the sum over the years, which is another figure than a year's."""

    years: tuple[YearLine, ...] = ()
    unmeasured: int = 0
    by_tool: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def together(self) -> Decimal:
        return sum((line.minutes for line in self.years), ZERO)


def saved_by(facts: Iterable[ProjectFacts], years: Iterable[int]) -> Saved:
    """What these projects saved in each of the years; hours count once per project."""
    listed = [one for one in facts if one.started]
    lines = []
    for year in years:
        found = [minutes for one in listed if (minutes := one.in_use.minutes(year)) is not None]
        lines.append(YearLine(year, sum(found, ZERO), len(found)))
    in_use = [one for one in listed if one.in_use.began is not None]
    return Saved(tuple(lines), unmeasured=sum(not one.in_use.measured for one in in_use))


def first_year(facts: Iterable[ProjectFacts]) -> int | None:
    """The fiscal year in which the first new way came into use."""
    days = [one.in_use.began for one in facts if one.in_use.began is not None]
    return min(map(fiscal_year_of, days), default=None)


def stage_days(organisation: Organisation, *, completed: bool) -> dict[int, date]:
    """The day on which each project was started or completed; without those of which none is known."""
    name = "completed_on" if completed else "started_on"
    rows = Project.objects.filter(organisation=organisation).values_list("pk", name)
    return {key: day for key, day in rows if day is not None}


def first_started(organisation: Organisation) -> int | None:
    """The fiscal year in which the first project was started."""
    first = Project.objects.filter(organisation=organisation).aggregate(day=Min("started_on"))["day"]
    return None if first is None else fiscal_year_of(first)


def last_day(fiscal_year: int) -> date:
    return days_of_fiscal_year(fiscal_year)[1]
