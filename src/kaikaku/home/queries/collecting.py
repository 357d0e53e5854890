"""Collecting by name from the apps that are installed; of one that is switched off nothing is missed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from kaikaku.ui.collecting import offers
from kaikaku.ui.search import Group, Wanted
from kaikaku.ui.tasks import Task

if TYPE_CHECKING:
    from kaikaku.org.models import User


def tasks_of(user: User) -> list[Task]:
    """What waits for the person, what is due first at the top, what has no day last."""
    return _by_day(task for offered in offers("tasks_for") for task in offered(user))


def sent_of(user: User) -> list[Task]:
    """What the person has sent on, and where it stands."""
    return [task for offered in offers("sent_for") for task in offered(user)]


def late_of(user: User) -> list[Task] | None:
    """Who is late, latest first; None where no app keeps days."""
    return _gathered("late_sheets", user)


def decisions_of(user: User) -> list[Task] | None:
    """What is still to be decided, by day; None where no app keeps decisions."""
    return _gathered("open_decisions", user)


def search(user: User, wanted: Wanted) -> list[Group]:
    """The hits of all apps by kind, kinds without any left out; nothing for what cannot be looked for."""
    if not wanted.possible or user.organisation_id is None:
        return []
    groups = (group for offered in offers("found_for") for group in offered(user, wanted))
    return sorted((group for group in groups if group.total), key=lambda group: group.order)


def _gathered(name: str, user: User) -> list[Task] | None:
    asked = list(offers(name))
    return _by_day(task for offered in asked for task in offered(user)) if asked else None


def _by_day(tasks: Iterator[Task]) -> list[Task]:
    return sorted(tasks, key=lambda task: (task.due is None, task.due or date.max, task.title))
