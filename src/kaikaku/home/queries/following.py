"""What has changed in what a person follows: the parts of plans their departments are in charge of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import CharField, Model, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from kaikaku.audit.actions import sentence
from kaikaku.audit.models import Entry
from kaikaku.org.access import allowed
from kaikaku.org.queries import department_ids_of
from kaikaku.org.roles import Role
from kaikaku.plans.models import Edition, Figure, Indicator, Item, Section

if TYPE_CHECKING:
    from kaikaku.org.models import User

DAYS = 14
MOST = 12
# who follows every edition of the government
OVERSEERS = (Role.SECRETARIAT, Role.EXECUTIVE)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing done by somebody else to something the person follows."""

    at: datetime
    who: str
    what: str
    subject: str
    url: str
    note: str


def changes_for(user: User) -> tuple[list[Change], int]:
    """The latest changes of the last 14 days by others, and how many there were in all; constant queries."""
    if user.organisation_id is None:
        return [], 0
    entries = (
        Entry.objects.filter(organisation=user.organisation_id, at__gte=timezone.now() - timedelta(days=DAYS))
        .filter(_followed(user))
        .exclude(by=user)
        .select_related("by")
        .order_by("-number")
    )
    shown = list(entries[:MOST])
    pages = _pages(shown)
    return [_change(entry, pages) for entry in shown], entries.count()


def _followed(user: User) -> Q:
    mine = department_ids_of(user)
    sections = Section.objects.filter(owner__in=mine)
    indicators = Indicator.objects.filter(Q(owner__in=mine) | Q(section__owner__in=mine))
    editions = Edition.objects.filter(plan__organisation=user.organisation_id)
    if not allowed(user, *OVERSEERS):
        editions = editions.filter(Q(sections__in=sections) | Q(indicators__in=indicators)).distinct()
    return (
        _about(Edition, editions)
        | _about(Section, sections)
        | _about(Indicator, indicators)
        | _about(Item, Item.objects.filter(section__in=sections))
        | _about(Figure, Figure.objects.filter(indicator__in=indicators))
    )


def _about(model: type[Model], rows: QuerySet[Model]) -> Q:
    """Entries about one of these rows; the log keeps keys as text."""
    keys = rows.order_by().annotate(key=Cast("pk", CharField())).values("key")
    return Q(subject_type=model._meta.label_lower, subject_id__in=keys)


def _pages(entries: list[Entry]) -> dict[tuple[str, str], str]:
    """Where each subject is shown: an item on its section's page, a figure on its indicator's."""

    def keys(model: type[Model]) -> list[str]:
        return [e.subject_id for e in entries if e.subject_type == model._meta.label_lower]

    pages = {
        (model._meta.label_lower, key): reverse(f"plans:{page}", args=[key])
        for model, page in ((Edition, "edition"), (Section, "section"), (Indicator, "indicator"))
        for key in keys(model)
    }
    for pk, section in Item.objects.filter(pk__in=keys(Item)).values_list("pk", "section"):
        pages[Item._meta.label_lower, str(pk)] = reverse("plans:section", args=[section])
    for pk, indicator in Figure.objects.filter(pk__in=keys(Figure)).values_list("pk", "indicator"):
        pages[Figure._meta.label_lower, str(pk)] = reverse("plans:indicator", args=[indicator])
    return pages


def _change(entry: Entry, pages: dict[tuple[str, str], str]) -> Change:
    removed = entry.action.endswith(".removed")
    return Change(
        at=entry.at,
        who=entry.by.name if entry.by else "システム",
        what=sentence(entry.action),
        subject=entry.subject_label,
        url="" if removed else pages.get((entry.subject_type, entry.subject_id), ""),
        note=entry.note,
    )
