"""What all tests share: settings that leave no trace, the cast, and a client that checks pages."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client, TransactionTestCase, override_settings
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.cast import Cast, make_cast
from tests.pages import Page

if TYPE_CHECKING:
    from tests.browser.chromium import Chromium

hypothesis_settings.register_profile(
    "kaikaku",
    max_examples=100,
    deadline=None,
    # the same examples in every run: the gate must not pass or fail by lot
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.load_profile("kaikaku")


def pytest_configure(config: pytest.Config) -> None:
    """Tests write into a folder of their own and hash passwords fast."""
    folder = tempfile.TemporaryDirectory(prefix="kaikaku-tests-")
    config.add_cleanup(folder.cleanup)
    data = Path(folder.name)
    (data / "static").mkdir()
    changed = override_settings(
        DATA=data,
        MEDIA_ROOT=data / "media",
        PUBLICATIONS_ROOT=data / "publications",
        STATIC_ROOT=data / "static",
        SECRET_FILE=data / "secret",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )
    changed.enable()
    config.add_cleanup(changed.disable)
    _let_transactional_tests_empty_the_log()


def _let_transactional_tests_empty_the_log() -> None:
    """A test that commits (live server, threads) empties all tables after it, which the triggers refuse.

    So they are taken away for just that moment.
    """
    from kaikaku.audit import triggers

    empty_tables = TransactionTestCase._fixture_teardown

    def fixture_teardown(self: TransactionTestCase) -> None:
        triggers.drop(connection)
        try:
            empty_tables(self)
        finally:
            triggers.install(connection)

    TransactionTestCase._fixture_teardown = fixture_teardown


@pytest.fixture
def cast(db: None) -> Cast:
    """The people of さくら県 and となり県 (tests/cast.py)."""
    return make_cast()


@pytest.fixture
def page(db: None) -> Page:
    """A client that checks the HTML of every page it opens (tests/pages.py)."""
    return Page()


@dataclass(frozen=True)
class Site:
    """A running server with the cast in its database, for tests that drive a browser."""

    url: str
    cast: Cast

    def cookie(self, user: Any) -> dict[str, Any]:
        """The cookie, in Playwright's shape, by which a browser is signed in as `user`."""
        client = Client()
        client.force_login(user)
        name = django_settings.SESSION_COOKIE_NAME
        return {"name": name, "value": client.cookies[name].value, "url": self.url}


@pytest.fixture
def site(live_server: Any) -> Site:
    """The whole site on 127.0.0.1, with the cast."""
    return Site(live_server.url, make_cast())


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    """A Chromium for one module of tests; tests/browser keeps its own for the whole folder."""
    from tests.browser import chromium

    if chromium.PATH is None:
        pytest.skip("この環境に Chromium がないため、ブラウザーでの確認を省きます。")
    with chromium.launched() as started:
        yield started


@pytest.fixture
def count_queries(db: None) -> Callable[[], Any]:
    """`with count_queries() as queries: …; len(queries)`."""

    @contextmanager
    def counting() -> Iterator[CaptureQueriesContext]:
        with CaptureQueriesContext(connection) as captured:
            yield captured

    return counting


def assert_constant_queries(run: Callable[[], object], grow: Callable[[], object]) -> None:
    """Fail unless `run` asks the database as often after `grow` (more rows) as before it.

    Each time as in a process that has just begun, which must read all: what is kept of editions is forgotten.
    """
    from kaikaku.plans.queries.kept import forget

    run()  # what is looked up once per process must not count
    forget()
    with CaptureQueriesContext(connection) as before:
        run()
    grow()
    forget()
    with CaptureQueriesContext(connection) as after:
        run()
    more = [query["sql"] for query in after.captured_queries]
    assert len(after) == len(before), f"{len(before)} queries became {len(after)}:\n" + "\n".join(more)
