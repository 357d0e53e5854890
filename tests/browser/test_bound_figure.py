"""A figure is bound to records by mouse, and opens onto them in two clicks, on a desk and on a phone."""

from __future__ import annotations

import re

import pytest

from tests.browser.chromium import Chromium, overflow, viewport
from tests.conftest import Site
from tests.reporting.bound import NAME, Office, never_sent_back, send_back

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("width", [1280, 360])
def test_from_binding_to_the_record_behind_a_figure(width: int, browser: Chromium, site: Site) -> None:
    office = Office(site.cast)
    context = browser.context()
    context.add_cookies([site.cookie(site.cast.takahashi)])
    tab = context.new_page()
    tab.set_viewport_size(viewport(width))
    here = f"{site.url}/plans/indicators/{office.indicator.pk}/"

    tab.goto(here)
    tab.get_by_role("link", name="記録との結び付けを見る").click()
    tab.get_by_role("link", name="記録に結び付ける").first.click()
    tab.get_by_role("link", name="調書の差戻し件数", exact=True).last.click()
    tab.get_by_role("button", name="この条件で5年分を見る").click()
    tab.get_by_label("どの年度の値から").fill("R4")
    tab.get_by_role("button", name="この内容で結び付ける").click()
    tab.get_by_text("に結び付けました").wait_for()
    assert overflow(tab) == 0

    office.accepted()
    tab.goto(here)
    tab.get_by_role("link", name=re.compile("^もとの記録を見る")).click()
    assert tab.get_by_role("heading", level=1).inner_text().startswith(NAME)
    tab.locator("section[aria-labelledby=records-h] tbody a").first.click()
    tab.wait_for_url(f"**/reports/sheets/{office.earlier.pk}/")

    never_sent_back(office.moves[0])
    send_back(office.earlier, site.cast.suzuki)
    send_back(office.earlier, site.cast.suzuki)
    tab.goto(here)
    tab.get_by_text("確認した値「2件」、いまの記録では「3件」").wait_for()
    tab.get_by_role("link", name=re.compile("^もとの記録を見る")).click()
    tab.get_by_role("link", name="記録に合わせて訂正する").click()
    tab.get_by_label("理由").fill("差戻しの記録を直した")
    tab.get_by_role("button", name="訂正する").click()
    tab.get_by_text("確認したときから、記録は変わっていません").wait_for()
    assert overflow(tab) == 0
    context.close()
