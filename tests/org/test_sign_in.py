"""Signing in: who gets in, what is remembered, and what five wrong passwords do."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from kaikaku.audit.queries import history_of
from kaikaku.org import services
from tests.cast import PASSWORD, Cast
from tests.pages import Opened, Page

LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _no_earlier_failures(db: None) -> None:
    cache.clear()


def sign_in(page: Page, username: str, password: str, status: int = 200) -> Opened:
    return page.post(LOGIN, {"login": username, "password": password}, status=status)


def actions(cast: Cast) -> list[str]:
    return [entry.action for entry in history_of(cast.takahashi, cast.sato)]


def test_the_sign_in_page_asks_for_name_and_password(page: Page) -> None:
    opened = page.get(LOGIN)
    assert opened.h1 == "ログイン"
    assert opened.find("//input/@name") == ["csrfmiddlewaretoken", "login", "password"]


def test_the_right_password_opens_the_house_and_is_recorded(page: Page, cast: Cast) -> None:
    assert sign_in(page, "sato", PASSWORD).status == 200
    assert "_auth_user_id" in page.client.session
    assert actions(cast)[0] == "org.account.signed_in"


def test_a_page_asked_for_before_comes_after_the_sign_in(page: Page, cast: Cast) -> None:
    data = {"login": "takahashi", "password": PASSWORD, "next": "/people/"}
    assert page.post(LOGIN, data).h1 == "利用者"


def test_a_wrong_password_says_what_to_check_and_is_recorded(page: Page, cast: Cast) -> None:
    opened = sign_in(page, "sato", "wrong-password-1")
    assert opened.errors == [
        "利用者名またはパスワードが違います。大文字と小文字、全角と半角を確かめてください。"
    ]
    assert actions(cast)[0] == "org.account.sign_in_refused"


def test_a_name_we_do_not_know_is_answered_alike(page: Page, cast: Cast) -> None:
    assert sign_in(page, "dareka", "wrong-password-1").errors == sign_in(page, "sato", "x").errors


def test_after_five_wrong_passwords_the_right_one_is_refused_too(page: Page, cast: Cast) -> None:
    for _ in range(5):
        sign_in(page, "sato", "wrong-password-1")
    opened = sign_in(page, "sato", PASSWORD)
    assert "続けて失敗した" in opened.errors[0]
    assert "_auth_user_id" not in page.client.session


def test_one_persons_lock_does_not_shut_out_another(page: Page, cast: Cast) -> None:
    for _ in range(5):
        sign_in(page, "sato", "wrong-password-1")
    sign_in(page, "suzuki", PASSWORD)
    assert "_auth_user_id" in page.client.session


def test_a_deactivated_account_does_not_open(page: Page, cast: Cast) -> None:
    services.deactivate_user(user=cast.sato, by=cast.yamamoto)
    sign_in(page, "sato", PASSWORD)
    assert "_auth_user_id" not in page.client.session


def test_a_deactivated_account_is_out_at_once(page: Page, cast: Cast) -> None:
    page.get("/sources/", as_=cast.sato)
    services.deactivate_user(user=cast.sato, by=cast.yamamoto)
    assert page.get("/sources/", status=302).address.startswith(LOGIN)


def test_signing_out_ends_the_session_and_is_recorded(page: Page, cast: Cast) -> None:
    page.get("/accounts/logout/", as_=cast.sato)
    assert page.post("/accounts/logout/").h1 == "ログイン"
    assert actions(cast)[0] == "org.account.signed_out"


def test_nobody_can_sign_up(page: Page) -> None:
    page.get("/accounts/signup/", status=404)


def test_a_password_someone_else_has_seen_must_be_changed_first(page: Page, cast: Cast) -> None:
    password = services.reset_password(user=cast.sato, by=cast.yamamoto)
    opened = sign_in(page, "sato", password)
    assert opened.h1 == "パスワードを変える"
    assert page.get("/sources/", status=302).address == reverse("account_change_password")
    new = {"oldpassword": password, "password1": "atarashii-haru-7", "password2": "atarashii-haru-7"}
    page.post("/accounts/password/change/", new)
    assert page.get("/sources/").h1 == "出典"


def test_a_short_password_is_refused_with_the_length_it_needs(page: Page, cast: Cast) -> None:
    new = {"oldpassword": PASSWORD, "password1": "mijikai-7", "password2": "mijikai-7"}
    opened = page.post("/accounts/password/change/", new, as_=cast.sato)
    assert any("12" in error for error in opened.errors)


def test_the_session_ends_after_thirty_idle_minutes(page: Page, cast: Cast) -> None:
    sign_in(page, "sato", PASSWORD)
    assert page.client.session.get_expiry_age() == 30 * 60


def test_a_page_asked_for_again_within_a_minute_writes_nothing(page: Page, cast: Cast, count_queries) -> None:  # type: ignore[no-untyped-def]
    page.get("/sources/", as_=cast.sato)
    with count_queries() as queries:
        page.get("/sources/")
    assert [query["sql"] for query in queries if query["sql"].startswith(("UPDATE", "INSERT"))] == []
