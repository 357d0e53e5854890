"""Every page of the permission table, wide and narrow: accessible, whole, and content with itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page as Tab

from kaikaku.org.roles import Role
from tests.browser.chromium import Chromium, found_by_axe, overflow, viewport
from tests.conftest import Site
from tests.site.permissions import PUBLIC, rows

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDTHS = (1280, 360)
# the page has been laid out anew, and what watches its size has been told
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
FILES = {
    "bpr:workbook",
    "controls:report",
    "ideas:casebook_paper",
    "ledgers:csv",
    "ledgers:kind_file",
    "ledgers:workbook",
    "org:healthz",
    "org:history_csv",
    "reporting:pdf",
    "reporting:round_workbook_file",
    "reporting:sheet_workbook_file",
    "reporting:word",
    "reviews:follow_up_paper",
    "reviews:meeting_paper",
    "sources:original",
    "ui:understand",
}
PAGES = {
    name: row
    for name, row in sorted(rows().items())
    if name not in FILES and row.post is None and (row.allowed == PUBLIC or Role.SECRETARIAT in row.allowed)
}


@pytest.fixture(scope="module")
def tab(browser: Chromium) -> Iterator[Tab]:
    context = browser.context()
    yield context.new_page()
    context.close()


def _open(tab: Tab, site: Site, name: str) -> None:
    """Open a page as the office; what is public, as nobody."""
    row = PAGES[name]
    address = reverse(name, kwargs=dict(row.make(site.cast)) if row.make else {}) + row.query
    tab.context.clear_cookies()
    if row.allowed != PUBLIC:
        tab.context.add_cookies([site.cookie(site.cast.takahashi)])
    answer = tab.goto(site.url + address)
    assert answer is not None
    assert answer.status == 200


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_whole_at_both_widths(name: str, tab: Tab, site: Site) -> None:
    _open(tab, site, name)
    assert tab.locator("h1").count() == 1
    for width in WIDTHS:
        tab.set_viewport_size(viewport(width))
        tab.evaluate(SETTLED)
        assert found_by_axe(tab) == [], f"{width}px"
        assert overflow(tab) == 0, f"{width}px"
