"""Headquarters: an agenda from what needs deciding, its paper, and decisions recorded on the items."""

from __future__ import annotations

from datetime import time, timedelta
from io import BytesIO

import pytest
from docx import Document

from kaikaku.core.eras import show_date
from kaikaku.core.errors import RuleViolation
from kaikaku.core.rollup import Method, Policy
from kaikaku.org.queries import today
from kaikaku.plans import services as plans
from kaikaku.plans.entries import FigureFields
from kaikaku.plans.models import Edition, Indicator, Section
from kaikaku.reviews import papers, queries, services
from kaikaku.reviews.entries import AgendaEntry, MeetingFields, Resolution
from kaikaku.reviews.models import Meeting
from kaikaku.writers.pdf import pdf_bytes
from kaikaku.writers.word import word_bytes
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.fonts import font_path
from tests.reviews import year

pytestmark = pytest.mark.django_db
SETTLED = Resolution(
    discussion="案内の届き方より使い方に課題がある。",
    text="使い方の案内を作る。",
    rejected="目標の引き下げ",
    review_by=today() + timedelta(days=90),
)


def found(meeting: Meeting) -> dict[str, tuple[str, ...]]:
    """Why each item should be taken up; those without a reason left out."""
    return {c.name: c.reasons for c in queries.candidates(meeting) if c.reasons}


def test_a_weak_grade_and_opposite_results_are_proposed(headquarters: Meeting) -> None:
    assert found(headquarters) == {
        "納税の電子化": ("opposite",),
        "電子納税率": ("low",),
    }


def test_the_question_names_the_figures_that_point_opposite_ways(headquarters: Meeting) -> None:
    [asked] = [c.question for c in queries.candidates(headquarters) if c.name == "納税の電子化"]
    assert "活動は目標に届いていますが、成果が出ていません。" in asked
    assert "行動指標「案内の発送件数」は達成【A】、成果指標「電子納税率」は遅れ【D】です。" in asked


def test_what_is_unmeasured_projected_or_pending_is_proposed(
    cast: Cast, section: Section, headquarters: Meeting
) -> None:
    add = [("満足度", "%", "", "50%", "70%", "80%"), ("新しい指標", "件", "", "0件", "10件", "集計中")]
    projected, _ = (year.add_indicator(cast, section, row) for row in add)
    [figure] = projected.figures.filter(role="actual")
    plans.correct_figure(
        figure=figure,
        fields=FigureFields(role="actual", text="80%", fiscal_year=2025, status="projected"),
        reason="見込み",
        by=cast.takahashi,
    )
    plans.set_external_factor(indicator=projected, note="大雨による休館", by=cast.takahashi)
    unmeasured = year.add_indicator(cast, section, ("調査の点数", "点", "", "3点", "4点", "3点"))
    [old] = unmeasured.figures.filter(role="actual")
    none = FigureFields(role="actual", fiscal_year=2025, reason="survey_cancelled")
    plans.correct_figure(figure=old, fields=none, reason="調査の中止", by=cast.takahashi)
    reasons = found(headquarters)
    assert reasons["満足度"] == ("projected", "external")
    assert reasons["新しい指標"] == ("pending",)
    assert reasons["調査の点数"] == ("not_measurable",)


def test_an_open_loop_that_waits_for_a_decision_is_proposed(
    cast: Cast, headquarters: Meeting, weak: Indicator
) -> None:
    year.oriented(cast, year.noticed(cast, weak))
    assert found(headquarters)["電子納税率"] == ("low", "loop")


def test_a_decision_on_an_item_becomes_the_course_of_events_on_it(
    cast: Cast, headquarters: Meeting, weak: Indicator
) -> None:
    [item] = year.on_agenda(cast, headquarters, weak)
    event = services.resolve_item(item=item, fields=SETTLED, by=cast.takahashi)
    assert [e.kind for e in event.loop.events.all()] == ["observation", "orientation", "decision"]
    assert (event.decider, event.agenda_item, event.loop.fiscal_year) == ("第2回本部会議", item, 2025)
    assert "達成率 10.0%" in event.loop.events.get(kind="observation").evidence
    event.loop.refresh_from_db()
    assert event.loop.review_by == SETTLED.review_by


def test_a_decision_on_what_was_noticed_joins_its_loop(
    cast: Cast, headquarters: Meeting, weak: Indicator
) -> None:
    loop = year.oriented(cast, year.noticed(cast, weak))
    [found] = [c for c in queries.candidates(headquarters) if c.loop == loop.pk]
    entries = [AgendaEntry(weak, found.reasons, found.question, loop)]
    [item] = services.choose_agenda(meeting=headquarters, entries=entries, by=cast.takahashi)
    assert services.resolve_item(item=item, fields=SETTLED, by=cast.takahashi).loop == loop


def test_before_the_day_nothing_is_decided(cast: Cast, edition: Edition, weak: Indicator) -> None:
    [item] = year.on_agenda(cast, year.meeting(cast, edition), weak)
    with pytest.raises(RuleViolation, match="会議の日がまだ来ていません"):
        services.resolve_item(item=item, fields=SETTLED, by=cast.takahashi)


def test_the_committee_is_heard_and_does_not_decide(cast: Cast, committee_item) -> None:
    with pytest.raises(RuleViolation, match="意見をいただく会議"):
        services.resolve_item(item=committee_item, fields=SETTLED, by=cast.takahashi)


def test_what_has_been_decided_stays_on_the_agenda(
    cast: Cast, headquarters: Meeting, weak: Indicator, section: Section
) -> None:
    [item] = year.on_agenda(cast, headquarters, weak)
    services.resolve_item(item=item, fields=SETTLED, by=cast.takahashi)
    with pytest.raises(RuleViolation, match="議題から外せません"):
        year.on_agenda(cast, headquarters, section)


def test_an_item_taken_off_and_put_on_again_is_the_same(
    cast: Cast, headquarters: Meeting, weak: Indicator, section: Section
) -> None:
    [item] = year.on_agenda(cast, headquarters, weak)
    year.on_agenda(cast, headquarters, section)
    assert [str(one.item) for one in queries.meeting_page(None, headquarters).items] == ["納税の電子化"]
    assert year.on_agenda(cast, headquarters, section, weak)[1] == item


def test_a_concluded_paper_stays_as_it_was(cast: Cast, headquarters: Meeting, weak: Indicator) -> None:
    year.on_agenda(cast, headquarters, weak)
    services.conclude_meeting(meeting=headquarters, by=cast.takahashi)
    before = papers.meeting_paper(queries.meeting_page(None, headquarters))
    [figure] = weak.figures.filter(role="actual")
    fields = FigureFields(role="actual", text="58%", fiscal_year=2025)
    plans.correct_figure(figure=figure, fields=fields, reason="集計の誤り", by=cast.takahashi)
    headquarters.refresh_from_db()
    assert papers.meeting_paper(queries.meeting_page(None, headquarters)) == before
    with pytest.raises(RuleViolation, match="確定済み"):
        year.on_agenda(cast, headquarters, weak)


def test_the_paper_shows_each_item_with_its_figures_and_working(
    cast: Cast, headquarters: Meeting, section: Section, weak: Indicator
) -> None:
    [_, item] = year.on_agenda(cast, headquarters, section, weak)
    services.resolve_item(item=item, fields=SETTLED, by=cast.takahashi)
    paper = papers.meeting_paper(queries.meeting_page(None, headquarters))
    file = Document(BytesIO(word_bytes(paper)))
    cells = {cell.text for table in file.tables for row in table.rows for cell in row.cells}
    assert {"電子納税率", "60%\n（R7）", "15%\n（R7）", "10.0%", "遅れ【D】", "使い方の案内を作る。"} <= cells
    assert any("(15 − 10) ÷ (60 − 10)" in text for text in cells)
    assert "議題1　納税の電子化" in [p.text for p in file.paragraphs]


def test_the_paper_begins_with_when_and_where_and_what_of(
    cast: Cast, edition: Edition, weak: Indicator
) -> None:
    fields = MeetingFields("steering", "第1回幹事会", today(), starts_at=time(14, 0), place="県庁第1会議室")
    meeting = services.plan_meeting(edition=edition, fields=fields, by=cast.takahashi)
    year.on_agenda(cast, meeting, weak)
    file = Document(BytesIO(word_bytes(papers.meeting_paper(queries.meeting_page(None, meeting)))))
    said = [p.text for p in file.paragraphs]
    assert f"日時　{show_date(today())}　14時から" in said
    assert "場所　県庁第1会議室" in said
    assert "「さくら改革プラン 令和7年度版」について、次の1件をお諮りします。" in said


def test_a_sections_paper_tells_its_overall_rating_with_the_reason(
    cast: Cast, edition: Edition, section: Section, headquarters: Meeting
) -> None:
    plans.choose_overall_policy(edition=edition, policy=Policy(Method.GRADE_POINTS), by=cast.takahashi)
    plans.settle_overall(
        section=section,
        level="やや遅れ",
        reason="口座振替は1月からのため。",
        decider="幹事会",
        by=cast.takahashi,
    )
    year.on_agenda(cast, headquarters, section)
    headquarters.refresh_from_db()
    file = Document(BytesIO(word_bytes(papers.meeting_paper(queries.meeting_page(None, headquarters)))))
    said = [p.text for p in file.paragraphs]
    assert "やや遅れ（自動判定は「遅れ」）" in said
    assert "理由：口座振替は1月からのため。" in said


def test_the_paper_prints_as_pdf(cast: Cast, headquarters: Meeting, weak: Indicator) -> None:
    font_path()
    year.on_agenda(cast, headquarters, weak)
    assert pdf_bytes(papers.meeting_paper(queries.meeting_page(None, headquarters))).startswith(b"%PDF")


def test_a_committee_has_a_day_for_opinions_before_it_meets(cast: Cast, edition: Edition) -> None:
    late = MeetingFields("committee", "第1回", held_on=today(), opinions_due=today() + timedelta(days=1))
    with pytest.raises(RuleViolation, match="開催日までの日付"):
        services.plan_meeting(edition=edition, fields=late, by=cast.takahashi)
    none = MeetingFields("committee", "第1回", held_on=today())
    with pytest.raises(RuleViolation, match="意見の締切を入力"):
        services.plan_meeting(edition=edition, fields=none, by=cast.takahashi)


def test_only_the_committee_is_opened_to_members(cast: Cast, headquarters: Meeting, weak: Indicator) -> None:
    year.on_agenda(cast, headquarters, weak)
    with pytest.raises(RuleViolation, match="推進委員会の資料だけ"):
        services.open_meeting(meeting=headquarters, by=cast.takahashi)


def test_a_meeting_takes_as_many_queries_for_many_items_as_for_one(
    cast: Cast, headquarters: Meeting, section: Section, weak: Indicator
) -> None:
    year.on_agenda(cast, headquarters, weak)

    def more() -> None:
        rows = [(f"指標{n}", "件", "", "0件", "10件", "1件") for n in range(5)]
        added = [year.add_indicator(cast, section, row) for row in rows]
        year.on_agenda(cast, headquarters, weak, section, *added)

    assert_constant_queries(lambda: queries.meeting_page(cast.takahashi, headquarters), more)
