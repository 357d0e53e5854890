"""An idea through a real browser: written, sorted, realised, answered, read, in a book, public."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from kaikaku.ideas.models import Campaign, Idea
from kaikaku.org.models import User
from kaikaku.publish import services as publish
from tests.browser.chromium import Chromium, found_by_axe, overflow, viewport
from tests.conftest import Site
from tests.ideas.campaign import IdeaFields, announced, make_edition, sent

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LIKE = IdeaFields(
    title="打合せの資料を電子で配る",
    proposal="会議の資料を印刷するのをやめ、電子で配ります。",
    may_publish=True,
)
TITLE, PROPOSAL = "会議の資料を画面で見る", "会議の資料を印刷せず、画面に映します。"


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


def write(browser: Chromium, site: Site, campaign: Campaign) -> None:
    """小林, on a telephone: two fields; the draft keeps itself, what is alike appears, one press sends."""
    with seat(browser, site, site.cast.kobayashi, width=360) as tab:
        tab.goto(f"/ideas/campaigns/{campaign.pk}/write/")
        tab.locator("#id_title").fill(TITLE)
        tab.locator("#id_proposal").fill(PROPOSAL)
        tab.get_by_label("題名と本文を公表してよい").check()
        expect(tab.get_by_text("下書きを保存しました。")).to_be_visible()
        expect(tab.get_by_role("link", name=LIKE.title)).to_be_visible()
        press(tab, "提案を送る")
        expect(tab.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
        expect(tab.get_by_text("受付番号 2")).to_be_visible()


def sort(browser: Chromium, site: Site, campaign: Campaign) -> None:
    """高橋: both ticked at once and sorted; one realised in part, answered, listed, put into a book."""
    with seat(browser, site, site.cast.takahashi) as tab:
        tab.goto(f"/ideas/campaigns/{campaign.pk}/triage/?view=unsorted")
        tab.get_by_label("この画面の提案をすべて選ぶ").check()
        press(tab, "仕分ける")
        tab.get_by_label("今年度に実現").check()
        press(tab, "仕分ける")
        expect(tab.get_by_text("2件の提案を処理しました")).to_be_visible()
        assert "小林" not in tab.content()

        tab.goto(f"/ideas/campaigns/{campaign.pk}/realisations/new/")
        tab.locator("#id_title").fill("紙を使わない会議")
        press(tab, "登録する")
        tab.get_by_role("link", name="実現の一覧に載せる").click()
        tab.get_by_label("カテゴリ").fill("ペーパーレス")
        tab.locator("#id_title").fill("会議の資料の電子化")
        press(tab, "載せる")

        tab.goto(f"/ideas/{Idea.objects.get(title=TITLE).pk}/")
        tab.get_by_role("link", name="実現した取組につなぐ").click()
        tab.locator("#id_realisation").select_option(label="紙を使わない会議")
        tab.get_by_label("一部実現").check()
        tab.get_by_label("実現していない部分").fill("出先の事務所")
        press(tab, "つなぐ")
        expect(tab.locator(".page-title").get_by_text("一部実現")).to_be_visible()
        tab.get_by_role("link", name="回答する", exact=True).click()
        tab.locator("#id_text").fill("本庁の会議から始めました。")
        press(tab, "回答する")
        expect(tab.get_by_text("本庁の会議から始めました。")).to_be_visible()


def book(browser: Chromium, site: Site, campaign: Campaign, folder: Path) -> None:
    """高橋: the casebook from what was realised, issued, taken along as PDF."""
    with seat(browser, site, site.cast.takahashi) as tab:
        tab.goto(f"/ideas/campaigns/{campaign.pk}/casebooks/new/")
        tab.locator("#id_title").fill("実践事例集")
        press(tab, "作る")
        press(tab, "実現した取組から作る")
        press(tab, "発行する")
        expect(tab.get_by_text("発行済み")).to_be_visible()
        with tab.expect_download() as waiting:
            tab.get_by_role("link", name="PDF").click()
        paper = folder / "book.pdf"
        waiting.value.save_as(paper)
        assert paper.read_bytes()[:4] == b"%PDF"


def take_over(browser: Chromium, site: Site, campaign: Campaign) -> None:
    """高橋 offers it to 税務課, 佐藤 takes it over in another form, with the reason."""
    with seat(browser, site, site.cast.takahashi) as tab:
        tab.goto(f"/ideas/realisations/{campaign.realisations.get().pk}/offer/")
        tab.locator("#id_departments").select_option(str(site.cast.zeimu.pk))
        press(tab, "紹介する")
    with seat(browser, site, site.cast.sato, width=360) as tab:
        tab.goto("/")
        tab.get_by_role("link", name="紙を使わない会議").first.click()
        tab.get_by_label("形を変えて取り入れた").check()
        press(tab, "回答する")
        expect(tab.locator("#form-errors")).to_contain_text("変えた点を入力してください")
        tab.get_by_label("変えた点・取り入れない理由").fill("図面だけは紙で配ります。")
        press(tab, "回答する")
        expect(tab.get_by_text("図面だけは紙で配ります。")).to_be_visible()


def read(browser: Chromium, site: Site) -> None:
    """小林: the page of the day tells of the answer until it has been read."""
    with seat(browser, site, site.cast.kobayashi) as tab:
        tab.goto("/")
        tab.get_by_role("link", name=TITLE).first.click()
        expect(tab.get_by_text("本庁の会議から始めました。")).to_be_visible()
        press(tab, "回答を確認しました")
        tab.goto("/ideas/")
        expect(tab.get_by_text("新着")).to_have_count(0)


def look(browser: Chromium, site: Site) -> None:
    """A resident: the chapter of the publication with every idea's fate, and nobody's name."""
    with seat(browser, site, None, width=360) as tab:
        tab.goto("/public/")
        tab.get_by_role("link", name="令和7年度版").first.click()
        tab.get_by_role("link", name="職員提案のすべての表とデータ").click()
        expect(tab.get_by_role("heading", name="職員提案", level=1)).to_be_visible()
        assert "一部実現" in tab.content()
        assert "小林" not in tab.content()


def test_an_idea_goes_from_a_telephone_to_the_public_site(
    browser: Chromium, site: Site, tmp_path: Path
) -> None:
    edition = make_edition(site.cast)
    campaign = announced(site.cast, edition=edition)
    sent(campaign, site.cast.sato, LIKE)
    write(browser, site, campaign)
    sort(browser, site, campaign)
    book(browser, site, campaign, tmp_path)
    take_over(browser, site, campaign)
    read(browser, site)
    with override_settings(PUBLICATIONS_ROOT=tmp_path / "public"):
        publish.publish_edition(edition=edition, by=None, published_on=date(2026, 9, 1))
        look(browser, site)
