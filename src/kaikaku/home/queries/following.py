"""What has changed in what a person follows: the parts of plans their departments are in charge of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Model, Q, QuerySet
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
LOOKED_AT = 2000
_TYPES = frozenset(model._meta.label_lower for model in (Edition, Section, Indicator, Item, Figure))
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
    """The latest changes of the last 14 days by others, and how many there were; constant queries.

    Of a government that writes more than `LOOKED_AT` entries in that time only the latest are looked at.
    """
    if user.organisation_id is None:
        return [], 0
    since = timezone.now() - timedelta(days=DAYS)
    entries = Entry.objects.filter(
        organisation=user.organisation_id, at__gte=since, subject_type__in=list(_TYPES)
    )
    rows = entries.exclude(by=user).order_by("-number").values_list("pk", "subject_type", "subject_id")
    latest = list(rows[:LOOKED_AT])
    followed = _followed(user, latest)
    mine = [pk for pk, kind, key in latest if (kind, int(key)) in followed]
    shown = list(Entry.objects.filter(pk__in=mine[:MOST]).select_related("by").order_by("-number"))
    pages = _pages(shown)
    return [_change(entry, pages) for entry in shown], len(mine)


def _followed(user: User, latest: list[tuple[int, str, str]]) -> set[tuple[str, int]]:
    """Which of the subjects are the person's to follow."""
    mine = department_ids_of(user)
    sections = Section.objects.filter(owner__in=mine)
    indicators = Indicator.objects.filter(Q(owner__in=mine) | Q(section__owner__in=mine))
    editions = Edition.objects.all()
    if not allowed(user, *OVERSEERS):
        # two sub-queries, not joins: each section beside each indicator would be millions of rows
        has_part = Q(pk__in=sections.values("edition")) | Q(pk__in=indicators.values("edition"))
        editions = editions.filter(has_part)
    asked: list[tuple[type[Model], QuerySet[Any]]] = [
        (Edition, editions),
        (Section, sections),
        (Indicator, indicators),
        (Item, Item.objects.filter(section__owner__in=mine)),
        (Figure, Figure.objects.filter(Q(indicator__owner__in=mine) | Q(indicator__section__owner__in=mine))),
    ]
    found: set[tuple[str, int]] = set()
    for model, rows in asked:
        kind = model._meta.label_lower
        keys = {int(key) for _, subject, key in latest if subject == kind}
        found |= {(kind, pk) for pk in rows.order_by().filter(pk__in=keys).values_list("pk", flat=True)}
    return found


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
