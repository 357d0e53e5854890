"""Achievement rates: published figures reproduced; each formula at its edges."""

from decimal import Decimal
from typing import Any

import pytest

from kaikaku.core.errors import RuleViolation
from kaikaku.core.indicators import (
    REASONS,
    Direction,
    Formula,
    Outcome,
    achieve,
    reason_of_sign,
    round_half_up,
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


def test_a_ratio_printed_with_two_digits_is_reproduced() -> None:
    # conventions.md §4: 47.4 of 50.0 printed as 0.95
    rated = achieve(actual=D("47.4"), target=D("50.0"), formula=Formula.RATIO)
    assert rated.rate is not None
    assert round_half_up(rated.rate / 100, decimals=2) == D("0.95")


def test_simple_ratios_are_neither_capped_nor_floored() -> None:
    # conventions.md §4: 193.2, 120.0 and 0.0 stand in published tables
    for actual, expected in (("193.2", "193.2"), ("120", "120.0"), ("0", "0.0"), ("9.6", "9.6")):
        assert achieve(actual=D(actual), target=D(100), formula=Formula.RATIO).rate_shown() == expected


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


@pytest.mark.parametrize(
    ("sign", "code"),
    [
        ("counting", "not_published_yet"),
        ("not_published", "not_published_yet"),
        ("not_measurable", "other"),
        ("hard_to_assess", "other"),
        ("dash", "no_actual"),
        ("empty", "no_actual"),
        (None, "no_actual"),
        ("survey_cancelled", "survey_cancelled"),
    ],
)
def test_a_sign_in_place_of_an_actual_is_told_apart(sign: str | None, code: str) -> None:
    assert reason_of_sign(sign, "集計中")[0] == code
