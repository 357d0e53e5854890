"""Getting risks, years and incidents, always for a user: a stranger's answers 404."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from kaikaku.controls.models import Control, ControlYear, Deficiency, Incident, Risk, Rollout, SampleCheck
from kaikaku.org.access import allowed
from kaikaku.org.queries import department_ids_of, organisation_of
from kaikaku.org.roles import Role

if TYPE_CHECKING:
    from kaikaku.org.models import User

# Who reads what was checked and what is wrong; the register itself is everyone's who works here.
READERS = (Role.SECRETARIAT, Role.EXECUTIVE, Role.CHIEF, Role.CLERK)
# Who answers for a section.
CHECKERS = (Role.CLERK, Role.CHIEF)


def writes_for(user: User) -> frozenset[int] | None:
    """The departments whose lines the user may write; None for the office, which may write all."""
    if allowed(user, Role.SECRETARIAT):
        return None
    return department_ids_of(user, None, *CHECKERS) if allowed(user, *CHECKERS) else frozenset()


def may_edit(user: User, department: int) -> bool:
    """Whether the user may write lines of this department."""
    own = writes_for(user)
    return own is None or department in own


def risks_for(user: User) -> QuerySet[Risk]:
    """The register of the user's government, with what was retired."""
    return Risk.objects.filter(organisation=organisation_of(user)).select_related(
        "department", "organisation"
    )


def risk_for(user: User, pk: int) -> Risk:
    """One risk, or 404."""
    return get_object_or_404(risks_for(user), pk=pk)


def control_for(user: User, pk: int) -> Control:
    """One control with its risk, or 404."""
    controls = Control.objects.filter(risk__organisation=organisation_of(user))
    return get_object_or_404(controls.select_related("risk__department", "risk__organisation"), pk=pk)


def years_for(user: User) -> QuerySet[ControlYear]:
    """The years of the user's government, latest first."""
    return ControlYear.objects.filter(organisation=organisation_of(user)).select_related("organisation")


def year_for(user: User, pk: int) -> ControlYear:
    """One year, or 404."""
    return get_object_or_404(years_for(user), pk=pk)


def sample_for(user: User, pk: int) -> SampleCheck:
    """One drawn control, or 404."""
    samples = SampleCheck.objects.filter(year__organisation=organisation_of(user))
    return get_object_or_404(
        samples.select_related("year__organisation", "control__risk", "department", "by"), pk=pk
    )


def deficiency_for(user: User, pk: int) -> Deficiency:
    """One deficiency, or 404."""
    found = Deficiency.objects.filter(control__risk__organisation=organisation_of(user))
    return get_object_or_404(
        found.select_related("control__risk__department", "control__risk__organisation", "incident"), pk=pk
    )


def incidents_for(user: User) -> QuerySet[Incident]:
    """The incidents of the user's government, latest first."""
    return Incident.objects.filter(organisation=organisation_of(user)).select_related(
        "department", "organisation"
    )


def incident_for(user: User, pk: int) -> Incident:
    """One incident, or 404."""
    return get_object_or_404(incidents_for(user), pk=pk)


def rollout_for(user: User, pk: int) -> Rollout:
    """One section's part of an incident's 水平展開, or 404."""
    found = Rollout.objects.filter(incident__organisation=organisation_of(user))
    return get_object_or_404(
        found.select_related("incident__department", "incident__organisation", "department", "by"), pk=pk
    )
