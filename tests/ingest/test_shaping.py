"""What the office does to what was read: correct, join, split, add, move, and take each back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kaikaku.audit.models import Entry
from kaikaku.core.errors import RuleViolation
from kaikaku.ingest import queries, services
from kaikaku.ingest.models import Import, Proposal
from kaikaku.ingest.payloads import FootnotePayload, ItemPayload, SectionPayload, from_json
from tests.cast import Cast

Propose = Callable[..., Import]

TEXT = """改革プラン（令和8年度）

第1 業務の改革

1 会議の見直し

- 会議を減らす
- 資料を
- 短くする

2 文書の電子化

- 決裁を電子化

第2 財政の改革

1 歳入の確保

- 県税の徴収
"""


@pytest.fixture
def imported(proposed: Propose) -> Import:
    return proposed("plan", data=TEXT.encode())


def find(imported: Import, words: str) -> Proposal:
    [row] = [p for p in queries.proposals_of(imported) if words in str(p)]
    return row


def names(imported: Import) -> list[str]:
    """All rows that are not dropped, in order, further in by level."""
    rows = [p for p in queries.proposals_of(imported) if p.decision != "dropped" and p.kind != "fact"]
    depth: dict[int, int] = {}
    shown = []
    for row in rows:
        depth[row.pk] = depth.get(row.parent_id or 0, -1) + 1
        shown.append("・" * depth[row.pk] + str(row.payload.get("title") or row.payload.get("text")))
    return shown


def test_it_begins_as_read(imported: Import) -> None:
    assert names(imported) == [
        "業務の改革",
        "・会議の見直し",
        "・・会議を減らす",
        "・・資料を",
        "・・短くする",
        "・文書の電子化",
        "・・決裁を電子化",
        "財政の改革",
        "・歳入の確保",
        "・・県税の徴収",
    ]


def test_a_correction_keeps_what_was_read_and_saying_that_again_undoes_it(
    cast: Cast, imported: Import
) -> None:
    row = find(imported, "会議を減らす")
    services.correct(proposal=row, payload=ItemPayload("会議を半分にする"), by=cast.takahashi)
    row.refresh_from_db()
    assert (row.decision, row.payload["text"], row.read["text"]) == (
        "corrected",
        "会議を半分にする",
        "会議を減らす",
    )
    services.correct(proposal=row, payload=from_json("item", row.read), by=cast.takahashi)
    row.refresh_from_db()
    assert row.decision == "open"


def test_a_correction_is_on_record_with_old_and_new(cast: Cast, imported: Import) -> None:
    row = find(imported, "会議を減らす")
    services.correct(proposal=row, payload=ItemPayload("会議を半分にする"), by=cast.takahashi)
    entry = Entry.objects.latest("number")
    assert (entry.action, entry.old, entry.new) == (
        "ingest.proposal.corrected",
        {"text": "会議を減らす"},
        {"text": "会議を半分にする"},
    )


def test_two_lines_are_joined_into_one(cast: Cast, imported: Import) -> None:
    first, second = find(imported, "資料を"), find(imported, "短くする")
    services.join(first=first, second=second, by=cast.takahashi)
    assert "・・資料を短くする" in names(imported)
    assert "・・短くする" not in names(imported)


def test_joined_headings_bring_what_stood_under_both(cast: Cast, imported: Import) -> None:
    keys = [find(imported, "会議の見直し").pk, find(imported, "文書の電子化").pk]
    services.join_all(imported=imported, keys=keys, by=cast.takahashi)
    assert names(imported)[1:6] == [
        "・会議の見直し文書の電子化",
        "・・会議を減らす",
        "・・資料を",
        "・・短くする",
        "・・決裁を電子化",
    ]


def test_a_heading_is_not_joined_with_a_line(cast: Cast, imported: Import) -> None:
    with pytest.raises(RuleViolation, match="同じ種類のもの"):
        services.join(
            first=find(imported, "会議の見直し"), second=find(imported, "会議を減らす"), by=cast.takahashi
        )


def test_a_line_is_cut_in_two_that_cite_the_same_place(cast: Cast, imported: Import) -> None:
    row = find(imported, "決裁を電子化")
    first, second = services.split(proposal=row, at=3, by=cast.takahashi)
    assert (first.payload["text"], second.payload["text"]) == ("決裁を", "電子化")
    assert second.line == first.line
    assert names(imported)[6:8] == ["・・決裁を", "・・電子化"]


@pytest.mark.parametrize("at", [0, 6, 99, -1])
def test_a_cut_that_leaves_nothing_on_one_side_is_refused(cast: Cast, imported: Import, at: int) -> None:
    with pytest.raises(RuleViolation, match="分ける位置"):
        services.split(proposal=find(imported, "決裁を電子化"), at=at, by=cast.takahashi)


def test_what_is_added_comes_last_under_its_heading(cast: Cast, imported: Import) -> None:
    services.add(
        imported=imported,
        payload=ItemPayload("押印を廃止"),
        kind="item",
        parent=find(imported, "文書の電子化"),
        by=cast.takahashi,
    )
    assert names(imported)[5:8] == ["・文書の電子化", "・・決裁を電子化", "・・押印を廃止"]


def test_a_line_that_the_document_does_not_have_is_refused(cast: Cast, imported: Import) -> None:
    with pytest.raises(RuleViolation, match="999行目はありません"):
        services.add(
            imported=imported,
            payload=FootnotePayload("注"),
            kind="footnote",
            parent=None,
            line=999,
            by=cast.takahashi,
        )


def test_a_heading_moves_with_all_below_it(cast: Cast, imported: Import) -> None:
    services.move(
        proposal=find(imported, "文書の電子化"), parent=find(imported, "財政の改革"), by=cast.takahashi
    )
    assert names(imported)[5:] == [
        "財政の改革",
        "・歳入の確保",
        "・・県税の徴収",
        "・文書の電子化",
        "・・決裁を電子化",
    ]


def test_nothing_moves_below_itself(cast: Cast, imported: Import) -> None:
    with pytest.raises(RuleViolation, match="自分自身やその下"):
        services.move(
            proposal=find(imported, "業務の改革"), parent=find(imported, "会議の見直し"), by=cast.takahashi
        )


def test_a_heading_goes_down_and_up_again(cast: Cast, imported: Import) -> None:
    before = names(imported)
    services.indent(proposal=find(imported, "財政の改革"), by=cast.takahashi)
    assert names(imported)[7:] == ["・財政の改革", "・・歳入の確保", "・・・県税の徴収"]
    services.outdent(proposal=find(imported, "財政の改革"), by=cast.takahashi)
    assert names(imported) == before


def test_a_line_becomes_a_detail_of_the_one_before(cast: Cast, imported: Import) -> None:
    row = services.indent(proposal=find(imported, "短くする"), by=cast.takahashi)
    assert row.payload["depth"] == 2
    with pytest.raises(RuleViolation, match="最上段"):
        services.outdent(proposal=services.outdent(proposal=row, by=cast.takahashi), by=cast.takahashi)


def test_a_line_becomes_a_heading_and_a_line_again(cast: Cast, imported: Import) -> None:
    row = services.convert(proposal=find(imported, "決裁を電子化"), by=cast.takahashi)
    assert from_json(row.kind, row.payload) == SectionPayload("決裁を電子化")
    row = services.convert(proposal=row, by=cast.takahashi)
    assert from_json(row.kind, row.payload) == ItemPayload("決裁を電子化")


def test_a_heading_with_something_below_it_does_not_become_a_line(cast: Cast, imported: Import) -> None:
    with pytest.raises(RuleViolation, match="下に何もない見出しだけ"):
        services.convert(proposal=find(imported, "文書の電子化"), by=cast.takahashi)


def test_what_is_dropped_comes_back_with_what_it_stood_under(cast: Cast, imported: Import) -> None:
    before = names(imported)
    assert services.drop(imported=imported, keys=[find(imported, "財政の改革").pk], by=cast.takahashi) == 3
    item = find(imported, "県税の徴収")
    assert services.restore(imported=imported, keys=[item.pk], by=cast.takahashi) == 3
    assert names(imported) == before


def test_what_was_accepted_is_changed_in_the_plan_not_here(cast: Cast, imported: Import) -> None:
    services.accept(imported=imported, by=cast.takahashi)
    with pytest.raises(RuleViolation, match="プランの画面で変更してください"):
        services.correct(
            proposal=find(imported, "会議を減らす"), payload=ItemPayload("別の文"), by=cast.takahashi
        )


def test_there_is_always_room_between_two_rows(cast: Cast, imported: Import) -> None:
    row = find(imported, "会議を減らす")
    for number in range(14):
        services.add(
            imported=imported,
            payload=ItemPayload(f"追加{number}"),
            kind="item",
            parent=find(imported, "会議の見直し"),
            after=row,
            by=cast.takahashi,
        )
    assert names(imported)[2:18] == [
        "・・会議を減らす",
        *(f"・・追加{number}" for number in range(13, -1, -1)),
        "・・資料を",
    ]
