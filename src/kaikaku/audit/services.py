"""Writing the log, and proving that nobody has touched it since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone

from .actions import sentences
from .models import ChainHead, Entry
from .sealing import Sealed, plain

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a chain does not hold: the organisation's pk, the entry's number and what is wrong."""

    organisation: int | None
    number: int
    what: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be put on record of one thing done; see `record`."""

    action: str
    _: KW_ONLY
    on: models.Model | None = None
    old: Mapping[str, Any] | None = None
    new: Mapping[str, Any] | None = None
    note: str = ""
    on_behalf: str = ""


def record(
    action: str,
    *,
    on: models.Model | None,
    by: User | None,
    organisation: Organisation | None,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    note: str = "",
    on_behalf: str = "",
) -> Entry:
    """Append one entry to the organisation's chain, inside the caller's transaction.

    `by` None is the system itself (set-up, the command line). `on_behalf` names the person for whom a
    deputy acted (代決). Raises TransactionManagementError outside `transaction.atomic`, so that no change
    can be kept without its entry, and ValueError for an action that no app has given a sentence.
    """
    draft = Draft(action, on=on, old=old, new=new, note=note, on_behalf=on_behalf)
    return record_all([draft], by=by, organisation=organisation)[0]


def record_all(drafts: Sequence[Draft], *, by: User | None, organisation: Organisation | None) -> list[Entry]:
    """Append entries in order, as `record` does each; the chain is taken up and put down once."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "audit.record belongs inside the change's own transaction"
        )
    known = sentences()
    for draft in drafts:
        if draft.action not in known:
            raise ValueError(f"{draft.action!r} has no sentence; add it to SENTENCES in the app's actions.py")
    if not drafts:
        return []
    head = _locked_head(organisation)
    entries = []
    for draft in drafts:
        entry = _entry_of(_seal(draft, head, by))
        head.number, head.hash = entry.number, entry.hash
        entries.append(entry)
    Entry.objects.bulk_create(entries)
    head.save(update_fields=["number", "hash"])
    return entries


@transaction.atomic
def note_export(*, by: User, asked: str) -> None:
    """Record that someone took the log out, and with what filter."""
    record("audit.log.exported", on=None, by=by, organisation=by.organisation, note=asked)


def verify(organisation: Organisation | None = None) -> list[Break]:
    """Walk the chain of one organisation, or all chains; an empty list is a whole log."""
    heads = ChainHead.objects.order_by("pk")
    if organisation is not None:
        heads = heads.filter(organisation=organisation)
    breaks = [found for head in heads for found in _walk(head)]
    if organisation is None:
        known = {head.organisation_id for head in heads}
        loose = Entry.objects.order_by().values_list("organisation", flat=True).distinct()
        breaks += [Break(pk, 0, "記録の鎖の先頭がありません。") for pk in loose if pk not in known]
    return breaks


def _locked_head(organisation: Organisation | None) -> ChainHead:
    # On PostgreSQL the row lock, on SQLite the IMMEDIATE transaction keeps a second writer waiting here.
    heads = ChainHead.objects.select_for_update()
    try:
        return heads.get(organisation=organisation)
    except ChainHead.DoesNotExist:
        ChainHead.objects.get_or_create(organisation=organisation)
        return heads.get(organisation=organisation)


def _seal(draft: Draft, head: ChainHead, by: User | None) -> Sealed:
    """The draft as the next link of the chain."""
    on = draft.on
    return Sealed(
        organisation=head.organisation_id,
        number=head.number + 1,
        at=timezone.now(),
        by=by.pk if by else None,
        on_behalf=draft.on_behalf,
        action=draft.action,
        subject_type=on._meta.label_lower if on else "",
        subject_id=str(on.pk) if on else "",
        subject_label=str(plain(str(on)))[:200] if on else "",
        old=plain(draft.old),
        new=plain(draft.new),
        note=str(plain(draft.note)),
        previous_hash=head.hash,
    )


def _entry_of(sealed: Sealed) -> Entry:
    return Entry(
        organisation_id=sealed.organisation,
        number=sealed.number,
        at=sealed.at,
        by_id=sealed.by,
        on_behalf=sealed.on_behalf,
        action=sealed.action,
        subject_type=sealed.subject_type,
        subject_id=sealed.subject_id,
        subject_label=sealed.subject_label,
        old=sealed.old,
        new=sealed.new,
        note=sealed.note,
        previous_hash=sealed.previous_hash,
        hash=sealed.hash(),
    )


def _sealed(entry: Entry) -> Sealed:
    return Sealed(
        organisation=entry.organisation_id,
        number=entry.number,
        at=entry.at,
        by=entry.by_id,
        on_behalf=entry.on_behalf,
        action=entry.action,
        subject_type=entry.subject_type,
        subject_id=entry.subject_id,
        subject_label=entry.subject_label,
        old=entry.old,
        new=entry.new,
        note=entry.note,
        previous_hash=entry.previous_hash,
    )


def _walk(head: ChainHead) -> Iterator[Break]:
    pk, number, previous = head.organisation_id, 0, ""
    entries = Entry.objects.filter(organisation=pk).order_by("number")
    for entry in entries.iterator(chunk_size=2000):
        if entry.number != number + 1:
            yield Break(pk, entry.number, f"{number + 1}番から{entry.number - 1}番までの記録がありません。")
        elif entry.previous_hash != previous:
            yield Break(pk, entry.number, f"{entry.number}番の記録が、直前の記録とつながっていません。")
        if _sealed(entry).hash() != entry.hash:
            yield Break(pk, entry.number, f"{entry.number}番の記録の内容が、記録した時から変わっています。")
        number, previous = entry.number, entry.hash
    if (number, previous) != (head.number, head.hash):
        yield Break(pk, head.number, f"最後の記録（{head.number}番）と鎖の末尾が一致しません。")
