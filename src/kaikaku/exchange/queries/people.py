"""People and requests as the rules see them (core.staffing), read for all at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, QuerySet

from kaikaku.core.staffing import Commitment, Need, Period, Person
from kaikaku.exchange.models import Absence, Application, Assignment, BusyMonth, Profile, Request, Scheme
from kaikaku.exchange.states import HOLDING
from kaikaku.org.models import Department, Holding, User
from kaikaku.org.queries import in_force, organisation_of, today, tree_of
from kaikaku.org.roles import Role

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation
    from kaikaku.org.tree import Tree


def divisions(tree: Tree) -> dict[int, int]:
    """The 部 (top of the tree) of every department, of those closed since too."""
    found = {}
    for pk in tree.by_pk:
        heir = tree.heir(pk)
        if heir is not None:
            found[pk] = tree.path(heir)[0].pk
    return found


def needs_of(scheme: Scheme) -> list[Need]:
    """What is still looked for under a scheme: open requests with free places."""
    taken = Count("assignments", filter=Q(assignments__state__in=(*HOLDING, "ended")))
    requests = (
        scheme.requests.filter(state="open", last__gte=today())
        .annotate(taken=taken)
        .filter(taken__lt=F("people"))
        .order_by("pk")
    )
    of = divisions(tree_of(scheme.organisation))
    held = _taken_by(requests)
    return [_need(one, of, one.people - one.taken, held[one.pk]) for one in requests]


def need_of(request: Request) -> Need:
    """One request as the rules see it; those who help already are left out."""
    of = divisions(tree_of(request.department.organisation))
    return _need(request, of, request.people)


def _taken_by(requests: Iterable[Request]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = Assignment.objects.filter(request__in=list(requests)).exclude(state="cancelled")
    for request, user in rows.values_list("request", "user"):
        found[request].add(user)
    return found


def _need(request: Request, of: dict[int, int], people: int, excluded: Collection[int] = ()) -> Need:
    return Need(
        key=request.pk,
        department=request.department_id,
        division=of.get(request.department_id, request.department_id),
        period=request.period,
        minutes=request.minutes,
        people=people,
        skills=frozenset(request.skills),
        widened=request.widened,
        excluded=frozenset(excluded),
    )


def home_of(user: User) -> Department | None:
    """The section a person works in today: of the first post they hold in their own right."""
    return homes([user.pk], organisation_of(user)).get(user.pk)


def homes(users: Collection[int] | None, organisation: Organisation) -> dict[int, Department]:
    """As `home_of`, for many (None: all)."""
    day = today()
    tree = tree_of(organisation, day)
    held = Holding.objects.filter(
        in_force(day, first="from_day", last="to_day"),
        in_force(day, first="post__opened", last="post__closed"),
        post__department__organisation=organisation,
        user__is_active=True,
        acting=False,
    ).exclude(post__role=Role.MEMBER)
    if users is not None:
        held = held.filter(user__in=users)
    found: dict[int, Department] = {}
    for user, department in held.order_by("from_day", "pk").values_list("user", "post__department"):
        heir = tree.heir(department)
        if heir is not None:
            found.setdefault(user, heir)
    return found


def person_of(user: User, *, applied: Request | None = None, without: Assignment | None = None) -> Person:
    """One person as the rules see them. `applied`: a request they are about to apply to; `without`: an
    assignment that is not counted among what they have promised.
    """
    profiles = Profile.objects.filter(user=user)
    found = _people(profiles, organisation_of(user), without)
    if not found:
        home = home_of(user)
        key = home.pk if home else 0
        return Person(key=user.pk, department=key, division=key)
    person = found[0]
    if applied is None:
        return person
    return replace(person, applied_to=person.applied_to | {applied.pk})


def people_for(organisation: Organisation) -> list[Person]:
    """Everyone who may be asked: those listed in the talent bank, and those who applied."""
    applied = Application.objects.filter(
        withdrawn_at__isnull=True, request__state="open", request__department__organisation=organisation
    )
    profiles = Profile.objects.filter(
        Q(listed=True) | Q(user__in=applied.values("user")),
        user__organisation=organisation,
        user__is_active=True,
    )
    return _people(profiles, organisation, None)


def _people(
    profiles: QuerySet[Profile], organisation: Organisation, without: Assignment | None
) -> list[Person]:
    """Constant queries, however many people."""
    rows = list(profiles.order_by("user_id"))
    many = len(rows) > 100
    users = {row.user_id for row in rows}
    where = {} if many else {"user__in": users}
    of = divisions(tree_of(organisation))
    home = homes(None if many else users, organisation)
    wishes: dict[int, set[int]] = defaultdict(set)
    through = Profile.wishes.through.objects.filter(profile__in=profiles)
    for profile, department in through.values_list("profile_id", "department_id"):
        wishes[profile].add(department)
    away: dict[int, list[Period]] = defaultdict(list)
    for profile, first, last in Absence.objects.filter(profile__in=profiles).values_list(
        "profile", "first", "last"
    ):
        away[profile].append(Period(first, last))
    promised: dict[int, list[Commitment]] = defaultdict(list)
    given = Assignment.objects.filter(state__in=HOLDING, home__organisation=organisation, **where)
    if without is not None:
        given = given.exclude(pk=without.pk)
    for one in given.select_related("request"):
        last = max(one.last, one.extend_to or one.last)
        promised[one.user_id].append(Commitment(Period(one.first, last), one.minutes, one.request.title))
    applied: dict[int, set[int]] = defaultdict(set)
    asked = Application.objects.filter(withdrawn_at__isnull=True, request__state="open", **where)
    for user, request in asked.values_list("user", "request"):
        applied[user].add(request)
    busy = busy_levels(organisation)
    return [
        Person(
            key=row.user_id,
            department=home[row.user_id].pk,
            division=of.get(home[row.user_id].pk, 0),
            grade=row.grade,
            occupation=row.occupation,
            skills=frozenset(row.skills),
            applied_to=frozenset(applied[row.user_id]),
            wishes=frozenset(wishes[row.pk]),
            away=tuple(away[row.pk]),
            commitments=tuple(promised[row.user_id]),
            overtime=row.overtime,
            busy=busy.get(home[row.user_id].pk, {}),
        )
        for row in rows
        if row.user_id in home
    ]


def busy_levels(organisation: Organisation) -> dict[int, dict[tuple[int, int], int]]:
    """By department, how busy it is by (year, month): every year is alike."""
    found: dict[int, dict[tuple[int, int], int]] = defaultdict(dict)
    rows = BusyMonth.objects.filter(department__organisation=organisation)
    year = today().year
    for department, month, level in rows.values_list("department", "month", "level"):
        for near in range(year - 1, year + 4):
            found[department][near, month] = level
    return found


def department_choices(organisation: Organisation) -> list[tuple[str, str]]:
    """Every department there ever was, by its key."""
    rows = Department.objects.filter(organisation=organisation).values_list("pk", "name")
    return [(str(pk), name) for pk, name in rows]


def users_named(organisation: Organisation, keys: Collection[int]) -> dict[int, User]:
    """These accounts of the government."""
    return {one.pk: one for one in User.objects.filter(organisation=organisation, pk__in=keys)}
