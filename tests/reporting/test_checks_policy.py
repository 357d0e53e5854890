"""Which checks are made is set on the edition; a round takes them when it opens."""

import pytest

from kaikaku.audit.models import Entry
from kaikaku.core.checks import CHECKS, Level
from kaikaku.core.errors import RuleViolation
from kaikaku.plans import services as plans
from kaikaku.plans.entries import EditionFields
from kaikaku.plans.models import Edition
from kaikaku.reporting import queries, services
from kaikaku.reporting.entries import RoundFields
from kaikaku.reporting.models import Round, Sheet
from tests.cast import Cast
from tests.pages import Page
from tests.reporting.conftest import DATES, YEAR, fill, make_round
from tests.reporting.test_pages import fields_of


def set_to(edition: Edition, policy: dict, cast: Cast, **more) -> None:
    services.set_edition_checks(edition=edition, policy=policy, by=cast.takahashi, **more)


def open_kind(edition: Edition, kind: str) -> Round:
    return services.open_round(edition=edition, fields=RoundFields(YEAR, kind, "照会", DATES), by=None)


def test_a_round_takes_the_checks_of_its_edition_when_it_opens(cast: Cast, edition: Edition) -> None:
    before = make_round(cast, edition)
    set_to(edition, {"outlier": False}, cast)
    after = open_kind(edition, "midyear")
    assert [r.checks.get("outlier", {}).get("on", True) for r in (before, after)] == [True, False]


def test_open_rounds_take_them_too_on_request(cast: Cast, round_: Round) -> None:
    set_to(round_.edition, {"rate_limit": {"limit": "300"}}, cast, open_rounds_too=True)
    round_.refresh_from_db()
    assert round_.checks["rate_limit"]["limit"] == "300"


def test_a_closed_round_keeps_the_checks_it_was_held_to(cast: Cast, round_: Round) -> None:
    services.close_round(round_=round_, by=cast.takahashi, reason="済み")
    set_to(round_.edition, {"outlier": False}, cast, open_rounds_too=True)
    round_.refresh_from_db()
    assert round_.checks == {}


def test_the_next_edition_begins_with_the_checks_of_the_last(cast: Cast, edition: Edition) -> None:
    set_to(edition, {"outlier": False}, cast)
    fields = EditionFields("次の版", fiscal_year=YEAR + 1)
    draft = plans.draft_next_edition(edition=edition, fields=fields, by=None)
    assert queries.checks_of(draft)["outlier"] == {**queries.checks_of(edition)["outlier"], "on": False}


def test_what_a_round_was_given_serves_an_edition_without_its_own(cast: Cast, round_: Round) -> None:
    services.set_checks(round_=round_, policy={"outlier": False}, by=cast.takahashi)
    assert queries.checks_of(round_.edition)["outlier"]["on"] is False


def test_a_check_held_the_other_way_blocks_nobody(cast: Cast, edition: Edition) -> None:
    set_to(edition, {"share_bounds": {"level": "W"}}, cast)
    sheet = fill(make_round(cast, edition).sheets.get(), cast, f0="185.2%")
    row = sheet.figures.order_by("indicator__position")[0]
    levels = {found["check"]: found["level"] for found in row.findings}
    assert levels["share_bounds"] == "W"


def test_what_the_plan_rests_on_cannot_be_switched_off(cast: Cast, edition: Edition) -> None:
    with pytest.raises(RuleViolation, match="点検は止められません"):
        set_to(edition, {"same_person": False}, cast)


def test_only_the_office_sets_the_checks(cast: Cast, edition: Edition) -> None:
    with pytest.raises(RuleViolation, match="事務局だけ"):
        services.set_edition_checks(edition=edition, policy={}, by=cast.sato)


def test_the_change_is_on_record_in_words(cast: Cast, edition: Edition) -> None:
    set_to(edition, {"rate_limit": {"limit": "250"}}, cast)
    entry = Entry.objects.get(action="reporting.edition.checks_set")
    assert entry.old == {"高すぎる達成率": "理由を求める（達成率の上限（%） 200）"}
    assert entry.new == {"高すぎる達成率": "理由を求める（達成率の上限（%） 250）"}


def test_nothing_changed_is_no_entry(cast: Cast, edition: Edition) -> None:
    set_to(edition, {"outlier": False}, cast)
    set_to(edition, {"outlier": False}, cast)
    assert Entry.objects.filter(action="reporting.edition.checks_set").count() == 1


def test_the_page_names_every_check_with_what_it_catches(cast: Cast, edition: Edition, page: Page) -> None:
    shown = page.get(f"/reports/editions/{edition.pk}/checks/", as_=cast.takahashi)
    for check in CHECKS:
        if check.level is not Level.NOTE:
            assert shown.says(check.name)
            assert shown.says(check.example)


def test_the_office_sets_switch_level_and_number_on_the_page(
    cast: Cast, edition: Edition, page: Page
) -> None:
    address = f"/reports/editions/{edition.pk}/checks/"
    data = fields_of(page.get(address, as_=cast.takahashi), "//form[@data-form]")
    del data["outlier.on"]
    data |= {"share_bounds.level": "W", "rate_limit.limit": "２５０", "magnitude.factors": "10、1000"}
    saved = page.post(address, data)
    assert saved.says("入力の点検を決めました")
    assert saved.says("行わない")
    kept = queries.checks_of(edition)
    assert (kept["outlier"]["on"], kept["share_bounds"]["level"]) == (False, "W")
    assert (kept["rate_limit"]["limit"], kept["magnitude"]["factors"]) == ("250", ["10", "1000"])


def test_a_number_out_of_bounds_is_named_with_its_bounds(cast: Cast, edition: Edition, page: Page) -> None:
    address = f"/reports/editions/{edition.pk}/checks/"
    data = fields_of(page.get(address, as_=cast.takahashi), "//form[@data-form]")
    refused = page.post(address, {**data, "rate_limit.limit": "50"}, status=400)
    assert refused.says("「達成率の上限（%）」は、100から")


def test_the_checks_of_one_round_are_set_apart(cast: Cast, round_: Round, page: Page) -> None:
    address = f"/reports/rounds/{round_.pk}/checks/"
    data = fields_of(page.get(address, as_=cast.takahashi), "//form[@data-form]")
    del data["outlier.on"]
    page.post(address, data)
    round_.refresh_from_db()
    assert (round_.checks["outlier"]["on"], round_.checks["rate_limit"]["on"]) == (False, True)
    assert Sheet.objects.filter(round=round_).exists()
