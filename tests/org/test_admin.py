"""Django's admin: 情報システム担当 only, their own government only, looking only."""

import pytest
from django.test import Client
from django.urls import reverse

from kaikaku.org.roles import Role
from tests.cast import Cast

PAGES = ["organisation", "department", "post", "holding", "user"]


def client_of(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


@pytest.mark.parametrize("page", PAGES)
def test_the_system_administrator_sees_their_own_government_only(cast: Cast, page: str) -> None:
    client = client_of(cast.yamamoto)
    shown = client.get(reverse(f"admin:org_{page}_changelist")).content.decode()
    assert any(words in shown for words in ("さくら県", "税務課", "佐藤"))
    assert not any(words in shown for words in ("となり県", "企画課", "田中"))


@pytest.mark.parametrize("page", PAGES)
def test_nothing_can_be_changed_there(cast: Cast, page: str) -> None:
    client = client_of(cast.yamamoto)
    assert client.get(reverse(f"admin:org_{page}_add")).status_code == 403
    one = {"organisation": cast.sakura, "department": cast.somu, "user": cast.sato}.get(page)
    if one is not None:
        assert (
            client.post(reverse(f"admin:org_{page}_change", args=[one.pk]), {"name": "x"}).status_code == 403
        )


def test_a_strangers_row_is_not_shown(cast: Cast) -> None:
    address = reverse("admin:org_user_change", args=[cast.tanaka.pk])
    assert client_of(cast.yamamoto).get(address, follow=True).redirect_chain


def test_no_password_hash_is_shown(cast: Cast) -> None:
    address = reverse("admin:org_user_change", args=[cast.sato.pk])
    assert "md5$" not in client_of(cast.yamamoto).get(address).content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.IT])
def test_others_are_refused(cast: Cast, role: Role) -> None:
    assert client_of(cast.of(role)).get(reverse("admin:login")).status_code == 403


def test_nobody_is_led_to_the_houses_own_sign_in(db: None) -> None:
    response = Client().get(reverse("admin:index"), follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("account_login"))
