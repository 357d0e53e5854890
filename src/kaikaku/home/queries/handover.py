"""The handover page of a post: who held it, and what the apps say belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from kaikaku.org.access import OFFICE, allowed
from kaikaku.org.models import Holding, Post
from kaikaku.org.queries import history_of_post, organisation_of, post_for, today
from kaikaku.ui.collecting import offers
from kaikaku.ui.tasks import Handed

if TYPE_CHECKING:
    from kaikaku.org.models import User

# who has left a post still hands it over for this long, and who comes reads ahead as early
AROUND = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Handover:
    """A post with its holders, latest first, and what is to be handed over."""

    post: Post
    holders: list[Holding]
    handed: list[Handed]


def handover(user: User, pk: int, *, on: date | None = None) -> Handover:
    """The page of one post: for the office and for who holds it, has just left it or will have it; 404 of
    another government's.
    """
    on = on or today()
    post = post_for(user, pk)
    holders = history_of_post(post)
    if not allowed(user, *OFFICE) and not any(_concerns(held, user, on) for held in holders):
        raise PermissionDenied(
            f"「{post}」の引継ぎを見られるのは、この職に就いている人、前後60日以内に就く人・就いていた人、事務局です。"
        )
    handed = [one for offered in offers("handover_of") for one in offered(post, on=on)]
    return Handover(post, holders, handed)


def _concerns(held: Holding, user: User, on: date) -> bool:
    started = held.from_day <= on + AROUND
    return held.user_id == user.pk and started and (held.to_day is None or held.to_day >= on - AROUND)


def posts_to_hand_over(user: User, *, on: date | None = None) -> list[Post]:
    """One's own posts, and to the office every post that changes hands around the day."""
    on = on or today()
    own = Q(holdings__user=user, holdings__from_day__lte=on + AROUND) & (
        Q(holdings__to_day__isnull=True) | Q(holdings__to_day__gte=on - AROUND)
    )
    if allowed(user, *OFFICE):
        around = (on - AROUND, on + AROUND)
        # what began with the post itself is no change of hands
        own |= Q(holdings__to_day__range=around) | Q(holdings__from_day__range=around)
    posts = Post.objects.filter(own, department__organisation=organisation_of(user)).distinct()
    return list(posts.select_related("department").order_by("department__position", "department", "pk"))
