"""Reading the log, always for a user of the organisation it belongs to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from kaikaku.core.eras import show_date, show_fiscal_year

from .actions import fields, sentences
from .models import Entry

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User


# Columns that hold a fiscal year, whatever the table.
YEARS = {"fiscal_year", "period_from", "period_to", "cumulative_from"}


@dataclass(frozen=True, slots=True)
class Filter:
    """What part of the log is wanted; None and "" mean all. Days are inclusive, in the government's time."""

    words: str = ""
    by: int | None = None
    area: str = ""
    first: date | None = None
    last: date | None = None


def latest_of(organisation: Organisation, areas: Collection[str]) -> dict[str, int]:
    """The number of the last entry of each area (an app's label); none of one that has never written."""
    entries = Entry.objects.filter(organisation=organisation).order_by("-at", "-number")
    found = {
        area: entries.filter(action__startswith=f"{area}.").values_list("number", flat=True).first()
        for area in areas
    }
    return {area: number for area, number in found.items() if number is not None}


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
    columns, words = _columns(entry.subject_type), fields(entry.action.split(".")[0])
    found = []
    for name in dict.fromkeys([*old, *new]):
        column = columns.get(name)
        label = words.get(name) or (str(column.verbose_name) if column else name)
        found.append((label, _shown(old.get(name), column, words), _shown(new.get(name), column, words)))
    return found


def _columns(subject_type: str) -> dict[str, models.Field[Any, Any]]:
    """The subject's fields by name; of a model since gone, none."""
    try:
        model = apps.get_model(subject_type)
    except (LookupError, ValueError):
        return {}
    columns = [field for field in model._meta.get_fields() if isinstance(field, models.Field)]
    return {name: column for column in columns for name in (column.name, column.attname)}


def _shown(value: Any, column: models.Field[Any, Any] | None, words: Mapping[str, str]) -> str:
    if column is not None and column.choices and not isinstance(value, bool):
        value = dict(column.flatchoices).get(value, value)
    if isinstance(column, models.DateField) and isinstance(value, str) and len(value) == len("2026-04-01"):
        return show_date(date.fromisoformat(value))
    if column is not None and column.name in YEARS and isinstance(value, int):
        return show_fiscal_year(value)
    text = _plain(value, words)
    return text if len(text) <= 120 else f"{text[:120]}…"


def _plain(value: Any, words: Mapping[str, str]) -> str:
    """A value of the log in words: a list with 、, a rule by its name, counts each with what they count."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, list):
        return "、".join(_plain(part, words) for part in value)
    if isinstance(value, dict):
        if isinstance(value.get("name"), str):
            return str(value["name"])
        return "、".join(f"{words.get(name, name)}{_plain(part, words)}" for name, part in value.items())
    return str(value)


def _of(user: User) -> QuerySet[Entry]:
    if user.organisation_id is None:
        raise Http404
    entries = Entry.objects.filter(organisation=user.organisation_id)
    return entries.select_related("by").order_by("-number")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
