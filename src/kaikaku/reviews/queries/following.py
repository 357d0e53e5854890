"""To which loop, meeting or opinion a subject of the log belongs, and whether it is about what is mine."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.urls import reverse

from kaikaku.org.queries import department_ids_of
from kaikaku.plans.models import Indicator, Section
from kaikaku.reviews.models import About, Answer, Event, Loop, Meeting, Opinion
from kaikaku.reviews.queries.access import loops_for, meetings_for, sees_meetings
from kaikaku.ui.following import Subject, Thing, keys_of

if TYPE_CHECKING:
    from kaikaku.org.models import User

LOOP, EVENT, MEETING = (model._meta.label_lower for model in (Loop, Event, Meeting))
OPINION, ANSWER = (model._meta.label_lower for model in (Opinion, Answer))
SECTION, INDICATOR = (model._meta.label_lower for model in (Section, Indicator))


def followed_types() -> frozenset[str]:
    """The kinds of subject that `things_for` knows."""
    return frozenset({LOOP, EVENT, MEETING, OPINION, ANSWER})


def things_for(user: User, subjects: Collection[Subject]) -> dict[Subject, Thing]:
    """The loop of each event, the meeting, the opinion of each answer; constant queries."""
    if not any(kind in followed_types() for kind, _ in subjects):
        return {}
    mine = department_ids_of(user)
    return _loops(user, subjects, mine) | _meetings(user, subjects) | _opinions(user, subjects, mine)


def _loops(user: User, subjects: Collection[Subject], mine: frozenset[int]) -> dict[Subject, Thing]:
    events = Event.objects.filter(pk__in=keys_of(subjects, EVENT)).values_list("pk", "loop")
    of_event = dict(events) if keys_of(subjects, EVENT) else {}
    loops = keys_of(subjects, LOOP) | set(of_event.values())
    found: dict[Subject, Thing] = {}
    for loop in loops_for(user).filter(pk__in=loops) if loops else ():
        subject = (LOOP, str(loop.pk))
        found[subject] = Thing(subject, "見直し", str(loop.subject), *_place(loop, mine))
    inner = {(EVENT, str(event)): found.get((LOOP, str(loop))) for event, loop in of_event.items()}
    return found | {subject: thing for subject, thing in inner.items() if thing}


def _meetings(user: User, subjects: Collection[Subject]) -> dict[Subject, Thing]:
    keys = keys_of(subjects, MEETING)
    found: dict[Subject, Thing] = {}
    for meeting in meetings_for(user).filter(pk__in=keys) if keys else ():
        subject = (MEETING, str(meeting.pk))
        url = reverse("reviews:meeting", args=[meeting.pk])
        found[subject] = Thing(subject, "会議", meeting.title, url)
    return found


def _opinions(user: User, subjects: Collection[Subject], mine: frozenset[int]) -> dict[Subject, Thing]:
    """A member is told of their own opinions alone; what is said of others is the office's."""
    answers = Answer.objects.filter(pk__in=keys_of(subjects, ANSWER)).values_list("pk", "opinion")
    of_answer = dict(answers) if keys_of(subjects, ANSWER) else {}
    keys = keys_of(subjects, OPINION) | set(of_answer.values())
    rows = Opinion.objects.filter(pk__in=keys, item__meeting__in=meetings_for(user).order_by())
    if not sees_meetings(user):
        rows = rows.filter(by=user)
    related = rows.select_related(
        "item__section__owner", "item__indicator__owner", "item__indicator__section__owner"
    )
    found: dict[Subject, Thing] = {}
    for opinion in related if keys else ():
        subject, item = (OPINION, str(opinion.pk)), opinion.item
        _, is_mine, within = _place(item, mine)
        url = reverse("reviews:item", args=[item.pk])
        is_mine = is_mine or opinion.by_id == user.pk
        within = (*within, (MEETING, str(item.meeting_id)))
        found[subject] = Thing(subject, "意見", str(item.subject), url, is_mine, within)
    inner = {(ANSWER, str(answer)): found.get((OPINION, str(one))) for answer, one in of_answer.items()}
    return found | {subject: thing for subject, thing in inner.items() if thing}


def _place(row: About, mine: frozenset[int]) -> tuple[str, bool, tuple[Subject, ...]]:
    """The page of what a row is about, whether that is mine, and the parts of the plan it stands in."""
    if row.indicator is not None:
        one = row.indicator
        owners = {one.owner_id, one.section.owner_id if one.section else None}
        within = ((INDICATOR, str(one.pk)), *([(SECTION, str(one.section_id))] if one.section_id else []))
        return reverse("reviews:indicator", args=[one.pk]), bool(owners & mine), within
    assert row.section is not None
    page = reverse("reviews:section", args=[row.section.pk])
    return page, row.section.owner_id in mine, ((SECTION, str(row.section.pk)),)
