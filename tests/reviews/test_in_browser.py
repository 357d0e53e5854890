"""The pages of reviews in a real browser: accessible by axe, and whole on a narrow screen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from kaikaku.org.queries import today
from kaikaku.plans import services as plans
from kaikaku.plans.entries import SectionFields
from kaikaku.plans.models import Edition
from kaikaku.reviews import queries
from kaikaku.reviews.models import Loop
from tests.browser.chromium import Chromium, found_by_axe, overflow, tab_to, viewport
from tests.cast import Cast
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
        "/reviews/noticed/",
        *_draft(cast, edition, loop),
    ]


def _draft(cast: Cast, edition: Edition, loop: Loop) -> list[str]:
    """The next edition, with what is still open, a form that asks for causes, and changes that cite one."""
    draft = year.drafted(cast, edition)
    section = draft.sections.select_related("edition__plan").get(title="納税の電子化")
    plans.revise_section(
        section=section, fields=SectionFields("納税の電子化と案内の見直し"), by=cast.takahashi
    )
    cause = queries.event_cause(loop.events.get(kind="decision"))
    plans.cite_causes(edition=draft, part=section, causes=[cause], by=cast.takahashi)
    return [
        f"/reviews/editions/{draft.pk}/carry/",
        f"/reviews/sections/{section.pk}/",
        f"/plans/editions/{draft.pk}/",
        f"/plans/editions/{draft.pk}/changes/",
        f"/plans/sections/{section.pk}/life/",
        f"/plans/sections/{section.pk}/revise/",
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


def test_a_note_leads_to_a_changed_line_without_a_mouse(browser: Chromium, site: Site) -> None:
    """小林 writes a note; the office leaves it for now, thinks again, and changes a line for it."""
    cast = site.cast
    edition = year.edition(cast)
    plans.change_state(edition=edition, state="in_force", by=cast.takahashi)
    section = edition.sections.get(title="納税の電子化")
    context = browser.context(base_url=site.url)
    tab = context.new_page()
    context.add_cookies([site.cookie(cast.kobayashi)])
    tab.goto("/reviews/noticed/")
    tab_to(tab, tab.get_by_label("気づいたこと"))
    tab.keyboard.type("QRコードの読み方を聞かれる。")
    tab.get_by_label("どの取組・指標についてか").select_option(f"s{section.pk}")
    tab_to(tab, tab.locator("#id_evidence"))
    tab.keyboard.type("窓口で3人から聞いた。")
    tab_to(tab, tab.get_by_role("button", name="気づきを送る"))
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("事務局が読み、どういう意味かを判断します")).to_be_visible()
    draft = year.drafted(cast, edition)
    context.add_cookies([site.cookie(cast.takahashi)])
    tab.goto(f"/plans/editions/{draft.pk}/")
    tab.get_by_role("link", name="この版で対応するか、今回は見送るかを決める").click()
    tab_to(tab, tab.locator(".carry summary"))
    tab.keyboard.press("Enter")
    tab.get_by_label("見送る理由").fill("予算の議決を待つ。")
    tab.locator(".carry-acts details button").click()
    expect(tab.get_by_text("見送る理由：予算の議決を待つ。")).to_be_visible()
    tab_to(tab, tab.get_by_role("button", name="この版で対応する"))
    tab.keyboard.press("Enter")
    tab.get_by_role("link", name="「納税の電子化」を開いて変更する").click()
    tab.get_by_role("link", name="見出しと本文を変更する").click()
    tab.locator("#id_title").fill("納税の電子化と案内")
    tab.get_by_label("変更の理由").fill("読み方が伝わっていないため。")
    tab.get_by_label("気づき：QRコードの読み方を聞かれる。").check()
    tab.get_by_role("button", name="保存する").click()
    tab.goto(f"/plans/editions/{draft.pk}/changes/")
    expect(tab.get_by_role("link", name="QRコードの読み方を聞かれる。")).to_be_visible()
    tab.goto(f"/reviews/editions/{draft.pk}/carry/")
    expect(tab.get_by_text("反映した箇所：")).to_be_visible()
    context.add_cookies([site.cookie(cast.kobayashi)])
    tab.goto("/reviews/noticed/")
    expect(tab.get_by_text("プランに反映された箇所：納税の電子化と案内")).to_be_visible()
    context.close()
