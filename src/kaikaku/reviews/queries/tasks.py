"""What of reviews waits for a person, by when (collected by home)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q
from django.urls import reverse

from kaikaku.org.access import allowed
from kaikaku.org.queries import department_ids_of, today
from kaikaku.org.roles import Role
from kaikaku.reviews import words
from kaikaku.reviews.models import Loop, Meeting, Opinion
from kaikaku.reviews.queries.access import loops_for
from kaikaku.reviews.queries.loops import is_late, url_of
from kaikaku.reviews.queries.opinions import IN_CHARGE, Owners
from kaikaku.ui.tasks import Task

if TYPE_CHECKING:
    from kaikaku.org.models import User

NEXT_STEP = {
    "observation": "気づきの意味を判断する",
    "orientation": "対応を決める",
    "decision": "決定を実行する",
    "act": "結果を見直す",
}


def tasks_for(user: User, *, on: date | None = None) -> list[Task]:
    """What waits for the person, what is due first at the top; constant queries."""
    if user.organisation_id is None:
        return []
    day = on or today()
    found = [*_loops(user, day), *_answers(user, day), *_opinions(user, day)]
    return sorted(found, key=lambda task: (task.due is None, task.due or date.max, task.title))


def _loops(user: User, on: date) -> Iterator[Task]:
    """For the office: loops that wait for the next step, and decisions to be looked at again."""
    if not allowed(user, Role.SECRETARIAT):
        return
    waiting = ~Q(stage="act") | Q(review_by__isnull=False)
    for loop in loops_for(user).filter(waiting, closed_at__isnull=True):
        yield _task(loop, on)


def _task(loop: Loop, on: date) -> Task:
    late = is_late(loop, on)
    what = "決定を見直す" if late else NEXT_STEP[loop.stage]
    title = loop.titled
    return Task(what, title, url_of(loop), loop.review_by, late, words.STAGES[loop.stage])


def _answers(user: User, on: date) -> Iterator[Task]:
    """Opinions on the items of one's sections that are not answered; to the office those of no section."""
    office = allowed(user, Role.SECRETARIAT)
    if not office and not allowed(user, *IN_CHARGE):
        return
    opinions = list(
        Opinion.objects.filter(
            item__meeting__edition__plan__organisation=user.organisation_id,
            item__removed_at__isnull=True,
            answer__isnull=True,
        ).select_related("item__meeting", "item__section", "item__indicator")
    )
    owners = Owners(opinion.item.edition_id for opinion in opinions)
    mine = department_ids_of(user, None, *IN_CHARGE)
    for opinion in opinions:
        owner = owners.of(opinion.item)
        if owner in mine or (office and owner is None):
            due, item = opinion.item.meeting.held_on, opinion.item
            url = reverse("reviews:answer", args=[opinion.pk])
            title = f"{item}（{item.meeting.title}）"
            yield Task("委員の意見に回答する", title, url, due, due < on, words.UNANSWERED)


def _opinions(user: User, on: date) -> Iterator[Task]:
    """For a member: the open meetings of which some item has no opinion of theirs yet."""
    if not allowed(user, Role.MEMBER):
        return
    standing = Q(items__removed_at__isnull=True)
    meetings = (
        Meeting.objects.filter(
            edition__plan__organisation=user.organisation_id,
            opened_at__isnull=False,
            concluded_at__isnull=True,
            opinions_due__gte=on,
        )
        .annotate(asked=Count("items", filter=standing, distinct=True))
        .annotate(written=Count("items", filter=standing & Q(items__opinions__by=user), distinct=True))
        .filter(written__lt=F("asked"))
    )
    for meeting in meetings:
        url = reverse("reviews:meeting", args=[meeting.pk])
        state = f"議題{meeting.asked}件のうち{meeting.written}件に記入"
        yield Task("議題に意見を書く", meeting.title, url, meeting.opinions_due, False, state)
