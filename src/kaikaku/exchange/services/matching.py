"""Choosing who helps: one by one, or all whom a computation put somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kaikaku.core.errors import RuleViolation
from kaikaku.core.staffing import Judged, judge
from kaikaku.exchange.models import Assignment, Profile, Request, Run
from kaikaku.exchange.queries.people import home_of, need_of, person_of, users_named
from kaikaku.exchange.services.guard import must_be_office, open_request, put_on_record
from kaikaku.exchange.states import HOLDING, next_approval
from kaikaku.org.queries import today

if TYPE_CHECKING:
    from kaikaku.org.models import User


@transaction.atomic
def propose(*, request: Request, user: User, by: User | None) -> Assignment:
    """人事 chooses a person, and the approvals begin. Every hard rule is asked anew, as things stand now.

    The person's entry is held meanwhile, so that two choices at once cannot pass the cap together.
    """
    request = open_request(request)
    must_be_office(request.department.organisation_id, by)
    Profile.objects.select_for_update().filter(user=user).first()
    if request.assignments.filter(state__in=(*HOLDING, "ended")).count() >= request.people:
        raise RuleViolation("exchange.full", f"「{request}」の人数（{request.people}人）は満ちています。")
    scheme = request.scheme.read
    home = home_of(user)
    if home is None or home.organisation_id != request.department.organisation_id:
        raise RuleViolation("exchange.no_home", f"{user}さんには、いまの所属がありません。")
    if request.assignments.filter(user=user, state__in=(*HOLDING, "ended")).exists():
        raise RuleViolation("exchange.chosen_already", f"{user}さんは、この依頼に選ばれています。")
    judged = judge(need_of(request), person_of(user), scheme)
    if judged.refusals:
        said = " ".join(one.message for one in judged.refusals)
        raise RuleViolation("exchange.may_not", f"{user}さんは選べません。{said}")
    assignment = Assignment.objects.create(
        request=request,
        user=user,
        home=home,
        first=max(request.first, min(today(), request.last)),
        last=request.last,
        minutes=request.minutes,
        score=judged.score,
        reasons=_said(judged),
        waiting=next_approval(scheme.approvals, ()),
        proposed_by=by,
    )
    put_on_record(
        "exchange.assignment.proposed",
        assignment,
        organisation=request.department.organisation,
        by=by,
        new={"user": user, "request": request, "score": judged.score, "reasons": assignment.reasons},
    )
    return assignment


def _said(judged: Judged) -> list[str]:
    points = [f"{one.message}（{one.points:+d}点）" for one in judged.reasons]
    return [*points, *(one.message for one in judged.warnings)]


def propose_run(*, run: Run, by: User | None) -> tuple[list[Assignment], list[str]]:
    """Choose everyone a computation put somewhere; with those who no longer could be, and why."""
    must_be_office(run.scheme.organisation_id, by)
    if run.state != "done":
        raise RuleViolation(
            "exchange.run_not_done", "計算がまだ済んでいません。計算が済んでから、もう一度選んでください。"
        )
    requests = Request.objects.in_bulk([request for request, _ in run.pairs])
    users = users_named(run.scheme.organisation, [user for _, user in run.pairs])
    chosen: list[Assignment] = []
    failed: list[str] = []
    for request, user in run.pairs:
        try:
            chosen.append(propose(request=requests[request], user=users[user], by=by))
        except RuleViolation as refused:
            failed.append(f"{requests[request]}：{refused.message}")
    return chosen, failed
