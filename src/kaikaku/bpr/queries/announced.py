"""What bpr tells home: what waits, what is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from kaikaku.bpr import words
from kaikaku.bpr.models import Measurement, Project
from kaikaku.bpr.queries.access import EDITORS, READERS
from kaikaku.bpr.queries.shown import due_measurements
from kaikaku.core.bpr import Stage
from kaikaku.org.access import allowed
from kaikaku.org.queries import department_ids_of, organisation_of, today
from kaikaku.org.roles import Role
from kaikaku.ui.search import Group, Hit, Wanted, group
from kaikaku.ui.tasks import Task

if TYPE_CHECKING:
    from kaikaku.org.models import User

LIVING = [stage.value for stage in (Stage.STARTED, Stage.COMPLETED, Stage.MONITORING)]
SOON = 30  # days before a measurement is due that it is on the page


def tasks_for(user: User, on: date | None = None) -> list[Task]:
    """The measurements that one's sections owe (3 and 12 months on), and those that wait to be verified."""
    if user.organisation_id is None or not allowed(user, *EDITORS, Role.SECRETARIAT):
        return []
    day, mine = on or today(), department_ids_of(user, None, *EDITORS)
    found = [*_owed(mine, day), *_unverified(user, mine)]
    return sorted(found, key=lambda task: (task.due is None, task.due or date.max, task.title))


def _owed(mine: frozenset[int], day: date) -> Iterator[Task]:
    projects = Project.objects.filter(
        department__in=mine, stage__in=LIVING, began_on__isnull=False, retired_on__isnull=True
    ).prefetch_related("measurements")
    for project in projects:
        for occasion, due in due_measurements(project, list(project.measurements.all()), on=day):
            if (due - day).days <= SOON:
                what = f"{words.OCCASIONS[occasion]}の効果を測る"
                yield Task(what, project.title, url_of(project.pk), due, due < day)


def _unverified(user: User, mine: frozenset[int]) -> Iterator[Task]:
    waiting = Measurement.objects.filter(
        project__department__in=mine, verified_at__isnull=True, withdrawn_at__isnull=True
    ).exclude(by=user)
    for one in waiting.select_related("project"):
        yield Task("効果の測定を確かめる", one.project.title, url_of(one.project_id))


def url_of(project: int) -> str:
    return reverse("bpr:project", args=[project])


def found_for(user: User, wanted: Wanted) -> Iterator[Group]:
    """The projects of which the name or what is done has the words."""
    if allowed(user, *READERS):
        rows = Project.objects.filter(organisation=organisation_of(user)).values_list(
            "pk", "title", "summary"
        )
        hits = [Hit(title, url_of(key), told) for key, title, told in rows if wanted.fits(title, told)]
        yield group("業務改革", hits, wanted, order=65)
