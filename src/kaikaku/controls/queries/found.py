"""Searching through the register and the incidents, for those who work there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

from kaikaku.controls.models import risk_code
from kaikaku.controls.queries.access import READERS, incidents_for, risks_for
from kaikaku.org.access import allowed
from kaikaku.org.roles import Role
from kaikaku.ui.search import MOST_SHOWN, Group, Hit, Wanted, address_of

if TYPE_CHECKING:
    from kaikaku.org.models import User


def found_for(user: User, wanted: Wanted) -> Iterator[Group]:
    """The risks and the incidents that have the words; one query each."""
    if allowed(user, Role.EMPLOYEE):
        hits = list(_risks(user, wanted))
        yield Group("リスク（内部統制）", tuple(hits[:MOST_SHOWN]), len(hits), order=75)
    if allowed(user, *READERS):
        hits = list(_incidents(user, wanted))
        yield Group("事故・ミス（内部統制）", tuple(hits[:MOST_SHOWN]), len(hits), order=76)


def _risks(user: User, wanted: Wanted) -> Iterator[Hit]:
    address = address_of("controls:risk")
    rows = risks_for(user).values_list(
        "pk", "number", "event", "process", "cause", "quality", "department__name"
    )
    for pk, number, event, *said, department in rows:
        text = "　".join(filter(None, said))
        if wanted.fits(event, text):
            yield Hit(f"{risk_code(number)} {event}", address.format(pk), text, department)


def _incidents(user: User, wanted: Wanted) -> Iterator[Hit]:
    for row in incidents_for(user):
        text = "　".join(filter(None, (row.process, row.what, row.cause, row.remedy)))
        if wanted.fits(row.title, text):
            yield Hit(row.title, reverse("controls:incident", args=[row.pk]), text, row.department.name)
