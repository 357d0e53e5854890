"""The year of みほん県 in three parts, each one transaction; what is there already is never touched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from kaikaku.cli.demo import (
    bound,
    bpr,
    controls,
    exchange,
    ideas,
    last_year,
    ledgers,
    mihon,
    next_edition,
    noticed,
    people,
    this_year,
)
from kaikaku.cli.demo.clock import Story
from kaikaku.cli.demo.crew import Crew
from kaikaku.cli.demo.meetings import Summer
from kaikaku.cli.demo.replies import reasons
from kaikaku.org import queries as org
from kaikaku.plans import queries as plans
from kaikaku.publish import services as publish

if TYPE_CHECKING:
    from kaikaku.plans.models import Edition
    from kaikaku.reviews.models import Opinion

FOUNDED, PUBLISHED_ON = date(2026, 3, 27), date(2026, 9, 1)
# what is under way began up to 50 days before the demo's day, and not before the edition was in force
EARLIEST = next_edition.DECIDED + timedelta(days=51)


def crew() -> Crew:
    """The people of みほん県, once they are there."""
    return Crew((*people.ACCOUNTS, *people.ADVISERS), reasons())


def found(_: date) -> None:
    """The government, its plan, and the year that is over: reported, decided on, heard."""
    with transaction.atomic():
        beginning, spring = Story(), Story()
        beginning.on(FOUNDED, mihon.load)
        beginning.play()
        edition, people_of = _edition(mihon.REPORTED), crew()
        bpr.tell_last_year(people_of, spring)
        ledgers.tell_last_year(people_of, spring)
        bound.tell_last_year(edition, people_of, spring)
        last_year.collect(edition, people_of, spring)
        Summer(edition, people_of).tell(spring)
        controls.tell_last_year(people_of, spring)
        exchange.begin(edition.plan.organisation, people_of, spring)
        spring.play()


def publish_last_year(_: date) -> None:
    """Freeze and print what was reported."""
    edition, story = _edition(mihon.REPORTED), Story()
    office = org.user_by_name("jimukyoku")
    story.on(
        PUBLISHED_ON,
        lambda: publish.publish_edition(edition=edition, by=office, published_on=PUBLISHED_ON),
    )
    story.play()


def go_on(day: date) -> None:
    """The next edition decided, its round, inspections and meetings under way, the one after in draft."""
    with transaction.atomic():
        story, people_of = Story(), crew()
        last = _edition(mihon.REPORTED)
        editions = next_edition.Editions(last, people_of)
        [heard] = [opinion for opinion in _opinions(last) if opinion.by == people_of["iin"]]
        editions.tell(story, heard, day=day)
        this_year.look_midway(editions, people_of, story, day=day)
        this_year.forecast(editions, people_of, story, day=day)
        this_year.ask(editions, people_of, story, day=day)
        waiting = noticed.keep(editions, people_of, story, day=day)
        noticed.Autumn(editions, waiting, people_of).tell(story, day=day)
        ideas.tell(editions, people_of, story, day=day)
        exchange.tell(last.plan.organisation, people_of, story, day=day)
        bpr.tell(people_of, story)
        ledgers.tell(people_of, story)
        bound.tell(people_of, story)
        controls.tell(people_of, story)
        story.play()


def _editions() -> dict[int | None, Edition]:
    """The editions of みほん県 by year; none while there is no みほん県."""
    office = org.user_by_name("jimukyoku")
    return {e.fiscal_year: e for e in plans.editions_for(office)} if office else {}


def _edition(year: int) -> Edition:
    return _editions()[year]


def _opinions(edition: Edition) -> list[Opinion]:
    items = [item for meeting in edition.meetings.all() for item in meeting.items.all()]
    return [opinion for item in items for opinion in item.opinions.select_related("by")]


def _is_unpublished() -> bool:
    edition = _editions().get(mihon.REPORTED)
    return edition is not None and not edition.publications.exists()


def _may_go_on() -> bool:
    """Whether last year is over and the next not yet begun; one loaded by an older version has no round."""
    found = _editions()
    last = found.get(mihon.REPORTED)
    return last is not None and last.rounds.exists() and mihon.REPORTED + 1 not in found


PARTS: tuple[tuple[str, Callable[[], bool], Callable[[date], None]], ...] = (
    (
        "みほん県（架空）の令和7年度を作っています",
        lambda: org.organisation_by_slug(mihon.SLUG) is None,
        found,
    ),
    ("みほん県の令和7年度を公表しています", _is_unpublished, publish_last_year),
    ("みほん県の令和8年度を進めています", _may_go_on, go_on),
)
