"""What has changed in what a person follows, read from the log: there is no other record of it.

Followed without asking is what the person's post has in charge, and what they have submitted, commented on or
observed (`FOLLOWS` in the apps' actions); by choice any thing the apps know of (`ui.following`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from kaikaku.audit.actions import follows, sentence
from kaikaku.audit.models import ChainHead, Entry
from kaikaku.audit.queries import changed
from kaikaku.home.models import Following, Reading
from kaikaku.ui.collecting import offers
from kaikaku.ui.following import Subject, Thing

if TYPE_CHECKING:
    from kaikaku.org.models import User

DAYS = 14
# of a government that writes more than this in the time only the latest are looked at
LOOKED_AT = 2000
MOST_ACTS = 500
MOST_ENTRIES = 300
MOST_DETAILS = 3
# only what everyone of the government may read is told in detail; the rest one opens
_OPEN = "plans."


@dataclass(frozen=True, slots=True)
class Change:
    """What one person did to a thing, alike acts together: how often, the last time, and what became what."""

    who: str
    what: str
    times: int
    at: datetime
    notes: tuple[str, ...]
    details: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A thing with what others did to it, latest first."""

    thing: Thing
    changes: tuple[Change, ...]

    @property
    def at(self) -> datetime:
        return self.changes[0].at


@dataclass(frozen=True, slots=True)
class Notices:
    """The changes since a number of the log, by thing; `head` is the number up to which they reach."""

    groups: tuple[Group, ...]
    total: int
    head: int
    since: int | None
    digest: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a person follows a thing, and whether by their own choice."""

    thing: Thing
    follows: bool
    by_choice: bool


def notices_for(user: User, *, read_too: bool = False, after: int | None = None) -> Notices:
    """What others changed since the person last read (the last 14 days for who never did); constant queries.

    `read_too` shows the last 14 days whatever was read; `after` begins after another number of the log.
    """
    reading = Reading.objects.filter(user=user).first()
    digest = bool(reading and reading.digest)
    heads = ChainHead.objects.filter(organisation=user.organisation_id)
    head = heads.values_list("number", flat=True).first()
    since = None if read_too else after if after is not None else reading.number if reading else None
    if user.organisation_id is None or not head:
        return Notices((), 0, 0, since, digest)
    followed = _followed(user, _latest(user, since))
    numbers = [number for number, thing in followed.items() if thing is not None]
    entries = Entry.objects.filter(organisation=user.organisation_id, number__in=numbers[:MOST_ENTRIES])
    shown = entries.select_related("by").order_by("-number")
    by_thing: dict[Subject, list[Entry]] = defaultdict(list)
    things = {thing.subject: thing for thing in followed.values()}
    for entry in shown:
        by_thing[followed[entry.number].subject].append(entry)
    groups = tuple(Group(things[subject], _changes(found)) for subject, found in by_thing.items())
    return Notices(groups, len(numbers), head, since, digest)


def standing_of(user: User, subject: Subject) -> Standing | None:
    """Whether the person follows a thing; None for what they may not see or no app knows."""
    thing = _things(user, [subject]).get(subject)
    if thing is None or thing.subject != subject:
        return None
    chosen = _chosen(user)
    if subject in chosen:
        return Standing(thing, chosen[subject], by_choice=True)
    return Standing(thing, _follows(thing, chosen, _acted_on(user)), by_choice=False)


def chosen_by(user: User) -> list[Thing]:
    """The things the person chose to follow."""
    chosen = [subject for subject, follows in _own_choices(user).items() if follows]
    things = _things(user, chosen)
    return [things[subject] for subject in chosen if subject in things]


def _latest(user: User, since: int | None) -> list[tuple[int, Subject]]:
    """Numbers and subjects of what others did, latest first."""
    types = frozenset().union(*(offered() for offered in offers("followed_types")))
    entries = Entry.objects.filter(organisation=user.organisation_id, subject_type__in=list(types))
    if since is None:
        entries = entries.filter(at__gte=timezone.now() - timedelta(days=DAYS))
    else:
        entries = entries.filter(number__gt=since)
    rows = entries.exclude(by=user).order_by("-number").values_list("number", "subject_type", "subject_id")
    return [(number, (kind, key)) for number, kind, key in rows[:LOOKED_AT]]


def _followed(user: User, latest: Sequence[tuple[int, Subject]]) -> dict[int, Thing]:
    """The thing of each entry that the person follows, latest first."""
    if not latest:
        return {}
    acted, chosen = _acted_on(user), _chosen(user)
    things = _things(user, {subject for _, subject in latest} | acted)
    own = {things[subject].subject for subject in acted if subject in things}
    found = ((number, things.get(subject)) for number, subject in latest)
    return {number: thing for number, thing in found if thing and _follows(thing, chosen, own)}


def _follows(thing: Thing, chosen: Mapping[Subject, bool], acted: Collection[Subject]) -> bool:
    """By choice first; else what is mine, what I acted on, and what stands in what I chose."""
    if thing.subject in chosen:
        return chosen[thing.subject]
    if any(chosen.get(outer) is False for outer in thing.within):
        return False
    return thing.is_mine or thing.subject in acted or any(chosen.get(outer, False) for outer in thing.within)


def _acted_on(user: User) -> set[Subject]:
    acts = Entry.objects.filter(organisation=user.organisation_id, by=user, action__in=list(follows()))
    rows = acts.order_by("-number").values_list("subject_type", "subject_id")
    return set(rows[:MOST_ACTS])


def _chosen(user: User) -> dict[Subject, bool]:
    """The person's choices, and for what came of a thing in later editions the choice about that thing."""
    own = _own_choices(user)
    handed_on = {
        heir: own[first] for offered in offers("heirs_of") for heir, first in offered(list(own)).items()
    }
    return handed_on | own


def _own_choices(user: User) -> dict[Subject, bool]:
    rows = Following.objects.filter(user=user).values_list("subject_type", "subject_id", "follows")
    return {(kind, key): follows for kind, key, follows in rows}


def _things(user: User, subjects: Collection[Subject]) -> dict[Subject, Thing]:
    found: dict[Subject, Thing] = {}
    for offered in offers("things_for") if subjects else ():
        found |= offered(user, subjects)
    return found


def _changes(entries: Sequence[Entry]) -> tuple[Change, ...]:
    """Entries of one thing, alike ones of one person told as one, in the order of the latest."""
    alike: dict[tuple[int | None, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        alike[entry.by_id, entry.action].append(entry)
    return tuple(_change(found) for found in alike.values())


def _change(found: Sequence[Entry]) -> Change:
    last = found[0]
    details = changed(last) if len(found) == 1 and last.subject_type.startswith(_OPEN) else []
    return Change(
        who=last.by.name if last.by else "システム",
        what=sentence(last.action),
        times=len(found),
        at=last.at,
        notes=tuple(dict.fromkeys(entry.note for entry in found if entry.note)),
        details=tuple(details[:MOST_DETAILS]) if len(details) <= 2 * MOST_DETAILS else (),
    )
