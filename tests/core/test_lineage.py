"""What became of each item: 宮城県's sixteen initiatives from R7 to R8, mergers, splits, and readable
diffs."""

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaikaku.core.assignment import best_pairs
from kaikaku.core.errors import RuleViolation
from kaikaku.core.lineage import Ending, Entry, Kind, check_decision, propose, similarities, word_diff

# みやぎ行政運営・働き方改革推進プラン: what became of each R7 title in R8 (read by a person)
MIYAGI = {
    "I": [
        ("生成AI・自動化ツールの積極活用", "生成AI基盤の全庁展開と積極活用"),
        ("補助金申請のオンライン化", "補助金業務のアウトソーシングの推進"),
        ("電子契約の導入・推進", "電子契約の定着と利用拡大"),
        ("アナログ規制等の見直し", "アナログ規制の見直しとデジタル完結型業務の推進"),
    ],
    "II": [
        ("エンゲージメントサーベイの導入", "エンゲージメントサーベイの全庁展開と組織課題改善"),
        ("テレワーク環境の充実", "テレワークの適切な運用と柔軟な働き方の定着"),
        ("ペーパーレスの推進", "ペーパーレスの推進"),
        ("オフィス改革の推進", "全庁的なオフィス改革と庁内環境の整備"),
    ],
    "III": [
        ("民間企業等との協働推進", "民間企業等との協働推進"),
        ("PPP・PFI制度の活用推進", "PPP・PFI制度の活用推進"),
        ("指定管理者制度の運用見直し", "持続可能な指定管理者制度の構築"),
        ("公社等外郭団体の自立的運営の推進", "公社等外郭団体の自立的運営の推進"),
    ],
    "IV": [
        ("人材確保・育成の強化", "人材確保・定着策の強化と職員育成"),
        ("柔軟な職員配置と短期業務支援の充実", "柔軟な職員配置と短期業務支援の充実"),
        ("庁内複業の推進", "庁内複業の推進"),
        ("内部統制の強化", "DXによる予防的ガバナンスと内部統制の高度化"),
    ],
}
PAIRS = [pair for pairs in MIYAGI.values() for pair in pairs]
OLD = [old for old, _ in PAIRS]
# the order of the R8 plan, which is another one within every pillar
NEW = [PAIRS[i][1] for i in (0, 3, 1, 2, 4, 7, 5, 6, 10, 11, 9, 8, 12, 15, 13, 14)]


def test_all_sixteen_of_miyagis_initiatives_survive_as_proposals() -> None:
    found = propose(OLD, NEW)
    links = {(OLD[p.old], NEW[p.new]) for p in found if p.old is not None and p.new is not None}
    assert links == set(PAIRS)
    assert {p.kind for p in found} == {Kind.CARRIED, Kind.REVISED}


def test_only_the_same_words_are_proposed_as_carried() -> None:
    carried = {NEW[p.new] for p in propose(OLD, NEW) if p.kind is Kind.CARRIED and p.new is not None}
    assert carried == {old for old, new in PAIRS if old == new}


def test_what_only_a_person_can_decide_is_not_sure() -> None:
    outsourced = next(
        p for p in propose(OLD, NEW) if p.new == NEW.index("補助金業務のアウトソーシングの推進")
    )
    assert (outsourced.kind, outsourced.sure) == (Kind.REVISED, False)


def test_proposals_come_in_the_order_of_the_new_edition() -> None:
    assert [p.new for p in propose(OLD, NEW)] == list(range(16))


def test_a_title_under_another_heading_has_moved() -> None:
    found = propose(
        [Entry("庁内複業の推進", "組織力の向上")], [Entry("庁内複業の推進", "働きやすい職場環境の整備")]
    )
    assert [p.kind for p in found] == [Kind.MOVED]


def test_a_blank_in_the_heading_is_no_move() -> None:
    found = propose([Entry("庁内複業の推進", "組織力の向上")], [Entry("庁内複業の推進", "組織力 の向上")])
    assert [p.kind for p in found] == [Kind.CARRIED]


def test_the_same_text_under_a_new_title_is_renamed() -> None:
    found = propose(
        [Entry("電子契約の導入", text="契約を電子化する。")],
        [Entry("電子契約の定着", text="契約を電子化する。")],
    )
    assert [p.kind for p in found] == [Kind.RENAMED]


def test_a_new_text_under_the_same_title_is_revised() -> None:
    found = propose([Entry("電子契約", text="導入する。")], [Entry("電子契約", text="拡大する。")])
    assert [p.kind for p in found] == [Kind.REVISED]


def test_two_items_in_one_are_a_merger() -> None:
    found = propose(
        ["公用車の集約管理", "公用車の集約管理の拡大", "税の電子申告"], ["公用車の集約管理", "税の電子申告"]
    )
    assert [(p.kind, p.old, p.new) for p in found] == [
        (Kind.MERGED, 0, 0),
        (Kind.MERGED, 1, 0),
        (Kind.CARRIED, 2, 1),
    ]


def test_one_item_in_two_is_a_split() -> None:
    found = propose(["公用車の集約管理"], ["公用車の集約管理", "公用車の集約管理の拡大"])
    assert [(p.kind, p.old, p.new) for p in found] == [(Kind.SPLIT, 0, 0), (Kind.SPLIT, 0, 1)]


def test_what_resembles_nothing_is_added_or_ended() -> None:
    found = propose(["押印の廃止"], ["議会棟の耐震化"])
    assert [(p.kind, p.old, p.new) for p in found] == [(Kind.ADDED, None, 0), (Kind.ENDED, 0, None)]
    assert [p.label for p in found] == ["新規", "終了"]


def test_an_empty_edition_gives_only_endings_or_additions() -> None:
    assert [p.kind for p in propose(["甲の推進"], [])] == [Kind.ENDED]
    assert [p.kind for p in propose([], ["甲の推進"])] == [Kind.ADDED]
    assert propose([], []) == []


def test_width_and_blanks_do_not_make_a_revision() -> None:
    assert [p.kind for p in propose(["ＰＰＰ・ＰＦＩ制度 の活用"], ["PPP・PFI制度の活用"])] == [Kind.CARRIED]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("電子契約の導入・推進", "電子契約の定着と利用拡大", "電子契約の[-導入・推進-]{+定着と利用拡大+}"),
        ("補助金申請の電子化", "補助金業務の電子化", "補助金[-申請-]{+業務+}の電子化"),
        ("アナログ規制等の見直し", "アナログ規制の見直しと整備", "アナログ規制[-等-]の見直し{+と整備+}"),
        ("令和7年度", "令和8年度", "令和[-7-]{+8+}年度"),
        ("2,400人", "2,800人", "[-2,400-]{+2,800+}人"),
        ("同じ", "同じ", "同じ"),
    ],
)
def test_a_diff_reads_in_words(old: str, new: str, expected: str) -> None:
    marks = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    assert "".join(marks[op].format(text) for op, text in word_diff(old, new)) == expected


japanese = st.text(alphabet="電子契約補助金推進の導入とをアイツール12Aa・ （）", max_size=30)


@given(japanese, japanese)
def test_a_diff_holds_both_texts_whole(old: str, new: str) -> None:
    diff = word_diff(old, new)
    assert "".join(text for op, text in diff if op != "+") == old
    assert "".join(text for op, text in diff if op != "-") == new
    assert all(first[0] != second[0] for first, second in pairwise(diff))


@given(st.lists(japanese.filter(str.strip), max_size=8), st.lists(japanese.filter(str.strip), max_size=8))
def test_every_item_of_both_editions_is_accounted_for(old: list[str], new: list[str]) -> None:
    found = propose(old, new)
    assert {p.old for p in found} - {None} == set(range(len(old)))
    assert {p.new for p in found} - {None} == set(range(len(new)))


@given(st.lists(japanese, max_size=6), st.lists(japanese, max_size=6))
def test_likeness_lies_between_nothing_and_one(old: list[str], new: list[str]) -> None:
    assert all(0 <= score <= 1 for row in similarities(old, new) for score in row)


@given(st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=1, max_size=4))
def test_pairs_have_the_greatest_total(weights: list[list[int]]) -> None:
    best = max(sum(weights[r][c] for r, c in enumerate(p)) for p in permutations(range(4), len(weights)))
    pairs = best_pairs(weights)
    assert sum(weights[r][c] for r, c in pairs) == best
    assert len(pairs) == len(weights)


@pytest.mark.parametrize("kind", [Kind.REVISED, Kind.ADDED, Kind.MERGED])
def test_every_change_needs_its_reason(kind: Kind) -> None:
    with pytest.raises(RuleViolation, match="理由を入力"):
        check_decision(kind, reason=" ")
    check_decision(kind, reason="環境が変わったため")


def test_what_is_carried_needs_no_reason_and_what_ended_needs_its_kind() -> None:
    check_decision(Kind.CARRIED, reason="")
    with pytest.raises(RuleViolation, match="いずれかを選んで"):
        check_decision(Kind.ENDED, reason="終えた")
    check_decision(Kind.ENDED, reason="終えた", ending=Ending.SOLVED)
