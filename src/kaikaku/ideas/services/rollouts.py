"""水平展開: what one section did is offered to others, and each says what it makes of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from kaikaku.core.errors import RuleViolation
from kaikaku.ideas import words
from kaikaku.ideas.models import Realisation, Rollout
from kaikaku.ideas.services.guard import must_be_office, must_work_for, put_on_record
from kaikaku.org.queries import today

if TYPE_CHECKING:
    from kaikaku.org.models import Department, User

NEEDS_REASON = {"adapted": "変えた点", "declined": "取り入れない理由"}


@transaction.atomic
def offer(
    *, realisation: Realisation, departments: Iterable[Department], due: date | None, by: User | None
) -> list[Rollout]:
    """Offer it to sections; those asked before, and the one that did it first, are passed over."""
    campaign = realisation.campaign
    must_be_office(campaign.organisation, by)
    asked = set(realisation.rollouts.values_list("department", flat=True)) | {realisation.department_id}
    fresh = [department for department in departments if department.pk not in asked]
    if not fresh:
        raise RuleViolation(
            "ideas.nobody_to_offer",
            "新しく紹介する所属がありません。所属を選んでください。",
            field="departments",
        )
    if any(department.organisation_id != campaign.organisation_id for department in fresh):
        raise RuleViolation("foreign_organisation", "自分の団体の所属を選んでください。", field="departments")
    made = Rollout.objects.bulk_create(
        Rollout(realisation=realisation, department=department, offered_on=today(), due=due)
        for department in fresh
    )
    names = "、".join(department.name for department in fresh)
    put_on_record("ideas.rollout.offered", realisation, campaign=campaign, by=by, note=names)
    return made


@transaction.atomic
def answer_rollout(*, rollout: Rollout, outcome: str, reason: str, by: User | None) -> Rollout:
    """A section says whether it takes it over; in another form or not at all only with a reason."""
    rows = Rollout.objects.select_for_update(of=("self",))
    held = rows.select_related("realisation__campaign__organisation", "department").get(pk=rollout.pk)
    campaign = held.realisation.campaign
    must_work_for(held.department_id, by, campaign.organisation)
    if outcome not in words.ROLLOUTS or outcome == "offered":
        raise RuleViolation("ideas.outcome", "回答を一覧から選んでください。", field="outcome")
    reason = reason.strip()
    if outcome in NEEDS_REASON and not reason:
        raise RuleViolation(
            "ideas.rollout_reason", f"{NEEDS_REASON[outcome]}を入力してください。", field="reason"
        )
    old = {"outcome": held.outcome}
    held.outcome, held.reason, held.answered_on, held.by = outcome, reason, today(), by
    held.save(update_fields=["outcome", "reason", "answered_on", "by"])
    new = {"outcome": outcome, "department": held.department}
    put_on_record("ideas.rollout.answered", held, campaign=campaign, by=by, old=old, new=new, note=reason)
    return held
