"""An item's page: the log of its loops (OODA), the same events by year (PDCA), and what experts said of it.

Whatever was said of what the item comes from, in earlier editions, is said of the item.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from kaikaku.org.queries import today
from kaikaku.plans import queries as plans
from kaikaku.plans.models import Indicator, Section
from kaikaku.reviews.models import AgendaItem, Attachment, Event, Handling, Loop, Opinion
from kaikaku.reviews.queries.access import loops_for
from kaikaku.reviews.queries.causes import EVENT
from kaikaku.reviews.queries.lineage import about_any, key_of_row
from kaikaku.reviews.queries.loops import is_late
from kaikaku.reviews.queries.opinions import opinions_seen
from kaikaku.reviews.queries.yearly import Year, years_of

if TYPE_CHECKING:
    from kaikaku.org.models import User


@dataclass(frozen=True, slots=True)
class LoopShown:
    """A loop with its events in order; `earlier` is the item of an earlier edition that it was begun on.

    `changed` are the lines that cite it, `handlings` what drafts decided to do with it.
    """

    loop: Loop
    events: tuple[Event, ...]
    late: bool
    earlier: Section | Indicator | None = None
    changed: tuple[Section | Indicator, ...] = ()
    handlings: tuple[Handling, ...] = ()


@dataclass(frozen=True, slots=True)
class SubjectPage:
    """An item with its loops, latest first, its years, latest first, where it stood on agendas, what experts
    said of it, and what it has become since.
    """

    loops: tuple[LoopShown, ...]
    years: tuple[Year, ...]
    agenda: tuple[AgendaItem, ...]
    opinions: tuple[Opinion, ...]
    heirs: tuple[Section | Indicator, ...]


def subject_page(user: User, subject: Section | Indicator) -> SubjectPage:
    """Read an item's page; a constant number of queries, however many events it has."""
    descent = plans.descent_of([subject.edition.plan_id])
    own = plans.key_of_part(subject)
    origins = descent.origins(own)
    parts = plans.parts_by_key([*origins, *descent.heirs(own)])
    loops = _loops(user, origins, own)
    agenda = AgendaItem.objects.filter(about_any(origins), removed_at__isnull=True)
    return SubjectPage(
        loops=loops,
        years=tuple(
            years_of(
                [parts.get(key, subject) if key != own else subject for key in origins if key in parts],
                [(one.loop, one.events) for one in loops],
            )
        ),
        agenda=tuple(agenda.select_related("meeting").order_by("-meeting__held_on")),
        opinions=tuple(_opinions(user, origins)),
        heirs=tuple(plans.latest(part for key, part in parts.items() if key not in origins)),
    )


def _loops(user: User, origins: frozenset[tuple[str, int]], own: tuple[str, int]) -> tuple[LoopShown, ...]:
    on = today()
    events = Event.objects.select_related(
        "by",
        "citation__document",
        "entry__by",
        "to_section__edition",
        "to_indicator__edition",
        "agenda_item__meeting",
    ).defer("citation__document__text_lines", "citation__document__places")
    events = events.prefetch_related(
        Prefetch(
            "attachments",
            Attachment.objects.select_related("document").defer("document__text_lines", "document__places"),
        )
    )
    rows = (
        loops_for(user)
        .filter(about_any(origins))
        .prefetch_related(
            Prefetch("events", events), Prefetch("handlings", Handling.objects.select_related("edition"))
        )
    )
    loops = list(rows)
    of_event = {event.pk: loop.pk for loop in loops for event in loop.events.all()}
    changed: dict[int, dict[tuple[str, int], Section | Indicator]] = defaultdict(dict)
    for event, parts in plans.parts_changed_by(EVENT, [*of_event]).items():
        changed[of_event[event]].update({plans.key_of_part(part): part for part in parts})
    return tuple(
        LoopShown(
            loop,
            tuple(loop.events.all()),
            is_late(loop, on),
            earlier=None if key_of_row(loop) == own else loop.subject,
            changed=tuple(changed[loop.pk].values()),
            handlings=tuple(loop.handlings.all()),
        )
        for loop in loops
    )


def _opinions(user: User, origins: Sequence[tuple[str, int]] | frozenset[tuple[str, int]]) -> list[Opinion]:
    """What experts said of the item, of what the reader may read, oldest first."""
    rows = Opinion.objects.filter(about_any(origins, prefix="item__"), item__removed_at__isnull=True)
    rows = rows.select_related(
        "by",
        "item__meeting",
        "answer__department",
        "answer__to_section__edition",
        "answer__to_indicator__edition",
    )
    return opinions_seen(user, rows.order_by("item__meeting__held_on", "pk"))
