"""Reading the log, always for a user of the organisation it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from .actions import sentences
from .models import Entry

if TYPE_CHECKING:
    from kaikaku.org.models import User


@dataclass(frozen=True, slots=True)
class Filter:
    """What part of the log is wanted; None and "" mean all. Days are inclusive, in the government's time."""

    words: str = ""
    by: int | None = None
    area: str = ""
    first: date | None = None
    last: date | None = None


def recent(user: User, wanted: Filter | None = None) -> QuerySet[Entry]:
    """The log of the user's organisation, newest first. Whether the user may read it is asked by the view."""
    wanted = wanted or Filter()
    entries = _of(user)
    if wanted.words:
        named = [code for code, text in sentences().items() if wanted.words in text]
        entries = entries.filter(
            Q(subject_label__icontains=wanted.words)
            | Q(note__icontains=wanted.words)
            | Q(by__name__icontains=wanted.words)
            | Q(action__in=named)
        )
    if wanted.by is not None:
        entries = entries.filter(by=wanted.by)
    if wanted.area:
        entries = entries.filter(action__startswith=f"{wanted.area}.")
    if wanted.first is not None:
        entries = entries.filter(at__gte=_midnight(wanted.first))
    if wanted.last is not None:
        entries = entries.filter(at__lt=_midnight(wanted.last + timedelta(days=1)))
    return entries


def history_of(user: User, obj: models.Model) -> QuerySet[Entry]:
    """What happened to one object, newest first."""
    return _of(user).filter(subject_type=obj._meta.label_lower, subject_id=str(obj.pk))


def _of(user: User) -> QuerySet[Entry]:
    if user.organisation_id is None:
        raise Http404
    entries = Entry.objects.filter(organisation=user.organisation_id)
    return entries.select_related("by").order_by("-number")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
