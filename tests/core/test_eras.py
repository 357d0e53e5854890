"""Years, periods and dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaikaku.core.eras import (
    PartialDate,
    find_dates,
    find_years,
    fiscal_year_of,
    parse_date,
    parse_fiscal_year,
    parse_partial_date,
    parse_period,
    parse_year,
    show_date,
    show_fiscal_year,
)


@pytest.mark.parametrize(
    ("text", "western", "fiscal"),
    [
        ("令和8年度", 2026, True),
        ("R4", 2022, True),
        ("Ｈ３０", 2018, True),
        ("R元", 2019, True),
        ("令和元年度", 2019, True),
        ("令和元年", 2019, False),
        ("平成32年度", 2020, True),
        ("平成36年", 2024, False),
        ("㋿8年度", 2026, True),
        ("令和六年度", 2024, True),
        ("令和二十年", 2038, False),
        ("平成28年(2016)", 2016, False),
        ("2021(令和3)年度", 2021, True),
        ("平成31(令和1)年度", 2019, True),
        ("平成31・令和元年度", 2019, True),
        ("2019年度（令和元年度）", 2019, True),
        ("令和 2年", 2020, False),
        ("平 成 2 8 年", 2016, False),
        ("2019", 2019, True),
        ("FY2022", 2022, True),
        ("二〇二五年度", 2025, True),
        ("S63年度", 1988, True),
        ("（R2）", 2020, True),
        ("〔23年度〕", None, True),
        ("R6年度末", 2024, True),
    ],
)
def test_a_year_is_read_in_every_spelling(text: str, western: int | None, fiscal: bool) -> None:
    year = parse_year(text)
    assert (year and (year.western, year.fiscal)) == (western and (western, fiscal))


@pytest.mark.parametrize(
    "text",
    [
        "", "元年", "元年度", "32年度", "28年", "8", "R0", "H0年度", "令和100年", "平成28年(2017)",
        "令和五百年", "7年連続", "30年後", "5年間", "R6目標値", "20241", "2,024", "1619人", "H2O", "第2",
        "11.4.1", "二〇二五", "1700年", "3000年",
    ],
)  # fmt: skip
def test_a_number_without_a_sure_year_is_no_year(text: str) -> None:
    assert parse_year(text) is None


def test_an_era_from_the_document_makes_bare_numbers_years() -> None:
    assert parse_fiscal_year("32年度", era="平成") == 2020
    assert parse_fiscal_year("元年度", era="R") == 2019
    assert parse_date("11.4.1", era="H") == date(1999, 4, 1)
    assert parse_period("25~28", era="H") == (2013, 2016)


def test_an_era_that_does_not_exist_is_the_callers_mistake() -> None:
    with pytest.raises(ValueError, match="not an era"):
        parse_year("5年", era="元治")


@pytest.mark.parametrize(
    ("text", "fiscal_year"),
    [
        ("2023.9.15", 2023),
        ("令和6年3月31日", 2023),
        ("令和6年4月1日", 2024),
        ("H27.3月末", 2014),
        ("H27.3 月末", 2014),
    ],
)
def test_a_date_names_the_fiscal_year_it_falls_in(text: str, fiscal_year: int) -> None:
    assert parse_fiscal_year(text) == fiscal_year


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("R3~R6年度", (2021, 2024)),
        ("R3～6年度", (2021, 2024)),
        ("令和6年度から令和10年度（5年間）", (2024, 2028)),
        ("令和6年度から5年間", (2024, 2028)),
        ("令和3年度から令和6年度までの4年間", (2021, 2024)),
        ("2019~2028", (2019, 2028)),
        ("2019～28", (2019, 2028)),
        ("令和3年度～令和6年度", (2021, 2024)),
        ("H23-27", (2011, 2015)),
        ("平成29～令和2年度", (2017, 2020)),
        ("R元～4年度", (2019, 2022)),
        ("（2019~2028）", (2019, 2028)),
        ("令和6年4月から令和11年3月まで", (2024, 2028)),
        ("令和3年度～令和6年度（2021～2024）", (2021, 2024)),
    ],
)
def test_a_period_is_read(text: str, period: tuple[int, int]) -> None:
    assert parse_period(text) == period


@pytest.mark.parametrize(
    "text",
    [
        "", "R6", "R6~", "25~28", "R6~R3", "令和6年度から令和10年度（4年間）", "3~5人", "10月～12月", "5年間",
        "令和3年度～令和6年度（2021～2025）",
    ],
)  # fmt: skip
def test_a_doubtful_period_is_none(text: str) -> None:
    assert parse_period(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023.9.15", date(2023, 9, 15)),
        ("2023-09-15", date(2023, 9, 15)),
        ("2023/9/15", date(2023, 9, 15)),
        ("R5.11.24", date(2023, 11, 24)),
        ("Ｒ５．１１．２４", date(2023, 11, 24)),
        ("令和5年11月24日(金)", date(2023, 11, 24)),
        ("令和八年一月五日", date(2026, 1, 5)),
        ("二〇二五年十二月三十一日", date(2025, 12, 31)),
        ("令和5年(2023年)11月24日", date(2023, 11, 24)),
        ("【令和5年9月15日】", date(2023, 9, 15)),
        ("平成31年4月1日現在", date(2019, 4, 1)),
    ],
)
def test_a_date_is_read(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text",
    ["", "11.4.1", "1.4.1", "R5.2.30", "R5.13.1", "2023.9", "10月30日", "20230915", "023-630-2054", "R5"],
)
def test_what_is_no_full_date_is_none(text: str) -> None:
    assert parse_date(text) is None


def test_partial_dates_keep_what_is_unsaid_unsaid() -> None:
    texts = ("令和5年12月", "R5.11", "2024年2月", "令和6年 1月", "2023", "令和5年度", "R5")
    found = [parse_partial_date(t) for t in texts]
    assert [d and d.iso() for d in found] == ["2023-12", "2023-11", "2024-02", "2024-01", "2023", None, None]


def test_years_are_found_in_running_text_and_counts_are_not() -> None:
    text = (
        "H29年度当初予算から7年連続、いわて県民計画（2019~2028）、R6目標値、R元～4年度、(R3~R6年度累計)、40市町村、"
        "2040年の姿、30年後、プラン 2021 に係る、CO2、H30:10,897億円、令和5年11月24日、令和2年3月31日年"
    )
    found = find_years(text)
    assert [(f.raw, f.value.western) for f in found] == [
        ("H29年度", 2017),
        ("2019", 2019),
        ("2028", 2028),
        ("R6", 2024),
        ("R元", 2019),
        ("4年度", 2022),
        ("R3", 2021),
        ("R6年度", 2024),
        ("2040年", 2040),
        ("H30", 2018),
    ]
    assert all(text[f.start : f.end] == f.raw for f in found)


def test_dates_are_found_in_running_text() -> None:
    text = (
        "令和5年9月15日～令和5年10月27日、R5.11～、10月30日配信、令和6年2～3月、"
        "2023.9.15～2023.10.27、023-630-2054"
    )
    assert [f.value.iso() for f in find_dates(text)] == [
        "2023-09-15", "2023-10-27", "2023-11", "2024-02", "2024-03", "2023-09-15", "2023-10-27",
    ]  # fmt: skip


def test_the_later_end_of_a_range_takes_the_year_only_if_it_is_later() -> None:
    assert [f.value.iso() for f in find_dates("令和5年9月15日～10月27日")] == ["2023-09-15", "2023-10-27"]
    assert [f.value.iso() for f in find_dates("令和5年12月15日～1月10日")] == ["2023-12-15"]


DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
YEARS = st.integers(1927, 2099)


@given(DAYS)
def test_the_fiscal_year_turns_on_the_first_of_april(day: date) -> None:
    fiscal_year = fiscal_year_of(day)
    assert date(fiscal_year, 4, 1) <= day <= date(fiscal_year + 1, 3, 31)


@given(YEARS, st.sampled_from(["era", "short", "western", "both"]))
def test_a_shown_fiscal_year_is_read_back(fiscal_year: int, style: str) -> None:
    assert parse_fiscal_year(show_fiscal_year(fiscal_year, style)) == fiscal_year  # type: ignore[arg-type]


@given(DAYS, st.sampled_from(["era", "weekday", "western", "short"]))
def test_a_shown_date_is_read_back(day: date, style: str) -> None:
    assert parse_date(show_date(day, style)) == day  # type: ignore[arg-type]


@given(st.integers(1989, 2060), st.integers(0, 30), st.sampled_from(["short", "era", "western"]))
def test_a_shown_period_is_read_back(first: int, length: int, style: str) -> None:
    last = first + length
    shown = f"{show_fiscal_year(first, style)}～{show_fiscal_year(last, style)}"  # type: ignore[arg-type]
    assert parse_period(shown) == (first, last)


@given(st.text("令和平成昭年度月日元0123456789.~～-RHS()（）一二三十 から", max_size=20))
def test_reading_years_and_dates_never_fails(text: str) -> None:
    for value in (parse_year(text), parse_fiscal_year(text), parse_period(text), parse_partial_date(text)):
        assert value is None or value
    assert all(text[f.start : f.end] == f.raw for f in find_years(text))
    assert all(text[f.start : f.end] == f.raw for f in find_dates(text))


def test_the_first_year_of_an_era_is_printed_as_gannen() -> None:
    assert show_fiscal_year(2019) == "令和元年度"
    assert show_fiscal_year(2018) == "平成30年度"
    assert show_fiscal_year(1988) == "昭和63年度"
    assert show_fiscal_year(2024, "both") == "令和6年度（2024年度）"


def test_the_era_of_a_date_changes_on_its_day() -> None:
    first = date(2019, 5, 1)
    assert show_date(first) == "令和元年5月1日"
    assert show_date(first - timedelta(days=1)) == "平成31年4月30日"
    assert show_date(date(1989, 1, 7), "short") == "S64.1.7"


def test_partial_dates_sort_in_time() -> None:
    assert PartialDate(2023, 9, 15) < PartialDate(2023, 10, 1)
