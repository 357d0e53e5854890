"""The pages of ideas: what each person sees and can do, and that nobody learns who proposed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kaikaku.ideas import services
from kaikaku.ideas.entries import CaseFields, EvaluationFields, IdeaFields, ListedFields, MilestoneFields
from kaikaku.ideas.models import Authorship, Campaign, Idea
from kaikaku.ideas.queries import campaign_numbers, chapter_for
from kaikaku.org.models import User
from kaikaku.org.queries import today
from kaikaku.org.roles import Role
from tests.cast import Cast, person, post
from tests.conftest import assert_constant_queries
from tests.ideas.campaign import (
    DRESS,
    PAPER,
    announced,
    decided,
    draft,
    make_edition,
    planned,
    realisation,
    sent,
)
from tests.pages import Page

SECRET = ("ideas_authorship", "ideas_personalvalue")


def client(user: User) -> Client:
    signed_in = Client()
    signed_in.force_login(user)
    return signed_in


def rich(cast: Cast) -> Idea:
    """An idea with everything that can stand beside one."""
    campaign = announced(cast)
    idea = sent(campaign, cast.kobayashi)
    services.ask_evaluators(ideas=[idea], evaluators=[cast.suzuki], due=today(), by=cast.takahashi)
    services.evaluate(
        evaluation=idea.evaluations.get(), fields=EvaluationFields("high", "high", "よい"), by=cast.suzuki
    )
    services.write_note(idea=idea, text="相談した。", by=cast.takahashi)
    services.comment(idea=idea, text="賛成です。", by=cast.sato)
    services.comment(idea=idea, text="補足します。", by=cast.kobayashi)
    theme = services.make_theme(campaign=campaign, title="紙", by=cast.takahashi)
    services.put_in_theme(ideas=[idea], theme=theme, by=cast.takahashi)
    decided(cast, idea)
    made = realisation(cast, campaign, department=cast.gyokaku)
    services.fulfil(ideas=[idea], realisation=made, extent="partial", rest="出先", by=cast.takahashi)
    services.list_realisation(realisation=made, fields=ListedFields("紙", "紙をなくす"), by=cast.takahashi)
    services.offer(realisation=made, departments=[cast.zeimu], due=today(), by=cast.takahashi)
    services.answer(ideas=[idea], text="行いました。", by=cast.takahashi)
    fields = MilestoneFields("発表", today(), today())
    services.add_milestone(campaign=campaign, fields=fields, by=cast.takahashi)
    book = services.make_casebook(campaign=campaign, title="事例集", by=cast.takahashi)
    services.add_case(
        casebook=book, fields=CaseFields("紙", "画面で会議", realisation=made), by=cast.takahashi
    )
    services.issue_casebook(casebook=book, by=cast.takahashi)
    return idea


def office_pages(idea: Idea) -> list[str]:
    at = {"args": [idea.campaign_id]}
    acts = ("theme", "decide", "evaluators", "label", "answer", "decline", "start", "realise")
    return [
        reverse("ideas:campaign", **at),
        reverse("ideas:triage", **at),
        reverse("ideas:clusters", **at),
        reverse("ideas:statistics", **at),
        reverse("ideas:fates", **at),
        reverse("ideas:realisations", **at),
        reverse("ideas:ideas", **at),
        *(f"{reverse('ideas:act', args=[idea.campaign_id, what])}?idea={idea.pk}" for what in acts),
        reverse("ideas:realisation", args=[idea.fulfilments.get().realisation_id]),
        reverse("ideas:casebook", args=[idea.campaign.casebooks.get().pk]),
        reverse("ideas:new_campaign"),
    ]


def test_every_page_of_the_office_is_whole(cast: Cast, page: Page) -> None:
    idea = rich(cast)
    page.client.force_login(cast.takahashi)
    for address in office_pages(idea):
        page.get(address)


def test_pages_and_queries_of_triage_never_touch_the_proposer(cast: Cast) -> None:
    """Read, list, sort, answer, evaluate: no statement names the tables that know who proposed."""
    idea = rich(cast)
    office, evaluator = client(cast.takahashi), client(cast.suzuki)
    with CaptureQueriesContext(connection) as asked:
        for address in office_pages(idea):
            assert office.get(address).status_code == 200
        assert office.get(reverse("ideas:idea", args=[idea.pk])).status_code == 200
        assert evaluator.get(reverse("ideas:evaluation", args=[idea.evaluations.get().pk])).status_code == 200
        office.post(
            f"{reverse('ideas:act', args=[idea.campaign_id, 'answer'])}?idea={idea.pk}",
            {"text": "もう一度回答します。", "seen": f"{idea.pk}:99"},
        )
    told = [query["sql"] for query in asked.captured_queries]
    assert [sql for sql in told if any(table in sql for table in SECRET)] == []


def test_no_page_of_the_office_names_the_proposer(cast: Cast) -> None:
    idea = rich(cast)
    Authorship.objects.get(idea=idea)
    office = client(cast.takahashi)
    for address in [*office_pages(idea), reverse("ideas:idea", args=[idea.pk])]:
        assert "小林" not in office.get(address).content.decode(), address


def test_the_proposers_comment_is_shown_without_a_name(cast: Cast) -> None:
    text = client(cast.sato).get(reverse("ideas:idea", args=[rich(cast).pk])).content.decode()
    assert "提案した人" in text
    assert "小林" not in text
    assert "佐藤" in text


def test_an_idea_is_sent_with_two_fields(cast: Cast, campaign: Campaign, page: Page) -> None:
    page.client.force_login(cast.kobayashi)
    page.get(reverse("ideas:write", args=[campaign.pk]))
    answer = page.client.post(
        reverse("ideas:write", args=[campaign.pk]),
        {"title": "会議を短く", "proposal": "終わりの時刻を決めます。"},
    )
    idea = Idea.objects.get()
    assert answer.headers["Location"] == reverse("ideas:mine", args=[idea.pk])
    assert idea.number == 1
    page.get(answer.headers["Location"])


def test_the_other_button_keeps_a_draft_however_little_there_is(
    cast: Cast, campaign: Campaign, page: Page
) -> None:
    page.client.force_login(cast.kobayashi)
    answer = page.client.post(
        reverse("ideas:write", args=[campaign.pk]), {"title": "", "proposal": "会議を", "keep": "1"}
    )
    idea = Idea.objects.get()
    assert idea.state == "draft"
    page.get(answer.headers["Location"])
    page.client.post(
        reverse("ideas:edit", args=[idea.pk]), {"title": "会議を短く", "proposal": "終わりの時刻を決めます。"}
    )
    assert Idea.objects.get().state == "received"


def test_typing_is_kept_by_itself_in_one_draft(cast: Cast, campaign: Campaign) -> None:
    me, address = client(cast.kobayashi), reverse("ideas:autosave", args=[campaign.pk])
    first = me.post(address, {"title": "会議を", "proposal": ""}).json()
    second = me.post(address, {"title": "会議を短く", "proposal": "", "draft": first["draft"]}).json()
    assert first["draft"] == second["draft"]
    assert Idea.objects.get().title == "会議を短く"


def test_nobody_can_write_into_anothers_draft_by_its_number(cast: Cast, campaign: Campaign) -> None:
    mine = draft(campaign, cast.kobayashi)
    address = reverse("ideas:autosave", args=[campaign.pk])
    assert client(cast.sato).post(address, {"title": "x", "draft": mine.pk}).status_code == 403


def test_what_is_alike_is_shown_while_typing_and_again_when_saved(cast: Cast, campaign: Campaign) -> None:
    sent(campaign, cast.sato, PAPER)
    me = client(cast.kobayashi)
    typed = {"title": "会議の資料", "proposal": "会議の資料を印刷せず画面に映します。"}
    shown = me.post(reverse("ideas:similar", args=[campaign.pk]), typed).content.decode()
    assert PAPER.title in shown
    kept = me.post(reverse("ideas:write", args=[campaign.pk]), {**typed, "keep": "1"})
    assert PAPER.title in me.get(kept.headers["Location"]).content.decode()


def test_an_idea_without_consent_is_not_shown_to_colleagues(cast: Cast, campaign: Campaign) -> None:
    quiet = sent(campaign, cast.kobayashi, DRESS)
    colleague = client(cast.sato)
    assert colleague.get(reverse("ideas:idea", args=[quiet.pk])).status_code == 404
    for name in ("ideas", "fates"):
        assert DRESS.title not in colleague.get(reverse(f"ideas:{name}", args=[campaign.pk])).content.decode()
    typed = {"proposal": DRESS.proposal}
    found = colleague.post(reverse("ideas:similar", args=[campaign.pk]), typed).content.decode()
    assert DRESS.title not in found


def test_every_idea_has_a_fate_on_the_page_and_in_the_file(
    cast: Cast, campaign: Campaign, page: Page
) -> None:
    decided(cast, sent(campaign, cast.kobayashi))
    sent(campaign, cast.sato, DRESS)
    page.client.force_login(cast.sato)
    shown = page.get(reverse("ideas:fates", args=[campaign.pk])).words
    assert "今年度に実現" in shown
    assert "（本文は非公表）" in shown
    data = page.client.get(reverse("ideas:fates", args=[campaign.pk]), {"format": "csv"})
    lines = data.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "検討中" in lines[2]


def test_statistics_wait_for_the_closing_so_that_no_difference_tells(cast: Cast, page: Page) -> None:
    ended = announced(cast, opens_on=today() - timedelta(days=9), closes_on=today())
    sent(ended, cast.kobayashi)
    page.client.force_login(cast.takahashi)
    assert "締切の後" in page.get(reverse("ideas:statistics", args=[ended.pk])).words
    Campaign.objects.filter(pk=ended.pk).update(closes_on=today() - timedelta(days=1))
    page.client.post(reverse("ideas:close", args=[ended.pk]))
    shown = page.get(reverse("ideas:statistics", args=[ended.pk])).words
    assert "x" in shown


def test_statistics_of_many_people_show_numbers(cast: Cast) -> None:
    ended = announced(cast, opens_on=today() - timedelta(days=9), closes_on=today())
    for n in range(12):
        user = person(cast.sakura, f"p{n}", f"職員{n}")
        post(cast.zeimu, f"主事{n}", Role.EMPLOYEE, user)
        digital = "デジタル" if n < 6 else "非デジタル"
        sent(
            ended,
            user,
            IdeaFields(title=f"題名{n}", proposal="会議を短くします。", values={"digital": digital}),
        )
    Campaign.objects.filter(pk=ended.pk).update(closes_on=today() - timedelta(days=1))
    services.close_campaign(campaign=Campaign.objects.get(pk=ended.pk), by=cast.takahashi)
    tables = {table[0]: table for table in Campaign.objects.get(pk=ended.pk).statistics["tables"]}
    assert tables["digital"][2] == [["デジタル", 6], ["非デジタル", 6]]
    assert tables["department"][2] == [["総務部", 12]]


def test_the_numbers_of_a_campaign_tell_full_from_partial(cast: Cast) -> None:
    idea = rich(cast)
    other = decided(cast, sent(idea.campaign, cast.sato, DRESS))
    services.fulfil(ideas=[other], realisation=realisation(cast, idea.campaign, "軽装"), by=cast.takahashi)
    numbers = campaign_numbers(idea.campaign)
    assert (numbers.received, numbers.realised_full, numbers.realised_partial) == (2, 1, 1)
    assert (numbers.answered, numbers.answer_days) == (1, 0)
    assert (numbers.offered, numbers.adopters) == (1, 0)


def test_a_campaign_not_announced_is_the_offices_alone(cast: Cast) -> None:
    hidden = planned(cast)
    address = reverse("ideas:campaign", args=[hidden.pk])
    assert client(cast.sato).get(address).status_code == 404
    assert client(cast.takahashi).get(address).status_code == 200


def test_ticked_ideas_are_sorted_together(cast: Cast, campaign: Campaign, page: Page) -> None:
    first, second = sent(campaign, cast.kobayashi), sent(campaign, cast.sato, DRESS)
    page.client.force_login(cast.takahashi)
    address = f"{reverse('ideas:act', args=[campaign.pk, 'decide'])}?idea={first.pk}&idea={second.pk}"
    page.get(address)
    seen = [f"{idea.pk}:{idea.version}" for idea in (first, second)]
    page.client.post(address, {"track": "realise_now", "seen": seen})
    assert set(Idea.objects.values_list("track", flat=True)) == {"realise_now"}
    refused = page.client.post(address, {"track": "later_long", "budget_step": "none", "seen": seen})
    assert refused.status_code == 400
    assert "ほかの人が変更しました" in refused.content.decode()


def test_without_a_tick_the_office_is_told(cast: Cast, campaign: Campaign) -> None:
    answer = client(cast.takahashi).get(reverse("ideas:act", args=[campaign.pk, "decide"]), follow=True)
    assert "選ばれていません" in answer.content.decode()


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_casebook_prints(cast: Cast, kind: str) -> None:
    book = rich(cast).campaign.casebooks.get()
    address = reverse("ideas:casebook_paper", args=[book.pk, kind])
    data = client(cast.sato).get(address).content
    assert data[:4] == (b"%PDF" if kind == "pdf" else b"PK\x03\x04")


def test_a_page_of_triage_asks_as_often_for_many_ideas(cast: Cast, campaign: Campaign) -> None:
    office = client(cast.takahashi)
    sent(campaign, cast.kobayashi)

    def grow() -> None:
        for n in range(8):
            sent(
                campaign,
                cast.sato,
                IdeaFields(title=f"題名{n}", proposal="紙をなくします。", may_publish=True),
            )

    for name in ("triage", "fates", "ideas", "campaign"):
        address = reverse(f"ideas:{name}", args=[campaign.pk])
        assert_constant_queries(lambda address=address: office.get(address), grow)


def test_the_persons_page_tells_of_an_answer_until_it_is_read(cast: Cast, page: Page) -> None:
    idea = rich(cast)
    page.client.force_login(cast.kobayashi)
    assert "提案への回答を読む" in page.get("/").words
    page.get(reverse("ideas:mine", args=[idea.pk]))
    page.client.post(reverse("ideas:read", args=[idea.pk]))
    assert "提案への回答を読む" not in page.get("/").words


def test_the_search_finds_open_ideas_only(cast: Cast, campaign: Campaign, page: Page) -> None:
    sent(campaign, cast.kobayashi, PAPER)
    sent(campaign, cast.kobayashi, DRESS)
    page.client.force_login(cast.sato)
    assert PAPER.title in page.get("/search/?q=会議の資料").words
    assert DRESS.title not in page.get("/search/?q=軽装").words


def test_the_chapter_tells_every_fate_and_hides_what_has_no_consent(cast: Cast) -> None:
    edition = make_edition(cast)
    campaign = announced(cast, edition=edition)
    decided(cast, sent(campaign, cast.kobayashi))
    sent(campaign, cast.sato, DRESS)
    chapter = chapter_for(edition)
    assert chapter is not None
    fates = next(table for table in chapter.tables if table.caption == "すべての提案とその結果")
    assert [row[:2] + row[3:4] for row in fates.rows] == [
        ("1", PAPER.title, "今年度に実現"),
        ("2", "（本文は非公表）", "検討中"),
    ]


def test_an_edition_without_a_campaign_has_no_chapter(cast: Cast) -> None:
    assert chapter_for(make_edition(cast)) is None
