"""The pages that show plans, opened by a client that checks their HTML (tests/pages.py)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

import pytest
from django.urls import reverse

from kaikaku.core.ratings import SCHEMES
from kaikaku.plans import services
from kaikaku.plans.entries import (
    EditionFields,
    FigureFields,
    FootnoteFields,
    ItemFields,
    SectionFields,
    TableFields,
)
from kaikaku.plans.models import Edition, Indicator, Plan
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.pages import Page
from tests.plans import yamagata
from tests.plans.test_queries import many

pytestmark = pytest.mark.django_db


def address(edition: Edition) -> str:
    return reverse("plans:edition", args=[edition.pk])


# --- the list ------------------------------------------------------------------------------------------


def test_without_a_plan_the_office_is_offered_to_make_one(cast: Cast, page: Page) -> None:
    opened = page.get("/plans/", as_=cast.takahashi)
    assert opened.says("プランはまだありません")
    assert opened.find(f"//a[@href='{reverse('plans:new_plan')}']")


def test_without_a_plan_a_clerk_learns_who_will_make_one(cast: Cast, page: Page) -> None:
    opened = page.get("/plans/", as_=cast.sato)
    assert opened.says("事務局がプランを登録すると")
    assert not opened.find(f"//a[@href='{reverse('plans:new_plan')}']")


def test_the_list_shows_how_each_plan_stands(cast: Cast, page: Page, edition: Edition) -> None:
    opened = page.get("/plans/", as_=cast.sato)
    assert opened.says("7指標のうち概ね達成【B】以上は4指標（57.1%）")
    assert opened.find("//*[local-name()='svg'][@role='img'][contains(@aria-label, '令和4年度の達成状況')]")


def test_a_stranger_sees_none_of_our_plans(cast: Cast, page: Page, edition: Edition) -> None:
    assert not page.get("/plans/", as_=cast.nakamura).says(edition.plan.name)


def test_the_list_takes_as_many_queries_for_four_plans_as_for_one(
    cast: Cast, page: Page, edition: Edition
) -> None:
    def more() -> None:
        for number in range(3):
            plan = services.create_plan(organisation=cast.sakura, name=f"計画{number}", by=None)
            made = services.create_edition(plan=plan, fields=EditionFields("版", 2022), by=None)
            services.build_edition(edition=made, filling=yamagata.filling(), by=None)

    assert_constant_queries(lambda: page.get("/plans/", as_=cast.sato), more)


# --- an edition ----------------------------------------------------------------------------------------


def test_an_edition_shows_its_summary_and_each_indicator_with_its_grade(
    cast: Cast, page: Page, edition: Edition
) -> None:
    opened = page.get(address(edition), as_=cast.sato)
    assert opened.h1 == edition.title
    total = opened.texts("//tr[@class='total']")[0]
    assert total.startswith("全体7")
    row = opened.texts("//tr[th/a[text()='防災士の認証登録者数']]")[0]
    assert "78.6%" in row
    assert "やや遅れ" in row


def test_a_page_with_two_hundred_indicators_takes_as_many_queries_as_with_seven(
    cast: Cast, page: Page, edition: Edition, online: Indicator
) -> None:
    notes = count()

    def open_after_a_change() -> None:
        services.set_external_factor(indicator=online, note=f"台風{next(notes)}号", by=cast.takahashi)
        page.get(address(edition), as_=cast.sato)

    assert_constant_queries(open_after_a_change, lambda: many(edition, cast, 200))


def test_a_page_opened_again_does_not_read_the_rows_again(
    cast: Cast, page: Page, edition: Edition, count_queries: Callable[[], Any]
) -> None:
    page.get(address(edition), as_=cast.sato)
    with count_queries() as queries:
        page.get(address(edition), as_=cast.sato)
    assert not [query for query in queries.captured_queries if 'FROM "plans_figure"' in query["sql"]]


def test_a_change_shows_at_once(cast: Cast, page: Page, edition: Edition, online: Indicator) -> None:
    page.get(address(edition), as_=cast.sato)
    old = online.figures.get(role="actual")
    fields = FigureFields("actual", "98%", 2022)
    services.correct_figure(figure=old, fields=fields, reason="集計の誤り", by=cast.takahashi)
    row = page.get(address(edition), as_=cast.sato).texts(f"//tr[th/a[text()='{online.name}']]")[0]
    assert "98.0%" in row


def test_the_edition_is_narrowed_by_grade_and_says_how_many_fit(
    cast: Cast, page: Page, edition: Edition
) -> None:
    opened = page.get(address(edition), as_=cast.sato, grade="A")
    assert opened.says("指標2件が当てはまりました")
    assert not opened.says("防災士の認証登録者数")


def test_a_search_of_one_letter_says_what_to_do(cast: Cast, page: Page, edition: Edition) -> None:
    opened = page.get(address(edition), as_=cast.sato, q="県")
    assert opened.says("2文字以上を入力してください")
    assert opened.says("防災士の認証登録者数")


def test_a_filter_that_fits_nothing_offers_a_way_out(cast: Cast, page: Page, edition: Edition) -> None:
    opened = page.get(address(edition), as_=cast.sato, q="該当しない言葉")
    assert opened.says("当てはまる指標・項目はありません")
    assert opened.find(f"//a[text()='すべて表示する'][@href='{address(edition)}']")


def test_nonsense_in_the_address_is_passed_over(cast: Cast, page: Page, edition: Edition) -> None:
    page.get(address(edition), as_=cast.sato, year="去年", owner="9" * 40, grade="？")


def test_the_print_view_opens_lines_and_texts(cast: Cast, page: Page, edition: Edition) -> None:
    one = edition.sections.order_by("position")[0]
    child = services.add_section(
        edition=edition, parent=one, fields=SectionFields("取組", body="本文です。"), by=cast.takahashi
    )
    services.add_item(section=child, fields=ItemFields("160回開催"), by=cast.takahashi)
    assert not page.get(address(edition), as_=cast.sato).says("160回開催")
    printed = page.get(address(edition), as_=cast.sato, print="1")
    assert printed.says("160回開催")
    assert printed.says("本文です。")


def test_a_clerk_finds_their_own_section_marked(cast: Cast, page: Page, edition: Edition) -> None:
    one = edition.sections.order_by("position")[0]
    services.revise_section(
        section=one, fields=SectionFields(one.title, number=one.number, owner=cast.zeimu), by=cast.takahashi
    )
    assert page.get(address(edition), as_=cast.sato).says("自分の所属")
    assert not page.get(address(edition), as_=cast.ito).says("自分の所属")


def test_only_the_secretariat_is_offered_to_change_anything(cast: Cast, page: Page, edition: Edition) -> None:
    change = f"//a[@href='{reverse('plans:revise_edition', args=[edition.pk])}']"
    assert page.get(address(edition), as_=cast.takahashi).find(change)
    assert not page.get(address(edition), as_=cast.suzuki).find(change)


def test_a_locked_edition_offers_only_to_be_unlocked(cast: Cast, page: Page, edition: Edition) -> None:
    services.lock_edition(edition=edition, by=cast.takahashi)
    opened = page.get(address(edition), as_=cast.takahashi)
    assert opened.says("確定済み")
    assert not opened.find(f"//a[@href='{reverse('plans:revise_edition', args=[edition.pk])}']")
    assert opened.find(f"//a[@href='{reverse('plans:unlock_edition', args=[edition.pk])}']")


def test_without_a_rule_the_page_says_that_grades_are_missing(cast: Cast, page: Page, plan: Plan) -> None:
    made = services.create_edition(plan=plan, fields=EditionFields("版", 2022), by=cast.takahashi)
    services.build_edition(edition=made, filling=yamagata.filling(), by=cast.takahashi)
    assert page.get(address(made), as_=cast.takahashi).says("評価の決まりが選ばれていません")


def test_a_published_summary_comes_out_to_the_digit(cast: Cast, page: Page, plan: Plan) -> None:
    made = services.create_edition(plan=plan, fields=EditionFields("R2", 2020), by=cast.takahashi)
    made = services.change_scheme(
        edition=made, scheme=SCHEMES["iwate"], valid_from=date(2020, 4, 1), by=cast.takahashi
    )
    assert made.scheme is not None
    services.record_past_results(
        edition=made, fiscal_year=2020, scheme=made.scheme, lines=yamagata.iwate_lines(), by=cast.takahashi
    )
    opened = page.get(address(made), as_=cast.sato)
    assert opened.says("57指標のうち概ね達成【B】以上は49指標（86.0%）")
    assert opened.texts("//tr[@class='total']//span[@class='share']") == [
        "63.2%",
        "22.8%",
        "1.7%",
        "8.8%",
        "3.5%",
    ]
    assert opened.says("公表済みの集計表をもとにしています")
    assert opened.says("新規招聘医師数※")


def test_an_empty_edition_offers_its_first_section(cast: Cast, page: Page, plan: Plan) -> None:
    made = services.create_edition(plan=plan, fields=EditionFields("版", 2022), by=cast.takahashi)
    assert page.get(address(made), as_=cast.takahashi).says("この版の中身はまだありません")


def test_the_editions_history_says_what_the_import_put_in(cast: Cast, page: Page, edition: Edition) -> None:
    opened = page.get(reverse("plans:edition_history", args=[edition.pk]), as_=cast.sato)
    assert opened.says("文書から読み取った内容をまとめて登録しました")
    assert opened.says("評価の決まりを変更しました")


# --- a section and an indicator -------------------------------------------------------------------------


def test_a_section_shows_what_was_done_beside_what_is_planned(
    cast: Cast, page: Page, edition: Edition
) -> None:
    one = edition.sections.order_by("position")[0]
    for text, kind, year in (("12回開催", "achievement", 2022), ("移住の促進", "plan", 2023)):
        services.add_item(
            section=one, fields=ItemFields(text, kind=kind, fiscal_year=year), by=cast.takahashi
        )
    services.add_table(
        edition=edition,
        section=one,
        fields=TableFields(("区分", "件数"), (("RPA", "16"),), caption="ツール別"),
        by=cast.takahashi,
    )
    opened = page.get(reverse("plans:section", args=[one.pk]), as_=cast.sato)
    assert opened.texts("//div[@class='year-columns']//h3") == ["令和4年度の実績", "令和5年度の計画"]
    assert opened.says("ツール別")


def test_an_indicator_tells_how_its_rate_is_made(cast: Cast, page: Page, online: Indicator) -> None:
    opened = page.get(reverse("plans:indicator", args=[online.pk]), as_=cast.sato)
    assert opened.says("(71.5 − 1.5) ÷ (100 − 1.5) × 100 = 71.1%")
    assert opened.says("計算方法：基準値比")
    assert opened.says("1.5% (R2)")
    assert opened.find("//figure[@class='trend']//*[local-name()='svg']")


def test_a_corrected_value_shows_what_it_was_and_why(cast: Cast, page: Page, online: Indicator) -> None:
    old = online.figures.get(role="actual")
    fields = FigureFields("actual", "72%", 2022)
    services.correct_figure(figure=old, fields=fields, reason="集計の誤り", by=cast.takahashi)
    opened = page.get(reverse("plans:indicator", args=[online.pk]), as_=cast.sato)
    assert opened.texts("//h2[text()='訂正・置き換えの前の値']/following::tbody[1]/tr") == [
        "実績値令和4年度71.5%確定集計の誤り"
    ]


def test_an_external_factor_is_shown_and_said_not_to_change_the_grade(
    cast: Cast, page: Page, online: Indicator
) -> None:
    services.set_external_factor(indicator=online, note="新型コロナウイルス感染症", by=cast.takahashi)
    opened = page.get(reverse("plans:indicator", args=[online.pk]), as_=cast.sato)
    assert opened.says("新型コロナウイルス感染症")
    assert opened.says("評価は変わりません")


def test_footnotes_stand_below_the_edition(cast: Cast, page: Page, edition: Edition) -> None:
    services.add_footnote(edition=edition, fields=FootnoteFields("見込み値です。", "※1"), by=cast.takahashi)
    assert page.get(address(edition), as_=cast.sato).says("見込み値です。")


def test_an_edition_named_like_its_plan_is_told_by_its_year(page: Page, cast: Cast) -> None:
    plan = services.create_plan(organisation=cast.sakura, name="さくら県大綱", by=None)
    fields = EditionFields(title="さくら県大綱", fiscal_year=2023)
    edition = services.create_edition(plan=plan, fields=fields, by=None)
    opened = page.get(f"/plans/editions/{edition.pk}/", as_=cast.sato)
    assert opened.texts("//nav[@aria-label='現在位置']//li")[-2:] == ["さくら県大綱", "令和5年度の版"]
