"""The register: risks, their controls, and risks made of slips that keep coming back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from kaikaku.controls import rules, words
from kaikaku.controls.entries import ControlFields, RiskFields
from kaikaku.controls.models import Control, Risk
from kaikaku.controls.services.guard import must_belong, put_on_record, require_words, revise, values_of
from kaikaku.core.checks import BY_ID
from kaikaku.core.errors import RuleViolation
from kaikaku.org.queries import lock_organisation, today

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User


@transaction.atomic
def add_risk(
    *,
    organisation: Organisation,
    fields: RiskFields,
    by: User | None,
    slip: str = "",
    added_on: date | None = None,
) -> Risk:
    """Put a risk on the register under the next number; `added_on` for one taken over from an older list."""
    must_belong(organisation, by, fields.department)
    values = _risk_values(fields)
    lock_organisation(organisation)
    last = Risk.objects.filter(organisation=organisation).aggregate(last=Max("number"))["last"] or 0
    risk = Risk.objects.create(
        organisation=organisation, number=last + 1, slip=slip, added_on=added_on or today(), **values
    )
    put_on_record("controls.risk.added", risk, organisation=organisation, by=by, new=values)
    return risk


@transaction.atomic
def revise_risk(*, risk: Risk, fields: RiskFields, by: User | None) -> Risk:
    """Change a risk that is still looked after."""
    risk = _kept(risk)
    must_belong(risk.organisation, by, fields.department)
    old, new = revise(risk, _risk_values(fields))
    if old:
        put_on_record("controls.risk.revised", risk, organisation=risk.organisation, by=by, old=old, new=new)
    return risk


@transaction.atomic
def retire_risk(*, risk: Risk, why: str, by: User | None) -> Risk:
    """Stop looking after a risk, with the reason; what was checked of it stays."""
    risk = _kept(risk)
    must_belong(risk.organisation, by)
    said = require_words(why, field="reason", thing="管理を終える理由")
    revise(risk, {"retired_on": today(), "retired_why": said})
    put_on_record("controls.risk.retired", risk, organisation=risk.organisation, by=by, note=said)
    return risk


@transaction.atomic
def add_control(
    *, risk: Risk, fields: ControlFields, by: User | None, added_on: date | None = None
) -> Control:
    """Put a control against a risk; `added_on` for one taken over from an older list."""
    risk = _kept(risk)
    must_belong(risk.organisation, by)
    values = _control_values(fields)
    control = Control.objects.create(risk=risk, added_on=added_on or today(), **values)
    put_on_record("controls.control.added", control, organisation=risk.organisation, by=by, new=values)
    return control


@transaction.atomic
def revise_control(*, control: Control, fields: ControlFields, by: User | None) -> Control:
    """Change a control that is in use."""
    risk = _kept(control.risk)
    must_belong(risk.organisation, by)
    _in_use(control)
    old, new = revise(control, _control_values(fields))
    if old:
        put_on_record(
            "controls.control.revised", control, organisation=risk.organisation, by=by, old=old, new=new
        )
    return control


@transaction.atomic
def retire_control(*, control: Control, why: str, by: User | None) -> Control:
    """Give a control up, with the reason."""
    organisation = control.risk.organisation
    must_belong(organisation, by)
    _in_use(control)
    said = require_words(why, field="reason", thing="やめる理由")
    revise(control, {"retired_on": today()})
    put_on_record("controls.control.retired", control, organisation=organisation, by=by, note=said)
    return control


@transaction.atomic
def adopt_slip(*, organisation: Organisation, check: str, fields: RiskFields, by: User | None) -> Risk:
    """Make a slip that keeps coming back a risk, with the check that catches it as its first control."""
    if check not in BY_ID:
        raise RuleViolation("controls.slip_unknown", "点検を一覧から選んでください。")
    lock_organisation(organisation)
    if Risk.objects.filter(organisation=organisation, slip=check, retired_on__isnull=True).exists():
        raise RuleViolation("controls.slip_taken", "この誤りは、すでにリスクとして登録されています。")
    risk = add_risk(organisation=organisation, fields=fields, by=by, slip=check)
    known = BY_ID[check]
    control = ControlFields(
        text=f"調書に入力したときの自動点検「{known.name}」",
        type="preventive",
        means="it",
        evidence="調書の点検の結果",
    )
    add_control(risk=risk, fields=control, by=by)
    return risk


def _risk_values(fields: RiskFields) -> dict[str, Any]:
    points = rules.score(fields.likelihood, fields.impact)
    require_words(fields.process, field="process", thing="業務の名前")
    require_words(fields.event, field="event", thing="起こり得ること")
    for name, known in (("category", words.CATEGORIES), ("response", words.RESPONSES)):
        if getattr(fields, name) not in known:
            raise RuleViolation("controls.choice", "一覧にあるものから選んでください。", field=name)
    return {**values_of(fields), "score": points}


def _control_values(fields: ControlFields) -> dict[str, Any]:
    require_words(fields.text, field="text", thing="していること")
    require_words(fields.evidence, field="evidence", thing="行ったことが分かる書類・記録")
    for name, known in (("type", words.TYPES), ("means", words.MEANS)):
        if getattr(fields, name) not in known:
            raise RuleViolation("controls.choice", "一覧にあるものから選んでください。", field=name)
    return values_of(fields)


def _kept(risk: Risk) -> Risk:
    risk = Risk.objects.select_for_update().select_related("organisation").get(pk=risk.pk)
    if risk.retired_on is not None:
        raise RuleViolation(
            "controls.retired", "管理を終えたリスクです。新しいリスクとして登録してください。"
        )
    return risk


def _in_use(control: Control) -> None:
    control.refresh_from_db(fields=["retired_on"])
    if control.retired_on is not None:
        raise RuleViolation("controls.control_retired", "やめた統制です。新しく登録してください。")
