"""From a file to an import with its proposals: read, keep, compare, propose; all or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from kaikaku import __version__
from kaikaku.audit.services import record
from kaikaku.core.errors import RuleViolation
from kaikaku.core.text import fold
from kaikaku.ingest import queries, reading
from kaikaku.ingest.differences import Known, compare
from kaikaku.ingest.drafts import Draft, drafts_of
from kaikaku.ingest.heads import Head, head_of
from kaikaku.ingest.models import Import, Proposal
from kaikaku.ingest.payloads import as_json, from_json
from kaikaku.ingest.problems import with_problems
from kaikaku.ingest.reading import Reading
from kaikaku.sources.audience import Audience
from kaikaku.sources.services import keep_document

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User
    from kaikaku.plans.models import Edition, Plan
    from kaikaku.sources.models import SourceDocument

# Room between two rows for what is added or moved there by hand.
GAP = 1024


@dataclass(frozen=True, slots=True)
class Target:
    """What a document is for: an edition that stands (only the differences), or the next edition of a plan
    (differences to `base`), or a new plan (all None).
    """

    plan: Plan | None = None
    edition: Edition | None = None
    base: Edition | None = None


def propose(
    *,
    organisation: Organisation,
    name: str,
    data: bytes,
    by: User | None,
    edition: Edition | None = None,
    plan: Plan | None = None,
    fresh: bool = False,
    read: Reading | None = None,
) -> Import:
    """Read a document and keep what was read as proposals; nothing of the plans changes.

    With `edition` the proposals are the differences to it, with `plan` a next edition of it with differences
    to its last; `fresh` asks for a new plan. With none of them the document decides: the same document goes
    to where it went before, a document of a plan that is here becomes its next edition, else a new plan.
    An import of the same document for the same target that is still open is given back as it stands. `read`
    is the reading, where the caller has made it already. Raises readers.Unreadable, and keeps nothing then.
    """
    found = read or reading.read(name=name, data=data)
    with transaction.atomic():
        return _propose(organisation, found, by, edition=edition, plan=plan, fresh=fresh)


def _propose(
    organisation: Organisation,
    found: Reading,
    by: User | None,
    *,
    edition: Edition | None,
    plan: Plan | None,
    fresh: bool,
) -> Import:
    head = head_of(found.outline, file_name=found.name)
    document = _kept(organisation, found, head, by)
    target = _target(organisation, found, head, edition=edition, plan=plan, fresh=fresh)
    standing_open = queries.open_import(
        organisation, found.sha256, plan=target.plan, edition=target.edition, base=target.base
    )
    if standing_open is not None:
        return standing_open
    imported = Import.objects.create(
        organisation=organisation,
        document=document,
        plan=target.plan,
        edition=target.edition,
        base=target.base,
        read=head.as_json(),
        head=_head_for(head, target).as_json(),
        warnings=_warnings(found, organisation, head),
        reading_version=__version__,
        created_by=by,
    )
    drafts = _compared(drafts_of(found.outline), imported)
    keep_drafts(imported, drafts, found)
    record(
        "ingest.import.proposed",
        on=imported,
        by=by,
        organisation=organisation,
        new={"document": document.file_name, "sha256": document.sha256, "proposals": len(drafts)},
    )
    return imported


def _kept(organisation: Organisation, found: Reading, head: Head, by: User | None) -> SourceDocument:
    return keep_document(
        organisation=organisation,
        name=found.name,
        data=found.data,
        title=head.title,
        media_type=found.document.media_type,
        lines=found.lines(),
        places=found.places() if any(found.places()) else (),
        published_on=date.fromisoformat(head.published) if len(head.published) == 10 else None,
        by=by,
        audience=Audience.INSIDERS,
    )


def _target(
    organisation: Organisation,
    found: Reading,
    head: Head,
    *,
    edition: Edition | None,
    plan: Plan | None,
    fresh: bool,
) -> Target:
    if edition is not None:
        _must_be_of(organisation, edition.plan)
        return Target(plan=edition.plan, edition=edition)
    if fresh:
        return Target()
    if plan is None:
        earlier = queries.earlier_of(organisation, found.sha256)
        if earlier is not None and earlier.edition is not None:
            return Target(plan=earlier.edition.plan, edition=earlier.edition)
        plan = queries.plan_named(organisation, head.plan_name)
        if plan is None:
            return Target()
        same = queries.edition_titled(plan, head.title)
        if same is not None:
            return Target(plan=plan, edition=same)
    _must_be_of(organisation, plan)
    return Target(plan=plan, base=queries.latest_edition(plan))


def _must_be_of(organisation: Organisation, plan: Plan) -> None:
    if plan.organisation_id != organisation.pk:
        raise RuleViolation(
            "foreign_organisation",
            "ほかの団体のプランには取り込めません。自分の団体のプランを選んでください。",
            field="target",
        )


def _head_for(head: Head, target: Target) -> Head:
    """What the plan has settled already is not proposed anew."""
    plan = target.plan
    if plan is None:
        return head
    return replace(head, plan_name=plan.name, level_names=tuple(plan.level_names))


def _warnings(found: Reading, organisation: Organisation, head: Head) -> list[dict[str, Any]]:
    warnings = [
        {"code": warning.code, "message": warning.message, "line": warning.line}
        for warning in found.outline.warnings
    ]
    if head.organisation and fold(head.organisation) != fold(organisation.name):
        words = (
            f"文書の団体は「{head.organisation}」と読み取れますが、取り込み先は「{organisation.name}」です。"
            "文書に間違いがないか確かめてください。"
        )
        warnings.insert(0, {"code": "other_organisation", "message": words, "line": None})
    return warnings


# --- comparing ------------------------------------------------------------------------------------------


def _compared(drafts: list[Draft], imported: Import) -> list[Draft]:
    against = imported.base or imported.edition
    if against is None:
        return with_problems(drafts, {})
    known = Known()
    if imported.base is None:
        drafts, known = _as_settled_before(drafts, imported)
    standing = queries.standing_of(against)
    compared = compare(drafts, standing, known=known, next_edition=imported.base is not None)
    same_edition = {} if imported.base else {i.key: i for i in standing.indicators}
    return with_problems(compared, same_edition)


def _as_settled_before(drafts: list[Draft], imported: Import) -> tuple[list[Draft], Known]:
    """The drafts with what the office made of the very same lines in earlier imports of this document."""
    rows = Proposal.objects.filter(
        imported__document=imported.document,
        imported__edition=imported.edition,
        imported__state__in=("accepted", "partly_accepted"),
        read__isnull=False,
    ).order_by("pk")
    earlier: dict[tuple[str, int | None, str], list[Proposal]] = defaultdict(list)
    for row in rows:
        earlier[row.kind, row.line, _key(row.read)].append(row)
    settled, made = [], {}
    for index, draft in enumerate(drafts):
        before = earlier.get((draft.kind, draft.line, _key(as_json(draft.payload))), [])
        if not before:
            settled.append(draft)
            continue
        became = next((b.made or b.matched for b in reversed(before) if b.made or b.matched), None)
        if became is not None:
            made[index] = became
        settled.append(_settled(draft, before[-1]))
    return settled, Known(rows=made)


def _settled(draft: Draft, before: Proposal) -> Draft:
    if before.decision == "dropped" and draft.decision != "dropped":
        return replace(draft, decision="dropped", note="前の取り込みで外しました。")
    if before.payload != before.read:
        return replace(draft, payload=from_json(draft.kind, before.payload), decision="corrected")
    return draft


def _key(read: Any) -> str:
    return repr(sorted(read.items()))


# --- keeping --------------------------------------------------------------------------------------------


def keep_drafts(imported: Import, drafts: Sequence[Draft], found: Reading) -> None:
    """Write the drafts as proposals, a level at a time since each needs the key of the one above it."""
    rows = [_row(imported, draft, GAP * (index + 1), found) for index, draft in enumerate(drafts)]
    waiting = list(range(len(rows)))
    kept: set[int] = set()
    while waiting:
        ready = [i for i in waiting if drafts[i].parent is None or drafts[i].parent in kept]
        for index in ready:
            parent = drafts[index].parent
            rows[index].parent = None if parent is None else rows[parent]
        Proposal.objects.bulk_create([rows[i] for i in ready], batch_size=500)
        kept.update(ready)
        waiting = [i for i in waiting if i not in kept]


def _row(imported: Import, draft: Draft, position: int, found: Reading) -> Proposal:
    place = None if draft.line is None else found.quotes.place(draft.line)
    return Proposal(
        imported=imported,
        kind=draft.kind,
        position=position,
        read=None if draft.read is None else as_json(draft.read),
        payload=as_json(draft.payload),
        line=draft.line,
        page=place.page if place else None,
        sheet=((place.sheet if place else None) or "")[:100],
        cell=((place.cell if place else None) or "")[:20],
        quote="" if draft.line is None else found.quotes.quote(draft.line).replace("\x00", "\ufffd"),
        decision=draft.decision,
        note=draft.note,
        problem=draft.problem[:500],
        difference=draft.difference,
        link=draft.link,
        matched=draft.matched,
        changes=[list(change) for change in draft.changes],
    )
