"""Keeping documents, and pointing into them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from kaikaku.audit.services import record
from kaikaku.core.errors import RuleViolation
from kaikaku.org.queries import lock_organisation

from .audience import Audience
from .models import Citation, SourceDocument

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to cite: the line, the format's own terms where it has them, and the text that stands there."""

    line: int
    quote: str
    page: int | None = None
    sheet: str | None = None
    cell: str | None = None


@transaction.atomic
def keep_document(  # noqa: PLR0913 - keyword-only, each a property of the document
    *,
    organisation: Organisation,
    name: str,
    data: bytes,
    title: str,
    media_type: str,
    lines: Sequence[str],
    by: User | None,
    published_on: date | None = None,
    places: Sequence[str] = (),
    audience: Audience = Audience.HOLDERS,
) -> SourceDocument:
    """Keep a document as received; the same content again is the document already kept, unchanged.

    `lines[n - 1]` is line n of its text; `places[n - 1]` says where that is (「3ページ」). `audience` is
    closed unless the keeper says otherwise; a document kept before for its holders opens when somebody
    keeps the same content for all, and never closes again.
    The file is named by its SHA-256 and written before the row, so that a row never points at nothing.
    """
    if not data:
        raise RuleViolation(
            "sources.empty", f"「{name}」は空のファイルです。中身のあるファイルを選んでください。"
        )
    digest = hashlib.sha256(data).hexdigest()
    # The tenant's row is the lock: two uploads of one file at one time become one document.
    lock_organisation(organisation)
    kept = SourceDocument.objects.filter(organisation=organisation, sha256=digest).first()
    if kept is not None:
        return _opened(kept, by) if audience is Audience.INSIDERS else kept
    document = SourceDocument.objects.create(
        organisation=organisation,
        title=title,
        file_name=PurePosixPath(name.replace("\\", "/")).name[-255:],
        media_type=media_type,
        sha256=digest,
        size=len(data),
        file=_store(organisation, digest, data),
        published_on=published_on,
        text_lines=[line.replace("\x00", "\ufffd") for line in lines],
        places=list(places),
        audience=audience,
        kept_by=by,
    )
    new = {
        "title": title,
        "file_name": document.file_name,
        "sha256": digest,
        "published_on": published_on,
        "audience": audience.value,
    }
    record("sources.document.kept", on=document, by=by, organisation=organisation, new=new)
    return document


def _opened(document: SourceDocument, by: User | None) -> SourceDocument:
    """For all from now on."""
    old = document.audience
    if old != Audience.INSIDERS:
        document.audience = Audience.INSIDERS
        document.save(update_fields=["audience"])
        record(
            "sources.document.opened",
            on=document,
            by=by,
            organisation=document.organisation,
            old={"audience": old},
            new={"audience": document.audience},
        )
    return document


@transaction.atomic
def revise_document(
    *, document: SourceDocument, title: str, published_on: date | None, by: User | None
) -> SourceDocument:
    """Correct what the document is called or when it was published; its content never changes."""
    document = SourceDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    old = {"title": document.title, "published_on": document.published_on}
    new = {"title": title, "published_on": published_on}
    if old != new:
        document.title, document.published_on = title, published_on
        document.save(update_fields=["title", "published_on"])
        record(
            "sources.document.revised",
            on=document,
            by=by,
            organisation=document.organisation,
            old=old,
            new=new,
        )
    return document


@transaction.atomic
def note_download(*, document: SourceDocument, by: User) -> None:
    """Record that the original was taken out."""
    record("sources.document.downloaded", on=document, by=by, organisation=document.organisation)


def cite(*, document: SourceDocument, spot: Spot) -> Citation:
    """The citation of one place; see `cite_all`."""
    return cite_all(document=document, spots=[spot])[0]


@transaction.atomic
def cite_all(*, document: SourceDocument, spots: Iterable[Spot]) -> list[Citation]:
    """Citations of the places, in order; a place cited before is not written again.

    A citation is part of what cites it, and that change's audit row covers it.
    """
    wanted = list(spots)
    last = len(document.text_lines)
    for spot in wanted:
        if last and not 1 <= spot.line <= last:
            raise RuleViolation(
                "sources.no_such_line",
                f"「{document.title}」に{spot.line}行目はありません。1から{last}までの行を指してください。",
                field="line",
            )
    lines = {spot.line for spot in wanted}
    known = {_spot(c): c for c in Citation.objects.filter(document=document, line__in=lines)}
    fresh = {spot: _citation(document, spot) for spot in map(_bare, wanted) if spot not in known}
    Citation.objects.bulk_create(fresh.values())
    known.update(fresh)
    return [known[_bare(spot)] for spot in wanted]


def _bare(spot: Spot) -> Spot:
    """The spot as the table holds it: blank text for what a format lacks."""
    quote = spot.quote.replace("\x00", "\ufffd")
    return Spot(spot.line, quote, page=spot.page, sheet=spot.sheet or "", cell=spot.cell or "")


def _spot(citation: Citation) -> Spot:
    return Spot(citation.line, citation.quote, page=citation.page, sheet=citation.sheet, cell=citation.cell)


def _citation(document: SourceDocument, spot: Spot) -> Citation:
    return Citation(
        document=document,
        line=spot.line,
        page=spot.page,
        sheet=spot.sheet or "",
        cell=spot.cell or "",
        quote=spot.quote,
    )


def _store(organisation: Organisation, digest: str, data: bytes) -> str:
    """Write the bytes under their own hash; what a broken-off upload left behind is taken up again."""
    name = f"sources/{organisation.slug}/{digest[:2]}/{digest}"
    if default_storage.exists(name):
        if default_storage.size(name) == len(data):
            return name
        default_storage.delete(name)
    return str(default_storage.save(name, ContentFile(data)))
