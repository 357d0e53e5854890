"""The pages of reviews in a real browser: accessible by axe, and whole on a narrow screen."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from kaikaku.org.queries import today
from tests.conftest import Site
from tests.reviews import year

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


def addresses(site: Site) -> list[str]:
    """A page of each kind, with something on it."""
    cast = site.cast
    edition = year.edition(cast)
    weak, section = edition.indicators.get(name="電子納税率"), edition.sections.get(title="納税の電子化")
    loop = year.decided(cast, year.noticed(cast, weak), review_by=today() + timedelta(days=30))
    meeting = year.meeting(cast, edition, held_on=today())
    year.on_agenda(cast, meeting, weak, section)
    item = year.opened_item(cast, section)
    opinion = year.opinion(cast, item)
    indicator = f"/reviews/indicators/{weak.pk}/"
    return [
        "/reviews/",
        indicator,
        f"{indicator}?view=pdca",
        f"/reviews/editions/{edition.pk}/observe/",
        f"/reviews/loops/{loop.pk}/act/",
        f"/reviews/meetings/{meeting.pk}/",
        f"/reviews/meetings/{meeting.pk}/agenda/",
        f"/reviews/items/{item.pk}/",
        f"/reviews/opinions/{opinion.pk}/answer/",
        f"/reviews/editions/{edition.pk}/follow-up/",
    ]


def wrong(browser: Browser, site: Site, path: str, *, width: int) -> list[tuple[str, str, str]]:
    """What axe finds on a page, and whether it scrolls sideways."""
    context = browser.new_context(base_url=site.url, viewport={"width": width, "height": 900}, locale="ja-JP")
    context.add_cookies([site.cookie(site.cast.takahashi)])
    tab = context.new_page()
    tab.goto(path)
    found = [(path, v["id"], v["nodes"][0]["html"]) for v in Axe().run(tab).response["violations"]]
    if tab.evaluate("document.documentElement.scrollWidth") > width:
        found.append((path, "scrolls sideways", str(width)))
    context.close()
    return found


def test_axe_finds_nothing_and_nothing_scrolls_sideways(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    # Playwright runs an event loop in this thread, in which Django's ORM would refuse to work.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    paths = addresses(site)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        found = [
            one for width in (1280, 360) for path in paths for one in wrong(browser, site, path, width=width)
        ]
        browser.close()
    assert found == []
