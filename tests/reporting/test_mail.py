"""Where letters go: a mail server by its address, else files on this machine."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from kaikaku.settings import _mail


def test_a_mail_server_is_named_by_its_address() -> None:
    found = _mail("smtp+starttls://kaikaku:p%40ss@mail.example.jp:587")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == (
        "mail.example.jp",
        587,
        True,
    )
    assert found["EMAIL_HOST_PASSWORD"] == "p@ss"


@pytest.mark.parametrize("url", ["mail.example.jp", "http://mail.example.jp", "smtp://", "smtp://mail:x"])
def test_an_unreadable_address_is_refused_with_what_to_write(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="KAIKAKU_SMTP"):
        _mail(url)
