"""One person's help through a real browser: asked for, chosen, approved by four, worked, reported, counted.

The one who helps has a telephone (360 px) whose browser runs no script.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from kaikaku.audit.services import verify
from kaikaku.core.eras import show_date
from kaikaku.core.staffing import APPROVALS, SUPPORT
from kaikaku.exchange import services
from kaikaku.exchange.models import Assignment, Run
from kaikaku.org.models import User
from kaikaku.org.queries import today
from kaikaku.org.roles import Role
from tests.browser.chromium import Chromium, found_by_axe, overflow, viewport
from tests.cast import Cast, person, post
from tests.conftest import Site
from tests.exchange import world

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "申請書の入力"
REASON = "7月までは決算の時期のため"


@contextmanager
def seat(
    browser: Chromium, site: Site, user: User, *, width: int = 1280, script: bool = True
) -> Iterator[Tab]:
    """A tab in which somebody is signed in; the page that is left is accessible (with script) and fits."""
    context = browser.context(base_url=site.url, viewport=viewport(width), java_script_enabled=script)
    context.add_cookies([site.cookie(user)])
    tab = context.new_page()
    yield tab
    if script:
        assert found_by_axe(tab) == []
    assert overflow(tab) == 0
    context.close()


def telephone(browser: Chromium, site: Site) -> object:
    """小林's: narrow, without script."""
    return seat(browser, site, site.cast.kobayashi, width=360, script=False)


def press(tab: Tab, name: str) -> None:
    tab.get_by_role("button", name=name, exact=True).click()


def follow(tab: Tab, name: str) -> None:
    tab.get_by_role("link", name=name, exact=True).first.click()


def ask(browser: Chromium, site: Site, chief: User) -> None:
    """遠藤, 行政改革課長: a request that is too long is told so; then it stands, still looking for one."""
    with seat(browser, site, chief) as tab:
        tab.goto("/exchange/")
        follow(tab, "応援を依頼する")
        tab.locator("#id_scheme").select_option(label="短期業務支援")
        tab.locator("#id_department").select_option(label="行政改革課")
        tab.locator("#id_title").fill(TITLE)
        tab.locator("#id_duties").fill("紙の申請書を、決まった表に入力します。")
        tab.locator("#id_first").fill(show_date(today()))
        tab.locator("#id_last").fill(show_date(today() + timedelta(days=120)))
        tab.locator("#id_minutes").fill("7時間45分")
        tab.locator("#id_skills").fill("表計算")
        press(tab, "依頼する")
        expect(tab.locator("#form-errors")).to_contain_text("期間は2か月までです")
        tab.locator("#id_last").fill(show_date(today() + timedelta(days=20)))
        press(tab, "依頼する")
        expect(tab.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
        expect(tab.locator(".page-title").get_by_text("募集中")).to_be_visible()


def enter(browser: Chromium, site: Site) -> None:
    """小林: into the talent bank."""
    with telephone(browser, site) as tab:
        tab.goto("/exchange/")
        follow(tab, "自分の登録")
        tab.locator("#id_grade").select_option("主事・技師級")
        tab.locator("#id_occupation").select_option("行政")
        tab.locator("#id_skills").fill("表計算\n統計")
        press(tab, "保存する")
        expect(tab.get_by_text("登録しました。")).to_be_visible()


def match(browser: Chromium, site: Site) -> None:
    """高橋, 人事: one computation, its proof and its reasons; only then is somebody chosen."""
    with seat(browser, site, site.cast.takahashi) as tab:
        tab.goto("/exchange/matching/")
        tab.get_by_role("button", name="組合せを計算する").click()
        expect(tab.locator(".page-title")).to_contain_text("最もよい組合せです（証明済み）")
        expect(tab.get_by_role("cell", name="小林")).to_be_visible()
        assert not Assignment.objects.exists()
        tab.get_by_role("link", name="選ばれた理由・選ばれない理由").click()
        expect(tab.get_by_text("この依頼に選ばれました。")).to_be_visible()
        expect(tab.get_by_text("求める経験・技能がある（表計算）（+30点）")).to_be_visible()
        follow(tab, "計算の結果に戻る")
        press(tab, "この組合せで選ぶ")
        expect(tab.get_by_text("1人を選びました。承認に進みます。")).to_be_visible()


def wait_for_worker(browser: Chromium, site: Site) -> None:
    """高橋: what is large is computed beside; the page says so until it is done."""
    scheme = world.scheme(site.cast)
    run = services.ask_matching(scheme=scheme, by=site.cast.takahashi)
    with seat(browser, site, site.cast.takahashi, width=360) as tab:
        tab.goto(f"/exchange/runs/{run.pk}/")
        expect(tab.locator(".page-title")).to_contain_text("計算を待っています")
        services.compute_waiting()
        follow(tab, "いまの状態を見る")
        expect(tab.locator(".page-title")).to_contain_text("証明済み")


def approve(browser: Chromium, site: Site, user: User, step: str) -> None:
    """Somebody whose turn it is, from what waits for them."""
    with seat(browser, site, user, width=360) as tab:
        tab.goto("/exchange/")
        follow(tab, "小林")
        expect(tab.get_by_text(f"あなたの承認（{APPROVALS[step]}）を待っています。")).to_be_visible()
        press(tab, "承認する")
        expect(tab.get_by_text("承認しました。")).to_be_visible()


def refuse_without_words(browser: Chromium, site: Site) -> None:
    """鈴木: a refusal is not taken without its reason; here it is thought better of."""
    with seat(browser, site, site.cast.suzuki) as tab:
        tab.goto("/exchange/")
        follow(tab, "小林")
        follow(tab, "承認しない（理由を書く）")
        press(tab, "不承認とする")
        expect(tab.locator("#form-errors")).to_contain_text("理由を入力してください")
        tab.locator("#id_reason").fill(REASON)
        follow(tab, "やめる")
        expect(tab.get_by_text("あなたの承認（本人の所属長）を待っています。")).to_be_visible()


def begin(browser: Chromium, site: Site) -> None:
    """高橋: 21 days need a written order."""
    with seat(browser, site, site.cast.takahashi) as tab:
        tab.goto(f"/exchange/assignments/{Assignment.objects.get().pk}/")
        follow(tab, "応援を始める")
        press(tab, "始める")
        expect(tab.locator("#form-errors")).to_contain_text("命令書の番号")
        tab.locator("#id_order_number").fill("人第12号")
        press(tab, "始める")
        expect(tab.locator(".page-title").get_by_text("支援中")).to_be_visible()


def work(browser: Chromium, site: Site) -> None:
    """小林: a day's work; a bare number is asked back."""
    with telephone(browser, site) as tab:
        tab.goto("/exchange/")
        follow(tab, TITLE)
        follow(tab, "従事した時間を記録する")
        tab.locator("#id_minutes").fill("3")
        tab.locator("#id_text").fill("申請書120件の入力")
        press(tab, "記録する")
        expect(tab.locator("#form-errors")).to_contain_text("「7時間45分」")
        tab.locator("#id_minutes").fill("7時間45分")
        press(tab, "記録する")
        expect(tab.get_by_text("申請書120件の入力")).to_be_visible()


def report(browser: Chromium, site: Site, chief: User) -> None:
    """遠藤: it is over."""
    with seat(browser, site, chief) as tab:
        tab.goto(f"/exchange/assignments/{Assignment.objects.get().pk}/")
        follow(tab, "終了を報告する")
        tab.get_by_label("求めた業務ができた").check()
        tab.locator("#id_text").fill("300件を入力できました。")
        press(tab, "報告する")
        expect(tab.locator(".page-title").get_by_text("終了")).to_be_visible()
        expect(tab.get_by_text("300件を入力できました。")).to_be_visible()


def count(browser: Chromium, site: Site) -> None:
    """高橋 reads who helped whom; 佐藤, a colleague, reads no number of one person."""
    with seat(browser, site, site.cast.takahashi) as tab:
        tab.goto("/exchange/flows/")
        expect(tab.get_by_text("7時間45分").first).to_be_visible()
    with seat(browser, site, site.cast.sato, width=360) as tab:
        tab.goto("/exchange/flows/")
        assert "7時間45分" not in tab.content()
        tab.goto("/exchange/?view=closed")
        expect(tab.get_by_role("link", name=TITLE)).to_be_visible()
        assert "小林" not in tab.content()


def prepare(cast: Cast) -> User:
    """短期業務支援 as a government may set it: all four approve. Returns the chief of 行政改革課."""
    endo = person(cast.sakura, "endo", "遠藤")
    post(cast.gyokaku, "課長", Role.CHIEF, endo)
    scheme = world.scheme(cast)
    services.set_scheme(scheme=scheme, rules=replace(SUPPORT, approvals=tuple(APPROVALS)), by=cast.takahashi)
    return endo


def test_help_goes_from_a_request_to_its_report(browser: Chromium, site: Site) -> None:
    cast = site.cast
    endo = prepare(cast)
    ask(browser, site, endo)
    enter(browser, site)
    wait_for_worker(browser, site)
    match(browser, site)
    approve(browser, site, cast.kobayashi, "self")
    refuse_without_words(browser, site)
    approve(browser, site, cast.suzuki, "own_chief")
    approve(browser, site, endo, "receiving_chief")
    approve(browser, site, cast.takahashi, "personnel")
    begin(browser, site)
    work(browser, site)
    report(browser, site, endo)
    count(browser, site)
    helped = Assignment.objects.get()
    assert helped.state == "ended"
    assert [one.step for one in helped.approvals.all()] == list(APPROVALS)
    assert Run.objects.count() == 2
    assert verify(cast.sakura) == []
