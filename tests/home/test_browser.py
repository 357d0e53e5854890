"""Home in a real browser: one sheet of A4 for the governor, accessible, whole on a narrow screen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Page as Tab

from kaikaku.plans import services as plans
from kaikaku.plans.entries import FigureFields, IndicatorFields, SectionFields
from kaikaku.plans.models import Edition
from tests.browser.chromium import Chromium, found_by_axe, overflow, viewport
from tests.cast import Cast
from tests.conftest import Site
from tests.plans.permissions import edition
from tests.reporting.conftest import make_edition, make_round

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def open_as_takahashi(browser: Chromium, site: Site, path: str, *, width: int = 1280) -> Tab:
    context = browser.context(base_url=site.url, viewport=viewport(width))
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
    browser: Chromium, site: Site, make: Callable[[Cast], Edition]
) -> None:
    made = make(site.cast)
    tab = open_as_takahashi(browser, site, f"/governor/{made.pk}/")
    paper = tab.pdf(format="A4", prefer_css_page_size=True)
    tab.context.close()
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(browser: Chromium, site: Site, width: int) -> None:
    make_round(site.cast, made := make_edition(site.cast))
    for path in ("/", "/dashboard/", f"/governor/{made.pk}/", "/search/?q=会議"):
        tab = open_as_takahashi(browser, site, path, width=width)
        assert found_by_axe(tab) == [], path
        assert overflow(tab) == 0, path
        tab.context.close()
