"""Numbers in print."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaikaku.core.numerals import parse_number, read_sign, shifted, show_number, unlatex


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("０", "0"),
        ("1,743", "1743"),
        ("△1,743億", "-174300000000"),
        ("▲ 19,761", "-19761"),
        ("3,318万", "33180000"),
        ("66億150万3千", "6601503000"),
        ("5億6,504万4千", "565044000"),
        ("11億  265万6千", "1102656000"),
        ("158億9,593万", "15895930000"),
        ("6億2890万", "628900000"),
        ("1兆743億", "1074300000000"),
        ("7万5,209", "75209"),
        ("1.5億", "150000000"),
        ("1.2百万", "1200000"),
        ("12百万", "12000000"),
        ("千万", "10000000"),
        ("56・3", "56.3"),
        ("９２．５", "92.5"),
        ("1，234", "1234"),
        ("-33.5", "-33.5"),
        ("−33.5", "-33.5"),
        ("+13", "13"),
        ("二〇二五", "2025"),
        ("二千二十五", "2025"),
        ("百二十三万四千五百六十七", "1234567"),
        ("十", "10"),
        ("100.0", "100.0"),
        (r"$\triangle 1,743$ 億", "-174300000000"),
    ],
)
def test_a_printed_number_is_read_exactly(text: str, value: str) -> None:
    number = parse_number(text)
    assert number == Decimal(value)
    assert str(number) == value


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "—", "万", "令", "1.5億300万", "1億20000万", "1億1億", "5万3億", "3百5千", "1,23",
        "1234,567", "555,4229,622565,044", "014", "00", "1..2", "1.2.3", "- 5", "ー5", "△△5", "+-5", "1 3",
        "1/3", "5%", "(1,234)", "9" * 25, "1e5", "１２ａ", "三分の一", "一二十",
    ],
)  # fmt: skip
def test_what_is_no_number_to_the_last_character_is_none(text: str) -> None:
    assert parse_number(text) is None


def test_a_dash_is_a_minus_only_when_a_digit_follows_at_once() -> None:
    assert [read_sign(t) for t in ("-5", "- 5", "△ 5", "+ 5", "5", "−5")] == [
        (-1, 1), (0, 0), (-1, 2), (1, 2), (0, 0), (-1, 1),
    ]  # fmt: skip


DECIMALS = st.decimals(
    min_value=-(10**15), max_value=10**15, allow_nan=False, allow_infinity=False, places=3
) | st.integers(-(10**18), 10**18).map(Decimal)


@given(DECIMALS, st.sampled_from(["△", "▲", "-", "−"]))
def test_a_shown_number_is_read_back_exactly(value: Decimal, minus: str) -> None:
    assert parse_number(show_number(value, minus=minus)) == value


@given(st.integers(0, 10**16 - 1))
def test_a_number_in_groups_of_ten_thousand_is_read_exactly(value: int) -> None:
    rest, shown = value, ""
    for name, size in (("兆", 10**12), ("億", 10**8), ("万", 10**4)):
        if rest >= size:
            shown += f"{rest // size:,}{name}"
        rest %= size
    shown += f"{rest:,}" if rest or not shown else ""
    assert parse_number(shown) == value


@given(st.text("0123456789,.・億万千百十兆△▲+-−一二三〇 ", max_size=14))
def test_reading_never_fails_and_showing_what_was_read_is_stable(text: str) -> None:
    value = parse_number(text)
    if value is not None:
        assert value.is_finite()
        assert parse_number(show_number(value)) == value


@given(st.text(max_size=30))
def test_any_text_at_all_is_a_number_or_none(text: str) -> None:
    assert parse_number(text) is None or isinstance(parse_number(text), Decimal)


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        ("71.07", 1, "71.1"),
        ("0.05", 1, "0.1"),
        ("0.25", 1, "0.3"),
        ("0.35", 1, "0.4"),
        ("-1.43", 1, "△1.4"),
        ("-1.45", 1, "△1.5"),
        ("-0.04", 1, "0.0"),
        ("100", 1, "100.0"),
        ("1234567.5", 0, "1,234,568"),
        ("1E+3", None, "1,000"),
    ],
)
def test_rounding_is_half_up_by_magnitude(value: str, decimals: int | None, shown: str) -> None:
    assert show_number(Decimal(value), decimals) == shown


def test_formula_debris_keeps_every_position() -> None:
    text = r"県債 $\triangle 1,743$ 億円 \geq 80\%"
    assert len(unlatex(text)) == len(text)
    assert unlatex(text).split() == ["県債", "△", "1,743", "億円", "≧", "80", "%"]


@given(DECIMALS, st.sampled_from([0, 3, 4, 6, 8]))
def test_shifting_is_exact_and_writes_out_all_digits(value: Decimal, power: int) -> None:
    result = shifted(value, power)
    assert result == value * 10**power or len(str(value)) > 20
    assert "E" not in str(result)
