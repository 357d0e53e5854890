"""A section's self-check, and the check of the controls that were drawn."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaikaku.controls import forms, queries, services, words
from kaikaku.controls.views.common import OFFICE, WRITERS, at_year, change_page, link, must_write
from kaikaku.org.access import allowed, require, user_of
from kaikaku.org.queries import department_for, today
from kaikaku.ui.listing import Field, csv_response, listing

SAMPLES = (
    Field[Any]("risk", "リスク", lambda row: row.control.risk.code, search=True),
    Field[Any]("control", "統制", lambda row: row.control.text, search=True),
    Field[Any]("department", "所属", lambda row: row.department.name, search=True),
    Field[Any]("result", "結果", lambda row: row.result, search=True),
    Field[Any]("by", "点検した人", lambda row: row.by.name if row.by else None, search=True),
    Field[Any]("checked_on", "点検した日", lambda row: row.checked_on),
)


def self_check(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    """A section's sheet: four questions for each of its controls; five minutes.

    「何を見て答えればよいか」「途中で保存したい」「提出したら、だれが見るのか」
    """
    user = user_of(request)
    year = queries.year_for(user, pk)
    department = department_for(user, section)
    require(user, *WRITERS)
    must_write(user, department.pk)
    controls = queries.controls_asked(year, department=department.pk)
    if not controls:
        raise Http404
    known = queries.self_checks_of(year, department.pk)
    title = f"{department}の自己評価"
    if year.issued_at or any(row.sent_at for row in known.values()):
        context = {
            "title": title,
            "year": year,
            "department": department,
            "rows": [(control, known.get(control.pk)) for control in controls],
            "may_reopen": allowed(user, OFFICE) and not year.issued_at,
            "words": words,
            "breadcrumbs": [*at_year(year), (title, "")],
        }
        return render(request, "controls/self_checked.html", context)
    return change_page(
        request,
        forms.SelfCheckForm,
        title=title,
        crumbs=at_year(year),
        template="controls/self_check.html",
        form_kwargs={"controls": controls, "known": known},
        next="提出すると、事務局が見ます。「いいえ」と答えた統制は、不備として記録されます。"
        "提出した後は、事務局が差し戻すまで直せません。",
        save=lambda form: services.self_check(
            year=year, department=department, answers=form.answers(), send=form.cleaned_data["send"], by=user
        ),
        back=reverse("controls:self_check", args=[year.pk, department.pk]),
        message=lambda rows: f"自己評価を{'提出' if rows and rows[0].sent_at else '保存'}しました。",
        context={"year": year, "words": words, "cancel_url": link("year", year)},
    )


def reopen(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    """The office: a sheet is handed back, with the reason."""
    user = user_of(request)
    year = queries.year_for(user, pk)
    department = department_for(user, section)
    require(user, OFFICE)
    return change_page(
        request,
        forms.ReasonForm,
        title=f"{department}の自己評価を差し戻す",
        crumbs=at_year(year),
        submit="差し戻す",
        save=lambda form: services.reopen_self_check(
            year=year, department=department, why=form.cleaned_data["reason"], by=user
        ),
        back=link("year", year),
        message="自己評価を差し戻しました。",
    )


def samples(request: HttpRequest, pk: int) -> HttpResponse:
    """Those who answer for internal control: what was drawn, and what was seen of it.

    「次に見るのはどれか」「自分の所属のどれが見られるのか」「何が見つかったか」
    """
    user = user_of(request)
    year = queries.year_for(user, pk)
    require(user, *queries.READERS)
    left = request.GET.get("view") == "left"
    rows = queries.samples_of(year).filter(checked_on__isnull=True) if left else queries.samples_of(year)
    shown = listing(request, rows, fields=SAMPLES)
    if shown.wants_csv:
        return csv_response(shown, f"抽出点検の対象（{year}）")
    context = {
        "year": year,
        "listing": shown,
        "left": left,
        "board": queries.board(user, year, on=today()),
        "may_check": allowed(user, OFFICE) and not year.issued_at,
        "words": words,
        "breadcrumbs": [*at_year(year), ("抽出点検の対象", "")],
    }
    return render(request, "controls/samples.html", context)


def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """Who promotes internal control, of another section: what was seen of a drawn control."""
    user = user_of(request)
    found = queries.sample_for(user, pk)
    require(user, OFFICE)
    control = found.control
    return change_page(
        request,
        forms.SampleForm,
        title="抽出点検の結果を記録する",
        crumbs=[*at_year(found.year), ("抽出点検の対象", link("samples", found.year))],
        template="controls/sample.html",
        submit="記録する",
        save=lambda form: services.check_sample(sample=found, answer=form.answer(), by=user),
        back=link("samples", found.year),
        message="抽出点検の結果を記録しました。",
        context={"sample": found, "control": control, "words": words},
    )
