"""The years: the office's board, the sample, the report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kaikaku.audit.actions import sentence
from kaikaku.audit.queries import history_of
from kaikaku.controls import forms, papers, queries, services, words
from kaikaku.controls.rules import evaluation_day
from kaikaku.controls.views.common import OFFICE, at_year, change_page, initial_of, link, root
from kaikaku.core.eras import fiscal_year_of
from kaikaku.core.errors import RuleViolation
from kaikaku.org.access import allowed, only, require, user_of
from kaikaku.org.queries import organisation_of, today
from kaikaku.writers.pdf import pdf_bytes
from kaikaku.writers.word import word_bytes

if TYPE_CHECKING:
    from kaikaku.controls.models import ControlYear
    from kaikaku.writers.papers import Paper

KINDS: dict[str, tuple[str, Callable[[Paper], bytes]]] = {
    "pdf": ("application/pdf", pdf_bytes),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", word_bytes),
}


@only(*queries.READERS)
def years(request: HttpRequest) -> HttpResponse:
    """Those who answer for internal control: the years, and how each stands."""
    user = user_of(request)
    context = {
        "years": queries.years_for(user),
        "is_office": allowed(user, OFFICE),
        "breadcrumbs": [*root(), ("年度の評価", "")],
    }
    return render(request, "controls/years.html", context)


@only(OFFICE)
def new_year(request: HttpRequest) -> HttpResponse:
    """The office: a year begins with its policy, its scope and the due day."""
    user = user_of(request)
    before = queries.years_for(user).first()
    initial = initial_of(before, "policy", "system", "scope") if before else {}
    return change_page(
        request,
        forms.NewYearForm,
        title="年度を始める",
        crumbs=[*root(), ("年度の評価", reverse("controls:years"))],
        lead="前の年度の方針と対象を写しています。" if before else "",
        submit="この年度を始める",
        next="統制を登録している所属の担当と所属長に、自己評価が「すること」として表示されます。",
        initial={"fiscal_year": fiscal_year_of(today()), **initial},
        save=lambda form: services.open_year(
            organisation=organisation_of(user),
            fiscal_year=form.cleaned_data["fiscal_year"],
            fields=form.entry(),
            by=user,
        ),
        back=reverse("controls:years"),
        success_url=lambda year: link("year", year),
        message="年度を始めました。",
    )


def year(request: HttpRequest, pk: int) -> HttpResponse:
    """The board: who is late, what the sample shows, what is wrong, how the report would read.

    「どの所属がまだか」「抽出点検はどこまで進んだか」「今のままなら、評価の結果はどうなるか」
    """
    user = user_of(request)
    found = queries.year_for(user, pk)
    require(user, *queries.READERS)
    context = {
        "year": found,
        "board": queries.board(user, found, on=today()),
        "facts": queries.report_facts(found),
        "day": evaluation_day(found.fiscal_year),
        "is_over": today() > evaluation_day(found.fiscal_year),
        "is_office": allowed(user, OFFICE),
        "history": history_of(user, found),
        "sentence": sentence,
        "words": words,
        "breadcrumbs": at_year(found),
    }
    return render(request, "controls/year.html", context)


def _office_year(request: HttpRequest, pk: int) -> ControlYear:
    found = queries.year_for(user_of(request), pk)
    require(request.user, OFFICE)
    return found


def revise_year(request: HttpRequest, pk: int) -> HttpResponse:
    """The office: policy, system, scope, due day."""
    user, found = user_of(request), _office_year(request, pk)
    return change_page(
        request,
        forms.YearForm,
        title="方針と対象を変更する",
        crumbs=at_year(found),
        initial=initial_of(found, "policy", "system", "scope", "due"),
        save=lambda form: services.revise_year(year=found, fields=form.entry(), by=user),
        back=link("year", found),
        message="方針と対象を変更しました。",
    )


def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """The office: the sample is drawn, once a year."""
    user, found = user_of(request), _office_year(request, pk)
    return change_page(
        request,
        forms.DrawForm,
        title="抽出点検の対象を抽出する",
        crumbs=at_year(found),
        lead="リスクの大きさごとに、決めた割合の統制を抽出します。どの所属からも、少なくとも1件を抽出します。抽出は1年度に1回です。",
        submit="抽出する",
        save=lambda form: services.draw_sample(
            year=found, seed=form.cleaned_data["seed"], rates=form.rates(), by=user
        ),
        back=link("year", found),
        message="抽出点検の対象を抽出しました。",
    )


@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """The office: the report is settled."""
    user, found = user_of(request), _office_year(request, pk)
    try:
        services.issue_report(year=found, by=user)
    except RuleViolation as violation:
        messages.error(request, violation.message)
    else:
        messages.success(request, "評価報告書を確定しました。監査委員の意見を受けたら記録してください。")
    return HttpResponseRedirect(link("year", found))


def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """The office: 監査委員の意見, and when the report went to the assembly."""
    user, found = user_of(request), _office_year(request, pk)
    return change_page(
        request,
        forms.OpinionForm,
        title="監査委員の意見を記録する",
        crumbs=at_year(found),
        initial=initial_of(found, "opinion", "opinion_on", "assembly_on"),
        next="議会に提出した日を入れると、プランの公表に内部統制の章が載ります。",
        save=lambda form: services.note_opinion(year=found, fields=form.entry(), by=user),
        back=link("year", found),
        message="監査委員の意見を記録しました。",
    )


def report(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The year's report as PDF or Word; a draft until it is issued."""
    user = user_of(request)
    found = queries.year_for(user, pk)
    require(user, *queries.READERS)
    if kind not in KINDS:
        raise Http404
    media_type, write = KINDS[kind]
    paper = papers.report_paper(found, queries.report_facts(found))
    try:
        data = write(paper)
    except RuleViolation as violation:
        messages.error(request, violation.message)
        return HttpResponseRedirect(link("year", found))
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{paper.title}.{kind}')}"
    return response
