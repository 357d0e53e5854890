"""What was said of an item goes with it into the next edition: renamed, moved, merged, split."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from kaikaku.org.queries import today
from kaikaku.plans import services as plans
from kaikaku.plans.entries import EditionFields, SectionFields
from kaikaku.plans.models import Edition, Indicator, Section
from kaikaku.reviews import queries, services
from kaikaku.reviews.entries import AgendaEntry, AnswerFields
from kaikaku.reviews.models import AgendaItem, Loop
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.pages import Page
from tests.reviews import year

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast: Cast, edition: Edition) -> Edition:
    return year.drafted(cast, edition)


def heir(draft: Edition, part: Section | Indicator) -> Section | Indicator:
    """What a part became in the draft."""
    link = part.heirs.get()
    found = link.to_section or link.to_indicator
    assert found is not None
    return found


def loops_on(cast: Cast, part: Section | Indicator) -> list[Loop]:
    return [one.loop for one in queries.subject_page(cast.takahashi, part).loops]


def rename(cast: Cast, part: Section, title: str) -> Section:
    return plans.revise_section(section=part, fields=SectionFields(title=title), by=cast.takahashi)


def test_a_loop_is_shown_on_what_its_item_was_renamed_to(
    cast: Cast, section: Section, draft: Edition
) -> None:
    loop = year.noticed(cast, section)
    now = rename(cast, heir(draft, section), "納付のキャッシュレス化")
    [shown] = queries.subject_page(cast.takahashi, now).loops
    assert (shown.loop, shown.earlier) == (loop, section)
    assert loops_on(cast, section) == [loop]


def test_a_loop_follows_an_item_that_was_moved(cast: Cast, section: Section, draft: Edition) -> None:
    loop = year.noticed(cast, section)
    now = heir(draft, section)
    plans.move_section(section=now, parent=None, index=9, by=cast.takahashi)
    assert loops_on(cast, now) == [loop]


def test_a_merger_gathers_the_loops_of_all_it_was_made_of(
    cast: Cast, edition: Edition, section: Section, draft: Edition
) -> None:
    other = edition.sections.get(title="窓口の改善")
    loops = [year.noticed(cast, section), year.noticed(cast, other)]
    into = heir(draft, section)
    plans.merge_sections(
        into=into, others=[heir(draft, other)], reason="窓口を電子化に含める", by=cast.takahashi
    )
    assert sorted(loop.pk for loop in loops_on(cast, into)) == [loop.pk for loop in loops]


def test_both_halves_of_a_split_show_the_loop(cast: Cast, section: Section, draft: Edition) -> None:
    loop = year.noticed(cast, section)
    one = heir(draft, section)
    other = plans.split_section(
        section=one, fields=SectionFields(title="案内の見直し"), reason="担当が分かれる", by=cast.takahashi
    )
    assert loops_on(cast, one) == loops_on(cast, other) == [loop]


def test_a_loop_goes_through_several_editions(cast: Cast, weak: Indicator, draft: Edition) -> None:
    loop = year.noticed(cast, weak)
    plans.change_state(edition=draft, state="in_force", by=cast.takahashi)
    third = plans.draft_next_edition(
        edition=draft, fields=EditionFields("令和9年度版", 2027), by=cast.takahashi
    )
    assert loops_on(cast, heir(third, heir(draft, weak))) == [loop]


def test_what_ended_keeps_its_loop_and_nothing_else_takes_it(
    cast: Cast, section: Section, draft: Edition
) -> None:
    loop = year.noticed(cast, section)
    plans.end_section(section=heir(draft, section), outcome="solved", reason="完了", by=cast.takahashi)
    assert loops_on(cast, section) == [loop]
    assert all(loop not in loops_on(cast, part) for part in draft.sections.filter(removed_at=None))


def test_the_list_says_what_the_item_has_become_and_whose_it_is_now(
    cast: Cast, section: Section, draft: Edition
) -> None:
    year.noticed(cast, section)
    fields = SectionFields(title="納付のキャッシュレス化", owner=cast.somu)
    plans.revise_section(section=heir(draft, section), fields=fields, by=cast.takahashi)
    [row] = queries.loops_shown(cast.suzuki)
    assert row.now == "納付のキャッシュレス化（令和8年度版（案））"
    assert row.owner == "総務部"


def test_a_waiting_loop_is_proposed_to_the_meetings_of_the_next_edition(
    cast: Cast, weak: Indicator, draft: Edition
) -> None:
    loop = year.oriented(cast, year.noticed(cast, weak))
    meeting = year.meeting(cast, draft, held_on=today() - timedelta(days=1))
    [found] = [c for c in queries.candidates(meeting) if c.loop == loop.pk]
    assert found.key == queries.key_of(heir(draft, weak))
    assert "loop" in found.reasons


def test_what_stands_on_a_later_editions_agenda_is_not_named_twice(
    cast: Cast, weak: Indicator, draft: Edition
) -> None:
    loop = year.oriented(cast, year.noticed(cast, weak))
    meeting = year.meeting(cast, draft)
    entries = [AgendaEntry(heir(draft, weak), ("loop",), "対応を決めてください。", loop)]
    services.choose_agenda(meeting=meeting, entries=entries, by=cast.takahashi)
    assert [task.what for task in queries.open_decisions(cast.takahashi)] == ["本部会議で決める"]


def test_opinions_and_their_answers_follow_the_item(
    cast: Cast, committee_item: AgendaItem, weak: Indicator, draft: Edition
) -> None:
    opinion = year.opinion(cast, committee_item)
    now = heir(draft, weak)
    answer = AnswerFields("reflected", "案内を作り直します。", now)
    services.answer_opinion(opinion=opinion, fields=answer, by=cast.takahashi)
    page = queries.subject_page(cast.takahashi, now)
    assert [(one, one.answer.target) for one in page.opinions] == [(opinion, now)]


def test_the_yearly_table_of_the_heir_tells_the_years_of_its_origins(
    cast: Cast, weak: Indicator, draft: Edition
) -> None:
    """目標 → 実績 → 達成率 → 改善, each year by the newest edition that knows of it."""
    loop = year.decided(cast, year.noticed(cast, weak))
    now = heir(draft, weak)
    years = {one.fiscal_year: one for one in queries.subject_page(cast.takahashi, now).years}
    [line] = years[2025].lines
    assert (line.target, line.actual, line.rate, line.grade) == (
        "60%\n（R7）",
        "15%\n（R7）",
        "10.0%",
        "遅れ【D】",
    )
    assert [e.kind for e in years[loop.fiscal_year].improved] == ["decision"]


def test_the_pages_say_where_a_loop_was_begun(
    cast: Cast, page: Page, section: Section, draft: Edition
) -> None:
    year.noticed(cast, section)
    now = rename(cast, heir(draft, section), "納付のキャッシュレス化")
    shown = page.get(reverse("reviews:section", args=[now.pk]), as_=cast.kobayashi)
    assert shown.says("前の版の項目「納税の電子化」（令和7年度版）で記録")
    before = page.get(reverse("reviews:section", args=[section.pk]), as_=cast.kobayashi)
    assert before.says("次の版：納付のキャッシュレス化")


def test_an_items_page_takes_as_many_queries_for_many_loops_as_for_one(
    cast: Cast, section: Section, draft: Edition
) -> None:
    year.noticed(cast, section)
    now = heir(draft, section)

    def more() -> None:
        for _ in range(4):
            year.decided(cast, year.noticed(cast, section))
            year.noticed(cast, now)

    assert_constant_queries(lambda: queries.subject_page(cast.takahashi, now), more)


def test_the_list_takes_as_many_queries_for_many_loops_as_for_one(
    cast: Cast, section: Section, weak: Indicator, draft: Edition
) -> None:
    year.noticed(cast, section)
    year.noticed(cast, weak)

    def more() -> None:
        for part in (section, weak, heir(draft, section)):
            year.noticed(cast, part)

    assert_constant_queries(lambda: queries.loops_shown(cast.takahashi), more)
