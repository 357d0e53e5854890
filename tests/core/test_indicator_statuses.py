"""Values that settle over time, two targets of a year, windows of years."""

from decimal import Decimal

from kaikaku.core.indicators import (
    Direction,
    Formula,
    Observation,
    Outcome,
    Reading,
    Status,
    accumulate,
    achieve,
    achieve_both,
    current,
    elapsed_share,
    settle,
)

D = Decimal


def test_the_most_settled_and_then_the_latest_value_counts() -> None:
    projected, preliminary = Reading(D(1), Status.PROJECTED), Reading(D(2), Status.PRELIMINARY)
    first, second = Reading(D(3), Status.CONFIRMED), Reading(D(4), Status.CONFIRMED)
    assert current([]) is None
    assert current([preliminary, projected]) is preliminary
    assert current([first, projected, second]) is second
    assert current([Reading(D(5), Status.REVISED), second]) == Reading(D(5), Status.REVISED)


def test_settling_says_what_changed() -> None:
    before = achieve(actual=D(70), target=D(80), status=Status.PROJECTED)
    settled = settle(before, Reading(D(73)))
    assert settled.value_changed
    assert settled.rate_changed
    assert (
        settled.sentence("%") == "見込み 70% が 確定 73% となり、達成率は 87.5% から 91.3% に変わりました。"
    )


def test_settling_on_the_same_value_says_so() -> None:
    settled = settle(achieve(actual=D(70), target=D(80), status=Status.PROJECTED), Reading(D("70.0")))
    assert not settled.value_changed
    assert settled.sentence() == "見込み 70 は、同じ値のまま「確定」になりました。達成率は変わりません。"


def test_a_projection_can_settle_into_not_measurable() -> None:
    settled = settle(achieve(actual=D(70), target=D(80)), Reading(None, reason="survey_cancelled"))
    assert settled.after.outcome is Outcome.NOT_MEASURABLE
    assert settled.sentence("%").endswith("達成率は 87.5% から なし に変わりました。")


def test_the_years_target_and_the_final_target_are_rated_apart() -> None:
    both = achieve_both(
        Observation(D(60), D(55), D(50), target_year=2022), final_target=D(100), final_year=2025
    )
    assert (both.year.rate, both.year.target_year) == (D(200), 2022)
    assert (both.final.rate, both.final.target_year) == (D(20), 2025)


def test_a_first_years_target_may_be_to_keep_while_the_final_one_asks_for_change() -> None:
    both = achieve_both(Observation(D(50), D(50), D(50), Direction.UP), final_target=D(100))
    assert (both.year.formula, both.year.rate) == (Formula.MAINTAIN_MIN, D(100))
    assert (both.final.formula, both.final.rate) == (Formula.FROM_BASELINE, D(0))


def test_a_window_adds_its_years_and_none_before() -> None:
    by_year = {2020: D(9), 2021: D(30), 2022: D("45.6"), 2023: D(1)}
    assert accumulate(by_year, first=2021, last=2022).total == D("75.6")


def test_a_window_with_an_unknown_year_has_no_sum() -> None:
    found = accumulate({2021: D(30), 2022: None}, first=2021, last=2023)
    assert (found.total, found.missing) == (None, (2022, 2023))


def test_half_of_yamagatas_period_is_gone_after_its_second_year() -> None:
    assert elapsed_share(first=2021, last=2024, year=2022) == 50
    assert elapsed_share(first=2021, last=2024, year=2030) == 100
    assert elapsed_share(first=2021, last=2024, year=2020) == 0
