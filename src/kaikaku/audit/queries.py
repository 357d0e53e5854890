"""Reading the log, always for a user of the organisation it belongs to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from kaikaku.core.eras import show_date

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


def changed(entry: Entry) -> list[tuple[str, str, str]]:
    """(field, what it was, what it became) of an entry, in words, "" for nothing; long texts are cut."""
    old, new = entry.old or {}, entry.new or {}
    names = [*old, *(name for name in new if name not in old)]
    fields = _fields(entry.subject_type)
    return [_change(name, fields.get(name), old.get(name), new.get(name)) for name in names]


def _change(name: str, field: models.Field[Any, Any] | None, old: Any, new: Any) -> tuple[str, str, str]:
    label = str(field.verbose_name) if field else name
    return label, _shown(old, field), _shown(new, field)


def _fields(subject_type: str) -> dict[str, models.Field[Any, Any]]:
    """The subject's fields by name; of a model since gone, none."""
    try:
        model = apps.get_model(subject_type)
    except (LookupError, ValueError):
        return {}
    fields = [field for field in model._meta.get_fields() if isinstance(field, models.Field)]
    return {name: field for field in fields for name in (field.name, field.attname)}


def _shown(value: Any, field: models.Field[Any, Any] | None) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateField) and isinstance(value, str) and len(value) == len("2026-04-01"):
        return show_date(date.fromisoformat(value))
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else f"{text[:120]}…"


def _of(user: User) -> QuerySet[Entry]:
    if user.organisation_id is None:
        raise Http404
    entries = Entry.objects.filter(organisation=user.organisation_id)
    return entries.select_related("by").order_by("-number")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
