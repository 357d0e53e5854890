"""The organisation itself, its log, and whether the site is alive."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kaikaku.audit import queries as log
from kaikaku.audit.actions import areas, sentence
from kaikaku.audit.services import note_export
from kaikaku.org import forms, queries, services
from kaikaku.org.access import OFFICE, only, user_of
from kaikaku.org.views.paging import cut
from kaikaku.ui.views import form_page

CSV_HEAD = ["number", "at", "by", "on_behalf", "action", "sentence", "subject", "note", "hash"]


@only(*OFFICE)
def organisation(request: HttpRequest) -> HttpResponse:
    """How the government is called and reached."""
    shown = queries.organisation_of(user_of(request))
    return form_page(
        request,
        forms.OrganisationForm,
        "ui/form_page.html",
        initial={"name": shown.name, "kana": shown.kana, "contact": shown.contact},
        save=lambda form: services.revise_organisation(
            organisation=shown, by=user_of(request), **form.cleaned_data
        ),
        success_url="org:departments",
        message="団体の情報を改めました。",
        context={
            "title": "団体の情報",
            "cancel_url": reverse("org:departments"),
            "breadcrumbs": [("組織と利用者", reverse("org:departments")), ("団体の情報", "")],
        },
    )


@only(*OFFICE)
def history(request: HttpRequest) -> HttpResponse:
    """The log of the organisation, filtered."""
    form, wanted = _wanted(request)
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "form": form,
        "entries": cut(request, log.recent(user_of(request), wanted)),
        "asked": asked.urlencode(),
        "sentence": sentence,
        "changed": log.changed,
        "breadcrumbs": [("組織と利用者", reverse("org:departments")), ("操作の記録", "")],
    }
    return render(request, "org/history.html", context)


@only(*OFFICE)
def history_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The log as seen, for a spreadsheet (UTF-8 with BOM), row by row as it is read."""
    _, wanted = _wanted(request)
    user = user_of(request)
    note_export(by=user, asked=request.GET.urlencode())
    writer = csv.writer(_Echo())
    rows = log.recent(user, wanted).iterator(chunk_size=2000)
    lines: Iterator[Any] = (writer.writerow(row) for row in chain([CSV_HEAD], map(_row, rows)))
    response = StreamingHttpResponse(chain(["\ufeff"], lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="history-{queries.today():%Y%m%d}.csv"'
    return response


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """For whoever watches the machine: the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def _wanted(request: HttpRequest) -> tuple[forms.HistoryFilterForm, log.Filter]:
    form = forms.HistoryFilterForm(request.GET or None, user=user_of(request), areas=areas())
    return form, log.Filter(**form.cleaned_data) if form.is_valid() else log.Filter()


class _Echo:
    """A file that gives back what is written, so that the CSV streams."""

    def write(self, value: str) -> str:
        return value


def _row(entry: Any) -> list[str]:
    at = timezone.localtime(entry.at).isoformat(timespec="seconds")
    by = entry.by.username if entry.by else ""
    said = [entry.action, sentence(entry.action), entry.subject_label, entry.note]
    return [_cell(value) for value in (str(entry.number), at, by, entry.on_behalf, *said, entry.hash)]


def _cell(value: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
