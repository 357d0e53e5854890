"""Any office's own table against the machine-readability rules; of the file nothing is kept unless asked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from kaikaku.ingest import findings as table
from kaikaku.ingest import forms
from kaikaku.ingest.services.keeping import keep_checked
from kaikaku.org.access import allowed, user_of
from kaikaku.org.queries import organisation_of
from kaikaku.org.roles import Role
from kaikaku.readers import Unreadable
from kaikaku.readers.machine_readability import LEVELS, RULES, Verdict

if TYPE_CHECKING:
    from kaikaku.org.models import User

VERDICTS = {
    Verdict.KEPT: "合っている",
    Verdict.BROKEN: "直すところあり",
    Verdict.LOOK: "確認が必要",
    Verdict.UNDECIDED: "このファイルだけでは判定できない",
    Verdict.NOT_FOR: "この形式には関係しない",
    Verdict.NOT_CHECKED: "点検していない",
}
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def lint(request: HttpRequest) -> HttpResponse:
    """Everyone: choose a table, see what a machine cannot read of it, where, and how to mend it.

    「この様式を公開してよいか」「どのセルを直せばよいか」「直したら何点になるか」
    """
    user = user_of(request)
    make = partial(forms.LintForm, may_keep=allowed(user, Role.SECRETARIAT))
    organisation_of(user)
    form = make(request.POST, request.FILES) if request.method == "POST" else make()
    if request.method != "POST" or not form.is_valid() or form.report is None:
        return _show(request, form, status=400 if form.is_bound else 200)
    kept = bool(form.cleaned_data.get("keep")) and _keep(request, form, user)
    report = form.report
    context = {
        "report": report,
        "kept": kept,
        "pictures": form.pictures,
        "verdicts": [(rule, VERDICTS[report.verdicts[rule.id]]) for rule in RULES.values()],
        "scores": [(level, report.score(level)) for level in LEVELS],
        "carried": table.carried(report) if report.findings else "",
        "most_cells": table.MOST_CELLS,
        "breadcrumbs": [("表の点検", reverse("ingest:lint")), (report.name, "")],
    }
    return render(request, "ingest/lint_report.html", {**context, "form": make()})


@require_POST
def findings(request: HttpRequest) -> HttpResponse:
    """The findings that a page carries, as a file: 「この一覧を担当に渡したい」"""
    taken = table.taken_back(request.POST.get("findings", ""))
    as_workbook = request.POST.get("format") == "xlsx"
    content = table.as_workbook(taken) if as_workbook else table.as_csv(taken)
    response = HttpResponse(content, content_type=WORKBOOK if as_workbook else "text/csv; charset=utf-8")
    name = f"{taken.file_name}.{'xlsx' if as_workbook else 'csv'}"
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def _show(request: HttpRequest, form: forms.LintForm, *, status: int) -> HttpResponse:
    context = {"form": form, "rules": list(RULES.values()), "breadcrumbs": [("表の点検", "")]}
    return render(request, "ingest/lint.html", context, status=status)


def _keep(request: HttpRequest, form: forms.LintForm, user: User) -> bool:
    upload = form.cleaned_data["file"]
    try:
        document = keep_checked(
            organisation=organisation_of(user), name=upload.name, data=form.data_read, by=user
        )
    except Unreadable as problem:
        messages.warning(request, f"ファイルは残しませんでした。{problem.message}")
        return False
    messages.success(request, f"ファイルを出典の一覧に「{document.title}」として残しました。")
    return True
