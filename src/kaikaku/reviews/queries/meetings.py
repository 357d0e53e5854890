"""What the pages of a meeting and of its items show."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kaikaku.org.access import allowed
from kaikaku.org.queries import today
from kaikaku.org.roles import Role
from kaikaku.plans.queries import scheme_of
from kaikaku.reporting.queries import to_report
from kaikaku.reviews.models import AgendaItem, Event, Meeting, Opinion
from kaikaku.reviews.queries.agenda import shown_of
from kaikaku.reviews.queries.opinions import may_answer, opinions_seen
from kaikaku.reviews.shown import Shown

if TYPE_CHECKING:
    from kaikaku.org.models import User


def sheets_to_report(user: User, meeting: Meeting) -> int:
    """How many accepted sheets the office has yet to mark as reported, once the headquarters has met."""
    if not meeting.reports or meeting.held_on > today() or not allowed(user, Role.SECRETARIAT):
        return 0
    return to_report(meeting.edition).count()


@dataclass(frozen=True, slots=True)
class ItemPage:
    """An item of an agenda: what is shown of it, what was decided, the opinions the reader may see."""

    item: AgendaItem
    number: int
    shown: Shown
    decisions: tuple[Event, ...]
    opinions: tuple[Opinion, ...]
    mine: Opinion | None
    may_answer: bool = False


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting with its items in order; `rule` says how grades are to be read."""

    meeting: Meeting
    items: tuple[ItemPage, ...]
    rule: str


def meeting_page(user: User | None, meeting: Meeting) -> MeetingPage:
    """Read a meeting; `user` None is the printer of its papers, who prints no opinion that is not public."""
    items = list(
        AgendaItem.objects.filter(meeting=meeting, removed_at__isnull=True).select_related(
            "meeting__edition__scheme", "meeting__edition__plan", "section", "indicator", "loop"
        )
    )
    decisions, opinions = decisions_of(items), _opinions_of(items)
    scheme = scheme_of(meeting.edition)
    pages = []
    for number, (item, shown) in enumerate(zip(items, shown_of(meeting, items), strict=True), 1):
        written = opinions[item.pk]
        seen = opinions_seen(user, written) if user else [o for o in written if o.is_public]
        mine = next((o for o in written if user and o.by_id == user.pk), None)
        pages.append(ItemPage(item, number, shown, tuple(decisions[item.pk]), tuple(seen), mine))
    return MeetingPage(meeting, tuple(pages), scheme.rule if scheme else "")


def next_undecided(item: AgendaItem) -> AgendaItem | None:
    """The item that the meeting takes up after this one: the next without a decision, else the first such."""
    waiting = AgendaItem.objects.filter(meeting=item.meeting_id, removed_at__isnull=True, decisions=None)
    waiting = waiting.exclude(pk=item.pk).select_related("section", "indicator").order_by("position", "pk")
    return waiting.filter(position__gt=item.position).first() or waiting.first()


def item_page(user: User, item: AgendaItem) -> ItemPage:
    """Read one item of an agenda."""
    [shown] = shown_of(item.meeting, [item])
    written = _opinions_of([item])[item.pk]
    return ItemPage(
        item=item,
        number=AgendaItem.objects.filter(
            meeting=item.meeting_id, removed_at__isnull=True, position__lte=item.position
        ).count(),
        shown=shown,
        decisions=tuple(decisions_of([item])[item.pk]),
        opinions=tuple(opinions_seen(user, written)),
        mine=next((o for o in written if o.by_id == user.pk), None),
        may_answer=may_answer(user, item),
    )


def decisions_of(items: list[AgendaItem]) -> dict[int, list[Event]]:
    """The decisions recorded on items, oldest first."""
    found: dict[int, list[Event]] = defaultdict(list)
    for event in Event.objects.filter(agenda_item__in=items, kind="decision").select_related("by", "loop"):
        found[event.agenda_item_id or 0].append(event)
    return found


def _opinions_of(items: list[AgendaItem]) -> dict[int, list[Opinion]]:
    found: dict[int, list[Opinion]] = defaultdict(list)
    rows = Opinion.objects.filter(item__in=items).select_related(
        "by", "answer__department", "answer__to_section__edition", "answer__to_indicator__edition"
    )
    for opinion in rows.order_by("pk"):
        found[opinion.item_id].append(opinion)
    return found
