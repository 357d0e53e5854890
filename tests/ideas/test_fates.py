"""What becomes of ideas: sorted, begun, realised, declined, answered, told."""

from __future__ import annotations

import pytest
from django.core import mail

from kaikaku.core.errors import RuleViolation
from kaikaku.ideas import services
from kaikaku.ideas.entries import (
    CaseFields,
    EvaluationFields,
    IdeaFields,
    ListedFields,
    RealisationFields,
    TriageFields,
)
from kaikaku.ideas.models import Answer, Campaign, Fulfilment, Idea, Label, Listed
from tests.cast import Cast
from tests.ideas.campaign import DRESS, decided, realisation, sent


def test_only_the_office_sorts_ideas(cast: Cast, idea: Idea) -> None:
    with pytest.raises(RuleViolation, match="事務局だけ"):
        services.decide(ideas=[idea], fields=TriageFields("realise_now"), by=cast.sato)


def test_an_idea_marked_as_excluded_is_still_sorted_and_realised(
    cast: Cast, campaign: Campaign, idea: Idea
) -> None:
    label = Label.objects.get(organisation=cast.sakura, code="vague")
    services.label_ideas(ideas=[idea], add=[label], by=cast.takahashi)
    decided(cast, idea)
    services.fulfil(ideas=[idea], realisation=realisation(cast, campaign), by=cast.takahashi)
    idea.refresh_from_db()
    assert (idea.state, list(idea.labels.all())) == ("realised", [label])


def test_many_ideas_are_sorted_at_once_and_all_or_none(cast: Cast, campaign: Campaign, idea: Idea) -> None:
    other = sent(campaign, cast.sato, DRESS)
    services.withdraw_idea(idea=other, by=cast.sato)
    with pytest.raises(RuleViolation):
        services.decide(ideas=[idea, other], fields=TriageFields("realise_now"), by=cast.takahashi)
    idea.refresh_from_db()
    assert idea.state == "received"


def test_who_was_slower_is_told_and_overwrites_nothing(cast: Cast, idea: Idea) -> None:
    seen = {idea.pk: idea.version}
    services.decide(ideas=[idea], fields=TriageFields("realise_now"), by=cast.takahashi, seen=seen)
    with pytest.raises(RuleViolation, match="ほかの人が変更しました"):
        services.decide(
            ideas=[idea],
            fields=TriageFields("later_long", budget_step="none"),
            by=cast.takahashi,
            seen=seen,
        )
    idea.refresh_from_db()
    assert idea.track == "realise_now"


def test_an_idea_put_into_a_theme_is_clustered_and_later_keeps_its_state(
    cast: Cast, campaign: Campaign, idea: Idea
) -> None:
    theme = services.make_theme(campaign=campaign, title="紙を使わない仕事", by=cast.takahashi)
    services.put_in_theme(ideas=[idea], theme=theme, by=cast.takahashi)
    idea.refresh_from_db()
    assert idea.state == "clustered"
    decided(cast, idea)
    other = services.make_theme(campaign=campaign, title="会議", by=cast.takahashi)
    services.put_in_theme(ideas=[idea], theme=other, by=cast.takahashi)
    idea.refresh_from_db()
    assert (idea.state, idea.theme) == ("decided", other)


def test_a_declined_idea_is_answered_with_the_reason(cast: Cast, idea: Idea) -> None:
    decided(cast, idea)
    services.decline(ideas=[idea], reason="来年度に更新する予定の仕組みで行います。", by=cast.takahashi)
    idea.refresh_from_db()
    assert idea.state == "declined"
    assert idea.first_answered_on is not None
    assert idea.answers.get().text == "来年度に更新する予定の仕組みで行います。"


def test_a_section_handles_what_was_handed_to_it_and_nothing_else(
    cast: Cast, campaign: Campaign, idea: Idea
) -> None:
    decided(cast, idea, "delegated", department=cast.zeimu)
    assert services.start(ideas=[idea], by=cast.sato)[0].state == "in_progress"
    other = decided(cast, sent(campaign, cast.sato, DRESS))
    with pytest.raises(RuleViolation, match="事務局だけ"):
        services.start(ideas=[other], by=cast.sato)


def test_one_answer_to_many_speaks_of_each(cast: Cast, campaign: Campaign, idea: Idea) -> None:
    other = sent(campaign, cast.sato, DRESS)
    services.answer(ideas=[idea, other], text="受付番号{番号}「{題名}」を検討します。", by=cast.takahashi)
    assert [a.text for a in Answer.objects.order_by("pk")] == [
        "受付番号1「会議の資料を画面で見る」を検討します。",
        "受付番号2「一年を通して軽装で働く」を検討します。",
    ]


def test_each_proposer_is_written_to_once_and_the_letter_names_no_idea(
    cast: Cast, campaign: Campaign, idea: Idea
) -> None:
    cast.kobayashi.email = "kobayashi@example.jp"
    cast.kobayashi.save(update_fields=["email"])
    second = sent(campaign, cast.kobayashi, IdeaFields(title="題名2", proposal="会議を減らします。"))
    services.answer(ideas=[idea, second], text="検討します。", by=cast.takahashi)
    told = services.tell_due()
    assert (told.answers, told.mails, told.without_address) == (2, 1, 0)
    (letter,) = mail.outbox
    assert letter.to == ["kobayashi@example.jp"]
    assert idea.title not in letter.body + letter.subject
    assert services.tell_due().mails == 0


def test_an_evaluator_says_what_they_think_and_only_when_asked(cast: Cast, idea: Idea) -> None:
    asked = services.ask_evaluators(ideas=[idea], evaluators=[cast.suzuki], due=None, by=cast.takahashi)
    again = services.ask_evaluators(ideas=[idea], evaluators=[cast.suzuki], due=None, by=cast.takahashi)
    assert (asked, again) == (1, 0)
    evaluation = idea.evaluations.get()
    with pytest.raises(RuleViolation, match="依頼された本人"):
        services.evaluate(evaluation=evaluation, fields=EvaluationFields("high", "high"), by=cast.sato)
    services.evaluate(evaluation=evaluation, fields=EvaluationFields("high", "middle"), by=cast.suzuki)
    assert idea.evaluations.get().done_on is not None


def test_a_note_is_for_the_office_and_evaluators(cast: Cast, idea: Idea) -> None:
    services.write_note(idea=idea, text="情報の担当と話す。", by=cast.takahashi)
    with pytest.raises(RuleViolation, match="メモを書けるのは"):
        services.write_note(idea=idea, text="見た。", by=cast.sato)


def test_one_realisation_fulfils_many_ideas_and_one_idea_needs_several(
    cast: Cast, campaign: Campaign, idea: Idea
) -> None:
    other = decided(cast, sent(campaign, cast.sato, DRESS))
    decided(cast, idea)
    first, second = realisation(cast, campaign), realisation(cast, campaign, "タブレットの配布")
    services.fulfil(
        ideas=[idea, other], realisation=first, extent="partial", rest="出先は来年度", by=cast.takahashi
    )
    services.fulfil(ideas=[idea], realisation=second, by=cast.takahashi)
    assert Fulfilment.objects.count() == 3
    idea.refresh_from_db()
    assert idea.state == "realised"


def test_ideas_tied_to_what_is_under_way_are_realised_when_it_is_done(
    cast: Cast, campaign: Campaign, idea: Idea
) -> None:
    decided(cast, idea)
    made = realisation(cast, campaign, progress="under_way")
    services.fulfil(ideas=[idea], realisation=made, by=cast.takahashi)
    idea.refresh_from_db()
    assert idea.state == "in_progress"
    services.revise_realisation(
        realisation=made, fields=RealisationFields(title=made.title, progress="done"), by=cast.takahashi
    )
    idea.refresh_from_db()
    assert idea.state == "realised"


def test_a_realisation_is_listed_once_and_again_only_as_cross_listed(cast: Cast, campaign: Campaign) -> None:
    made = realisation(cast, campaign)
    with pytest.raises(RuleViolation, match="まだ一覧にない"):
        services.list_realisation(
            realisation=made, fields=ListedFields("業務改善", "会議", cross_listed=True), by=cast.takahashi
        )
    services.list_realisation(realisation=made, fields=ListedFields("ペーパーレス", "紙"), by=cast.takahashi)
    with pytest.raises(RuleViolation, match="再掲"):
        services.list_realisation(
            realisation=made, fields=ListedFields("業務改善", "会議"), by=cast.takahashi
        )
    services.list_realisation(
        realisation=made, fields=ListedFields("業務改善", "会議", cross_listed=True), by=cast.takahashi
    )
    assert Listed.objects.count() == 2


def test_a_section_takes_over_adapts_or_declines_with_a_reason(cast: Cast, campaign: Campaign) -> None:
    made = realisation(cast, campaign, department=cast.gyokaku)
    (offered,) = services.offer(
        realisation=made, departments=[cast.zeimu, cast.gyokaku], due=None, by=cast.takahashi
    )
    with pytest.raises(RuleViolation, match="取り入れない理由"):
        services.answer_rollout(rollout=offered, outcome="declined", reason="", by=cast.sato)
    with pytest.raises(RuleViolation, match="依頼された所属"):
        services.answer_rollout(rollout=offered, outcome="adopted", reason="", by=cast.kobayashi)
    done = services.answer_rollout(rollout=offered, outcome="adapted", reason="月1回だけ行う", by=cast.sato)
    assert (done.outcome, done.answered_on is not None) == ("adapted", True)


def test_a_casebook_grows_from_what_was_realised_and_stands_once_issued(
    cast: Cast, campaign: Campaign
) -> None:
    realisation(cast, campaign)
    realisation(cast, campaign, "まだの取組", progress="under_way")
    book = services.make_casebook(campaign=campaign, title="実践事例集", by=cast.takahashi)
    (case,) = services.add_realised(casebook=book, by=cast.takahashi)
    assert case.title == "紙を使わない会議"
    services.issue_casebook(casebook=book, by=cast.takahashi)
    with pytest.raises(RuleViolation, match="発行した事例集は変更できません"):
        services.add_case(casebook=book, fields=CaseFields("その他", "題名"), by=cast.takahashi)
    services.take_back_casebook(casebook=book, reason="誤字を直すため", by=cast.takahashi)
    services.revise_case(case=case, fields=CaseFields("会議", "紙を使わない会議"), by=cast.takahashi)


def test_another_government_touches_nothing(cast: Cast, campaign: Campaign, idea: Idea) -> None:
    with pytest.raises(RuleViolation, match="ほかの団体"):
        services.decide(ideas=[idea], fields=TriageFields("realise_now"), by=cast.nakamura)
    with pytest.raises(RuleViolation, match="ほかの団体"):
        services.plan_campaign(organisation=cast.sakura, fields=None, by=cast.nakamura)  # type: ignore[arg-type]
