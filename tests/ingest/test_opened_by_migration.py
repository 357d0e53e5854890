"""Documents kept before there was an audience: plans stay open, what belongs to a sheet is closed."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from kaikaku.org.queries import today
from kaikaku.reporting import services as reporting
from kaikaku.reporting.models import Sheet
from kaikaku.reviews import services as reviews
from kaikaku.reviews.entries import Observation, Upload
from kaikaku.reviews.models import Attachment
from kaikaku.sources.models import SourceDocument
from tests.cast import Cast
from tests.ingest.permissions import bring
from tests.reporting.conftest import make_edition, make_round
from tests.reporting.workbooks import bring_in, made
from tests.sources.permissions import keep


@pytest.fixture
def sheet(cast: Cast) -> Sheet:
    return make_round(cast, make_edition(cast)).sheets.get()


def test_plans_and_checked_tables_stay_open_and_what_belongs_to_a_sheet_or_a_note_is_closed(
    cast: Cast, sheet: Sheet
) -> None:
    plan, checked = bring(cast).document, keep(cast)
    evidence = reporting.add_evidence(
        sheet=sheet, name="名簿.pdf", data=b"names", media_type="application/pdf", by=cast.sato
    ).document
    workbook = bring_in(sheet, made(sheet.round, cast.sato, [sheet]), cast.sato).document
    photo = Observation("見えにくい。", today(), upload=Upload("a.png", b"png", "image/png"))
    reviews.observe(subject=sheet.round.edition.indicators.all()[0], fields=photo, by=cast.kobayashi)
    noted = Attachment.objects.get().document
    # as the first migration leaves them
    SourceDocument.objects.update(audience="holders")
    import_module("kaikaku.ingest.migrations.0002_open_what_was_imported").open_imported(apps, None)
    opened = set(SourceDocument.objects.filter(audience="insiders"))
    assert opened == {plan, checked}
    assert opened.isdisjoint({evidence, workbook, noted})
