"""Marks of headings and items, and the depth they give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaikaku.core.outline import Marker, Ranker, read_marker, read_markers, roman_value, split_run_on


@pytest.mark.parametrize(
    ("line", "style", "ordinal", "number", "rest"),
    [
        ("第1 県民の視点", "第", 1, "第1", "県民の視点"),
        ("第１章 総則", "第章", 1, "第１章", "総則"),
        ("第二章総則", "第章", 2, "第二章", "総則"),
        ("第1分野 産業", "第分野", 1, "第1分野", "産業"),
        ("Ⅱ 基本的な考え方", "roman", 2, "Ⅱ", "基本的な考え方"),
        ("Ⅱ基本的な考え方", "roman", 2, "Ⅱ", "基本的な考え方"),
        ("II 働きやすい職場", "roman", 2, "II", "働きやすい職場"),
        ("IV. 組織力", "roman", 4, "IV", "組織力"),
        ("【I】 地域意識", "【roman】", 1, "【I】", "地域意識"),
        ("【改革1】 窓口", "【改革digit】", 1, "【改革1】", "窓口"),
        ("【基本方針１】", "【基本方針digit】", 1, "【基本方針１】", ""),
        ("〈基本目標①〉人口", "〈基本目標circled〉", 1, "〈基本目標①〉", "人口"),
        ("《数値目標》", "《》", None, "《数値目標》", ""),
        ("【主な目標指標】", "【】", None, "【主な目標指標】", ""),
        ("1 行政のデジタル化", "digit", 1, "1", "行政のデジタル化"),
        ("１　行政", "digit", 1, "１", "行政"),
        ("1．行政", "digit", 1, "1", "行政"),
        ("1. 5つの視点", "digit", 1, "1", "5つの視点"),
        ("3 人材育成", "digit", 3, "3", "人材育成"),
        ("1-1 窓口", "digit-digit", 1, "1-1", "窓口"),
        ("1－2　窓口", "digit-digit", 2, "1－2", "窓口"),
        ("Ⅰ-① 生成AI", "roman-circled", 1, "Ⅰ-①", "生成AI"),
        ("1.1 背景", "digit.digit", 1, "1.1", "背景"),
        ("施策111 子育て", "施策digit", 111, "施策111", "子育て"),
        ("施策1-2", "施策digit-digit", 2, "施策1-2", ""),
        ("政策分野I-1 健康", "政策分野roman-digit", 1, "政策分野I-1", "健康"),
        ("戦略1：攻める", "戦略digit", 1, "戦略1", "攻める"),
        ("資料10-1", "資料digit-digit", 1, "資料10-1", ""),
        ("(1) 柔軟な組織", "(digit)", 1, "(1)", "柔軟な組織"),
        ("（１）柔軟な組織", "(digit)", 1, "（１）", "柔軟な組織"),
        ("⑴ 柔軟な組織", "(digit)", 1, "⑴", "柔軟な組織"),
        ("(ア) 甲", "(kana)", 1, "(ア)", "甲"),
        ("①生成AI基盤", "circled", 1, "①", "生成AI基盤"),
        ("㉑ 甲", "circled", 21, "㉑", "甲"),
        ("② ①以外の提案案件", "circled", 2, "②", "①以外の提案案件"),
        ("㋑ 甲", "circled-kana", 2, "㋑", "甲"),
        ("イ 研修", "kana", 2, "イ", "研修"),
        ("a 甲", "latin", 1, "a", "甲"),
        ("2) 乙", "digit)", 2, "2)", "乙"),
        ("第Ⅱ章 推進体制", "第章", 2, "第Ⅱ章", "推進体制"),
        ("1-(1) 総論", "digit-(digit)", 1, "1-(1)", "総論"),
        ("（１）－②　甲", "(digit)-circled", 2, "（１）－②", "甲"),
        ("Ⅰ-1-(2) 総論", "roman-digit-(digit)", 2, "Ⅰ-1-(2)", "総論"),
        ("1.2.3 手順", "digit.digit.digit", 3, "1.2.3", "手順"),
        ("重点取組１－２　甲", "重点取組digit-digit", 2, "重点取組１－２", "甲"),
        ("改革の視点１", "改革の視点digit", 1, "改革の視点１", ""),
        ("(ｱ) 甲", "(kana)", 1, "(ｱ)", "甲"),
        ("(ⅱ) 甲", "(small-roman)", 2, "(ⅱ)", "甲"),
        ("ⅲ) 甲", "small-roman)", 3, "ⅲ)", "甲"),
        ("㈡ 甲", "(kanji)", 2, "㈡", "甲"),
        ("➂ 甲", "circled", 3, "➂", "甲"),
        ("[2] 甲", "[digit]", 2, "[2]", "甲"),
        ("①へき地医療の確保", "circled", 1, "①", "へき地医療の確保"),
        ("第3", "第", 3, "第3", ""),
        ("②", "circled", 2, "②", ""),
    ],
)
def test_a_numbered_line_is_recognised(
    line: str, style: str, ordinal: int | None, number: str, rest: str
) -> None:
    assert read_marker(line) == Marker(style, ordinal, number, rest)


@pytest.mark.parametrize("sign", "○●■□◆◇▽•・→⇒")
def test_a_bullet_is_told_from_a_number_and_from_other_bullets(sign: str) -> None:
    marker = read_marker(f"{sign} 会議の開催")
    assert marker == Marker(f"bullet{sign}", None, sign, "会議の開催")
    assert marker is not None
    assert marker.is_bullet


def test_look_alike_bullets_are_one_style() -> None:
    circles = {m.style for m in map(read_marker, ("○ 甲", "◯ 甲", "〇 甲")) if m}
    assert circles == {"bullet○"}


def test_ascii_and_unicode_roman_numerals_are_one_style() -> None:
    markers = [read_marker(f"{n} 甲") for n in ("I", "Ⅱ", "III", "Ⅳ")]
    assert [(m.style, m.ordinal) for m in markers if m] == [("roman", n) for n in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("line", "ordinal"),
    [
        ("※ 一部実現を含む", None),
        ("※1:「Observe」", 1),
        ("※2：職員の", 2),
        ("注1) 甲", 1),
        ("*1 甲", 1),
        ("注）甲", None),
        ("(注1) 甲", 1),
    ],
)
def test_a_footnote_mark_is_a_note(line: str, ordinal: int | None) -> None:
    marker = read_marker(line)
    assert marker is not None
    assert (marker.is_note, marker.ordinal) == (True, ordinal)


@pytest.mark.parametrize(
    "line",
    [
        "", "2040年の「めざす姿」", "40市町村長とのホットライン", "7年連続", "30年後も", "5つの視点",
        "4本の柱", "1.5%", "1.5 億円", "1.4.1", "11.4.1 施行", "023-630-2054", "990-8570", "3-5 人", "5 件",
        "10 %", "第1期アクションプラン", "第2回 会議", "第150条", "IT化の推進", "I T 化", "A I会議録",
        "A 達成", "アイデア", "-5", "-", "---", "・・・ 1", "○○県", "△1,743", "▲ 5", "①以外の提案",
        "①～③の合計", "①、②", "1:30 開会", "1、2", "令和5年", "12月 会議", "一部", "十分な", "二〇二五年",
        "2 0 2 4 年", "3 月末", "1 人当たり", "V 字回復", "I 型", "Ⅲへ移行", "Ⅰ・Ⅱの取組", "Ⅰ～Ⅳ",
        "(1)～(3)", "(1)及び(2)", "- 3 -", "[主な取組]", "Ⅰ-①～③", "**太字**", "取組", "(2016)", "(R2)",
        "1/3", "県民1人",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_mark_is_none(line: str) -> None:
    assert read_marker(line) is None


def test_a_minus_before_a_blank_is_a_bullet() -> None:
    marker = read_marker("- 5件を開催")
    assert marker == Marker("bullet-", None, "-", "5件を開催")


def test_nested_bullets_are_read_outermost_first() -> None:
    assert [m.number for m in read_markers("- ① 人的・物的コストが少ないもの")] == ["-", "①"]
    assert read_markers("本文") == ()


@given(st.text("第章1２ⅠIVX・-－①⑴()（）【】.．、 　アa○※年件行政~", max_size=12))
def test_reading_a_mark_never_fails_and_loses_nothing_but_blanks_and_points(line: str) -> None:
    marker = read_marker(line)
    if marker is None:
        return
    assert marker.number
    assert marker.rest == marker.rest.strip()
    assert line.strip().startswith(marker.number)
    assert line.strip().endswith(marker.rest)
    lost = line.strip().removeprefix(marker.number).removesuffix(marker.rest)
    assert not lost.strip(".．、:： 　")


@given(st.integers(1, 39))
def test_roman_numerals_are_read(value: int) -> None:
    tens, ones = divmod(value, 10)
    shown = "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
    assert roman_value(shown) == value


@pytest.mark.parametrize("text", ["", "IIII", "VX", "IC", "A", "ⅠⅡ"])
def test_no_roman_numeral_is_none(text: str) -> None:
    assert roman_value(text) is None


def depths(*lines: str) -> list[int]:
    ranker = Ranker()
    return [ranker.depth(marker) for marker in map(read_marker, lines) if marker]


def test_depth_follows_first_appearance_as_in_yamagata() -> None:
    assert depths("第1 甲", "1 乙", "2 丙", "第2 丁", "1 戊", "第3 己") == [1, 2, 2, 1, 2, 1]


def test_depth_follows_first_appearance_as_in_aomori() -> None:
    assert depths("1 甲", "(1) 乙", "① 丙", "② 丁", "(2) 戊", "① 己", "2 庚") == [1, 2, 3, 3, 2, 3, 1]


def test_a_roman_numeral_may_stand_below_a_digit() -> None:
    assert depths("1 全体", "2 柱ごと", "【I】 甲", "【II】 乙", "3 その他") == [1, 1, 2, 2, 1]
    assert depths("第3 甲", "I 乙", "1 丙", "(1) 丁", "II 戊") == [1, 2, 3, 4, 2]


def test_ascii_and_unicode_roman_heads_stand_side_by_side() -> None:
    assert depths("I 甲", "1 乙", "Ⅱ 丙", "1 丁", "III 戊") == [1, 2, 1, 2, 1]


def test_a_chapter_may_put_a_level_in_between() -> None:
    assert depths("I 甲", "① 乙", "II 丙", "1 丁", "① 戊", "2 己", "III 庚", "① 辛") == [
        1,
        2,
        1,
        2,
        3,
        2,
        1,
        2,
    ]


def test_a_chapter_may_leave_a_level_out_without_turning_the_tree_over() -> None:
    assert depths("第1 甲", "1 乙", "(1) 丙", "第2 丁", "(1) 戊", "1 己", "(1) 庚") == [1, 2, 3, 1, 2, 2, 3]


def test_a_new_part_may_number_in_its_own_way() -> None:
    ranker = Ranker()
    assert [ranker.depth(s) for s in ("roman", "digit")] == [1, 2]
    ranker.reset()
    assert [ranker.depth(s) for s in ("digit", "roman")] == [1, 2]


@given(st.lists(st.sampled_from("abcde"), max_size=30))
def test_depths_never_jump_by_more_than_one(styles: list[str]) -> None:
    ranker = Ranker()
    found = [ranker.depth(style) for style in styles]
    assert all(b <= a + 1 for a, b in zip([0, *found], found, strict=False))
    assert all(depth >= 1 for depth in found)


def test_items_that_run_on_in_one_line_are_split() -> None:
    items = split_run_on("①行政手続のオンライン化　②キャッシュレス化の推進、③契約事務の効率化")
    assert [(m.number, m.rest) for m in items] == [
        ("①", "行政手続のオンライン化"),
        ("②", "キャッシュレス化の推進"),
        ("③", "契約事務の効率化"),
    ]


@pytest.mark.parametrize(
    "line", ["1.オンライン化", "1.5倍、2.5倍", "1.甲、3.丙", "1.甲、②乙", "甲、1.乙、2.丙", ""]
)
def test_a_line_that_does_not_count_up_from_one_is_not_split(line: str) -> None:
    assert split_run_on(line) == ()
