"""An item's page: the log of its loops (OODA) and the same events by year (PDCA); what forms offer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import localtime

from kaikaku.audit.actions import sentence
from kaikaku.audit.models import Entry
from kaikaku.core.eras import show_date
from kaikaku.org.queries import organisation_of, today
from kaikaku.plans import queries as plans
from kaikaku.plans import results
from kaikaku.plans.models import Edition, Figure, Indicator, Item, Section
from kaikaku.plans.queries.rows import indicators_of, items_of
from kaikaku.reviews.models import AgendaItem, Event, Loop
from kaikaku.reviews.queries.access import loops_for
from kaikaku.reviews.queries.loops import is_late
from kaikaku.reviews.shown import Line, line_of
from kaikaku.sources.queries import documents_for

if TYPE_CHECKING:
    from kaikaku.org.models import User

MOST_ENTRIES = 30
# The two halves of a yearly table: what was found, and what was done about it.
FOUND = ("observation", "orientation")
DONE = ("decision", "act")


@dataclass(frozen=True, slots=True)
class LoopShown:
    """A loop with its events in order."""

    loop: Loop
    events: tuple[Event, ...]
    late: bool


@dataclass(frozen=True, slots=True)
class Year:
    """A year of an item: planned (目標), done (実績), rated (評価), and the events on it (改善)."""

    fiscal_year: int
    lines: tuple[Line, ...]
    plans: tuple[str, ...]
    done: tuple[str, ...]
    found: tuple[Event, ...]
    improved: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class SubjectPage:
    """An item with its loops, latest first, its years, latest first, and where it stood on agendas."""

    loops: tuple[LoopShown, ...]
    years: tuple[Year, ...]
    agenda: tuple[AgendaItem, ...]


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


def subject_page(user: User, subject: Section | Indicator) -> SubjectPage:
    """Read an item's page; a constant number of queries, however many events it has."""
    on = today()
    events = Event.objects.select_related(
        "by",
        "citation__document",
        "entry__by",
        "to_section__edition",
        "to_indicator__edition",
        "agenda_item__meeting",
    ).defer("citation__document__text_lines", "citation__document__places")
    loops = list(loops_for(user).filter(_of(subject)).prefetch_related(Prefetch("events", events)))
    shown = tuple(LoopShown(loop, tuple(loop.events.all()), is_late(loop, on)) for loop in loops)
    agenda = AgendaItem.objects.filter(_of(subject), removed_at__isnull=True).select_related("meeting")
    return SubjectPage(
        loops=shown, years=tuple(_years(subject, shown)), agenda=tuple(agenda.order_by("-meeting__held_on"))
    )


def _of(subject: Section | Indicator) -> Q:
    return Q(section=subject) if isinstance(subject, Section) else Q(indicator=subject)


def _years(subject: Section | Indicator, loops: Sequence[LoopShown]) -> list[Year]:
    """The years that have figures, lines or events, latest first."""
    by_year: dict[int, list[Event]] = defaultdict(list)
    for one in loops:
        by_year[one.loop.fiscal_year].extend(one.events)
    edition = subject.edition
    if isinstance(subject, Indicator):
        facts = indicators_of(edition.pk, only=subject.pk)
        texts: dict[int, dict[str, list[str]]] = {}
    else:
        facts = indicators_of(edition.pk, section=subject.pk)
        texts = _texts(edition, subject)
    scheme = plans.scheme_of(edition)
    years = {year for one in facts for year in one.years()} | set(by_year) | set(texts)
    found = []
    for year in sorted(years, reverse=True):
        rated = [results.rate_indicator(one, fiscal_year=year, scheme=scheme) for one in facts]
        events = sorted(by_year[year], key=lambda event: (event.happened_on, event.pk))
        found.append(
            Year(
                fiscal_year=year,
                lines=tuple(line_of(result) for result in rated if result.actual or result.target),
                plans=tuple(texts.get(year, {}).get("plan", ())),
                done=tuple(texts.get(year, {}).get("done", ())),
                found=tuple(event for event in events if event.kind in FOUND),
                improved=tuple(event for event in events if event.kind in DONE),
            )
        )
    return found


def _texts(edition: Edition, section: Section) -> dict[int, dict[str, list[str]]]:
    """A section's own lines by year: what was planned, what was done."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for item in items_of(edition.pk, section=section.pk).get(section.pk, []):
        if item.fiscal_year is not None:
            found[item.fiscal_year]["plan" if item.kind == "plan" else "done"].append(plans.item_text(item))
    return found


def events_of(loop: Loop) -> list[Event]:
    """What has been recorded of a loop, oldest first."""
    return list(loop.events.order_by("pk"))


# --- what forms offer ----------------------------------------------------------------------------------


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
    """The kept documents that may be cited."""
    return [(document.pk, document.title) for document in documents_for(user)]


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
    """What the log holds of the item, its lines and figures since the loop began."""
    subject = loop.subject
    here = Q(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))
    rows: QuerySet[Any] = (
        Item.objects.filter(section=subject)
        if isinstance(subject, Section)
        else Figure.objects.filter(indicator=subject)
    )
    keys = [str(pk) for pk in rows.values_list("pk", flat=True)]
    here |= Q(subject_type=rows.model._meta.label_lower, subject_id__in=keys)
    return Entry.objects.filter(here, organisation=organisation_of(user), at__gte=loop.opened_at)


def _entry_words(entry: Entry) -> str:
    day = localtime(entry.at).date()
    who = entry.by.name if entry.by else "システム"
    return f"{show_date(day)}　{sentence(entry.action)}（{entry.subject_label}、{who}）"
