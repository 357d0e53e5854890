"""New headings among those that stand: each goes behind the one that precedes it in the document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kaikaku.ingest import queries
from kaikaku.ingest.models import Proposal
from kaikaku.ingest.services.batch import Batch
from kaikaku.plans import services as plans

if TYPE_CHECKING:
    from kaikaku.org.models import User


def put_in_place(batch: Batch, *, by: User | None) -> None:
    """Move new sections that were added behind all others to where the document has them."""
    added: dict[int | None, list[Proposal]] = defaultdict(list)
    for row in batch.kind("section", new=True):
        added[row.parent_id].append(row)
    for parent, rows in added.items():
        new = {row.made for row in rows}
        order = queries.sections_under(batch.edition, batch.key_of(parent))
        if any(key not in new for key in order):
            _place(batch, parent, rows, order=order, by=by)


def _place(
    batch: Batch, parent: int | None, rows: Sequence[Proposal], *, order: list[int], by: User | None
) -> None:
    siblings = [row for row in batch.by_key.values() if row.kind == "section" and row.parent_id == parent]
    sections = queries.sections_by_key(batch.edition, order)
    for row in rows:
        assert row.made is not None
        ahead = [batch.key_of(other.pk) for other in siblings if other.position < row.position]
        stood = order.index(row.made)
        order.remove(row.made)
        index = max((order.index(key) + 1 for key in ahead if key in order), default=0)
        order.insert(index, row.made)
        if index != stood:
            section = sections[row.made]
            plans.move_section(section=section, parent=section.parent, index=index, by=by)
