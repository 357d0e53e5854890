"""Reading publications, and putting together what one would freeze."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from kaikaku.org.access import INSIDERS, allowed
from kaikaku.org.models import Organisation, User
from kaikaku.org.queries import organisation_of
from kaikaku.plans import queries as plans
from kaikaku.plans.models import Edition, Figure
from kaikaku.ui.collecting import offers
from kaikaku.ui.search import Group, Hit, Wanted, address_of, group
from kaikaku.writers import consistency
from kaikaku.writers.dataset import Chapter, EditionDataset
from kaikaku.writers.dataset import Erratum as PrintedErratum

from .differences import Change, changes
from .models import Erratum, Publication

LICENCE = "公共データ利用規約（第1.0版）（PDL1.0）"


@dataclass(frozen=True, slots=True)
class Preparation:
    """What publishing an edition now would mean: the dataset, what contradicts itself, what has changed."""

    edition: Edition
    dataset: EditionDataset
    findings: tuple[consistency.Finding, ...]
    changes: tuple[Change, ...]
    last: Publication | None


def editions_for(user: User) -> QuerySet[Edition]:
    """The editions of the user's organisation, each with its publications, newest first."""
    publications = Publication.objects.defer("dataset").select_related("frozen_by").order_by("-number")
    return (
        Edition.objects.filter(plan__organisation=organisation_of(user))
        .select_related("plan__organisation")
        .prefetch_related(Prefetch("publications", publications))
        .order_by("-fiscal_year", "-pk")
    )


def edition_for(user: User, pk: int) -> Edition:
    """An edition of the user's organisation, or 404."""
    return get_object_or_404(editions_for(user), pk=pk)


def publication_for(user: User, pk: int) -> Publication:
    """A publication of the user's organisation, or 404."""
    found = Publication.objects.select_related("edition__plan__organisation", "frozen_by")
    return get_object_or_404(found, pk=pk, edition__plan__organisation=organisation_of(user))


def found_for(user: User, wanted: Wanted) -> Iterator[Group]:
    """The publications whose edition or plan has the words, for those who may open them."""
    if not allowed(user, *INSIDERS):
        return
    address = address_of("publish:publication")
    rows = Publication.objects.filter(edition__plan__organisation=organisation_of(user)).defer("dataset")
    rows = rows.select_related("edition__plan").order_by("-published_on", "-number")
    hits = (
        Hit(str(row), address.format(row.pk), "", row.get_state_display())
        for row in rows
        if wanted.fits(str(row), row.edition.plan.name)
    )
    yield group("公表", hits, wanted, order=70)


def lock_edition(edition: Edition) -> None:
    """Hold the edition's row until the transaction ends: two publications of it wait for each other."""
    Edition.objects.select_for_update().get(pk=edition.pk)


def last_of(edition: Edition) -> Publication | None:
    """The edition's latest publication, whatever became of it."""
    return Publication.objects.filter(edition=edition).order_by("-number").first()


def standing(organisation: Organisation | None = None) -> QuerySet[Publication]:
    """What stands at the public address, of one government or of all."""
    found = Publication.objects.filter(state="published").defer("dataset")
    if organisation is not None:
        found = found.filter(edition__plan__organisation=organisation)
    return found.select_related("edition__plan__organisation").order_by(
        "edition__plan__organisation__code", "edition__plan__name", "-edition__fiscal_year"
    )


def errata_of(edition: Edition) -> list[Erratum]:
    """Every erratum of the edition's publications, oldest first."""
    found = Erratum.objects.filter(publication__edition=edition).select_related("publication")
    return list(found.order_by("publication__number", "number"))


def printed_errata(edition: Edition) -> tuple[PrintedErratum, ...]:
    """The errata so far as a dataset carries them."""
    return tuple(
        PrintedErratum(n, e.publication.published_on, e.where, e.old, e.new, e.reason)
        for n, e in enumerate(errata_of(edition), 1)
    )


def chapters_for(edition: Edition) -> Iterator[Chapter]:
    """What the apps of the reform work add to the paper (`queries.chapter_for`)."""
    for chapter_for in offers("chapter_for"):
        chapter = chapter_for(edition)
        if chapter is not None:
            yield chapter


def dataset_of(edition: Edition, *, published_on: date, number: int, contact: str = "") -> EditionDataset:
    """The edition as it stands now, as a publication would freeze it (new errata not included)."""
    parts = plans.dataset_parts(edition)
    return EditionDataset(
        **{name: getattr(parts, name) for name in parts.__dataclass_fields__},
        errata=printed_errata(edition),
        published_on=published_on,
        publication_number=number,
        licence=LICENCE,
        contact=contact,
        chapters=tuple(chapters_for(edition)),
    )


def preparation(edition: Edition, *, published_on: date, contact: str = "") -> Preparation:
    """What publishing the edition on that day would mean."""
    last = last_of(edition)
    number = last.number + 1 if last else 1
    dataset = dataset_of(edition, published_on=published_on, number=number, contact=contact)
    before = EditionDataset.from_json(bytes(last.dataset)) if last else None
    return Preparation(
        edition,
        dataset,
        findings=tuple(consistency.check(dataset)),
        changes=tuple(changes(before, dataset)) if before else (),
        last=last,
    )


def reasons_given(edition: Edition, changes: Iterable[Change]) -> dict[str, str]:
    """The reasons that were written when the figures were corrected, by the key of the change; those of the
    grades that follow are the same. The office reads them over before they are printed.
    """
    corrected = Figure.objects.filter(indicator__edition=edition, is_current=True).exclude(change_reason="")
    why = {
        (code, role, year): reason
        for code, role, year, reason in corrected.values_list(
            "indicator__code", "role", "fiscal_year", "change_reason"
        )
    }
    keys = [change.key for change in changes]
    found = {}
    for key in keys:
        kind, *parts = key.split(":")
        # a grade moves with its figure, or for another cause that nobody has written down yet
        of = key if kind == "figure" else f"figure:{parts[0]}:actual:{parts[-1]}" if kind == "grade" else ""
        if of in keys:
            _, code, role, year = of.split(":")
            found[key] = why.get((code, role, _year(year)), "")
    return {key: reason for key, reason in found.items() if reason}


def _year(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def edition_by_number(pk: int) -> Edition | None:
    """An edition for the command line, of whatever organisation."""
    return Edition.objects.select_related("plan__organisation").filter(pk=pk).first()


def unpublished(organisation: Organisation) -> QuerySet[Edition]:
    """The editions of a government of which nothing has been published."""
    found = Edition.objects.filter(plan__organisation=organisation, publications__isnull=True)
    return found.select_related("plan__organisation").order_by("pk")
