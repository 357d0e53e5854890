"""The chapter on help in the publication: figures by year, nobody's name, no small cell."""

from __future__ import annotations

from datetime import date

import pytest

from kaikaku.core.eras import fiscal_year_of
from kaikaku.exchange import services
from kaikaku.exchange.entries import WorkFields
from kaikaku.exchange.models import Assignment
from kaikaku.exchange.queries import chapter_for
from kaikaku.org.queries import today
from kaikaku.plans import services as plans
from kaikaku.plans.entries import EditionFields
from kaikaku.plans.models import Edition
from kaikaku.writers.dataset import Chapter, PlainTable
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.exchange import world

NAMES = ("森", "小林")


@pytest.fixture
def edition(cast: Cast) -> Edition:
    """Of the year in which the tests run, from the year before."""
    year = fiscal_year_of(today())
    plan = plans.create_plan(
        organisation=cast.sakura, name="さくら改革プラン", level_names=("柱",), by=cast.takahashi
    )
    fields = EditionFields(title="今年度版", fiscal_year=year, period=(year - 1, year + 3))
    return plans.create_edition(plan=plan, fields=fields, by=cast.takahashi)


def helping(cast: Cast, count: int, *, start: int = 0, minutes: int = 90) -> list[Assignment]:
    """So many people of 税務課 help 行政改革課 with one piece of work, and have logged a day."""
    request = world.asked(cast, people=count, title="封入の作業")
    helped = []
    for number in range(start, start + count):
        user = world.colleague(cast, f"mori{number}", f"森{number}")
        held = services.propose(request=request, user=user, by=cast.takahashi)
        for step, by in (("self", user), ("own_chief", cast.suzuki), ("personnel", cast.takahashi)):
            held = services.approve(assignment=held, step=step, by=by)
        held = services.start(assignment=held, order_number="人第1号", by=cast.takahashi)
        work = WorkFields(day=today(), minutes=minutes, text="入力")
        services.log_work(assignment=held, fields=work, by=user)
        helped.append(held)
    return helped


def chapter(edition: Edition) -> Chapter:
    found = chapter_for(edition)
    assert found is not None
    return found


def table(found: Chapter, words: str) -> PlainTable:
    return next(one for one in found.tables if words in one.caption)


def test_without_help_there_is_no_chapter(edition: Edition) -> None:
    assert chapter_for(edition) is None


def test_projects_and_participants_stand_apart_by_year(cast: Cast, edition: Edition) -> None:
    helping(cast, 6)
    (row,) = table(chapter(edition), "年度別").rows
    assert row[1:] == ("1", "6", "9.0")


def test_a_year_is_compared_with_the_one_before(cast: Cast, edition: Edition) -> None:
    helped = helping(cast, 6)
    before = [one.pk for one in helped]
    day = date(fiscal_year_of(today()) - 1, 6, 1)
    Assignment.objects.filter(pk__in=before).update(first=day, last=day, state="ended")
    helping(cast, 5, start=6)
    helping(cast, 1, start=11)
    assert "業務の数は1件増え、参加した職員の数は変わりません" in "".join(chapter(edition).paragraphs)


def test_hours_are_told_by_division(cast: Cast, edition: Edition) -> None:
    helping(cast, 6)
    rows = table(chapter(edition), "部局別").rows
    assert rows == (("総務部", "6", "9.0", "6", "9.0"), ("計", "6", "9.0", "6", "9.0"))


def test_few_people_are_hidden_wherever_they_would_show(cast: Cast, edition: Edition) -> None:
    helping(cast, 4, minutes=77)
    found = chapter(edition)
    assert "5人に満たない" in found.paragraphs[-1]
    told = [cell for one in found.tables for row in one.rows for cell in row[1:]]
    assert set(told) == {"x", "1"}  # one project: it may be of one person, or of four
    assert "77" not in repr(found)


def test_the_chapter_names_nobody(cast: Cast, edition: Edition) -> None:
    helping(cast, 6)
    said = repr(chapter(edition))
    assert not [name for name in NAMES if name in said]
    assert "封入" not in said


def test_the_chapter_asks_the_database_as_often_for_many(cast: Cast, edition: Edition) -> None:
    helping(cast, 2)
    assert_constant_queries(lambda: chapter_for(edition), lambda: helping(cast, 4, start=2))
