"""The frame around every page shows what the apps announce and what this person uses."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from kaikaku.ui import navigation
from kaikaku.ui.navigation import MOST_PLACES, Choice, Frame, Place
from tests.cast import Cast
from tests.pages import Page


def marked(path: str, *places: Place) -> list[str]:
    return [p.label for p in navigation._mark_current(list(places), path) if p.current]


def test_nobody_signed_in_sees_no_places() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    assert navigation.frame(request) == Frame()


def test_the_longest_beginning_of_the_address_is_where_we_are() -> None:
    plans, figures = Place("プラン", "/plans/"), Place("報告", "/plans/reports/")
    assert marked("/plans/reports/3/", plans, figures) == ["報告"]


def test_home_is_current_only_at_home() -> None:
    home, plans = Place("ホーム", "/"), Place("プラン", "/plans/")
    assert marked("/", home, plans) == ["ホーム"]
    assert marked("/help/", home, plans) == []


def test_apps_that_share_a_place_share_one_entry() -> None:
    ideas, bpr = Place("取組", "/ideas/", 52, count=1), Place("取組", "/bpr/", 51, count=2)
    merged = navigation._merge([ideas, bpr])
    assert merged == [Place("取組", "/bpr/", 51, count=3, also=("/ideas/",), members=(bpr, ideas))]


def test_within_a_shared_place_the_app_that_is_open_is_marked() -> None:
    ideas, bpr = Place("取組", "/ideas/", 52, name="職員提案"), Place("取組", "/bpr/", 51, name="業務改革")
    (shared,) = navigation._mark_current(navigation._merge([ideas, bpr]), "/ideas/12/")
    assert shared.current
    assert [member.name for member in shared.members if member.current] == ["職員提案"]


def test_the_row_holds_at_most_seven_and_the_persons_menu_the_rest(page: Page, cast: Cast) -> None:
    opened = page.get("/help/", as_=cast.takahashi)
    row = opened.texts("//nav[contains(@class, 'places')]//a")
    menu = opened.texts("//details[contains(@class, 'drop-end')]//a")
    assert len(row) <= MOST_PLACES
    assert "組織と利用者" in (*row, *menu)


def test_the_current_edition_is_the_one_that_is_marked() -> None:
    frame = Frame(editions=(Choice("令和6年度", "/6"), Choice("令和7年度", "/7", current=True)))
    assert frame.edition == frame.editions[1]


def test_the_header_names_the_government_and_the_person(page: Page, cast: Cast) -> None:
    opened = page.get("/help/", as_=cast.sato)
    header = " ".join(opened.texts("//header"))
    assert cast.sakura.name in header
    assert cast.sato.name in header


@pytest.mark.parametrize("sample", [True, False])
def test_a_sample_government_is_marked_on_every_page(page: Page, cast: Cast, sample: bool) -> None:
    type(cast.sakura).objects.filter(pk=cast.sakura.pk).update(sample=sample)
    opened = page.get("/help/", as_=cast.sato)
    assert bool(opened.find("//*[@class='sample-band']")) is sample


def test_the_first_stop_of_the_keyboard_skips_to_the_content(page: Page, cast: Cast) -> None:
    opened = page.get("/help/", as_=cast.sato)
    assert opened.find("(//a | //button | //summary)[1]/@href") == ["#content"]


def test_a_place_compares_by_what_it_is() -> None:
    assert replace(Place("ホーム", "/"), current=True) != Place("ホーム", "/")
