"""Error pages say what, why and what next; every answer carries its headers."""

from __future__ import annotations

import pytest

from kaikaku.ui.middleware import POLICY
from tests.cast import Cast
from tests.pages import Page

pytestmark = pytest.mark.urls("tests.ui.urls")


def test_a_page_that_is_not_there_says_where_to_look(page: Page, cast: Cast) -> None:
    opened = page.get("/nowhere/", as_=cast.sato, status=404)
    assert opened.h1 == "ページが見つかりません"
    assert opened.find("//main//a[@href='/']")


def test_a_refusal_says_the_sentence_it_was_given(page: Page, cast: Cast) -> None:
    opened = page.get("/forbidden/", as_=cast.sato, status=403)
    assert opened.says("承認は、所属長だけができます。")


def test_a_rule_broken_outside_a_form_is_said_not_crashed(page: Page, cast: Cast) -> None:
    opened = page.get("/broken-rule/", as_=cast.sato, status=400)
    assert opened.says("この年度のプランは終了しています。")


def test_a_fault_of_ours_gives_a_number_to_ask_about(page: Page, cast: Cast) -> None:
    page.client.raise_request_exception = False
    opened = page.get("/fault/", as_=cast.sato, status=500)
    assert opened.h1 == "処理の途中で問題が起きました"
    assert opened.says(opened.response["X-Request-ID"])


def test_the_page_of_a_fault_shows_no_trace_of_it(page: Page, cast: Cast) -> None:
    page.client.raise_request_exception = False
    assert "a fault of ours" not in page.get("/fault/", as_=cast.sato, status=500).response.content.decode()


def test_a_form_from_elsewhere_is_refused_in_our_words(page: Page, cast: Cast) -> None:
    page.sign_in(cast.sato)
    page.client.handler.enforce_csrf_checks = True
    opened = page.post("/name/", {"name": "一"}, status=403)
    assert opened.h1 == "もう一度送ってください"


def test_every_page_forbids_inline_code_and_other_hosts(page: Page, cast: Cast) -> None:
    opened = page.get("/help/", as_=cast.sato)
    assert opened.response["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY
    assert "http" not in POLICY


def test_pages_are_kept_from_shared_caches(page: Page, cast: Cast) -> None:
    assert page.get("/help/", as_=cast.sato).response["Cache-Control"] == "private, no-cache"


def test_the_number_of_our_proxy_is_kept(page: Page, cast: Cast) -> None:
    page.sign_in(cast.sato)
    answer = page.client.get("/help/", headers={"X-Request-ID": "proxy-12345678"})
    assert answer["X-Request-ID"] == "proxy-12345678"


def test_a_number_that_could_forge_a_log_line_is_replaced(page: Page, cast: Cast) -> None:
    page.sign_in(cast.sato)
    answer = page.client.get("/help/", headers={"X-Request-ID": "x\ty 偽"})
    assert answer["X-Request-ID"].isalnum()
