"""What is still to be decided (collected by home's dashboard and the governor's page)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.urls import reverse

from kaikaku.org.queries import today
from kaikaku.reviews import words
from kaikaku.reviews.models import AgendaItem, Event
from kaikaku.reviews.queries.access import loops_for, sees_meetings
from kaikaku.reviews.queries.lineage import Heirs, Key, key_of_row
from kaikaku.reviews.queries.loops import is_late, url_of
from kaikaku.ui.tasks import Task

if TYPE_CHECKING:
    from kaikaku.org.models import User


def open_decisions(user: User, *, on: date | None = None) -> list[Task]:
    """Items on the agendas of meetings to come, and loops that wait for a decision or are due to be looked
    at again; what stands on an agenda, be it in a later edition, is not named twice. Constant queries.
    """
    if user.organisation_id is None or not sees_meetings(user):
        return []
    day = on or today()
    items = list(_undecided(user))
    on_agenda = {key_of_row(item) for item in items}
    return [*(_item(item, day) for item in items), *_loops(user, day, on_agenda)]


def _undecided(user: User) -> Iterator[AgendaItem]:
    decided = Event.objects.filter(agenda_item=OuterRef("pk"), kind="decision")
    found = AgendaItem.objects.filter(
        ~Exists(decided),
        meeting__edition__plan__organisation=user.organisation_id,
        meeting__kind__in=words.DECIDING,
        meeting__concluded_at__isnull=True,
        removed_at__isnull=True,
    ).select_related("meeting", "section", "indicator")
    yield from found.order_by("meeting__held_on", "meeting", "position")


def _item(item: AgendaItem, on: date) -> Task:
    meeting = item.meeting
    url = reverse("reviews:item", args=[item.pk])
    what = f"{meeting.get_kind_display()}で決める"
    return Task(what, str(item), url, meeting.held_on, meeting.held_on < on, meeting.title)


def _loops(user: User, on: date, on_agenda: set[Key]) -> Iterator[Task]:
    loops = list(loops_for(user).filter(closed_at__isnull=True))
    heirs = Heirs(loops) if on_agenda else None
    for loop in loops:
        if heirs is not None and heirs.family(loop) & on_agenda:
            continue
        late = is_late(loop, on)
        if late or loop.stage == "orientation":
            what = "決定を見直す" if late else "対応を決める"
            title = loop.titled
            yield Task(what, title, url_of(loop), loop.review_by, late, words.STAGES[loop.stage])
