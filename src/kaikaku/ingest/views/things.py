"""One thing read: correct it, cut it in two, add one by hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse

from kaikaku.ingest import forms, queries, services, words
from kaikaku.ingest.payloads import ResultPayload, from_json, main_field
from kaikaku.ingest.views.common import form_about, office, row_url
from kaikaku.org.access import user_of

if TYPE_CHECKING:
    from kaikaku.ingest.models import Import, Proposal

CONTEXT_LINES = 3


@office(queries.proposal_for)
def correct(request: HttpRequest, row: Proposal) -> HttpResponse:
    """Correct one thing, with the lines of the document around it in sight."""
    user = user_of(request)
    payload = from_json(row.kind, row.payload)
    homes = queries.homes_for(row, services.HOMES[row.kind])
    form = forms.with_home(forms.FORMS[row.kind], homes, top=None in services.HOMES[row.kind])
    make: Any = partial(form, codes=payload.codes) if isinstance(payload, ResultPayload) else form

    def save(form: Any) -> Proposal:
        home = form.cleaned_data["home"]
        changed = services.correct(proposal=row, payload=form.payload(payload), by=user)
        if home != str(row.parent_id or ""):
            parent = queries.proposal_for(user, int(home)) if home else None
            changed = services.move(proposal=row, parent=parent, by=user)
        return changed

    return form_about(
        request,
        row.imported,
        make,
        title=f"{words.KINDS[row.kind]}を訂正する",
        initial=forms.initial_of(payload) | {"home": row.parent_id or ""},
        save=save,
        success_url=row_url(row),
        message="訂正しました。",
        template="ingest/thing.html",
        row=row,
        lines=_around(row),
        may_split=row.kind in services.JOINABLE,
        may_convert=row.kind in ("item", "section"),
    )


@office(queries.proposal_for)
def split(request: HttpRequest, row: Proposal) -> HttpResponse:
    """Cut one thing in two."""
    user = user_of(request)
    text = str(row.payload.get(main_field(row.kind), ""))
    return form_about(
        request,
        row.imported,
        forms.SplitForm,
        title=f"{words.KINDS[row.kind]}を分割する",
        initial={"parts": text},
        save=lambda form: services.split(proposal=row, at=form.place(text), by=user),
        success_url=row_url(row),
        message="2つに分けました。",
        submit="分割する",
        template="ingest/thing.html",
        row=row,
        lines=_around(row),
    )


@office(queries.import_for)
def add(request: HttpRequest, shown: Import) -> HttpResponse:
    """Add by hand: `?kind=` what, `?under=` the key of what it stands under."""
    user = user_of(request)
    kind, under = request.GET.get("kind", ""), request.GET.get("under", "")
    blank = forms.BLANKS.get(kind)
    if blank is None:
        raise Http404
    parent = queries.proposal_for(user, int(under)) if under.isdecimal() else None
    if parent is not None and parent.imported_id != shown.pk:
        raise Http404
    where = f"「{parent}」の下に入ります。" if parent else ""

    def save(form: Any) -> Proposal:
        return services.add(
            imported=shown,
            payload=form.payload(blank),
            kind=kind,
            parent=parent,
            line=form.cleaned_data["line"],
            by=user,
        )

    return form_about(
        request,
        shown,
        forms.with_line(forms.FORMS[kind]),
        title=f"{words.KINDS[kind]}を追加する",
        lead=f"文書から読み取れなかったものを、手で補います。{where}",
        initial=forms.initial_of(blank),
        save=save,
        success_url=row_url,
        message="追加しました。",
        submit="追加する",
    )


def _around(row: Proposal) -> list[tuple[int, str]]:
    if row.line is None:
        return []
    texts = row.imported.document.text_lines
    first, last = max(1, row.line - CONTEXT_LINES), min(len(texts), row.line + CONTEXT_LINES)
    return [(number, texts[number - 1]) for number in range(first, last + 1)]
