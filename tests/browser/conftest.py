"""One Chromium for the folder; no test of it may reach beyond this machine or make a page complain."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Page as Tab
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from kaikaku.audit import triggers
from tests.browser import chromium
from tests.browser.chromium import Chromium, viewport
from tests.cast import Cast, make_cast
from tests.conftest import Site


@pytest.fixture(scope="package")
def browser() -> Iterator[Chromium]:
    """Package and not session: another folder's Playwright cannot start while this one runs."""
    if chromium.PATH is None:
        pytest.skip("この環境に Chromium がないため、ブラウザーでの確認を省きます。")
    with chromium.launched() as browser:
        yield browser


@pytest.fixture(autouse=True)
def _nothing_leaves_the_machine(browser: Chromium) -> Iterator[None]:
    yield
    asked, said = list(browser.asked_elsewhere), list(browser.said)
    browser.forget()
    assert asked == [], "a page asked another machine"
    assert said == [], "a page complained in the console"


@dataclass(frozen=True)
class Office:
    """A running site of さくら県 and the browser before it; what happens in it stays for the whole module."""

    browser: Chromium
    site: Site
    publications: Path

    @property
    def cast(self) -> Cast:
        return self.site.cast

    @property
    def url(self) -> str:
        return self.site.url

    def open(self, path: str, *, as_: Any = None, width: int = 1280, script: bool = True) -> Tab:
        """A page, opened by a signed-in person or by nobody."""
        context = self.browser.context(
            base_url=self.url, viewport=viewport(width), java_script_enabled=script
        )
        if as_ is not None:
            context.add_cookies([self.site.cookie(as_)])
        tab = context.new_page()
        tab.goto(path)
        return tab


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database, kept for a whole module; pytest-django's own fixture empties it after each test."""
    with django_db_blocker.unblock():
        yield
        triggers.drop(connection)
        try:
            call_command("flush", interactive=False, verbosity=0)
        finally:
            triggers.install(connection)


@pytest.fixture(scope="module")
def office(browser: Chromium, db: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A site for one module."""
    folder = tmp_path_factory.mktemp("office")
    with override_settings(MEDIA_ROOT=folder / "media", PUBLICATIONS_ROOT=folder / "publications"):
        server = LiveServer("127.0.0.1")
        try:
            yield Office(browser, Site(server.url, make_cast()), folder / "publications")
        finally:
            for context in browser.browser.contexts:
                context.close()
            _await_answers()
            server.stop()


def _await_answers() -> None:
    """Let the server's threads see that the browser has hung up; stopped before, they leave sockets open."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)
