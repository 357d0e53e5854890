"""Slips that keep coming back at the door of reporting, offered to the register (予防的ガバナンス)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaikaku.controls import forms, queries, services
from kaikaku.controls.queries.slips import SECTIONS, TIMES
from kaikaku.controls.views.common import OFFICE, change_page, link, root
from kaikaku.core.eras import fiscal_year_of
from kaikaku.org.access import only, user_of
from kaikaku.org.queries import department_for, organisation_of, today
from kaikaku.ui.views import Crumbs

if TYPE_CHECKING:
    from kaikaku.org.models import User

NOTE = (
    "点検が止めた誤りは、入力した人の画面で直されています。ここで数えるのは、いま調書に残る点検の結果です。"
)


def _crumbs() -> Crumbs:
    return [*root(), ("繰り返す誤り", reverse("controls:slips"))]


@only(OFFICE)
def slips(request: HttpRequest) -> HttpResponse:
    """The office: which checks keep catching the same slip, in how many sections, and what became of it.

    「同じ誤りが何度も出ていないか」「入力の点検を統制として載せたい」
    """
    user = user_of(request)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else fiscal_year_of(today())
    context = {
        "offers": queries.offers(user, year),
        "year": year,
        "sections": SECTIONS,
        "times": TIMES,
        "note": NOTE,
        "breadcrumbs": _crumbs(),
    }
    return render(request, "controls/slips.html", context)


def _offer(user: User, year: int, check: str) -> queries.Offer:
    found = next((one for one in queries.offers(user, year) if one.check == check), None)
    if found is None:
        raise Http404
    return found


@only(OFFICE)
def slip(request: HttpRequest, year: int, check: str) -> HttpResponse:
    """The office: the sheets on which one check has caught something."""
    user = user_of(request)
    found = _offer(user, year, check)
    context = {
        "offer": found,
        "sheets": queries.sheets_of(user, year, check),
        "year": year,
        "breadcrumbs": [*_crumbs(), (found.name, "")],
    }
    return render(request, "controls/slip.html", context)


@only(OFFICE)
def adopt(request: HttpRequest, year: int, check: str) -> HttpResponse:
    """The office: the slip as a risk, with the check as its control."""
    user = user_of(request)
    offer = _offer(user, year, check)
    return change_page(
        request,
        forms.RiskForm,
        title="繰り返す誤りをリスクに登録する",
        crumbs=_crumbs(),
        lead=f"「{offer.name}」が{offer.sections}所属で{offer.times}回見つかっています。"
        "登録すると、この点検がシステムによる予防の統制として付きます。",
        submit="リスクに登録する",
        form_kwargs={"sections": queries.section_choices(user)},
        initial={
            "process": "調書の作成",
            "event": f"調書に誤りが入る（{offer.name}）",
            "cause": offer.about,
            "category": "reporting",
            "likelihood": 3,
            "impact": 1,
            "response": "reduce",
        },
        save=lambda form: services.adopt_slip(
            organisation=organisation_of(user),
            check=check,
            fields=form.entry(department_for(user, int(form.cleaned_data["department"]))),
            by=user,
        ),
        back=reverse("controls:slips"),
        success_url=lambda risk: link("risk", risk),
        message="リスクに登録しました。",
    )
