"""A published figure leads back to its records; a record changed since leads to an erratum: all by mouse."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from kaikaku.bpr import services as bpr
from kaikaku.core.bpr import Stage
from kaikaku.org.models import User
from kaikaku.org.roles import Role
from kaikaku.plans import services as plans
from kaikaku.plans.entries import IndicatorFields
from kaikaku.publish import services as publish
from kaikaku.reporting.entries import BindingFields
from tests.bpr import register
from tests.browser.chromium import Chromium, overflow, viewport
from tests.cast import Cast, person, post
from tests.conftest import Site
from tests.reporting.bound import Office

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAME, BEGUN = "業務改革に着手した業務の数", date(2023, 10, 2)
TITLE, FORGOTTEN = "財務システムへの入力業務", "口座振替の登録業務"
RECORDS = re.compile("^もとの記録を見る")
WHY = "着手の入力が遅れていたため"


class Register(Office):
    """An edition whose last indicator counts the started projects of the register, two when accepted."""

    def __init__(self, cast: Cast) -> None:
        super().__init__(cast, records=0)
        fields = IndicatorFields(NAME, unit="件", accumulation="stock", direction="up")
        plans.revise_indicator(indicator=self.indicator, fields=fields, by=None)
        self.indicator.refresh_from_db()
        for title in (TITLE, "証明書の発行業務"):
            project = register.candidate(cast, title)
            for stage in (Stage.SELECTED, Stage.STARTED):
                project = bpr.advance_project(project=project, to=stage, on=BEGUN, by=None)
        self.forgotten = register.candidate(cast, FORGOTTEN)
        bpr.advance_project(project=self.forgotten, to=Stage.SELECTED, on=BEGUN, by=None)
        self.bind(BindingFields("bpr.started", 2023))
        self.accepted()
        publish.publish_edition(edition=self.edition, by=cast.takahashi, published_on=date(2024, 9, 2))


@pytest.fixture
def office(site: Site) -> Register:
    return Register(site.cast)


def opened(browser: Chromium, site: Site, user: User | None, width: int = 1280) -> Tab:
    context = browser.context(base_url=site.url)
    if user is not None:
        context.add_cookies([site.cookie(user)])
    tab = context.new_page()
    tab.set_viewport_size(viewport(width))
    return tab


@pytest.mark.parametrize("width", [1280, 360])
def test_two_clicks_lead_an_insider_from_the_figure_to_the_record(
    width: int, office: Register, browser: Chromium, site: Site
) -> None:
    tab = opened(browser, site, site.cast.sato, width)
    tab.goto(f"/plans/indicators/{office.indicator.pk}/")
    expect(tab.get_by_text("の記録2件から自動集計した値です").first).to_be_visible()
    tab.get_by_role("link", name=RECORDS).click()
    tab.get_by_role("link", name=TITLE).click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert overflow(tab) == 0


def test_an_employee_and_a_resident_read_where_it_comes_from_and_no_record(
    office: Register, browser: Chromium, site: Site
) -> None:
    hoshi = person(site.cast.sakura, "hoshi", "星 職員")
    post(site.cast.zeimu, "主事", Role.EMPLOYEE, hoshi)
    tab = opened(browser, site, hoshi)
    tab.goto(f"/plans/indicators/{office.indicator.pk}/")
    expect(tab.get_by_text("の記録2件から自動集計した値です").first).to_be_visible()
    expect(tab.get_by_role("link", name=RECORDS)).to_have_count(0)
    assert tab.request.get(f"/reports/indicators/{office.indicator.pk}/2023/").status == 403
    public = opened(browser, site, None)
    public.goto("/public/")
    public.locator("main a[href$='index.html']").first.click()
    public.get_by_role("link", name="指標の一覧").first.click()
    public.get_by_role("link", name=NAME).click()
    expect(public.get_by_text("の記録2件から自動集計した値です")).to_be_visible()
    expect(public.get_by_role("cell", name="自動集計")).to_be_visible()
    expect(public.get_by_text(TITLE)).to_have_count(0)


def test_a_record_changed_since_leads_to_an_erratum_in_the_next_publication(
    office: Register, browser: Chromium, site: Site
) -> None:
    clerk = opened(browser, site, site.cast.sato)
    clerk.goto(f"/bpr/{office.forgotten.pk}/stage/")
    clerk.get_by_role("radio", name="着手").check()
    clerk.get_by_label("その日").fill("2023-10-02")
    clerk.locator("main form button[type=submit]").last.click()
    expect(clerk.get_by_text("着手").first).to_be_visible()

    tab = opened(browser, site, site.cast.takahashi)
    tab.goto("/reports/bindings/")
    expect(tab.get_by_text("確認後に変更あり")).to_be_visible()
    tab.goto(f"/plans/indicators/{office.indicator.pk}/")
    expect(tab.get_by_text("確認した値「2件」、いまの記録では「3件」")).to_be_visible()
    tab.get_by_role("link", name=RECORDS).click()
    changed = tab.get_by_role("row").filter(has_text="増えた")
    expect(changed.get_by_role("link", name=FORGOTTEN)).to_be_visible()
    tab.get_by_role("link", name="記録に合わせて訂正する").click()
    tab.get_by_label("理由").fill(WHY)
    tab.get_by_role("button", name="訂正する").click()
    expect(tab.get_by_text("記録に合わせて訂正しました")).to_be_visible()

    tab.get_by_role("link", name="公表の画面へ進む").click()
    expect(tab.locator("main del").filter(has_text="2件")).to_be_visible()
    expect(tab.locator("main ins").filter(has_text="3件")).to_be_visible()
    given = tab.locator("main form textarea, main form input[type=text]")
    assert WHY in given.evaluate_all("all => all.map(one => one.value)")
    tab.get_by_role("button", name="内容を固定する").click()
    tab.get_by_role("button", name="印刷して公表する").click()
    tab.get_by_role("link", name="公開サイトを見る").wait_for()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("第2回")

    public = opened(browser, site, None)
    public.goto("/public/")
    public.locator("main a[href$='index.html']").first.click()
    public.get_by_role("link", name=re.compile("^訂正が.+あります")).first.click()
    line = public.get_by_role("row").filter(has_text=NAME).filter(has_text=WHY)
    expect(line.locator("del")).to_have_text("2件")
    expect(line.locator("ins")).to_have_text("3件")
