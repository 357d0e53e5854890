"""What a person has noticed, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from kaikaku.org.queries import today
from kaikaku.plans import queries as plans
from kaikaku.plans.models import Indicator, Section
from kaikaku.reviews import words
from kaikaku.reviews.models import Event, Handling, Loop
from kaikaku.reviews.queries.access import loops_for
from kaikaku.reviews.queries.causes import EVENT
from kaikaku.reviews.queries.loops import is_late, url_of
from kaikaku.ui.tasks import Task

if TYPE_CHECKING:
    from kaikaku.org.models import User

# Where a note stands, in the words of whoever wrote it.
FATES = {
    "observation": "事務局が読み、どういう意味かを判断します",
    "orientation": "どう対応するかを決めるところです",
    "decision": "対応が決まり、実行するところです",
    "act": "実行し、結果を見ています",
}


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person noticed: on what, when, where it stands, and each thing that came of it."""

    title: str
    url: str
    subject: str
    edition: str
    on: date
    fate: str
    closed: bool
    stage: str
    news: tuple[str, ...]
    changed: tuple[Section | Indicator, ...]


def notes_of(user: User) -> list[Note]:
    """Everything the person noticed, the latest first; constant queries."""
    loops = list(
        _mine(user).prefetch_related(
            "events", Prefetch("handlings", Handling.objects.select_related("edition"))
        )
    )
    of_event = {event.pk: loop.pk for loop in loops for event in loop.events.all()}
    changed: dict[int, dict[tuple[str, int], Section | Indicator]] = defaultdict(dict)
    for event, parts in plans.parts_changed_by(EVENT, [*of_event]).items():
        changed[of_event[event]].update({plans.key_of_part(part): part for part in parts})
    return [_note(loop, tuple(changed[loop.pk].values())) for loop in loops]


def _mine(user: User) -> QuerySet[Loop]:
    """The loops in which the person noticed something, first or later."""
    own = Event.objects.filter(loop=OuterRef("pk"), by=user, kind="observation")
    return loops_for(user).filter(Exists(own)).order_by("-pk")


def _note(loop: Loop, changed: Sequence[Section | Indicator]) -> Note:
    events = list(loop.events.all())
    closed = loop.closed_at is not None
    return Note(
        title=loop.title,
        url=url_of(loop),
        subject=str(loop.subject),
        edition=loop.edition.title,
        on=events[0].happened_on,
        fate=f"終わりました：{loop.closing}" if closed else FATES[loop.stage],
        closed=closed,
        stage=loop.stage,
        news=tuple(_news(events, loop.handlings.all())),
        changed=tuple(changed),
    )


def _news(events: Iterable[Event], handlings: Iterable[Handling]) -> Iterable[str]:
    for event in events:
        if event.kind in ("decision", "act"):
            yield f"{words.EVENTS[event.kind]}：{event.text}"
    for one in handlings:
        why = f"（{one.reason}）" if one.reason else ""
        yield f"{one.edition.title}：{words.HANDLINGS[one.choice]}{why}"


def sent_for(user: User, *, on: date | None = None) -> list[Task]:
    """What the person noticed and is still under way (collected by home)."""
    if user.organisation_id is None:
        return []
    day = on or today()
    return [
        Task("気づきを記録しました", loop.titled, url_of(loop), loop.review_by,
             is_late(loop, day), FATES[loop.stage])
        for loop in _mine(user).filter(closed_at__isnull=True)
    ]  # fmt: skip
