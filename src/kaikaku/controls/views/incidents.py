"""What went wrong: incidents with their 水平展開, and deficiencies of controls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaikaku.audit.actions import sentence
from kaikaku.audit.queries import history_of
from kaikaku.controls import forms, queries, services, words
from kaikaku.controls.views.common import (
    OFFICE,
    WRITERS,
    at_incident,
    at_incidents,
    at_risk,
    change_page,
    initial_of,
    link,
    must_write,
    root,
)
from kaikaku.org.access import allowed, only, require, user_of
from kaikaku.org.queries import department_for, organisation_of, today
from kaikaku.ui.listing import Field, csv_response, listing

if TYPE_CHECKING:
    from kaikaku.controls.entries import DeficiencyFields, IncidentFields
    from kaikaku.controls.models import Risk
    from kaikaku.org.models import User


def _progress(incident: Any) -> str:
    return f"{incident.answered} / {incident.asked}" if incident.asked else "依頼なし"


FIELDS = (
    Field[Any]("happened_on", "起きた日", lambda row: row.happened_on),
    Field[Any]("title", "件名", lambda row: row.title, search=True),
    Field[Any]("department", "所属", lambda row: row.department.name, search=True),
    Field[Any]("process", "業務", lambda row: row.process, search=True),
    Field[Any]("rollouts", "水平展開", _progress),
)
WRONG = ("kind", "text", "material", "source", "found_on", "cause", "remedy", "mended_on", "void")
HAPPENED = ("title", "happened_on", "process", "what", "cause", "remedy")


@only(*queries.READERS)
def incidents(request: HttpRequest) -> HttpResponse:
    """Those who answer for a section, the office, who decides: what went wrong and who has looked at theirs.

    「同じことは前にもあったか」「水平展開はどこまで済んだか」
    """
    user = user_of(request)
    rows = queries.with_answers(queries.incidents_for(user))
    shown = listing(request, rows, fields=FIELDS)
    if shown.wants_csv:
        return csv_response(shown, "事故・ミスの一覧")
    context = {
        "listing": shown,
        "may_write": allowed(user, *WRITERS),
        "is_office": allowed(user, OFFICE),
        "breadcrumbs": at_incidents(),
    }
    return render(request, "controls/incidents.html", context)


@only(*WRITERS)
def new_incident(request: HttpRequest) -> HttpResponse:
    """Who answers for a section: what went wrong there."""
    user = user_of(request)
    return change_page(
        request,
        forms.IncidentForm,
        title="事故・ミスを記録する",
        crumbs=at_incidents(),
        submit="記録する",
        next="事務局が読み、同じ業務をしている所属に確認を依頼します。",
        form_kwargs=_choices(user),
        initial={"happened_on": today()},
        save=lambda form: services.record_incident(
            organisation=organisation_of(user),
            fields=_happened(user, form),
            risks=_risks(user, form),
            by=user,
        ),
        back=reverse("controls:incidents"),
        success_url=lambda row: link("incident", row),
        message="事故・ミスを記録しました。",
    )


def _choices(user: User) -> dict[str, list[tuple[int, str]]]:
    return {"sections": queries.section_choices(user), "risks": queries.risk_choices(user)}


def _happened(user: User, form: forms.IncidentForm) -> IncidentFields:
    return form.entry(department_for(user, int(form.cleaned_data["department"])))


def _risks(user: User, form: forms.IncidentForm) -> list[Risk]:
    return [queries.risk_for(user, int(pk)) for pk in form.cleaned_data["risks"]]


def incident(request: HttpRequest, pk: int) -> HttpResponse:
    """One incident: what, why, what was done, and each section that was asked to look at its own work."""
    user = user_of(request)
    found = queries.incident_for(user, pk)
    require(user, *queries.READERS)
    context = {
        "incident": found,
        "rollouts": [
            (row, queries.may_edit(user, row.department_id))
            for row in found.rollouts.select_related("department", "by")
        ],
        "risks": found.risks.all(),
        "deficiencies": found.deficiencies.select_related("control__risk"),
        "may_write": queries.may_edit(user, found.department_id),
        "is_office": allowed(user, OFFICE),
        "history": history_of(user, found),
        "sentence": sentence,
        "today": today(),
        "words": words,
        "breadcrumbs": at_incident(found),
    }
    return render(request, "controls/incident.html", context)


def revise_incident(request: HttpRequest, pk: int) -> HttpResponse:
    """Who answers for the section: more is known of it."""
    user = user_of(request)
    found = queries.incident_for(user, pk)
    must_write(user, found.department_id)
    initial = {
        **initial_of(found, *HAPPENED),
        "department": found.department_id,
        "risks": [risk.pk for risk in found.risks.all()],
    }
    return change_page(
        request,
        forms.IncidentForm,
        title="事故・ミスの記録を変更する",
        crumbs=at_incident(found),
        form_kwargs=_choices(user),
        initial=initial,
        save=lambda form: services.revise_incident(
            incident=found, fields=_happened(user, form), risks=_risks(user, form), by=user
        ),
        back=link("incident", found),
        message="事故・ミスの記録を変更しました。",
    )


def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """The office: who has the same work is asked to look at it; those of the register are ticked."""
    user = user_of(request)
    found = queries.incident_for(user, pk)
    require(user, OFFICE)
    asked = {found.department_id, *found.rollouts.values_list("department", flat=True)}
    sections = [(key, name) for key, name in queries.section_choices(user) if key not in asked]
    ticked = [key for key in queries.same_process(user, found.process) if key not in asked]
    return change_page(
        request,
        forms.AskForm,
        title="水平展開を依頼する",
        crumbs=at_incident(found),
        lead=f"リスク管理表に「{found.process}」の業務がある所属"
        + ("に、印を付けています。" if ticked else "は、ほかにありません。関係する所属を選んでください。"),
        submit="確認を依頼する",
        next="依頼した所属の担当と所属長に、「すること」として表示されます。",
        form_kwargs={"sections": sections},
        initial={"departments": ticked},
        save=lambda form: services.ask_sections(
            incident=found,
            departments=[department_for(user, int(key)) for key in form.cleaned_data["departments"]],
            due=form.cleaned_data["due"],
            by=user,
        ),
        back=link("incident", found),
        message="水平展開を依頼しました。",
    )


def answer_rollout(request: HttpRequest, pk: int) -> HttpResponse:
    """The asked section: checked, with what was found; or not applicable, with the reason."""
    user = user_of(request)
    found = queries.rollout_for(user, pk)
    must_write(user, found.department_id)
    happened = found.incident
    return change_page(
        request,
        forms.RolloutForm,
        title="同じ業務を確認した結果を答える",
        crumbs=at_incident(happened),
        submit="回答する",
        context={
            "about": [("起きたこと", happened.what), ("原因", happened.cause), ("対応", happened.remedy)]
        },
        initial={
            "state": found.state if found.state != "asked" else "",
            "text": found.text,
            "seen": found.seen,
        },
        save=lambda form: services.answer_rollout(rollout=found, by=user, **form.cleaned_data),
        back=link("incident", happened),
        message="回答しました。",
    )


@only(OFFICE)
def new_deficiency(request: HttpRequest) -> HttpResponse:
    """The office: what an audit or an incident shows of a control (?control=, ?incident=)."""
    user = user_of(request)
    near, asked = _key(request, "control"), _key(request, "incident")
    after = queries.incident_for(user, asked) if asked else None
    return change_page(
        request,
        forms.NewDeficiencyForm,
        title="不備を記録する",
        crumbs=root(),
        submit="記録する",
        form_kwargs={
            "controls": queries.control_choices(user, near=near, after=after),
            "incidents": queries.incident_choices(user),
        },
        initial={
            "found_on": today(),
            "control": near or "",
            "incident": after.pk if after else "",
            "source": "incident" if after else "audit",
        },
        save=lambda form: services.record_deficiency(
            control=queries.control_for(user, int(form.cleaned_data["control"])),
            fields=_wrong(user, form),
            by=user,
        ),
        back=reverse("controls:years"),
        success_url=lambda row: link("risk", row.control.risk),
        message="不備を記録しました。",
    )


def _key(request: HttpRequest, name: str) -> int | None:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 16 else None


def _wrong(user: User, form: forms.DeficiencyForm) -> DeficiencyFields:
    key = form.cleaned_data["incident"]
    return form.entry(queries.incident_for(user, int(key)) if key else None)


def deficiency(request: HttpRequest, pk: int) -> HttpResponse:
    """The office: cause, remedy, the day it was mended."""
    user = user_of(request)
    found = queries.deficiency_for(user, pk)
    require(user, OFFICE)
    return change_page(
        request,
        forms.DeficiencyForm,
        title="不備の記録",
        crumbs=at_risk(found.control.risk),
        lead=f"統制「{found.control.text}」の不備です。",
        form_kwargs={"incidents": queries.incident_choices(user)},
        initial={**initial_of(found, *WRONG), "incident": found.incident_id or ""},
        save=lambda form: services.revise_deficiency(deficiency=found, fields=_wrong(user, form), by=user),
        back=link("risk", found.control.risk),
        message="不備の記録を変更しました。",
    )
