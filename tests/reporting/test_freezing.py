"""What a frozen value holds, and how it is held against what the records say now."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaikaku.core.errors import RuleViolation
from kaikaku.reporting.freezing import Altered, Content, Held, compare, digest, plain, read_content, rounded

PARTS = st.none() | st.decimals(min_value=-(10**9), max_value=10**9, places=4)
RECORDS = st.dictionaries(st.text(min_size=1, max_size=8), PARTS, max_size=12)


def content(records: dict[str, Decimal | None], value: Decimal | None = Decimal(1)) -> Content:
    held = tuple(Held(key, part, f"記録{key}") for key, part in records.items())
    return Content("bpr.hours", {"tool": "rpa"}, 2024, "時間", value, records=held)


def test_the_canonical_form_is_what_it_is() -> None:
    frozen = content({"b": Decimal("2.50"), "a": None}, Decimal("1E+3"))
    assert frozen.canonical() == (
        '{"computed_from":"","cumulative_from":null,"fiscal_year":2024,"metric":"bpr.hours",'
        '"options":{"tool":"rpa"},"reason":"","records":[["a",null,"記録a",""],["b","2.5","記録b",""]],'
        '"unit":"時間","value":"1000"}'
    )


def test_zeros_after_the_point_and_blank_options_do_not_count() -> None:
    one = Content("m", {"tool": ""}, 2024, "件", Decimal("71.50"))
    other = Content("m", {}, 2024, "件", Decimal("71.5"))
    assert digest(one.canonical()) == digest(other.canonical())


@given(RECORDS, st.randoms())
def test_the_order_of_the_records_does_not_count(records: dict[str, Decimal | None], chance) -> None:
    keys = list(records)
    chance.shuffle(keys)
    mixed = {key: records[key] for key in keys}
    assert content(records).canonical() == content(mixed).canonical()


@given(RECORDS, PARTS)
def test_what_was_frozen_is_read_back_whole(
    records: dict[str, Decimal | None], value: Decimal | None
) -> None:
    frozen = content(records, value)
    again = read_content(frozen.canonical())
    assert again.canonical() == frozen.canonical()
    assert not compare(frozen, again)


@given(RECORDS, RECORDS)
def test_the_differences_lead_from_then_to_now(
    then: dict[str, Decimal | None], now: dict[str, Decimal | None]
) -> None:
    found = compare(content(then), content(now))
    after = {key: part for key, part in then.items() if key not in {one.key for one in found.gone}}
    after |= {one.key: one.contribution for one in found.added}
    after |= {one.key: one.new for one in found.altered}
    assert after == now


@given(RECORDS, RECORDS)
def test_every_record_is_told_of_at_most_once(
    then: dict[str, Decimal | None], now: dict[str, Decimal | None]
) -> None:
    keys = compare(content(then), content(now)).keys
    assert len(keys) == len(set(keys))


def test_added_gone_and_altered_are_told_apart() -> None:
    then = content({"a": Decimal(1), "b": Decimal(2), "c": None}, Decimal(3))
    now = content({"b": Decimal(5), "c": None, "d": Decimal(1)}, Decimal(6))
    found = compare(then, now)
    assert [one.key for one in found.added] == ["d"]
    assert [one.key for one in found.gone] == ["a"]
    assert found.altered == (Altered("b", "記録b", Decimal(2), Decimal(5)),)
    assert (found.old, found.new, found.value_differs) == (Decimal(3), Decimal(6), True)


def test_a_record_that_is_only_renamed_has_not_changed() -> None:
    then = Content("m", {}, 2024, "件", Decimal(1), records=(Held("a", Decimal(1), "旧"),))
    now = Content("m", {}, 2024, "件", Decimal(1), records=(Held("a", Decimal("1.0"), "新"),))
    assert not compare(then, now)


def test_a_change_that_leaves_the_value_alone_is_still_a_change() -> None:
    found = compare(content({"a": Decimal(1)}), content({"b": Decimal(1)}))
    assert found
    assert not found.value_differs


def test_a_record_counted_twice_is_refused_by_name() -> None:
    twice = (Held("a", Decimal(1), "受付の自動化"), Held("a", Decimal(1), "受付の自動化"))
    with pytest.raises(RuleViolation, match="受付の自動化"):
        Content("m", {}, 2024, "件", Decimal(2), records=twice)


def test_numbers_are_written_without_exponents() -> None:
    assert [plain(Decimal(text)) for text in ("1E+3", "0.00", "-0.0", "12.340")] == [
        "1000",
        "0",
        "0",
        "12.34",
    ]


def test_values_are_rounded_half_up_by_magnitude() -> None:
    assert rounded(Decimal("0.05"), 1) == Decimal("0.1")
    assert rounded(Decimal("-0.05"), 1) == Decimal("-0.1")
