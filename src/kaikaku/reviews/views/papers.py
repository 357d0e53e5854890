"""The papers of a meeting and of the 反映状況, as PDF, Word and CSV."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kaikaku.core.errors import RuleViolation
from kaikaku.org.access import require, user_of
from kaikaku.org.queries import today
from kaikaku.plans import queries as plans
from kaikaku.reviews import papers, queries
from kaikaku.reviews.views.common import meeting_url
from kaikaku.reviews.views.opinions import READERS
from kaikaku.writers.pdf import pdf_bytes
from kaikaku.writers.word import word_bytes

if TYPE_CHECKING:
    from kaikaku.writers.papers import Paper

KINDS: dict[str, tuple[str, Callable[[Paper], bytes]]] = {
    "pdf": ("application/pdf", pdf_bytes),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", word_bytes),
}


def meeting_paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The agenda with each item's figures and workings; of a past meeting also what was decided."""
    meeting = queries.meeting_for(user_of(request), pk)
    paper = papers.meeting_paper(queries.meeting_page(None, meeting))
    return _printed(request, paper, kind, meeting.title, back=meeting_url(meeting))


def follow_up_paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The 反映状況 as it may leave the house: public opinions only, without names."""
    edition = plans.edition_for(user_of(request), pk)
    require(request.user, *READERS)
    rows = queries.report_rows(edition, user=user_of(request), public_only=True)
    name = f"{edition.title}_反映状況"
    if kind == "csv":
        return _file(papers.follow_up_csv(rows), "text/csv; charset=utf-8", f"{name}.csv")
    paper = papers.follow_up_paper(edition, rows, day=today())
    return _printed(request, paper, kind, name, back=reverse("reviews:follow_up", args=[pk]))


def _printed(request: HttpRequest, paper: Paper, kind: str, name: str, *, back: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    media_type, write = KINDS[kind]
    try:
        data = write(paper)
    except RuleViolation as violation:
        messages.error(request, violation.message)
        return HttpResponseRedirect(back)
    return _file(data, media_type, f"{name}.{kind}")


def _file(data: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
