"""Every page of the manual in a browser: accessible and whole at both widths, by keyboard, on paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from kaikaku.ui.manual import pages
from tests.browser.chromium import Chromium, found_by_axe, overflow, tab_to, viewport
from tests.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ADDRESSES = ["/help/", "/help/?q=差し戻", "/help/all/", *(f"/help/{page.slug}/" for page in pages())]
WIDTHS = (1280, 360)
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"


@pytest.fixture(scope="module")
def tab(browser: Chromium) -> Iterator[Tab]:
    context = browser.context(java_script_enabled=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_accessible_and_whole_at_both_widths(address: str, tab: Tab, site: Site) -> None:
    tab.context.clear_cookies()
    tab.context.add_cookies([site.cookie(site.cast.takahashi)])
    tab.goto(site.url + address)
    for width in WIDTHS:
        tab.set_viewport_size(viewport(width))
        tab.evaluate(SETTLED)
        assert found_by_axe(tab) == [], f"{width}px"
        assert overflow(tab) == 0, f"{width}px"


def test_the_mark_of_a_screen_leads_to_its_section_by_keyboard_and_without_script(
    browser: Chromium, site: Site
) -> None:
    context = browser.context(base_url=site.url, java_script_enabled=False)
    context.add_cookies([site.cookie(site.cast.takahashi)])
    tab = context.new_page()
    tab.goto("/people/new/")
    tab_to(tab, tab.get_by_role("link", name="この画面の使い方"))
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/help/people/#people")
    expect(tab.get_by_role("heading", name="利用者を登録する")).to_be_in_viewport()
    context.close()


def test_on_paper_each_chapter_begins_a_page_and_links_are_words(browser: Chromium, site: Site) -> None:
    context = browser.context(base_url=site.url)
    tab = context.new_page()
    tab.goto("/help/all/")
    tab.emulate_media(media="print")
    for chapter in tab.locator("article.chapter").all():
        assert chapter.evaluate("one => getComputedStyle(one).breakBefore") == "page"
    expect(tab.get_by_role("button", name="全体を印刷する")).to_be_hidden()
    expect(tab.locator(".whole-contents")).to_be_visible()
    context.close()
