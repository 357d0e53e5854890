"""Hints on public texts: long sentences, 機種依存文字, double negatives, loanwords."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaikaku.core.readability import check_text, is_platform_dependent, replacement_for, sentences


def codes(text: str) -> list[str]:
    return [hint.code for hint in check_text(text)]


def test_a_full_stop_in_brackets_ends_no_sentence() -> None:
    assert [s for _, s in sentences("実績（見込みを含む。）を示す。\n次に進む")] == [
        "実績（見込みを含む。）を示す。",
        "次に進む",
    ]


def test_an_unclosed_bracket_does_not_swallow_the_next_line() -> None:
    assert len(sentences("（様式は別紙\n提出する。確認する。")) == 3


def test_sixty_characters_are_a_sentence_and_sixty_one_a_hint() -> None:
    assert codes("あ" * 59 + "。") == []
    (hint,) = check_text("短い。" + "あ" * 60 + "。")
    assert (hint.code, hint.start) == ("long_sentence", 3)
    assert hint.message.startswith("一文が61字あります。")


@pytest.mark.parametrize("character", list("①Ⅰ㈱㎡℡№㌧髙﨑ｱ㍻\ue000😀é"))
def test_platform_dependent_characters_are_found(character: str) -> None:
    assert is_platform_dependent(character)


@pytest.mark.parametrize("character", list("亜Aａア。、〜～−－△▲◎○×÷≦≧々〇—―…・"))
def test_everyday_characters_are_not(character: str) -> None:
    assert not is_platform_dependent(character)


@pytest.mark.parametrize(
    ("character", "better"),
    [
        ("①", "(1)"),
        ("Ⅱ", "II"),
        ("㈱", "(株)"),
        ("㎡", "平方メートル"),
        ("ｱ", "ア"),
        ("髙", "高"),
        ("⑴", "(1)"),
        ("😀", None),
    ],
)
def test_a_replacement_is_offered_where_it_is_certain(character: str, better: str | None) -> None:
    assert replacement_for(character) == better


def test_the_hint_says_what_to_write_instead() -> None:
    (hint,) = check_text("第Ⅱ期")
    assert hint.message == "「Ⅱ」は機種依存文字です。「II」に置き換えてください。"


def test_a_private_use_character_is_named_by_its_code() -> None:
    (hint,) = check_text("\ue000")
    assert "U+E000" in hint.message


@pytest.mark.parametrize(
    "text",
    [
        "実施しないわけではない。",
        "できなくはない。",
        "申請しなければ利用できない。",
        "認めないこともありません。",
    ],
)
def test_double_negatives_are_found(text: str) -> None:
    assert codes(text) == ["double_negative"]


@pytest.mark.parametrize(
    "text", ["提出しなければならない。", "提出しなければなりません。", "実施しない。", "少なくない。"]
)
def test_duties_and_single_negatives_are_plain(text: str) -> None:
    assert codes(text) == []


def test_a_loanword_is_hinted_at_once_and_not_where_it_is_explained() -> None:
    assert codes("スキームを定める。スキームを見直す。") == ["loanword"]
    assert codes("ガバナンス（組織を治める仕組み）を高める。") == []
    assert codes("エンゲージメント※2を測る。") == []


def test_a_longer_loanword_is_not_mistaken_for_one_inside_it() -> None:
    assert codes("コーポレートガバナンスを高める。") == []


@given(st.text(max_size=80))
def test_every_hint_points_at_its_own_text(text: str) -> None:
    for hint in check_text(text, limit=10):
        assert text[hint.start : hint.end] == hint.text
        assert hint.message.endswith("。")


@given(st.characters())
def test_a_replacement_is_itself_safe(character: str) -> None:
    better = replacement_for(character)
    if is_platform_dependent(character) and better is not None:
        assert not any(is_platform_dependent(c) for c in better)
