"""What the pages show: lists, one request with its people, one person's help, a computation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q, Sum

from kaikaku.core.staffing import APPROVALS, Need, Person, judge
from kaikaku.exchange.matching import Problem, Solution, explain, pose
from kaikaku.exchange.models import Application, Approval, Assignment, Request, Run, WorkEntry
from kaikaku.exchange.queries.access import assignments_for, is_office, may_ask, profile_of, requests_for
from kaikaku.exchange.queries.people import homes, need_of, people_for, person_of, users_named
from kaikaku.exchange.states import HOLDING
from kaikaku.org.queries import today

if TYPE_CHECKING:
    from kaikaku.exchange.matching import Told
    from kaikaku.org.models import Department, User

TAKEN = (*HOLDING, "ended")
VIEWS = ("open", "mine", "closed")


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request in a list."""

    request: Request
    taken: int
    applied: int
    mine: bool
    standing: str

    @property
    def free(self) -> int:
        return max(0, self.request.people - self.taken)


def standing_of(request: Request, taken: int, on: date) -> str:
    """How a request stands: its state, or that it needs nobody more (full), or nobody any more (over)."""
    if request.state != "open":
        return request.state
    if taken >= request.people:
        return "full"
    return "over" if request.last < on else "open"


def request_rows(user: User) -> list[RequestRow]:
    """Every request of the government with how far it is filled; constant queries."""
    taken = Count("assignments", filter=Q(assignments__state__in=TAKEN), distinct=True)
    applied = Count("applications", filter=Q(applications__withdrawn_at__isnull=True), distinct=True)
    rows = requests_for(user).annotate(taken=taken, applied=applied)
    office, day = is_office(user), today()
    return [
        RequestRow(
            one,
            one.taken,
            one.applied,
            not office and may_ask(user, one),
            standing_of(one, one.taken, day),
        )
        for one in rows
    ]


def taken_of(request: Request) -> int:
    """How many have been chosen, or have helped."""
    return request.assignments.filter(state__in=TAKEN).count()


def in_view(row: RequestRow, view: str) -> bool:
    """Whether a request stands in a view of the list: open (people are looked for) | mine | closed."""
    if view == "mine":
        return row.mine
    return (row.standing == "open") == (view == "open")


def refusals_for(user: User, request: Request) -> list[str]:
    """Why a person may not apply, as the rules say; empty where they may (or are in no talent bank yet)."""
    if profile_of(user) is None:
        return []
    judged = judge(need_of(request), person_of(user, applied=request), request.scheme.read)
    return [one.message for one in judged.refusals]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person for a request: what is said of them."""

    user: User
    home: Department | None
    told: Told
    application: Application | None


def candidates(user: User, request: Request, run: Run | None = None) -> list[Candidate]:
    """Everyone who may be asked, the best first, with every rule that speaks against the others.

    With a computation, why it put each of them here, elsewhere or nowhere.
    """
    organisation = request.department.organisation
    people = people_for(organisation)
    need = need_of(request)
    problem, solution = _posed(need, people, request, run)
    told = explain(problem, solution, need, people)
    home = homes(None, organisation)
    users = users_named(organisation, [one.person for one in told])
    applied = {one.user_id: one for one in request.applications.filter(withdrawn_at__isnull=True)}
    return [Candidate(users[one.person], home.get(one.person), one, applied.get(one.person)) for one in told]


def _posed(
    need: Need, people: Sequence[Person], request: Request, run: Run | None
) -> tuple[Problem, Solution]:
    """The one request as a problem of its own; the others of the computation are there by their time."""
    scheme = request.scheme.read
    alone = pose([need], people, scheme)
    if run is None:
        return alone, Solution((), 0, None)
    others = Request.objects.filter(pk__in=run.requests).select_related("department__organisation")
    needs = {
        **{
            one.pk: Need(
                key=one.pk,
                department=one.department_id,
                division=0,
                period=one.period,
                minutes=one.minutes,
                people=one.people,
            )
            for one in others
        },
        need.key: need,
    }
    worth = dict(alone.worth)
    possible = worth[need.key]
    pairs = tuple((n, p) for n, p in run.pairs if n != need.key or p in possible)
    return Problem(needs, scheme, worth, alone.promised), Solution(pairs, run.value, run.bound)


def chosen_for(user: User, request: Request) -> list[Assignment]:
    """The people of a request whom the reader may see by name."""
    return list(assignments_for(user).filter(request=request))


def own_application(user: User, request: Request) -> Application | None:
    return request.applications.filter(user=user, withdrawn_at__isnull=True).first()


def own_applications(user: User) -> list[Application]:
    """What the person applied to and has not been chosen for (that stands among their help)."""
    chosen = Assignment.objects.filter(user=user).exclude(state="cancelled").values("request")
    rows = Application.objects.filter(user=user, withdrawn_at__isnull=True).exclude(request__in=chosen)
    return list(rows.select_related("request__scheme", "request__department"))


def own_help(user: User) -> list[Assignment]:
    """What the person helps with or helped with, the latest first."""
    return list(assignments_for(user).filter(user=user))


@dataclass(frozen=True, slots=True)
class ApprovalStep:
    """An approval of the round that is shown: given, refused, waited for, or still to come."""

    name: str
    approval: Approval | None
    waiting: bool


@dataclass(frozen=True, slots=True)
class AssignmentPage:
    """One person's help."""

    steps: tuple[ApprovalStep, ...]
    earlier: tuple[Approval, ...]
    work: tuple[WorkEntry, ...]
    minutes: int


def assignment_page(assignment: Assignment) -> AssignmentPage:
    approvals = list(assignment.approvals.select_related("by"))
    now = {one.step: one for one in approvals if one.turn == assignment.turn}
    order = [*assignment.request.scheme.read.approvals]
    order += [step for step in now if step not in order]
    steps = tuple(ApprovalStep(APPROVALS[step], now.get(step), step == assignment.waiting) for step in order)
    earlier = tuple(one for one in approvals if one.turn != assignment.turn)
    work = tuple(assignment.work.all())
    return AssignmentPage(steps, earlier, work, sum(one.minutes for one in work))


@dataclass(frozen=True, slots=True)
class RunRow:
    """A request in a computation: whom it was given, and how many places stay free."""

    request: Request
    people: tuple[tuple[User, Department | None], ...]
    free: int


def run_rows(run: Run) -> list[RunRow]:
    """The requests of a computation, those that stay open first."""
    organisation = run.scheme.organisation
    requests = Request.objects.filter(pk__in=run.requests).select_related("department")
    users = users_named(organisation, [user for _, user in run.pairs])
    home = homes(None, organisation)
    found = []
    for request in requests:
        here = [users[user] for key, user in run.pairs if key == request.pk and user in users]
        people = tuple((one, home.get(one.pk)) for one in here)
        found.append(RunRow(request, people, max(0, request.people - len(people))))
    return sorted(found, key=lambda row: (-row.free, row.request.first, row.request.pk))


def runs_for(user: User, limit: int = 20) -> list[Run]:
    """The latest computations."""
    rows = Run.objects.filter(scheme__organisation=user.organisation_id).select_related("scheme", "by")
    return list(rows[:limit])


def minutes_of(assignments: Sequence[Assignment]) -> dict[int, int]:
    """Logged minutes by assignment."""
    rows = WorkEntry.objects.filter(assignment__in=[one.pk for one in assignments])
    return dict(rows.order_by().values_list("assignment").annotate(total=Sum("minutes")))
