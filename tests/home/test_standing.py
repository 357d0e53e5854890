"""The dashboard and the governor's sheet."""

from __future__ import annotations

from datetime import date

import pytest

from kaikaku.core.ratings import SCHEMES
from kaikaku.home import queries
from kaikaku.plans import services as plans
from kaikaku.plans.entries import (
    EditionFields,
    FigureFields,
    FilledIndicator,
    FilledSection,
    Filling,
    SectionFields,
)
from kaikaku.plans.models import Edition
from kaikaku.plans.queries import rows_of
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.pages import Page
from tests.plans import yamagata
from tests.plans.permissions import edition as make_edition


def iwate(cast: Cast) -> Edition:
    """岩手県 R2: a summary table without single figures."""
    plan = plans.create_plan(organisation=cast.sakura, name="行政経営プラン", level_names=("柱",), by=None)
    made = plans.create_edition(plan=plan, fields=EditionFields("令和2年度", 2020), by=None)
    made = plans.change_scheme(edition=made, scheme=SCHEMES["iwate"], valid_from=date(2020, 4, 1), by=None)
    assert made.scheme is not None
    plans.record_past_results(
        edition=made, fiscal_year=2020, scheme=made.scheme, lines=yamagata.iwate_lines(), by=None
    )
    return made


def test_the_dashboard_shows_the_shares_as_the_edition_closes_them(page: Page, cast: Cast) -> None:
    made = iwate(cast)
    opened = page.get(f"/dashboard/{made.pk}/", as_=cast.ito)
    # 岩手県 R2 概要版: 4/9 is printed as 44.5, 1/57 as 1.7
    for printed in ("63.2%", "22.8%", "1.7%", "8.8%", "3.5%", "44.5%"):
        assert opened.says(printed), printed


def test_the_dashboard_begins_with_the_edition_in_force(page: Page, cast: Cast) -> None:
    made = make_edition(cast)
    plans.change_state(edition=made, state="in_force", by=cast.takahashi)
    plans.create_edition(plan=made.plan, fields=EditionFields("令和9年度の案", 2027), by=cast.takahashi)
    assert page.get("/dashboard/", as_=cast.takahashi).says("令和4年度")
    assert page.get("/dashboard/").find(f"//a[@href='/governor/{made.pk}/']")


def test_without_any_plan_the_dashboard_says_what_will_be_here(page: Page, cast: Cast) -> None:
    assert page.get("/dashboard/", as_=cast.ito).says("プランの版はまだありません")


def test_years_of_the_same_scale_stand_in_one_trend(page: Page, cast: Cast) -> None:
    made = make_edition(cast)
    for indicator, last in zip(made.indicators.order_by("position"), ("60%", "2,400人"), strict=False):
        fields = FigureFields(role="actual", text=last, fiscal_year=2021)
        plans.set_figure(indicator=indicator, fields=fields, by=None)
    trend = queries.standing(cast.ito, made).trend
    assert trend is not None
    assert [row.label for row in trend.tally.rows] == ["令和3年度", "令和4年度"]
    opened = page.get(f"/dashboard/{made.pk}/", as_=cast.ito)
    assert opened.find("//div[@class='trend-chart']//*[@role='img']")


def test_a_plan_made_anew_each_year_has_its_trend_across_editions(cast: Cast) -> None:
    made = make_edition(cast)
    fields = EditionFields("令和5年度", 2023)
    newer = plans.create_edition(plan=made.plan, fields=fields, by=None)
    plans.build_edition(edition=newer, filling=yamagata.filling(), by=None)
    for indicator in newer.indicators.all():
        figure = FigureFields(role="actual", text="50%" if indicator.unit == "%" else "900", fiscal_year=2023)
        plans.set_figure(indicator=indicator, fields=figure, by=None)
    newer = plans.change_scheme(edition=newer, scheme=SCHEMES["iwate"], valid_from=date(2021, 4, 1), by=None)
    trend = queries.standing(cast.ito, newer).trend
    assert trend is not None
    assert [row.label for row in trend.tally.rows] == ["令和4年度", "令和5年度"]


def test_what_rose_moves_and_what_fell_does_not(cast: Cast) -> None:
    made = make_edition(cast)
    online, soldiers, *_ = made.indicators.order_by("position")
    for indicator, earlier in ((online, "1.6%"), (soldiers, "2,400人")):
        fields = FigureFields(role="actual", text=earlier, fiscal_year=2021)
        plans.set_figure(indicator=indicator, fields=fields, by=None)
    moved = queries.movement(rows_of(made))
    assert moved.year_before == 2021
    changed = {m.name: m for m in (*moved.better, *moved.low) if m.before}
    assert changed[online.name] in moved.better
    assert changed[soldiers.name] in moved.low


def test_the_governor_reads_what_moves_what_does_not_and_what_to_decide(page: Page, cast: Cast) -> None:
    made = make_edition(cast)
    opened = page.get(f"/governor/{made.pk}/", as_=cast.ito)
    heads = opened.texts("//main//h2")
    assert heads == ["遅れている報告", "動いているもの", "動いていないもの", "決めていただくこと"]
    assert opened.find("//h2[@id='decide']")


def test_of_a_published_table_alone_the_governor_reads_its_lists(page: Page, cast: Cast) -> None:
    opened = page.get(f"/governor/{iwate(cast).pk}/", as_=cast.ito)
    assert opened.says("新規招聘医師数")
    assert opened.says("公表済みの集計表だけがあり")


@pytest.mark.parametrize("path", ["/dashboard/{}/", "/governor/{}/"])
def test_the_office_asks_as_often_of_a_hundred_indicators_as_of_seven(
    path: str, page: Page, cast: Cast
) -> None:
    made = make_edition(cast)
    one = yamagata.filling().indicators[0]
    more = Filling(indicators=tuple(FilledIndicator(one.fields, one.figures) for _ in range(100)))
    assert_constant_queries(
        lambda: page.get(path.format(made.pk), as_=cast.takahashi),
        lambda: plans.build_edition(edition=made, filling=more, by=cast.takahashi),
    )


def test_the_trend_asks_as_often_of_four_editions_as_of_two(page: Page, cast: Cast) -> None:
    made = make_edition(cast)

    def one_more(year: int) -> None:
        fields = EditionFields(f"{year}年の版", year)
        other = plans.create_edition(plan=made.plan, fields=fields, by=cast.takahashi)
        plans.build_edition(edition=other, filling=yamagata.filling(), by=cast.takahashi)

    one_more(2021)
    assert_constant_queries(
        lambda: page.get(f"/dashboard/{made.pk}/", as_=cast.ito), lambda: [one_more(y) for y in (2020, 2019)]
    )


def test_a_crowded_edition_leads_to_its_sections_instead_of_listing_all(page: Page, cast: Cast) -> None:
    made = make_edition(cast)
    one = yamagata.filling().indicators[0]
    many = tuple(FilledIndicator(one.fields, one.figures, section=0) for _ in range(620))
    more = Filling(sections=(FilledSection(SectionFields("多い取組")),), indicators=many)
    plans.build_edition(edition=made, filling=more, by=cast.takahashi)
    opened = page.get(f"/plans/editions/{made.pk}/", as_=cast.sato)
    assert opened.says("指標が多いため、見出しごとに開いてください")
    assert opened.says("指標620件は、この見出しのページにあります")
    assert not opened.find("//table[contains(@class, 'indicators')]")
    assert page.get(f"/plans/editions/{made.pk}/?print=1").find("//table[contains(@class, 'indicators')]")
