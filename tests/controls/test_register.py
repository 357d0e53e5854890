"""The register: numbered, scored, written by those who answer for the section; slips become risks."""

from __future__ import annotations

import pytest

from kaikaku.controls import queries, services
from kaikaku.controls.entries import ControlFields
from kaikaku.controls.models import Risk
from kaikaku.core.errors import RuleViolation
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.controls import kept, slipping


def test_risks_are_numbered_in_the_order_in_which_they_came(cast: Cast) -> None:
    assert [kept.risk(cast).code, kept.risk(cast).code] == ["R-001", "R-002"]


def test_the_score_follows_from_the_two_levels(cast: Cast) -> None:
    risk = kept.risk(cast, likelihood=2, impact=3)
    assert (risk.score, risk.grade) == (6, "high")
    lowered = services.revise_risk(
        risk=risk, fields=kept.risk_fields(cast.zeimu, likelihood=1, impact=3), by=cast.sato
    )
    assert (lowered.score, lowered.grade) == (3, "middle")


def test_a_level_outside_of_one_to_three_is_refused(cast: Cast) -> None:
    with pytest.raises(RuleViolation, match="起こりやすさ"):
        kept.risk(cast, likelihood=4)


def test_a_retired_risk_leaves_the_matrix_and_stays_on_record(cast: Cast) -> None:
    risk = kept.risk(cast)
    services.retire_risk(risk=risk, why="口座を写さなくなった", by=cast.sato)
    shown = queries.register(cast.sato)
    assert (shown.open, shown.retired, shown.rows) == (0, 1, ())
    with pytest.raises(RuleViolation, match="管理を終えた"):
        services.revise_risk(risk=risk, fields=kept.risk_fields(cast.zeimu), by=cast.sato)


def test_the_matrix_counts_what_is_looked_after(cast: Cast) -> None:
    kept.risk(cast, likelihood=3, impact=1)
    kept.risk(cast, likelihood=3, impact=1)
    shown = queries.register(cast.sato, cell="3-1")
    assert shown.matrix[0][0].count == 2
    assert len(shown.rows) == 2
    assert queries.register(cast.sato, cell="1-1").rows == ()


def test_a_control_says_by_what_one_sees_that_it_was_done(cast: Cast) -> None:
    fields = ControlFields("2人で確かめる", "preventive", "manual", " ")
    with pytest.raises(RuleViolation, match="書類・記録"):
        services.add_control(risk=kept.risk(cast), fields=fields, by=cast.sato)


def test_a_person_of_another_government_writes_nothing_here(cast: Cast) -> None:
    with pytest.raises(RuleViolation, match="ほかの団体"):
        services.retire_risk(risk=kept.risk(cast), why="見えないはず", by=cast.tanaka)


def test_the_register_takes_the_same_queries_however_long_it_is(cast: Cast) -> None:
    kept.control(cast)
    assert_constant_queries(
        lambda: queries.register(cast.sato), lambda: [kept.control(cast) for _ in range(5)]
    )


def test_a_slip_caught_seven_times_in_a_year_is_offered_with_its_sheets(cast: Cast) -> None:
    sheet = slipping.sheets(cast)
    [offer] = [one for one in queries.offers(cast.takahashi, slipping.YEAR) if one.check == slipping.CHECK]
    assert (offer.times, offer.sections, offer.risk_code) == (7, 1, "")
    found = queries.sheets_of(cast.takahashi, slipping.YEAR, slipping.CHECK)
    assert {one.sheet for one in found} == {sheet.pk}
    assert queries.offers(cast.takahashi, slipping.YEAR + 1) == []


def test_an_adopted_slip_is_a_risk_with_the_check_as_its_control_and_is_adopted_once(cast: Cast) -> None:
    slipping.sheets(cast)
    fields = kept.risk_fields(cast.zeimu, process="調書の作成", category="reporting")
    risk = services.adopt_slip(
        organisation=cast.sakura, check=slipping.CHECK, fields=fields, by=cast.takahashi
    )
    control = risk.controls.get()
    assert (control.type, control.means) == ("preventive", "it")
    [offer] = [one for one in queries.offers(cast.takahashi, slipping.YEAR) if one.check == slipping.CHECK]
    assert offer.risk_code == risk.code
    with pytest.raises(RuleViolation, match="すでに"):
        services.adopt_slip(organisation=cast.sakura, check=slipping.CHECK, fields=fields, by=cast.takahashi)
    assert Risk.objects.count() == 1
