"""What is still open when the next edition is drafted: offered, taken up or left, and cited."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kaikaku.core.errors import RuleViolation
from kaikaku.org.queries import today
from kaikaku.plans import queries as plan_queries
from kaikaku.plans import services as plans
from kaikaku.plans.entries import EditionFields, SectionFields
from kaikaku.plans.models import Cause, Edition, Section
from kaikaku.reviews import queries, services
from kaikaku.reviews.entries import Act, AnswerFields
from kaikaku.reviews.models import AgendaItem, Opinion
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.pages import Page
from tests.reviews import year

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast: Cast, edition: Edition) -> Edition:
    return year.drafted(cast, edition)


@pytest.fixture
def opinion(cast: Cast, committee_item: AgendaItem) -> Opinion:
    return year.opinion(cast, committee_item)


def in_draft(draft: Edition, title: str = "納税の電子化") -> Section:
    return draft.sections.select_related("edition__plan").get(title=title, removed_at=None)


def rows(cast: Cast, draft: Edition) -> dict[str, queries.CarryRow]:
    return {row.key: row for row in queries.carry_rows(cast.takahashi, draft)}


def handle(cast: Cast, draft: Edition, thing: object, choice: str, reason: str = "") -> None:
    services.handle_in_draft(draft=draft, thing=thing, choice=choice, reason=reason, by=cast.takahashi)


# What is offered


def test_an_open_loop_is_offered_with_the_section_it_stands_in_now(
    cast: Cast, section: Section, draft: Edition
) -> None:
    loop = year.noticed(cast, section)
    [row] = rows(cast, draft).values()
    assert (row.key, row.state, row.parts) == (f"loop-{loop.pk}", "open", (in_draft(draft),))
    assert "納税の電子化" in row.place


def test_what_has_ended_is_not_offered(cast: Cast, section: Section, draft: Edition) -> None:
    loop = year.noticed(cast, section)
    services.close_loop(loop=loop, reason="ほかの課で対応済み", by=cast.takahashi)
    assert rows(cast, draft) == {}


def test_an_unanswered_opinion_is_offered_and_one_not_to_be_reflected_is_not(
    cast: Cast, opinion: Opinion, draft: Edition
) -> None:
    assert [*rows(cast, draft)] == [f"opinion-{opinion.pk}"]
    fields = AnswerFields("not_reflected", "別の計画で進めます。")
    services.answer_opinion(opinion=opinion, fields=fields, by=cast.takahashi)
    assert rows(cast, draft) == {}


def test_an_answer_that_promises_a_change_is_offered_until_it_leads_to_one(
    cast: Cast, opinion: Opinion, draft: Edition
) -> None:
    promised = AnswerFields("reflected", "案内を作り直します。")
    services.answer_opinion(opinion=opinion, fields=promised, by=cast.takahashi)
    [row] = rows(cast, draft).values()
    assert row.state == "open"
    kept = AnswerFields("reflected", "案内を作り直します。", in_draft(draft))
    services.answer_opinion(opinion=opinion, fields=kept, by=cast.takahashi)
    [row] = rows(cast, draft).values()
    assert (row.state, row.changed) == ("done", (in_draft(draft),))


def test_what_is_noticed_of_the_draft_itself_is_not_offered_to_it(cast: Cast, draft: Edition) -> None:
    year.noticed(cast, in_draft(draft))
    assert rows(cast, draft) == {}


def test_the_drafts_page_says_how_much_is_open(
    cast: Cast, page: Page, section: Section, draft: Edition
) -> None:
    year.noticed(cast, section)
    address = reverse("plans:edition", args=[draft.pk])
    assert page.get(address, as_=cast.takahashi).says("まだ反映していない気づき・意見が1件あります")
    assert not page.get(address, as_=cast.sato).says("まだ反映していない")


# Taken up or left


def test_what_is_left_says_why(cast: Cast, section: Section, draft: Edition) -> None:
    loop = year.noticed(cast, section)
    with pytest.raises(RuleViolation, match="見送る理由を入力"):
        handle(cast, draft, loop, "leave")
    handle(cast, draft, loop, "leave", "予算の議決を待つ。")
    [row] = rows(cast, draft).values()
    assert (row.state, row.reason) == ("leave", "予算の議決を待つ。")
    assert plan_queries.waiting_in(cast.takahashi, draft) == []


def test_what_is_taken_up_waits_until_a_change_cites_it(cast: Cast, section: Section, draft: Edition) -> None:
    loop = year.noticed(cast, section)
    handle(cast, draft, loop, "take")
    [waiting] = plan_queries.waiting_in(cast.takahashi, draft)
    assert waiting.count == 1
    [cause] = [c for c in queries.causes_for(cast.takahashi, draft, in_draft(draft)) if c.near]
    plans.cite_causes(edition=draft, part=in_draft(draft), causes=[cause], by=cast.takahashi)
    [row] = rows(cast, draft).values()
    assert (row.state, row.changed) == ("done", (in_draft(draft),))
    assert plan_queries.waiting_in(cast.takahashi, draft) == []


def test_a_mind_may_be_changed_while_it_is_a_draft(cast: Cast, section: Section, draft: Edition) -> None:
    loop = year.noticed(cast, section)
    handle(cast, draft, loop, "leave", "予算の議決を待つ。")
    handle(cast, draft, loop, "take")
    assert [row.state for row in rows(cast, draft).values()] == ["take"]
    plans.change_state(edition=draft, state="in_force", by=cast.takahashi)
    draft.refresh_from_db()
    with pytest.raises(RuleViolation, match="「作成中」の版でだけ"):
        handle(cast, draft, loop, "leave", "やめる")


def test_what_was_left_is_offered_again_in_the_edition_after(
    cast: Cast, section: Section, draft: Edition
) -> None:
    loop = year.noticed(cast, section)
    handle(cast, draft, loop, "leave", "予算の議決を待つ。")
    plans.change_state(edition=draft, state="in_force", by=cast.takahashi)
    third = plans.draft_next_edition(
        edition=draft, fields=EditionFields("令和9年度版", 2027), by=cast.takahashi
    )
    assert [row.state for row in rows(cast, third).values()] == ["open"]


def test_the_office_decides_on_the_page(cast: Cast, page: Page, section: Section, draft: Edition) -> None:
    loop = year.noticed(cast, section)
    shown = page.get(reverse("reviews:carry", args=[draft.pk]), as_=cast.takahashi)
    assert shown.says("QRコードの場所が分からないという電話が続いている")
    address = reverse("reviews:handle", args=[draft.pk])
    left = {"key": f"loop-{loop.pk}", "choice": "leave", "reason": "予算の議決を待つ。"}
    assert page.post(address, left).says("見送る理由：予算の議決を待つ。")
    assert page.post(address, {"key": f"loop-{loop.pk}", "choice": "take"}).says("対応予定")
    assert page.post(address, {"key": "loop-999", "choice": "take"}).says("もう残っていません")


def test_the_loops_page_says_what_drafts_did_with_it(
    cast: Cast, page: Page, section: Section, draft: Edition
) -> None:
    loop = year.noticed(cast, section)
    handle(cast, draft, loop, "leave", "予算の議決を待つ。")
    shown = page.get(reverse("reviews:section", args=[section.pk]), as_=cast.kobayashi)
    assert shown.says("令和8年度版（案）：今回は見送る（予算の議決を待つ。）")


# Changes cite what led to them


def test_a_revision_of_the_draft_cites_what_led_to_it(
    cast: Cast, page: Page, section: Section, draft: Edition
) -> None:
    loop = year.decided(cast, year.noticed(cast, section))
    noticed, decided = (loop.events.get(kind=kind) for kind in ("observation", "decision"))
    address = reverse("plans:revise_section", args=[in_draft(draft).pk])
    shown = page.get(address, as_=cast.takahashi)
    assert shown.says("変更のきっかけ")
    page.post(
        address,
        {
            "title": "納税の電子化と案内の見直し",
            "change_reason": "使い方が伝わっていないため。",
            "causes": [f"reviews:event-{event.pk}" for event in (noticed, decided)],
        },
    )
    changes = page.get(reverse("plans:changes", args=[draft.pk]))
    for said in ("使い方が伝わっていないため。", "使い方を動画で案内する。", "QRコードの場所が分からない"):
        assert changes.says(said)
    life = page.get(reverse("plans:section_life", args=[section.pk]))
    assert life.says("使い方を動画で案内する。")
    log = page.get(reverse("reviews:section", args=[section.pk]))
    assert log.says("ここから変わった箇所：納税の電子化と案内の見直し")


def test_what_is_unticked_is_taken_back(cast: Cast, page: Page, section: Section, draft: Edition) -> None:
    loop = year.noticed(cast, section)
    part, event = in_draft(draft), loop.events.get()
    plans.cite_causes(edition=draft, part=part, causes=[queries.event_cause(event)], by=cast.takahashi)
    address = reverse("plans:revise_section", args=[part.pk])
    assert page.get(address, as_=cast.takahashi).find(f"//input[@value='reviews:event-{event.pk}'][@checked]")
    page.post(address, {"title": "納税の電子化"})
    assert plan_queries.causes_of(draft, part) == ()


def test_another_items_observation_may_be_cited_too(
    cast: Cast, page: Page, edition: Edition, section: Section, draft: Edition
) -> None:
    event = year.noticed(cast, section).events.get()
    other = in_draft(draft, "窓口の改善")
    address = reverse("plans:revise_section", args=[other.pk])
    page.post(
        address,
        {"title": "窓口の改善", "other_causes": [f"reviews:event-{event.pk}"]},
        as_=cast.takahashi,
    )
    [cause] = plan_queries.causes_of(draft, other)
    assert cause.source_key == event.pk


def test_the_citation_goes_with_a_part_that_is_merged(cast: Cast, section: Section, draft: Edition) -> None:
    event = year.noticed(cast, section).events.get()
    part, into = in_draft(draft), in_draft(draft, "窓口の改善")
    plans.cite_causes(edition=draft, part=part, causes=[queries.event_cause(event)], by=cast.takahashi)
    plans.merge_sections(into=into, others=[part], reason="窓口でまとめる", by=cast.takahashi)
    assert [cause.source_key for cause in plan_queries.causes_of(draft, into)] == [event.pk]


def test_an_end_cites_what_led_to_it_and_taking_it_back_keeps_it(
    cast: Cast, page: Page, section: Section, draft: Edition
) -> None:
    event = year.noticed(cast, section).events.get()
    address = reverse("plans:end_section", args=[in_draft(draft).pk])
    page.post(
        address,
        {"outcome": "solved", "reason": "使い方が定着した。", "causes": [f"reviews:event-{event.pk}"]},
        as_=cast.takahashi,
    )
    [row] = [
        r
        for r in plan_queries.changes(section.edition, draft)
        if r.kind == "ended" and r.part.sort == "section"
    ]
    assert [cause.source_key for cause in row.causes] == [event.pk]
    link = section.heirs.get()
    made = plans.resume_part(link=link, draft=draft, by=cast.takahashi)
    assert [cause.source_key for cause in plan_queries.causes_of(draft, made)] == [event.pk]


def test_a_new_section_cites_what_led_to_it(cast: Cast, page: Page, section: Section, draft: Edition) -> None:
    event = year.noticed(cast, section).events.get()
    page.post(
        reverse("plans:new_section", args=[draft.pk]),
        {
            "title": "使い方の動画",
            "change_reason": "電話が続くため",
            "other_causes": [f"reviews:event-{event.pk}"],
        },
        as_=cast.takahashi,
    )
    made = in_draft(draft, "使い方の動画")
    assert [cause.source_key for cause in plan_queries.causes_of(draft, made)] == [event.pk]
    assert made.origins.get().reason == "電話が続くため"


def test_an_edition_that_was_not_drafted_asks_for_nothing_more(
    cast: Cast, page: Page, section: Section
) -> None:
    year.noticed(cast, section)
    address = reverse("plans:revise_section", args=[section.pk])
    assert not page.get(address, as_=cast.takahashi).says("変更のきっかけ")


def test_an_answer_that_leads_to_a_line_is_cited_there(cast: Cast, opinion: Opinion, draft: Edition) -> None:
    one, other = in_draft(draft), in_draft(draft, "窓口の改善")
    for target in (one, other):
        fields = AnswerFields("reflected", "案内を作り直します。", target)
        services.answer_opinion(opinion=opinion, fields=fields, by=cast.takahashi)
    assert plan_queries.causes_of(draft, one) == ()
    [cause] = plan_queries.causes_of(draft, other)
    assert (cause.source, cause.source_key, cause.label) == ("reviews:opinion", opinion.pk, "委員の意見")


def test_what_an_expert_said_is_not_copied_to_the_list_of_changes(
    cast: Cast, opinion: Opinion, draft: Edition
) -> None:
    fields = AnswerFields("reflected", "案内を作り直します。", in_draft(draft))
    services.answer_opinion(opinion=opinion, fields=fields, by=cast.takahashi)
    assert Cause.objects.get().text == "「電子納税率」への意見（第1回推進委員会）"


def test_a_change_that_cites_an_opinion_stands_in_the_follow_up_report(
    cast: Cast, opinion: Opinion, edition: Edition, draft: Edition
) -> None:
    fields = AnswerFields("reflected", "案内を作り直します。")
    services.answer_opinion(opinion=opinion, fields=fields, by=cast.takahashi)
    plans.cite_causes(
        edition=draft, part=in_draft(draft), causes=[queries.opinion_cause(opinion)], by=cast.takahashi
    )
    [row] = queries.report_rows(edition)
    assert (row.target, row.target_edition) == ("納税の電子化", "令和8年度版（案）")


def test_an_act_that_changed_a_line_is_cited_by_its_decision(
    cast: Cast, section: Section, draft: Edition
) -> None:
    loop = year.decided(cast, year.noticed(cast, section))
    fields = Act(text="次の版に書いた。", happened_on=today(), target=in_draft(draft))
    services.act(loop=loop, fields=fields, by=cast.takahashi)
    [cause] = plan_queries.causes_of(draft, in_draft(draft))
    assert (cause.label, cause.text) == ("決定", "使い方を動画で案内する。")


def test_a_locked_edition_is_answered_without_being_changed(
    cast: Cast, opinion: Opinion, draft: Edition
) -> None:
    plans.lock_edition(edition=draft, by=cast.takahashi)
    fields = AnswerFields("reflected", "案内を作り直します。", in_draft(draft))
    services.answer_opinion(opinion=opinion, fields=fields, by=cast.takahashi)
    assert not Cause.objects.exists()


def test_members_do_not_read_what_staff_noticed(
    cast: Cast, page: Page, section: Section, draft: Edition
) -> None:
    event = year.noticed(cast, section).events.get()
    part = in_draft(draft)
    plans.revise_section(section=part, fields=SectionFields(title="案内の見直し"), by=cast.takahashi)
    plans.cite_causes(edition=draft, part=part, causes=[queries.event_cause(event)], by=cast.takahashi)
    address = reverse("plans:changes", args=[draft.pk])
    assert page.get(address, as_=cast.kobayashi).says("電話が続いている")
    assert not page.get(address, as_=cast.watanabe).says("電話が続いている")


def test_the_address_of_a_cause_leads_to_where_it_stands(
    cast: Cast, page: Page, section: Section, opinion: Opinion
) -> None:
    event = year.noticed(cast, section).events.get()
    led = page.get(reverse("reviews:event", args=[event.pk]), as_=cast.kobayashi, status=302).address
    assert led == f"{reverse('reviews:section', args=[section.pk])}#loop-{event.loop_id}"
    led = page.get(reverse("reviews:opinion", args=[opinion.pk]), as_=cast.suzuki, status=302).address
    assert led == reverse("reviews:item", args=[opinion.item_id])


def test_the_page_takes_as_many_queries_for_much_as_for_little(
    cast: Cast, edition: Edition, section: Section, opinion: Opinion, draft: Edition
) -> None:
    year.noticed(cast, section)

    def more() -> None:
        for title in ("納税の電子化", "窓口の改善", "県民の利便"):
            year.decided(cast, year.noticed(cast, edition.sections.get(title=title)))

    assert_constant_queries(lambda: queries.carry_rows(cast.takahashi, draft), more)
