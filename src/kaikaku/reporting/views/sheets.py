"""One sheet: reading it, filling it in, sending it on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from kaikaku.core.errors import RuleViolation
from kaikaku.core.workflow import ACTION_LABELS, STATE_LABELS
from kaikaku.org.access import user_of
from kaikaku.org.queries import today
from kaikaku.org.roles import Role
from kaikaku.plans import cells, shown
from kaikaku.plans.words import REASONS
from kaikaku.reporting import forms, queries, services, words
from kaikaku.reporting.entries import StaleSheet
from kaikaku.reporting.paper import sheet_paper
from kaikaku.reporting.views.common import FORM, on_sheet, page_of, sheet_crumbs, sheet_url
from kaikaku.reporting.views.conflict import conflict_page
from kaikaku.ui.views import form_page
from kaikaku.writers.pdf import pdf_bytes
from kaikaku.writers.word import word_bytes

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.reporting.models import Sheet
    from kaikaku.reporting.queries import SheetPage

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def words_for_pages(request: HttpRequest, page: SheetPage) -> dict[str, Any]:
    """What every page of a sheet needs to speak."""
    return {
        "page": page,
        "sheet": page.sheet,
        "round": page.sheet.round,
        "words": words,
        "reasons": REASONS,
        "cells": cells,
        "shown": shown,
        "actions": {action.value for action in page.actions},
        "action_labels": ACTION_LABELS,
        "state_labels": STATE_LABELS,
        "breadcrumbs": sheet_crumbs(request, page.sheet),
    }


@on_sheet(*queries.READERS)
def sheet(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """「いまどこにあり、何が書かれ、次に誰が何をするか」."""
    user = user_of(request)
    page = queries.sheet_page(user, sheet)
    indicators = [(line.facts.key, line.facts.name) for line in page.lines]
    context = {
        **words_for_pages(request, page),
        "since_look": queries.differences_for(user, sheet, [line.row for line in page.lines]),
        "comment_form": forms.CommentForm(indicators=indicators),
        "evidence_form": forms.EvidenceForm(),
    }
    return render(request, "reporting/sheet.html", context)


@on_sheet(*queries.READERS)
def print_sheet(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """進捗管理調書 as the office knows it, for paper."""
    page = queries.sheet_page(user_of(request), sheet)
    return render(request, "reporting/print.html", words_for_pages(request, page))


@on_sheet(*queries.READERS)
def pdf(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """The sheet as PDF."""
    paper = sheet_paper(queries.sheet_page(user_of(request), sheet), on=today())
    return _file(pdf_bytes(paper), f"{paper.running}.pdf", "application/pdf")


@on_sheet(*queries.READERS)
def word(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """The sheet as Word."""
    paper = sheet_paper(queries.sheet_page(user_of(request), sheet), on=today())
    return _file(word_bytes(paper), f"{paper.running}.docx", DOCX)


def _file(data: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(
        data,
        content_type=kind,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"},
    )


@on_sheet(Role.CLERK)
def fill(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """The clerk's page: what was typed is kept, readable or not, and shown as understood."""
    user = user_of(request)
    page = queries.sheet_page(user, sheet)
    if request.method == "GET" and not page.may_edit:
        return _not_now(request, sheet)
    saving = _Saving(sheet, user)
    onward = "submit" if request.POST.get("go") == "submit" else "fill"
    response = form_page(
        request,
        partial(forms.SheetForm, shown=page),
        "reporting/fill.html",
        save=saving.save,
        initial=forms.SheetForm.initial_of(page),
        success_url=lambda _: sheet_url(sheet, onward),
        message="保存しました。値の読み取りと評価を確かめてください。" if onward == "fill" else "",
        context={**words_for_pages(request, page), "title": f"{sheet.department.name}の調書に記入する"},
    )
    if saving.stale is None:
        return response
    return conflict_page(request, sheet, form=saving.stale[0], found=saving.stale[1])


@dataclass
class _Saving:
    """Saves the form, and keeps the form and the change that it met where somebody was first."""

    sheet: Sheet
    user: User
    stale: tuple[forms.SheetForm, StaleSheet] | None = None

    def save(self, form: forms.SheetForm) -> Sheet:
        version = form.cleaned_data["version"]
        try:
            return services.save_sheet(sheet=self.sheet, entry=form.entry(), version=version, by=self.user)
        except StaleSheet as found:
            self.stale = form, found
            raise


def _not_now(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Yours, but not now: a sentence says why."""
    state = "締切済み" if sheet.round.closed_at else sheet.get_state_display()
    messages.info(request, f"この調書は「{state}」のため、今は書き換えられません。内容は下で確かめられます。")
    return HttpResponseRedirect(sheet_url(sheet))


@on_sheet(Role.CLERK)
def submit(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """What stops the sheet, what wants a reason, and the button that sends it on."""
    user = user_of(request)
    page = queries.sheet_page(user, sheet)
    if request.method == "GET" and not page.may_edit:
        return _not_now(request, sheet)
    return form_page(
        request,
        partial(forms.SubmitForm, shown=page),
        "reporting/submit.html",
        save=lambda form: services.submit_sheet(
            sheet=sheet,
            by=user,
            version=form.cleaned_data["version"],
            explanations=form.explanations(),
        ),
        initial={"version": sheet.version},
        success_url=lambda _: sheet_url(sheet),
        message="提出しました。所属長が確認します。確認される前であれば、取り消せます。",
        context={**words_for_pages(request, page), "title": "調書を提出する"},
    )


@on_sheet(Role.CLERK)
def answer_none(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """該当なし is an answer."""
    user = user_of(request)
    return form_page(
        request,
        forms.ReasonForm,
        FORM,
        save=lambda form: services.answer_none(sheet=sheet, by=user, **form.cleaned_data),
        success_url=lambda _: sheet_url(sheet),
        message="該当なしと回答しました。所属長が確認します。",
        context=page_of(
            "該当なしと回答する",
            sheet_crumbs(request, sheet),
            cancel=sheet_url(sheet),
            lead="この照会に報告することがないときの回答です。記入した内容は残ります。",
            submit="該当なしと回答する",
        ),
    )


@require_POST
@on_sheet(*queries.READERS)
def comment(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """A word beside the sheet or one of its indicators."""
    rows = {row.indicator_id: row.indicator for row in queries.rows_of(sheet)}
    form = forms.CommentForm(request.POST, indicators=[(key, str(one)) for key, one in rows.items()])
    if not form.is_valid():
        messages.error(request, "コメントを入力してください。")
        return HttpResponseRedirect(sheet_url(sheet))
    about = form.cleaned_data["indicator"]
    indicator = rows[int(about)] if about else None
    text = form.cleaned_data["text"]
    services.comment(sheet=sheet, text=text, indicator=indicator, by=user_of(request))
    return HttpResponseRedirect(f"{sheet_url(sheet)}#comments")


@require_POST
@on_sheet(Role.CLERK)
def evidence(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """A document that shows where it comes from."""
    form = forms.EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for error in form.errors.get("file", ())))
        return HttpResponseRedirect(sheet_url(sheet))
    file = form.cleaned_data["file"]
    try:
        services.add_evidence(
            sheet=sheet,
            name=file.name,
            data=file.read(),
            media_type=file.content_type or "application/octet-stream",
            by=user_of(request),
        )
    except RuleViolation as refused:
        messages.error(request, refused.message)
    return HttpResponseRedirect(f"{sheet_url(sheet)}#evidence")
