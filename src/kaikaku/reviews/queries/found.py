"""Searching through the log of the user's government, for those who work there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kaikaku.org.access import allowed
from kaikaku.org.queries import organisation_of
from kaikaku.org.roles import Role
from kaikaku.reviews.models import Event
from kaikaku.reviews.queries.loops import url_of
from kaikaku.ui.search import MOST_SHOWN, Group, Hit, Wanted

if TYPE_CHECKING:
    from kaikaku.org.models import User


def found_for(user: User, wanted: Wanted) -> Iterator[Group]:
    """The loops of which some event has the words, each once; one query."""
    if allowed(user, Role.EMPLOYEE):
        hits = list(_loops(organisation_of(user).pk, wanted))
        yield Group("点検・見直し", tuple(hits[:MOST_SHOWN]), len(hits), order=60)


def _loops(organisation: int, wanted: Wanted) -> Iterator[Hit]:
    events = Event.objects.filter(loop__edition__plan__organisation=organisation)
    events = events.select_related("loop__section", "loop__indicator").order_by("-loop", "pk")
    seen: set[int] = set()
    for event in events:
        loop = event.loop
        text = "　".join(filter(None, (event.text, event.evidence, event.alternatives, event.rejected)))
        if loop.pk not in seen and wanted.fits(loop.title, text):
            seen.add(loop.pk)
            yield Hit(loop.title, url_of(loop), text, str(loop.subject))
