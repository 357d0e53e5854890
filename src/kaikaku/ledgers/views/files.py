"""Ledgers as files: Excel and CSV out, Excel back in with a look at every cell first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from kaikaku.core.errors import RuleViolation
from kaikaku.ledgers import forms, queries, services
from kaikaku.ledgers.views.common import at_ledger, found, link
from kaikaku.ledgers.views.records import asked_of
from kaikaku.ledgers.workbook import RowOut, write_csv, write_workbook
from kaikaku.org.access import user_of
from kaikaku.ui.views import change_page, press

if TYPE_CHECKING:
    from kaikaku.ledgers.models import Intake, Ledger
    from kaikaku.org.models import User

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@found(queries.ledger_for, *queries.READERS)
def workbook(request: HttpRequest, part: Ledger) -> HttpResponse:
    """Those in charge: the list as asked for, as Excel, with the fields that the person sees."""
    user = user_of(request)
    fields = queries.seen_fields(user, part.kind)
    rows = _rows(request, user, part)
    data = write_workbook(part.kind, fields, rows, queries.departments_in(part.organisation))
    return _file(data, f"{part.name}.xlsx", EXCEL)


@found(queries.ledger_for)
def table(request: HttpRequest, part: Ledger) -> HttpResponse:
    """The list as asked for, as CSV, with the fields that the person sees."""
    user = user_of(request)
    fields = queries.seen_fields(user, part.kind)
    rows = _rows(request, user, part)
    data = write_csv(part.kind, fields, rows, queries.departments_in(part.organisation))
    return _file(data, f"{part.name}.csv", "text/csv; charset=utf-8")


def _rows(request: HttpRequest, user: User, ledger: Ledger) -> Iterator[RowOut]:
    records = queries.found_records(user, ledger, asked_of(request, user, ledger))
    years: dict[int, list[tuple[int, int, dict[str, object]]]] = {}
    for figure in queries.all_yearly(ledger, records):
        years.setdefault(figure.record_id, []).append((figure.fiscal_year, figure.version, figure.values))
    reads_all = queries.reads_all(user)
    for one in records.select_related("department"):
        department = str(one.department) if one.department and reads_all else ""
        yield RowOut(
            one.pk, one.version, department, one.state, one.public, one.values, years.get(one.pk, ())
        )


def _file(data: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


@found(queries.ledger_for, *queries.WRITERS)
def upload(request: HttpRequest, part: Ledger) -> HttpResponse:
    """A section or the office: send the workbook back."""
    user = user_of(request)

    def save(form: forms.WorkbookForm) -> Intake:
        file = form.cleaned_data["file"]
        return services.receive_workbook(ledger=part, name=file.name, data=file.read(), by=user)

    return change_page(
        request,
        forms.WorkbookForm,
        title="書き込んだExcelを送る",
        crumbs=at_ledger(part),
        lead="この台帳から受け取ったExcelに書き込んで送ってください。行を足し、記録番号を空にすると新しい記録になります。",
        submit="送って確かめる",
        next="送っただけでは変わりません。次の画面で、変わるところを1つずつ確かめられます。",
        save=save,
        back=link("ledger", part),
        success_url=lambda made: link("intake", made),
    )


@found(queries.intake_for, *queries.WRITERS)
def intake(request: HttpRequest, part: Intake) -> HttpResponse:
    """Who sent it, or the office: what each cell would change."""
    user = user_of(request)
    hidden = set(part.ledger.kind.by_code) - {f.code for f in queries.seen_fields(user, part.ledger.kind)}
    cells = [cell for cell in part.cells if cell["code"] not in hidden]
    bad = sum(bool(cell["error"]) for cell in cells)
    context = {
        "intake": part,
        "cells": cells,
        "bad": bad,
        "good": len(cells) - bad,
        "breadcrumbs": [*at_ledger(part.ledger), ("送られたExcelの確認", "")],
    }
    return render(request, "ledgers/intake.html", context)


@require_POST
@found(queries.intake_for, *queries.WRITERS)
def take(request: HttpRequest, part: Intake) -> HttpResponse:
    """Take in what is in order."""
    by = user_of(request)
    try:
        taken = services.take_intake(intake=part, by=by)
    except RuleViolation as refused:
        messages.error(request, refused.message)
        return HttpResponseRedirect(link("ledger", part.ledger))
    messages.success(request, f"変わるところ{taken.cells:,}か所を取り込みました。")
    if not taken.moved:
        return HttpResponseRedirect(link("ledger", part.ledger))
    messages.warning(
        request,
        f"{taken.moved:,}か所は、ほかの人が記録を変更したため取り込みませんでした。下で確かめてください。",
    )
    return HttpResponseRedirect(link("intake", part))


@require_POST
@found(queries.intake_for, *queries.WRITERS)
def drop(request: HttpRequest, part: Intake) -> HttpResponse:
    """Leave all as it is."""
    by = user_of(request)
    return press(
        request,
        lambda: services.drop_intake(intake=part, by=by),
        done="取りやめました。台帳は変わっていません。",
        back=link("ledger", part.ledger),
    )
