"""Writing and sending an idea, and what may never be known of who did."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kaikaku.audit.models import Entry
from kaikaku.core.errors import RuleViolation
from kaikaku.ideas import services
from kaikaku.ideas.entries import IdeaFields
from kaikaku.ideas.models import AxisValue, Campaign, Idea, PersonalValue
from kaikaku.org.queries import today
from tests.cast import Cast
from tests.ideas.campaign import DRESS, PAPER, announced, draft, planned, sent


def test_half_a_sentence_is_kept_as_a_draft_and_not_recorded(cast: Cast, campaign: Campaign) -> None:
    before = Entry.objects.count()
    kept = draft(campaign, cast.kobayashi, IdeaFields(title="", proposal="会議を"))
    assert (kept.state, kept.number) == ("draft", None)
    assert Entry.objects.count() == before


def test_a_sent_idea_gets_the_next_number(cast: Cast, campaign: Campaign) -> None:
    assert [sent(campaign, cast.kobayashi).number, sent(campaign, cast.sato, DRESS).number] == [1, 2]


def test_an_idea_without_a_proposal_is_not_taken(cast: Cast, campaign: Campaign) -> None:
    with pytest.raises(RuleViolation, match="提案を入力してください"):
        sent(campaign, cast.kobayashi, IdeaFields(title="紙をなくす", proposal=" "))


def test_outside_the_window_no_idea_is_taken(cast: Cast) -> None:
    later = announced(cast, title="来月", opens_on=today() + timedelta(days=1))
    with pytest.raises(RuleViolation, match="いま提案を受け付けていません"):
        draft(later, cast.kobayashi)


def test_before_it_is_announced_no_idea_is_taken(cast: Cast) -> None:
    with pytest.raises(RuleViolation, match="いま提案を受け付けていません"):
        draft(planned(cast), cast.kobayashi)


def test_an_outside_expert_and_a_stranger_send_nothing(cast: Cast, campaign: Campaign) -> None:
    for person in (cast.watanabe, cast.tanaka):
        with pytest.raises(RuleViolation):
            draft(campaign, person)


def test_another_person_cannot_send_or_change_my_draft(cast: Cast, campaign: Campaign) -> None:
    mine = draft(campaign, cast.kobayashi)
    for act in (services.send_idea, services.keep_draft):
        with pytest.raises(RuleViolation, match="提案した本人だけ"):
            act(idea=mine, fields=PAPER, by=cast.takahashi)


def test_a_sent_idea_cannot_be_deleted_only_withdrawn(cast: Cast, idea: Idea) -> None:
    with pytest.raises(RuleViolation, match="すでに送られています"):
        services.discard_draft(idea=idea, by=cast.kobayashi)
    assert services.withdraw_idea(idea=idea, by=cast.kobayashi).state == "withdrawn"
    assert Idea.objects.get(pk=idea.pk).number == 1


def test_a_discarded_draft_leaves_nothing(cast: Cast, campaign: Campaign) -> None:
    services.discard_draft(idea=draft(campaign, cast.kobayashi), by=cast.kobayashi)
    assert not Idea.objects.exists()


def test_what_tells_of_the_proposer_is_kept_apart_from_the_idea(cast: Cast, idea: Idea) -> None:
    assert set(AxisValue.objects.values_list("axis", flat=True)) == {"digital", "category", "cost"}
    personal = dict(PersonalValue.objects.values_list("axis", "value"))
    assert personal == {"department": "総務部", "grade": "主事・技師"}


def test_no_column_of_an_idea_points_at_a_person() -> None:
    people = [
        field.name
        for field in Idea._meta.concrete_fields
        if field.related_model and field.related_model.__name__ == "User"
    ]
    assert people == []


def test_the_log_never_names_the_proposer(cast: Cast, campaign: Campaign) -> None:
    mine = sent(campaign, cast.kobayashi)
    services.change_consent(idea=mine, may_publish=False, by=cast.kobayashi)
    services.change_consent(idea=mine, may_publish=True, by=cast.kobayashi)
    services.comment(idea=mine, text="補足します。", by=cast.kobayashi)
    services.withdraw_idea(idea=mine, by=cast.kobayashi)
    entries = Entry.objects.filter(action__startswith="ideas.").exclude(by=cast.takahashi)
    assert entries.count() == 5
    for entry in entries:
        assert entry.by is None
        assert "小林" not in f"{entry.old}{entry.new}{entry.note}{entry.subject_label}"


def test_two_likes_of_one_person_count_once_and_none_of_ones_own(cast: Cast, idea: Idea) -> None:
    services.like(idea=idea, by=cast.sato)
    services.like(idea=idea, by=cast.sato)
    services.like(idea=idea, by=cast.suzuki)
    with pytest.raises(RuleViolation, match="自分の提案"):
        services.like(idea=idea, by=cast.kobayashi)
    idea.refresh_from_db()
    assert idea.liked == 2
    services.unlike(idea=idea, by=cast.sato)
    services.unlike(idea=idea, by=cast.sato)
    idea.refresh_from_db()
    assert idea.liked == 1


def test_an_idea_without_consent_takes_neither_likes_nor_comments(cast: Cast, campaign: Campaign) -> None:
    quiet = sent(campaign, cast.kobayashi, DRESS)
    with pytest.raises(RuleViolation):
        services.like(idea=quiet, by=cast.sato)
    with pytest.raises(RuleViolation):
        services.comment(idea=quiet, text="よいと思います。", by=cast.sato)


def test_a_campaign_without_comments_takes_none(cast: Cast) -> None:
    silent = announced(cast, comments=False, likes=False)
    with pytest.raises(RuleViolation, match="「コメント」を受け付けていません"):
        services.comment(idea=sent(silent, cast.kobayashi), text="よいと思います。", by=cast.sato)
