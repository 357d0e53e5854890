"""Reading kept documents, always for a user of their organisation, and only those that are for this person:
what is for all, and what belongs to something they may see (`documents_read_by`, offered by the apps above).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from kaikaku.org.access import INSIDERS, allowed
from kaikaku.org.models import User
from kaikaku.org.queries import organisation_of
from kaikaku.ui.collecting import offers
from kaikaku.ui.search import Group, Hit, Wanted, address_of, group

from .audience import Audience
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
    """The documents the user may read, newest first, with `cited`, the number of places cited in each."""
    documents = _all_for(user).select_related("kept_by")
    return documents.defer("text_lines", "places").annotate(cited=Count("citations"))


def documents_for_all(user: User) -> QuerySet[SourceDocument]:
    """Of these, what every insider may read: what may be quoted where all read."""
    return documents_for(user).filter(audience=Audience.INSIDERS)


def document_for(user: User, pk: int) -> SourceDocument:
    """One document of the user's organisation, or 404; 403 with a sentence for what is not theirs to read."""
    documents = SourceDocument.objects.select_related("organisation", "kept_by")
    found = get_object_or_404(documents, pk=pk, organisation=organisation_of(user))
    _must_be_for(user, found)
    return found


def citation_for(user: User, pk: int) -> Citation:
    """One citation in a document of the user's organisation, or 404; 403 as its document."""
    citations = Citation.objects.select_related("document").defer("document__text_lines", "document__places")
    found = get_object_or_404(citations, pk=pk, document__organisation=organisation_of(user))
    _must_be_for(user, found.document)
    return found


def readable(user: User, documents: Collection[int]) -> frozenset[int]:
    """Those of these documents that the user may open; one query, for a page that lists them."""
    found = _all_for(user).filter(pk__in=documents) if documents else SourceDocument.objects.none()
    return frozenset(found.values_list("pk", flat=True))


def closed_citations(user: User, citations: Collection[int]) -> frozenset[int]:
    """Those of these citations that lead into a document which is not for the user; at most two queries."""
    if not citations:
        return frozenset()
    own = Citation.objects.filter(pk__in=citations).exclude(document__audience=Audience.INSIDERS)
    leads = dict(own.values_list("pk", "document"))
    known = readable(user, set(leads.values()))
    return frozenset(citation for citation, document in leads.items() if document not in known)


def _all_for(user: User) -> QuerySet[SourceDocument]:
    may_read = Q(audience=Audience.INSIDERS)
    for offered in offers("documents_read_by"):
        for keys in offered(user):
            may_read |= Q(pk__in=keys)
    return SourceDocument.objects.filter(may_read, organisation=organisation_of(user))


def _must_be_for(user: User, document: SourceDocument) -> None:
    if document.audience != Audience.INSIDERS and not readable(user, [document.pk]):
        raise PermissionDenied(
            "この文書を見られるのは、文書を付けた調書や記録を読める人だけです。"
            "内容を確かめたいときは、所管の所属か事務局に相談してください。"
        )


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
