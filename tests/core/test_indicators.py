"""Achievement rates: published figures reproduced, each formula at its edges, and what always holds."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from kaikaku.core.errors import RuleViolation
from kaikaku.core.indicators import (
    REASONS,
    Accumulation,
    Direction,
    Formula,
    Observation,
    Outcome,
    Reading,
    Status,
    accumulate,
    achieve,
    achieve_both,
    choose_formula,
    current,
    elapsed_share,
    infer_direction,
    rate_many,
    rate_one,
    settle,
)

D = Decimal

ONLINE: dict[str, Any] = {
    "actual": D("71.5"),
    "target": D(100),
    "baseline": D("1.5"),
    "actual_year": 2022,
    "target_year": 2024,
    "baseline_year": 2020,
}


def shown(formula: Formula, *, decimals: int = 2, **figures: Any) -> str:
    return achieve(formula=formula, **figures).rate_shown(decimals)


# Published figures (domain.md §1, 山形県 令和4年度実績) -----------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "expected"),
    [(Formula.FROM_BASELINE, "71.07"), (Formula.RATIO, "71.50"), (Formula.EXPECTED_PATH, "142.13")],
)
def test_yamagatas_online_procedures_by_three_formulas(formula: Formula, expected: str) -> None:
    assert shown(formula, **ONLINE) == expected


def test_yamagatas_disaster_prevention_experts_differ_by_formula() -> None:
    figures: dict[str, Any] = {"actual": D(2233), "target": D(2400), "baseline": D(1619)}
    assert shown(Formula.FROM_BASELINE, **figures) == "78.62"
    assert shown(Formula.RATIO, **figures) == "93.04"


def test_yamagatas_paternity_leave_is_rated_against_its_own_target_year() -> None:
    rated = achieve(
        actual=D("86.3"),
        target=D(100),
        baseline=D("16.7"),
        target_year=2025,
        column_year=2024,
        actual_year=2022,
    )
    assert rated.rate_shown(2) == "83.55"
    assert rated.target_year == 2025
    assert rated.target_year_differs


@pytest.mark.parametrize(
    ("actual", "target", "expected"),
    [("7560000000", "12000000000", "63.00"), ("73000", "80000", "91.25")],
)
def test_yamagatas_sums_over_the_plan_period(actual: str, target: str, expected: str) -> None:
    rated = achieve(actual=D(actual), target=D(target), cumulative_from=2021, target_year=2024)
    assert (rated.formula, rated.rate_shown(2)) == (Formula.CUMULATIVE, expected)


def test_yamagatas_meetings_are_not_capped() -> None:
    assert shown(Formula.AUTO, actual=D(705), target=D(240), baseline=D(0)) == "293.75"
    assert shown(Formula.AUTO, actual=D(8526), target=D(2000), baseline=D(319), decimals=1) == "488.2"


# Formulas at their edges -----------------------------------------------------------------------------------


def test_a_falling_target_is_rated_from_its_baseline() -> None:
    assert shown(Formula.FROM_BASELINE, actual=D(60), target=D(50), baseline=D(100)) == "80.00"


def test_worse_than_the_baseline_is_a_negative_rate() -> None:
    rated = achieve(actual=D(110), target=D(50), baseline=D(100))
    assert rated.rate == -20
    assert rated.rate_shown() == "△20.0"


def test_a_zero_target_with_a_baseline_is_rated_from_it() -> None:
    assert shown(Formula.AUTO, actual=D(5), target=D(0), baseline=D(20)) == "75.00"


def test_a_zero_target_is_reached_by_zero() -> None:
    for formula in (Formula.INVERSE_RATIO, Formula.TWO_MINUS_RATIO):
        assert shown(formula, actual=D(0), target=D(0)) == "100.00"


def test_a_zero_target_that_was_missed_is_not_computable_without_a_baseline() -> None:
    rated = achieve(actual=D(3), target=D(0), direction=Direction.DOWN)
    assert rated.rate is None
    assert rated.reason == REASONS["zero_target"]
    assert rated.outcome is Outcome.NOT_MEASURABLE


def test_a_rising_zero_target_is_not_computable() -> None:
    assert achieve(actual=D(3), target=D(0), direction=Direction.UP).reason == REASONS["zero_target"]


def test_lower_is_better_without_baseline_has_two_forms() -> None:
    figures: dict[str, Any] = {"actual": D(125), "target": D(100), "direction": Direction.DOWN}
    assert shown(Formula.AUTO, **figures) == "80.00"
    assert shown(Formula.TWO_MINUS_RATIO, **figures) == "75.00"


def test_target_over_actual_is_impossible_for_an_actual_of_zero() -> None:
    assert achieve(actual=D(0), target=D(5), formula=Formula.INVERSE_RATIO).reason == REASONS["zero_actual"]


def test_a_target_equal_to_the_baseline_is_never_divided_by_zero() -> None:
    rated = achieve(actual=D(95), target=D(95), baseline=D(95), formula=Formula.FROM_BASELINE)
    assert rated.reason == REASONS["target_equals_baseline"]


@pytest.mark.parametrize(
    ("formula", "actual", "expected"),
    [
        (Formula.MAINTAIN_MIN, "96", "100.00"),
        (Formula.MAINTAIN_MIN, "76", "80.00"),
        (Formula.MAINTAIN_MAX, "94", "100.00"),
        (Formula.MAINTAIN_MAX, "190", "50.00"),
    ],
)
def test_a_level_to_be_maintained(formula: Formula, actual: str, expected: str) -> None:
    assert shown(formula, actual=D(actual), target=D(95)) == expected


def test_a_zero_that_was_to_be_kept_and_was_missed_is_zero_percent() -> None:
    assert shown(Formula.MAINTAIN_MAX, actual=D(2), target=D(0)) == "0.00"


@pytest.mark.parametrize(
    ("actual", "expected"), [("40", "100.00"), ("60", "100.00"), ("30", "75.00"), ("80", "75.00")]
)
def test_a_band_is_full_inside_and_falls_on_both_sides(actual: str, expected: str) -> None:
    assert shown(Formula.AUTO, actual=D(actual), target=D(40), band_upper=D(60)) == expected


def test_a_band_needs_an_upper_end_above_the_lower() -> None:
    assert achieve(actual=D(1), target=D(1), formula=Formula.BAND).reason == REASONS["no_band"]
    assert achieve(actual=D(1), target=D(9), band_upper=D(2)).reason == REASONS["band_reversed"]


def test_the_expected_path_stays_at_the_target_after_its_year() -> None:
    assert shown(Formula.EXPECTED_PATH, **{**ONLINE, "actual_year": 2026}) == "71.07"


@pytest.mark.parametrize(
    ("years", "code"),
    [
        ((None, 2024, 2020), "no_years"),
        ((2020, 2024, 2020), "years_out_of_order"),
        ((2022, 2019, 2020), "years_out_of_order"),
    ],
)
def test_the_expected_path_needs_its_years_in_order(years: tuple[int | None, int, int], code: str) -> None:
    actual, target, baseline = years
    figures = {**ONLINE, "actual_year": actual, "target_year": target, "baseline_year": baseline}
    assert achieve(formula=Formula.EXPECTED_PATH, **figures).reason == REASONS[code]


def test_a_negative_target_is_not_rated_by_division() -> None:
    assert achieve(actual=D(-10), target=D(-20), formula=Formula.RATIO).reason == REASONS["negative_target"]


def test_a_figure_beyond_all_measure_is_refused_by_name() -> None:
    for bad in ("1E+500", "NaN", "Infinity"):
        with pytest.raises(RuleViolation, match="実績値") as refused:
            achieve(
                actual=D(bad),
                target=D(10),
                direction=Direction.MAINTAIN_MIN,
                baseline=D(3),
                formula=Formula.FROM_BASELINE,
            )
        assert refused.value.field == "actual"


# What is missing -------------------------------------------------------------------------------------------


def test_an_indicator_without_a_target_is_not_rated() -> None:
    rated = achieve(actual=D(5), target=None)
    assert (rated.rate, rated.outcome) == (None, Outcome.NOT_RATED)


def test_an_actual_to_come_is_pending() -> None:
    assert achieve(actual=None, target=D(5)).outcome is Outcome.PENDING
    assert achieve(actual=None, target=D(5), actual_reason="not_published_yet").outcome is Outcome.PENDING


@pytest.mark.parametrize(
    "code", ["survey_cancelled", "event_cancelled", "definition_changed", "source_abolished"]
)
def test_not_measurable_is_a_result_with_its_cause(code: str) -> None:
    rated = achieve(
        actual=None, target=D(80), actual_reason=code, reason_note="新型コロナウイルス感染症の影響"
    )
    assert rated.outcome is Outcome.NOT_MEASURABLE
    assert rated.working().endswith("（新型コロナウイルス感染症の影響）")
    assert rated.rate_shown() == "—"


def test_the_reason_other_needs_words() -> None:
    with pytest.raises(RuleViolation, match="内容を文章で入力"):
        achieve(actual=None, target=D(1), actual_reason="other")


def test_an_unknown_reason_is_refused() -> None:
    with pytest.raises(RuleViolation, match="登録されていません"):
        achieve(actual=None, target=D(1), actual_reason="whatever")


def test_every_reason_is_a_japanese_sentence() -> None:
    assert all(reason.sentence.endswith("。") for reason in REASONS.values())


# Workings --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figures", "unit", "expected"),
    [
        (ONLINE, "%", "(71.5 − 1.5) ÷ (100 − 1.5) × 100 = 71.1%"),
        ({**ONLINE, "formula": Formula.RATIO}, "%", "71.5 ÷ 100 × 100 = 71.5%"),
        (
            {**ONLINE, "formula": Formula.EXPECTED_PATH},
            "%",
            "期待値 1.5 + (100 − 1.5) × 2 ÷ 4 = 50.75、(71.5 − 1.5) ÷ (50.75 − 1.5) × 100 = 142.1%",
        ),
        ({"actual": D(7560000000), "target": D(12000000000)}, "円", "75.6億円 ÷ 120億円 × 100 = 63.0%"),
        (
            {"actual": D(2233), "target": D(2400), "baseline": D(1619)},
            "人",
            "(2,233 − 1,619) ÷ (2,400 − 1,619) × 100 = 78.6%",
        ),
        (
            {"actual": D(-2), "target": D(5), "baseline": D(-10)},
            "",
            "(−2 − (−10)) ÷ (5 − (−10)) × 100 = 53.3%",
        ),
        (
            {"actual": D(110), "target": D(50), "baseline": D(100)},
            "",
            "(110 − 100) ÷ (50 − 100) × 100 = △20.0%",
        ),
        (
            {"actual": D(97), "target": D(95), "direction": Direction.MAINTAIN_MIN},
            "%",
            "実績値 97 は目標値 95 以上のため 100.0%",
        ),
        (
            {"actual": D(50), "target": D(40), "band_upper": D(60)},
            "",
            "実績値 50 は目標の範囲 40〜60 にあるため 100.0%",
        ),
        (
            {"actual": D(0), "target": D(0), "direction": Direction.DOWN},
            "人",
            "実績値 0 は目標値 0 以下のため 100.0%",
        ),
        (
            {"actual": D(125), "target": D(100), "formula": Formula.TWO_MINUS_RATIO},
            "",
            "(2 − 125 ÷ 100) × 100 = 75.0%",
        ),
    ],
)
def test_the_working_can_be_redone_by_hand(figures: dict[str, Any], unit: str, expected: str) -> None:
    assert achieve(**figures).working(unit) == expected


def test_an_expected_value_that_does_not_end_is_marked_as_about() -> None:
    figures = {
        **ONLINE,
        "target_year": 2023,
        "target": D(3),
        "formula": Formula.EXPECTED_PATH,
        "baseline": D(2),
    }
    assert "約2.6667" in achieve(**figures).working()


def test_a_rate_names_its_formula_its_figures_and_their_years() -> None:
    rated = achieve(**ONLINE)
    assert rated.formula_label == "基準値比"
    assert [(i.label, i.value, i.fiscal_year) for i in rated.inputs] == [
        ("基準値", D("1.5"), 2020),
        ("目標値", D(100), 2024),
        ("実績値", D("71.5"), 2022),
    ]
    assert rated.choice.why.startswith("基準値があるため")


# Choosing and inferring ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figures", "expected", "doubtful"),
    [
        ({"baseline": D(1), "target": D(3)}, Formula.FROM_BASELINE, False),
        ({"baseline": D(3), "target": D(3)}, Formula.MAINTAIN_MIN, True),
        ({"baseline": D(3), "target": D(3), "direction": Direction.UP}, Formula.MAINTAIN_MIN, False),
        ({"baseline": D(3), "target": D(3), "direction": Direction.DOWN}, Formula.MAINTAIN_MAX, False),
        ({"baseline": D(95), "target": D(90), "direction": Direction.UP}, Formula.MAINTAIN_MIN, True),
        ({"baseline": D(5), "target": D(9), "direction": Direction.DOWN}, Formula.MAINTAIN_MAX, True),
        ({"target": D(3), "direction": Direction.DOWN}, Formula.INVERSE_RATIO, False),
        ({"target": D(3), "direction": Direction.UP}, Formula.RATIO, False),
        ({"target": D(3)}, Formula.RATIO, True),
        ({"target": D(3), "accumulation": Accumulation.CUMULATIVE}, Formula.CUMULATIVE, False),
        (
            {"target": D(3), "cumulative_from": 2021, "direction": Direction.DOWN},
            Formula.INVERSE_RATIO,
            False,
        ),
        ({"target": D(3), "band_upper": D(5)}, Formula.BAND, False),
        ({"target": D(3), "formula": Formula.RATIO, "baseline": D(1)}, Formula.RATIO, False),
    ],
)
def test_auto_chooses_and_says_why(figures: dict[str, Any], expected: Formula, doubtful: bool) -> None:
    choice = choose_formula(Observation(actual=D(2), **figures))
    assert choice.formula is expected
    assert choice.why.endswith("。")
    assert (choice.doubt is not None) is doubtful


@pytest.mark.parametrize(
    ("preferred", "figures", "expected"),
    [
        (Formula.RATIO, {"baseline": D(1), "target": D(3)}, Formula.RATIO),
        (Formula.RATIO, {"baseline": D(9), "target": D(3)}, Formula.INVERSE_RATIO),
        (Formula.RATIO, {"baseline": D(9), "target": D(0)}, Formula.FROM_BASELINE),
        (Formula.RATIO, {"target": D(3), "direction": Direction.MAINTAIN_MAX}, Formula.MAINTAIN_MAX),
        (Formula.EXPECTED_PATH, {"baseline": D(1), "target": D(3)}, Formula.EXPECTED_PATH),
        (Formula.EXPECTED_PATH, {"target": D(3)}, Formula.RATIO),
        (Formula.FROM_BASELINE, {"target": D(3)}, Formula.RATIO),
        (Formula.TWO_MINUS_RATIO, {"target": D(3), "direction": Direction.DOWN}, Formula.TWO_MINUS_RATIO),
    ],
)
def test_an_editions_formula_is_taken_where_it_makes_sense(
    preferred: Formula, figures: dict[str, Any], expected: Formula
) -> None:
    assert choose_formula(Observation(actual=D(2), **figures), preferred=preferred).formula is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20%以下", Direction.DOWN),
        ("500件未満", Direction.DOWN),
        ("≦30", Direction.DOWN),
        ("10人以内", Direction.DOWN),
        ("前年度より減少を目指します", Direction.DOWN),
        ("500件まで削減", Direction.DOWN),
        ("100時間以下に抑える", Direction.DOWN),
        ("7%削減", Direction.UP),
        ("3.7万人の減少", Direction.UP),
        ("10.5%減", Direction.UP),
        ("80%以上", Direction.UP),
        ("現状維持", Direction.MAINTAIN_MIN),
        ("10%以下を維持", Direction.MAINTAIN_MAX),
        ("40%以上60%以下", Direction.BAND),
    ],
)
def test_the_words_of_the_target_tell_the_direction(text: str, expected: Direction) -> None:
    found, why = infer_direction(text)
    assert found is expected
    assert why.endswith("。")


def test_figures_tell_the_direction_where_words_do_not() -> None:
    assert infer_direction("50", baseline=D(80), target=D(50))[0] is Direction.DOWN
    assert infer_direction("80", baseline=D(50), target=D(80))[0] is Direction.UP


def test_an_amount_that_was_reduced_is_better_the_more_it_is() -> None:
    assert infer_direction("120億円", name="事務事業の見直し・改善(経費削減額)")[0] is Direction.UP


def test_a_name_only_hints() -> None:
    found, why = infer_direction("10人", name="待機児童数")
    assert found is None
    assert "「待機」" in why


def test_nothing_to_go_by_asks_a_person() -> None:
    assert infer_direction("10件", name="研修の回数") == (
        None,
        "目標の文言と基準値から向きを決められません。指標の向きを設定してください。",
    )


# Values that settle ----------------------------------------------------------------------------------------


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


# What always holds -----------------------------------------------------------------------------------------

figures = st.decimals(-1_000_000, 1_000_000, allow_nan=False, allow_infinity=False, places=3)
positive = st.decimals("0.001", 1_000_000, allow_nan=False, allow_infinity=False, places=3)
maybe = st.none() | figures
observations = st.builds(
    Observation,
    actual=maybe,
    target=maybe | st.just(D(0)),
    baseline=maybe,
    direction=st.none() | st.sampled_from(Direction),
    formula=st.sampled_from(Formula),
    band_upper=st.none() | figures,
    actual_year=st.none() | st.integers(2018, 2030),
    target_year=st.none() | st.integers(2018, 2030),
    baseline_year=st.none() | st.integers(2018, 2030),
    cumulative_from=st.none() | st.just(2019),
)


@given(observations)
def test_every_observation_has_a_rate_or_a_reason_and_a_text_for_both(observation: Observation) -> None:
    rated = rate_one(observation)
    assert (rated.rate is None) is (rated.reason is not None)
    assert rated.working("円")
    assert rated.choice.why
    assert rated.formula is not Formula.AUTO


@given(
    st.lists(observations, max_size=20), st.sampled_from([Formula.AUTO, Formula.RATIO, Formula.EXPECTED_PATH])
)
def test_rating_many_is_bit_for_bit_rating_one_by_one(many: list[Observation], preferred: Formula) -> None:
    bulk = rate_many(many, preferred=preferred)
    single = [rate_one(one, preferred=preferred).rate for one in many]
    assert [str(rate) for rate in bulk] == [str(rate) for rate in single]


@given(figures, figures, figures)
def test_rating_from_a_baseline_is_symmetric_under_negation(a: D, t: D, b: D) -> None:
    assume(t != b)
    rated = achieve(actual=a, target=t, baseline=b, formula=Formula.FROM_BASELINE)
    mirrored = achieve(actual=-a, target=-t, baseline=-b, formula=Formula.FROM_BASELINE)
    assert rated.rate == mirrored.rate


@given(figures, positive, figures, figures)
def test_nearer_the_target_is_never_rated_lower(a: D, step: D, t: D, b: D) -> None:
    assume(t != b)
    better = a + step if t > b else a - step
    rates = rate_many([Observation(x, t, b) for x in (a, better)])
    assert rates[0] is not None
    assert rates[1] is not None
    assert rates[0] < rates[1]


@given(positive, positive, positive, st.sampled_from([Formula.INVERSE_RATIO, Formula.TWO_MINUS_RATIO]))
def test_where_lower_is_better_more_is_never_rated_higher(a: D, step: D, t: D, formula: Formula) -> None:
    low, high = rate_many([Observation(x, t, formula=formula) for x in (a, a + step)])
    assert low is not None
    assert high is not None
    assert low >= high


@given(figures, figures, st.none() | st.text(max_size=5))
def test_an_external_factor_changes_no_rate(a: D, t: D, factor: str | None) -> None:
    assert achieve(actual=a, target=t, external_factor=factor).rate == achieve(actual=a, target=t).rate


@given(figures, figures, figures, st.integers(0, 6))
@example(D("7.995"), D(10), D(0), 1)
def test_rounding_decides_as_the_exact_fraction_does(a: D, t: D, b: D, decimals: int) -> None:
    assume(t != b)
    rated = achieve(actual=a, target=t, baseline=b, formula=Formula.FROM_BASELINE)
    exact = Fraction(a - b) / Fraction(t - b) * 100
    scaled = abs(exact) * 10**decimals
    rounded = int(scaled + Fraction(1, 2))
    expected = D(rounded if exact > 0 else -rounded).scaleb(-decimals)
    assert D(rated.rate_shown(decimals).replace("△", "-")) == expected


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 200))
def test_the_rate_meets_a_threshold_exactly_when_the_fraction_does(a: int, t: int, threshold: int) -> None:
    rated = achieve(actual=D(a), target=D(t), direction=Direction.UP)
    assert rated.rate is not None
    assert (rated.rate >= threshold) == (a * 100 >= threshold * t)
