"""A year of internal control through a real browser, from its first day to the publication."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from kaikaku.audit.services import verify
from kaikaku.org.models import User
from kaikaku.plans.models import Edition
from kaikaku.publish import services as publish
from tests.browser.chromium import Chromium, found_by_axe, overflow, viewport
from tests.conftest import Site
from tests.controls import slipping
from tests.manual.clock import Clock, standing
from tests.reporting.conftest import make_edition, make_round

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CONTROL, EVIDENCE = "振込の前に、2人で口座を確かめる", "点検表に9月の確認がない"
HAPPENED, SEED = "補助金を違う口座に振り込んだ", "県報 令和5年4月1日 第1号"


@contextmanager
def seat(browser: Chromium, site: Site, user: User | None, *, width: int = 1280) -> Iterator[Tab]:
    """A tab in which somebody is signed in; the page that is left is accessible and fits."""
    context = browser.context(base_url=site.url, viewport=viewport(width))
    if user is not None:
        context.add_cookies([site.cookie(user)])
    tab = context.new_page()
    yield tab
    assert found_by_axe(tab) == []
    assert overflow(tab) == 0
    context.close()


def press(tab: Tab, name: str) -> None:
    tab.get_by_role("button", name=name, exact=True).click()


def follow(tab: Tab, name: str) -> None:
    tab.get_by_role("link", name=name).first.click()


def tick(tab: Tab, **chosen: str) -> None:
    """Choose of radio buttons by the start of their name."""
    for name, value in chosen.items():
        tab.locator(f"input[name^={name}][value='{value}']").check()


def fill(tab: Tab, **texts: str) -> None:
    for name, text in texts.items():
        tab.locator(f"#id_{name}").fill(text)


def begin(browser: Chromium, site: Site) -> None:
    """高橋: the year begins with its policy and what is in scope."""
    with seat(browser, site, site.cast.takahashi) as tab:
        tab.goto("/controls/years/")
        follow(tab, "年度を始める")
        fill(tab, policy="誤りを起こさない仕組みを整えます。", scope="財務に関する事務", due="令和6年3月8日")
        press(tab, "この年度を始める")
        expect(tab.get_by_role("heading", name="令和5年度の内部統制", level=1)).to_be_visible()


def register(browser: Chromium, site: Site) -> None:
    """佐藤, on a telephone: a risk of 税務課 and what is done about it."""
    with seat(browser, site, site.cast.sato, width=360) as tab:
        tab.goto("/controls/")
        follow(tab, "リスクを登録する")
        tab.locator("#id_department").select_option(str(site.cast.zeimu.pk))
        fill(tab, process="補助金の交付", event="違う口座に振り込む")
        tick(tab, likelihood="2", impact="3")
        press(tab, "登録する")
        follow(tab, "統制を登録する")
        fill(tab, text=CONTROL, evidence="点検表")
        tick(tab, type="preventive", means="manual")
        press(tab, "登録する")
        expect(tab.get_by_role("heading", name=CONTROL)).to_be_visible()


def check(browser: Chromium, site: Site) -> None:
    """佐藤, led by the page of the day: what is not answered is said, a draft kept, then it is handed in."""
    with seat(browser, site, site.cast.sato, width=360) as tab:
        tab.goto("/")
        follow(tab, "令和5年度の内部統制（税務課）")
        press(tab, "提出する")
        expect(tab.locator("#form-errors")).to_contain_text(CONTROL)
        tick(tab, designed="yes", operated="no")
        press(tab, "下書きを保存する")
        expect(tab.get_by_text("自己評価を保存しました。")).to_be_visible()
        tab.get_by_label("確かめた書類・記録").fill(EVIDENCE)
        press(tab, "提出する")
        expect(tab.get_by_text("提出済みのため、変更できません。")).to_be_visible()


def draw(browser: Chromium, site: Site) -> None:
    """高橋, of another section: the sample, what was seen of it; what 佐藤 has told is mended."""
    with seat(browser, site, site.cast.takahashi) as tab:
        tab.goto("/controls/years/")
        follow(tab, "令和5年度")
        follow(tab, "抽出点検の対象を抽出する")
        fill(tab, seed=SEED)
        press(tab, "抽出する")
        follow(tab, "抽出点検の対象を見る")
        follow(tab, CONTROL)
        tick(tab, designed="yes", operated="yes")
        fill(tab, evidence="点検表（10月分から）")
        press(tab, "記録する")
        expect(tab.get_by_text("1件のうち、1件を点検しました。")).to_be_visible()
        follow(tab, "令和5年度の内部統制")
        expect(tab.get_by_text("残っています")).to_be_visible()
        follow(tab, f"「{CONTROL}」")
        fill(tab, cause="係が替わった", remedy="係長が毎月見る", mended_on="令和6年3月12日")
        press(tab, "保存する")
        expect(tab.get_by_text("是正済み")).to_be_visible()


def happen(browser: Chromium, site: Site) -> None:
    """佐藤 reports what went wrong, 高橋 asks 総務部, 鈴木 answers from the page of the day."""
    with seat(browser, site, site.cast.sato) as tab:
        tab.goto("/controls/incidents/")
        follow(tab, "事故・ミスを記録する")
        tab.locator("#id_department").select_option(str(site.cast.zeimu.pk))
        fill(
            tab, title=HAPPENED, process="補助金の交付", what="番号を写し間違えた。", cause="1人で確かめた。"
        )
        press(tab, "記録する")
        expect(tab.get_by_role("heading", name=HAPPENED, level=1)).to_be_visible()
        address = tab.url
    with seat(browser, site, site.cast.takahashi) as tab:
        tab.goto(address)
        follow(tab, "水平展開を依頼する")
        tab.get_by_label("総務部", exact=True).check()
        fill(tab, due="令和6年3月25日")
        press(tab, "確認を依頼する")
        expect(tab.get_by_text("確認を依頼中")).to_be_visible()
    with seat(browser, site, site.cast.suzuki, width=360) as tab:
        tab.goto("/")
        follow(tab, f"{HAPPENED}（総務部）")
        tick(tab, state="checked")
        fill(tab, text="支払い40件を確かめ、誤りはなかった。")
        press(tab, "回答する")
        expect(tab.get_by_text("支払い40件を確かめ、誤りはなかった。")).to_be_visible()


def report(browser: Chromium, site: Site, folder: Path) -> None:
    """高橋, when the year is over: the report is settled, taken along as PDF and Word, given its opinion."""
    with seat(browser, site, site.cast.takahashi) as tab:
        tab.goto("/controls/years/")
        follow(tab, "令和5年度")
        press(tab, "評価報告書を確定する")
        expect(tab.get_by_text("報告書は確定済み")).to_be_visible()
        for kind, start in (("PDF", b"%PDF"), ("Word", b"PK")):
            with tab.expect_download() as waiting:
                follow(tab, f"評価報告書（{kind}）")
            paper = folder / f"report.{kind}"
            waiting.value.save_as(paper)
            assert paper.read_bytes().startswith(start)
        follow(tab, "監査委員の意見を記録する")
        fill(tab, opinion="おおむね適正です。", opinion_on="令和6年6月3日", assembly_on="令和6年6月10日")
        press(tab, "保存する")
        expect(tab.get_by_text("議会への提出：令和6年6月10日")).to_be_visible()


def adopt(browser: Chromium, site: Site) -> None:
    """高橋: a slip that the door of reporting keeps catching becomes a risk; its check is the control."""
    with seat(browser, site, site.cast.takahashi) as tab:
        tab.goto(f"/controls/slips/?year={slipping.YEAR}")
        tab.locator(f"a[href$='/{slipping.CHECK}/adopt/']").click()
        tab.locator("#id_department").select_option(str(site.cast.zeimu.pk))
        press(tab, "リスクに登録する")
        expect(tab.get_by_role("heading", name="調書に入力したときの自動点検")).to_be_visible()
        tab.goto(f"/controls/slips/?year={slipping.YEAR}")
        expect(tab.get_by_text("R-002に登録済み")).to_be_visible()


def look(browser: Chromium, site: Site) -> None:
    """A resident: the chapter with the opinion; no name, nothing of the slip that was paid for."""
    with seat(browser, site, None, width=360) as tab:
        tab.goto("/public/")
        follow(tab, "令和6年度までの取組")
        follow(tab, "内部統制の評価")
        expect(tab.get_by_role("heading", name="内部統制の評価", level=1)).to_be_visible()
        expect(tab.get_by_text("監査委員の意見：おおむね適正です。")).to_be_visible()
        assert [words for words in ("佐藤", EVIDENCE, HAPPENED) if words in tab.content()] == []


@pytest.fixture
def clock() -> Iterator[Clock]:
    with standing() as stopped:
        yield stopped


def test_a_year_goes_from_its_policy_to_the_assembly_and_the_public(
    clock: Clock, browser: Chromium, site: Site, tmp_path: Path
) -> None:
    clock.set(2023, 4, 10)
    begin(browser, site)
    register(browser, site)
    clock.set(2024, 3, 4)
    check(browser, site)
    clock.set(2024, 3, 12)
    draw(browser, site)
    happen(browser, site)
    clock.set(2024, 6, 10)
    edition = make_edition(site.cast)
    slipping.caught(site.cast, make_round(site.cast, edition).sheets.get())
    report(browser, site, tmp_path)
    adopt(browser, site)
    Edition.objects.filter(pk=edition.pk).update(fiscal_year=2023)
    edition.refresh_from_db()
    with override_settings(PUBLICATIONS_ROOT=tmp_path / "public"):
        publish.publish_edition(edition=edition, by=None, published_on=date(2024, 9, 2))
        look(browser, site)
    assert verify() == []
