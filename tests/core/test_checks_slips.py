"""Slips of the hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.checking import D, find, message, past

from kaikaku.core.checks import DEFAULT, Part, Policy
from kaikaku.core.checks.slips import are_swapped
from kaikaku.core.indicators import Direction


@pytest.mark.parametrize(
    ("raw", "unit", "before", "hint"),
    [
        ("7,560", "千円", "7300000000", "「百万円」の数を「千円」の欄に"),
        ("7,560,000", "百万円", "7300000000", "「千円」の数を「百万円」の欄に"),
        ("7,560,000,000", "千円", "7300000000", "「円」の数を「千円」の欄に"),
        ("33,180,000", "万枚", "33500000", "「枚」の数を「万枚」の欄に"),
        ("3,318", "枚", "33500000", "「万枚」の数を「枚」の欄に"),
        ("0.863", "%", "84.1", "割合（0.863）と百分率（86.3%）"),
        ("163", "件", "16", "0の数と小数点の位置"),
        ("16,300", "枚", "16", "前年度の値が「千枚」の数のまま"),
    ],
)
def test_a_slip_of_the_unit_is_named(raw: str, unit: str, before: str, hint: str) -> None:
    assert hint in message("magnitude", raw=raw, unit=unit, past={2023: D(before)})


def test_the_message_says_both_values_and_how_far_apart_they_are() -> None:
    assert message("magnitude", raw="3,318", unit="枚", past={2023: D(33500000)}) == (
        "3,318枚は、令和5年度の33,500,000枚の約10,096.4分の1です。"
        "「万枚」の数を「枚」の欄に入力していないか確かめてください。"
        "正しい値であれば、その理由を入力してください。"
    )


@pytest.mark.parametrize("raw", ["24", "60", "30", "5"])
def test_growth_between_the_factors_is_no_slip_of_the_unit(raw: str) -> None:
    assert find("magnitude", raw=raw, unit="件", past={2023: D(16)}) is None


@pytest.mark.parametrize("raw", ["0", "16"])
def test_from_or_to_zero_there_is_no_factor(raw: str) -> None:
    assert find("magnitude", raw=raw, unit="件", past={2023: D(0)}) is None


def test_without_a_past_the_baseline_is_compared() -> None:
    # 山形県: Web会議 319回(R1), 8,526回(R4) is 26.7 times and no power of ten
    assert find("magnitude", raw="8,526", unit="回", baseline=D(319)) is None
    assert "基準値の319回の約9.4倍" in message("magnitude", raw="3,000", unit="回", baseline=D(319))


def test_the_factors_are_the_editions() -> None:
    policy = Policy.from_json({"magnitude": {"factors": ["26"], "tolerance": "5"}})
    assert find("magnitude", policy=policy, raw="8,526", unit="回", baseline=D(319)) is not None
    assert find("magnitude", policy=policy, raw="3,190", unit="回", baseline=D(319)) is None


def test_two_swapped_digits_of_last_years_value_want_a_look() -> None:
    finding = find("swapped_digits", raw="3,381", unit="万枚", past={2023: D(33180000)})
    assert finding is not None
    assert (finding.found, finding.expected) == ("3,381万枚", "令和5年度は3,318万枚")


def test_swapped_digits_of_the_share_are_seen_from_its_parts() -> None:
    facts = {"unit": "%", "decimals": 1, "numerator": D(107), "denominator": D(124)}
    assert "分子÷分母の86.3%" in message("swapped_digits", raw="83.6", **facts)
    assert find("swapped_digits", raw="86.3", **facts) is None


def test_swapped_digits_of_a_total_are_seen_from_its_parts() -> None:
    addends = (Part("知事部局", D(1200)), Part("企業局", D(43)))
    assert "内訳の合計の1,243件" in message("swapped_digits", raw="1,234", unit="件", parts=addends)


@pytest.mark.parametrize("raw", ["3,318", "3,327", "3,183", "8,133", "3,831"])
def test_equal_other_or_distant_numbers_are_no_swap(raw: str) -> None:
    # 3,327 is 9 away, and 3,183 swapped but too far; neither is a slip of two fingers
    found = find("swapped_digits", raw=raw, unit="件", past={2023: D(3318)}, policy=_close("4"))
    assert found is None


def _close(percent: str) -> Policy:
    return Policy.from_json({"swapped_digits": {"close": percent}})


@given(
    st.decimals(-(10**9), 10**9, places=2, allow_nan=False),
    st.decimals(-(10**9), 10**9, places=2, allow_nan=False),
)
def test_swapping_is_symmetric_and_always_divisible_by_nine(one: Decimal, other: Decimal) -> None:
    assert are_swapped(one, other) == are_swapped(other, one)
    if are_swapped(one, other):
        assert int((one - other) * 100) % 9 == 0


@given(st.integers(10, 10**12), st.data())
def test_every_swap_of_two_unlike_neighbours_is_recognised(number: int, data: st.DataObject) -> None:
    digits = list(str(number))
    i = data.draw(st.integers(0, len(digits) - 2))
    digits[i], digits[i + 1] = digits[i + 1], digits[i]
    swapped = "".join(digits)
    if swapped != str(number) and not swapped.startswith("0"):
        assert are_swapped(D(number), D(swapped))


def test_a_lost_triangle_is_seen() -> None:
    facts = {"unit": "億円", "past": past("-17000000000", "-17430000000")}
    assert "△の付け忘れ" in message("sign_differs", raw="1,743億円", **facts)
    assert find("sign_differs", raw="△1,743億円", **facts) is None


def test_a_reduction_typed_as_minus_is_seen_from_the_target() -> None:
    assert "目標値やこれまでの値は正の数です" in message(
        "sign_differs", raw="10.5%減", unit="%", target=D(10)
    )
    assert find("sign_differs", raw="10.5%", unit="%", target=D(10)) is None


def test_a_minus_without_any_other_value_is_held_against_the_direction() -> None:
    assert find("sign_differs", raw="△5", unit="件", direction=Direction.UP) is not None
    assert find("sign_differs", raw="△5", unit="件", direction=Direction.DOWN) is None
    assert find("sign_differs", raw="△5", unit="件") is None


def test_a_series_that_crosses_zero_may_have_either_sign() -> None:
    assert find("sign_differs", raw="△5", unit="件", past=past("3", "-2")) is None


def test_last_years_value_once_more_wants_a_reason() -> None:
    assert "令和5年度の実績値とまったく同じ" in message(
        "equals_last_year", raw="16", unit="件", past=past("16")
    )
    assert find("equals_last_year", raw="17", unit="件", past=past("16")) is None
    assert find("equals_last_year", raw="16", unit="件", past={}) is None


def test_zeros_of_the_database_do_not_make_a_value_another() -> None:
    assert find("equals_last_year", raw="16", unit="件", past=past("16.0000000000")) is not None


def test_the_target_itself_wants_a_reason() -> None:
    assert "目標値とまったく同じ" in message("equals_target", raw="240", unit="回", target=D(240))
    assert "最終目標値と" in message(
        "equals_target", raw="300", unit="回", target=D(240), final_target=D(300)
    )
    assert find("equals_target", raw="705", unit="回", target=D(240)) is None


def test_the_baseline_itself_wants_a_reason() -> None:
    assert find("equals_baseline", raw="16.7", unit="%", baseline=D("16.7"), baseline_year=2019) is not None
    assert find("equals_baseline", raw="86.3", unit="%", baseline=D("16.7"), baseline_year=2019) is None


def test_in_the_year_of_the_baseline_the_value_is_the_baseline() -> None:
    assert find("equals_baseline", raw="16.7", unit="%", baseline=D("16.7"), baseline_year=2024) is None


@pytest.mark.parametrize(
    "facts",
    [
        {"raw": "100", "unit": "%", "bounded": True},
        {"raw": "0", "unit": "人", "direction": Direction.DOWN},
        {"raw": "16", "unit": "件", "direction": Direction.MAINTAIN_MIN},
    ],
)
def test_a_value_that_rests_where_it_should_is_no_copy(facts: dict[str, object]) -> None:
    value = D(str(facts["raw"]))
    for check in ("equals_last_year", "equals_target", "equals_baseline"):
        assert find(check, past={2023: value}, target=value, baseline=value, **facts) is None


def test_the_default_policy_has_all_of_this_on() -> None:
    assert all(setting.on for setting in DEFAULT.settings.values())
