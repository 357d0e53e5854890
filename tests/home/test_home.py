"""The page one begins at: what waits, what was sent, what has changed, which plans there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import modify_settings

from kaikaku.home import queries
from kaikaku.org import services as org
from kaikaku.plans import services as plans
from kaikaku.plans.entries import FigureFields, SectionFields
from kaikaku.plans.models import Edition
from kaikaku.reporting.models import Sheet
from tests.cast import OPENED, Cast
from tests.conftest import assert_constant_queries
from tests.pages import Page
from tests.reporting.conftest import make_edition, make_round, submit


@pytest.fixture
def edition(cast: Cast) -> Edition:
    return make_edition(cast)


@pytest.fixture
def sheet(cast: Cast, edition: Edition) -> Sheet:
    return make_round(cast, edition).sheets.get()


def test_a_clerk_sees_the_sheet_that_waits_with_its_day(page: Page, cast: Cast, sheet: Sheet) -> None:
    opened = page.get("/", as_=cast.sato)
    assert f"/reports/sheets/{sheet.pk}/" in opened.find("//section[h2/@id='waiting']//a/@href")
    assert opened.says("令和6年5月8日")
    assert opened.says("過ぎています")


def test_who_has_nothing_to_do_is_told_so(page: Page, cast: Cast, sheet: Sheet) -> None:
    opened = page.get("/", as_=cast.kobayashi)
    assert opened.says("いま待っている仕事はありません")


def test_what_was_submitted_stands_under_sent_and_waits_for_the_chief(
    page: Page, cast: Cast, sheet: Sheet
) -> None:
    submit(sheet, cast)
    assert page.get("/", as_=cast.sato).find("//section[h2/@id='sent']//a")
    assert page.get("/", as_=cast.suzuki).find("//section[h2/@id='waiting']//a")


def test_a_change_to_an_indicator_of_my_department_is_told_in_words(
    page: Page, cast: Cast, edition: Edition
) -> None:
    indicator = edition.indicators.order_by("position")[0]
    fields = FigureFields(role="actual", text="85.2%", fiscal_year=2023)
    plans.set_figure(indicator=indicator, fields=fields, by=cast.takahashi)
    opened = page.get("/", as_=cast.sato)
    assert "値を入力しました" in " ".join(opened.texts("//ul[@class='notices-list']/li"))
    assert f"/plans/indicators/{indicator.pk}/" in opened.find("//ul[@class='notices-list']//a/@href")


def test_what_i_changed_myself_is_no_news(cast: Cast, edition: Edition) -> None:
    before = queries.notices_for(cast.takahashi).total
    section = edition.sections.order_by("position")[0]
    fields = SectionFields("改めた見出し", section.number, owner=cast.zeimu)
    plans.revise_section(section=section, fields=fields, by=cast.takahashi)
    assert queries.notices_for(cast.takahashi).total == before
    assert queries.notices_for(cast.sato).groups[0].thing.label.endswith("改めた見出し")


def test_what_belongs_to_other_departments_is_no_news(cast: Cast, edition: Edition) -> None:
    other = org.open_department(
        organisation=cast.sakura, name="教育庁", parent=None, opened=OPENED, by=cast.yamamoto
    )
    section = plans.add_section(edition=edition, fields=SectionFields("学校", owner=other), by=cast.takahashi)
    things = [group.thing.url for group in queries.notices_for(cast.sato).groups]
    assert f"/plans/sections/{section.pk}/" not in things


def test_a_stranger_sees_nothing_of_it(page: Page, cast: Cast, sheet: Sheet) -> None:
    for stranger in (cast.tanaka, cast.nakamura):
        opened = page.get("/", as_=stranger)
        assert opened.says("いま待っている仕事はありません")
        assert opened.says("プランはまだありません")
        assert not opened.says("行財政改革推進プラン")


def test_an_account_of_no_government_is_not_shut_out(page: Page, db: None) -> None:
    operator = org.create_user(
        organisation=None, username="operator", name="運用", password="sakura-no-hana-2026", by=None
    )
    assert page.get("/", as_=operator).says("どの団体にも属していません")


def test_my_plans_stand_first_with_what_of_them_is_mine(page: Page, cast: Cast, edition: Edition) -> None:
    plans.create_plan(organisation=cast.sakura, name="あとのプラン", by=None)
    [line] = page.get("/", as_=cast.sato).texts("//ul[@class='my-plans']/li")
    assert "自分の所属：見出し3、指標7" in line


def test_the_list_of_plans_stays_where_it_was(page: Page, cast: Cast, edition: Edition) -> None:
    assert page.get("/plans/", as_=cast.sato).h1 == "プラン"


@pytest.mark.parametrize("address", ["/", "/dashboard/", "/search/?q=行政"])
def test_an_app_that_is_switched_off_leaves_no_hole(
    page: Page, cast: Cast, edition: Edition, address: str
) -> None:
    with modify_settings(INSTALLED_APPS={"remove": ["kaikaku.reviews", "kaikaku.publish"]}):
        opened = page.get(address, as_=cast.takahashi)
    assert not opened.find("//h2[@id='decisions']")
    assert opened.h1


def test_the_page_asks_as_often_however_much_there_is(cast: Cast, page: Page, sheet: Sheet) -> None:
    edition = sheet.round.edition

    def more() -> None:
        for number in range(5):
            fields = SectionFields(f"増えた取組{number}", owner=cast.zeimu)
            plans.add_section(edition=edition, fields=fields, by=cast.takahashi)

    assert_constant_queries(lambda: page.get("/", as_=cast.sato), more)


def test_search_is_one_field_away_on_every_page(
    page: Page, cast: Cast, count_queries: Callable[[], Any]
) -> None:
    opened = page.get("/plans/", as_=cast.sato)
    assert set(opened.find("//form[@role='search'][@action]/@action")) == {"/search/"}
