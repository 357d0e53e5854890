"""What leads to a project and where it leads: ideas, initiatives, the indicators that count its hours."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from kaikaku.bpr import words
from kaikaku.bpr.models import Project
from kaikaku.bpr.queries.access import READERS, projects_for
from kaikaku.bpr.queries.effects import facts_of
from kaikaku.core.bpr import Stage, show_hours
from kaikaku.org.access import allowed
from kaikaku.org.queries import tree_of
from kaikaku.reporting.models import Binding
from kaikaku.ui.linking import Record, numbers_in

if TYPE_CHECKING:
    from kaikaku.bpr.queries.effects import ProjectFacts
    from kaikaku.org.models import Organisation, User

KIND = "bpr.project"
NAME = "業務改革（BPR）の案件"
COUNTED = "BPR案件で計上"
# bpr.metrics: those that count hours
HOUR_METRICS = ("bpr.hours_saved", "bpr.hours_saved_together")


@dataclass(frozen=True, slots=True)
class CountedIn:
    """An indicator of a plan whose actuals count a project's hours."""

    name: str
    edition: str
    url: str


def key_of(pk: int) -> str:
    """By what the other apps know a project."""
    return f"{KIND}:{pk}"


def linkable_for(user: User) -> Iterator[Record]:
    """The living projects, for whoever reads the register; one query."""
    if user.organisation_id is None or not allowed(user, *READERS):
        return
    rows = projects_for(user).exclude(stage=Stage.DROPPED).select_related(None)
    for pk, title, stage in rows.values_list("pk", "title", "stage"):
        yield Record(key_of(pk), title, _url(pk), NAME, words.STAGES[stage], COUNTED)


def records_of(user: User, keys: Collection[str]) -> Iterator[Record]:
    """The projects behind these keys, with what they save a year where that is verified; two queries."""
    mine = numbers_in(keys, KIND)
    if not mine or user.organisation_id is None or not allowed(user, *READERS):
        return
    for one in facts_of(projects_for(user).filter(pk__in=mine)):
        yield Record(key_of(one.key), one.title, _url(one.key), NAME, _note(one), COUNTED)


def counting_hours(organisation: Organisation, keys: Collection[str]) -> Iterator[tuple[str, str]]:
    """The keys of the government's own projects: what they save is counted here and nowhere else."""
    mine = numbers_in(keys, KIND)
    if mine:
        for pk in Project.objects.filter(organisation=organisation, pk__in=mine).values_list("pk", flat=True):
            yield key_of(pk), COUNTED


def counted_in(project: Project) -> list[CountedIn]:
    """The indicators bound to the hours of this project: all, or those of a tool or a 部局; two queries."""
    if not project.was_started:
        return []
    bound = Binding.objects.filter(
        metric__in=HOUR_METRICS,
        ended_at__isnull=True,
        indicator__removed_at__isnull=True,
        indicator__edition__plan__organisation=project.organisation,
    ).select_related("indicator__edition")
    return [
        CountedIn(
            row.indicator.name,
            row.indicator.edition.title,
            reverse("plans:indicator", args=[row.indicator_id]),
        )
        for row in bound
        if _counts(row, project)
    ]


def _counts(bound: Binding, project: Project) -> bool:
    tool, department = bound.options.get("tool", ""), bound.options.get("department", "")
    if tool and tool not in project.tools:
        return False
    if not department:
        return True
    tree = tree_of(project.organisation)
    inside = {int(department), *(one.pk for one in tree.below(int(department)))}
    return project.department_id in tree.with_predecessors(inside)


def _note(one: ProjectFacts) -> str:
    saved = f"、確認済みの効果は年{show_hours(one.annual):,f}時間" if one.annual is not None else ""
    return f"{words.STAGES[one.stage]}{saved}"


def _url(pk: int) -> str:
    return reverse("bpr:project", args=[pk])
