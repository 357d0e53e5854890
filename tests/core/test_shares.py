"""Shares of a whole: the printed tables they must reproduce, and what always holds."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaikaku.core.errors import RuleViolation
from kaikaku.core.shares import close, share

# 岩手県, 行政経営プラン 令和2年度実績 概要版: counts and the shares it printed
IWATE = [
    ([15, 3, 0, 0, 0], "83.3 16.7 0.0 0.0 0.0"),
    ([1, 5, 0, 0, 0], "16.7 83.3 0.0 0.0 0.0"),
    ([3, 4, 0, 2, 0], "33.3 44.5 0.0 22.2 0.0"),
    ([17, 1, 1, 3, 2], "70.8 4.2 4.2 12.5 8.3"),
    ([36, 13, 1, 5, 2], "63.2 22.8 1.7 8.8 3.5"),
]


def printed(shares: tuple[Decimal, ...]) -> str:
    return " ".join(str(s) for s in shares)


@pytest.mark.parametrize(("counts", "expected"), IWATE)
def test_largest_remainder_reproduces_every_row_of_iwates_table(counts: list[int], expected: str) -> None:
    assert printed(close(counts)) == expected


def test_half_up_would_miss_two_of_iwates_rows() -> None:
    assert printed(close([3, 4, 0, 2, 0], method="none")) == "33.3 44.4 0.0 22.2 0.0"
    assert printed(close([36, 13, 1, 5, 2], method="none")) == "63.2 22.8 1.8 8.8 3.5"


def test_adjusting_the_largest_item_would_miss_iwates_last_row() -> None:
    assert printed(close([36, 13, 1, 5, 2], method="largest_item")) == "63.1 22.8 1.8 8.8 3.5"


def test_the_largest_item_absorbs_what_rounding_left() -> None:
    # 44 of 81 printed as 54.4: 54.32 and the 0.1 that the other two lost
    assert printed(close([44, 10, 27], method="largest_item"))[:4] == "54.4"


def test_shares_left_as_rounded_may_miss_a_hundred() -> None:
    assert sum(close([1, 1, 1], method="none")) == Decimal("99.9")


def test_a_tie_goes_to_the_bigger_count_and_then_to_the_earlier_one() -> None:
    assert printed(close([1, 1, 1])) == "33.4 33.3 33.3"
    # 1/16 and 7/16 have equal remainders at 0.1
    assert printed(close([1, 8, 7], places=1)) == "6.2 50.0 43.8"


def test_halves_round_up_and_not_to_even() -> None:
    assert share(1, 16) == Decimal("6.3")
    assert share(1, 800, places=1) == Decimal("0.1")


def test_shares_of_part_of_a_whole_close_to_the_rounded_share_of_their_sum() -> None:
    assert sum(close([16, 2], total=57)) == share(18, 57)


def test_iwates_49_of_57_is_86_0() -> None:
    assert str(share(49, 57)) == "86.0"


def test_no_counts_have_no_shares() -> None:
    assert close([]) == ()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"counts": [0, 0]}, "empty_total"),
        ({"counts": [1, -1]}, "negative_count"),
        ({"counts": [3, 4], "total": 6}, "total_below_sum"),
        ({"counts": [1], "method": "round"}, "unknown_method"),
        ({"counts": [1], "places": -1}, "negative_places"),
    ],
)
def test_what_cannot_be_shared_is_refused_with_a_sentence(arguments: dict[str, object], code: str) -> None:
    counts = arguments.pop("counts")
    with pytest.raises(RuleViolation) as refused:
        close(counts, **arguments)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert str(refused.value).endswith("。")


rows = st.lists(st.integers(0, 10_000), min_size=1, max_size=12).filter(any)


@given(rows, st.integers(0, 4), st.sampled_from(["largest_remainder", "largest_item"]))
def test_a_closed_row_always_adds_to_exactly_a_hundred(counts: list[int], places: int, method: str) -> None:
    assert sum(close(counts, places=places, method=method)) == 100


@given(rows)
def test_largest_remainder_never_moves_a_share_by_a_whole_unit(counts: list[int]) -> None:
    for count, one in zip(counts, close(counts), strict=True):
        assert abs(one * sum(counts) - 100 * count) < Decimal("0.1") * sum(counts)


@given(rows)
def test_a_bigger_count_never_gets_a_smaller_share(counts: list[int]) -> None:
    pairs = sorted(zip(counts, close(counts), strict=True))
    assert [s for _, s in pairs] == sorted(s for _, s in pairs)


@given(rows)
def test_nothing_counted_is_nothing_printed(counts: list[int]) -> None:
    assert all(one == 0 for count, one in zip(counts, close(counts), strict=True) if count == 0)
