"""Who may help whom: the schemes as data, each hard rule with its sentence, and what a fit is worth."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaikaku.core.errors import RuleViolation
from kaikaku.core.staffing import (
    CHALLENGE,
    SHIPPED,
    SIDE_JOB,
    SUPPORT,
    WEEK,
    Commitment,
    Need,
    Period,
    Person,
    Points,
    Scheme,
    busiest,
    judge,
    lent_and_borrowed,
    must_fit_scheme,
    needs_order,
)

MAY = Period(date(2026, 5, 1), date(2026, 5, 31))
NEED = Need(key=1, department=10, division=1, period=MAY, minutes=240, skills=frozenset({"統計", "Excel"}))
PERSON = Person(key=7, department=20, division=1, grade="主事級")


def refused(need: Need, person: Person, scheme: Scheme) -> list[str]:
    return [one.rule for one in judge(need, person, scheme).refusals]


def test_a_fifth_of_the_week_is_seven_hours_and_three_quarters() -> None:
    assert WEEK == 2325
    assert SIDE_JOB.cap == 465


def test_someone_of_the_same_division_may_support() -> None:
    assert refused(NEED, PERSON, SUPPORT) == []


def test_support_is_sought_in_the_own_division_first_and_then_everywhere() -> None:
    stranger = replace(PERSON, division=2)
    assert refused(NEED, stranger, SUPPORT) == ["division_first"]
    assert refused(replace(NEED, widened=True), stranger, SUPPORT) == []


def test_nobody_helps_their_own_section() -> None:
    assert refused(NEED, replace(PERSON, department=10), SUPPORT) == ["own_section"]


@pytest.mark.parametrize("grade", ["課長補佐級", "係長級"])
def test_assistant_managers_and_heads_of_unit_are_not_lent(grade: str) -> None:
    said = judge(NEED, replace(PERSON, grade=grade), SUPPORT).refusals
    assert [one.message for one in said] == [f"「短期業務支援」では、{grade}は対象になりません。"]


@pytest.mark.parametrize("occupation", ["教員", "警察官", "会計年度任用職員"])
def test_teachers_police_and_yearly_staff_have_no_side_job(occupation: str) -> None:
    applied = replace(PERSON, occupation=occupation, applied_to=frozenset({1}))
    assert refused(NEED, applied, SIDE_JOB) == ["occupation"]


def test_a_side_job_wants_an_application() -> None:
    assert refused(NEED, PERSON, SIDE_JOB) == ["application"]
    assert refused(NEED, replace(PERSON, applied_to=frozenset({1})), SIDE_JOB) == []


def test_leave_within_the_period_is_told_with_its_days() -> None:
    away = replace(PERSON, away=(Period(date(2026, 5, 31), date(2026, 6, 30)),))
    (said,) = judge(NEED, away, SUPPORT).refusals
    assert said.message == "休暇などの期間（令和8年5月31日〜令和8年6月30日）と重なります。"


def test_the_cap_counts_all_help_given_at_one_time() -> None:
    applied = replace(PERSON, applied_to=frozenset({1}), commitments=(Commitment(MAY, 226),))
    (said,) = judge(NEED, applied, SIDE_JOB).refusals
    assert (
        said.message
        == "支援の時間が上限を超えます（すでに週3時間46分、この依頼が週4時間、上限は週7時間45分）。"
    )
    assert refused(NEED, replace(applied, commitments=(Commitment(MAY, 225),)), SIDE_JOB) == []


def test_help_that_ends_before_does_not_count() -> None:
    april = Commitment(Period(date(2026, 4, 1), date(2026, 4, 30)), 465)
    assert refused(NEED, replace(PERSON, applied_to=frozenset({1}), commitments=(april,)), SIDE_JOB) == []


def test_every_rule_that_says_no_is_told() -> None:
    hopeless = replace(PERSON, department=10, grade="係長級", away=(MAY,))
    assert refused(replace(NEED, excluded=frozenset({7})), hopeless, SUPPORT) == [
        "own_section",
        "excluded",
        "grade",
        "away",
    ]


def test_much_overtime_warns_and_weighs_but_does_not_refuse() -> None:
    judged = judge(NEED, replace(PERSON, overtime=46), SUPPORT)
    assert judged.possible
    assert "月46時間" in judged.warnings[0].message
    assert judge(NEED, replace(PERSON, overtime=45), SUPPORT).warnings == ()


def test_a_fit_says_what_each_point_is_for() -> None:
    fit = replace(PERSON, division=2, skills=frozenset({"Excel"}), applied_to=frozenset({1}))
    judged = judge(NEED, fit, SIDE_JOB)
    assert [(one.rule, one.points) for one in judged.reasons] == [
        ("skill", 15),
        ("applied", 40),
        ("other_division", 10),
    ]
    assert judged.score == 65


def test_a_busy_home_weighs_by_its_busiest_month() -> None:
    busy = replace(PERSON, busy={(2026, 4): 3, (2026, 5): 2})
    assert judge(NEED, busy, SUPPORT).score == -20
    longer = replace(NEED, period=Period(date(2026, 4, 30), date(2026, 5, 31)))
    assert judge(longer, busy, SUPPORT).score == -30


def test_two_months_of_support_are_the_limit_unless_consulted_again() -> None:
    two = replace(NEED, period=Period(date(2026, 5, 1), date(2026, 6, 30)))
    must_fit_scheme(two, SUPPORT)
    longer = replace(NEED, period=Period(date(2026, 5, 1), date(2026, 7, 1)))
    with pytest.raises(RuleViolation, match="2か月まで"):
        must_fit_scheme(longer, SUPPORT)
    must_fit_scheme(longer, SUPPORT, reconsulted=True)


def test_more_than_a_fifth_of_the_week_is_refused_for_a_side_job() -> None:
    with pytest.raises(RuleViolation, match="7時間45分まで"):
        must_fit_scheme(replace(NEED, minutes=466), SIDE_JOB)


def test_ten_days_need_no_written_order_and_eleven_do() -> None:
    ten = Period(date(2026, 5, 1), date(2026, 5, 10))
    assert not needs_order(ten, SUPPORT)
    assert needs_order(replace(ten, last=date(2026, 5, 11)), SUPPORT)
    assert not needs_order(MAY, CHALLENGE)


def test_a_period_does_not_end_before_it_begins() -> None:
    with pytest.raises(RuleViolation, match="終わりの日"):
        Period(date(2026, 5, 2), date(2026, 5, 1))


days = st.integers(0, 60).map(lambda n: date(2026, 4, 1) + timedelta(days=n))
periods = st.tuples(days, days).map(lambda pair: Period(min(pair), max(pair)))
commitments = st.lists(st.builds(Commitment, periods, st.integers(0, 465)), max_size=6)


@given(commitments=commitments, period=periods)
def test_the_busiest_time_is_that_of_the_busiest_day(commitments: list[Commitment], period: Period) -> None:
    by_day = [
        sum(c.minutes for c in commitments if c.period.first <= day <= c.period.last)
        for day in (period.first + timedelta(days=n) for n in range(period.days))
    ]
    assert busiest(commitments, period) == max(by_day)


@pytest.mark.parametrize("scheme", SHIPPED.values(), ids=lambda scheme: scheme.code)
def test_a_shipped_scheme_comes_back_from_its_data(scheme: Scheme) -> None:
    assert Scheme.from_json(scheme.as_json()) == scheme


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"weekly_share": 0}, "weekly_share", "1〜100"),
        ({"weekly_share": "20"}, "weekly_share", "整数"),
        ({"weekly_share": True}, "weekly_share", "整数"),
        ({"max_months": 25}, "max_months", "1〜24"),
        ({"approvals": []}, "approvals", "1つ以上"),
        ({"approvals": ["mayor"]}, "approvals", "mayor"),
        ({"approvals": ["self", "self"]}, "approvals", "2度"),
        ({"approvals": "self"}, "approvals", "並び"),
        ({"points": {"luck": 5}}, "points.luck", "luck"),
        ({"points": {"skill": 1.5}}, "points.skill", "skill"),
        ({"points": 3}, "points", "配点"),
        ({"limit": 3}, "limit", "limit"),
        ({"order_from_days": -1}, "order_from_days", "0〜366"),
        ({"name": " "}, "name", "名称"),
    ],
)
def test_a_bad_rule_is_refused_by_its_name(wrong: dict[str, object], field: str, words: str) -> None:
    with pytest.raises(RuleViolation, match=words) as refusal:
        Scheme.from_json({"code": "x", "name": "試行", **wrong})
    assert refusal.value.field == field


def test_a_scheme_needs_its_code_and_name() -> None:
    with pytest.raises(RuleViolation, match="code"):
        Scheme.from_json({"name": "試行"})


def test_points_are_data_of_the_scheme() -> None:
    keen = Scheme.from_json({**SUPPORT.as_json(), "points": {"skill": 100}})
    assert keen.points == Points(skill=100)
    assert judge(NEED, replace(PERSON, skills=NEED.skills), keen).score == 100


def test_minutes_lent_are_minutes_borrowed() -> None:
    lent, borrowed = lent_and_borrowed([(1, 2, 60), (1, 3, 30), (2, 1, 15)])
    assert lent == {1: 90, 2: 15}
    assert borrowed == {2: 60, 3: 30, 1: 15}
    assert sum(lent.values()) == sum(borrowed.values())
