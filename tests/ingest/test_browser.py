"""The review in a real browser: accessible by axe, whole on a narrow screen, usable by keyboard alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as Tab

from kaikaku.ingest import queries, services
from kaikaku.ingest.models import Import
from tests.conftest import Site
from tests.ingest.conftest import sample

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


def bring(site: Site, name: str) -> Import:
    cast = site.cast
    return services.propose(
        organisation=cast.sakura, name=f"{name}.txt", data=sample(name), by=cast.takahashi
    )


def open_as_office(browser: Browser, site: Site, path: str, *, width: int = 1280, script: bool = True) -> Tab:
    context = browser.new_context(
        base_url=site.url,
        viewport={"width": width, "height": 900},
        java_script_enabled=script,
        locale="ja-JP",
    )
    context.set_default_timeout(10_000)
    context.add_cookies([site.cookie(site.cast.takahashi)])
    tab = context.new_page()
    tab.goto(path)
    return tab


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_and_nothing_overflows(browser: Browser, site: Site, width: int) -> None:
    imported = bring(site, "iwate_r2")
    things = queries.proposals_of(imported)
    paths = ["", "new/", f"{imported.pk}/", f"{imported.pk}/head/", f"things/{things[-1].pk}/correct/"]
    for path in paths:
        tab = open_as_office(browser, site, f"/import/{path}", width=width)
        found = Axe().run(tab).response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found] == [], path
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, path
        tab.context.close()


def test_a_document_is_taken_with_the_keyboard_and_without_script(browser: Browser, site: Site) -> None:
    imported = bring(site, "miyagi_r8")
    tab = open_as_office(browser, site, f"/import/{imported.pk}/", script=False)
    button = tab.get_by_role("button", name="選んだものを取り込む")
    button.focus()
    tab.keyboard.press("Enter")
    tab.get_by_role("heading", name="取り込んだ結果").wait_for()
    imported.refresh_from_db()
    assert imported.state == "accepted"
    tab.context.close()


def test_a_line_number_leads_to_what_was_read_there(browser: Browser, site: Site) -> None:
    imported = bring(site, "yamagata_r4")
    tab = open_as_office(browser, site, f"/import/{imported.pk}/")
    tab.get_by_role("link", name="42行目から読み取った内容へ", exact=True).click()
    assert "防災士の認証登録者数" in tab.locator(".thing:target").inner_text()
    tab.context.close()
