"""What documents tell of help elsewhere: totals with their place, never records, never added to any."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kaikaku.cli.demo import prefectures
from kaikaku.exchange import services
from kaikaku.exchange.entries import Told
from kaikaku.exchange.metrics import METRICS
from kaikaku.exchange.models import Assignment, PublishedTotal, Request
from kaikaku.exchange.queries import chapter_for
from kaikaku.org.models import Organisation
from kaikaku.plans.models import Edition
from kaikaku.reporting.measuring import Measured, measure
from tests.cast import Cast
from tests.exchange.test_flow import refusal

pytestmark = pytest.mark.slow


def loaded(slug: str) -> tuple[Organisation, PublishedTotal]:
    """A government of the demo, and its one published total."""
    organisation = next(one for one in prefectures.SAMPLES if one.slug == slug).load()
    return organisation, PublishedTotal.objects.get(organisation=organisation)


def measured(organisation: Organisation, code: str, year: int) -> Measured:
    metric = next(one for one in METRICS if one.code == code)
    return measure(metric, organisation=organisation, fiscal_year=year, options={})


@pytest.mark.django_db
def test_yamagata_tells_of_27_people_and_invents_none() -> None:
    yamagata, total = loaded("yamagata")
    assert total.participants == 27
    assert "27名が施策を提案" in total.citation.quote
    found = measured(yamagata, "exchange.participants", 2022)
    assert found.value == Decimal(27)
    (record,) = found.records
    assert record.url == f"/sources/{total.citation.document_id}/?line={total.citation.line}"
    assert measured(yamagata, "exchange.participants", 2023).value is None
    assert measured(yamagata, "exchange.projects", 2022).value is None
    assert not Request.objects.exists()
    assert not Assignment.objects.exists()
    chapter = chapter_for(Edition.objects.get(plan__organisation=yamagata))
    assert chapter is not None
    (table,) = chapter.tables
    assert table.rows[0][:4] == ("ジョブチャレンジ", "令和4年度", "記載なし", "27人")


@pytest.mark.django_db
def test_miyagi_tells_which_way_the_numbers_went_and_no_number() -> None:
    miyagi, total = loaded("miyagi")
    assert (total.projects_words, total.participants_words) == (
        "増加（数の記載なし）",
        "減少（数の記載なし）",
    )
    assert "支援した事業は増えたが、参加者は減った" in total.citation.quote
    assert measured(miyagi, "exchange.projects", 2025).value is None


@pytest.mark.django_db
def test_a_total_that_tells_nothing_is_refused(cast: Cast) -> None:
    _, total = loaded("yamagata")
    with refusal("exchange.tells_nothing"):
        services.publish_total(
            organisation=cast.sakura, told=Told(scheme="support", citation=total.citation), by=cast.takahashi
        )
