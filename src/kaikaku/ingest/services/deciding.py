"""The office's word on what was read: correct, leave out, take back, give up."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from kaikaku.audit.services import record
from kaikaku.core.errors import RuleViolation
from kaikaku.ingest.heads import Head
from kaikaku.ingest.models import Import, Proposal
from kaikaku.ingest.payloads import Payload, ResultPayload, as_json, from_json
from kaikaku.ingest.services.fresh import refresh
from kaikaku.ingest.services.guard import held_import, held_proposal

if TYPE_CHECKING:
    from kaikaku.org.models import User


@transaction.atomic
def correct(*, proposal: Proposal, payload: Payload, by: User | None) -> Proposal:
    """Put right what was read; what the reader said stays beside it. Saying just that again undoes it."""
    row = held_proposal(proposal, by)
    old, new = row.payload, as_json(payload)
    if from_json(row.kind, old) == payload:
        return row
    row.payload = new
    row.decision = "open" if new == row.read else "corrected"
    row.note = ""
    row.save(update_fields=["payload", "decision", "note"])
    changed = {name: value for name, value in new.items() if old.get(name) != value}
    record(
        "ingest.proposal.corrected",
        on=row,
        by=by,
        organisation=row.imported.organisation,
        old={name: old.get(name) for name in changed},
        new=changed,
    )
    refresh(row.imported)
    return row


@transaction.atomic
def drop(*, imported: Import, keys: Collection[int], by: User | None, note: str = "") -> int:
    """Leave proposals out, with all that stands under them. How many, those already out not counted."""
    imported = held_import(imported, by)
    rows = _with_below(imported, keys)
    gone = [row for row in rows if row.decision in ("open", "corrected") and row.difference != "missing"]
    for row in gone:
        row.decision, row.note = "dropped", note.strip()[:300]
    Proposal.objects.bulk_update(gone, ["decision", "note"], batch_size=500)
    return _told("ingest.proposal.dropped", imported, gone, by, note)


@transaction.atomic
def restore(*, imported: Import, keys: Collection[int], by: User | None) -> int:
    """Take proposals back that were left out, with all above and below them. How many."""
    imported = held_import(imported, by)
    rows = _with_below(imported, keys)
    known = {row.pk: row for row in Proposal.objects.filter(imported=imported)}
    for row in list(rows):
        upper = row
        while upper.parent_id is not None:
            upper = known[upper.parent_id]
            rows.append(upper)
    back = list({row.pk: row for row in rows if row.decision == "dropped"}.values())
    for row in back:
        row.decision, row.note = ("open" if row.payload == row.read else "corrected"), ""
    Proposal.objects.bulk_update(back, ["decision", "note"], batch_size=500)
    return _told("ingest.proposal.restored", imported, back, by, "")


@transaction.atomic
def correct_head(*, imported: Import, head: Head, by: User | None) -> Import:
    """Put right title, years, plan name, levels and rating rule, until an edition is made of them."""
    imported = held_import(imported, by)
    if imported.edition_id is not None:
        raise RuleViolation(
            "edition_made",
            "取り込み先の版は既にあります。表題や年度は、プランの画面で変更してください。",
        )
    old, new = imported.head, head.as_json()
    if old == new:
        return imported
    imported.head = new
    imported.save(update_fields=["head"])
    if old.get("scheme") != new["scheme"] or old.get("fiscal_year") != new["fiscal_year"]:
        _settle_results(imported, head)
    changed = [name for name in new if old.get(name) != new[name]]
    record(
        "ingest.import.head_corrected",
        on=imported,
        by=by,
        organisation=imported.organisation,
        old={name: old.get(name) for name in changed},
        new={name: new[name] for name in changed},
    )
    refresh(imported)
    return imported


@transaction.atomic
def discard(*, imported: Import, by: User | None) -> Import:
    """Give an import up. What was accepted of it stays, and so do the document and the record."""
    imported = held_import(imported, by)
    imported.state = "discarded"
    imported.closed_at = timezone.now()
    imported.save(update_fields=["state", "closed_at"])
    record("ingest.import.discarded", on=imported, by=by, organisation=imported.organisation)
    return imported


def _settle_results(imported: Import, head: Head) -> None:
    """A result whose year or rule the document does not tell takes those of the head."""
    rows = Proposal.objects.filter(imported=imported, kind="past_result", decision__in=("open", "corrected"))
    for row in rows:
        payload = from_json(row.kind, row.payload)
        assert isinstance(payload, ResultPayload)
        values = as_json(payload)
        values["fiscal_year"] = payload.fiscal_year or head.fiscal_year
        values["scheme"] = values["scheme"] or (dict(head.scheme) if head.scheme else None)
        row.payload = values
        row.save(update_fields=["payload"])


def _with_below(imported: Import, keys: Collection[int]) -> list[Proposal]:
    """The proposals of these keys and all that stands under them, in order."""
    rows = list(Proposal.objects.filter(imported=imported).order_by("position", "pk"))
    wanted = set(keys)
    while True:
        more = {row.pk for row in rows if row.parent_id in wanted} - wanted
        if not more:
            return [row for row in rows if row.pk in wanted]
        wanted |= more


def _told(action: str, imported: Import, rows: list[Proposal], by: User | None, note: str) -> int:
    """Put on record what was decided of many at once, and look at the rest again."""
    if rows:
        shown = [str(row) for row in rows[:20]]
        record(
            action,
            on=imported,
            by=by,
            organisation=imported.organisation,
            new={"count": len(rows), "proposals": [row.pk for row in rows], "first": shown},
            note=note,
        )
        refresh(imported)
    return len(rows)
