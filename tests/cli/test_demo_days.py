"""The sample can be loaded on any day: its story keeps its order over every weekend, and years from now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from kaikaku.audit import services as audit
from kaikaku.cli.demo import year
from kaikaku.core.workflow import State
from kaikaku.reporting.models import Round

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="日付の並びはデータベースによらないため、SQLiteで確かめます。"
    ),
]

# one of each weekday, in other months and years; tests/cli/test_demo.py looks at a Wednesday
DAYS = [
    date(2026, 11, 22),
    date(2026, 11, 30),
    date(2026, 12, 15),
    date(2027, 4, 1),
    date(2027, 7, 2),
    date(2028, 1, 8),
]


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database for a whole module; what is done in it is taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def last_year(db: None) -> None:
    """The year that is over, which is the same on every day."""
    year.found(DAYS[0])
    year.publish_last_year(DAYS[0])


@pytest.mark.parametrize("day", DAYS, ids=lambda day: f"{day:%Y-%m-%d-%a}")
def test_the_year_under_way_is_the_same_on_every_day(last_year: None, day: date) -> None:
    with transaction.atomic():
        year.go_on(day)
        states = Round.objects.get(title="令和8年度 実績見込みの照会").sheets.values_list("state", flat=True)
        assert sorted(states) == sorted(
            [State.REQUESTED] * 2
            + [State.DRAFT] * 3
            + [State.RETURNED] * 2
            + [State.SUBMITTED] * 2
            + [State.CHIEF_CONFIRMED] * 2
            + [State.BUNDLED] * 2
            + [State.ACCEPTED] * 8
        )
        assert audit.verify() == []
        transaction.set_rollback(True)
