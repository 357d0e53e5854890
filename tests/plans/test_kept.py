"""What is kept of an edition between requests is, after every write, what reading it whole would give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from kaikaku.core.ratings import SCHEMES
from kaikaku.org import services as org
from kaikaku.plans import services
from kaikaku.plans.actions import SENTENCES
from kaikaku.plans.entries import (
    EditionFields,
    FigureFields,
    FilledIndicator,
    Filling,
    FootnoteFields,
    IndicatorFields,
    ItemFields,
    SectionFields,
)
from kaikaku.plans.models import Edition, Figure, Item
from kaikaku.plans.queries import rows_kept, rows_of
from kaikaku.plans.queries.kept import Touched, forget
from tests.cast import Cast
from tests.plans.drafts import DISASTER, SIDE_JOB, drafted, indicator, section

Write = Callable[[Edition, Cast], object]


def all_of(edition: Edition, *, kept: bool) -> list[object]:
    """Everything that pages draw from an edition's rows, read whole or from what is kept."""
    edition = Edition.objects.select_related("plan__organisation", "scheme").get(pk=edition.pk)
    rows = rows_kept(edition) if kept else rows_of(edition)
    lines = [rows.line(facts.key) for facts in rows.indicators]
    items = {key: list(found) for key, found in rows.items.items() if found}
    marks = [dict(rows.marks(year)) for year in rows.years]
    plain: list[object] = [rows.sections, rows.indicators, items, rows.past, rows.year, rows.scheme]
    return [*plain, rows.results, rows.years, marks, rows.tallies, lines]


def set_value(edition: Edition, cast: Cast) -> object:
    fields = FigureFields(role="actual", text="2,000人", fiscal_year=2023)
    return services.set_figure(indicator=indicator(edition, DISASTER), fields=fields, by=cast.takahashi)


def correct_value(edition: Edition, cast: Cast) -> object:
    figure = Figure.objects.filter(indicator__edition=edition, role="actual", is_current=True)[0]
    fields = FigureFields(role="actual", text="1", fiscal_year=figure.fiscal_year)
    return services.correct_figure(figure=figure, fields=fields, reason="転記の誤り", by=cast.takahashi)


def revise_indicator(edition: Edition, cast: Cast) -> object:
    one = indicator(edition, DISASTER)
    fields = IndicatorFields(name="防災士の数", unit=one.unit, direction="down", owner=cast.zeimu)
    return services.revise_indicator(indicator=one, fields=fields, by=cast.takahashi)


def add_indicator(edition: Edition, cast: Cast) -> object:
    fields = IndicatorFields(name="新しい指標", unit="件")
    top = section(edition, SIDE_JOB)
    return services.add_indicator(edition=edition, section=top, fields=fields, by=cast.takahashi)


def move_indicator(edition: Edition, cast: Cast) -> object:
    one, to = indicator(edition, DISASTER), section(edition, SIDE_JOB)
    return services.move_indicator(indicator=one, section=to, by=cast.takahashi)


def show_again(edition: Edition, cast: Cast) -> object:
    one, to = indicator(edition, DISASTER), section(edition, SIDE_JOB)
    return services.set_cross_listing(indicator=one, sections=[to], by=cast.takahashi)


def remove_indicator(edition: Edition, cast: Cast) -> object:
    one = indicator(edition, DISASTER)
    return services.remove_indicator(indicator=one, reason="重複", by=cast.takahashi)


def end_indicator(edition: Edition, cast: Cast) -> object:
    one = indicator(edition, DISASTER)
    return services.end_indicator(indicator=one, outcome="solved", reason="達成した", by=cast.takahashi)


def note_factor(edition: Edition, cast: Cast) -> object:
    one = indicator(edition, DISASTER)
    return services.set_external_factor(indicator=one, note="感染症の影響", by=cast.takahashi)


def add_section(edition: Edition, cast: Cast) -> object:
    return services.add_section(edition=edition, fields=SectionFields("新しい取組"), by=cast.takahashi)


def revise_section(edition: Edition, cast: Cast) -> object:
    fields = SectionFields("庁内兼業の推進", owner=cast.zeimu)
    return services.revise_section(section=section(edition, SIDE_JOB), fields=fields, by=cast.takahashi)


def move_section(edition: Edition, cast: Cast) -> object:
    one = section(edition, SIDE_JOB)
    return services.move_section(section=one, parent=None, index=0, by=cast.takahashi)


def remove_pillar(edition: Edition, cast: Cast) -> object:
    """All below it goes with it, in one entry."""
    pillar = edition.sections.select_related("edition__plan").order_by("position", "pk")[0]
    edition.indicators.update(section=pillar)
    services.change_state(edition=edition, state="draft", by=cast.takahashi)
    return services.remove_section(section=pillar, reason="重複", by=cast.takahashi)


def end_section(edition: Edition, cast: Cast) -> object:
    one = section(edition, SIDE_JOB)
    return services.end_section(section=one, outcome="solved", reason="終わった", by=cast.takahashi)


def revise_item(edition: Edition, cast: Cast) -> object:
    item = Item.objects.filter(section__edition=edition).select_related("section__edition__plan")[0]
    return services.revise_item(item=item, fields=ItemFields("9人が参加した"), by=cast.takahashi)


def add_footnote(edition: Edition, cast: Cast) -> object:
    return services.add_footnote(edition=edition, fields=FootnoteFields("注", "＊"), by=cast.takahashi)


def change_scheme(edition: Edition, cast: Cast) -> object:
    day = date(2022, 4, 1)
    return services.change_scheme(
        edition=edition, scheme=SCHEMES["plain"], valid_from=day, reason="他県に合わせる", by=cast.takahashi
    )


def change_year(edition: Edition, cast: Cast) -> object:
    set_value(edition, cast)
    fields = EditionFields(title=edition.title, fiscal_year=2023, period=(2021, 2024))
    return services.revise_edition(edition=edition, fields=fields, by=cast.takahashi)


def fill_more(edition: Edition, cast: Cast) -> object:
    more = Filling(indicators=(FilledIndicator(fields=IndicatorFields(name="取り込んだ指標", unit="件")),))
    return services.build_edition(edition=edition, filling=more, by=cast.takahashi)


def rename_department(edition: Edition, cast: Cast) -> object:
    revise_section(edition, cast)
    rows_kept(Edition.objects.select_related("plan__organisation", "scheme").get(pk=edition.pk))
    return org.revise_department(
        department=cast.zeimu, name="税務第一課", parent=cast.zeimu.parent, position=0, by=cast.takahashi
    )


WRITES: tuple[Write, ...] = (
    set_value, correct_value, revise_indicator, add_indicator, move_indicator, show_again, remove_indicator,
    end_indicator, note_factor, add_section, revise_section, move_section, remove_pillar, end_section,
    revise_item, add_footnote, change_scheme, change_year, fill_more, rename_department,
)  # fmt: skip


@pytest.mark.parametrize("write", WRITES, ids=lambda write: write.__name__)
def test_what_is_kept_agrees_with_the_rows_after_a_write(write: Write, last: Edition, cast: Cast) -> None:
    all_of(last, kept=True)
    before = all_of(last, kept=False)
    write(last, cast)
    after = all_of(last, kept=False)
    assert all_of(last, kept=True) == after
    assert after != before or write is add_footnote


def merge_sections(edition: Edition, cast: Cast) -> object:
    tops = list(edition.sections.select_related("edition__plan").filter(parent=None, removed_at=None))
    return services.merge_sections(into=tops[0], others=[tops[1]], reason="似ている", by=cast.takahashi)


def merge_indicators(edition: Edition, cast: Cast) -> object:
    ones = list(edition.indicators.select_related("edition__plan").filter(removed_at=None))
    return services.merge_indicators(into=ones[0], others=[ones[1]], reason="似ている", by=cast.takahashi)


def split_section(edition: Edition, cast: Cast) -> object:
    one, fields = section(edition, SIDE_JOB), SectionFields("庁内複業の試行")
    return services.split_section(section=one, fields=fields, reason="分ける", by=cast.takahashi)


def end_pillar(edition: Edition, cast: Cast) -> object:
    pillar = edition.sections.select_related("edition__plan").filter(parent=None).order_by("position")[0]
    return services.end_section(section=pillar, outcome="solved", reason="終わった", by=cast.takahashi)


@pytest.mark.parametrize(
    "write", [merge_sections, merge_indicators, split_section, end_pillar], ids=lambda write: write.__name__
)
def test_what_is_kept_of_a_draft_agrees_too(write: Write, draft: Edition, cast: Cast) -> None:
    all_of(draft, kept=True)
    write(draft, cast)
    assert all_of(draft, kept=True) == all_of(draft, kept=False)


def test_drafting_the_next_edition_leaves_what_is_kept_of_the_last(last: Edition, cast: Cast) -> None:
    all_of(last, kept=True)
    drafted(last, cast)
    assert all_of(last, kept=True) == all_of(last, kept=False)


def test_every_action_of_this_app_says_what_it_touches() -> None:
    assert [action for action in SENTENCES if not Touched().note(action, "1")] == []


def test_an_unknown_action_of_this_app_says_nothing() -> None:
    assert not Touched().note("plans.wholly.new", "1")
    assert not Touched().note("org.department.renamed", "1")


def test_after_a_write_only_what_changed_is_read(last: Edition, cast: Cast) -> None:
    all_of(last, kept=True)
    old = rows_kept(last)
    set_value(last, cast)
    new = rows_kept(last)
    changed = [facts for facts in new.indicators if not any(facts is one for one in old.indicators)]
    assert [facts.name for facts in changed] == [DISASTER]


def test_a_change_in_three_indicators_takes_as_many_queries_as_one_in_one(last: Edition, cast: Cast) -> None:
    edition = Edition.objects.select_related("plan__organisation", "scheme").get(pk=last.pk)
    counts = []
    for names in ([DISASTER], [one.name for one in last.indicators.all()[:3]]):
        rows_kept(edition)
        for name in names:
            services.set_external_factor(indicator=indicator(last, name), note=name * 2, by=cast.takahashi)
        with CaptureQueriesContext(connection) as asked:
            rows_kept(edition)
        counts.append(len(asked))
        services.set_external_factor(indicator=indicator(last, DISASTER), note="", by=cast.takahashi)
    assert counts[0] == counts[1]


def test_what_was_kept_within_a_change_that_is_taken_back_is_not_shown(last: Edition, cast: Cast) -> None:
    before = all_of(last, kept=True)
    with transaction.atomic():
        set_value(last, cast)
        assert all_of(last, kept=True) != before
        transaction.set_rollback(True)
    assert all_of(last, kept=True) == before


def test_a_log_that_runs_on_from_another_entry_makes_all_be_read_anew(last: Edition, cast: Cast) -> None:
    """A database put back from a copy: what was kept belongs to entries that are no more."""
    from kaikaku.plans.queries import kept

    rows_kept(last)
    held = kept._KEPT[last.pk]
    kept._KEPT[last.pk] = replace(held, hash="of another log", rows=replace(held.rows, indicators=[]))
    assert all_of(last, kept=True) == all_of(last, kept=False)
    forget()
