"""The pages of reviews, opened by a client that checks their HTML (tests/pages.py)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from kaikaku.core.eras import show_date
from kaikaku.org.models import User
from kaikaku.org.queries import today
from kaikaku.plans.models import Edition, Indicator, Section
from kaikaku.reviews import queries, services
from kaikaku.reviews.entries import AnswerFields
from kaikaku.reviews.models import AgendaItem, Loop, Meeting, Opinion
from kaikaku.sources import services as sources
from kaikaku.sources.audience import Audience
from kaikaku.ui.search import Wanted
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.fonts import font_path
from tests.pages import Page
from tests.reviews import year

pytestmark = pytest.mark.django_db
DAY = show_date(today())


def address(name: str, *args: object) -> str:
    return reverse(f"reviews:{name}", args=args)


# --- the log ---------------------------------------------------------------------------------------------


def test_without_a_plan_the_list_says_who_makes_one(cast: Cast, page: Page) -> None:
    assert page.get("/reviews/", as_=cast.kobayashi).says("プランがまだありません")


def test_the_whole_way_from_observation_to_act_by_its_pages(
    cast: Cast, page: Page, edition: Edition, section: Section
) -> None:
    form = address("observe", edition.pk)
    typed = {
        "subject": f"s{section.pk}",
        "text": "窓口で同じ質問が続く。",
        "source": "work",
        "evidence": "週に20件",
        "happened_on": DAY,
    }
    opened = page.post(form, typed, as_=cast.kobayashi)
    loop = Loop.objects.get()
    assert opened.address.endswith(f"#loop-{loop.pk}")
    assert opened.says("窓口で同じ質問が続く。")
    assert not opened.find("//a[contains(., '状況判断を記録する')]")
    steps = (
        ("orient", {"text": "案内が足りない。", "alternatives": "人を増やす", "happened_on": DAY}),
        ("decide", {"text": "掲示を作る。", "decider": "税務課長", "rejected": "増員", "happened_on": DAY}),
        ("act", {"text": "掲示を貼った。", "happened_on": DAY, "target": f"s{section.pk}", "closes": "on"}),
    )
    for name, data in steps:
        seen = page.get(address("section", section.pk), as_=cast.takahashi)
        assert seen.find(f"//a[@href='{address(name, loop.pk)}']")
        opened = page.post(address(name, loop.pk), data)
    assert opened.texts("//ol[@class='events']/li/p[@class='event-head']/b") == [
        "気づき",
        "状況判断",
        "決定",
        "実行",
    ]
    assert opened.says("終わりました")
    table = page.get(f"{address('section', section.pk)}?view=pdca")
    assert table.says("掲示を作る。")
    assert page.get("/reviews/?view=closed").says("窓口で同じ質問が続く")


def test_a_page_of_an_indicator_shows_its_year_as_plan_do_check_act(
    cast: Cast, page: Page, weak: Indicator
) -> None:
    opened = page.get(f"{address('indicator', weak.pk)}?view=pdca", as_=cast.sato)
    [row] = [text for text in opened.texts("//tbody/tr") if text.startswith("令和7年度")]
    assert "60%" in row
    assert "10.0%" in row
    assert "遅れ【D】" in row


def test_the_form_says_what_lacks(cast: Cast, page: Page, edition: Edition, weak: Indicator) -> None:
    typed = {"subject": f"i{weak.pk}", "text": "遅い。", "source": "work", "happened_on": DAY}
    opened = page.post(address("observe", edition.pk), typed, as_=cast.kobayashi, status=400)
    assert opened.errors == [
        "根拠がありません。何を見聞きしたのかを文章で書くか、文書の行かファイルを選んでください。"
    ]


def test_evidence_may_be_a_line_of_a_kept_document(
    cast: Cast, page: Page, edition: Edition, weak: Indicator
) -> None:
    document = sources.keep_document(
        organisation=cast.sakura,
        name="a.txt",
        data=b"a",
        title="県民調査",
        media_type="text/plain",
        lines=("使いにくい 41%",),
        by=cast.sato,
        audience=Audience.INSIDERS,
    )
    typed = {"subject": f"i{weak.pk}", "text": "不評。", "source": "data", "happened_on": DAY}
    typed |= {"document": document.pk, "line": 1}
    opened = page.post(address("observe", edition.pk), typed, as_=cast.kobayashi)
    assert opened.says("「使いにくい 41%」")
    refused = page.post(address("observe", edition.pk), {**typed, "line": 9, "text": "不評だ。"}, status=400)
    assert "9行目はありません" in refused.errors[0]


def test_the_list_shows_what_is_overdue_and_filters_by_words(
    cast: Cast, page: Page, loop: Loop, weak: Indicator
) -> None:
    year.decided(cast, loop, review_by=today() + timedelta(days=1))
    Loop.objects.filter(pk=loop.pk).update(review_by=today() - timedelta(days=1))
    opened = page.get("/reviews/?view=late", as_=cast.sato)
    assert opened.texts("//tbody/tr/th/a") == [loop.title]
    assert opened.says("期限切れ")
    assert page.get("/reviews/?q=電話").texts("//tbody/tr/th/a") == [loop.title]
    assert page.get("/reviews/?q=ない言葉").says("当てはまるものはありません")
    assert page.get("/reviews/?view=mine").texts("//tbody/tr/th/a") == [loop.title]
    assert "QRコード" in page.get("/reviews/?format=csv").response.content.decode("utf-8-sig")


def test_the_list_takes_as_many_queries_for_many_loops_as_for_one(
    cast: Cast, page: Page, loop: Loop, weak: Indicator
) -> None:
    def more() -> None:
        for _ in range(4):
            year.decided(cast, year.noticed(cast, weak))

    assert_constant_queries(lambda: page.get("/reviews/", as_=cast.takahashi), more)


def test_an_item_takes_as_many_queries_for_many_events_as_for_one(
    cast: Cast, page: Page, loop: Loop, weak: Indicator
) -> None:
    def more() -> None:
        for _ in range(4):
            year.decided(cast, year.noticed(cast, weak))

    assert_constant_queries(lambda: page.get(address("indicator", weak.pk), as_=cast.takahashi), more)


# --- meetings --------------------------------------------------------------------------------------------


def test_the_office_ticks_the_agenda_and_records_what_was_decided(
    cast: Cast, page: Page, headquarters: Meeting, weak: Indicator
) -> None:
    agenda = address("agenda", headquarters.pk)
    opened = page.get(agenda, as_=cast.takahashi)
    assert opened.find(f"//input[@name='use_i{weak.pk}']")
    page.post(agenda, {f"use_i{weak.pk}": "on", f"ask_i{weak.pk}": "案内をどうするか。"})
    item = AgendaItem.objects.get()
    shown = page.get(address("meeting", headquarters.pk), as_=cast.ito)
    assert shown.says("案内をどうするか。")
    assert shown.says("(15 − 10) ÷ (60 − 10)")
    typed = {"discussion": "使い方が課題。", "text": "動画を作る。"}
    decided = page.post(address("resolve", item.pk), typed, as_=cast.takahashi)
    assert decided.says("動画を作る。")
    assert decided.says("すべての議題の決定を記録しました。")
    assert page.get(address("indicator", weak.pk)).says("第2回本部会議")


def test_a_decision_on_record_leads_to_the_next_item_of_the_meeting(
    cast: Cast, page: Page, headquarters: Meeting, edition: Edition
) -> None:
    parts = list(edition.indicators.order_by("position")[:2])
    first, second = year.on_agenda(cast, headquarters, *parts)
    typed = {"discussion": "使い方が課題。", "text": "動画を作る。"}
    opened = page.post(address("resolve", first.pk), typed, as_=cast.takahashi)
    assert opened.address == f"{address('meeting', headquarters.pk)}#item-{second.pk}"
    assert opened.h1 == headquarters.title
    assert opened.says(f"次の議題は「{second}」です。")
    opened = page.post(address("resolve", second.pk), typed)
    assert opened.address == address("meeting", headquarters.pk)


def test_other_items_can_be_added_to_the_agenda(
    cast: Cast, page: Page, headquarters: Meeting, edition: Edition
) -> None:
    other = edition.sections.get(title="窓口の改善")
    page.post(address("agenda", headquarters.pk), {"others": [f"s{other.pk}"]}, as_=cast.takahashi)
    assert [str(item) for item in AgendaItem.objects.all()] == ["窓口の改善"]


def test_the_papers_come_as_pdf_and_word(
    cast: Cast, page: Page, headquarters: Meeting, weak: Indicator
) -> None:
    year.on_agenda(cast, headquarters, weak)
    word = page.get(address("meeting_paper", headquarters.pk, "docx"), as_=cast.ito).response
    assert word.content[:2] == b"PK"
    font_path()
    pdf = page.get(address("meeting_paper", headquarters.pk, "pdf")).response
    assert pdf.content.startswith(b"%PDF")
    assert page.get(address("meeting_paper", headquarters.pk, "exe"), status=404)


def test_a_meeting_without_an_agenda_is_opened_to_nobody(cast: Cast, page: Page, edition: Edition) -> None:
    empty = year.meeting(cast, edition, kind="committee")
    opened = page.post(address("open_meeting", empty.pk), as_=cast.takahashi)
    assert opened.texts("//p[@class='message-title']") == [
        "エラー：議題がまだありません。先に議題を選んでください。"
    ]


# --- the committee ---------------------------------------------------------------------------------------


def test_a_member_sees_only_what_is_opened(
    cast: Cast, page: Page, headquarters: Meeting, weak: Indicator, loop: Loop
) -> None:
    [decided] = year.on_agenda(cast, headquarters, weak)
    committee = year.meeting(cast, weak.edition, kind="committee")
    [item] = year.on_agenda(cast, committee, weak)
    for closed in (
        "/reviews/",
        address("indicator", weak.pk),
        address("meeting", headquarters.pk),
        address("item", decided.pk),
        address("meeting", committee.pk),
        address("item", item.pk),
        address("write_opinion", item.pk),
    ):
        page.get(closed, as_=cast.watanabe, status=403)
    assert not page.get(address("meetings")).says(committee.title)
    services.open_meeting(meeting=committee, by=cast.takahashi)
    assert page.get(address("meetings")).texts("//tbody/tr/th") == [committee.title]
    assert page.get(address("item", item.pk)).says("電子納税率")
    assert not page.get(address("item", item.pk)).says(loop.title)


def test_an_opinion_is_written_answered_and_reported_by_the_pages(
    cast: Cast, page: Page, edition: Edition, section: Section, next_edition: Edition
) -> None:
    item = year.opened_item(cast, section)
    page.post(address("write_opinion", item.pk), {"text": "動画がほしい。"}, as_=cast.watanabe)
    opinion = Opinion.objects.get()
    seen = page.get(address("item", item.pk), as_=cast.sato)
    assert seen.says("動画がほしい。")
    target = next_edition.sections.get()
    typed = {"stance": "reflected", "text": "加えました。", "target": f"s{target.pk}"}
    page.post(address("answer", opinion.pk), typed)
    report = page.get(address("follow_up", edition.pk), as_=cast.watanabe)
    assert not page.get(address("item", item.pk)).find("//a[contains(., '意見を書き直す')]")
    assert report.says("意見1件：反映する 1件")
    assert report.find(f"//a[@href='{reverse('plans:section', args=[target.pk])}']")
    assert "動画" in "".join(report.texts("//ins"))
    assert page.get(address("follow_up_paper", edition.pk, "docx")).response.content[:2] == b"PK"


def test_other_members_names_are_not_shown_to_a_member(
    cast: Cast, page: Page, edition: Edition, committee_item: AgendaItem
) -> None:
    opinion = year.opinion(cast, committee_item)
    services.answer_opinion(opinion=opinion, fields=AnswerFields("later", "検討"), by=cast.sato)
    for name, pk in (("item", committee_item.pk), ("follow_up", edition.pk)):
        assert page.get(address(name, pk), as_=cast.sato).says("渡辺")
        assert not page.get(address(name, pk), as_=cast.watanabe).says("渡辺")


def test_the_office_says_what_is_not_published(
    cast: Cast, page: Page, edition: Edition, committee_item: AgendaItem
) -> None:
    opinion = year.opinion(cast, committee_item)
    page.post(address("publicity", opinion.pk), {"to": "hidden"}, as_=cast.takahashi)
    assert page.get(address("follow_up", edition.pk)).says("公表しない意見が1件あります")
    csv = page.get(address("follow_up_paper", edition.pk, "csv")).response.content.decode("utf-8-sig")
    assert "高齢の方" not in csv


def test_to_a_stranger_none_of_it_exists(
    cast: Cast, page: Page, loop: Loop, committee_item: AgendaItem
) -> None:
    opinion = year.opinion(cast, committee_item)
    for name, pk in (
        ("indicator", loop.indicator_id),
        ("orient", loop.pk),
        ("meeting", committee_item.meeting_id),
        ("item", committee_item.pk),
        ("answer", opinion.pk),
        ("follow_up", loop.edition_id),
    ):
        page.get(address(name, pk), as_=cast.nakamura, status=404)
    assert not page.get("/reviews/").says(loop.title)


def test_the_place_leads_staff_to_the_list_and_members_to_their_meetings(
    cast: Cast, page: Page, edition: Edition
) -> None:
    for who, where in ((cast.sato, "/reviews/"), (cast.watanabe, "/reviews/meetings/")):
        opened = page.get(where, as_=who)
        assert f"{where}" in opened.find("//nav[@aria-label='主なページ']//a[.='点検・見直し']/@href")


def test_a_plan_page_leads_staff_to_its_reviews_and_members_not(
    cast: Cast, page: Page, weak: Indicator, section: Section
) -> None:
    for sort, pk in (("indicator", weak.pk), ("section", section.pk)):
        link = f"//a[@href='{address(sort, pk)}']"
        assert page.get(reverse(f"plans:{sort}", args=[pk]), as_=cast.sato).find(link)
        assert not page.get(reverse(f"plans:{sort}", args=[pk]), as_=cast.watanabe).find(link)


def test_staff_find_a_loop_by_the_words_of_its_events_and_members_do_not(
    cast: Cast, loop: Loop, weak: Indicator
) -> None:
    def found(user: User) -> list[str]:
        return [hit.title for group in queries.found_for(user, Wanted.of("電話18件")) for hit in group.hits]

    assert found(cast.sato) == [loop.title]
    assert found(cast.watanabe) == found(cast.nakamura) == []
