"""What was published, copied to a folder and opened from disk: with script and without."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from kaikaku.publish.places import folder_of
from tests.browser import plan
from tests.browser.chromium import Chromium
from tests.browser.conftest import Office
from tests.browser.story import RESCUERS

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def folder(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the publication where nothing is beside it."""
    publication = plan.published(plan.make(office.cast), office.cast)
    copy = tmp_path_factory.mktemp("disk") / "プラン 2021"
    shutil.copytree(folder_of(publication), copy)
    return copy


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def tab(request: pytest.FixtureRequest, browser: Chromium, folder: Path) -> Iterator[Tab]:
    context = browser.context(java_script_enabled=request.param)
    tab = context.new_page()
    tab.goto((folder / "index.html").as_uri())
    yield tab
    context.close()


def test_links_lead_from_the_first_page_to_an_indicator_and_back(tab: Tab) -> None:
    home = tab.url
    tab.get_by_role("link", name="指標の一覧").first.click()
    tab.get_by_role("link", name=RESCUERS).click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(RESCUERS)
    expect(tab.get_by_text("やや遅れ").first).to_be_visible()
    tab.get_by_role("banner").get_by_role("link").first.click()
    tab.wait_for_url(home)


def test_every_link_of_every_page_leads_to_a_file_that_is_there(browser: Chromium, folder: Path) -> None:
    context = browser.context(java_script_enabled=False)
    tab = context.new_page()
    missing = []
    for page in sorted(folder.rglob("*.html")):
        tab.goto(page.as_uri())
        paths = tab.locator("a[href], link[href], script[src]").evaluate_all(
            "all => all.map(one => new URL(one.href || one.src))"
            ".filter(one => one.protocol === 'file:').map(one => decodeURIComponent(one.pathname))"
        )
        missing += [(page.name, path) for path in set(paths) if not Path(path).is_file()]
    context.close()
    assert missing == []


def test_the_search_finds_a_word(browser: Chromium, folder: Path) -> None:
    context = browser.context()
    tab = context.new_page()
    tab.goto((folder / "search.html").as_uri())
    tab.get_by_label("さがす言葉").fill("防災")
    tab.get_by_role("button", name="さがす").click()
    tab.locator("#results").get_by_role("link", name=RESCUERS).click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(RESCUERS)
    context.close()


def test_without_script_the_search_page_says_what_to_do_instead(browser: Chromium, folder: Path) -> None:
    context = browser.context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto((folder / "search.html").as_uri())
    assert "この検索にはJavaScriptを使います" in tab.locator("main").inner_text()
    expect(tab.get_by_role("searchbox")).to_have_count(0)
    tab.locator("main noscript a", has_text="指標の一覧").click()
    expect(tab.get_by_role("link", name=RESCUERS)).to_be_visible()
    context.close()
