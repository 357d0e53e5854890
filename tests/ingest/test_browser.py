"""The review in a real browser: accessible by axe, whole on a narrow screen, usable by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page as Tab

from kaikaku.ingest import queries, services
from kaikaku.ingest.models import Import
from tests.browser.chromium import Chromium, found_by_axe, overflow, tab_to, viewport
from tests.conftest import Site
from tests.ingest.conftest import sample

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FORM = '課名,実績値\n税務課,"1,234円"\n〃,5\n用地課,7\n'.encode()


def bring(site: Site, name: str) -> Import:
    cast = site.cast
    return services.propose(
        organisation=cast.sakura, name=f"{name}.txt", data=sample(name), by=cast.takahashi
    )


def open_as_office(
    browser: Chromium, site: Site, path: str, *, width: int = 1280, script: bool = True
) -> Tab:
    context = browser.context(
        base_url=site.url,
        viewport=viewport(width),
        java_script_enabled=script,
    )
    context.add_cookies([site.cookie(site.cast.takahashi)])
    tab = context.new_page()
    tab.goto(path)
    return tab


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_and_nothing_overflows(browser: Chromium, site: Site, width: int) -> None:
    imported = bring(site, "iwate_r2")
    things = queries.proposals_of(imported)
    paths = ["", "new/", f"{imported.pk}/", f"{imported.pk}/head/", f"things/{things[-1].pk}/correct/"]
    for path in paths:
        tab = open_as_office(browser, site, f"/import/{path}", width=width)
        assert found_by_axe(tab) == [], path
        assert overflow(tab) == 0, path
        tab.context.close()


def test_a_document_is_taken_with_the_keyboard_and_without_script(browser: Chromium, site: Site) -> None:
    imported = bring(site, "miyagi_r8")
    tab = open_as_office(browser, site, f"/import/{imported.pk}/", script=False)
    button = tab.get_by_role("button", name="選んだものを取り込む")
    button.focus()
    tab.keyboard.press("Enter")
    tab.get_by_role("heading", name="取り込んだ結果").wait_for()
    imported.refresh_from_db()
    assert imported.state == "accepted"
    tab.context.close()


def test_a_line_number_leads_to_what_was_read_there(browser: Chromium, site: Site) -> None:
    imported = bring(site, "yamagata_r4")
    tab = open_as_office(browser, site, f"/import/{imported.pk}/")
    tab.get_by_role("link", name="42行目から読み取った内容へ", exact=True).click()
    assert "防災士の認証登録者数" in tab.locator(".thing:target").inner_text()
    tab.context.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_result_of_a_check_is_accessible_and_whole(browser: Chromium, site: Site, width: int) -> None:
    tab = open_as_office(browser, site, "/import/lint/", width=width)
    tab.set_input_files("[name=file]", {"name": "様式.csv", "mimeType": "text/csv", "buffer": FORM})
    tab.get_by_role("button", name="点検する").click()
    tab.get_by_role("heading", name="見つかったこと").wait_for()
    assert found_by_axe(tab) == []
    assert overflow(tab) == 0
    tab.context.close()


def test_findings_are_taken_away_with_the_keyboard_and_without_script(browser: Chromium, site: Site) -> None:
    tab = open_as_office(browser, site, "/import/lint/", script=False)
    tab.set_input_files("[name=file]", {"name": "様式.csv", "mimeType": "text/csv", "buffer": FORM})
    tab_to(tab, tab.get_by_role("button", name="点検する"))
    tab.keyboard.press("Enter")
    tab_to(tab, tab.get_by_role("button", name="結果をCSVで受け取る"))
    with tab.expect_download() as download:
        tab.keyboard.press("Enter")
    assert download.value.suggested_filename == "様式_点検結果.csv"
    tab.context.close()
