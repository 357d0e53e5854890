"""A section's self-check, and the check of one drawn control."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaikaku.controls import forms, queries, services, words
from kaikaku.controls.views.common import OFFICE, WRITERS, at_year, change_page, link, must_write
from kaikaku.org.access import allowed, require, user_of
from kaikaku.org.queries import department_for


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
        next="提出すると、事務局が見ます。「いいえ」と答えた統制は、不備として記録されます。",
        save=lambda form: services.self_check(
            year=year, department=department, answers=form.answers(), send=form.cleaned_data["send"], by=user
        ),
        back=reverse("controls:self_check", args=[year.pk, department.pk]),
        message="自己評価を保存しました。",
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
        crumbs=at_year(found.year),
        template="controls/sample.html",
        submit="記録する",
        save=lambda form: services.check_sample(sample=found, answer=form.answer(), by=user),
        back=link("year", found.year),
        message="抽出点検の結果を記録しました。",
        context={"sample": found, "control": control, "words": words},
    )
