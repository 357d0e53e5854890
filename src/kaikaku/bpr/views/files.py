"""The register as a file: Excel out, Excel back in with a look at every cell first."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kaikaku.bpr import forms, queries, services
from kaikaku.bpr.views.common import found_for, root_crumbs
from kaikaku.bpr.views.projects import chosen_rows
from kaikaku.bpr.workbook import write_workbook
from kaikaku.org.access import only, user_of
from kaikaku.org.queries import organisation_of
from kaikaku.org.roles import Role
from kaikaku.ui.views import change_page, press

if TYPE_CHECKING:
    from kaikaku.bpr.models import Intake

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAME = "業務改革の台帳"


@only(*queries.READERS)
def workbook(request: HttpRequest) -> HttpResponse:
    """The list as asked for, as Excel: the projects, their steps, what each column means."""
    keys = [row.key for row in chosen_rows(request).found]
    data = write_workbook(queries.projects_out(user_of(request), keys), title=NAME)
    response = HttpResponse(data, content_type=EXCEL)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(NAME)}.xlsx"
    return response


@only(Role.SECRETARIAT, Role.CLERK, Role.CHIEF)
def upload(request: HttpRequest) -> HttpResponse:
    """A section or the office: send the workbook back.

    「20件の手順をまとめて直したい」「送る前に何が変わるか見たい」
    """
    user = user_of(request)
    if not queries.own_departments(user):
        raise PermissionDenied("Excelを送れるのは、担当・所属長と事務局です。")

    def save(form: forms.WorkbookForm) -> Intake:
        file = form.cleaned_data["file"]
        return services.receive_workbook(
            organisation=organisation_of(user), name=file.name, data=file.read(), by=user
        )

    return change_page(
        request,
        forms.WorkbookForm,
        title="書き込んだExcelを送る",
        crumbs=root_crumbs(),
        lead="一覧から受け取ったExcelに書き込んで送ってください。行を足し、案件番号を空にすると新しい候補になります。",
        submit="送って確かめる",
        next="送っただけでは変わりません。次の画面で、変わるところを1つずつ確かめられます。",
        save=save,
        back=reverse("bpr:index"),
        success_url=lambda made: reverse("bpr:intake", args=[made.pk]),
    )


@found_for(queries.intake_for)
def intake(request: HttpRequest, found: Intake) -> HttpResponse:
    """Who sent it, or the office: what each cell would change."""
    held = {cell["group"] for cell in found.cells if cell["error"]}
    good = [cell for cell in found.cells if cell["group"] not in held]
    context = {
        "intake": found,
        "cells": found.cells,
        "held": held,
        "good": len(good),
        "projects": len({cell["group"] for cell in good}),
        "breadcrumbs": [*root_crumbs(), ("送られたExcelの確認", "")],
    }
    return render(request, "bpr/intake.html", context)


@require_POST
@found_for(queries.intake_for)
def take(request: HttpRequest, found: Intake) -> HttpResponse:
    """Take in what is in order."""
    by = user_of(request)
    return press(
        request,
        lambda: services.take_intake(intake=found, by=by),
        done="変わるところを取り込みました。",
        back=reverse("bpr:index"),
    )


@require_POST
@found_for(queries.intake_for)
def drop(request: HttpRequest, found: Intake) -> HttpResponse:
    """Leave all as it is."""
    by = user_of(request)
    return press(
        request,
        lambda: services.drop_intake(intake=found, by=by),
        done="取りやめました。台帳は変わっていません。",
        back=reverse("bpr:index"),
    )
