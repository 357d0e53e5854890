"""Searching through the ideas that a person may read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

from kaikaku.ideas.queries.access import ideas_for
from kaikaku.org.access import allowed
from kaikaku.org.roles import Role
from kaikaku.ui.search import MOST_SHOWN, Group, Hit, Wanted

if TYPE_CHECKING:
    from kaikaku.org.models import User


def found_for(user: User, wanted: Wanted) -> Iterator[Group]:
    """The ideas whose words have all that is looked for; the database looks, as there may be very many."""
    if not allowed(user, Role.EMPLOYEE):
        return
    ideas = ideas_for(user)
    for key in wanted.keys:
        ideas = ideas.filter(search_key__contains=key)
    hits = tuple(
        Hit(idea.title, reverse("ideas:idea", args=[idea.pk]), idea.text, str(idea.campaign))
        for idea in ideas.order_by("-pk")[:MOST_SHOWN]
    )
    yield Group("職員提案", hits, ideas.count() if len(hits) == MOST_SHOWN else len(hits), order=65)
