"""Approvals: by the person, their own chief, the receiving chief and 人事, in the scheme's order."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from kaikaku.core.errors import RuleViolation
from kaikaku.core.staffing import APPROVALS
from kaikaku.exchange.models import Approval, Assignment
from kaikaku.exchange.queries.access import may_decide
from kaikaku.exchange.services.guard import (
    changed,
    held_assignment,
    must_belong,
    put_on_record,
    require_words,
)
from kaikaku.exchange.states import Step, move, next_approval
from kaikaku.org.queries import today

if TYPE_CHECKING:
    from kaikaku.org.models import User


@transaction.atomic
def approve(*, assignment: Assignment, step: str, by: User) -> Assignment:
    """Give the approval that is waited for; with the last one the help (or its extension) is settled.

    `step` is what the person had before them: refused where someone was faster.
    """
    held = _waiting_for(assignment, step, by)
    approval = Approval.objects.create(
        assignment=held, turn=held.turn, step=step, decision="approved", decided_on=today(), by=by
    )
    given = list(held.approvals.filter(turn=held.turn).values_list("step", flat=True))
    waiting = next_approval(held.request.scheme.read.approvals, given)
    values: dict[str, object] = {"waiting": waiting}
    extended = not waiting and held.extend_to is not None
    if extended:
        values |= {"last": held.extend_to, "extend_to": None}
    elif not waiting:
        values["state"] = move(held.state, Step.PASS)
    organisation = held.request.department.organisation
    new = {"step": approval.get_step_display()}
    put_on_record("exchange.assignment.approved", held, organisation=organisation, by=by, new=new)
    old = {"last": held.last}
    changed(held, **values)
    if extended:
        new_last = {"last": held.last}
        put_on_record(
            "exchange.assignment.extended", held, organisation=organisation, by=by, old=old, new=new_last
        )
    return held


@transaction.atomic
def refuse(
    *, assignment: Assignment, step: str, reason: str, decided_on: date | None = None, by: User
) -> Assignment:
    """Refuse, with the reason and the day. Of an extension, the help ends on its old last day."""
    held = _waiting_for(assignment, step, by)
    said = require_words(reason, field="reason", thing="不承認の理由")
    day = decided_on or today()
    if day > today():
        raise RuleViolation(
            "day_to_come", "まだ来ていない日付です。今日までの日付を入力してください。", field="decided_on"
        )
    Approval.objects.create(
        assignment=held,
        turn=held.turn,
        step=step,
        decision="refused",
        reason=said,
        decided_on=day,
        by=by,
    )
    organisation = held.request.department.organisation
    if held.extend_to is not None:
        changed(held, waiting="", extend_to=None)
        action = "exchange.assignment.extension_refused"
    else:
        changed(held, waiting="", state=move(held.state, Step.REFUSE))
        action = "exchange.assignment.refused"
    new = {"step": APPROVALS[step], "decided_on": day}
    put_on_record(action, held, organisation=organisation, by=by, new=new, note=said)
    return held


def _waiting_for(assignment: Assignment, step: str, by: User) -> Assignment:
    held = held_assignment(assignment)
    must_belong(held.request.department.organisation_id, by)
    if not held.waiting or held.waiting != step:
        raise RuleViolation(
            "exchange.decided_already",
            "この承認は、画面を開いた後に済んでいます。画面を読み込み直して、今の状態を確かめてください。",
        )
    if not may_decide(by, held):
        raise RuleViolation(
            "exchange.not_yours", f"いま承認できるのは「{APPROVALS[held.waiting]}」だけです。"
        )
    return held
