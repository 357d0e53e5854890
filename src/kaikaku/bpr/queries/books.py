"""The register as an Excel workbook has it, and workbooks that came back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from kaikaku.bpr import words
from kaikaku.bpr.models import Intake, Project, Step
from kaikaku.bpr.queries.access import projects_for
from kaikaku.bpr.queries.effects import facts_of
from kaikaku.bpr.workbook import COLUMNS, DEPARTMENT, STEP_COLUMNS, ProjectOut, cell
from kaikaku.core.bpr import show_hours
from kaikaku.org.access import allowed
from kaikaku.org.queries import organisation_of, tree_of
from kaikaku.org.roles import Role

if TYPE_CHECKING:
    from kaikaku.bpr.queries.effects import ProjectFacts
    from kaikaku.org.models import Organisation, User
    from kaikaku.writers.excel import Value


def department_names(organisation: Organisation) -> dict[int, str]:
    """Every department by its way from the top (総務部 税務課), those that are gone too."""
    tree = tree_of(organisation)
    return {pk: " ".join(one.name for one in tree.path(row)) for pk, row in tree.by_pk.items()}


def department_named(names: Mapping[int, str], text: str) -> int | None:
    """The one department of that name, or of that way from the top."""
    wanted = text.strip()
    exact = [pk for pk, name in names.items() if name == wanted]
    found = exact or [pk for pk, name in names.items() if name.endswith(f" {wanted}")]
    return found[0] if len(found) == 1 else None


def with_steps(organisation: Organisation) -> QuerySet[Project]:
    """The government's projects, each with its steps."""
    rows = Project.objects.filter(organisation=organisation).select_related("organisation")
    return rows.select_related("department__organisation").prefetch_related("steps")


def project_cells(project: Project, names: Mapping[int, str]) -> dict[str, Value]:
    """A project's cells by heading, as they stand; what is only shown beside (段階, 効果) left out."""
    own = {column.head: cell(getattr(project, column.code)) for column in COLUMNS if column.read is not None}
    return {DEPARTMENT: names.get(project.department_id, project.department.name), **own}


def shown_cells(facts: ProjectFacts) -> dict[str, Value]:
    """The cells that Excel only shows, by heading."""
    day = facts.in_use.began
    hours = None if facts.annual is None else show_hours(facts.annual)
    told = {"stage": words.STAGES[facts.stage], "began_on": day.isoformat() if day else None, "annual": hours}
    return {column.head: told[column.code] for column in COLUMNS if column.read is None}


def step_cells(step: Step) -> dict[str, Value]:
    """A step's cells by heading."""
    return {column.head: cell(getattr(step, column.code)) for column in STEP_COLUMNS}


def projects_out(user: User, keys: Collection[int]) -> list[ProjectOut]:
    """These projects as the workbook has them; a constant number of queries."""
    organisation = organisation_of(user)
    names, wanted = department_names(organisation), set(keys)
    facts = {one.key: one for one in facts_of(projects_for(user))}
    return [
        ProjectOut(
            project.pk,
            project.version,
            project_cells(project, names) | shown_cells(facts[project.pk]),
            [step_cells(step) for step in project.steps.all()],
        )
        for project in with_steps(organisation)
        if project.pk in wanted
    ]


def intake_for(user: User, pk: int) -> Intake:
    """One workbook that came back, or 404; only who sent it and the office may open it."""
    own = Intake.objects.filter(organisation=organisation_of(user))
    intake = get_object_or_404(own.select_related("organisation", "uploaded_by"), pk=pk)
    if intake.uploaded_by_id != user.pk and not allowed(user, Role.SECRETARIAT):
        raise PermissionDenied("送られたExcelを見られるのは、送った本人と事務局だけです。")
    return intake


def lock_intake(intake: Intake) -> Intake:
    """The row, held until the transaction ends."""
    rows = Intake.objects.select_for_update(of=("self",)).select_related("organisation")
    return rows.get(pk=intake.pk)
