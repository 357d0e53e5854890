"""Kept documents: the list, the viewer that opens at a line, the original."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from kaikaku.org.access import INSIDERS, allowed, only, user_of
from kaikaku.org.roles import Role
from kaikaku.ui.listing import Field, csv_response, listing
from kaikaku.ui.views import form_page
from kaikaku.writers.jinja_filters import day, moment

from . import forms, queries, services

COLUMNS: tuple[Field[Any], ...] = (
    Field("title", "表題", lambda d: d.title, search=True),
    Field("file", "ファイル", lambda d: d.file_name, search=True),
    Field("published", "公表日", lambda d: d.published_on, show=lambda d: day(d.published_on)),
    Field("audience", "見られる人", lambda d: d.get_audience_display()),
    Field("cited", "引用", lambda d: d.cited, unit="か所", number=True),
    Field("kept", "受入", lambda d: d.kept_at, show=lambda d: moment(d.kept_at)),
)


@only(*INSIDERS)
def documents(request: HttpRequest) -> HttpResponse:
    """All documents the organisation has kept."""
    shown = listing(request, queries.documents_for(user_of(request)), fields=COLUMNS)
    if shown.wants_csv:
        return csv_response(shown, "出典")
    context = {"documents": shown, "may_import": allowed(user_of(request), Role.SECRETARIAT)}
    return render(request, "sources/documents.html", context)


@only(*INSIDERS)
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The text by line; `?line=12#L12` marks and shows line 12, `quote` the words cited in it."""
    user = user_of(request)
    shown = queries.document_for(user, pk)
    asked = request.GET.get("line", "")
    line = int(asked) if asked.isdecimal() and len(asked) < 9 else None
    context = {
        "document": shown,
        "lines": queries.lines_of(shown, marked=line),
        "marked": line,
        "quote": request.GET.get("quote", ""),
        "may_revise": allowed(user, Role.SECRETARIAT),
        "breadcrumbs": [("出典", reverse("sources:documents")), (shown.title, "")],
    }
    return render(request, "sources/document.html", context)


@only(*INSIDERS)
def citation(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a citation stands: leads to its line."""
    found = queries.citation_for(user_of(request), pk)
    page = reverse("sources:document", args=[found.document_id])
    return HttpResponseRedirect(f"{page}?line={found.line}&quote={quote(found.quote[:200])}#L{found.line}")


@only(*INSIDERS)
def original(request: HttpRequest, pk: int) -> FileResponse:
    """The document byte for byte, never shown by the browser inside our pages' rights."""
    user = user_of(request)
    shown = queries.document_for(user, pk)
    services.note_download(document=shown, by=user)
    response = FileResponse(
        shown.file.open("rb"),
        as_attachment=True,
        filename=shown.file_name,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@only(Role.SECRETARIAT)
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct title and date."""
    shown = queries.document_for(user_of(request), pk)
    page = reverse("sources:document", args=[pk])
    return form_page(
        request,
        forms.DocumentForm,
        "ui/form_page.html",
        initial={"title": shown.title, "published_on": shown.published_on},
        save=lambda form: services.revise_document(document=shown, by=user_of(request), **form.cleaned_data),
        success_url=page,
        message="表題と公表日を改めました。",
        context={
            "title": "表題と公表日を改める",
            "lead": "文書の内容は変わりません。",
            "cancel_url": page,
            "breadcrumbs": [("出典", reverse("sources:documents")), (shown.title, page), ("改める", "")],
        },
    )
