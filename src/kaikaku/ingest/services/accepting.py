"""Accepting: what was read becomes rows of the plans, with its citations, in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from kaikaku.audit.services import record
from kaikaku.core.ratings import Scheme
from kaikaku.ingest import queries
from kaikaku.ingest.heads import Head
from kaikaku.ingest.models import Import, Proposal
from kaikaku.ingest.services import heirs, writing
from kaikaku.ingest.services.batch import Batch
from kaikaku.ingest.services.guard import held_import
from kaikaku.plans import services as plans
from kaikaku.plans.entries import EditionFields

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.plans.models import Edition

DAY = (4, 1)  # a fiscal year begins on 1 April (自治法208条)


@dataclass(frozen=True, slots=True)
class Accepted:
    """What an acceptance made: how many rows of each kind were added and how many were changed."""

    edition: Edition | None
    made: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.made.values()) + sum(self.changed.values())


@transaction.atomic
def accept(*, imported: Import, by: User | None, only: Collection[int] | None = None) -> Accepted:
    """Take proposals into the plans: all that wait and can be taken, or those whose keys are in `only`.

    What a chosen one stands under is taken with it, and into a next edition all that stays the same. Figures
    in running prose are taken only when named in `only`; what was dropped, what is in trouble and what the
    document merely lacks never. Accepting again does nothing again: what has been taken no longer waits.
    Raises RuleViolation, and then nothing of it is kept, where the plans refuse a row that no check of ours
    foresaw.
    """
    imported = held_import(imported, by)
    rows = queries.proposals_of(imported)
    chosen = _chosen(rows, only, next_edition=imported.base is not None)
    if not chosen:
        return Accepted(imported.edition)
    edition = _edition(imported, by)
    batch = Batch.of(imported, edition, rows, chosen)
    made, changed = writing.write(batch, by=by)
    if imported.base is not None:
        heirs.draw(batch, base=imported.base, by=by)
    for row in chosen:
        row.decision = "accepted"
    Proposal.objects.bulk_update(chosen, ["decision", "made"], batch_size=500)
    _close(imported)
    record(
        "ingest.import.accepted",
        on=imported,
        by=by,
        organisation=imported.organisation,
        new={"edition": edition.title, "made": made, "changed": changed},
    )
    return Accepted(edition, made, changed)


def _chosen(rows: Sequence[Proposal], only: Collection[int] | None, *, next_edition: bool) -> list[Proposal]:
    """The rows to take, each with all above it, in order. A next edition takes also what stays the same."""
    by_key = {row.pk: row for row in rows}
    wanted = {"new", "changed", "same"} if next_edition else {"new", "changed"}
    found: set[int] = set()
    for row in rows:
        named = only is None or row.pk in only or (next_edition and row.difference == "same")
        if named and _can(row, wanted) and not (row.kind == "fact" and only is None):
            above = _above(row, by_key)
            if all(_stands(upper) or _can(upper, wanted | {"same"}) for upper in above):
                found.add(row.pk)
                found.update(upper.pk for upper in above if _can(upper, wanted))
    return [row for row in rows if row.pk in found]


def _can(row: Proposal, wanted: set[str]) -> bool:
    return row.decision in queries.LIVE and row.difference in wanted and not row.problem


def _stands(row: Proposal) -> bool:
    return row.decision == "accepted"


def _above(row: Proposal, by_key: dict[int, Proposal]) -> list[Proposal]:
    found = []
    while row.parent_id is not None:
        row = by_key[row.parent_id]
        found.append(row)
    return found


def _edition(imported: Import, by: User | None) -> Edition:
    """The edition that the import goes into, made at the first acceptance."""
    if imported.edition is not None:
        return imported.edition
    head = Head.from_json(imported.head)
    if imported.plan is None:
        imported.plan = plans.create_plan(
            organisation=imported.organisation,
            name=head.plan_name or head.title,
            level_names=head.level_names,
            by=by,
        )
    edition = plans.create_edition(
        plan=imported.plan,
        fields=EditionFields(
            title=head.title, fiscal_year=head.fiscal_year, period=head.period, summary=head.summary
        ),
        by=by,
    )
    scheme = _scheme(imported, head)
    if scheme is not None:
        year = head.fiscal_year or timezone.localdate().year
        edition = plans.change_scheme(edition=edition, scheme=scheme, valid_from=date(year, *DAY), by=by)
    imported.edition = edition
    imported.save(update_fields=["plan", "edition"])
    return edition


def _scheme(imported: Import, head: Head) -> Scheme | None:
    """The rule of the document or of the office's choice; else that of the edition before."""
    if head.scheme is not None:
        return Scheme.from_json(head.scheme)
    if imported.base is not None and imported.base.scheme is not None:
        return Scheme.from_json(imported.base.scheme.data)
    return None


def _close(imported: Import) -> None:
    """Say whether anything is left to decide."""
    left = Proposal.objects.filter(queries.waiting(), imported=imported)
    imported.state = "partly_accepted" if left.exists() else "accepted"
    imported.closed_at = timezone.now() if imported.state == "accepted" else None
    imported.save(update_fields=["state", "closed_at"])
