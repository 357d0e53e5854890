"""Searching through requests for help."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

from kaikaku.core.text import fold
from kaikaku.exchange.queries.access import requests_for
from kaikaku.org.access import allowed
from kaikaku.org.roles import Role
from kaikaku.ui.search import MOST_SHOWN, Group, Hit, Wanted

if TYPE_CHECKING:
    from kaikaku.org.models import User


def found_for(user: User, wanted: Wanted) -> Iterator[Group]:
    """The requests whose words have all that is looked for."""
    if not allowed(user, Role.EMPLOYEE):
        return
    found = [
        one
        for one in requests_for(user)
        if all(key in fold(f"{one.title} {one.duties} {one.department.name}") for key in wanted.keys)
    ]
    hits = tuple(
        Hit(one.title, reverse("exchange:request", args=[one.pk]), one.duties, str(one.scheme))
        for one in found[:MOST_SHOWN]
    )
    yield Group("応援の依頼", hits, len(found), order=66)
