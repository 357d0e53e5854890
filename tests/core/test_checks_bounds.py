"""What a figure cannot be."""

import pytest
from tests.core.checking import D, find, message, past

from kaikaku.core.checks import Part
from kaikaku.core.indicators import Accumulation


def test_another_unit_is_stopped() -> None:
    finding = find("unit_differs", raw="16人", unit="件")
    assert finding is not None
    assert (finding.level, finding.found, finding.expected) == ("E", "人", "件")


@pytest.mark.parametrize(
    ("raw", "unit"),
    [
        ("16", "件"),
        ("16件数", "件"),
        ("75.6億円", "百万円"),
        ("５割", "%"),
        ("16名", "人"),
        ("16", None),
        ("16人", "人・%"),
    ],
)
def test_the_same_unit_in_another_spelling_or_scale_is_no_other_unit(raw: str, unit: str | None) -> None:
    assert find("unit_differs", raw=raw, unit=unit) is None


def test_letters_among_digits_are_named() -> None:
    assert "英字の「O」" in message("unit_differs", raw="1OO", unit="%")


def test_hours_and_minutes_are_not_read_as_hours() -> None:
    finding = find("unit_differs", raw="424時間44分", unit="時間")
    assert finding is not None
    assert (finding.found, finding.expected) == ("時間と分", "時間")


def test_a_unit_that_changed_since_last_year_is_stopped() -> None:
    finding = find("unit_differs", raw="16", unit="件", previous_unit="人")
    assert finding is not None
    assert finding.field == "unit"
    assert find("unit_differs", raw="16", unit="千円", previous_unit="百万円") is None


def test_a_year_outside_the_window_is_stopped() -> None:
    finding = find("year_outside", raw="16", fiscal_year=2020, window=(2021, 2024))
    assert finding is not None
    assert finding.message == (
        "令和2年度の値が入力されていますが、報告できるのは令和3年度から令和6年度までです。"
        "年度を確かめて、その年度の値を入力してください。"
    )


@pytest.mark.parametrize("year", [2021, 2024])
def test_both_ends_of_the_window_belong_to_it(year: int) -> None:
    assert find("year_outside", raw="16", fiscal_year=year, window=(2021, 2024)) is None


def test_a_year_written_beside_the_value_is_held_against_the_window_too() -> None:
    finding = find("year_outside", raw="100%(R7)", fiscal_year=2024, window=(2024, 2024))
    assert finding is not None
    assert (finding.found, finding.expected) == ("令和7年度", "令和6年度")


def test_the_year_of_the_value_may_be_another_than_that_of_its_column() -> None:
    # 山形県 prints 「100%(R7)」 in the column R6目標値
    finding = find("other_year", raw="100%(R7)", unit="%")
    assert finding is not None
    assert (finding.level, finding.found, finding.expected) == ("W", "令和7年度", "令和6年度")
    assert find("other_year", raw="100%(R6)", unit="%") is None
    assert find("other_year", raw="100%", unit="%") is None


def test_more_successes_than_cases_are_stopped() -> None:
    finding = find("share_parts", unit="%", bounded=True, numerator=D(57), denominator=D(49))
    assert finding is not None
    assert finding.found == "57／49"
    assert "分子と分母を取り違えていないか" in finding.message


def test_49_of_57_is_a_share() -> None:
    # 岩手県 R2: B or better
    assert find("share_parts", unit="%", bounded=True, numerator=D(49), denominator=D(57)) is None


def test_a_share_of_nothing_asks_for_the_reason() -> None:
    assert "割合の分母が0" in message("share_parts", bounded=True, numerator=D(0), denominator=D(0))


def test_two_figures_that_are_no_share_may_stand_in_any_order() -> None:
    # 120 % of last year's
    assert find("share_parts", unit="%", numerator=D(120), denominator=D(100)) is None
    assert find("share_parts", unit="件", numerator=D(57), denominator=D(49)) is None


@pytest.mark.parametrize("raw", ["100.1", "△0.1", "95~105"])
def test_a_share_beyond_its_bounds_is_stopped(raw: str) -> None:
    assert find("share_bounds", raw=raw, unit="%", bounded=True) is not None


@pytest.mark.parametrize("raw", ["0", "100", "86.3"])
def test_a_share_may_reach_its_bounds(raw: str) -> None:
    assert find("share_bounds", raw=raw, unit="%", bounded=True) is None


def test_a_percentage_that_is_no_share_has_no_bounds() -> None:
    assert find("share_bounds", raw="488.2", unit="%") is None


def test_a_percentage_that_is_not_its_own_quotient_wants_a_reason() -> None:
    finding = find("share_recomputed", raw="68.0", unit="%", decimals=1, numerator=D(49), denominator=D(57))
    assert finding is not None
    assert finding.expected == "86%"


def test_a_percentage_rounded_either_way_is_its_own_quotient() -> None:
    # 153.8 ÷ 628.9 = 24.46, which 三田市 prints as 24.4
    for raw in ("24.4", "24.5"):
        facts = {"unit": "%", "decimals": 1, "numerator": D("153.8"), "denominator": D("628.9")}
        assert find("share_recomputed", raw=raw, **facts) is None


CUMULATIVE = {"unit": "億円", "accumulation": Accumulation.CUMULATIVE, "cumulative_from": 2021}


def test_a_sum_that_falls_is_stopped() -> None:
    # 山形県: 75.6億円 since R3
    finding = find("cumulative_falls", raw="38.2億円", past={2023: D(7_560_000_000)}, **CUMULATIVE)
    assert finding is not None
    assert (finding.found, finding.expected) == ("38.2億円", "75.6億円以上")


@pytest.mark.parametrize("raw", ["75.6億円", "98億円"])
def test_a_sum_may_stand_or_rise(raw: str) -> None:
    assert find("cumulative_falls", raw=raw, past={2023: D(7_560_000_000)}, **CUMULATIVE) is None


def test_a_new_window_begins_from_nothing() -> None:
    assert find("cumulative_falls", raw="3億円", past={2020: D(7_560_000_000)}, **CUMULATIVE) is None


def test_a_level_may_fall() -> None:
    stock = {"accumulation": Accumulation.STOCK}
    assert find("cumulative_falls", raw="3", past=past("5"), **stock) is None


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("120億円 (R3~R6年度累計)", Accumulation.FLOW),
        ("累計16件", Accumulation.FLOW),
        ("年間5件", Accumulation.CUMULATIVE),
        ("+5件", Accumulation.CUMULATIVE),
    ],
)
def test_sums_and_yearly_amounts_are_not_mixed(raw: str, kind: Accumulation) -> None:
    assert find("kinds_mixed", raw=raw, accumulation=kind) is not None


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("16件", Accumulation.FLOW),
        ("累計16件", Accumulation.CUMULATIVE),
        ("累計16件", Accumulation.STOCK),
        ("累計16件", None),
    ],
)
def test_a_value_of_its_own_kind_is_not_mixed(raw: str, kind: Accumulation | None) -> None:
    assert find("kinds_mixed", raw=raw, accumulation=kind) is None


def test_a_sum_from_another_year_is_another_sum() -> None:
    found = message("kinds_mixed", raw="120億円 (R3~R6年度累計)", **{**CUMULATIVE, "cumulative_from": 2019})
    assert "令和3年度からの累計と読めますが、この指標は令和元年度からの累計で" in found
    assert find("kinds_mixed", raw="120億円 (R3~R6年度累計)", **CUMULATIVE) is None


def parts(*values: str | None) -> tuple[Part, ...]:
    return tuple(Part(f"第{i}", None if v is None else D(v)) for i, v in enumerate(values, 1))


def test_a_total_that_is_not_its_parts_is_stopped() -> None:
    # 岩手県 R2: 36 + 13 + 4 + 2 + 2 = 57
    finding = find("total_of_parts", raw="56", unit="指標", parts=parts("36", "13", "4", "2", "2"))
    assert finding is not None
    assert (finding.found, finding.expected) == ("56指標", "57指標")
    assert find("total_of_parts", raw="57", unit="指標", parts=parts("36", "13", "4", "2", "2")) is None


def test_a_total_given_apart_is_the_one_compared() -> None:
    assert find("total_of_parts", raw="1", unit="件", total=D(5), parts=parts("2", "3")) is None


def test_nothing_is_said_of_a_total_while_a_part_is_unknown() -> None:
    assert find("total_of_parts", raw="56", unit="指標", parts=parts("36", None)) is None


def test_rounded_shares_need_not_add_up_to_the_last_place() -> None:
    # 福島市 prints 99.9 and leaves it so
    assert (
        find("total_of_parts", raw="100.0", unit="%", decimals=1, parts=parts("33.3", "33.3", "33.3")) is None
    )
    assert (
        find("total_of_parts", raw="100.0", unit="%", decimals=1, parts=parts("33.3", "33.3", "32.3"))
        is not None
    )


def test_money_rounded_to_thousands_may_be_off_by_a_thousand_but_counts_by_nothing() -> None:
    thousands = parts("1000", "2000", "3000")
    assert find("total_of_parts", raw="7", unit="千円", parts=thousands) is None
    assert find("total_of_parts", raw="9", unit="千円", parts=thousands) is not None
    assert find("total_of_parts", raw="7", unit="件", parts=parts("1", "2", "3")) is not None
