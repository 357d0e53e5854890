"""To which sheet or round a subject of the log belongs, and whether it is the person's own."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.urls import reverse

from kaikaku.org.queries import department_ids_of
from kaikaku.reporting.models import Round, Sheet
from kaikaku.reporting.queries.access import rounds_for, sheets_for
from kaikaku.ui.following import Subject, Thing, keys_of

if TYPE_CHECKING:
    from kaikaku.org.models import User

SHEET, ROUND = Sheet._meta.label_lower, Round._meta.label_lower


def followed_types() -> frozenset[str]:
    """The kinds of subject that `things_for` knows."""
    return frozenset({SHEET, ROUND})


def things_for(user: User, subjects: Collection[Subject]) -> dict[Subject, Thing]:
    """The sheets and rounds among the subjects; a sheet is mine if my department answers it."""
    found: dict[Subject, Thing] = {}
    sheets = keys_of(subjects, SHEET)
    mine = department_ids_of(user) if sheets else frozenset()
    for sheet in sheets_for(user).filter(pk__in=sheets) if sheets else ():
        subject = (SHEET, str(sheet.pk))
        url = reverse("reporting:sheet", args=[sheet.pk])
        within = ((ROUND, str(sheet.round_id)),)
        found[subject] = Thing(subject, "調書", str(sheet), url, sheet.department_id in mine, within)
    rounds = keys_of(subjects, ROUND)
    for one in rounds_for(user).filter(pk__in=rounds) if rounds else ():
        subject = (ROUND, str(one.pk))
        found[subject] = Thing(subject, "照会", str(one), reverse("reporting:round", args=[one.pk]))
    return found
