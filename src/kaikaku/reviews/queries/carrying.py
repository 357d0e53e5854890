"""What a draft finds still open: loops that have not ended, opinions that led nowhere yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from kaikaku.org.access import allowed
from kaikaku.org.roles import Role
from kaikaku.plans import queries as plans
from kaikaku.plans.models import Edition, Indicator, Section
from kaikaku.reviews import words
from kaikaku.reviews.models import Event, Handling, Loop, Opinion
from kaikaku.reviews.queries.causes import EVENT
from kaikaku.reviews.queries.lineage import Key, key_of_row
from kaikaku.reviews.queries.loops import url_of
from kaikaku.reviews.queries.opinions import OPINION

if TYPE_CHECKING:
    from kaikaku.org.models import User

# By what it is (loop, opinion) and its row.
Handled = Mapping[tuple[str, int], Handling]
Cited = Mapping[tuple[str, int], list[Section | Indicator]]
OPEN, TAKEN, DONE, LEFT = "open", "take", "done", "leave"
STATES = {OPEN: "未検討", TAKEN: "対応予定", DONE: "反映済み", LEFT: "見送り"}
STATE_PILLS = {OPEN: "warn", TAKEN: "waiting", DONE: "done", LEFT: "closed"}


@dataclass(frozen=True, slots=True)
class CarryRow:
    """Something still open: what was said of which item, what the item is in the draft, and what becomes of
    it there. `key` is loop-3 or opinion-5.
    """

    key: str
    label: str
    text: str
    on: date
    url: str
    subject: str
    subject_edition: str
    parts: tuple[Section | Indicator, ...]
    place: str
    state: str
    reason: str
    changed: tuple[Section | Indicator, ...]

    @property
    def state_words(self) -> str:
        return STATES[self.state]


def carry_rows(user: User, draft: Edition) -> list[CarryRow]:
    """All that is still open for a draft, in the order of its sections; constant queries."""
    if not allowed(user, Role.SECRETARIAT):
        return []
    loops, opinions = _loops(draft), _opinions(draft)
    if not loops and not opinions:
        return []
    reading = _Reading(draft, [key_of_row(x) for x in loops] + [key_of_row(o.item) for o in opinions])
    handled = _handlings(draft)
    cited = _cited(draft, loops, opinions)
    rows = [*_loop_rows(loops, reading, handled, cited), *_opinion_rows(opinions, reading, handled, cited)]
    return sorted(rows, key=lambda row: (reading.order(row.parts), row.on, row.key))


def still_open(user: User, draft: Edition) -> list[plans.Waiting]:
    """How much of it nobody has decided on, or taken up without a change yet (shown on the draft's page)."""
    count = sum(row.state in (OPEN, TAKEN) for row in carry_rows(user, draft))
    label = "まだ反映していない気づき・意見"
    return [plans.Waiting(label, count, reverse("reviews:carry", args=[draft.pk]))] if count else []


def _loops(draft: Edition) -> list[Loop]:
    rows = Loop.objects.filter(edition__plan=draft.plan_id, closed_at__isnull=True).exclude(edition=draft)
    return list(rows.select_related("edition", "section", "indicator").order_by("pk"))


def _opinions(draft: Edition) -> list[Opinion]:
    """Those without an answer, and those to be reflected that have not led to a line yet, or to one here."""
    leading = Q(answer__stance__in=words.LEADING)
    nowhere = Q(answer__to_section__isnull=True, answer__to_indicator__isnull=True)
    here = Q(answer__to_section__edition=draft) | Q(answer__to_indicator__edition=draft)
    rows = Opinion.objects.filter(
        Q(answer__isnull=True) | (leading & (nowhere | here)),
        item__meeting__edition__plan=draft.plan_id,
        item__removed_at__isnull=True,
    ).exclude(item__meeting__edition=draft)
    return list(
        rows.select_related(
            "item__meeting", "item__edition", "item__section", "item__indicator",
            "answer__to_section__edition", "answer__to_indicator__edition",
        ).order_by("pk")
    )  # fmt: skip


class _Reading:
    """Where the items of earlier editions stand in the draft."""

    def __init__(self, draft: Edition, keys: Collection[Key]) -> None:
        descent = plans.descent_of([draft.plan_id])
        self._heirs = {key: descent.heirs(key) for key in keys}
        parts = plans.parts_by_key({heir for heirs in self._heirs.values() for heir in heirs})
        self._parts = {key: part for key, part in parts.items() if part.edition_id == draft.pk}
        titles = plans.section_choices(draft)
        self._order = {pk: place for place, (pk, _) in enumerate(titles)}
        self._titles = dict(titles)

    def parts(self, key: Key) -> tuple[Section | Indicator, ...]:
        found = [self._parts[heir] for heir in self._heirs[key] if heir in self._parts]
        return tuple(sorted(found, key=lambda part: part.pk))

    def order(self, parts: Sequence[Section | Indicator]) -> int:
        """By the section; what has no place in the draft stands last."""
        home = self._home(parts)
        return self._order.get(home, len(self._order)) if home else len(self._order)

    def place(self, parts: Sequence[Section | Indicator]) -> str:
        return str(self._titles.get(self._home(parts) or 0, "")).strip("　 ")

    def _home(self, parts: Sequence[Section | Indicator]) -> int | None:
        first = next(iter(parts), None)
        return first.section_id if isinstance(first, Indicator) else first.pk if first else None


def _handlings(draft: Edition) -> Handled:
    rows = Handling.objects.filter(edition=draft)
    return {("loop" if row.loop_id else "opinion", row.loop_id or row.opinion_id or 0): row for row in rows}


def _cited(draft: Edition, loops: Sequence[Loop], opinions: Sequence[Opinion]) -> Cited:
    """The parts of the draft that a loop or an opinion has changed."""
    found: dict[tuple[str, int], list[Section | Indicator]] = defaultdict(list)
    events = Event.objects.filter(loop__in=loops).select_related("to_section", "to_indicator")
    of_event = {event.pk: event for event in events.order_by("pk")}
    for key, parts in plans.parts_changed_by(EVENT, [*of_event]).items():
        found["loop", of_event[key].loop_id] += parts
    for event in of_event.values():
        if event.target is not None:
            found["loop", event.loop_id].append(event.target)
    for key, parts in plans.parts_changed_by(OPINION, [opinion.pk for opinion in opinions]).items():
        found["opinion", key] += parts
    for opinion in opinions:
        answer = getattr(opinion, "answer", None)
        if answer is not None and answer.target is not None:
            found["opinion", opinion.pk].append(answer.target)
    return {key: _here(parts, draft) for key, parts in found.items()}


def _here(parts: Iterable[Section | Indicator], draft: Edition) -> list[Section | Indicator]:
    """Those of the draft, or of the edition before where they ended; each once."""
    editions = (draft.pk, draft.drafted_from_id)
    return list({plans.key_of_part(part): part for part in parts if part.edition_id in editions}.values())


def _loop_rows(
    loops: Sequence[Loop], reading: _Reading, handled: Handled, cited: Cited
) -> Iterator[CarryRow]:
    for loop in loops:
        parts = reading.parts(key_of_row(loop))
        changed = tuple(cited.get(("loop", loop.pk), ()))
        state, reason = _state(handled.get(("loop", loop.pk)), changed)
        yield CarryRow(
            key=f"loop-{loop.pk}",
            label="気づき",
            text=loop.title,
            on=loop.opened_at.date(),
            url=url_of(loop),
            subject=str(loop.subject),
            subject_edition=loop.edition.title,
            parts=parts,
            place=reading.place(parts),
            state=state,
            reason=reason,
            changed=changed,
        )


def _opinion_rows(
    opinions: Sequence[Opinion], reading: _Reading, handled: Handled, cited: Cited
) -> Iterator[CarryRow]:
    for opinion in opinions:
        item = opinion.item
        parts = reading.parts(key_of_row(item))
        changed = tuple(cited.get(("opinion", opinion.pk), ()))
        state, reason = _state(handled.get(("opinion", opinion.pk)), changed)
        yield CarryRow(
            key=f"opinion-{opinion.pk}",
            label="委員の意見",
            text=opinion.text,
            on=item.meeting.held_on,
            url=reverse("reviews:item", args=[item.pk]),
            subject=str(item.subject),
            subject_edition=item.edition.title,
            parts=parts,
            place=reading.place(parts),
            state=state,
            reason=reason,
            changed=changed,
        )


def _state(handling: Handling | None, changed: Sequence[Section | Indicator]) -> tuple[str, str]:
    if changed:
        return DONE, ""
    return (handling.choice, handling.reason) if handling else (OPEN, "")


def counts_by_state(rows: Iterable[CarryRow]) -> dict[str, int]:
    """How many stand in each state, in the order in which they are decided."""
    counts = dict.fromkeys(STATES, 0)
    for row in rows:
        counts[row.state] += 1
    return counts


def carried_thing(user: User, draft: Edition, key: str) -> Loop | Opinion | None:
    """The loop or opinion behind the key of a row that is offered for a draft; None where there is none."""
    kind, _, pk = key.partition("-")
    if key not in {row.key for row in carry_rows(user, draft)}:
        return None
    found: Loop | Opinion
    if kind == "loop":
        found = Loop.objects.select_related("edition__plan__organisation", "section", "indicator").get(pk=pk)
    else:
        found = Opinion.objects.select_related(
            "item__meeting__edition__plan__organisation", "item__section", "item__indicator"
        ).get(pk=pk)
    return found
