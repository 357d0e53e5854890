"""The secretariat's pages: opening a round, the board, reminders, exceptions; and everyone's first page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kaikaku.core.eras import show_fiscal_year
from kaikaku.core.errors import RuleViolation
from kaikaku.org.access import allowed, only, user_of
from kaikaku.org.queries import department_choices, department_for, today
from kaikaku.org.roles import Role
from kaikaku.reporting import calendar, forms, queries, services, words
from kaikaku.reporting.views.common import (
    APPROVERS,
    BOARD_READERS,
    FORM,
    HOME,
    on_round,
    on_sheet,
    page_of,
    round_crumbs,
    round_url,
    sheet_crumbs,
    sheet_url,
)
from kaikaku.ui.views import form_page

if TYPE_CHECKING:
    from kaikaku.plans.models import Edition
    from kaikaku.reporting.models import Round, Sheet

ONE_OFF_YEARS = range(1950, 2200)


@only(*queries.READERS)
def index(request: HttpRequest) -> HttpResponse:
    """「私は何を、いつまでに」「出したものはどこにあるか」; the office's rounds."""
    user = user_of(request)
    context = {
        "tasks": queries.tasks_for(user),
        "sent": queries.sent_by(user),
        "rounds": queries.rounds_for(user) if allowed(request.user, *BOARD_READERS) else (),
        "editions": queries.editions_to_report_on(user) if allowed(request.user, Role.SECRETARIAT) else (),
        "is_office": allowed(request.user, Role.SECRETARIAT),
        "orphans": len(queries.orphans_for(user)) if allowed(request.user, Role.SECRETARIAT) else 0,
        "approves": allowed(request.user, *APPROVERS),
        "words": words,
        "today": today(),
    }
    return render(request, "reporting/index.html", context)


@only(Role.SECRETARIAT)
def start_round(request: HttpRequest) -> HttpResponse:
    """Which edition, which year, which kind; nothing is sent yet."""
    editions = queries.editions_to_report_on(user_of(request))
    first = editions.first()
    choices = [(edition.pk, edition.full_name) for edition in editions]
    return form_page(
        request,
        partial(forms.StartRoundForm, editions=choices),
        FORM,
        save=lambda form: form.cleaned_data,
        initial={"kind": "annual", "fiscal_year": first.fiscal_year if first else None},
        success_url=lambda asked: reverse(
            "reporting:open_round", args=[asked["edition"], asked["kind"], asked["fiscal_year"]]
        ),
        context=page_of(
            "照会を始める",
            [HOME],
            cancel=reverse("reporting:index"),
            lead="まず、宛先と抜けを確かめます。ここではまだ送られません。",
            submit="宛先を確かめる",
        ),
    )


@only(Role.SECRETARIAT)
def open_round(request: HttpRequest, pk: int, kind: str, year: int) -> HttpResponse:
    """The dry run: who is asked for what, what has no owner; and the form that sends it out."""
    user = user_of(request)
    edition = queries.edition_to_report_on(user, pk)
    if kind not in words.KINDS or year not in ONE_OFF_YEARS:
        raise Http404
    asked = words.FIELDS[kind]
    return form_page(
        request,
        forms.OpenRoundForm,
        "reporting/open_round.html",
        save=lambda form: services.open_round(
            edition=edition, fields=form.entry(fiscal_year=year, kind=kind), by=user
        ),
        initial=_first_words(kind, year),
        success_url=round_url,
        message="照会を始めました。各所属の調書ができています。",
        context={
            **page_of("宛先を確かめて、照会を始める", [HOME], cancel=reverse("reporting:start_round")),
            **_preview(edition),
            "asked": asked,
            "kind": words.KINDS[kind],
            "year": year,
        },
    )


def _preview(edition: Edition) -> dict[str, object]:
    return {"edition": edition, "preview": queries.preview_round(edition)}


def _first_words(kind: str, year: int) -> dict[str, object]:
    dates = calendar.template(kind, year, today=today())
    return {
        "title": f"{show_fiscal_year(year)} {words.KINDS[kind]}",
        "due_submit": dates.submit,
        "due_confirm": dates.confirm,
        "due_bundle": dates.bundle,
        "due_accept": dates.accept,
        "with_figures": kind != "one_off",
    }


@only(Role.SECRETARIAT)
def orphans(request: HttpRequest) -> HttpResponse:
    """「動かせる人のいない調書はないか」: open sheets whose next post nobody holds."""
    context = {
        "orphans": queries.orphans_for(user_of(request)),
        "breadcrumbs": [HOME, ("動かせる人のいない調書", "")],
    }
    return render(request, "reporting/orphans.html", context)


@on_round(*BOARD_READERS)
def round_page(request: HttpRequest, round_: Round) -> HttpResponse:
    """「どこが遅れているか」: sections × states, late ones first."""
    board = queries.board(round_)
    context = {
        "round": round_,
        "board": board,
        "words": words,
        "base": f"{reverse('reporting:index')}sheets/",
        "is_office": allowed(request.user, Role.SECRETARIAT),
        "breadcrumbs": round_crumbs(round_),
        "today": today(),
    }
    return render(request, "reporting/round.html", context)


@require_POST
@on_round(Role.SECRETARIAT)
def remind(request: HttpRequest, round_: Round) -> HttpResponse:
    """Everyone who is late, or the sheet that was pressed."""
    user, chosen = user_of(request), request.POST.get("sheet", "")
    try:
        if chosen.isdecimal():
            sheet = queries.sheet_for(user, int(chosen))
            done = services.remind(round_=round_, sheets=[sheet], by=user)
        else:
            done = services.remind_late(round_=round_, by=user)
    except RuleViolation as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _reminded(done))
    return HttpResponseRedirect(round_url(round_))


def _reminded(done: services.Reminded) -> str:
    said = (
        f"{done.sheets}件の調書について、{done.mails}人にメールを送りました。本人の画面にも表示されています。"
    )
    if done.without_address:
        said += f"メールアドレスが登録されていない人：{'、'.join(done.without_address)}。"
    if done.without_anyone:
        said += f"担当者のいない所属：{'、'.join(done.without_anyone)}。"
    return said


@on_round(Role.SECRETARIAT)
def revise_round(request: HttpRequest, round_: Round) -> HttpResponse:
    """The name, the words and the days."""
    user = user_of(request)
    names = ("title", "message", "due_submit", "due_confirm", "due_bundle", "due_accept")
    return form_page(
        request,
        forms.RoundForm,
        FORM,
        save=lambda form: services.revise_round(
            round_=round_,
            title=form.cleaned_data["title"],
            message=form.cleaned_data["message"],
            dates=form.dates(),
            by=user,
        ),
        initial={name: getattr(round_, name) for name in names},
        success_url=round_url,
        message="照会の内容を変更しました。",
        context=page_of("照会の内容と期限を変更する", round_crumbs(round_), cancel=round_url(round_)),
    )


@on_round(Role.SECRETARIAT)
def close_round(request: HttpRequest, round_: Round) -> HttpResponse:
    """No more replies."""
    user = user_of(request)
    return form_page(
        request,
        forms.OptionalReasonForm,
        FORM,
        save=lambda form: services.close_round(round_=round_, by=user, **form.cleaned_data),
        success_url=round_url,
        message="照会を締め切りました。",
        context=page_of(
            "照会を締め切る",
            round_crumbs(round_),
            cancel=round_url(round_),
            lead="締め切ると、調書の記入・提出・確認ができなくなります。内容と記録は残ります。",
            submit="締め切る",
        ),
    )


@on_sheet(Role.SECRETARIAT)
def extend(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """An exception for one section."""
    user = user_of(request)
    return form_page(
        request,
        forms.ExtensionForm,
        FORM,
        save=lambda form: services.extend_deadline(sheet=sheet, by=user, **form.cleaned_data),
        success_url=lambda _: sheet_url(sheet),
        message="提出期限を延ばしました。所属の画面に新しい期限と理由が表示されます。",
        context=page_of(
            "提出期限を延ばす",
            sheet_crumbs(request, sheet),
            cancel=sheet_url(sheet),
            lead=f"「{sheet.department.name}」だけの例外として、期限と理由を記録します。",
            submit="期限を延ばす",
        ),
    )


@on_sheet(Role.SECRETARIAT)
def reassign(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Give a sheet whose department is no more to another."""
    user = user_of(request)
    return form_page(
        request,
        partial(forms.ReassignForm, departments=department_choices(user)),
        FORM,
        save=lambda form: services.reassign_sheet(
            sheet=sheet,
            department=department_for(user, form.cleaned_data["department"]),
            reason=form.cleaned_data["reason"],
            by=user,
        ),
        success_url=lambda _: sheet_url(sheet),
        message="調書を移しました。新しい所属の担当の画面に現れます。",
        context=page_of(
            "調書をほかの所属に移す",
            sheet_crumbs(request, sheet),
            cancel=sheet_url(sheet),
            lead=f"「{sheet.department.name}」の調書を、内容と記録ごと移します。",
            submit="移す",
        ),
    )
