"""What of exchange waits for a person, and what they sent on (collected by home)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q
from django.urls import reverse

from kaikaku.core.staffing import APPROVALS
from kaikaku.exchange import words
from kaikaku.exchange.models import Assignment, Request
from kaikaku.exchange.queries.access import assignments_for, chief_of, is_office, requests_for, waiting_for
from kaikaku.exchange.states import HOLDING
from kaikaku.org.access import allowed
from kaikaku.org.queries import today
from kaikaku.org.roles import Role
from kaikaku.ui.tasks import Task

if TYPE_CHECKING:
    from kaikaku.org.models import User

TAKEN = Count("assignments", filter=Q(assignments__state__in=(*HOLDING, "ended")))


def tasks_for(user: User, *, on: date | None = None) -> list[Task]:
    """What waits for the person, what is due first at the top; constant queries."""
    if user.organisation_id is None or not allowed(user, Role.EMPLOYEE):
        return []
    day = on or today()
    found = [*_approvals(user, day), *_reports(user, day), *_office(user, day)]
    return sorted(found, key=lambda task: (task.due is None, task.due or date.max, task.title))


def _approvals(user: User, on: date) -> Iterator[Task]:
    for one in waiting_for(user):
        due = one.last if one.extend_to else one.first
        what = "応援の延長を承認する" if one.extend_to else "応援を承認する"
        yield Task(what, str(one), _url(one), due, due < on, f"{APPROVALS[one.waiting]}の承認待ち")


def _reports(user: User, on: date) -> Iterator[Task]:
    """For the receiving chief: help whose last day has passed."""
    over = assignments_for(user).filter(state="active", last__lt=on, request__department__in=chief_of(user))
    for one in over:
        yield Task("応援の終了を報告する", str(one), _url(one), one.last, True, words.STATES[one.state])


def _office(user: User, on: date) -> Iterator[Task]:
    """For 人事: requests with free places, and help that can begin."""
    if not is_office(user):
        return
    looking = requests_for(user).filter(state="open", last__gte=on).annotate(taken=TAKEN)
    for request in looking.filter(taken__lt=F("people")):
        url = reverse("exchange:candidates", args=[request.pk])
        free = request.people - request.taken
        yield Task(
            "応援する職員を選ぶ", str(request), url, request.first, request.first < on, f"あと{free}人"
        )
    for one in assignments_for(user).filter(state="approved"):
        yield Task("応援を始める", str(one), _url(one), one.first, one.first < on, words.STATES[one.state])


def sent_for(user: User, *, on: date | None = None) -> list[Task]:
    """What the person asked for or applied to, and where it stands."""
    if user.organisation_id is None:
        return []
    asked = Request.objects.filter(made_by=user, state="open").annotate(taken=TAKEN)
    found = [
        Task("応援を依頼しました", str(one), reverse("exchange:request", args=[one.pk]), one.first, False,
             f"{one.people}人のうち{one.taken}人を選定")
        for one in asked
    ]  # fmt: skip
    for one in Assignment.objects.filter(user=user, state__in=HOLDING).select_related("request", "user"):
        found.append(
            Task("応援に選ばれました", str(one.request), _url(one), one.first, False, words.STATES[one.state])
        )
    return found


def _url(one: Assignment) -> str:
    return reverse("exchange:assignment", args=[one.pk])
