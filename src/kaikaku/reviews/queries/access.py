"""Getting loops, meetings and opinions, always for a user: a stranger's answers 404, the unopened 403."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from kaikaku.org.access import allowed
from kaikaku.org.queries import organisation_of
from kaikaku.org.roles import Role
from kaikaku.reviews.models import AgendaItem, Attachment, Event, Loop, Meeting, Opinion

if TYPE_CHECKING:
    from kaikaku.org.models import User

# Who reads the papers of every meeting; members read those of their committee once they are opened.
READERS = (Role.SECRETARIAT, Role.EXECUTIVE, Role.CHIEF, Role.CLERK)


def sees_meetings(user: User) -> bool:
    """Whether the user reads the papers of meetings before they are opened to the committee."""
    return allowed(user, *READERS)


def loops_for(user: User) -> QuerySet[Loop]:
    """The loops of the user's government."""
    loops = Loop.objects.filter(edition__plan__organisation=organisation_of(user))
    return loops.select_related(
        "edition__plan__organisation",
        "section__owner",
        "indicator__owner",
        "section__edition",
        "indicator__edition",
        "opened_by",
    )


def loop_for(user: User, pk: int) -> Loop:
    """One loop, or 404."""
    return get_object_or_404(loops_for(user), pk=pk)


def event_for(user: User, pk: int) -> Event:
    """One event with its loop, or 404."""
    event = get_object_or_404(Event, pk=pk, loop__in=loops_for(user))
    event.loop = loop_for(user, event.loop_id)
    return event


def documents_read_by(user: User) -> list[QuerySet[Any, int]]:
    """The keys of the documents kept with what was noticed, for those who read it; see sources.audience."""
    if not allowed(user, Role.EMPLOYEE):
        return []
    events = Event.objects.filter(loop__edition__plan__organisation=organisation_of(user)).order_by()
    return [Attachment.objects.filter(event__in=events).order_by().values_list("document", flat=True)]


def meetings_for(user: User) -> QuerySet[Meeting]:
    """The meetings the user may read, latest first."""
    meetings = Meeting.objects.filter(edition__plan__organisation=organisation_of(user))
    meetings = meetings.select_related("edition__plan__organisation", "edition__scheme")
    if sees_meetings(user):
        return meetings
    if allowed(user, Role.MEMBER):
        return meetings.filter(kind="committee", opened_at__isnull=False)
    return meetings.none()


def meeting_for(user: User, pk: int) -> Meeting:
    """One meeting; 404 to a stranger, 403 with a sentence to whom it is not open."""
    own = Meeting.objects.filter(edition__plan__organisation=organisation_of(user))
    meeting = get_object_or_404(own.select_related("edition__plan__organisation", "edition__scheme"), pk=pk)
    _must_be_open(user, meeting)
    return meeting


def item_for(user: User, pk: int) -> AgendaItem:
    """One item of an agenda, with what it is about; 404 or 403 as its meeting."""
    own = AgendaItem.objects.filter(
        meeting__edition__plan__organisation=organisation_of(user), removed_at__isnull=True
    )
    item = get_object_or_404(
        own.select_related(
            "meeting__edition__plan__organisation",
            "meeting__edition__scheme",
            "section__edition__plan",
            "section__owner",
            "indicator__edition__plan",
            "indicator__owner",
            "indicator__section__owner",
            "loop",
        ),
        pk=pk,
    )
    _must_be_open(user, item.meeting)
    return item


def opinion_for(user: User, pk: int) -> Opinion:
    """One opinion; 404 or 403 as its meeting, and 403 to a member whose own it is not."""
    own = Opinion.objects.filter(item__meeting__edition__plan__organisation=organisation_of(user))
    opinion = get_object_or_404(
        own.select_related(
            "item__meeting__edition__plan__organisation",
            "item__section__edition__plan",
            "item__section__owner",
            "item__indicator__edition__plan",
            "item__indicator__owner",
            "item__indicator__section__owner",
            "by",
            "answer__to_section",
            "answer__to_indicator",
        ),
        pk=pk,
    )
    _must_be_open(user, opinion.item.meeting)
    return opinion


def _must_be_open(user: User, meeting: Meeting) -> None:
    if sees_meetings(user):
        return
    if not allowed(user, Role.MEMBER):
        raise PermissionDenied(
            "会議の資料を見られるのは、事務局・本部員・所属長・担当と、公開された委員会の委員です。"
        )
    if meeting.opened_at is None:
        raise PermissionDenied("この会議の資料は、委員にまだ公開されていません。公開されると一覧に載ります。")
