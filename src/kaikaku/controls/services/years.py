"""A year: opened with its policy, its audit opinion noted, its report issued."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from kaikaku.controls.entries import OpinionFields, YearFields
from kaikaku.controls.models import ControlYear
from kaikaku.controls.queries.report import facts_of
from kaikaku.controls.rules import evaluation_day
from kaikaku.controls.services.guard import (
    must_belong,
    not_to_come,
    open_year_row,
    put_on_record,
    require_words,
    revise,
    values_of,
)
from kaikaku.core.eras import days_of_fiscal_year, show_date, show_fiscal_year
from kaikaku.core.errors import RuleViolation
from kaikaku.org.queries import lock_organisation, today

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User


@transaction.atomic
def open_year(
    *, organisation: Organisation, fiscal_year: int, fields: YearFields, by: User | None
) -> ControlYear:
    """Begin a fiscal year: from now on sections answer for it."""
    must_belong(organisation, by)
    values = _values(fiscal_year, fields)
    lock_organisation(organisation)
    if ControlYear.objects.filter(organisation=organisation, fiscal_year=fiscal_year).exists():
        raise RuleViolation(
            "controls.year_there",
            f"{show_fiscal_year(fiscal_year)}は、もう始めています。",
            field="fiscal_year",
        )
    year = ControlYear.objects.create(organisation=organisation, fiscal_year=fiscal_year, **values)
    put_on_record("controls.year.opened", year, organisation=organisation, by=by, new=values)
    return year


@transaction.atomic
def revise_year(*, year: ControlYear, fields: YearFields, by: User | None) -> ControlYear:
    """Change policy, system, scope or due day, until the report is issued."""
    year = open_year_row(year)
    must_belong(year.organisation, by)
    old, new = revise(year, _values(year.fiscal_year, fields))
    if old:
        put_on_record("controls.year.revised", year, organisation=year.organisation, by=by, old=old, new=new)
    return year


@transaction.atomic
def note_opinion(*, year: ControlYear, fields: OpinionFields, by: User | None) -> ControlYear:
    """監査委員の意見 on the issued report, and the day it went to the assembly (自治法150条5項・6項)."""
    year = ControlYear.objects.select_for_update().select_related("organisation").get(pk=year.pk)
    must_belong(year.organisation, by)
    if year.issued_at is None:
        raise RuleViolation(
            "controls.not_issued", "先に評価報告書を確定してください。監査委員の意見は、その後に付けます。"
        )
    values = values_of(fields)
    require_words(fields.opinion, field="opinion", thing="監査委員の意見")
    for name in ("opinion_on", "assembly_on"):
        not_to_come(values[name], field=name)
    if fields.opinion_on is None:
        raise RuleViolation("controls.opinion_day", "意見を受けた日を入力してください。", field="opinion_on")
    if fields.assembly_on is not None and fields.assembly_on < fields.opinion_on:
        raise RuleViolation(
            "controls.assembly_first",
            "議会への提出日が、監査委員の意見を受けた日より前です。意見を付けて議会に提出します。",
            field="assembly_on",
        )
    old, new = revise(year, values)
    if old:
        put_on_record(
            "controls.year.opinion_noted", year, organisation=year.organisation, by=by, old=old, new=new
        )
    return year


@transaction.atomic
def issue_report(*, year: ControlYear, by: User | None) -> ControlYear:
    """Settle the report of a year that is over: its figures and texts are kept as they stand now."""
    year = open_year_row(year)
    must_belong(year.organisation, by)
    day = evaluation_day(year.fiscal_year)
    if today() <= day:
        raise RuleViolation(
            "controls.too_early",
            f"評価基準日（{show_date(day)}）を過ぎてから確定してください。それまでの是正も結果に入ります。",
        )
    facts = facts_of(year)
    if facts.unexplained:
        raise RuleViolation(
            "controls.unexplained",
            "重大な不備には、原因と是正の内容が要ります。次の不備に書き加えてください："
            f"{'、'.join(facts.unexplained)}",
        )
    now = timezone.now()
    revise(year, {"issued_at": now, "shown": facts.as_json()})
    put_on_record(
        "controls.year.issued", year, organisation=year.organisation, by=by, new={"shown": facts.as_json()}
    )
    return year


def _values(fiscal_year: int, fields: YearFields) -> dict[str, Any]:
    require_words(fields.policy, field="policy", thing="方針")
    require_words(fields.scope, field="scope", thing="対象とする事務")
    first = days_of_fiscal_year(fiscal_year)[0]
    if fields.due < first:
        raise RuleViolation(
            "controls.due_before", f"自己評価の期限は、{show_date(first)}より後にしてください。", field="due"
        )
    return values_of(fields)
