"""An edition of さくら県 with good and weak results, and what happens to it in a year."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings

from kaikaku.plans.models import Edition, Indicator, Section
from tests.cast import Cast

if "reviews" in settings.KAIKAKU_APPS:
    from kaikaku.org.queries import today
    from kaikaku.reviews.models import AgendaItem, Loop, Meeting
    from tests.reviews import year
else:  # a government without this app runs the tests of the others
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture
def edition(cast: Cast) -> Edition:
    """取組 of 税務課 with a strong output and a weak outcome, and one without a department."""
    return year.edition(cast)


@pytest.fixture
def section(edition: Edition) -> Section:
    """納税の電子化, of 税務課."""
    return edition.sections.get(title="納税の電子化")


@pytest.fixture
def weak(edition: Edition) -> Indicator:
    """電子納税率: D."""
    return edition.indicators.get(name="電子納税率")


@pytest.fixture
def loop(cast: Cast, weak: Indicator) -> Loop:
    """Something 小林 has noticed of it."""
    return year.noticed(cast, weak)


@pytest.fixture
def headquarters(cast: Cast, edition: Edition) -> Meeting:
    """Yesterday's 本部会議, its agenda still empty."""
    return year.meeting(cast, edition, held_on=today() - timedelta(days=1))


@pytest.fixture
def committee_item(cast: Cast, weak: Indicator) -> AgendaItem:
    """電子納税率 on the agenda of a committee that takes opinions for another week."""
    return year.opened_item(cast, weak)


@pytest.fixture
def next_edition(cast: Cast, edition: Edition) -> Edition:
    """Next year's, with the section reworded."""
    return year.next_edition(cast, edition)
