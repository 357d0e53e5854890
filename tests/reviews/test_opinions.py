"""The committee: an opinion, its answer, the line it changed, and the report of it."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from io import BytesIO

import pytest
from docx import Document

from kaikaku.core.errors import RuleViolation
from kaikaku.org.queries import today
from kaikaku.plans.models import Edition, Indicator, Section
from kaikaku.reviews import papers, queries, services
from kaikaku.reviews.entries import AnswerFields, MeetingFields
from kaikaku.reviews.models import AgendaItem, Meeting
from kaikaku.writers.pdf import pdf_bytes
from kaikaku.writers.word import word_bytes
from tests.cast import Cast, person, post
from tests.conftest import assert_constant_queries
from tests.fonts import font_path
from tests.reviews import year

pytestmark = pytest.mark.django_db


def test_an_opinion_is_answered_and_leads_to_the_line_it_changed(
    cast: Cast, edition: Edition, section, next_edition: Edition
) -> None:
    item = year.opened_item(cast, section)
    opinion = year.opinion(cast, item)
    changed = next_edition.sections.get()
    fields = AnswerFields("reflected", "動画での案内を加えました。", target=changed)
    answer = services.answer_opinion(opinion=opinion, fields=fields, by=cast.sato)
    assert answer.department == cast.zeimu
    [row] = queries.report_rows(edition, public_only=True)
    assert (row.stance_words, row.target, row.target_edition) == ("反映する", str(changed), "令和8年度版")
    assert ("+", "と案内の見直し") in row.change or any(
        "案内" in words for sign, words in row.change if sign == "+"
    )
    assert "".join(words for sign, words in row.change if sign != "+").startswith("納税の電子化")
    lines = list(csv.reader(io.StringIO(papers.follow_up_csv([row]).decode("utf-8-sig"))))
    assert lines[0][:5] == ["番号", "会議", "開催日", "項目", "意見"]
    assert lines[1][5:] == ["反映する", "動画での案内を加えました。", "税務課", "令和8年度版", str(changed)]


def test_the_publication_gets_a_chapter_of_public_opinions_and_answers(
    cast: Cast, edition: Edition, committee_item: AgendaItem
) -> None:
    opinion = year.opinion(cast, committee_item)
    assert queries.chapter_for(edition) is None
    fields = AnswerFields("later", "令和9年度に検討します。")
    services.answer_opinion(opinion=opinion, fields=fields, by=cast.sato)
    chapter = queries.chapter_for(edition)
    assert chapter is not None
    assert chapter.tables[0].rows == (
        ("電子納税率", "高齢の方への案内を工夫してほしい。", "今後検討する", "令和9年度に検討します。", "—"),
    )
    assert "「今後検討する」1件" in chapter.paragraphs[0]
    services.set_publicity(opinion=opinion, is_public=False, by=cast.takahashi)
    assert queries.chapter_for(edition) is None


def test_no_paper_names_a_member(cast: Cast, edition: Edition, committee_item: AgendaItem) -> None:
    opinion = year.opinion(cast, committee_item)
    services.answer_opinion(opinion=opinion, fields=AnswerFields("later", "検討します。"), by=cast.sato)
    rows = queries.report_rows(edition, public_only=True)
    printed = (
        papers.follow_up_paper(edition, rows, day=date(2026, 9, 1)),
        papers.meeting_paper(queries.meeting_page(None, committee_item.meeting)),
    )
    assert all("渡辺" not in repr(paper) for paper in printed)
    assert "渡辺" not in papers.follow_up_csv(rows).decode()
    assert "渡辺" not in repr(queries.chapter_for(edition))


def test_the_report_prints_the_old_words_beside_the_new_in_pdf_and_word(
    cast: Cast, section: Section, next_edition: Edition
) -> None:
    opinion = year.opinion(cast, year.opened_item(cast, section))
    target = next_edition.sections.get()
    fields = AnswerFields("reflected", "使い方の案内を加えます。", target)
    services.answer_opinion(opinion=opinion, fields=fields, by=cast.sato)
    rows = queries.report_rows(section.edition, public_only=True)
    paper = papers.follow_up_paper(section.edition, rows, day=date(2026, 9, 1))
    assert paper.title == "さくら改革プラン 令和7年度版"
    file = Document(BytesIO(word_bytes(paper)))
    cells = {cell.text for table in file.tables for row in table.rows for cell in row.cells}
    assert "納税の電子化\n納付書にQRコードを付ける。" in cells
    assert "納税の電子化と案内の見直し\n納付書にQRコードを付け、使い方を動画で案内する。" in cells
    assert "納税の電子化と案内の見直し\n（令和8年度版）" in cells
    font_path()
    assert pdf_bytes(paper).startswith(b"%PDF")


def test_an_opinion_can_be_reworded_until_it_is_answered(cast: Cast, committee_item: AgendaItem) -> None:
    first = year.opinion(cast, committee_item)
    again = services.write_opinion(item=committee_item, text="若い方への案内も。", by=cast.watanabe)
    assert (again.pk, again.text) == (first.pk, "若い方への案内も。")
    services.answer_opinion(opinion=again, fields=AnswerFields("later", "検討します。"), by=cast.sato)
    with pytest.raises(RuleViolation, match="すでに回答がある"):
        services.write_opinion(item=committee_item, text="ほかにも。", by=cast.watanabe)


def test_after_the_due_day_no_opinion_is_taken(cast: Cast, committee_item: AgendaItem) -> None:
    meeting = committee_item.meeting
    yesterday = today() - timedelta(days=1)
    fields = MeetingFields("committee", meeting.title, held_on=today(), opinions_due=yesterday)
    services.revise_meeting(meeting=meeting, fields=fields, by=cast.takahashi)
    with pytest.raises(RuleViolation, match="締切"):
        year.opinion(cast, committee_item)


def test_only_members_write_opinions_and_only_on_what_is_opened(
    cast: Cast, edition: Edition, weak: Indicator, committee_item: AgendaItem
) -> None:
    with pytest.raises(RuleViolation, match="委員だけ"):
        services.write_opinion(item=committee_item, text="意見", by=cast.sato)
    fields = MeetingFields("committee", "第2回推進委員会", today(), opinions_due=today())
    closed = services.plan_meeting(edition=edition, fields=fields, by=cast.takahashi)
    [item] = year.on_agenda(cast, closed, weak)
    with pytest.raises(RuleViolation, match="公開されていません"):
        services.write_opinion(item=item, text="意見", by=cast.watanabe)


def test_only_the_section_in_charge_and_the_office_answer(cast: Cast, committee_item: AgendaItem) -> None:
    opinion = year.opinion(cast, committee_item)
    other = person(cast.sakura, "kato", "加藤")
    post(cast.gyokaku, "主事", "clerk", other)
    with pytest.raises(RuleViolation, match="所管ではない"):
        services.answer_opinion(opinion=opinion, fields=AnswerFields("later", "検討"), by=other)
    for who in (cast.sato, cast.suzuki, cast.takahashi):
        assert queries.may_answer(who, committee_item)


def test_what_is_not_reflected_leads_nowhere(
    cast: Cast, committee_item: AgendaItem, next_edition: Edition, section
) -> None:
    opinion = year.opinion(cast, committee_item)
    target = next_edition.sections.get()
    with pytest.raises(RuleViolation, match="「反映する」「一部反映する」"):
        services.answer_opinion(
            opinion=opinion, fields=AnswerFields("not_reflected", "しません。", target), by=cast.sato
        )
    with pytest.raises(RuleViolation, match="次の版"):
        services.answer_opinion(
            opinion=opinion, fields=AnswerFields("reflected", "しました。", section), by=cast.sato
        )


def test_a_member_sees_others_opinions_only_once_they_are_answered(
    cast: Cast, edition: Edition, committee_item: AgendaItem
) -> None:
    other = person(cast.sakura, "abe", "阿部")
    post(cast.gyokaku, "有識者委員", "member", other)
    opinion = year.opinion(cast, committee_item)
    assert queries.report_rows(edition, user=other) == []
    assert len(queries.report_rows(edition, user=cast.watanabe)) == 1
    services.answer_opinion(opinion=opinion, fields=AnswerFields("later", "検討します。"), by=cast.sato)
    assert len(queries.report_rows(edition, user=other)) == 1


def test_the_report_takes_as_many_queries_for_many_opinions_as_for_one(
    cast: Cast, edition: Edition, committee_item: AgendaItem
) -> None:
    year.opinion(cast, committee_item)

    def more() -> None:
        for number in range(4):
            member = person(cast.sakura, f"member{number}", f"委員{number}")
            post(cast.gyokaku, f"委員{number}", "member", member)
            said = services.write_opinion(item=committee_item, text="意見", by=member)
            services.answer_opinion(opinion=said, fields=AnswerFields("later", "検討"), by=cast.sato)

    assert_constant_queries(lambda: queries.report_rows(edition, user=cast.sato), more)


# --- what waits for whom -------------------------------------------------------------------------------


def tasks(user) -> list[tuple[str, bool]]:
    return [(task.what, task.late) for task in queries.tasks_for(user)]


def test_what_waits_is_shown_to_who_must_do_it(
    cast: Cast, committee_item: AgendaItem, headquarters: Meeting, weak: Indicator
) -> None:
    assert tasks(cast.watanabe) == [("議題に意見を書く", False)]
    year.opinion(cast, committee_item)
    assert tasks(cast.watanabe) == []
    assert tasks(cast.sato) == [("委員の意見に回答する", False)]
    year.noticed(cast, weak)
    assert tasks(cast.takahashi) == [("気づきの意味を判断する", False)]
    assert tasks(cast.kobayashi) == tasks(cast.nakamura) == []


def test_a_decision_past_its_day_is_overdue_for_the_office(cast: Cast, weak: Indicator) -> None:
    due = today() + timedelta(days=10)
    year.decided(cast, year.noticed(cast, weak), review_by=due)
    later = queries.tasks_for(cast.takahashi, on=due + timedelta(days=1))
    assert [(task.what, task.due, task.late) for task in later] == [("決定を見直す", due, True)]
    [undecided] = queries.open_decisions(cast.ito, on=due + timedelta(days=1))
    assert (undecided.what, undecided.due, undecided.late) == ("決定を見直す", due, True)
    assert queries.open_decisions(cast.ito) == []
    assert queries.open_decisions(cast.watanabe, on=due + timedelta(days=1)) == []


def test_tasks_take_as_many_queries_for_many_as_for_one(
    cast: Cast, committee_item: AgendaItem, weak: Indicator
) -> None:
    year.noticed(cast, weak)
    year.opinion(cast, committee_item)

    def more() -> None:
        for _ in range(4):
            year.noticed(cast, weak)

    assert_constant_queries(lambda: queries.tasks_for(cast.takahashi), more)
