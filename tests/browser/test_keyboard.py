"""Without a mouse: every stop can be seen, and it is a few keys from the sign-in to an indicator."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser import plan
from tests.browser.chromium import focus, tab_to
from tests.browser.conftest import Office
from tests.browser.story import RESCUERS
from tests.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_STOPS = 250


@pytest.fixture(scope="module")
def made(office: Office) -> plan.Made:
    return plan.make(office.cast)


def _opened(office: Office, made: plan.Made, path: str) -> Tab:
    addresses = {"edition": made.edition_path, "indicator": made.indicator_path}
    return office.open(addresses.get(path, path), as_=office.cast.takahashi)


@pytest.mark.parametrize(
    "path", ["edition", "indicator", "/plans/", "/import/new/", "/publications/", "/help/sheet/"]
)
def test_the_first_stop_is_the_skip_link_and_leads_to_the_content(
    office: Office, made: plan.Made, path: str
) -> None:
    tab = _opened(office, made, path)
    tab.keyboard.press("Tab")
    expect(tab.locator(":focus")).to_have_text("本文へ移動")
    expect(tab.locator(":focus")).to_be_in_viewport()
    tab.keyboard.press("Enter")
    expect(tab.locator("main")).to_be_focused()


@pytest.mark.parametrize("path", ["edition", "indicator", "/plans/", "/import/new/", "/people/", "/help/"])
def test_every_stop_has_a_ring_and_is_in_sight(office: Office, made: plan.Made, path: str) -> None:
    tab = _opened(office, made, path)
    stops = []
    for _ in range(MOST_STOPS):
        tab.keyboard.press("Tab")
        stop = focus(tab)
        if stop is None:
            break
        stops.append(stop)
    else:
        pytest.fail(f"{MOST_STOPS} Tabs do not reach the end of the page")
    assert len(stops) > 5
    assert [stop["html"] for stop in stops if not (stop["ring"] and stop["seen"])] == []


def test_a_person_signs_in_and_reaches_an_indicator_with_tab_and_enter(
    office: Office, made: plan.Made
) -> None:
    tab = office.open("/accounts/login/")
    tab_to(tab, tab.get_by_label("利用者名"))
    tab.keyboard.type("takahashi")
    tab.keyboard.press("Tab")
    tab.keyboard.type(PASSWORD)
    tab.keyboard.press("Enter")
    tab.wait_for_url(lambda address: "/accounts/" not in address)
    tab_to(tab, tab.get_by_role("link", name="プラン", exact=True))
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/plans/")
    tab_to(tab, tab.get_by_role("link", name="山形県行財政改革推進プラン 2021").first)
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**{made.edition_path}")
    tab_to(tab, tab.get_by_role("link", name=RESCUERS))
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**{made.indicator_path}")


def test_the_filter_is_set_and_sent_by_keyboard(office: Office, made: plan.Made) -> None:
    tab = _opened(office, made, "edition")
    tab_to(tab, tab.get_by_role("combobox", name="評価"))
    tab.keyboard.press("ArrowDown")
    tab_to(tab, tab.get_by_role("button", name="表示する"))
    tab.keyboard.press("Enter")
    tab.wait_for_url("**grade=A**")
    expect(tab.get_by_role("status").first).to_contain_text("指標2件が当てはまりました")


def test_what_is_folded_opens_by_keyboard(office: Office, made: plan.Made) -> None:
    tab = _opened(office, made, "edition")
    tab_to(tab, tab.locator("summary", has_text="この版を直す"))
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("link", name="見出しを追加する")).to_be_visible()
