"""Getting projects, always for a user: a stranger's answers 404, another section's may be read only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from kaikaku.bpr import words
from kaikaku.bpr.models import Measurement, Policy, Project, PublishedTotal
from kaikaku.org.access import allowed
from kaikaku.org.queries import department_choices, department_ids_of, organisation_of, tree_of
from kaikaku.org.roles import Role

if TYPE_CHECKING:
    from kaikaku.org.models import Department, Organisation, User

# whoever works here reads the register; experts read what is published
READERS = (Role.SECRETARIAT, Role.EXECUTIVE, Role.CHIEF, Role.CLERK, Role.EMPLOYEE)
EDITORS = (Role.CLERK, Role.CHIEF)


def projects_for(user: User) -> QuerySet[Project]:
    """The projects of the user's government."""
    return Project.objects.filter(organisation=organisation_of(user)).select_related(
        "organisation", "department"
    )


def project_for(user: User, pk: int) -> Project:
    """One project, or 404."""
    return get_object_or_404(projects_for(user), pk=pk)


def measurement_for(user: User, pk: int) -> Measurement:
    """One measurement, or 404."""
    own = Measurement.objects.filter(project__organisation=organisation_of(user))
    return get_object_or_404(own.select_related("project__organisation", "project__department"), pk=pk)


def is_measured(project: Project) -> bool:
    """Whether a finding of the new way stands, verified or not."""
    return project.measurements.filter(withdrawn_at__isnull=True, occasion__in=words.FOUND).exists()


def may_edit(user: User, department: Department) -> bool:
    """Whether the user works in the department (as it is called today), or in the office."""
    if user.organisation_id != department.organisation_id:
        return False
    if allowed(user, Role.SECRETARIAT):
        return True
    mine = department_ids_of(user, None, *EDITORS)
    heir = tree_of(department.organisation).heir(department.pk)
    return department.pk in mine or (heir is not None and heir.pk in mine)


def own_departments(user: User) -> list[tuple[int, str]]:
    """The departments for which the user may put a project on the register."""
    choices = department_choices(user)
    if allowed(user, Role.SECRETARIAT):
        return choices
    mine = department_ids_of(user, None, *EDITORS)
    return [one for one in choices if one[0] in mine]


def divisions_of(user: User) -> list[tuple[int, str]]:
    """The 部局 of today."""
    branches = tree_of(organisation_of(user)).branches()
    return [(branch.department.pk, branch.department.name) for branch in branches]


def is_office(user: User, organisation: Organisation) -> bool:
    """Whether the user is of the office of this government."""
    return user.organisation_id == organisation.pk and allowed(user, Role.SECRETARIAT)


def lock(project: Project) -> Project:
    """The project's row, held until the transaction ends."""
    return (
        Project.objects.select_for_update(of=("self",))
        .select_related("organisation", "department__organisation")
        .get(pk=project.pk)
    )


def lock_measurement(measurement: Measurement) -> Measurement:
    """The measurement's row, held until the transaction ends."""
    return (
        Measurement.objects.select_for_update(of=("self",))
        .select_related("project__organisation", "project__department__organisation")
        .get(pk=measurement.pk)
    )


def policy_of(organisation: Organisation) -> Policy:
    """How the government expresses hours; what it has not set is the usual (not saved)."""
    found = Policy.objects.filter(organisation=organisation).first()
    return found or Policy(organisation=organisation)


def published_totals(organisation: Organisation) -> list[PublishedTotal]:
    """What documents tell of registers whose records are not here."""
    return list(PublishedTotal.objects.filter(organisation=organisation).select_related("citation__document"))
