"""The list of loops: open, overdue, one's own, ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from kaikaku.org.models import Department
from kaikaku.org.queries import department_ids_of, today
from kaikaku.reviews import words
from kaikaku.reviews.models import Event, Loop
from kaikaku.reviews.queries.access import loops_for
from kaikaku.reviews.queries.lineage import Heirs
from kaikaku.reviews.queries.opinions import Owners

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.plans.models import Indicator, Section

VIEWS = ("open", "late", "mine", "noticed", "closed")


@dataclass(frozen=True, slots=True)
class LoopRow:
    """A loop in a list: what it waits for, since when, by when, and who is in charge of the item."""

    key: int
    title: str
    subject: str
    edition: str
    url: str
    owner: str
    stage: str
    waits_for: str
    last_on: date
    review_by: date | None
    late: bool
    mine: bool
    closed: bool
    opened_by: str
    opened_by_me: bool = False
    now: str = ""


def loops_shown(user: User, *, on: date | None = None) -> list[LoopRow]:
    """Every loop of the user's government, those due first at the top, then the latest; constant queries.

    The department in charge is that of what the item has become since.
    """
    on = on or today()
    last = Event.objects.filter(loop=OuterRef("pk")).order_by("-pk").values("happened_on")[:1]
    loops = list(loops_for(user).annotate(last_on=Subquery(last)))
    heirs = Heirs(loops)
    owners = Owners({*(loop.edition_id for loop in loops), *(part.edition_id for part in heirs.every())})
    keys = {loop.pk: _owner(owners, loop, heirs.of(loop)) for loop in loops}
    names = dict(
        Department.objects.filter(pk__in={key for key in keys.values() if key}).values_list("pk", "name")
    )
    mine = department_ids_of(user)
    rows = [
        replace(
            _row(loop, keys[loop.pk], names, mine, on),
            opened_by_me=loop.opened_by_id == user.pk,
            now="、".join(f"{part}（{part.edition}）" for part in heirs.of(loop)),
        )
        for loop in loops
    ]
    return sorted(rows, key=lambda row: (row.review_by or date.max, -row.last_on.toordinal(), row.key))


def _owner(owners: Owners, loop: Loop, heirs: Sequence[Section | Indicator]) -> int | None:
    found = (owners.of_part(part) for part in heirs)
    return next((owner for owner in found if owner is not None), None) or owners.of(loop)


def _row(loop: Loop, owner: int | None, names: dict[int, str], mine: frozenset[int], on: date) -> LoopRow:
    closed = loop.closed_at is not None
    return LoopRow(
        key=loop.pk,
        title=loop.title,
        subject=str(loop.subject),
        edition=loop.edition.title,
        url=url_of(loop),
        owner=names.get(owner or 0, ""),
        stage=loop.stage,
        waits_for="終わりました" if closed else words.STAGES[loop.stage],
        last_on=loop.last_on,  # type: ignore[attr-defined]
        review_by=loop.review_by,
        late=is_late(loop, on),
        mine=owner in mine,
        closed=closed,
        opened_by=loop.opened_by.name if loop.opened_by else "",
    )


def counts_of(rows: list[LoopRow]) -> dict[str, int]:
    """How many stand in each view of the list."""
    return {view: sum(in_view(row, view) for row in rows) for view in VIEWS}


def in_view(row: LoopRow, view: str) -> bool:
    """Whether a loop stands in a view: open | late | mine | noticed (by the reader) | closed."""
    if view == "closed":
        return row.closed
    if view == "noticed":
        return row.opened_by_me
    return not row.closed and {"late": row.late, "mine": row.mine}.get(view, True)


def is_late(loop: Loop, on: date) -> bool:
    """Whether the day to look again has passed."""
    return loop.closed_at is None and loop.review_by is not None and loop.review_by < on


def url_of(loop: Loop) -> str:
    """Where the loop is read: the page of its item, at the loop."""
    kind = "indicator" if loop.indicator_id is not None else "section"
    address = reverse(f"reviews:{kind}", args=[loop.indicator_id or loop.section_id])
    return f"{address}#loop-{loop.pk}"
