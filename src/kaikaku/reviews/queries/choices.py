"""What forms of reviews offer, and the rows behind what was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import localtime

from kaikaku.audit.actions import sentence
from kaikaku.audit.models import Entry
from kaikaku.core.eras import show_date
from kaikaku.org.queries import organisation_of
from kaikaku.plans import queries as plans
from kaikaku.plans.models import Edition, Figure, Indicator, Item, Section
from kaikaku.reviews.models import Event, Loop
from kaikaku.sources.queries import documents_for_all

if TYPE_CHECKING:
    from kaikaku.org.models import User

MOST_ENTRIES = 30


def subject_in(edition: Edition, key: str) -> Section | Indicator:
    """The item of a key (s3, i12) in an edition, or 404."""
    kind, pk = key[:1], key[1:]
    if kind not in ("s", "i") or not pk.isdecimal() or len(pk) > 12:
        raise Http404
    mine = {"pk": int(pk), "edition": edition, "removed_at__isnull": True}
    if kind == "s":
        return get_object_or_404(Section.objects.select_related("edition__plan__organisation"), **mine)
    return get_object_or_404(Indicator.objects.select_related("edition__plan__organisation"), **mine)


def key_of(subject: Section | Indicator) -> str:
    """What names an item in a form: s3, i12."""
    return f"{'s' if isinstance(subject, Section) else 'i'}{subject.pk}"


def events_of(loop: Loop) -> list[Event]:
    """What has been recorded of a loop, oldest first."""
    return list(loop.events.order_by("pk"))


def subject_choices(edition: Edition) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every section and indicator of an edition, by kind, in order."""
    indicators = Indicator.objects.filter(edition=edition, removed_at__isnull=True).order_by("position", "pk")
    sections = [(f"s{key}", title) for key, title in plans.section_choices(edition)]
    named = [(f"i{pk}", name) for pk, name in indicators.values_list("pk", "name")]
    return [group for group in (("見出し・取組", sections), ("指標", named)) if group[1]]


def target_choices(edition: Edition, *, others_only: bool) -> list[tuple[str, list[tuple[str, str]]]]:
    """The lines an act or an answer may lead to: those of the plan's editions, newest first."""
    editions = Edition.objects.filter(plan=edition.plan_id).order_by("-fiscal_year", "-pk")
    if others_only:
        editions = editions.exclude(pk=edition.pk)
    return [(f"{one.title}：{kind}", choices) for one in editions for kind, choices in subject_choices(one)]


def target_in(edition: Edition, key: str) -> Section | Indicator | None:
    """A line of the plan by its key, None for none, or 404."""
    if not key:
        return None
    find = plans.section_in_plan if key[0] == "s" else plans.indicator_in_plan
    return find(edition.plan, int(key[1:]))


def document_choices(user: User) -> list[tuple[int, str]]:
    """The kept documents that may be cited: an observation is read by all staff, and so is what it quotes."""
    return [(document.pk, document.title) for document in documents_for_all(user)]


def entry_choices(user: User, loop: Loop) -> list[tuple[int, str]]:
    """The changes of the item on record since the loop began, latest first."""
    entries = _entries(user, loop).select_related("by").order_by("-number")[:MOST_ENTRIES]
    return [(entry.pk, _entry_words(entry)) for entry in entries]


def entry_in(user: User, loop: Loop, key: int | None) -> Entry | None:
    """One of these, None for none, or 404."""
    if key is None:
        return None
    entry = _entries(user, loop).filter(pk=key).first()
    if entry is None:
        raise Http404
    return entry


def _entries(user: User, loop: Loop) -> QuerySet[Entry]:
    """What the log holds of the item and its heirs, their lines and figures since the loop began."""
    subject = loop.subject
    heirs = plans.descent_of([subject.edition.plan_id]).heirs(plans.key_of_part(subject))
    parts = [pk for _, pk in heirs]
    here = Q(subject_type=subject._meta.label_lower, subject_id__in=[str(pk) for pk in parts])
    rows: QuerySet[Any] = (
        Item.objects.filter(section__in=parts)
        if isinstance(subject, Section)
        else Figure.objects.filter(indicator__in=parts)
    )
    keys = [str(pk) for pk in rows.values_list("pk", flat=True)]
    here |= Q(subject_type=rows.model._meta.label_lower, subject_id__in=keys)
    return Entry.objects.filter(here, organisation=organisation_of(user), at__gte=loop.opened_at)


def _entry_words(entry: Entry) -> str:
    day = localtime(entry.at).date()
    who = entry.by.name if entry.by else "システム"
    return f"{show_date(day)}　{sentence(entry.action)}（{entry.subject_label}、{who}）"
