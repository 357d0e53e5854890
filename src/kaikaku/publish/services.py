"""Publishing: freeze first, then print; the last publication stands until the new one is whole."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from kaikaku.audit import services as audit
from kaikaku.core.errors import RuleViolation
from kaikaku.reporting import services as reporting
from kaikaku.reporting.entries import Correction
from kaikaku.writers.dataset import EditionDataset
from kaikaku.writers.dataset import Erratum as PrintedErratum
from kaikaku.writers.portal import PortalEntry, write_portal
from kaikaku.writers.publish import ALL, print_all

from . import queries
from .differences import Change
from .models import Erratum, Publication
from .places import address_of, folder_of, root

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.plans.models import Edition


def publish_edition(
    *,
    edition: Edition,
    by: User | None,
    published_on: date,
    contact: str = "",
    reasons: Mapping[str, str] | None = None,
) -> Publication:
    """Freeze the edition as it stands and print it.

    `reasons` explains each change since the last publication by its key; without a reason for every one, and
    where prose and tables contradict each other, RuleViolation and nothing is frozen. A publication that
    cannot be printed stays frozen with its trouble, the last one stands, and `print_publication` may be
    tried again.
    """
    publication = freeze_edition(
        edition=edition, by=by, published_on=published_on, contact=contact, reasons=reasons or {}
    )
    return print_publication(publication=publication, by=by)


@transaction.atomic
def freeze_edition(
    *, edition: Edition, by: User | None, published_on: date, contact: str, reasons: Mapping[str, str]
) -> Publication:
    """Write the dataset and the errata it needs."""
    queries.lock_edition(edition)
    prepared = queries.preparation(edition, published_on=published_on, contact=contact)
    if prepared.findings:
        raise RuleViolation(
            "publish.contradiction", "".join(f.where + "：" + f.message for f in prepared.findings)
        )
    unexplained = [c.where for c in prepared.changes if not reasons.get(c.key, "").strip()]
    if unexplained:
        raise RuleViolation(
            "publish.unexplained",
            f"前回の公表から変わった箇所に理由がありません：{'、'.join(unexplained)}。正誤表に載せる理由を入力してください。",
        )
    known = len(prepared.dataset.errata)
    printed = [
        PrintedErratum(known + n, published_on, c.where, c.old, c.new, reasons[c.key].strip())
        for n, c in enumerate(prepared.changes, 1)
    ]
    dataset = with_errata(prepared.dataset, printed)
    publication = Publication.objects.create(
        edition=edition,
        number=dataset.publication_number,
        dataset=dataset.canonical_json(),
        sha256=dataset.sha256(),
        published_on=published_on,
        contact=contact,
        frozen_by=by,
    )
    Erratum.objects.bulk_create(
        Erratum(
            publication=publication, number=e.number, where=e.where, old=e.old, new=e.new, reason=e.reason
        )
        for e in printed
    )
    audit.record(
        "publish.publication.frozen",
        on=publication,
        by=by,
        organisation=edition.plan.organisation,
        new={"sha256": publication.sha256, "number": publication.number, "errata": len(printed)},
    )
    corrections = [correction(change, reasons[change.key].strip()) for change in prepared.changes]
    reporting.mark_corrected(edition=edition, corrections=corrections, by=by)
    return publication


def correction(change: Change, reason: str) -> Correction:
    """The erratum as the sheets keep it: `figure:i00001:actual:2025` names the indicator and the year."""
    parts = change.key.split(":")
    year = parts[-1] if parts[-1].isdecimal() else None
    code = parts[1] if len(parts) > 1 else ""
    return Correction(code, change.where, change.old, change.new, reason, int(year) if year else None)


def with_errata(dataset: EditionDataset, errata: list[PrintedErratum]) -> EditionDataset:
    return replace(dataset, errata=(*dataset.errata, *errata)) if errata else dataset


def print_publication(*, publication: Publication, by: User | None) -> Publication:
    """Print a frozen publication into its folder, in one step at the end; then say that it stands."""
    dataset = EditionDataset.from_json(bytes(publication.dataset))
    try:
        print_all(dataset, folder_of(publication), formats=ALL)
    except Exception as trouble:
        _note_trouble(publication, by=by, trouble=trouble)
        raise
    return _stand(publication, by=by)


@transaction.atomic
def _stand(publication: Publication, *, by: User | None) -> Publication:
    publication = Publication.objects.select_for_update().get(pk=publication.pk)
    Publication.objects.filter(edition=publication.edition_id, state="published").update(state="replaced")
    publication.state, publication.trouble = "published", ""
    publication.save(update_fields=["state", "trouble"])
    organisation = publication.edition.plan.organisation
    audit.record(
        "publish.publication.printed",
        on=publication,
        by=by,
        organisation=organisation,
        new={"address": f"/public/{address_of(publication)}/"},
    )
    reporting.mark_published(edition=publication.edition, publication=str(publication), by=by)
    write_portals()
    return publication


@transaction.atomic
def _note_trouble(publication: Publication, *, by: User | None, trouble: Exception) -> None:
    publication.trouble = str(trouble)[:2000]
    publication.save(update_fields=["trouble"])
    audit.record(
        "publish.publication.failed",
        on=publication,
        by=by,
        organisation=publication.edition.plan.organisation,
        note=publication.trouble,
    )


@transaction.atomic
def withdraw_publication(*, publication: Publication, by: User | None, reason: str) -> Publication:
    """Take a publication off the public address; what was frozen is kept. The reason is required."""
    publication = Publication.objects.select_for_update().get(pk=publication.pk)
    if publication.state != "published":
        raise RuleViolation("publish.not_standing", "公表中のものではないため、取り下げられません。")
    if not reason.strip():
        raise RuleViolation("publish.no_reason", "取り下げる理由を入力してください。", field="reason")
    publication.state = "withdrawn"
    publication.save(update_fields=["state"])
    audit.record(
        "publish.publication.withdrawn",
        on=publication,
        by=by,
        organisation=publication.edition.plan.organisation,
        note=reason.strip(),
    )
    reporting.mark_withdrawn(edition=publication.edition, reason=reason.strip(), by=by)
    # files know no transaction: were this one undone, what stands would have lost its pages
    transaction.on_commit(lambda: _take_down(publication))
    return publication


def _take_down(publication: Publication) -> None:
    write_portals()
    shutil.rmtree(folder_of(publication), ignore_errors=True)


def write_portals() -> None:
    """The page above all publications, and one for each government."""
    standing = list(queries.standing())
    root().mkdir(parents=True, exist_ok=True)
    write_portal([_entry(p, address_of(p)) for p in standing], root())
    # a government whose last publication was withdrawn keeps its page, now empty
    by_government: dict[str, list[Publication]] = {
        page.parent.name: [] for page in root().glob("*/index.html")
    }
    by_government.pop("assets", None)
    for publication in standing:
        by_government.setdefault(publication.edition.plan.organisation.slug, []).append(publication)
    for slug, own in by_government.items():
        write_portal([_entry(p, f"e{p.edition_id}") for p in own], root() / slug)


def _entry(publication: Publication, href: str) -> PortalEntry:
    edition = publication.edition
    plan = edition.plan
    return PortalEntry(
        href=href,
        organisation=plan.organisation.name,
        title=edition.full_name,
        words="",
        number=publication.number,
        published_on=publication.published_on,
        sample=plan.organisation.sample,
    )


def print_to(*, publication: Publication, out: Path) -> None:
    """Print a publication once more, to a folder of one's own (for carrying to a web server)."""
    print_all(EditionDataset.from_json(bytes(publication.dataset)), out)
