"""Kinds of ledgers (the office): choosing one, making one by a form, changing one, its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kaikaku.core.errors import RuleViolation
from kaikaku.ledgers import forms, queries, services
from kaikaku.ledgers.editor import Sheet, blank_sheet, check, posted_sheet, sheet_of
from kaikaku.ledgers.kind import ROLES, TYPES, Kind
from kaikaku.ledgers.reading import read_kind, shipped_texts
from kaikaku.ledgers.views.common import OFFICE, at_ledger, found, link, root
from kaikaku.org.access import only, user_of
from kaikaku.org.queries import organisation_of
from kaikaku.ui.views import change_page, press

if TYPE_CHECKING:
    from kaikaku.ledgers.changing import Plan
    from kaikaku.ledgers.models import Ledger

SETTING = "台帳を加える"


@only(OFFICE)
def choose(request: HttpRequest) -> HttpResponse:
    """The office: the shipped kinds, and the ways to a kind of one's own."""
    used = {one.code: one.pk for one in queries.ledgers_for(user_of(request))}
    kinds = [(read_kind(text), used.get(code)) for code, text in shipped_texts().items()]
    context = {"kinds": kinds, "breadcrumbs": [*root(), (SETTING, "")]}
    return render(request, "ledgers/choose.html", context)


@require_POST
@only(OFFICE)
def use(request: HttpRequest, code: str) -> HttpResponse:
    """The office: begin to use a shipped kind."""
    by = user_of(request)
    text = shipped_texts().get(code)
    if text is None:
        raise Http404
    return press(
        request,
        lambda: services.open_ledger(organisation=organisation_of(by), text=text, by=by),
        done="台帳を使い始めました。所属の担当が記録できます。",
        back=reverse("ledgers:index"),
    )


@only(OFFICE)
def new(request: HttpRequest) -> HttpResponse:
    """The office: a kind of one's own, row by row."""
    by = user_of(request)
    sheet = posted_sheet(request.POST.dict()) if request.method == "POST" else blank_sheet()
    text, wrong = check(sheet) if request.method == "POST" else ("", "")
    if text and not wrong and request.POST.get("act") == "save":
        try:
            made = services.open_ledger(organisation=organisation_of(by), text=text, by=by)
        except RuleViolation as refused:
            wrong = refused.message
        else:
            messages.success(request, "台帳を作りました。所属の担当が記録できます。")
            return HttpResponseRedirect(link("ledger", made))
    crumbs = [*root(), (SETTING, reverse("ledgers:choose")), ("項目を決めて作る", "")]
    return _editor(request, sheet, wrong, text=text, title="項目を決めて台帳を作る", crumbs=crumbs)


@found(queries.ledger_for, OFFICE)
def edit(request: HttpRequest, part: Ledger) -> HttpResponse:
    """The office: change the fields; what becomes of the records is told first, and none loses a value."""
    by = user_of(request)
    posted = request.method == "POST"
    sheet = posted_sheet(request.POST.dict()) if posted else sheet_of(part.kind)
    text, wrong = check(sheet) if posted else ("", "")
    plan = services.planned_change(ledger=part, text=text)[1] if text and not wrong else None
    if plan and plan.possible and request.POST.get("act") == "save":
        try:
            version = request.POST.get("version", "")
            services.change_ledger(
                ledger=part, text=text, version=int(version) if version.isdecimal() else 0, by=by
            )
        except RuleViolation as refused:
            wrong = refused.message
        else:
            messages.success(request, "台帳の項目を変更しました。記録の値は、すべて残っています。")
            return HttpResponseRedirect(link("ledger", part))
    crumbs = [*at_ledger(part), ("項目を変更する", "")]
    return _editor(
        request, sheet, wrong, text=text, title="台帳の項目を変更する", crumbs=crumbs, ledger=part, plan=plan
    )


def _editor(
    request: HttpRequest,
    sheet: Sheet,
    wrong: str,
    *,
    text: str,
    title: str,
    crumbs: Any,
    ledger: Ledger | None = None,
    plan: Plan | None = None,
) -> HttpResponse:
    preview: Kind | None = read_kind(text) if text and not wrong else None
    trouble = bool(wrong or (plan and not plan.possible))
    context = {
        "title": title,
        "sheet": sheet,
        "wrong": wrong,
        "plan": plan,
        "ledger": ledger,
        "types": TYPES,
        "roles": ROLES,
        "preview": preview,
        "preview_form": _preview(preview) if preview else None,
        "breadcrumbs": crumbs,
    }
    return render(request, "ledgers/editor.html", context, status=400 if trouble else 200)


def _preview(kind: Kind) -> forms.RecordForm:
    return forms.RecordForm(kind=kind, specs=list(kind.lasting), departments=[], auto_id="preview_%s")


@only(OFFICE)
def from_file(request: HttpRequest) -> HttpResponse:
    """The office: a kind from its file."""
    by = user_of(request)
    return change_page(
        request,
        forms.KindFileForm,
        title="定義ファイルから台帳を作る",
        crumbs=[*root(), (SETTING, reverse("ledgers:choose"))],
        submit="読み込んで作る",
        save=lambda form: services.open_ledger(organisation=organisation_of(by), text=_text(form), by=by),
        back=reverse("ledgers:choose"),
        success_url=lambda made: link("ledger", made),
        message="台帳を作りました。",
    )


@found(queries.ledger_for, OFFICE)
def replace_file(request: HttpRequest, part: Ledger) -> HttpResponse:
    """The office: change the kind by its file; refused where a value would be lost."""
    by = user_of(request)
    return change_page(
        request,
        forms.KindFileForm,
        title="定義ファイルで項目を変更する",
        crumbs=at_ledger(part),
        submit="読み込んで変更する",
        save=lambda form: services.change_ledger(ledger=part, text=_text(form), version=part.version, by=by),
        back=link("edit_kind", part),
        success_url=lambda _: link("ledger", part),
        message="台帳の項目を変更しました。記録の値は、すべて残っています。",
    )


def _text(form: forms.KindFileForm) -> str:
    try:
        return str(form.cleaned_data["file"].read().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise RuleViolation(
            "ledgers.kind_encoding",
            "ファイルの文字をUTF-8で読み取れません。UTF-8で保存し直してください。",
            field="file",
        ) from None


@found(queries.ledger_for, OFFICE)
def kind_file(request: HttpRequest, part: Ledger) -> HttpResponse:
    """The office: the kind's file, to keep or to give to another government."""
    response = HttpResponse(part.text.encode(), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(part.code)}.toml"
    return response


@found(queries.ledger_for, OFFICE)
def cover(request: HttpRequest, part: Ledger) -> HttpResponse:
    """The office: of which fiscal years the records are whole, so that no metric tells too little."""
    by = user_of(request)
    return change_page(
        request,
        forms.CoverageForm,
        title="集計する年度を決める",
        crumbs=at_ledger(part),
        lead="記録が揃っている年度です。そのほかの年度の集計は、少ない数を出さずに「値なし」にします。",
        save=lambda form: services.set_coverage(
            ledger=part, first=form.cleaned_data["first"], last=form.cleaned_data["last"], by=by
        ),
        back=link("measures", part),
        initial={"first": part.covers_from, "last": part.covers_to},
        message="集計する年度を決めました。",
    )


@require_POST
@found(queries.ledger_for, OFFICE)
def retire(request: HttpRequest, part: Ledger) -> HttpResponse:
    """The office: no more records in this ledger."""
    by = user_of(request)
    return press(
        request,
        lambda: services.retire_ledger(ledger=part, by=by),
        done="台帳の使用を終えました。記録は残っています。",
        back=link("ledger", part),
    )


@require_POST
@found(queries.ledger_for, OFFICE)
def resume(request: HttpRequest, part: Ledger) -> HttpResponse:
    """The office: use it again."""
    by = user_of(request)
    return press(
        request,
        lambda: services.resume_ledger(ledger=part, by=by),
        done="台帳の使用を再び始めました。",
        back=link("ledger", part),
    )
