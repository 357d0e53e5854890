"""The assignment over a whole government: allowed, best, proven, and told in sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaikaku.core.staffing import SIDE_JOB, SUPPORT, Commitment, Need, Period, Person, may_help
from kaikaku.exchange.matching import Problem, Solution, explain, pose, solve
from kaikaku.exchange.matching.solving import greedy

SCHEME = replace(SUPPORT, weekly_share=20, division_first=False, grades_excluded=())
APRIL = date(2026, 4, 1)


def need(key: int, *, first: int = 0, days: int = 30, minutes: int = 240, **more: object) -> Need:
    start = APRIL + timedelta(days=first)
    period = Period(start, start + timedelta(days=days - 1))
    return Need(key=key, department=key, division=0, period=period, minutes=minutes, **more)  # type: ignore[arg-type]


def person(key: int, **more: object) -> Person:
    return Person(key=key, department=100 + key, division=0, **more)  # type: ignore[arg-type]


def best_by_trying_all(problem: Problem) -> int:
    """Every choice of pairs, by brute force."""
    pairs = [(n, p) for n, found in problem.worth.items() for p in found]
    best = 0
    for taken in product((False, True), repeat=len(pairs)):
        chosen = [pair for pair, one in zip(pairs, taken, strict=True) if one]
        if allowed(problem, chosen):
            best = max(best, sum(problem.worth[n][p] for n, p in chosen))
    return best


def allowed(problem: Problem, pairs: list[tuple[int, int]]) -> bool:
    of_person: dict[int, list[int]] = {}
    for n, p in pairs:
        of_person.setdefault(p, []).append(n)
    places = all(sum(n == key for n, _ in pairs) <= one.people for key, one in problem.needs.items())
    return places and all(problem.fits(p, needs) for p, needs in of_person.items())


SKILLS = ("統計", "Excel", "用地")
skills = st.frozensets(st.sampled_from(SKILLS), max_size=3)
needs = st.builds(
    lambda key, first, days, minutes, people, wanted: need(
        key, first=first, days=days, minutes=minutes, people=people, skills=wanted
    ),
    st.just(0),
    st.integers(0, 20),
    st.integers(1, 30),
    st.sampled_from([120, 240, 465]),
    st.integers(1, 2),
    skills,
)
people = st.builds(
    lambda key, held, promised: person(key, skills=held, commitments=promised),
    st.just(0),
    skills,
    st.lists(
        st.builds(
            lambda first, minutes: Commitment(
                Period(APRIL + timedelta(days=first), APRIL + timedelta(days=first + 5)), minutes
            ),
            st.integers(0, 30),
            st.sampled_from([120, 300]),
        ),
        max_size=2,
    ).map(tuple),
)


def posed(asked: list[Need], staff: list[Person]) -> Problem:
    numbered = [replace(one, key=n + 1, department=n + 1) for n, one in enumerate(asked)]
    helpers = [replace(one, key=n + 1, department=101 + n) for n, one in enumerate(staff)]
    return pose(numbered, helpers, SCHEME)


@settings(max_examples=40)
@given(asked=st.lists(needs, min_size=1, max_size=3), staff=st.lists(people, min_size=1, max_size=3))
def test_the_answer_is_the_best_there_is_and_says_so(asked: list[Need], staff: list[Person]) -> None:
    problem = posed(asked, staff)
    solution = solve(problem)
    assert allowed(problem, list(solution.pairs))
    assert solution.value == best_by_trying_all(problem)
    assert solution.bound is not None
    assert solution.bound >= solution.value


@settings(max_examples=40)
@given(asked=st.lists(needs, min_size=1, max_size=12), staff=st.lists(people, min_size=1, max_size=12))
def test_no_answer_breaks_a_hard_rule(asked: list[Need], staff: list[Person]) -> None:
    problem = posed(asked, staff)
    for solution in (solve(problem), greedy(problem)):
        assert allowed(problem, list(solution.pairs))
        assert len(set(solution.pairs)) == len(solution.pairs)


@settings(max_examples=40)
@given(asked=st.lists(needs, min_size=1, max_size=12), staff=st.lists(people, min_size=1, max_size=12))
def test_the_plain_way_is_never_better_than_the_bound(asked: list[Need], staff: list[Person]) -> None:
    problem = posed(asked, staff)
    solution = solve(problem)
    assert solution.bound is not None
    assert greedy(problem).value <= solution.value <= solution.bound


def test_the_same_problem_has_the_same_answer() -> None:
    problem = pose([need(n) for n in range(1, 6)], [person(n) for n in range(1, 9)], SCHEME)
    assert solve(problem) == solve(problem)


def test_places_are_filled_before_points_are_gathered() -> None:
    clever = person(1, skills=frozenset(SKILLS))
    plain = person(2)
    asked = [need(1, skills=frozenset(SKILLS)), need(2, excluded=frozenset({2}))]
    solution = solve(pose(asked, [clever, plain], SCHEME))
    assert {n for n, _ in solution.pairs} == {1, 2}


def test_time_promised_only_in_another_month_leaves_room() -> None:
    may = Commitment(Period(date(2026, 5, 10), date(2026, 5, 20)), 465)
    solution = solve(pose([need(1, days=20, minutes=465)], [person(1, commitments=(may,))], SCHEME))
    assert solution.pairs == ((1, 1),)


def test_nobody_possible_is_an_answer_that_is_proven() -> None:
    solution = solve(pose([need(1)], [], SCHEME))
    assert solution == Solution((), 0, 0)
    assert solution.proven
    assert solution.gap == 0


def test_without_a_proof_there_is_no_gap_to_tell() -> None:
    plain = greedy(pose([need(1)], [person(1)], SCHEME))
    assert not plain.proven
    assert plain.gap is None


def test_a_gap_is_the_share_of_the_best_that_may_be_missing() -> None:
    assert Solution((), 90, 100).gap == Fraction(1, 10)


def crowd() -> Problem:
    """40 requests that 60 people of whom each can do only some compete for."""
    asked = [
        need(n, first=(n * 7) % 30, minutes=(120, 240, 465)[n % 3], skills=frozenset({SKILLS[n % 3]}))
        for n in range(1, 41)
    ]
    staff = [person(n, skills=frozenset({SKILLS[n % 3], SKILLS[(n // 3) % 3]})) for n in range(1, 61)]
    return pose(asked, staff, SCHEME)


def test_a_crowd_is_solved_to_proven_optimality() -> None:
    problem = crowd()
    solution = solve(problem)
    assert solution.proven
    assert len(solution.pairs) == 40


def test_pairs_left_out_at_first_come_in_where_they_better_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = solve(crowd())
    monkeypatch.setattr("kaikaku.exchange.matching.solving.FIRST_COLUMNS", 1)
    narrow = solve(crowd())
    assert (narrow.value, narrow.bound) == (whole.value, whole.bound)


def test_a_person_kept_out_by_a_rule_hears_which() -> None:
    asked, staff = need(1), [person(1), replace(person(2), department=1)]
    problem = pose([asked], staff, SCHEME)
    told = explain(problem, solve(problem), asked, staff)
    assert [(one.person, one.matched, one.why) for one in told] == [
        (1, True, "この依頼に選ばれました。"),
        (2, False, "自分の所属の業務です。"),
    ]


def test_one_who_fits_less_hears_by_how_much() -> None:
    asked, staff = need(1, skills=frozenset({"統計"})), [person(1), person(2, skills=frozenset({"統計"}))]
    problem = pose([asked], staff, SCHEME)
    told = explain(problem, solve(problem), asked, staff)
    assert told[1].why == "より合う人で人数が満ちました（この人は0点、選ばれた人は30点以上）。"


def test_one_who_is_taken_elsewhere_hears_of_their_time() -> None:
    asked = [need(1, minutes=465), need(2, minutes=465, excluded=frozenset({2}))]
    staff = [person(1), person(2)]
    problem = pose(asked, staff, SCHEME)
    told = explain(problem, solve(problem), asked[0], staff)
    assert [one.person for one in told if one.matched] == [2]
    assert "週7時間45分）に選ばれ" in told[1].why


def test_only_applicants_are_matched_where_the_scheme_asks_for_them() -> None:
    keen = person(2, applied_to=frozenset({1}))
    problem = pose([need(1)], [person(1), keen], SIDE_JOB)
    assert solve(problem).pairs == ((1, 2),)
    assert not may_help(need(1), person(1), SIDE_JOB)
