"""What is read of plans: by whom, in how many queries, and as what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.http import Http404

from kaikaku.core.ratings import SCHEMES
from kaikaku.plans import queries, services
from kaikaku.plans.entries import (
    EditionFields,
    FilledIndicator,
    FilledSection,
    Filling,
    ItemFields,
    SectionFields,
)
from kaikaku.plans.models import Edition, Indicator, Plan
from kaikaku.plans.queries import Filter
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.plans import yamagata

pytestmark = pytest.mark.django_db


def many(edition: Edition, cast: Cast, count: int) -> None:
    """Add `count` indicators, each under a section of its own with a line."""
    one = yamagata.filling().indicators[0]
    services.build_edition(
        edition=edition,
        filling=Filling(
            sections=tuple(
                FilledSection(SectionFields(title=f"取組{n}"), items=(ItemFields(text=f"実績{n}"),))
                for n in range(count)
            ),
            indicators=tuple(FilledIndicator(one.fields, one.figures, section=n) for n in range(count)),
        ),
        by=cast.takahashi,
    )


def test_another_governments_plan_does_not_exist_for_a_stranger(
    cast: Cast, plan: Plan, edition: Edition, online: Indicator
) -> None:
    assert list(queries.plans_for(cast.nakamura)) == []
    section, figure = edition.sections.all()[0], online.figures.all()[0]
    for read, pk in (
        (queries.plan_for, plan.pk),
        (queries.edition_for, edition.pk),
        (queries.section_for, section.pk),
        (queries.indicator_for, online.pk),
        (queries.figure_for, figure.pk),
    ):
        assert read(cast.sato, pk).pk == pk
        with pytest.raises(Http404):
            read(cast.nakamura, pk)


def test_what_was_removed_answers_404(cast: Cast, online: Indicator) -> None:
    services.remove_indicator(indicator=online, reason="二重", by=cast.takahashi)
    with pytest.raises(Http404):
        queries.indicator_for(cast.takahashi, online.pk)


def test_a_tree_takes_as_many_queries_for_two_hundred_indicators_as_for_seven(
    cast: Cast, edition: Edition
) -> None:
    def read() -> object:
        rows = queries.rows_of(queries.edition_for(cast.sato, edition.pk))
        return queries.tree(cast.sato, rows), rows.tally

    assert_constant_queries(read, lambda: many(edition, cast, 200))


def test_the_parts_of_a_dataset_take_a_constant_number_of_queries(cast: Cast, edition: Edition) -> None:
    assert_constant_queries(
        lambda: queries.dataset_parts(queries.edition_for(cast.sato, edition.pk)),
        lambda: many(edition, cast, 200),
    )


def test_a_node_knows_its_level_its_owner_and_whether_it_is_mine(cast: Cast, edition: Edition) -> None:
    one = edition.sections.order_by("position")[0]
    services.revise_section(
        section=one,
        fields=SectionFields(title=one.title, number=one.number, owner=cast.zeimu),
        by=cast.takahashi,
    )
    nodes = queries.tree(cast.sato, queries.rows_of(edition))
    assert (nodes[0].level_name, nodes[0].facts.owner_name, nodes[0].is_mine) == ("柱", "税務課", True)
    assert not nodes[1].is_mine


def test_the_tree_is_narrowed_by_grade(cast: Cast, edition: Edition) -> None:
    nodes = queries.tree(cast.sato, queries.rows_of(edition), Filter(grade="A"))
    assert [r.indicator.name for node in nodes for r in node.indicators] == [
        "Web会議の年間開催回数",
        "AI会議録作成支援システム活用数",
    ]


@pytest.mark.parametrize("words", ["防災士", "ＷＥＢ会議", "web"])
def test_the_tree_is_searched_as_people_type(cast: Cast, edition: Edition, words: str) -> None:
    nodes = queries.tree(cast.sato, queries.rows_of(edition), Filter(words=words))
    assert sum(len(inner.indicators) for node in nodes for inner in node.walk()) == 1


def test_one_letter_is_too_short_to_search_for(cast: Cast, edition: Edition) -> None:
    wanted = Filter(words="県")
    assert wanted.too_short
    assert not wanted.is_on


def test_a_line_below_a_section_is_found_by_its_words(cast: Cast, edition: Edition) -> None:
    one = edition.sections.order_by("position")[0]
    services.add_item(section=one, fields=ItemFields(text="環境教室の開催(160回)"), by=cast.takahashi)
    services.add_item(section=one, fields=ItemFields(text="別の行"), by=cast.takahashi)
    nodes = queries.tree(cast.sato, queries.rows_of(edition), Filter(words="環境教室"))
    assert [item.text for item in nodes[0].items] == ["環境教室の開催(160回)"]


def test_a_summary_published_without_single_figures_stands_for_its_year(cast: Cast, plan: Plan) -> None:
    made = services.create_edition(
        plan=plan, fields=EditionFields(title="R2", fiscal_year=2020), by=cast.takahashi
    )
    made = services.change_scheme(
        edition=made, scheme=SCHEMES["iwate"], valid_from=date(2020, 4, 1), by=cast.takahashi
    )
    assert made.scheme is not None
    services.record_past_results(
        edition=made, fiscal_year=2020, scheme=made.scheme, lines=yamagata.iwate_lines(), by=cast.takahashi
    )
    parts = queries.dataset_parts(made)
    [table] = parts.tallies
    assert not table.computed
    assert [str(share) for share in table.rows[-1].shares] == yamagata.IWATE[-1][-1].split()
    assert [name.marked for name in parts.lists[0].names] == [False, True]


def test_the_dataset_says_how_each_rate_is_made(edition: Edition) -> None:
    parts = queries.dataset_parts(edition)
    online = parts.indicators[0]
    [result] = online.results
    assert result.working == "(71.5 − 1.5) ÷ (100 − 1.5) × 100 = 71.1%"
    assert (result.formula_label, result.target_year, result.grade) == ("基準値比", 2024, "C")
    savings = parts.indicators[2]
    assert (savings.figures[0].value, savings.figures[0].reason) == (
        None,
        "「－」と記されています（意味は書かれていません）",
    )
    assert savings.results[0].working == "75.6億円 ÷ 120億円 × 100 = 63.0%"


def test_a_target_of_another_year_than_its_column_is_footnoted(edition: Edition) -> None:
    leave = queries.dataset_parts(edition).indicators[4]
    assert leave.notes == ("目標値「100%(R7)」は令和7年度の値です（資料では令和6年度の欄に掲載）。",)


def test_the_lowest_grade_is_listed_with_the_marks_of_external_factors(cast: Cast, edition: Edition) -> None:
    online = edition.indicators.order_by("position")[0]
    target = online.figures.get(role="target")
    services.correct_figure(
        figure=target,
        fields=replace(yamagata.figures("1.5% (R2)", "200%", "71.5%")[1], text="200%"),
        reason="目標の見直し",
        by=cast.takahashi,
    )
    services.set_external_factor(indicator=online, note="新型コロナウイルス感染症の影響", by=cast.takahashi)
    [low] = queries.dataset_parts(edition).lists
    assert low.title == "達成度がDの指標"
    assert [(name.name, name.marked) for name in low.names] == [(online.name, True)]
    assert low.footnote == "※ 新型コロナウイルス感染症の影響"


def test_a_corrected_value_takes_the_place_of_the_old_in_the_rate(cast: Cast, online: Indicator) -> None:
    old = online.figures.get(role="actual")
    fields = replace(yamagata.figures("1.5% (R2)", "100%", "100%")[2])
    services.correct_figure(figure=old, fields=fields, reason="集計誤り", by=cast.takahashi)
    rows = queries.rows_of(online.edition)
    assert rows.results[online.pk].achievement.rate == Decimal(100)
    assert [figure.text for figure in queries.figures_superseded(online)] == ["71.5%"]
