"""After the office has changed something: what differs now, and what is in the way now."""

from __future__ import annotations

from dataclasses import replace

from kaikaku.ingest import queries
from kaikaku.ingest.differences import Known, compare
from kaikaku.ingest.drafts import Draft
from kaikaku.ingest.models import Import, Proposal
from kaikaku.ingest.payloads import from_json
from kaikaku.ingest.problems import with_problems

SETTLED = ["problem", "difference", "link", "matched", "changes"]


def refresh(imported: Import) -> None:
    """Compare and check all that is not accepted again; rows that are as before are not written."""
    rows = queries.proposals_of(imported)
    said = [row for row in rows if row.difference != "missing"]
    index = {row.pk: place for place, row in enumerate(said)}
    drafts = [_draft(row, index) for row in said]
    against = imported.base or imported.edition
    same_edition = imported.base is None
    if against is not None:
        standing = queries.standing_of(against)
        known = Known({index[row.pk]: row.made for row in said if row.made}) if same_edition else Known()
        # what the document lacks was listed when it was read; that list is not made anew
        drafts = compare(drafts, standing, known=known, next_edition=not same_edition)[: len(said)]
        indicators = {i.key: i for i in standing.indicators} if same_edition else {}
    else:
        drafts = [replace(draft, difference="new", matched=None, changes=(), link="") for draft in drafts]
        indicators = {}
    _save(said, with_problems(drafts, indicators))


def _draft(row: Proposal, index: dict[int, int]) -> Draft:
    return Draft(
        kind=row.kind,
        payload=from_json(row.kind, row.payload),
        parent=None if row.parent_id is None else index.get(row.parent_id),
        line=row.line,
        decision=row.decision,
    )


def _save(rows: list[Proposal], drafts: list[Draft]) -> None:
    changed = []
    for row, draft in zip(rows, drafts, strict=True):
        if row.decision == "accepted":
            continue
        values = {
            "problem": draft.problem[:500],
            "difference": draft.difference,
            "link": draft.link,
            "matched": draft.matched,
            "changes": [list(change) for change in draft.changes],
        }
        if any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
    Proposal.objects.bulk_update(changed, SETTLED, batch_size=500)
