"""A rated plan of さくら県 for tests that only look: read and accepted by services, as the office would."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kaikaku.core.ratings import SCHEMES
from kaikaku.ingest import services as ingest
from kaikaku.plans import services as plans
from kaikaku.plans.models import Edition
from kaikaku.publish import services as publish
from kaikaku.publish.models import Publication
from tests.browser.story import DOCUMENT, RESCUERS
from tests.cast import Cast


@dataclass(frozen=True)
class Made:
    """An edition and where it and 防災士の認証登録者数 are."""

    edition: Edition
    edition_path: str
    indicator_path: str


def make(cast: Cast) -> Made:
    """The edition of the sample document, rated by 岩手県's scale."""
    office = cast.takahashi
    read = ingest.propose(organisation=cast.sakura, name=DOCUMENT.name, data=DOCUMENT.read_bytes(), by=office)
    edition = ingest.accept(imported=read, by=office).edition
    edition = plans.change_scheme(
        edition=edition, scheme=SCHEMES["iwate"], valid_from=date(2021, 4, 1), by=office
    )
    indicator = edition.indicators.get(name=RESCUERS)
    return Made(edition, f"/plans/editions/{edition.pk}/", f"/plans/indicators/{indicator.pk}/")


def published(made: Made, cast: Cast) -> Publication:
    return publish.publish_edition(
        edition=made.edition, by=cast.takahashi, published_on=date(2023, 9, 1), contact="総務部行政改革課"
    )
