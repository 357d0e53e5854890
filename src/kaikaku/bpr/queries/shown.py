"""What the pages show: the list, and one project whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from kaikaku.bpr import words
from kaikaku.bpr.models import Measurement, Policy, Project, Step
from kaikaku.bpr.queries.access import may_edit, policy_of, projects_for
from kaikaku.bpr.queries.effects import (
    ProjectFacts,
    Saved,
    YearLine,
    effect_of,
    facts_of,
    saved_by,
)
from kaikaku.core.bpr import (
    NEXT,
    Effect,
    Stage,
    Work,
    payback_months,
    people,
    remeasure_days,
    yen,
)
from kaikaku.core.eras import fiscal_year_of
from kaikaku.org.queries import organisation_of, tree_of

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.org.tree import Tree

YEARS_SHOWN = 5


def plain(value: Decimal | None) -> str:
    """A number as it was typed: without zeros that only the database adds."""
    if value is None:
        return words.NONE
    whole = value.to_integral_value()
    return f"{whole:,f}" if value == whole else f"{value.normalize():,f}"


def worded(work: Work | None) -> str:
    """A step's work in words; an em dash where there is none."""
    if work is None:
        return words.NONE
    return f"{plain(work.minutes)}分×{plain(work.times)}回×{plain(work.people)}人"


@dataclass(frozen=True, slots=True)
class Row:
    """A project on the list. `minutes` a year as verified, None where nothing is."""

    key: int
    title: str
    department: str
    division: int
    stage: Stage
    tools: tuple[str, ...]
    fiscal_year: int | None
    minutes: Decimal | None

    @property
    def stage_words(self) -> str:
        return words.STAGES[self.stage]

    @property
    def tool_words(self) -> str:
        return "、".join(words.TOOLS.get(tool, tool) for tool in self.tools)


def rows_for(user: User) -> list[Row]:
    """Every project of the user's government; four queries."""
    projects = projects_for(user)
    years = dict(projects.select_related(None).values_list("pk", "fiscal_year"))
    places = Places(tree_of(organisation_of(user)))
    return [
        Row(
            key=facts.key,
            title=facts.title,
            department=places.of(facts.department)[0],
            division=places.of(facts.department)[1],
            stage=facts.stage,
            tools=facts.tools,
            fiscal_year=years[facts.key],
            minutes=facts.annual,
        )
        for facts in facts_of(projects)
    ]


class Places:
    """Where departments stand today: their name, and the key and name of their 部局; asked once for each."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.known: dict[int, tuple[str, int, str]] = {}

    def of(self, department: int) -> tuple[str, int, str]:
        if department not in self.known:
            heir = self.tree.heir(department)
            path = self.tree.path(heir) if heir is not None else []
            name = (heir or self.tree.by_pk[department]).name
            self.known[department] = (name, path[0].pk, path[0].name) if path else (name, 0, name)
        return self.known[department]


@dataclass(frozen=True, slots=True)
class Found:
    """A measurement with what it is called; `may_verify` for this reader."""

    row: Measurement
    may_verify: bool

    @property
    def state(self) -> str:
        if self.row.withdrawn_at is not None:
            return "取下げ"
        return "確認済み" if self.row.verified_at is not None else "確認待ち"

    @property
    def counts(self) -> bool:
        return (
            self.row.withdrawn_at is None
            and self.row.verified_at is not None
            and self.row.occasion in words.FOUND
        )


@dataclass(frozen=True, slots=True)
class Page:
    """One project with all that is known of it, for one reader."""

    project: Project
    facts: ProjectFacts
    steps: tuple[Step, ...]
    effect: Effect
    years: tuple[YearLine, ...]
    together: Decimal
    measurements: tuple[Found, ...]
    due: tuple[tuple[str, date], ...]
    policy: Policy
    payback: tuple[int | None, str]
    may_edit: bool
    next_stages: tuple[Stage, ...]

    @property
    def annual(self) -> Decimal | None:
        """Minutes a year as verified."""
        return self.facts.annual

    @property
    def tool_words(self) -> str:
        return "、".join(words.TOOLS.get(tool, tool) for tool in self.facts.tools) or words.NONE

    @property
    def hourly_words(self) -> str:
        return f"1時間{plain(self.policy.hourly_yen)}円" if self.policy.hourly_yen else ""

    @property
    def people(self) -> Decimal | None:
        return (
            None
            if self.annual is None
            else people(self.annual, hours_of_a_person=self.policy.hours_of_a_person)
        )

    @property
    def yen(self) -> Decimal | None:
        if self.annual is None or self.policy.hourly_yen is None:
            return None
        return yen(self.annual, hourly=self.policy.hourly_yen)


def page_of(project: Project, user: User, *, on: date) -> Page:
    """A project's page; a constant number of queries."""
    (facts,) = facts_of(Project.objects.filter(pk=project.pk), on=on)
    steps = tuple(project.steps.all())
    effect = effect_of(project)
    editing = may_edit(user, project.department)
    last = fiscal_year_of(on)
    began = project.began_on
    first = max(last - YEARS_SHOWN + 1, fiscal_year_of(began)) if began else last
    every = saved_by([facts], range(fiscal_year_of(began), last + 1)) if began else Saved()
    measurements = tuple(
        Found(
            row,
            editing and row.by_id != user.pk and row.verified_at is None and row.withdrawn_at is None,
        )
        for row in project.measurements.select_related("by", "verified_by")
    )
    annual = facts.annual if facts.annual is not None else effect.minutes
    return Page(
        project=project,
        facts=facts,
        steps=steps,
        effect=effect,
        years=tuple(line for line in every.years if line.fiscal_year >= first),
        together=every.together,
        measurements=measurements,
        due=due_measurements(project, [one.row for one in measurements], on=on),
        policy=policy_of(project.organisation),
        payback=payback_months(project.build, annual),
        may_edit=editing,
        next_stages=NEXT[facts.stage] if editing else (),
    )


def due_measurements(
    project: Project, measurements: list[Measurement], *, on: date
) -> tuple[tuple[str, date], ...]:
    """The measurements that are still to be made: (occasion, day). Once the second is due, the first is
    none.
    """
    if project.began_on is None or project.retired_on is not None:
        return ()
    done = {one.occasion for one in measurements if one.withdrawn_at is None}
    days = zip(("after_3", "after_12"), remeasure_days(project.began_on), strict=True)
    left = [(occasion, day) for occasion, day in days if occasion not in done]
    return tuple(left[-1:] if left and left[-1][1] <= on else left)
