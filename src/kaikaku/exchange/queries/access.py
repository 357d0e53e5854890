"""Getting requests, people and assignments, always for a user: a stranger's answers 404.

Requests are open to everyone who works here. A person's help and entry are seen by themselves, by the
chiefs of the two sections, and by the office.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from kaikaku.exchange.models import Absence, Application, Assignment, Profile, Request, Run, Scheme
from kaikaku.exchange.queries.people import homes
from kaikaku.org.access import allowed
from kaikaku.org.models import Department
from kaikaku.org.queries import department_ids_of, organisation_of
from kaikaku.org.roles import Role

if TYPE_CHECKING:
    from kaikaku.org.models import User


def is_office(user: User) -> bool:
    """人事担当."""
    return allowed(user, Role.SECRETARIAT)


def chief_of(user: User) -> frozenset[int]:
    """The departments for which the person decides."""
    known: frozenset[int] | None = user.__dict__.get("_chief_of_today")
    if known is None:
        known = department_ids_of(user, None, Role.CHIEF) if allowed(user, Role.CHIEF) else frozenset()
        user.__dict__["_chief_of_today"] = known
    return known


def schemes_for(user: User) -> QuerySet[Scheme]:
    return Scheme.objects.filter(organisation=organisation_of(user))


def scheme_for(user: User, pk: int) -> Scheme:
    """One scheme, or 404."""
    return get_object_or_404(schemes_for(user).select_related("organisation"), pk=pk)


def requests_for(user: User) -> QuerySet[Request]:
    """The requests of the user's government."""
    return Request.objects.filter(department__organisation=organisation_of(user)).select_related(
        "scheme", "department__organisation", "made_by"
    )


def request_for(user: User, pk: int) -> Request:
    """One request, or 404."""
    return get_object_or_404(requests_for(user), pk=pk)


def may_ask(user: User, request: Request) -> bool:
    """Whether the person speaks for the section that asks."""
    return is_office(user) or request.department_id in chief_of(user)


def assignments_for(user: User) -> QuerySet[Assignment]:
    """The help the user may see."""
    rows = _assignments(user)
    if is_office(user):
        return rows
    mine = chief_of(user)
    return rows.filter(Q(user=user) | Q(home__in=mine) | Q(request__department__in=mine))


def assignment_for(user: User, pk: int) -> Assignment:
    """One person's help; 404 to a stranger, 403 to whom it does not concern."""
    assignment = get_object_or_404(_assignments(user), pk=pk)
    sections = {assignment.home_id, assignment.request.department_id}
    if not (is_office(user) or assignment.user_id == user.pk or sections & chief_of(user)):
        raise PermissionDenied("この応援を見られるのは、本人、双方の所属長、事務局だけです。")
    return assignment


def _assignments(user: User) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(home__organisation=organisation_of(user))
    return rows.select_related(
        "request__scheme", "request__department", "user", "home__organisation", "proposed_by"
    )


def may_decide(user: User, assignment: Assignment) -> bool:
    """Whether the approval that is waited for is this person's to give."""
    if assignment.waiting == "self":
        return assignment.user_id == user.pk
    if assignment.waiting == "personnel":
        return is_office(user)
    if assignment.waiting not in ("own_chief", "receiving_chief") or assignment.user_id == user.pk:
        return False
    of = assignment.home_id if assignment.waiting == "own_chief" else assignment.request.department_id
    return of in chief_of(user)


def waiting_for(user: User) -> QuerySet[Assignment]:
    """The approvals that wait for this person."""
    mine = chief_of(user)
    wanted = Q(waiting="self", user=user)
    others = Q(waiting="own_chief", home__in=mine) | Q(
        waiting="receiving_chief", request__department__in=mine
    )
    wanted |= others & ~Q(user=user)
    if is_office(user):
        wanted |= Q(waiting="personnel")
    return assignments_for(user).filter(wanted).order_by("first", "pk")


def profile_of(user: User) -> Profile | None:
    """One's own entry."""
    return Profile.objects.filter(user=user).prefetch_related("wishes", "absences").first()


def profiles_for(user: User) -> list[tuple[Profile, Department | None]]:
    """The talent bank with the home of each: all for the office, a chief's own staff."""
    organisation = organisation_of(user)
    found = Profile.objects.filter(user__organisation=organisation, user__is_active=True)
    home = homes(None, organisation)
    rows = [(one, home.get(one.user_id)) for one in found.select_related("user").prefetch_related("wishes")]
    if is_office(user):
        return rows
    mine = chief_of(user)
    return [(one, at) for one, at in rows if at is not None and at.pk in mine]


def absence_for(user: User, pk: int) -> Absence:
    """One of one's own; 404 to a stranger, 403 to a colleague."""
    rows = Absence.objects.filter(profile__user__organisation=organisation_of(user))
    absence = get_object_or_404(rows.select_related("profile__user"), pk=pk)
    _must_be_own(absence.profile.user_id, user)
    return absence


def application_for(user: User, pk: int) -> Application:
    """One's own application; 404 to a stranger, 403 to a colleague."""
    rows = Application.objects.filter(user__organisation=organisation_of(user))
    found = get_object_or_404(
        rows.select_related("request__scheme", "request__department__organisation"), pk=pk
    )
    _must_be_own(found.user_id, user)
    return found


def _must_be_own(owner: int, user: User) -> None:
    if owner != user.pk:
        raise PermissionDenied("この手続ができるのは本人だけです。")


def run_for(user: User, pk: int) -> Run:
    """One computation, or 404."""
    return get_object_or_404(
        Run.objects.select_related("scheme__organisation", "by"),
        pk=pk,
        scheme__organisation=organisation_of(user),
    )


def department_asking(user: User, pk: int) -> Department:
    """A department for which the person may ask, or 404."""
    if pk not in chief_of(user):
        raise Http404
    return get_object_or_404(Department.objects.select_related("organisation"), pk=pk)


def asking_choices(user: User) -> list[tuple[int, str]]:
    """The departments in force for which the person may ask."""
    mine = Department.objects.filter(pk__in=chief_of(user), closed__isnull=True)
    return [(one.pk, one.name) for one in mine]
