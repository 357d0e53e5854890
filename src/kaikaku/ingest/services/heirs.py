"""Lineage of an import of a next edition: what each section and indicator of the last became (加除修正)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaikaku.ingest import queries
from kaikaku.ingest.models import Proposal
from kaikaku.ingest.services.batch import Batch
from kaikaku.plans import services as plans

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.plans.models import Edition, Indicator, Section

KINDS = ("section", "indicator")


def draw(batch: Batch, *, base: Edition, by: User | None) -> None:
    """Link every section and indicator just made to what it was in `base`, or say that it is new.

    What ended is not said here: how it ended is for a person to say, on the plan's own page.
    """
    rows = [row for row in batch.chosen if row.kind in KINDS]
    old: dict[str, dict[int, Section] | dict[int, Indicator]] = {
        "section": queries.sections_by_key(base, _keys(rows, "section")),
        "indicator": queries.indicators_by_key(base, _keys(rows, "indicator")),
    }
    new: dict[str, dict[int, Section] | dict[int, Indicator]] = {
        "section": queries.sections_by_key(batch.edition, _made(rows, "section")),
        "indicator": queries.indicators_by_key(batch.edition, _made(rows, "indicator")),
    }
    for row in rows:
        heir = new[row.kind].get(row.made or 0)
        origin = old[row.kind].get(row.matched or 0) if row.matched else None
        if heir is not None:
            plans.link_lineage(
                plan=batch.edition.plan,
                kind=_kind(row) if origin is not None else "added",
                origin=origin,
                heir=heir,
                reason=batch.reason,
                by=by,
            )


def _kind(row: Proposal) -> str:
    """Carried when nothing but the printed number differs, for numbers are no identity."""
    fields = {change[0] for change in row.changes} - {"number"}
    if row.link in ("merged", "split", "moved", "renamed"):
        return row.link
    return "revised" if fields else "carried"


def _keys(rows: list[Proposal], kind: str) -> list[int]:
    return [row.matched for row in rows if row.kind == kind and row.matched is not None]


def _made(rows: list[Proposal], kind: str) -> list[int]:
    return [row.made for row in rows if row.kind == kind and row.made is not None]
