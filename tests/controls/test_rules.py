"""Internal control: scores, the drawn sample, answers, and a year's result on 31 March."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaikaku.controls.rules import (
    LEVELS,
    Answer,
    Deficiency,
    Grade,
    Kind,
    Rates,
    Slip,
    Subject,
    draw,
    evaluate,
    grade,
    matrix,
    must_be_independent,
    recurring,
    score,
)
from kaikaku.core.errors import RuleViolation


@pytest.mark.parametrize(("likelihood", "impact", "points"), [(1, 1, 1), (3, 2, 6), (3, 3, 9)])
def test_a_risk_scores_likelihood_times_impact(likelihood: int, impact: int, points: int) -> None:
    assert score(likelihood, impact) == points


def test_a_level_beyond_three_is_refused_with_its_field() -> None:
    with pytest.raises(RuleViolation, match="影響の大きさ") as refused:
        score(1, 4)
    assert refused.value.field == "impact"


def test_every_risk_stands_in_one_cell() -> None:
    cells = matrix([(1, 3), (1, 3), (3, 3)])
    assert cells[1, 3] == 2
    assert cells[3, 3] == 1
    assert sum(cells.values()) == 3
    assert len(cells) == 9


subjects = st.lists(
    st.builds(
        lambda key, section, score: Subject(key, section, score, f"R-{key}"),
        st.integers(1, 10_000),
        st.integers(1, 8),
        st.sampled_from([a * b for a in LEVELS for b in LEVELS]),
    ),
    unique_by=lambda one: one.key,
    max_size=60,
)


@given(subjects=subjects, seed=st.text(min_size=1).filter(str.strip))
def test_whoever_draws_again_with_the_seed_draws_the_same(subjects: list[Subject], seed: str) -> None:
    assert draw(subjects, seed=seed) == draw(list(reversed(subjects)), seed=seed)


@given(subjects=subjects)
def test_all_high_risks_and_something_of_every_section_are_drawn(subjects: list[Subject]) -> None:
    taken = draw(subjects, seed="令和8年度")
    assert {one for one in subjects if grade(one.score) is Grade.HIGH} <= set(taken)
    assert {one.department for one in taken} == {one.department for one in subjects}


def test_a_part_of_a_grade_is_rounded_up() -> None:
    middling = [Subject(n, 1, 4, f"R-{n}") for n in range(1, 12)]
    assert len(draw(middling, seed="x", rates=Rates(middle=30))) == 4


def test_another_seed_draws_others() -> None:
    low = [Subject(n, 1, 1, f"R-{n}") for n in range(100)]
    assert draw(low, seed="令和7年度") != draw(low, seed="令和8年度")


def test_a_draw_wants_a_seed_and_a_rate_stays_within_a_hundred() -> None:
    with pytest.raises(RuleViolation, match="もとになる語"):
        draw([], seed="　")
    with pytest.raises(RuleViolation, match="0〜100"):
        Rates(low=101)


def test_nobody_checks_their_own_section() -> None:
    must_be_independent(checker={1, 2}, checked=3)
    with pytest.raises(RuleViolation, match="自分の所属"):
        must_be_independent(checker={1, 2}, checked=2)


def test_an_answer_is_whole_with_what_shows_it() -> None:
    Answer(designed=True, operated=True, evidence="点検表（9月分）").must_be_whole()
    with pytest.raises(RuleViolation, match="書類や記録"):
        Answer(designed=True, operated=True, evidence=" ").must_be_whole()


@pytest.mark.parametrize("answer", [Answer(), Answer(designed=True), Answer(operated=True)])
def test_an_answer_with_a_gap_is_not_taken(answer: Answer) -> None:
    with pytest.raises(RuleViolation, match="それぞれに"):
        answer.must_be_whole()


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(designed=False), Kind.DESIGN),
        (Answer(designed=True, operated=False), Kind.OPERATION),
        (Answer(designed=True, operated=False, not_used="該当する契約がなかった"), None),
        (Answer(designed=True, operated=True, evidence="点検表"), None),
    ],
)
def test_an_answer_tells_of_a_deficiency_by_itself(answer: Answer, kind: Kind | None) -> None:
    assert answer.finding is kind


MATERIAL = Deficiency(Kind.OPERATION, material=True, found_on=date(2025, 9, 1))


def test_a_material_deficiency_that_stands_makes_the_year_ineffective() -> None:
    result = evaluate(2025, [MATERIAL])
    assert not result.effective
    assert "重大な不備が1件" in result.words


def test_what_is_mended_on_the_last_day_counts_as_effective() -> None:
    result = evaluate(2025, [replace(MATERIAL, mended_on=date(2026, 3, 31))])
    assert result.effective
    assert result.mended == 1
    assert result.standing == {Kind.DESIGN: 0, Kind.OPERATION: 0}


def test_what_is_mended_a_day_later_does_not() -> None:
    assert not evaluate(2025, [replace(MATERIAL, mended_on=date(2026, 4, 1))]).effective


def test_a_deficiency_of_design_that_is_not_material_leaves_the_year_effective() -> None:
    result = evaluate(2025, [Deficiency(Kind.DESIGN, material=False, found_on=date(2025, 5, 1))])
    assert result.effective
    assert result.standing[Kind.DESIGN] == 1


def test_what_is_found_after_the_year_is_the_next_years() -> None:
    assert evaluate(2025, [replace(MATERIAL, found_on=date(2026, 4, 1))]).effective


def test_a_slip_in_three_sections_or_five_times_is_worth_a_control() -> None:
    spread = [Slip("W01", department, department) for department in (1, 2, 3)]
    often = [Slip("E02", 1, sheet) for sheet in (1, 1, 2, 2, 2)]
    rare = [Slip("W09", 1, 1), Slip("W09", 2, 2)]
    found = recurring([*spread, *often, *rare])
    assert [(one.check, one.times, len(one.departments)) for one in found] == [("E02", 5, 1), ("W01", 3, 3)]
    assert found[0].sheets == (1, 2)
