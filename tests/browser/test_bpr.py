"""A piece of work is looked at anew by mouse, from its registration to hours that another person verified."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page as Tab

from kaikaku.org.models import User
from tests.browser.chromium import Chromium, found_by_axe, overflow, viewport
from tests.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def be(tab: Tab, site: Site, user: User) -> None:
    """Sign in as somebody else."""
    tab.context.clear_cookies()
    tab.context.add_cookies([site.cookie(user)])


@pytest.mark.parametrize("width", [1280, 360])
def test_from_registration_to_verified_hours(width: int, browser: Chromium, site: Site) -> None:
    context = browser.context()
    tab = context.new_page()
    tab.set_viewport_size(viewport(width))
    be(tab, site, site.cast.sato)
    tab.goto(f"{site.url}/bpr/")
    tab.get_by_role("link", name="案件を登録する").first.click()
    tab.get_by_label("名称").fill("督促状の発送業務")
    tab.get_by_label("取組内容").fill("宛名の確認をRPAで行う。")
    tab.get_by_label("RPA", exact=True).check()
    tab.get_by_role("button", name="登録して手順を書く").click()

    first = tab.get_by_role("group", name="手順1", exact=True)
    first.get_by_label("手順", exact=True).fill("宛名の確認")
    before = first.get_by_role("group", name="見直し前")
    before.get_by_label("1回の時間（分）").fill("3")
    before.get_by_label("年間の回数").fill("8,000")
    after = first.get_by_role("group", name="見直し後")
    after.get_by_label("1回の時間（分）").fill("0.5")
    after.get_by_label("年間の回数").fill("8000")
    tab.get_by_role("button", name="保存する").click()
    tab.get_by_text("見直し前400時間 − 見直し後66.7時間 ＝ 333.3時間").wait_for()

    for stage in ("選定", "着手"):
        tab.get_by_role("link", name="段階を進める").click()
        tab.get_by_label(stage, exact=True).check()
        tab.get_by_role("button", name="進める").click()
    tab.get_by_role("link", name="使い始めた日を入れる").click()
    tab.get_by_label("新しい方法を使い始めた日").fill("令和7年4月1日")
    tab.get_by_role("button", name="保存する").click()
    tab.get_by_role("link", name="効果の測定を入力する").click()
    tab.get_by_label("導入時").check()
    tab.get_by_label("見積り").check()
    tab.get_by_role("button", name="入力する").click()
    tab.get_by_text("別の人の確認を待っています").wait_for()
    assert not tab.get_by_role("button", name="確かめた").count()

    be(tab, site, site.cast.suzuki)
    tab.reload()
    tab.get_by_role("button", name="確かめた").click()
    tab.get_by_text("測定を確かめました").wait_for()
    assert overflow(tab) == 0
    assert found_by_axe(tab) == []

    be(tab, site, site.cast.kobayashi)
    tab.goto(f"{site.url}/bpr/summary/")
    tab.get_by_text("督促状の発送業務").wait_for()
    assert not tab.get_by_role("link", name="時間の換算を決める").count()
    assert overflow(tab) == 0
    context.close()
