"""Home in a real browser: one sheet of A4 for the governor, accessible, whole on a narrow screen."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as Tab

from kaikaku.plans import services as plans
from kaikaku.plans.entries import FigureFields, IndicatorFields, SectionFields
from kaikaku.plans.models import Edition
from tests.cast import Cast
from tests.conftest import Site
from tests.plans.permissions import edition
from tests.reporting.conftest import make_edition, make_round

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        # Playwright runs an event loop in this thread, in which Django's ORM would refuse to work.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def open_as_takahashi(browser: Browser, site: Site, path: str, *, width: int = 1280) -> Tab:
    context = browser.new_context(base_url=site.url, viewport={"width": width, "height": 900}, locale="ja-JP")
    context.set_default_timeout(10_000)
    context.add_cookies([site.cookie(site.cast.takahashi)])
    tab = context.new_page()
    tab.goto(path)
    return tab


def crowded(cast: Cast) -> Edition:
    """Ten pillars and thirty indicators with the longest names that one meets."""
    made = edition(cast)
    long = "実効性のあるマネジメント改革を進めて県民の信頼にこたえる取組の年間実施件数（本庁・出先の合計）"
    for number in range(10):
        section = plans.add_section(edition=made, fields=SectionFields(f"{long}{number}"), by=None)
        for actual in ("100", "10", "20"):
            fields = IndicatorFields(f"{long}{number}-{actual}", unit="件", direction="up")
            one = plans.add_indicator(edition=made, section=section, fields=fields, by=None)
            for role, text in (("target", "100件"), ("actual", f"{actual}件")):
                figure = FigureFields(role=role, text=text, fiscal_year=2022)
                plans.set_figure(indicator=one, fields=figure, by=None)
    if "reviews" in settings.KAIKAKU_APPS:
        from tests.reviews import year

        for one in made.indicators.all()[:9]:
            year.oriented(cast, year.noticed(cast, one))
    return made


@pytest.mark.parametrize("make", [edition, crowded])
def test_the_governors_page_prints_on_one_sheet_of_a4(
    browser: Browser, site: Site, make: Callable[[Cast], Edition]
) -> None:
    made = make(site.cast)
    tab = open_as_takahashi(browser, site, f"/governor/{made.pk}/")
    paper = tab.pdf(format="A4", prefer_css_page_size=True)
    tab.context.close()
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(browser: Browser, site: Site, width: int) -> None:
    make_round(site.cast, made := make_edition(site.cast))
    for path in ("/", "/dashboard/", f"/governor/{made.pk}/", "/search/?q=会議"):
        tab = open_as_takahashi(browser, site, path, width=width)
        found = Axe().run(tab)
        over = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        tab.context.close()
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert over <= 0, path
