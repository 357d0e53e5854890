"""The transfer in April (人事異動): many posts change hands on one day, all or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from kaikaku.core.errors import RuleViolation
from kaikaku.org.models import Holding, Post
from kaikaku.org.services.posts import appoint, release

if TYPE_CHECKING:
    from kaikaku.org.models import User


@dataclass(frozen=True, slots=True)
class Change:
    """A post and who holds it from the day on; None leaves it vacant."""

    post: Post
    holder: User | None


@dataclass(frozen=True, slots=True)
class Transferred:
    """What a transfer did: the new holdings, and the posts that nobody holds from the day on."""

    appointed: tuple[Holding, ...]
    vacant: tuple[Post, ...]


@transaction.atomic
def transfer(
    *, changes: Sequence[Change], from_day: date, by: User | None, leave_old_posts: bool = True
) -> Transferred:
    """Give posts to their next holders from a day on; who holds them now is released the day before.

    Deputies (代決) stay as they are. With `leave_old_posts`, who takes a new post leaves their others of the
    same kind, unless the transfer gives them those too. Who has the post already simply keeps it.
    """
    last_day = from_day - timedelta(days=1)
    by_post = {change.post.pk: change.holder for change in changes}
    if len(by_post) < len(changes):
        raise RuleViolation("org.transferred_twice", "同じ職が2回指定されています。1回にしてください。")
    leaving = Q(post__in=by_post)
    if leave_old_posts:
        moving = [change.holder for change in changes if change.holder is not None]
        kinds = {change.post.role for change in changes if change.holder is not None}
        leaving |= Q(user__in=moving, post__role__in=kinds)
    held = Holding.objects.select_for_update(of=("self",)).filter(
        leaving, Q(to_day__isnull=True) | Q(to_day__gte=from_day), acting=False
    )
    kept: set[int] = set()
    left: dict[int, Post] = {}
    for holding in held.select_related("post__department__organisation", "user").order_by("pk"):
        if by_post.get(holding.post_id) == holding.user and holding.from_day <= from_day:
            kept.add(holding.post_id)
            continue
        if holding.from_day > last_day:
            raise RuleViolation(
                "org.already_promised",
                f"「{holding.post}」には、同じ日かその後から{holding.user}さんが就くことになっています。"
                "先にその発令の最終日を直してください。",
                field=f"to-{holding.post_id}",
            )
        release(holding=holding, to_day=last_day, by=by)
        left[holding.post_id] = holding.post
    appointed = tuple(
        appoint(post=change.post, user=change.holder, from_day=from_day, by=by)
        for change in changes
        if change.holder is not None and change.post.pk not in kept
    )
    filled = {holding.post_id for holding in appointed} | kept
    return Transferred(appointed, tuple(post for pk, post in left.items() if pk not in filled))
