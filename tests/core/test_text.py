"""Repairing and folding text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaikaku.core.text import (
    fold,
    is_dash,
    join_letter_spaced,
    narrow,
    radicals,
    symbols,
    tidy_width,
    undouble,
    unwrap,
)

ANY = st.text(st.characters(codec="utf-8"), max_size=60)


@pytest.mark.parametrize(
    ("broken", "meant"),
    [
        ("県⺠", "県民"),
        ("部⻑", "部長"),
        ("⻭科", "歯科"),
        ("⾏政", "行政"),
        ("⼈⼿", "人手"),
        ("⽬標", "目標"),
    ],
)
def test_radicals_become_the_characters_they_stand_for(broken: str, meant: str) -> None:
    assert radicals(broken) == meant


def test_radicals_become_the_forms_written_in_japan() -> None:
    assert radicals("⼾籍⿊字") == "戸籍黒字"


def test_every_radical_in_use_leaves_the_radical_blocks() -> None:
    kangxi = "".join(map(chr, range(0x2F00, 0x2FD6)))
    assert not any(0x2E80 <= ord(c) < 0x2FE0 for c in radicals(kangxi))


def test_vertical_colons_and_private_bullets_become_ordinary_signs() -> None:
    assert symbols("\uf0b7目標︓\uf0fc") == "•目標：✓"


def test_an_unknown_private_sign_stays() -> None:
    assert symbols("\ue123") == "\ue123"


@given(ANY)
def test_narrowing_never_moves_a_character(text: str) -> None:
    assert len(narrow(text)) == len(text)
    assert narrow(narrow(text)) == narrow(text)


@given(ANY)
def test_a_folded_text_folds_to_itself(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=30))
def test_width_and_blanks_do_not_change_the_key(text: str) -> None:
    wide = "　".join(chr(ord(character) + 0xFEE0) for character in text)
    assert fold(wide) == fold(text)


def test_dashes_of_all_kinds_have_one_key_but_the_long_vowel_is_a_letter() -> None:
    assert len({fold(f"1{dash}2") for dash in "-‐–—―−－ー"}) == 1
    assert fold("サービス") == "サービス"
    assert fold("ペ－ジ") != fold("ページ")


def test_tidying_width_keeps_kana_circled_digits_and_japanese_punctuation() -> None:
    assert tidy_width("ｱＡ①㈱（１）：～") == "ｱA①㈱（1）：～"


@pytest.mark.parametrize("text", ["－", "―", "—", "‐", "-", "ー", "−", " ― ", "ーー"])
def test_what_shows_only_dashes_is_a_dash(text: str) -> None:
    assert is_dash(text)


@pytest.mark.parametrize("text", ["", " ", "-1", "サー", "一", "~"])
def test_other_text_is_no_dash(text: str) -> None:
    assert not is_dash(text)


@pytest.mark.parametrize(
    ("spaced", "joined"),
    [
        ("A I会議録作成支援システム", "AI会議録作成支援システム"),
        ("P F I 法", "PFI 法"),
        ("達 成", "達成"),
        ("合  計", "合計"),
        ("岩 手 県", "岩手県"),
        ("平 成 2 8 年", "平成28年"),
        ("Ａ Ｉ", "ＡＩ"),
    ],
)
def test_letter_spacing_is_closed(spaced: str, joined: str) -> None:
    assert join_letter_spaced(spaced) == joined


@pytest.mark.parametrize(
    "text",
    [
        "A B C D",
        "S A B C",
        "男 女",
        "大 中 小",
        "ヤマガタ 移住",
        "1 歳入の確保",
        "1 2 3",
        "取組 A",
        "第1 県民",
        "",
    ],
)
def test_blanks_that_separate_are_kept(text: str) -> None:
    assert join_letter_spaced(text) == text


@given(ANY)
def test_closing_letter_spacing_takes_away_only_blanks(text: str) -> None:
    joined = join_letter_spaced(text)
    assert "".join(joined.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("doubled", "meant"),
    [
        ("行行財財政政", "行財政"),
        ("平平成成1199年年", "平成19年"),
        ("取取組組 状状況況", "取組 状況"),
    ],
)
def test_a_text_printed_twice_is_read_once(doubled: str, meant: str) -> None:
    assert undouble(doubled) == meant


@pytest.mark.parametrize("text", ["1122", "――――", "人人", "1199年", "次々と", "", "ああああ", "1,,00"])
def test_a_text_that_may_be_meant_is_not_undoubled(text: str) -> None:
    assert undouble(text) == text


@given(st.text("行財政改革県民1239年", min_size=3, max_size=12))
def test_doubling_every_glyph_is_undone(text: str) -> None:
    doubled = "".join(c * 2 for c in text)
    if any(c.isalpha() for c in text) and len(set(text)) > 1:
        assert undouble(doubled) == text


def test_only_brackets_around_the_whole_are_taken_off() -> None:
    assert [unwrap(t) for t in ("（R2）", "【(1)】", "(1)(2)", "()", "( ")] == ["R2", "1", "(1)(2)", "", "("]
