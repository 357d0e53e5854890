"""The approver's pages: what waits, many at once, one returned with a reason, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kaikaku.core.errors import RuleViolation
from kaikaku.core.workflow import ACTION_LABELS, Action
from kaikaku.org.access import only, user_of
from kaikaku.org.roles import Role
from kaikaku.plans import cells
from kaikaku.reporting import forms, queries, services, words
from kaikaku.reporting.views.common import (
    APPROVERS,
    FORM,
    HOME,
    on_sheet,
    page_of,
    sheet_crumbs,
    sheet_url,
)

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.reporting.models import Sheet

from kaikaku.ui.views import form_page

STEPS = {Action.CONFIRM: services.confirm, Action.BUNDLE: services.bundle, Action.ACCEPT: services.accept}
DONE = {Action.CONFIRM: "確認しました", Action.BUNDLE: "取りまとめました", Action.ACCEPT: "受理しました"}


@only(*APPROVERS)
def approvals(request: HttpRequest) -> HttpResponse:
    """「何が変わり、何がおかしいか」: what waits for me, with warnings and their reasons."""
    asked = request.GET.get("page", "1")
    page = int(asked) if asked.isdecimal() and len(asked) < 5 else 1
    found = queries.approvals_for(user_of(request), page=page)
    context = {
        "approvals": found,
        "waiting": found.waiting,
        "at_once": queries.AT_ONCE,
        "words": words,
        "cells": cells,
        "labels": ACTION_LABELS,
        "breadcrumbs": [HOME, ("確認待ちの調書", "")],
    }
    return render(request, "reporting/approvals.html", context)


@require_POST
@only(*APPROVERS)
def approve(request: HttpRequest) -> HttpResponse:
    """Those that were ticked, each by itself: one that is refused does not hold the others up."""
    user = user_of(request)
    done: list[str] = []
    chosen = [tuple(value.split(":")) for value in request.POST.getlist("sheet")]
    for step in chosen:
        if len(step) != 3 or not (step[0].isdecimal() and step[1].isdecimal()):
            continue
        sheet = queries.sheet_for(user, int(step[0]))
        try:
            done.append(_step(sheet, user, version=int(step[1]), action=step[2]))
        except RuleViolation as refused:
            messages.error(request, f"{sheet.department.name}：{refused.message}")
    if done:
        said = "、".join(done[:10]) + (f" ほか{len(done) - 10}件" if len(done) > 10 else "")
        messages.success(request, f"{said}。次の人が手続をするまでは、調書の画面から取り消せます。")
    elif not chosen:
        messages.error(request, "調書が選ばれていません。確認する調書にチェックを入れてください。")
    return HttpResponseRedirect(_back(request))


def _step(sheet: Sheet, user: User, *, version: int, action: str) -> str:
    """The step that the person was shown; where the sheet has moved on, the service says so."""
    step = next((step for step in STEPS if step.value == action), Action.CONFIRM)
    STEPS[step](sheet=sheet, by=user, version=version)
    return f"{sheet.department.name}の調書を{DONE[step]}"


def _back(request: HttpRequest) -> str:
    back = request.POST.get("back", "")
    return back if back.startswith("/reports/") else reverse("reporting:approvals")


@on_sheet(*APPROVERS)
def return_sheet(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """One back to the clerks, with the reason that they read on top of it."""
    user = user_of(request)
    return form_page(
        request,
        forms.ReasonForm,
        FORM,
        save=lambda form: services.return_sheet(sheet=sheet, by=user, **form.cleaned_data),
        success_url=reverse("reporting:approvals"),
        message=f"「{sheet.department.name}」に差し戻しました。担当の画面に理由が表示されます。",
        context=page_of(
            "調書を差し戻す",
            sheet_crumbs(request, sheet),
            cancel=sheet_url(sheet),
            lead=f"「{sheet.department.name}」の担当に戻します。どこを、なぜ、どう直してほしいかを書いてください。",
            submit="差し戻す",
        ),
    )


@require_POST
@on_sheet(Role.CLERK, *APPROVERS)
def undo(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """One's own last step back."""
    try:
        services.undo(sheet=sheet, by=user_of(request))
    except RuleViolation as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, "直前の手続を取り消しました。")
    return HttpResponseRedirect(sheet_url(sheet))


@require_POST
@on_sheet(*queries.READERS)
def mark_read(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """From now on, only what changes after this is shown as changed."""
    services.mark_read(sheet=sheet, by=user_of(request))
    messages.success(request, "読んだ印を付けました。次に開いたとき、この後の変更を示します。")
    return HttpResponseRedirect(sheet_url(sheet))
