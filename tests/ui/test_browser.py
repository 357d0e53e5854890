"""The look in a real browser: accessible by axe, whole on a narrow screen, on paper and without script."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page as Tab

from tests.browser.chromium import Chromium, found_by_axe, overflow, viewport
from tests.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Open = Callable[..., Tab]


@pytest.fixture
def open_page(browser: Chromium, site: Site) -> Iterator[Open]:
    """Opens a page of the running site as 佐藤."""
    contexts: list[BrowserContext] = []

    def open_one(path: str, *, width: int = 1280, script: bool = True) -> Tab:
        context = browser.context(
            base_url=site.url,
            viewport=viewport(width),
            java_script_enabled=script,
        )
        context.add_cookies([site.cookie(site.cast.sato)])
        contexts.append(context)
        tab = context.new_page()
        tab.goto(path)
        return tab

    yield open_one
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("path", ["/help/style/", "/help/", "/nowhere/"])
def test_axe_finds_nothing(open_page: Open, path: str, width: int) -> None:
    assert found_by_axe(open_page(path, width=width)) == []


@pytest.mark.parametrize("width", [360, 320])
def test_a_narrow_page_scrolls_only_downwards(open_page: Open, width: int) -> None:
    assert overflow(open_page("/help/style/", width=width)) == 0


def test_the_policy_is_broken_by_nothing_of_ours(browser: Chromium, open_page: Open) -> None:
    browser.forget()
    open_page("/help/style/").wait_for_load_state("networkidle")
    assert browser.said == []
    assert browser.asked_elsewhere == []


def test_the_menu_of_a_narrow_page_opens_without_script(open_page: Open) -> None:
    tab = open_page("/help/", width=360, script=False)
    menu = tab.locator("details.menu")
    menu.locator("summary").first.focus()
    tab.keyboard.press("Enter")
    assert menu.get_by_role("button", name="ログアウト").is_visible()


def test_the_menu_closes_on_escape_and_gives_the_focus_back(open_page: Open) -> None:
    tab = open_page("/help/", width=360)
    tab.locator("details.menu > summary").click()
    tab.keyboard.press("Escape")
    assert tab.locator("details.menu[open]").count() == 0
    assert tab.evaluate("document.activeElement.textContent") == "メニュー"


def test_the_first_tab_stop_shows_the_skip_link(open_page: Open) -> None:
    tab = open_page("/help/")
    tab.keyboard.press("Tab")
    box = tab.locator(".skip").bounding_box()
    assert box is not None
    assert box["y"] >= 0


def test_targets_are_large_enough_to_touch(open_page: Open) -> None:
    tab = open_page("/help/style/", width=360)
    small = tab.evaluate(
        """[...document.querySelectorAll('button, .button, nav.places a, .pager a, .tabs a, .choice, select')]
        .filter(e => e.offsetParent && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"""
    )
    assert small == []


def test_a_table_that_fits_is_no_stop_of_the_keyboard(open_page: Open) -> None:
    tab = open_page("/help/style/")
    tab.wait_for_function("!document.querySelector('#tally .table-region').hasAttribute('tabindex')")
    narrow = open_page("/help/style/", width=360)
    assert narrow.locator("#tally .table-region").get_attribute("tabindex") == "0"


def test_on_paper_there_is_no_chrome_and_years_are_western_too(open_page: Open) -> None:
    tab = open_page("/help/style/")
    tab.emulate_media(media="print")
    assert not tab.locator(".brand").is_visible()
    after = "getComputedStyle(document.querySelector('[data-western]'), '::after').content"
    assert "2024年度" in tab.evaluate(after)


@pytest.mark.urls("tests.ui.urls")
def test_what_was_typed_is_offered_again_until_it_is_saved(open_page: Open) -> None:
    tab = open_page("/name/")
    tab.on("dialog", lambda dialog: dialog.accept())
    tab.fill("#id_name", "窓口改革")
    tab.goto("/help/")
    tab.goto("/name/")
    tab.get_by_role("button", name="入力した内容を戻す").click()
    assert tab.input_value("#id_name") == "窓口改革"
    tab.get_by_role("button", name="保存する").click()
    tab.wait_for_url("**/done/**")
    tab.goto("/name/")
    assert tab.locator(".draft-offer").count() == 0
    assert tab.input_value("#id_name") == "はじめ"


@pytest.mark.urls("tests.ui.urls")
def test_a_typed_number_is_said_back_at_once(open_page: Open) -> None:
    tab = open_page("/name/")
    tab.fill("#id_amount", "７５.６億")
    tab.press("#id_amount", "Tab")
    tab.get_by_text("7,560,000,000円（75.6億円）").wait_for()


@pytest.mark.urls("tests.ui.urls")
def test_after_a_refusal_the_summary_has_the_focus(open_page: Open) -> None:
    tab = open_page("/name/")
    tab.fill("#id_name", "")
    tab.get_by_role("button", name="保存する").click()
    tab.locator("#form-errors").wait_for()
    assert tab.evaluate("document.activeElement.id") == "form-errors"
    tab.locator("#form-errors a").first.click()
    assert tab.evaluate("document.activeElement.id") == "id_name"
