"""What of reviews a post hands over: loops that are open on its items, opinions to be answered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from kaikaku.org.queries import today, tree_of
from kaikaku.org.roles import Role
from kaikaku.reviews import words
from kaikaku.reviews.models import AgendaItem, Loop, Opinion
from kaikaku.reviews.queries.loops import is_late, url_of
from kaikaku.reviews.queries.opinions import Owners
from kaikaku.reviews.queries.tasks import NEXT_STEP
from kaikaku.ui.tasks import Handed, Task

if TYPE_CHECKING:
    from kaikaku.org.models import Post

ROLES = (Role.CLERK, Role.CHIEF, Role.SECRETARIAT)


def handover_of(post: Post, *, on: date | None = None) -> list[Handed]:
    """The open loops and unanswered opinions of the post's sections; of all, for the office."""
    on = on or today()
    if post.role not in ROLES:
        return []
    organisation = post.department.organisation
    loops = Loop.objects.filter(edition__plan__organisation=organisation, closed_at__isnull=True)
    opinions = Opinion.objects.filter(
        item__meeting__edition__plan__organisation=organisation,
        item__removed_at__isnull=True,
        answer__isnull=True,
    )
    open_loops = list(loops.select_related("section", "indicator"))
    asked = list(opinions.select_related("item__meeting", "item__section", "item__indicator"))
    editions = {loop.edition_id for loop in open_loops} | {one.item.meeting.edition_id for one in asked}
    mine = _Mine(post, on, editions)
    return [
        Handed(
            "見直しの途中の項目",
            [_loop(loop, on) for loop in open_loops if mine.has(loop)],
            "途中の見直しはありません。",
        ),
        Handed(
            "回答を待っている委員の意見",
            [_opinion(one, on) for one in asked if mine.has(one.item)],
            "回答を待っている意見はありません。",
        ),
    ]


class _Mine:
    """Whether a row is about something that the post's department, or one it succeeded, is in charge of."""

    def __init__(self, post: Post, on: date, editions: set[int]) -> None:
        self.all = post.role == Role.SECRETARIAT
        self.owners = Owners(editions)
        tree = tree_of(post.department.organisation, on)
        here = tree.heir(post.department_id)
        below = tree.below(here.pk) if here and post.role == Role.CHIEF else []
        self.departments = tree.with_predecessors([here.pk, *(d.pk for d in below)]) if here else frozenset()

    def has(self, row: Loop | AgendaItem) -> bool:
        return self.all or (self.owners.of(row) or 0) in self.departments


def _loop(loop: Loop, on: date) -> Task:
    late = is_late(loop, on)
    what = "決定を見直す" if late else NEXT_STEP[loop.stage]
    title = loop.titled
    return Task(what, title, url_of(loop), loop.review_by, late, words.STAGES[loop.stage])


def _opinion(opinion: Opinion, on: date) -> Task:
    item, held = opinion.item, opinion.item.meeting.held_on
    url = reverse("reviews:answer", args=[opinion.pk])
    return Task("回答する", f"{item}（{item.meeting.title}）", url, held, held < on, words.UNANSWERED)
