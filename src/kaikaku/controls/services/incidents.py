"""Incidents, and asking the sections with the same work to look at theirs (水平展開)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from kaikaku.controls import words
from kaikaku.controls.entries import IncidentFields
from kaikaku.controls.models import Incident, Risk, Rollout
from kaikaku.controls.services.guard import (
    must_belong,
    not_to_come,
    put_on_record,
    require_words,
    revise,
    values_of,
)
from kaikaku.core.errors import RuleViolation
from kaikaku.org.queries import today

if TYPE_CHECKING:
    from kaikaku.org.models import Department, Organisation, User


@transaction.atomic
def record_incident(
    *, organisation: Organisation, fields: IncidentFields, by: User | None, risks: Collection[Risk] = ()
) -> Incident:
    """Record what went wrong, and which risks of the register it was."""
    must_belong(organisation, by, fields.department)
    values = _values(fields)
    incident = Incident.objects.create(organisation=organisation, **values)
    _link(incident, risks)
    new = {**values, "risks": [risk.code for risk in risks]}
    put_on_record("controls.incident.recorded", incident, organisation=organisation, by=by, new=new)
    return incident


@transaction.atomic
def revise_incident(
    *, incident: Incident, fields: IncidentFields, by: User | None, risks: Collection[Risk] = ()
) -> Incident:
    """Change what is said of an incident."""
    incident = Incident.objects.select_for_update().select_related("organisation").get(pk=incident.pk)
    must_belong(incident.organisation, by, fields.department)
    before = [risk.code for risk in incident.risks.all()]
    old, new = revise(incident, _values(fields))
    _link(incident, risks)
    after = [risk.code for risk in incident.risks.all()]
    if before != after:
        old["risks"], new["risks"] = before, after
    if old:
        put_on_record(
            "controls.incident.revised", incident, organisation=incident.organisation, by=by, old=old, new=new
        )
    return incident


@transaction.atomic
def ask_sections(
    *, incident: Incident, departments: Collection[Department], due: date, by: User | None
) -> list[Rollout]:
    """Ask sections to check their own work; those asked already are passed over."""
    incident = Incident.objects.select_for_update().select_related("organisation").get(pk=incident.pk)
    must_belong(incident.organisation, by, *departments)
    if due < today():
        raise RuleViolation("controls.due_past", "回答の期限は、今日より後の日にしてください。", field="due")
    asked = set(incident.rollouts.values_list("department", flat=True)) | {incident.department_id}
    fresh = [one for one in departments if one.pk not in asked]
    if not fresh:
        raise RuleViolation(
            "controls.nobody_asked", "まだ依頼していない所属を1つ以上選んでください。", field="departments"
        )
    rows = [Rollout.objects.create(incident=incident, department=one, due=due) for one in fresh]
    new = {"departments": [str(one) for one in fresh], "due": due}
    put_on_record("controls.rollout.asked", incident, organisation=incident.organisation, by=by, new=new)
    return rows


@transaction.atomic
def answer_rollout(
    *, rollout: Rollout, state: str, text: str, by: User | None, seen: str | None = None
) -> Rollout:
    """A section's answer: checked (what was found and done), or not applicable with the reason.

    `seen` is the `Rollout.seen` that the person had before them; another's answer is not written over unread.
    """
    rollout = Rollout.objects.select_for_update().select_related("incident__organisation").get(pk=rollout.pk)
    organisation = rollout.incident.organisation
    must_belong(organisation, by)
    if seen is not None and seen != rollout.seen:
        raise RuleViolation(
            "controls.answered_already",
            "先にほかの人が回答しました。事故・ミスの画面で今の回答を読んでから、必要なら改めてください。",
        )
    if state not in words.ROLLOUTS or state == "asked":
        raise RuleViolation("controls.choice", "回答を一覧から選んでください。", field="state")
    thing = "該当しない理由" if state == "not_applicable" else "確認したこと"
    said = require_words(text, field="text", thing=thing)
    values: dict[str, Any] = {"state": state, "text": said, "by": by, "answered_on": today()}
    old, new = revise(rollout, values)
    put_on_record("controls.rollout.answered", rollout, organisation=organisation, by=by, old=old, new=new)
    return rollout


def _values(fields: IncidentFields) -> dict[str, Any]:
    for name, thing in (
        ("title", "件名"),
        ("process", "業務の名前"),
        ("what", "何が起きたか"),
        ("cause", "原因"),
    ):
        require_words(getattr(fields, name), field=name, thing=thing)
    not_to_come(fields.happened_on, field="happened_on")
    return values_of(fields)


def _link(incident: Incident, risks: Collection[Risk]) -> None:
    if any(risk.organisation_id != incident.organisation_id for risk in risks):
        raise RuleViolation("controls.foreign", "自分の団体のリスクを選んでください。", field="risks")
    incident.risks.set(risks)
