"""An idea's way through a real browser: written, found alike, sorted, answered, realised, told, printed, public."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from kaikaku.ideas import services
from kaikaku.ideas.models import Campaign, Idea
from kaikaku.org.models import User
from kaikaku.publish import services as publish
from tests.browser.chromium import Chromium, found_by_axe, overflow, viewport
from tests.conftest import Site
from tests.ideas.campaign import PAPER, announced, sent
from tests.plans.conftest import make_edition  # type: ignore[attr-defined]

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@contextmanager
def seat(browser: Chromium, site: Site, user: User, *, width: int = 1280) -> Iterator[Tab]:
    """A tab in which somebody is signed in; left whole and accessible."""
    context = browser.context(base_url=site.url, viewport=viewport(width))
    context.add_cookies([site.cookie(user)])
    tab = context.new_page()
    yield tab
    assert found_by_axe(tab) == []
    assert overflow(tab) == 0
    context.close()
