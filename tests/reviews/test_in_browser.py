"""The pages of reviews in a real browser: accessible by axe, and whole on a narrow screen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kaikaku.org.queries import today
from tests.browser.chromium import Chromium, found_by_axe, overflow, viewport
from tests.conftest import Site
from tests.reviews import year

pytestmark = [pytest.mark.browser, pytest.mark.slow]


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


def wrong(browser: Chromium, site: Site, path: str, *, width: int) -> list[tuple[str, str, str]]:
    """What axe finds on a page, and whether it scrolls sideways."""
    context = browser.context(base_url=site.url, viewport=viewport(width))
    context.add_cookies([site.cookie(site.cast.takahashi)])
    tab = context.new_page()
    tab.goto(path)
    found = [(path, rule, html) for _, rule, html in found_by_axe(tab)]
    if overflow(tab):
        found.append((path, "scrolls sideways", str(width)))
    context.close()
    return found


def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser: Chromium, site: Site) -> None:
    paths = addresses(site)
    found = [
        one for width in (1280, 360) for path in paths for one in wrong(browser, site, path, width=width)
    ]
    assert found == []
