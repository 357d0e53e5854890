"""What reviews offer plans to cite as having led to a change of a draft (collected through the registry)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kaikaku.org.access import allowed
from kaikaku.org.roles import Role
from kaikaku.plans import queries as plans
from kaikaku.plans.entries import CauseFields
from kaikaku.plans.models import Edition, Indicator, Section
from kaikaku.reviews.models import Event, Opinion
from kaikaku.reviews.queries.lineage import Key, key_of_row
from kaikaku.reviews.queries.opinions import OPINION

if TYPE_CHECKING:
    from kaikaku.org.models import User

# The name of the page that knows more of an event.
EVENT = "reviews:event"
CITED = ("observation", "decision")
MOST_OTHERS = 100


def causes_for(user: User, edition: Edition, part: Section | Indicator | None) -> list[CauseFields]:
    """What was noticed, decided and said on the plan's items, the latest first: all of `part` and of what it
    comes from, and so much of the others as a list can hold. Of a section also what its indicators led to.
    """
    if not allowed(user, Role.SECRETARIAT):
        return []
    near = _near(part) if part is not None else frozenset()
    found: list[CauseFields] = []
    others = 0
    for cause, key in _known(edition):
        is_near = key in near
        others += not is_near
        if is_near or others <= MOST_OTHERS:
            found.append(replace(cause, near=is_near))
    return found


def _known(edition: Edition) -> Iterator[tuple[CauseFields, Key]]:
    events = Event.objects.filter(loop__edition__plan=edition.plan_id, kind__in=CITED)
    for event in events.select_related("loop").order_by("-pk"):
        yield event_cause(event), key_of_row(event.loop)
    opinions = Opinion.objects.filter(
        item__meeting__edition__plan=edition.plan_id, item__removed_at__isnull=True
    )
    related = ("item__meeting", "item__section", "item__indicator")
    for opinion in opinions.select_related(*related).order_by("-pk"):
        yield opinion_cause(opinion), key_of_row(opinion.item)


def event_cause(event: Event) -> CauseFields:
    """An observation or a decision as a cause."""
    return CauseFields(EVENT, event.pk, event.get_kind_display(), event.text, event.happened_on)


def opinion_cause(opinion: Opinion) -> CauseFields:
    """An opinion as a cause: where it was said, not what, for the list of changes is read by more people."""
    item = opinion.item
    text = f"「{item.subject}」への意見（{item.meeting.title}）"
    return CauseFields(OPINION, opinion.pk, "委員の意見", text, item.meeting.held_on)


def _near(part: Section | Indicator) -> frozenset[Key]:
    """The part, what it comes from, and of sections the indicators that stand in them."""
    descent = plans.descent_of([part.edition.plan_id])
    keys = descent.origins(plans.key_of_part(part))
    sections = [pk for sort, pk in keys if sort == "section"]
    inside = Indicator.objects.filter(section__in=sections) if sections else Indicator.objects.none()
    return keys | {("indicator", pk) for pk in inside.values_list("pk", flat=True)}
