"""The register as 青森県 prints it: its head, the three lists, by year, by tool, by 部局."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING

from kaikaku.bpr import words
from kaikaku.bpr.models import Policy, Project, PublishedTotal
from kaikaku.bpr.queries.access import policy_of, published_totals
from kaikaku.bpr.queries.effects import (
    ProjectFacts,
    Saved,
    facts_of_government,
    first_year,
    register_of,
    saved_by,
)
from kaikaku.bpr.queries.shown import Places
from kaikaku.core.bpr import Register, Stage, people
from kaikaku.core.eras import fiscal_year_of
from kaikaku.org.queries import tree_of

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation


@dataclass(frozen=True, slots=True)
class Example:
    """A project as a published list names it."""

    key: int
    title: str
    summary: str
    tools: str


@dataclass(frozen=True, slots=True)
class DivisionLine:
    """What a 部局 of today did: projects started and completed, minutes saved since the first year (None
    where nothing was verified).
    """

    name: str
    started: int
    completed: int
    minutes: Decimal | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The register's head and its three lists (青森県の実績一覧): completed, under way, to come."""

    register: Register
    saved: Saved
    completed: tuple[Example, ...]
    under_way: tuple[Example, ...]
    to_come: tuple[Example, ...]
    totals: tuple[PublishedTotal, ...]
    policy: Policy
    divisions: tuple[DivisionLine, ...] = ()

    @property
    def people_together(self) -> Decimal | None:
        """The last year's hours as people (人役)."""
        if not self.saved.years:
            return None
        return people(self.saved.years[-1].minutes, hours_of_a_person=self.policy.hours_of_a_person)

    @property
    def running(self) -> list[tuple[int, Decimal]]:
        """(fiscal year, minutes from the first year to its end): another figure than a year's own."""
        return list(
            zip(
                [line.fiscal_year for line in self.saved.years],
                accumulate(line.minutes for line in self.saved.years),
                strict=True,
            )
        )

    @property
    def tool_rows(self) -> list[tuple[str, int]]:
        """(tool, projects), the most used first; they overlap and have no sum."""
        counted = self.register.by_tool.items()
        return [
            (words.TOOLS.get(code, code), n) for code, n in sorted(counted, key=lambda one: (-one[1], one[0]))
        ]


def summary_of(organisation: Organisation, *, on: date, public_only: bool = False) -> Summary:
    """What stands at the head of the register today; a constant number of queries."""
    every = facts_of_government(organisation, on=on)
    facts = [one for one in every if one.is_public] if public_only else every
    begun = first_year(facts)
    years = range(begun, fiscal_year_of(on) + 1) if begun is not None else range(0)
    told = dict(Project.objects.filter(organisation=organisation).values_list("pk", "summary"))

    def examples(*stages: Stage) -> tuple[Example, ...]:
        return tuple(
            Example(
                one.key,
                one.title,
                told[one.key],
                "、".join(words.TOOLS.get(tool, tool) for tool in one.tools) or words.NONE,
            )
            for one in facts
            if one.stage in stages
        )

    return Summary(
        register=register_of(facts),
        saved=saved_by(facts, years),
        completed=examples(Stage.COMPLETED, Stage.MONITORING),
        under_way=examples(Stage.STARTED),
        to_come=examples(Stage.SELECTED, Stage.ANALYSING),
        totals=tuple(published_totals(organisation)),
        policy=policy_of(organisation),
        divisions=_divisions(organisation, facts, years),
    )


def _divisions(
    organisation: Organisation, facts: list[ProjectFacts], years: range
) -> tuple[DivisionLine, ...]:
    """The 部局 that have started anything, in the order of the tree; each project once."""
    tree = tree_of(organisation)
    places = Places(tree)
    theirs: dict[tuple[int, str], list[ProjectFacts]] = defaultdict(list)
    for one in facts:
        if one.started:
            theirs[places.of(one.department)[1:]].append(one)
    order = {branch.department.pk: n for n, branch in enumerate(tree.branches())}
    return tuple(
        _division(name, found, years)
        for (_, name), found in sorted(theirs.items(), key=lambda one: order.get(one[0][0], len(order)))
    )


def _division(name: str, found: list[ProjectFacts], years: range) -> DivisionLine:
    saved = saved_by(found, years)
    known = any(line.projects for line in saved.years)
    done = sum(one.completed for one in found)
    return DivisionLine(name, len(found), done, saved.together if known else None)
