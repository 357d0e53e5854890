"""The public site opened from disk in a browser: accessible, narrow, on paper, without script or network."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import Request
from tests.browser.chromium import Chromium, found_by_axe, overflow, viewport

pytestmark = [pytest.mark.browser, pytest.mark.slow]
KINDS = (
    "index.html",
    "sections/s4.html",
    "indicators/patient-satisfaction.html",
    "indicators.html",
    "data/index.html",
    "about.html",
    "sources.html",
    "errata.html",
    "search.html",
)


def opened(browser: Chromium, address: str, *, width: int = 1280, script: bool = True) -> Tab:
    context = browser.context(viewport=viewport(width), java_script_enabled=script)
    tab = context.new_page()
    tab.goto(address)
    return tab


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", KINDS)
def test_axe_finds_nothing_and_nothing_is_cut_off(
    browser: Chromium, printed: Path, path: str, width: int
) -> None:
    tab = opened(browser, (printed / path).as_uri(), width=width)
    assert found_by_axe(tab) == []
    assert overflow(tab) == 0


@pytest.mark.parametrize("path", KINDS)
def test_a_page_asks_for_nothing_but_files_beside_it(browser: Chromium, printed: Path, path: str) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    tab = browser.context().new_page()
    tab.on("request", note)
    tab.goto((printed / path).as_uri(), wait_until="load")
    assert all(url.startswith(printed.as_uri()) for url in asked), asked


def test_the_search_finds_by_keyboard_alone(browser: Chromium, printed: Path) -> None:
    tab = opened(browser, (printed / "search.html").as_uri())
    tab.locator("#q").focus()
    tab.keyboard.type("ｹﾝｾﾞｲ　未済")
    assert tab.locator("#found").inner_text().startswith("「ｹﾝｾﾞｲ　未済」は見つかりませんでした")
    tab.locator("#q").fill("県税　未済")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.wait_for_url((printed / "indicators/tax-arrears.html").as_uri())


def test_the_search_takes_its_words_from_the_address(browser: Chromium, printed: Path) -> None:
    tab = opened(browser, (printed / "search.html").as_uri() + "?q=オンライン")
    assert tab.locator("#results li").count() == 3
    assert tab.locator("#results li").first.inner_text().startswith("オンラインで利用できる")


def test_without_script_the_search_page_says_where_else_to_look(browser: Chromium, printed: Path) -> None:
    tab = opened(browser, (printed / "search.html").as_uri(), script=False)
    assert not tab.locator("form").is_visible()
    assert tab.get_by_role("link", name="指標の一覧").first.is_visible()


def test_the_skip_link_leads_to_the_words(browser: Chromium, printed: Path) -> None:
    tab = opened(browser, (printed / "index.html").as_uri())
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "本文へ移動"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"


def test_on_paper_the_navigation_is_gone_and_the_record_stays(browser: Chromium, printed: Path) -> None:
    tab = opened(browser, (printed / "indicators/savings.html").as_uri())
    tab.emulate_media(media="print")
    assert not tab.locator(".site-nav").is_visible()
    assert tab.locator(".hash").is_visible()
    assert tab.locator(".chart-trend").is_visible()
