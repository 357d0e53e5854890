"""Incidents and 水平展開, what waits for whom, and the metrics."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kaikaku.controls import queries, services
from kaikaku.controls.metrics import METRICS
from kaikaku.core.eras import fiscal_year_of
from kaikaku.core.errors import RuleViolation
from kaikaku.org.queries import today
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.controls import kept
from tests.controls.test_year import LAST_YEAR

MEASURES = {metric.code.removeprefix("controls."): metric for metric in METRICS}


def measured(cast: Cast, code: str, **options: str):
    return MEASURES[code].measure(cast.sakura, fiscal_year_of(today()), options)


def test_a_section_is_asked_once_and_not_about_its_own_incident(cast: Cast) -> None:
    incident = kept.incident(cast)
    with pytest.raises(RuleViolation, match="まだ依頼していない"):
        services.ask_sections(incident=incident, departments=[cast.zeimu], due=today(), by=cast.takahashi)
    services.ask_sections(incident=incident, departments=[cast.gyokaku], due=today(), by=cast.takahashi)
    with pytest.raises(RuleViolation, match="まだ依頼していない"):
        services.ask_sections(incident=incident, departments=[cast.gyokaku], due=today(), by=cast.takahashi)
    assert incident.rollouts.count() == 1


def test_not_applicable_needs_its_reason(cast: Cast) -> None:
    rollout = kept.asked(cast)
    with pytest.raises(RuleViolation, match="該当しない理由"):
        services.answer_rollout(rollout=rollout, state="not_applicable", text=" ", by=cast.sato)
    done = services.answer_rollout(rollout=rollout, state="not_applicable", text="発送がない", by=cast.sato)
    assert (done.state, done.answered_on) == ("not_applicable", today())


def test_the_sections_with_the_same_process_are_found_in_the_register(cast: Cast) -> None:
    kept.risk(cast, cast.gyokaku)
    kept.risk(cast, cast.zeimu, process="文書の発送")
    assert queries.same_process(cast.takahashi, "補助金の交付") == [cast.gyokaku.pk]


def test_a_clerk_is_told_of_the_self_check_and_of_the_rollout_until_they_are_done(cast: Cast) -> None:
    kept.control(cast)
    year, rollout = kept.year(cast), kept.asked(cast)
    assert {task.what for task in queries.tasks_for(cast.sato)} == {
        "自己評価を提出する",
        "同じ業務を確認する（水平展開）",
    }
    assert queries.tasks_for(cast.kobayashi) == []
    kept.answered(cast, year, kept.FINE)
    services.answer_rollout(rollout=rollout, state="checked", text="2人で確かめている", by=cast.sato)
    assert queries.tasks_for(cast.sato) == []


def test_a_clerk_sees_what_was_sent_once_a_section_until_the_report_is_settled(cast: Cast) -> None:
    risk = kept.risk(cast)
    kept.control(cast, risk)
    kept.control(cast, risk, "機械が止める")
    year = kept.year(cast, LAST_YEAR)
    assert queries.sent_for(cast.sato) == []
    kept.answered(cast, year, kept.FINE)
    assert [(task.what, task.state) for task in queries.sent_for(cast.sato)] == [
        ("自己評価を提出しました", "評価報告書の確定待ち")
    ]
    assert queries.sent_for(cast.suzuki) == []
    services.issue_report(year=year, by=cast.takahashi)
    assert queries.sent_for(cast.sato) == []


def test_the_office_sees_how_many_sections_have_answered(cast: Cast) -> None:
    kept.control(cast)
    kept.control(cast, kept.risk(cast, cast.gyokaku))
    year, rollout = kept.year(cast), kept.asked(cast)
    kept.answered(cast, year, kept.FINE)
    found = {task.what: task for task in queries.sent_for(cast.takahashi)}
    assert found["自己評価を依頼しました"].state == "2所属のうち1所属が提出"
    asked = found["水平展開を依頼しました"]
    assert (asked.state, asked.due, asked.late) == ("1所属のうち0所属が回答", rollout.due, False)
    services.answer_rollout(rollout=rollout, state="checked", text="確かめた", by=cast.sato)
    assert "水平展開を依頼しました" not in {task.what for task in queries.sent_for(cast.takahashi)}
    assert "水平展開に回答しました" not in {task.what for task in queries.sent_for(cast.sato)}


def test_what_was_sent_takes_the_same_queries_however_much_it_is(cast: Cast) -> None:
    kept.control(cast)
    kept.answered(cast, kept.year(cast), kept.FINE)
    assert_constant_queries(
        lambda: [queries.sent_for(one) for one in (cast.sato, cast.takahashi)],
        lambda: [kept.asked(cast) for _ in range(4)],
    )


def test_a_year_that_was_not_begun_has_unknown_values_and_not_zero(cast: Cast) -> None:
    for code in ("self_checked_share", "deficiencies_found", "incidents", "rolled_out_share", "risks"):
        found = measured(cast, code)
        assert found.value is None
        assert found.reason


def test_a_year_that_was_begun_and_had_none_has_zero(cast: Cast) -> None:
    kept.year(cast)
    assert measured(cast, "incidents").value == 0
    assert measured(cast, "deficiencies_found").value == 0


def test_metrics_count_the_records_they_open(cast: Cast) -> None:
    control = kept.control(cast)
    year = kept.year(cast)
    assert measured(cast, "self_checked_share").value == 0
    kept.answered(cast, year, kept.FINE)
    assert measured(cast, "self_checked_share").value == 100
    kept.deficiency(cast, control)
    kept.deficiency(cast, control, mended_on=today(), remedy="直した")
    assert measured(cast, "deficiencies_found").value == 2
    assert measured(cast, "deficiencies_mended").value == 1
    assert measured(cast, "risks", least="high").value == 1
    services.answer_rollout(rollout=kept.asked(cast), state="checked", text="確かめた", by=cast.sato)
    assert measured(cast, "rolled_out_share").value == Decimal(100)
    [record] = measured(cast, "incidents").records.page(0, 9)
    assert record.url.startswith("/controls/incidents/")
