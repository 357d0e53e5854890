"""Lines of an edition that another app writes and may write again: a report's results and next plans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from kaikaku.plans.entries import ItemFields
from kaikaku.plans.models import Item, Section
from kaikaku.plans.services.contents import item_values
from kaikaku.plans.services.guard import added, change, next_position, open_edition, take_from_view

if TYPE_CHECKING:
    from kaikaku.org.models import User


@transaction.atomic
def replace_items(
    *, section: Section, before: Sequence[Item], lines: Sequence[ItemFields], reason: str, by: User | None
) -> list[Item]:
    """Put `lines` under a section in place of those that the same source put there `before`, and of no
    others; returns the lines that stand now, in order.

    A line that still says the same stays the row it was; one that was removed by hand is written anew. Links
    to the last edition stay as they are, since what was done is no change of the plan.
    """
    section.edition = open_edition(section.edition, by)
    standing = [item for item in before if item.removed_at is None]
    kept = standing[: len(lines)]
    for item, fields in zip(kept, lines, strict=False):
        item.section = section
        values = {name: value for name, value in item_values(fields).items() if name != "citation"}
        change(item, values, action="plans.item.revised", by=by, note=reason)
    for item in standing[len(lines) :]:
        item.section = section
        take_from_view(item, action="plans.item.removed", by=by, reason=reason)
    wanted = lines[len(kept) :]
    place = _make_room(section, wanted)
    made = []
    for position, fields in enumerate(wanted, start=place):
        values = item_values(fields)
        item = Item.objects.create(section=section, position=position, **values)
        added(item, {**values, "section": section}, action="plans.item.added", by=by, note=reason)
        made.append(item)
    return [*kept, *made]


def _make_room(section: Section, lines: Sequence[ItemFields]) -> int:
    """The position after the last line of the same kind and year, so that what is printed under one heading
    stays together; those behind move up.
    """
    rows = Item.objects.filter(section=section)
    if not lines:
        return 0
    alike = rows.filter(kind=lines[0].kind, fiscal_year=lines[0].fiscal_year, removed_at__isnull=True)
    last = alike.order_by("-position", "-pk").values_list("position", flat=True).first()
    if last is None:
        return next_position(rows)
    rows.filter(position__gt=last).update(position=F("position") + len(lines))
    return last + 1
