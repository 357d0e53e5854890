"""The register with its matrix, a risk with its controls, and what is written of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaikaku.audit.actions import sentence
from kaikaku.audit.queries import history_of
from kaikaku.controls import forms, queries, services, words
from kaikaku.controls.views.common import (
    OFFICE,
    STAFF,
    WRITERS,
    at_risk,
    change_page,
    initial_of,
    link,
    must_write,
    root,
)
from kaikaku.org.access import allowed, only, user_of
from kaikaku.org.queries import department_for, organisation_of, today
from kaikaku.ui.listing import Field, csv_response, listing

if TYPE_CHECKING:
    from kaikaku.controls.entries import RiskFields
    from kaikaku.controls.models import Risk
    from kaikaku.org.models import User

RISK = (
    "department_id",
    "process",
    "event",
    "cause",
    "category",
    "likelihood",
    "impact",
    "money",
    "quality",
    "response",
    "owner",
    "due",
)
Row = queries.RiskRow
FIELDS = (
    Field[Row]("code", "番号", lambda row: row.code, search=True),
    Field[Row]("event", "起こり得ること", lambda row: row.event, search=True),
    Field[Row]("department", "所属", lambda row: row.department, search=True),
    Field[Row]("process", "業務", lambda row: row.process, search=True),
    Field[Row]("category", "区分", lambda row: row.category_words, search=True),
    Field[Row]("score", "点数", lambda row: row.score, number=True),
    Field[Row]("controls", "統制", lambda row: row.controls, number=True, unit="件"),
    Field[Row]("standing", "残る不備", lambda row: row.standing, number=True, unit="件"),
    Field[Row]("due", "対応の期限", lambda row: row.due),
)


@only(STAFF)
def index(request: HttpRequest) -> HttpResponse:
    """Everyone who works here: what may go wrong, how likely and how bad, and what is done about it.

    「自分の所属のリスクはどれか」「一番大きいリスクは」「統制のないリスクはないか」
    """
    user = user_of(request)
    cell, category = request.GET.get("cell", ""), request.GET.get("category", "")
    retired = request.GET.get("view") == "retired"
    found = queries.register(user, cell=cell, retired=retired, category=category)
    shown = listing(request, found.rows, fields=FIELDS, default_sort="-score")
    if shown.wants_csv:
        return csv_response(shown, "リスク管理表")
    context = {
        "register": found,
        "listing": shown,
        "cell": cell,
        "category": category,
        "retired": retired,
        "words": words,
        "today": today(),
        "may_write": allowed(user, *WRITERS),
        "reads": allowed(user, *queries.READERS),
        "is_office": allowed(user, OFFICE),
    }
    return render(request, "controls/index.html", context)


@only(*WRITERS)
def new_risk(request: HttpRequest) -> HttpResponse:
    """Who answers for a section, and the office: a risk for the register."""
    user = user_of(request)
    return change_page(
        request,
        forms.RiskForm,
        title="リスクを登録する",
        crumbs=root(),
        submit="登録する",
        form_kwargs={"sections": queries.section_choices(user)},
        save=lambda form: services.add_risk(
            organisation=organisation_of(user), fields=_entry(user, form), by=user
        ),
        back=reverse("controls:index"),
        success_url=lambda risk: link("risk", risk),
        message="リスクを登録しました。続けて、統制を登録してください。",
    )


def _entry(user: User, form: forms.RiskForm) -> RiskFields:
    return form.entry(department_for(user, int(form.cleaned_data["department"])))


@only(STAFF)
def risk(request: HttpRequest, pk: int) -> HttpResponse:
    """Everyone who works here: one risk, its controls, what was found of them, its history."""
    user = user_of(request)
    found = queries.risk_for(user, pk)
    context = {
        "risk": found,
        "in_use": found.controls.prefetch_related("deficiencies"),
        "incidents": found.incidents.select_related("department"),
        "may_write": queries.may_edit(user, found.department_id) and found.retired_on is None,
        "reads": allowed(user, *queries.READERS),
        "is_office": allowed(user, OFFICE),
        "history": history_of(user, found),
        "sentence": sentence,
        "words": words,
        "breadcrumbs": at_risk(found),
    }
    return render(request, "controls/risk.html", context)


def _own_risk(request: HttpRequest, pk: int) -> Risk:
    found = queries.risk_for(user_of(request), pk)
    must_write(user_of(request), found.department_id)
    return found


def revise_risk(request: HttpRequest, pk: int) -> HttpResponse:
    """Who answers for the section: the risk reworded, its levels looked at anew."""
    user, found = user_of(request), _own_risk(request, pk)
    initial = initial_of(found, *RISK)
    initial["department"] = initial.pop("department_id")
    return change_page(
        request,
        forms.RiskForm,
        title="リスクを変更する",
        crumbs=at_risk(found),
        form_kwargs={"sections": queries.section_choices(user)},
        initial=initial,
        save=lambda form: services.revise_risk(risk=found, fields=_entry(user, form), by=user),
        back=link("risk", found),
        message="リスクを変更しました。",
    )


def retire_risk(request: HttpRequest, pk: int) -> HttpResponse:
    """Who answers for the section: the risk is no longer looked after."""
    user, found = user_of(request), _own_risk(request, pk)
    return change_page(
        request,
        forms.ReasonForm,
        title="リスクの管理を終える",
        crumbs=at_risk(found),
        lead=f"「{found.event}」を、リスク管理表から外します。これまでの記録は残ります。",
        submit="管理を終える",
        save=lambda form: services.retire_risk(risk=found, why=form.cleaned_data["reason"], by=user),
        back=link("risk", found),
        message="リスクの管理を終えました。",
    )


def new_control(request: HttpRequest, pk: int) -> HttpResponse:
    """Who answers for the section: what is done against the risk."""
    user, found = user_of(request), _own_risk(request, pk)
    return change_page(
        request,
        forms.ControlForm,
        title="統制を登録する",
        crumbs=at_risk(found),
        lead=f"「{found.event}」を防ぐため、または早く見つけるためにしていることを登録します。",
        submit="登録する",
        save=lambda form: services.add_control(risk=found, fields=form.entry(), by=user),
        back=link("risk", found),
        message="統制を登録しました。",
    )


def revise_control(request: HttpRequest, pk: int) -> HttpResponse:
    """Who answers for the section: the control reworded."""
    user = user_of(request)
    control = queries.control_for(user, pk)
    must_write(user, control.risk.department_id)
    return change_page(
        request,
        forms.ControlForm,
        title="統制を変更する",
        crumbs=at_risk(control.risk),
        initial=initial_of(control, "text", "type", "means", "owner", "evidence"),
        save=lambda form: services.revise_control(control=control, fields=form.entry(), by=user),
        back=link("risk", control.risk),
        message="統制を変更しました。",
    )


def retire_control(request: HttpRequest, pk: int) -> HttpResponse:
    """Who answers for the section: the control is given up."""
    user = user_of(request)
    control = queries.control_for(user, pk)
    must_write(user, control.risk.department_id)
    return change_page(
        request,
        forms.ReasonForm,
        title="統制をやめる",
        crumbs=at_risk(control.risk),
        lead=f"「{control.text}」をやめます。次の自己評価から対象に入りません。",
        submit="統制をやめる",
        save=lambda form: services.retire_control(control=control, why=form.cleaned_data["reason"], by=user),
        back=link("risk", control.risk),
        message="統制をやめました。",
    )
