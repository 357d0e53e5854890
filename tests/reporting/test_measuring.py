"""The contract between reporting and the apps that count something."""

from decimal import Decimal

import pytest
from django.test import override_settings

from kaikaku.core.eras import fiscal_year_of
from kaikaku.core.errors import RuleViolation
from kaikaku.core.indicators import Accumulation
from kaikaku.org.queries import today
from kaikaku.org.roles import Role
from kaikaku.reporting import measuring
from kaikaku.reporting.measuring import Measured, Metric, Option, RecordRef, Records
from tests.cast import Cast
from tests.reporting.bound import bound_office


def metric(measure=None, **more) -> Metric:
    """A metric made up for one test."""
    return Metric(
        code="reporting.sample",
        name="見本",
        definition="見本です。",
        unit="件",
        accumulation=Accumulation.FLOW,
        measure=measure or (lambda organisation, year, options: Measured(Decimal(1), "件")),
        visible=measuring.insiders,
        **more,
    )


def test_a_value_and_a_reason_exclude_each_other() -> None:
    with pytest.raises(ValueError, match="reason"):
        Measured(None, "件")
    with pytest.raises(ValueError, match="reason"):
        Measured(Decimal(0), "件", reason="記録がありません。")


def test_records_are_read_only_as_far_as_they_are_asked_for() -> None:
    asked = []

    def read(start: int, stop: int | None) -> list[RecordRef]:
        asked.append((start, stop))
        return [RecordRef(str(n), str(n), "") for n in range(start, stop or 20_000)]

    records = Records(20_000, read)
    assert [one.key for one in records.page(100, 103)] == ["100", "101", "102"]
    assert asked == [(100, 103)]
    assert sum(1 for _ in records) == 20_000


def test_what_an_app_refuses_is_unknown_with_its_sentence(cast: Cast) -> None:
    def refuse(organisation, year, options) -> Measured:
        raise RuleViolation("sample.broken", "台帳の式を直してください。")

    found = measuring.measure(metric(refuse), organisation=cast.sakura, fiscal_year=2024, options={})
    assert (found.value, found.reason) == (None, "台帳の式を直してください。")


def test_a_metric_is_given_only_the_options_it_has(cast: Cast) -> None:
    given = {}

    def remember(organisation, year, options) -> Measured:
        given.update(options)
        return Measured(Decimal(1), "件")

    one = metric(remember, options=(Option("tool", "ツール", lambda organisation: [("rpa", "RPA")]),))
    measuring.measure(
        one, organisation=cast.sakura, fiscal_year=2024, options={"tool": "rpa", "gone": "x", "blank": ""}
    )
    assert given == {"tool": "rpa"}


def test_another_unit_than_promised_is_a_mistake_of_the_app(cast: Cast) -> None:
    wrong = metric(lambda organisation, year, options: Measured(Decimal(1), "時間"))
    with pytest.raises(ValueError, match="promises 件"):
        measuring.measure(wrong, organisation=cast.sakura, fiscal_year=2024, options={})


def test_options_are_read_in_words(cast: Cast) -> None:
    one = metric(options=(Option("tool", "ツール", lambda organisation: [("rpa", "RPA")]),))
    assert measuring.words_of(one, {"tool": "rpa"}, cast.sakura) == [("ツール", "RPA")]
    assert measuring.words_of(one, {}, cast.sakura) == [("ツール", "すべて")]


def test_an_unknown_code_says_which_app_and_what_is_missing(cast: Cast) -> None:
    assert measuring.metric_of("reporting.gone", cast.sakura) is None
    said = measuring.why_missing("reporting.gone", app_name="報告", name="見本")
    assert said == "「報告」の「見本」は、もう計算できません。"
    off = measuring.why_missing("lighthouses.lit", app_name="灯台", name="灯台の数")
    assert off == "アプリ「灯台」を使っていません。"


def test_an_app_switched_off_offers_nothing(cast: Cast) -> None:
    from django.conf import settings

    left = [app for app in settings.INSTALLED_APPS if "reviews" not in app]
    with override_settings(INSTALLED_APPS=left):
        assert "reviews" not in {app.label for app in measuring.offered(cast.sakura)}


def test_records_are_for_those_who_may_see_them(cast: Cast) -> None:
    office = measuring.held_by(Role.SECRETARIAT)
    assert office(cast.takahashi, ["a"]) == ["a"]
    assert not office(cast.sato, ["a"])
    assert measuring.insiders(cast.sato, ["a"]) == ["a"]


def test_what_a_metric_tells_lightly_is_what_it_tells_in_full(cast: Cast) -> None:
    office = bound_office(cast)
    office.accepted()
    told = 0
    for app in measuring.offered(cast.sakura):
        for one in app.metrics:
            for year in (2023, fiscal_year_of(today())):
                records = one.measure(cast.sakura, year, {}).records
                full = [(ref.key, ref.contribution) for ref in records]
                assert records.parts() == full, one.code
                assert len(full) == records.count
                assert set(records.some([key for key, _ in full])) == {key for key, _ in full}
                told += len(full)
    assert told
