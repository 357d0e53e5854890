"""Every address × every role: the allowed get in, others here get 403, strangers 404, nobody the sign-in."""

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from kaikaku.org.models import User
from kaikaku.org.roles import Role
from tests.cast import Cast
from tests.site.permissions import PUBLIC, Row, names, rows

ROWS = rows()
GUARDED = {name: row for name, row in ROWS.items() if row.allowed != PUBLIC}


def _open(name: str, row: Row, cast: Cast, user: User | None) -> HttpResponse:
    client = Client()
    if user is not None:
        client.force_login(user)
    address = reverse(name, kwargs=dict(row.make(cast)) if row.make else {}) + row.query
    response = client.get(address) if row.post is None else client.post(address, dict(row.post))
    if response.streaming:
        b"".join(response.streaming_content)  # read to the end, so that files are closed
    return response


def test_every_address_is_in_the_table() -> None:
    assert [name for name in names() if name not in ROWS] == []


def test_the_table_names_no_address_that_is_gone() -> None:
    assert [name for name in ROWS if name not in names()] == []


@pytest.mark.parametrize("name", sorted(GUARDED))
def test_nobody_is_led_to_the_sign_in(cast: Cast, name: str) -> None:
    response = _open(name, GUARDED[name], cast, None)
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse(settings.LOGIN_URL))


@pytest.mark.parametrize("name", sorted(GUARDED))
def test_each_role_may_what_the_table_says(cast: Cast, name: str) -> None:
    row = GUARDED[name]
    got = {}
    for role in Role:
        with transaction.atomic():  # what one role's request did must not be there for the next
            got[role] = _open(name, row, cast, cast.of(role)).status_code
            transaction.set_rollback(True)
    wrong = {role: status for role, status in got.items() if status not in _expected(row, role)}
    assert wrong == {}


def _expected(row: Row, role: Role) -> set[int]:
    return {200, 204, 302, 400} if role in row.allowed else {403}


@pytest.mark.parametrize("name", sorted(name for name, row in GUARDED.items() if row.make and not row.own))
def test_to_a_stranger_of_every_role_it_does_not_exist(cast: Cast, name: str) -> None:
    assert _open(name, GUARDED[name], cast, cast.nakamura).status_code == 404


@pytest.mark.parametrize("name", sorted(name for name, row in ROWS.items() if row.allowed == PUBLIC))
def test_the_public_gets_in(cast: Cast, name: str) -> None:
    response = _open(name, ROWS[name], cast, None)
    assert response.status_code == 200 or response.headers.get("Location", "") == reverse(settings.LOGIN_URL)
