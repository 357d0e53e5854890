"""What a kind's metrics may say, and what they are told when they say something else."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaikaku.core.errors import RuleViolation
from kaikaku.ledgers.expression_reader import read_expression
from kaikaku.ledgers.expressions import Known, Sort, Year

FIELDS = {
    "name": Known(Sort.TEXT),
    "online": Known(Sort.CHOICE, ("yes", "no", "planned")),
    "basis": Known(Sort.CHOICE, ("law", "ordinance")),
    "analog": Known(Sort.CHOICES, ("seal", "paper", "visit")),
    "cases": Known(Sort.NUMBER),
    "signed_on": Known(Sort.DATE),
    "ended_on": Known(Sort.DATE),
    "for_year": Known(Sort.YEAR),
}
YEAR = Year(2022)


def value(text: str, *records: dict[str, Any]) -> Decimal | None:
    return read_expression(text, FIELDS).measure(enumerate(records), YEAR).value


def test_yamagatas_share_of_procedures_online_comes_out_of_records() -> None:
    under_ordinance = [{"basis": "ordinance", "online": "yes"}] * 143
    under_ordinance += [{"basis": "ordinance", "online": "no"}] * 57
    others = [{"basis": "law", "online": "no"}] * 30
    said = value('share(online == "yes", of=basis == "ordinance")', *under_ordinance, *others)
    assert said == Decimal("71.5")


def test_aomoris_agreements_are_five_new_and_sixteen_at_the_years_end() -> None:
    old = [{"signed_on": date(2018 + n % 4, 6, 1)} for n in range(11)]
    new = [{"signed_on": date(2022, 5 + n, 1)} for n in range(5)]
    gone = [{"signed_on": date(2015, 4, 1), "ended_on": date(2023, 3, 30)}]
    records = [*old, *new, *gone]
    assert value("count(in_year(signed_on))", *records) == 5
    assert value("count(standing(signed_on, ended_on))", *records) == 16


def test_what_ends_on_the_last_day_of_the_year_still_stands() -> None:
    last_day = {"signed_on": date(2020, 4, 1), "ended_on": date(2023, 3, 31)}
    assert value("count(standing(signed_on, ended_on))", last_day) == 1


def test_a_sum_leaves_out_records_without_a_number() -> None:
    assert value("sum(cases)", {"cases": Decimal("1.5")}, {"cases": None}, {}) == Decimal("1.5")


def test_a_sum_of_nothing_is_nought_but_a_mean_of_nothing_is_not_known() -> None:
    assert value("sum(cases)") == 0
    counted = read_expression("mean(cases)", FIELDS).measure([], YEAR)
    assert counted.value is None
    assert counted.reason == "値のある記録がないため、平均を計算できません。"


def test_a_share_of_nothing_is_not_known() -> None:
    assert value('share(online == "yes")') is None


def test_a_mean_is_exact() -> None:
    assert value("mean(cases)", {"cases": Decimal(1)}, {"cases": Decimal(2)}) == Decimal("1.5")


def test_every_counted_record_says_its_part() -> None:
    counted = read_expression('share(online == "yes")', FIELDS).measure(
        [(7, {"online": "yes"}), (9, {"online": "no"})], YEAR
    )
    assert counted.parts == ((7, Decimal(1)), (9, Decimal(0)))


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("count(True)", 4),
        ("count()", 4),
        ('count(online == "yes")', 1),
        ('count(online != "yes")', 2),
        ("count(blank(online))", 1),
        ("count(not blank(online))", 3),
        ('count(online in ["yes", "planned"])', 2),
        ('count(online not in ["yes", "planned"])', 1),
        ("count(cases >= 10)", 2),
        ("count(cases < 10)", 1),
        ("count(cases == 2.5)", 1),
        ("count(cases > -1 and cases < 100)", 2),
        ('count(online == "yes" or cases == 2.5)', 2),
        ('count(analog == "seal")', 2),
        ('count(analog in ["visit"])', 1),
        ('count(signed_on < "2022-04-01")', 1),
        ("count(in_year(for_year))", 1),
        ("count(for_year == year)", 1),
        ("count(for_year <= year)", 2),
        ('count(name == "協定")', 1),
    ],
)
def test_conditions_pick_the_records(text: str, counted: int) -> None:
    records = [
        {"online": "yes", "cases": Decimal(10), "analog": ["seal", "visit"], "for_year": 2022},
        {"online": "no", "cases": Decimal("2.5"), "signed_on": date(2021, 4, 1), "for_year": 2021},
        {"online": "planned", "cases": Decimal(100), "analog": ["seal"], "for_year": 2023},
        {"online": None, "cases": None, "analog": [], "signed_on": date(2022, 4, 1), "name": "協定"},
    ]
    assert value(text, *records) == counted


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("", 1, "読み取れません"),
        ("count(", 6, "読み取れません"),
        ("1 + 1", 1, "count(条件)"),
        ("median(cases)", 1, "count(条件)"),
        ("__import__('os').system('true')", 1, "count(条件)"),
        ("count(online.upper() == 'yes')", 7, "項目の記号"),
        ("count(onlien == 'yes')", 7, "「online」のことですか"),
        ("count(zzz == 'yes')", 7, "使えるのは、name、online"),
        ("count(online == 'maybe')", 17, "「maybe」という選択肢はありません"),
        ("count(online > 'yes')", 7, "大小を比べられません"),
        ("count(cases == 'ten')", 16, "120 のように"),
        ("count(cases == True)", 16, "120 のように"),
        ("count(signed_on > '来年')", 19, "2026-04-01"),
        ("count(1 < cases < 5)", 7, "1つずつ"),
        ("count(online is 'yes')", 7, "使える記号"),
        ("count(online in 'yes')", 17, "並べて"),
        ("count(online in [])", 17, "並べて"),
        ("count(lambda: 1)", 7, "blank(項目)"),
        ("count([x for x in name])", 7, "blank(項目)"),
        ("count(blank(online, name))", 7, "blank(項目)の形"),
        ("count(in_year(cases))", 15, "日付か年度"),
        ("count(standing(signed_on))", 7, "standing("),
        ("count(online == 'yes', cases > 1)", 1, "count(条件)の形"),
        ("count(online == 'yes', of=cases > 1)", 27, "「of=」は使えません"),
        ("share()", 1, "share(条件, of=条件)"),
        ("sum()", 1, "sum(項目, 条件)"),
        ("sum(name)", 5, "数の項目"),
        ("sum(cases, *name)", 12, "blank(項目)"),
        ("count(name == '件' and zzz == 1)", 23, "「zzz」という項目はありません"),
    ],
)
def test_what_may_not_stand_there_is_told_with_its_place(text: str, column: int, words: str) -> None:
    with pytest.raises(RuleViolation, match=re.escape(words)) as refused:
        read_expression(text, FIELDS)
    if words != "読み取れません":
        assert refused.value.data["column"] == column


def test_an_endless_expression_is_refused() -> None:
    with pytest.raises(RuleViolation, match="長すぎます"):
        read_expression("count(" + "not " * 300 + "blank(name))", FIELDS)


def test_an_expression_knows_the_fields_it_needs() -> None:
    read = read_expression('sum(cases, online == "yes" and in_year(signed_on))', FIELDS)
    assert read.fields == {"cases", "online", "signed_on"}


@given(
    text=st.text(
        alphabet=st.sampled_from(list('count(share=of,"yes" online basis[]1.<>!&|not and or)')), max_size=60
    )
)
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    try:
        read_expression(text, FIELDS).measure([(1, {"online": "yes"})], YEAR)
    except RuleViolation as refused:
        assert refused.message.endswith("。")  # noqa: PT017 - whatever it is, it must be a sentence


@given(text=st.text(max_size=60))
def test_text_of_any_kind_is_read_or_refused(text: str) -> None:
    try:
        read_expression(f"count({text})", FIELDS).measure([(1, {})], YEAR)
    except RuleViolation as refused:
        assert refused.message.endswith("。")  # noqa: PT017


def test_fields_are_added_and_a_blank_one_adds_nothing() -> None:
    known = {"lease": Known(Sort.NUMBER), "advertising": Known(Sort.NUMBER)}
    both = read_expression("sum(lease + advertising)", known)
    rows = [(1, {"lease": Decimal(3), "advertising": Decimal(4)}), (2, {"lease": Decimal(5)}), (3, {})]
    found = both.measure(rows, Year(2025))
    assert found.value == 12
    assert found.parts == ((1, Decimal(7)), (2, Decimal(5)))


def test_a_ratio_divides_one_number_by_another_over_all_records() -> None:
    known = {"users": Known(Sort.NUMBER), "staff": Known(Sort.NUMBER)}
    ratio = read_expression("ratio(users, staff)", known)
    rows = [(1, {"users": Decimal(1), "staff": Decimal(3)}), (2, {"users": Decimal(2), "staff": Decimal(5)})]
    assert ratio.measure(rows, Year(2025)).value == Decimal("37.5")
    nothing = ratio.measure([(1, {"users": Decimal(1)})], Year(2025))
    assert nothing.value is None
    assert nothing.reason == "割合のもとになる数がありません。"


def test_a_day_is_reached_by_the_last_day_of_the_year() -> None:
    reached = read_expression("count(reached(day))", {"day": Known(Sort.DATE)})
    rows = [(1, {"day": date(2026, 3, 31)}), (2, {"day": date(2026, 4, 1)}), (3, {})]
    assert [reached.measure(rows, Year(year)).value for year in (2024, 2025, 2026)] == [0, 1, 2]


def test_a_fiscal_year_is_reached_as_a_day_is() -> None:
    reached = read_expression("count(reached(since))", {"since": Known(Sort.YEAR)})
    assert [reached.measure([(1, {"since": 2025})], Year(year)).value for year in (2024, 2025)] == [0, 1]


@pytest.mark.parametrize(
    ("text", "timed"),
    [("count(in_year(day))", True), ("count(number == 1)", False), ("count(since == year)", True)],
)
def test_an_expression_knows_whether_it_asks_for_the_year(text: str, timed: bool) -> None:
    known = {"day": Known(Sort.DATE), "number": Known(Sort.NUMBER), "since": Known(Sort.YEAR)}
    assert read_expression(text, known).timed is timed
