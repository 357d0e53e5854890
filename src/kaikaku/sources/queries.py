"""Reading kept documents, always for a user of their organisation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from kaikaku.org.access import INSIDERS, allowed
from kaikaku.org.models import User
from kaikaku.org.queries import organisation_of
from kaikaku.ui.search import Group, Hit, Wanted, address_of, group

from .models import Citation, SourceDocument


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of a document on the page; `place` is set where it changes (a new page, a new sheet)."""

    number: int
    text: str
    place: str
    cited: int
    marked: bool


def documents_for(user: User) -> QuerySet[SourceDocument]:
    """The organisation's documents, newest first, with `cited`, the number of places cited in each."""
    documents = SourceDocument.objects.filter(organisation=organisation_of(user)).select_related("kept_by")
    return documents.defer("text_lines", "places").annotate(cited=Count("citations"))


def document_for(user: User, pk: int) -> SourceDocument:
    """One document of the user's organisation, or 404."""
    documents = SourceDocument.objects.select_related("organisation", "kept_by")
    return get_object_or_404(documents, pk=pk, organisation=organisation_of(user))


def citation_for(user: User, pk: int) -> Citation:
    """One citation in a document of the user's organisation, or 404."""
    citations = Citation.objects.select_related("document")
    return get_object_or_404(citations, pk=pk, document__organisation=organisation_of(user))


def document_by_hash(user: User, sha256: str) -> SourceDocument | None:
    """The organisation's document with this content, if it has been kept."""
    return documents_for(user).filter(sha256=sha256).first()


def lines_of(document: SourceDocument, *, marked: int | None = None) -> list[ShownLine]:
    """The document's lines for the viewer, with how often each is cited; `marked` is the line asked for."""
    cited = dict(document.citations.order_by().values_list("line").annotate(Count("pk")))
    texts = document.text_lines
    places = [*document.places, *[""] * len(texts)][: len(texts)]
    return [
        ShownLine(number, text, place if place != before else "", cited.get(number, 0), number == marked)
        for number, (text, place, before) in enumerate(
            zip(texts, places, ["", *places], strict=False), start=1
        )
    ]


def found_for(user: User, wanted: Wanted) -> Iterator[Group]:
    """The documents whose title or file name has the words, for those who may open them."""
    if not allowed(user, *INSIDERS):
        return
    address = address_of("sources:document")
    rows = documents_for(user).values_list("pk", "title", "file_name")
    hits = (
        Hit(title, address.format(pk), file_name)
        for pk, title, file_name in rows
        if wanted.fits(title, file_name)
    )
    yield group("出典", hits, wanted, order=60)
