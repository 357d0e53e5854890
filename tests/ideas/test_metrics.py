"""What ideas offer to indicators: exact values, their records, and who may see which."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kaikaku.core.eras import fiscal_year_of
from kaikaku.ideas import services
from kaikaku.ideas.metrics import METRICS
from kaikaku.ideas.models import Campaign, Idea
from kaikaku.org.queries import today
from kaikaku.reporting.measuring import Measured
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.ideas.campaign import DRESS, decided, realisation, sent


def value(cast: Cast, code: str, **options: str) -> Measured:
    metric = next(one for one in METRICS if one.code == code)
    return metric.measure(cast.sakura, fiscal_year_of(today()), options)


@pytest.fixture
def fates(cast: Cast, campaign: Campaign) -> list[Idea]:
    """Three ideas: realised in full, in part, and waiting; one answered."""
    ideas = [sent(campaign, user, fields) for user, fields in ((cast.kobayashi, DRESS), (cast.sato, DRESS))]
    ideas.append(sent(campaign, cast.suzuki))
    made = realisation(cast, campaign, realised_on=today())
    for idea, extent in ((ideas[0], "full"), (ideas[1], "partial")):
        decided(cast, idea)
        services.fulfil(ideas=[idea], realisation=made, extent=extent, by=cast.takahashi)
    services.answer(ideas=[ideas[0]], text="行いました。", by=cast.takahashi)
    return ideas


def test_every_idea_of_the_year_is_counted_with_its_record(cast: Cast, fates: list[Idea]) -> None:
    found = value(cast, "ideas.received")
    assert found.value == 3
    assert [key for key, _ in found.records.parts()] == [f"idea:{idea.pk}" for idea in fates]


def test_a_number_that_only_a_document_tells_is_counted_as_told(cast: Cast, campaign: Campaign) -> None:
    services.note_published_total(campaign=campaign, total=648, citation=None, by=cast.takahashi)
    found = value(cast, "ideas.received")
    assert found.value == 648
    assert [one.contribution for one in found.records] == [Decimal(648)]


def test_shares_are_exact(cast: Cast, fates: list[Idea]) -> None:
    assert value(cast, "ideas.answered_share").value == Decimal(100) / 3
    assert value(cast, "ideas.realised_share").value == Decimal(200) / 3
    assert value(cast, "ideas.answer_days").value == 0


@pytest.mark.parametrize(("extent", "count"), [("", 2), ("full", 1), ("partial", 1)])
def test_full_and_partial_are_told_apart(cast: Cast, fates: list[Idea], extent: str, count: int) -> None:
    assert value(cast, "ideas.realised", extent=extent).value == count


def test_what_two_ideas_led_to_is_one_realisation(cast: Cast, fates: list[Idea]) -> None:
    assert value(cast, "ideas.realisations").value == 1


def test_adopters_are_counted_for_each_realisation_offered(cast: Cast, campaign: Campaign) -> None:
    assert value(cast, "ideas.adopters").value is None
    made = realisation(cast, campaign)
    first, _ = services.offer(
        realisation=made, departments=[cast.zeimu, cast.somu], due=None, by=cast.takahashi
    )
    services.answer_rollout(rollout=first, outcome="adopted", reason="", by=cast.takahashi)
    assert value(cast, "ideas.adopters").value == 1


def test_a_year_without_ideas_has_no_share_and_says_so(cast: Cast) -> None:
    found = value(cast, "ideas.answered_share")
    assert found.value is None
    assert "提案がありません" in found.reason


def test_a_record_without_consent_is_seen_by_the_office_and_not_titled(cast: Cast, fates: list[Idea]) -> None:
    metric = next(one for one in METRICS if one.code == "ideas.received")
    found = value(cast, "ideas.received")
    keys = [one.key for one in found.records]
    assert set(metric.visible(cast.takahashi, keys)) == set(keys)
    assert set(metric.visible(cast.ito, keys)) == {keys[2]}
    assert not metric.visible(cast.tanaka, keys)
    assert not [one for one in found.records if DRESS.title in one.label]


def test_a_metric_asks_as_often_for_many_ideas(cast: Cast, campaign: Campaign) -> None:
    sent(campaign, cast.kobayashi)

    def measure() -> None:
        for metric in METRICS:
            metric.measure(cast.sakura, fiscal_year_of(today()), {})

    assert_constant_queries(measure, lambda: [sent(campaign, cast.sato) for _ in range(5)])
