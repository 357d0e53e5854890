"""form_page: shown, checked, saved once, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from kaikaku.ui.once import Submission
from tests.cast import Cast
from tests.pages import Opened, Page
from tests.ui.urls import SAVED

pytestmark = pytest.mark.urls("tests.ui.urls")


@pytest.fixture(autouse=True)
def _nothing_saved() -> Iterator[None]:
    SAVED.clear()
    yield
    SAVED.clear()


@pytest.fixture
def form(page: Page, cast: Cast) -> Opened:
    return page.get("/name/", as_=cast.sato)


def token(opened: Opened) -> str:
    found: str = opened.find("//input[@name='_once']/@value")[0]
    return found


def test_a_form_opens_with_its_initial_values(form: Opened) -> None:
    assert form.find("//input[@name='name']/@value") == ["はじめ"]


def test_need_is_told_in_words(form: Opened) -> None:
    assert form.texts("//label[@for='id_name']") == ["名称 ※必須"]
    assert form.texts("//label[@for='id_amount']") == ["削減額 任意"]


def test_a_hint_belongs_to_its_field(form: Opened) -> None:
    assert form.find("//input[@name='name']/@aria-describedby") == ["id_name-hint"]


def test_a_valid_form_is_saved_and_the_person_told(page: Page, form: Opened) -> None:
    after = page.post("/name/", {"name": "窓口改革", "_once": token(form)})
    assert SAVED == ["窓口改革"]
    assert after.says("「窓口改革」を保存しました。")


def test_submitting_twice_is_submitting_once(page: Page, form: Opened) -> None:
    data = {"name": "窓口改革", "_once": token(form)}
    first = page.post("/name/", data, follow=False, status=302)
    second = page.post("/name/", data, follow=False, status=302)
    assert SAVED == ["窓口改革"]
    assert first.address == second.address == "/done/1/"


def test_two_forms_opened_one_after_another_are_two(page: Page, form: Opened) -> None:
    again = page.get("/name/")
    page.post("/name/", {"name": "一", "_once": token(form)})
    page.post("/name/", {"name": "二", "_once": token(again)})
    assert SAVED == ["一", "二"]


def test_a_second_arrival_while_the_first_is_at_work_is_told_to_wait(
    page: Page, form: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Submission, "LONGEST_WAIT", 0.0)
    page.post("/name/", {"name": "", "_once": token(form)}, status=400)
    person = page.client.session["_auth_user_id"]
    cache.add(f"once:{person}:/name/:{token(form)}", "", 60)
    answer = page.post("/name/", {"name": "一", "_once": token(form)}, status=409)
    assert SAVED == []
    assert answer.errors == [
        "同じ内容を受け付けて処理しています。少し待ってから、一覧で結果を確かめてください。"
    ]


def test_a_refused_form_keeps_what_was_typed_and_can_be_sent_again(page: Page, form: Opened) -> None:
    refused = page.post("/name/", {"name": "", "amount": "たくさん", "_once": token(form)}, status=400)
    assert refused.find("//input[@name='amount']/@value") == ["たくさん"]
    page.post("/name/", {"name": "窓口改革", "amount": "3億", "_once": token(refused)})
    assert SAVED == ["窓口改革"]


def test_errors_stand_on_top_with_links_and_at_their_fields(page: Page, form: Opened) -> None:
    refused = page.post("/name/", {"name": "", "amount": "たくさん"}, status=400)
    assert refused.errors[0] == "名称を入力してください。"
    assert refused.find("//*[@id='form-errors']//a/@href") == ["#id_name", "#id_amount"]
    assert refused.texts("//*[@id='id_name-error']") == ["＊名称を入力してください。"]
    assert refused.find("//input[@name='name']/@aria-invalid") == ["true"]
    assert refused.find("//input[@name='name']/@aria-describedby") == ["id_name-hint id_name-error"]


def test_the_title_of_a_refused_page_says_error_first(page: Page, form: Opened) -> None:
    assert page.post("/name/", {"name": ""}, status=400).texts("//title") == ["エラー：名称を決める｜Kaikaku"]


def test_what_was_understood_is_shown_again(page: Page, form: Opened) -> None:
    refused = page.post("/name/", {"name": "", "amount": "７５.６億"}, status=400)
    assert refused.texts("//*[@data-understood]") == ["7,560,000,000円（75.6億円）"]


def test_a_broken_rule_stands_at_its_field(page: Page, form: Opened) -> None:
    refused = page.post("/name/", {"name": "重複", "_once": token(form)}, status=400)
    assert refused.texts("//*[@id='id_name-error']") == [
        "＊「重複」は、すでにあります。別の名称にしてください。"
    ]


def test_a_broken_rule_of_the_whole_stands_on_top(page: Page, form: Opened) -> None:
    refused = page.post("/name/", {"name": "締切"}, status=400)
    assert refused.errors == ["受付は終わりました。事務局に連絡してください。"]
    assert not refused.find("//*[@id='form-errors']//a")


def test_after_a_fault_of_ours_the_same_form_may_be_sent_again(page: Page, form: Opened) -> None:
    page.client.raise_request_exception = False
    page.post("/name/", {"name": "故障", "_once": token(form)}, status=500)
    page.post("/name/", {"name": "窓口改革", "_once": token(form)})
    assert SAVED == ["窓口改革"]


def test_a_success_tells_the_tab_which_draft_to_forget(page: Page, form: Opened) -> None:
    given = token(form)
    page.post("/name/", {"name": "窓口改革", "_once": given}, follow=False, status=302)
    assert page.client.cookies["kaikaku_saved"].value == given


def test_the_way_out_of_a_form_is_a_link(form: Opened) -> None:
    assert form.texts("//a[@href='/done/0/']") == ["やめる"]
