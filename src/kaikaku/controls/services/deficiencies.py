"""不備: recorded, given cause and remedy, mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from kaikaku.controls import words
from kaikaku.controls.entries import DeficiencyFields
from kaikaku.controls.models import Control, Deficiency
from kaikaku.controls.services.guard import (
    must_belong,
    not_to_come,
    put_on_record,
    require_words,
    revise,
    values_of,
)
from kaikaku.core.errors import RuleViolation
from kaikaku.org.queries import lock_organisation

if TYPE_CHECKING:
    from kaikaku.org.models import User


@transaction.atomic
def record_deficiency(*, control: Control, fields: DeficiencyFields, by: User | None) -> Deficiency:
    """Record what is wrong with a control."""
    organisation = lock_organisation(control.risk.organisation)
    must_belong(organisation, by)
    values = _values(control, fields)
    row = Deficiency.objects.create(control=control, **values)
    put_on_record("controls.deficiency.recorded", row, organisation=organisation, by=by, new=values)
    return row


@transaction.atomic
def revise_deficiency(*, deficiency: Deficiency, fields: DeficiencyFields, by: User | None) -> Deficiency:
    """Say more of it: cause, remedy, the day it was mended, whether it is material, or that it is none."""
    organisation = lock_organisation(deficiency.control.risk.organisation)
    deficiency = Deficiency.objects.select_for_update().select_related("control__risk").get(pk=deficiency.pk)
    must_belong(organisation, by)
    old, new = revise(deficiency, _values(deficiency.control, fields))
    if old:
        put_on_record(
            "controls.deficiency.revised", deficiency, organisation=organisation, by=by, old=old, new=new
        )
    return deficiency


def _values(control: Control, fields: DeficiencyFields) -> dict[str, Any]:
    if fields.kind not in words.KINDS or fields.source not in words.SOURCES:
        raise RuleViolation("controls.choice", "一覧にあるものから選んでください。", field="kind")
    require_words(fields.text, field="text", thing="不備の内容")
    not_to_come(fields.found_on, field="found_on")
    not_to_come(fields.mended_on, field="mended_on")
    if fields.mended_on is not None:
        require_words(fields.remedy, field="remedy", thing="是正の内容")
        if fields.mended_on < fields.found_on:
            raise RuleViolation(
                "controls.mended_first", "是正した日が、見つけた日より前になっています。", field="mended_on"
            )
    if fields.incident is not None and fields.incident.organisation_id != control.risk.organisation_id:
        raise RuleViolation("controls.foreign", "自分の団体の事故・ミスを選んでください。", field="incident")
    return values_of(fields)
