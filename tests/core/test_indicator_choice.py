"""Which formula is chosen, and which way an indicator points: each with its reason."""

from decimal import Decimal
from typing import Any

import pytest

from kaikaku.core.indicators import (
    Accumulation,
    Direction,
    Formula,
    Observation,
    choose_formula,
    infer_direction,
)

D = Decimal


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
