"""Asking for help, and applying to help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from kaikaku.core.errors import RuleViolation
from kaikaku.core.staffing import Need, Period, judge, must_fit_scheme
from kaikaku.exchange.models import Application, Profile, Request, Scheme
from kaikaku.exchange.queries.people import need_of, person_of
from kaikaku.exchange.services.guard import (
    changed,
    in_order,
    must_ask,
    must_be_chief,
    must_be_office,
    must_belong,
    open_request,
    put_on_record,
    require_words,
)
from kaikaku.exchange.states import HOLDING

if TYPE_CHECKING:
    from kaikaku.exchange.entries import RequestFields
    from kaikaku.org.models import Department, User


def _values(scheme: Scheme, department: Department, fields: RequestFields) -> dict[str, Any]:
    in_order(fields.first, fields.last)
    need = Need(
        key=0,
        department=department.pk,
        division=0,
        period=Period(fields.first, fields.last),
        minutes=fields.minutes,
        people=fields.people,
    )
    must_fit_scheme(need, scheme.read, reconsulted=bool(fields.reconsulted.strip()))
    return {
        "title": require_words(fields.title, field="title", thing="業務の名称"),
        "duties": require_words(fields.duties, field="duties", thing="業務の内容"),
        "first": fields.first,
        "last": fields.last,
        "minutes": fields.minutes,
        "people": fields.people,
        "skills": sorted({one.strip() for one in fields.skills if one.strip()}),
        "reconsulted": fields.reconsulted.strip(),
    }


@transaction.atomic
def make_request(
    *, scheme: Scheme, department: Department, fields: RequestFields, by: User | None
) -> Request:
    """The chief of a section asks for help under a scheme. Refused where its rules do not allow it."""
    must_belong(scheme.organisation_id, by)
    must_belong(department.organisation_id, by)
    must_be_chief(department.pk, by)
    values = _values(scheme, department, fields)
    request = Request.objects.create(scheme=scheme, department=department, made_by=by, **values)
    new = {"scheme": scheme, "department": department, **values}
    put_on_record("exchange.request.made", request, organisation=department.organisation, by=by, new=new)
    return request


@transaction.atomic
def revise_request(*, request: Request, fields: RequestFields, by: User | None) -> Request:
    """Change what is asked for, as long as nobody has been chosen."""
    request = open_request(request)
    must_ask(request, by)
    if request.assignments.filter(state__in=(*HOLDING, "ended")).exists():
        raise RuleViolation(
            "exchange.request_in_use",
            "すでに職員が選ばれているため、依頼の内容は変更できません。期間は、その職員の画面で延ばせます。",
        )
    values = _values(request.scheme, request.department, fields)
    old = {name: getattr(request, name) for name in values}
    changed(request, **values)
    put_on_record(
        "exchange.request.revised",
        request,
        organisation=request.department.organisation,
        by=by,
        old=old,
        new=values,
    )
    return request


@transaction.atomic
def widen_request(*, request: Request, by: User | None) -> Request:
    """人事 looks over the whole government, since the request's own 部 has nobody."""
    request = open_request(request)
    must_be_office(request.department.organisation_id, by)
    changed(request, widened=True)
    put_on_record("exchange.request.widened", request, organisation=request.department.organisation, by=by)
    return request


@transaction.atomic
def close_request(*, request: Request, by: User | None) -> Request:
    """No more people are looked for; those who help go on."""
    request = open_request(request)
    must_ask(request, by)
    changed(request, state="closed")
    put_on_record("exchange.request.closed", request, organisation=request.department.organisation, by=by)
    return request


@transaction.atomic
def withdraw_request(*, request: Request, reason: str, by: User | None) -> Request:
    """The help is not needed any more; refused while somebody has been chosen."""
    request = open_request(request)
    must_ask(request, by)
    if request.assignments.filter(state__in=(*HOLDING, "ended")).exists():
        raise RuleViolation(
            "exchange.request_in_use",
            "すでに職員が選ばれています。先にその応援を取り消すか、「募集を終える」を選んでください。",
        )
    said = require_words(reason, field="reason", thing="取り下げる理由")
    changed(request, state="withdrawn", closing=said)
    put_on_record(
        "exchange.request.withdrawn",
        request,
        organisation=request.department.organisation,
        by=by,
        note=said,
    )
    return request


@transaction.atomic
def apply_for(*, request: Request, motive: str, time_made: str, by: User) -> Application:
    """Someone applies for themselves. Refused where a hard rule of the scheme speaks against it."""
    request = open_request(request)
    must_belong(request.department.organisation_id, by)
    if not Profile.objects.filter(user=by).exists():
        raise RuleViolation(
            "exchange.no_profile", "応募の前に、「自分の登録」で職位と職種を登録してください。"
        )
    if request.applications.filter(user=by, withdrawn_at__isnull=True).exists():
        raise RuleViolation("exchange.applied_already", f"「{request}」には応募済みです。")
    judged = judge(need_of(request), person_of(by, applied=request), request.scheme.read)
    if judged.refusals:
        raise RuleViolation("exchange.may_not", " ".join(one.message for one in judged.refusals))
    application = Application.objects.create(
        request=request,
        user=by,
        motive=require_words(motive, field="motive", thing="応募の理由"),
        time_made=require_words(time_made, field="time_made", thing="時間の作り方"),
    )
    put_on_record(
        "exchange.application.made",
        application,
        organisation=request.department.organisation,
        by=by,
        new={"request": request, "motive": application.motive, "time_made": application.time_made},
    )
    return application


@transaction.atomic
def withdraw_application(*, application: Application, by: User) -> Application:
    """Take back one's own application, as long as one has not been chosen."""
    held = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    request = held.request
    if held.user_id != by.pk:
        raise RuleViolation("exchange.own_only", "取り下げることができるのは、応募した本人だけです。")
    if held.withdrawn_at is not None:
        return held
    if request.assignments.filter(user=by, state__in=HOLDING).exists():
        raise RuleViolation(
            "exchange.chosen_already",
            "すでに選ばれているため、取り下げられません。事務局に相談してください。",
        )
    changed(held, withdrawn_at=timezone.now())
    put_on_record("exchange.application.withdrawn", held, organisation=request.department.organisation, by=by)
    return held
