"""Values with units: what each printed form means, and that printing gives it back."""

from decimal import Context, Decimal, Inexact, localcontext
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaikaku.core.quantities import (
    REASONS,
    Quantity,
    find_quantities,
    normal_unit,
    parse_quantity,
    reason_text,
    show_quantity,
    split_unit,
)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("△1,743億円", "-174300000000", "円"),
        (r"$\triangle 1,743$ 億円", "-174300000000", "円"),
        ("▲ 19,761", "-19761", None),
        ("3,318万枚", "33180000", "枚"),
        ("66億150万3千円", "6601503000", "円"),
        ("5億6,504万4千円", "565044000", "円"),
        ("11億  265万6千円", "1102656000", "円"),
        ("75.6億円", "7560000000", "円"),
        ("12百万円", "12000000", "円"),
        ("56・3%", "56.3", "%"),
        ("９２．５％", "92.5", "%"),
        ("5割", "50", "%"),
        ("3割5分", "35", "%"),
        ("12.5‰", "12.5", "‰"),
        ("5千人", "5000", "人"),
        ("3万人日分", "30000", "人日分"),
        ("7万5,209時間", "75209", "時間"),
        ("3万5,352トン", "35352", "t"),
        ("35ｔ-CO2", "35", "t-CO2"),
        ("1,200㎡", "1200", "m²"),
        ("5回/年", "5", "回/年"),
        ("9件／年", "9", "件/年"),
        ("27名", "27", "人"),
        ("12ヶ所", "12", "か所"),
        ("10市町村", "10", "市町村"),
        ("13大学等", "13", "大学等"),
        ("24市町", "24", "市町"),
        ("3位", "3", "位"),
        ("10台", "10", "台"),
        ("三千円", "3000", "円"),
        ("十二回", "12", "回"),
        ("千人", "1000", "人"),
        ("0", "0", None),
        ("０件", "0", "件"),
        ("ゼロ", "0", None),
        ("-33.5", "-33.5", None),
        ("5 0 %", "50", "%"),
        ("**648** 件", "648", "件"),
    ],
)
def test_a_value_is_read_in_its_base_unit(text: str, value: str, unit: str | None) -> None:
    quantity = parse_quantity(text)
    assert (str(quantity.value), quantity.unit, quantity.reason) == (value, unit, None)


@pytest.mark.parametrize(
    ("text", "qualifiers"),
    [
        ("約1.5億円", ("約",)),
        ("およそ100人", ("約",)),
        ("延べ約600人", ("延べ", "約")),
        ("概ね5割", ("概ね",)),
        ("おおむね100件程度", ("概ね", "程度")),
        ("20%台", ("台",)),
        ("30万人台半ば", ("台半ば",)),
        ("10台以上", ("以上",)),
        ("80%以上", ("以上",)),
        ("10人以下", ("以下",)),
        ("5%未満", ("未満",)),
        ("3日以内", ("以内",)),
        ("100件超", ("超",)),
        ("±3%", ("±",)),
        ("≧80", ("以上",)),
        ("≦ 5%", ("以下",)),
        ("<5", ("未満",)),
        ("≤5件", ("以下",)),
        ("80%以上を維持", ("以上", "維持")),
        ("7年連続", ("連続",)),
        ("年間約300回", ("年間", "約")),
        ("60%以上を目指す", ("以上",)),
        ("年10件", ("年間",)),
        ("月2回", ("毎月",)),
        ("各年度10件", ("毎年",)),
        ("全19市町村", ("全",)),
        ("12人（延べ）", ("延べ",)),
    ],
)
def test_qualifiers_are_kept_in_one_spelling(text: str, qualifiers: tuple[str, ...]) -> None:
    quantity = parse_quantity(text)
    assert quantity.value is not None
    assert quantity.qualifiers == qualifiers


@pytest.mark.parametrize(
    ("text", "lower", "upper", "unit"),
    [
        ("3~5", "3", "5", None),
        ("12～13人", "12", "13", "人"),
        ("3～5万人", "30000", "50000", "人"),
        ("900～1万人", "900", "10000", "人"),
        ("1~2割", "10", "20", "%"),
        ("40%以上,60%以下", "40", "60", "%"),
        ("40%以上60%未満", "40", "60", "%"),
        ("△5～3%", "-5", "3", "%"),
        ("10人から15人まで", "10", "15", "人"),
    ],
)
def test_a_range_has_both_ends(text: str, lower: str, upper: str, unit: str | None) -> None:
    quantity = parse_quantity(text)
    assert (str(quantity.value), str(quantity.upper), quantity.unit) == (lower, upper, unit)


@pytest.mark.parametrize("text", ["5~3人", "3-5人", "3人~5件", "50%～", "～50%"])
def test_a_range_that_cannot_be_is_unreadable(text: str) -> None:
    assert parse_quantity(text).reason == "unreadable"


@pytest.mark.parametrize(
    ("text", "value", "fiscal_year", "cumulative_from"),
    [
        ("1.5% (R2)", "1.5", 2020, None),
        ("16.7%(R1)", "16.7", 2019, None),
        ("100%(R7)", "100", 2025, None),
        ("120億円 (R3~R6年度累計)", "12000000000", 2024, 2021),
        ("8万時間（令和3年度から令和6年度までの累計）", "80000", 2024, 2021),
        ("5.0% (平成32年)", "5.0", 2020, None),
        ("〔R5〕12件", "12", 2023, None),
        ("(R2)1.5%", "1.5", 2020, None),
        ("R6:100%", "100", 2024, None),
        ("令和6年度末までに100%", "100", 2024, None),
        ("100% R7", "100", 2025, None),
        ("1,239人（令和6年3月末）", "1239", 2023, None),
        ("45.2%(2019)", "45.2", 2019, None),
        ("16件 (R4年度末)", "16", 2022, None),
    ],
)
def test_the_year_is_a_property_of_the_value(
    text: str, value: str, fiscal_year: int | None, cumulative_from: int | None
) -> None:
    quantity = parse_quantity(text)
    assert str(quantity.value) == value
    assert (quantity.fiscal_year, quantity.cumulative_from) == (fiscal_year, cumulative_from)


@pytest.mark.parametrize(
    ("text", "value", "word"),
    [
        ("+5件", "5", None),
        ("+ 1 3 大学等", "13", None),
        ("10.5%減", "-10.5", "減"),
        ("7%削減", "-7", "削減"),
        ("36.0%増", "36.0", "増"),
        ("6.1%減額", "-6.1", "減額"),
        ("3.7万人の減少", "-37000", "減少"),
        ("▲1,896人の減少", "-1896", "減少"),
        ("5億円の経費を節減", "-500000000", "節減"),
    ],
)
def test_a_change_has_its_sign_from_the_sign_or_the_word(text: str, value: str, word: str | None) -> None:
    quantity = parse_quantity(text)
    assert quantity.change
    assert str(quantity.value) == value
    assert (quantity.qualifiers[-1] if quantity.qualifiers else None) == word


def test_a_sign_and_a_word_that_contradict_each_other_are_unreadable() -> None:
    assert parse_quantity("+3%減").reason == "unreadable"
    assert parse_quantity("▲3%増").reason == "unreadable"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("85%（見込み）", "projected"),
        ("85%見込み", "projected"),
        ("75.6億円（決算見込み）", "projected"),
        ("85%（速報値）", "preliminary"),
        ("85%（暫定値）", "preliminary"),
        ("85%(確定)", "confirmed"),
        ("85%", None),
    ],
)
def test_the_status_of_a_value_is_read(text: str, status: str | None) -> None:
    quantity = parse_quantity(text)
    assert quantity.value is not None
    assert quantity.status == status


@pytest.mark.parametrize(
    ("text", "value", "note"),
    [
        ("2(1)", "2", "(1)"),
        ("1239（439）", "1239", "(439)"),
        ("▲262(▲498)", "-262", "(▲498)"),
        ("15指標 (83.3%)", "15", "(83.3%)"),
        ("10.5%減 達成", "-10.5", "達成"),
        ("12回開催", "12", "開催"),
        ("+5件（R4年度末16件）", "5", "(R4年度末16件)"),
        ("100% ※1", "100", "※1"),
        ("705回*", "705", "*"),
        ("※1 705回", "705", "※1"),
        ("100%（全19市町村）", "100", "(全19市町村)"),
    ],
)
def test_what_stands_beside_a_value_is_kept_as_text_only(text: str, value: str, note: str) -> None:
    quantity = parse_quantity(text)
    assert (str(quantity.value), quantity.note) == (value, note)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *[(dash, "dash") for dash in ("－", "―", "—", "‐", "-", "ー", "−")],
        ("", "empty"), ("　", "empty"), ("…", "ellipsis"), ("・・・", "ellipsis"), ("***", "asterisk"),
        ("N/A", "not_applicable"), ("なし", "none"), ("該当なし", "not_applicable"), ("未実施", "not_done"),
        ("調整中", "adjusting"), ("集計中", "counting"), ("(未確定)", "not_settled"),
        ("暫定値", "provisional"), ("測定不能", "not_measurable"), ("評価困難", "hard_to_assess"),
        ("評価なし", "not_assessed"), ("データなし", "no_data"), ("######", "overflow"), ("〃", "ditto"),
        ("中止", "cancelled"), ("秘匿", "suppressed"), ("不明", "unknown"), ("未公表", "not_published"),
        ("現状維持", "maintain"), ("集計中（R4）", "counting"), ("－ (R2)", "dash"), ("全市町村", "words"),
        ("減少を目指します", "words"), ("前年度超", "words"), ("十分", "words"), ("一部実施", "words"),
        ("令和6年度策定", "words"), ("令和6年度", "date"), ("2040年", "date"), ("R5.11.24", "date"),
        ("10,897億円 → 9,154億円", "several"), ("(R4年度末16 件, +5件)", "several"),
        ("555,4229,622565,044", "unreadable"), ("1619人2400人", "unreadable"), ("1,23件", "unreadable"),
        ("014", "unreadable"), ("1OO%", "unreadable"), ("1 3大学等", "unreadable"), ("1 3", "unreadable"),
        ("- 5件", "unreadable"), ("1/3", "unreadable"), ("A", "mark"), ("○", "mark"), ("△", "mark"),
        ("円157,864,681", "unreadable"), ("40市町村長とのホットライン", "unreadable"),
        ("023-630-2054", "unreadable"), ("11日3時間", "day_length"), ("2時間75分", "unreadable"),
        ("－%", "dash"), ("※1705回", "unreadable"), ("…人", "ellipsis"), ("#DIV/0!", "sheet_error"),
        ("#N/A", "sheet_error"), ("N.A.", "not_applicable"), ("ND", "not_detected"), ("R6年度末", "date"),
        ("2019~2028", "date"), ("(R2)", "date"), ("（98.5%）", "unreadable"), ("1年14か月", "unreadable"),
        ("該当なし（0件）", "not_applicable"), ("あ" * 300, "words"), ("9" * 300, "unreadable"),
    ],
)  # fmt: skip
def test_a_cell_without_a_value_says_why(text: str, reason: str) -> None:
    quantity = parse_quantity(text)
    assert (quantity.value, quantity.reason) == (None, reason)


def test_every_reason_can_be_told_in_words() -> None:
    assert all(reason_text(code) for code in REASONS)
    assert len({reason_text(code) for code in REASONS}) == len(REASONS)


def test_a_dash_a_none_an_empty_cell_and_a_zero_are_four_things() -> None:
    answers = [parse_quantity(t) for t in ("―", "なし", "", "0")]
    assert [(q.value, q.reason) for q in answers] == [
        (None, "dash"), (None, "none"), (None, "empty"), (Decimal(0), None),
    ]  # fmt: skip


def test_hours_and_minutes_are_one_exact_value_in_minutes() -> None:
    quantity = parse_quantity("約424時間44分")
    assert (quantity.value, quantity.unit, quantity.qualifiers) == (Decimal(25484), "分", ("約",))
    assert quantity.parts == ((Decimal(424), "時間"), (Decimal(44), "分"))
    assert show_quantity(quantity) == "約424時間44分"


def test_years_and_months_are_one_exact_value_in_months() -> None:
    quantity = parse_quantity("1年6ヶ月以内")
    assert (quantity.value, quantity.unit, quantity.qualifiers) == (Decimal(18), "か月", ("以内",))


def test_days_and_hours_need_to_know_how_long_a_day_is() -> None:
    assert parse_quantity("11日3時間").parts == ((Decimal(11), "日"), (Decimal(3), "時間"))
    known = parse_quantity("11日3時間", day_hours=Decimal("7.75"))
    assert (known.value, known.unit) == (Decimal("88.25"), "時間")


@pytest.mark.parametrize(
    ("text", "column", "value", "unit"),
    [
        ("1,234", "千円", "1234000", "円"),
        ("12.5", "（単位：百万円）", "12500000", "円"),
        ("△1,743", "億円", "-174300000000", "円"),
        ("7.3万", "時間", "73000", "時間"),
        ("5億", "千円", "500000000", "円"),
        ("1,234円", "千円", "1234", "円"),
        ("71.5", "％", "71.5", "%"),
        ("71.5", "人・%", "71.5", None),
        ("3～5", "千人", "3000", "人"),
        ("1,000（千円）", "人", "1000000", "円"),
        ("80.0(%)", "", "80.0", "%"),
    ],
)
def test_the_unit_of_the_column_helps_only_a_bare_number(
    text: str, column: str, value: str, unit: str | None
) -> None:
    quantity = parse_quantity(text, unit=column)
    assert (str(quantity.value), quantity.unit) == (value, unit)


@pytest.mark.parametrize(
    ("spelling", "unit"),
    [
        ("%", "%"), ("％", "%"), ("割合", "%"), ("箇所", "か所"), ("カ所", "か所"), ("ヶ所", "か所"),
        ("か所", "か所"), ("件数", "件"), ("名", "人"), ("者", "人"), ("ｔ", "t"), ("トン", "t"),
        ("㌧", "t"), ("㎡", "m²"), ("ｍ２", "m²"), ("ｔ-CO2", "t-CO2"), ("回／年", "回/年"),
        ("（単位：千円）", "円"), ("百万円", "円"), ("市町", "市町"), ("-", None), ("", None),
        ("円157,864,681", None), ("イント", None), ("べ人数", None), ("人・%", None),
    ],
)  # fmt: skip
def test_a_unit_has_one_spelling(spelling: str, unit: str | None) -> None:
    assert normal_unit(spelling) == unit


def test_the_scale_of_a_unit_is_a_power_of_ten() -> None:
    units = ("千円", "百万円", "億円", "万人", "千人", "万人日分", "円")
    assert [split_unit(u)[0] for u in units] == [3, 6, 8, 4, 3, 4, 0]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("7560000000円", "75.6億円"),
        ("12000000000円", "120億円"),
        ("10,897億円", "10,897億円"),
        ("1.5兆円", "1.5兆円"),
        ("1年6か月", "1年6か月"),
        ("6601503000円", "66億150万3千円"),
        ("158000000円", "1億5,800万円"),
        ("157864681円", "157,864,681円"),
        ("33180000枚", "3,318万枚"),
        ("73000時間", "7.3万時間"),
        ("75209時間", "75,209時間"),
        ("1619人", "1,619人"),
        ("12000%", "12,000%"),
        ("-1743億円", "△1,743億円"),
        ("+5件", "+5件"),
        ("10.5％減", "10.5%減"),
        ("延べ約600人", "延べ約600人"),
        ("100.0%", "100.0%"),
        ("40%以上,60%以下", "40%以上60%以下"),
        ("3~5万人", "3万～5万人"),
        ("―", "－"),
        ("集計中", "集計中"),
        ("減少を目指します", "減少を目指します"),
    ],
)
def test_a_quantity_is_shown_as_documents_print_it(text: str, shown: str) -> None:
    assert show_quantity(parse_quantity(text)) == shown


def test_the_base_scale_writes_out_all_digits_and_the_year_follows_on_request() -> None:
    quantity = parse_quantity("120億円 (R3~R6年度累計)")
    assert show_quantity(quantity, scale="base") == "12,000,000,000円"
    assert show_quantity(quantity, year=True) == "120億円（R3～R6年度累計）"


def same(a: Quantity, b: Quantity) -> bool:
    fields = ("value", "upper", "unit", "qualifiers", "change", "reason")
    return all(getattr(a, name) == getattr(b, name) for name in fields)


def test_the_callers_decimal_context_changes_nothing() -> None:
    texts = (
        "66億150万3千円",
        "△1,743億円",
        "3.7万人の減少",
        "424時間44分",
        "3割5分",
        "3～5万人",
        "1,234,567,890,123円",
    )
    plain = [(parse_quantity(t), show_quantity(parse_quantity(t))) for t in texts]
    with localcontext(Context(prec=2, traps=[Inexact])):
        assert [(parse_quantity(t), show_quantity(parse_quantity(t))) for t in texts] == plain


VALUES = st.integers(-(10**13), 10**13).map(Decimal) | st.decimals(-(10**6), 10**6, places=2)
UNITS = st.sampled_from(
    ["円", "人", "%", "件", "時間", "枚", "t-CO2", "か所", "m²", "市町", "市町村", "回/年", "円/世帯", None]
)
BEFORE = st.sampled_from([(), ("約",), ("延べ", "約"), ("概ね",), ("±",)])
AFTER = st.sampled_from([(), ("以上",), ("程度",), ("未満",), ("以上", "維持")])


@given(VALUES, UNITS, BEFORE, AFTER)
def test_a_shown_quantity_is_read_back(
    value: Decimal, unit: str | None, before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    if "±" in before:
        value = abs(value)
    quantity = Quantity("", value, unit=unit, qualifiers=before + after)
    again = parse_quantity(show_quantity(quantity))
    assert same(again, quantity)
    assert show_quantity(again) == show_quantity(quantity)


@given(VALUES, VALUES, UNITS)
def test_a_shown_range_is_read_back(one: Decimal, other: Decimal, unit: str | None) -> None:
    lower, upper = sorted((one, other))
    quantity = Quantity("", lower, unit=unit, upper=upper)
    assert same(parse_quantity(show_quantity(quantity)), quantity)


@given(VALUES, st.sampled_from(["減", "削減", "減少", "増", "増加"]))
def test_a_shown_change_is_read_back(value: Decimal, word: str) -> None:
    value = -abs(value) if "減" in word else abs(value)
    quantity = Quantity("", value, unit="件", qualifiers=(word,), change=True)
    assert same(parse_quantity(show_quantity(quantity)), quantity)


WORDS = """
約 延べ 概ね △ ▲ - + 1 0 23 1,743 4.5 １２ 億 万 千 円 人 % 割 分 時間 件 件増 減 以上 以下 台 程度 ~ ～
( ) （ ） R2 R3~R6 年度 累計 見込み なし － … 集計中 は 、 , . ・ 達成 $ / 日 か所 一 十 回開催 維持 を
"""
SCRAPS = st.lists(st.sampled_from([*WORDS.split(), " ", "　"]), max_size=7).map("".join)


@given(SCRAPS | st.text(max_size=20))
def test_whatever_is_read_has_a_value_or_a_reason_and_shows_stably(text: str) -> None:
    quantity = parse_quantity(text)
    assert quantity.raw == text
    assert (quantity.value is None) == (quantity.reason is not None)
    assert quantity.reason is None or quantity.reason in REASONS
    assert quantity.upper is None or (quantity.value is not None and quantity.value <= quantity.upper)
    shown = show_quantity(quantity)
    again = parse_quantity(shown)
    assert show_quantity(again) == shown
    if quantity.value is not None:
        assert (again.value, again.upper, again.unit) == (quantity.value, quantity.upper, quantity.unit)


@given(SCRAPS | st.text(max_size=20), st.sampled_from(["千円", "%", "人・%", "", "-"]))
def test_a_column_unit_never_makes_reading_fail(text: str, unit: str) -> None:
    quantity = parse_quantity(text, unit=unit)
    assert quantity.value is None or quantity.value.is_finite()


@given(st.lists(SCRAPS, max_size=6).map("".join))
def test_found_quantities_stand_where_they_say_and_do_not_overlap(text: str) -> None:
    found = find_quantities(text)
    assert all(text[f.start : f.end] == f.raw for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(f.value.value is not None and f.value.unit for f in found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("条例等に基づく行政手続の71.5%をオンライン化", [("71.5%", "71.5", None)]),
        ("環境教室の開催(160回)や派遣(21回)等", [("160回", "160", None), ("21回", "21", None)]),
        ("約1.5億円の収入を確保", [("約1.5億円", "150000000", None)]),
        ("コピー用紙購入枚数が減少（R6実績3,318万枚）", [("3,318万枚", "33180000", 2024)]),
        ("包括協定締結件数：+ 5 件 (R4年度末 16 件)", [("+ 5 件", "5", None), ("16 件", "16", 2022)]),
        (
            "(H30:10,897億円 → R4:9,154億円)",
            [("10,897億円", "1089700000000", 2018), ("9,154億円", "915400000000", 2022)],
        ),
        ("49指標（86.0%）", [("49指標", "49", None), ("86.0%", "86.0", None)]),
        ("R5は16.7%(R1)から上昇", [("16.7%(R1)", "16.7", 2019)]),
        ("延べ約600人が参加", [("延べ約600人", "600", None)]),
        ("3～5人程度を想定", [("3～5人程度", "3", None)]),
        ("H29年度当初予算から7年連続で", [("7年連続", "7", None)]),
        ("2 県庁DXの推進", []),
        ("1 5つの視点", [("5つ", "5", None)]),
        ("① 5市町村、40市町村長、24 大学等 ", [("5市町村", "5", None), ("24 大学等", "24", None)]),
        (r"県債残高 … $\triangle 1,743$ 億円", [(r"\triangle 1,743$ 億円", "-174300000000", None)]),
        (
            "令和5年11月24日の第2回会議、10月30日配信、採用4～6年目、1人ひとり、GPT-4o、023-630-2054、第1期、2040年",
            [],
        ),
    ],
)
def test_quantities_are_found_in_sentences(text: str, found: list[tuple[str, str, int | None]]) -> None:
    assert [(f.raw, str(f.value.value), f.value.fiscal_year) for f in find_quantities(text)] == found
