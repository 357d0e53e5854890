"""Putting right how a document was cut up: join, split, add, move, turn a heading into a line and back."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F

from kaikaku.audit.services import record
from kaikaku.core.errors import RuleViolation
from kaikaku.ingest import words
from kaikaku.ingest.models import Import, Proposal
from kaikaku.ingest.payloads import (
    ItemPayload,
    Payload,
    SectionPayload,
    as_json,
    from_json,
    main_field,
)
from kaikaku.ingest.services.fresh import refresh
from kaikaku.ingest.services.guard import held_import, held_proposal
from kaikaku.ingest.services.proposing import GAP

if TYPE_CHECKING:
    from kaikaku.org.models import User

JOINABLE = ("section", "item", "indicator", "footnote", "fact")
MOST_JOINED = 20
# What each kind may stand under; None is the edition itself.
HOMES: dict[str, tuple[str | None, ...]] = {
    "section": ("section", None),
    "item": ("section",),
    "indicator": ("section", None),
    "figure": ("indicator",),
    "table": ("section", None),
    "footnote": (None,),
    "past_result": ("section", None),
    "fact": ("section", None),
}


@transaction.atomic
def join(*, first: Proposal, second: Proposal, by: User | None) -> Proposal:
    """Make two one: the words of the second are put after the first's, and what stood under it goes along.

    The second stays in the import as dropped, so that taking it back undoes half of a join made by mistake.
    """
    kept, gone = held_proposal(first, by), held_proposal(second, by)
    if kept.pk == gone.pk or kept.imported_id != gone.imported_id or kept.kind != gone.kind:
        raise RuleViolation("join_unlike", "同じ種類のものを2つ選んで結合してください。")
    if kept.kind not in JOINABLE:
        raise RuleViolation("join_kind", f"{words.KINDS[kept.kind]}は結合できません。訂正で直してください。")
    if gone.parent_id == kept.pk or kept.parent_id == gone.pk:
        _lift_children(gone, kept)
    name = main_field(kept.kind)
    old = kept.payload
    kept.payload = {**old, name: _joined(str(old[name]), str(gone.payload[name]))}
    if kept.kind == "section":
        bodies = [text for text in (old["body"], gone.payload["body"]) if text]
        kept.payload |= {"body": "\n".join(bodies), "subtitle": old["subtitle"] or gone.payload["subtitle"]}
    kept.decision = "corrected"
    kept.save(update_fields=["payload", "decision"])
    Proposal.objects.filter(parent=gone).update(parent=kept)
    gone.decision, gone.note = "dropped", f"{kept}に結合しました。"[:300]
    gone.save(update_fields=["decision", "note"])
    _record("ingest.proposal.joined", kept, by, old=old, new=kept.payload, note=str(gone))
    refresh(kept.imported)
    return kept


@transaction.atomic
def join_all(*, imported: Import, keys: Collection[int], by: User | None) -> Proposal:
    """Make several one, in the order of the document: see `join`."""
    rows = list(Proposal.objects.filter(imported=imported, pk__in=keys).order_by("position", "pk"))
    if not 2 <= len(rows) <= MOST_JOINED:
        raise RuleViolation("join_count", f"結合するものを、2件から{MOST_JOINED}件までの間で選んでください。")
    for other in rows[1:]:
        join(first=rows[0], second=other, by=by)
    return rows[0]


@transaction.atomic
def split(*, proposal: Proposal, at: int, by: User | None) -> tuple[Proposal, Proposal]:
    """Cut a proposal in two before its `at`-th character (1 is after the first). Both cite the same place.

    What stands under it stays with the first part.
    """
    row = held_proposal(proposal, by)
    if row.kind not in JOINABLE:
        raise RuleViolation("split_kind", f"{words.KINDS[row.kind]}は分割できません。訂正で直してください。")
    name = main_field(row.kind)
    text = str(row.payload[name])
    head, tail = text[:at].rstrip(), text[at:].lstrip()
    if at < 1 or not head or not tail:
        raise RuleViolation(
            "split_place",
            f"分ける位置は、1文字目の後から{max(len(text) - 1, 1)}文字目の後までの間で選んでください。",
            field="at",
        )
    old = row.payload
    row.payload, row.decision = {**old, name: head}, "corrected"
    row.save(update_fields=["payload", "decision"])
    rest = {**old, name: tail}
    if row.kind == "section":
        rest |= {"number": "", "subtitle": "", "body": ""}
    second = _insert(
        row.imported,
        row.kind,
        from_json(row.kind, rest),
        parent=row.parent,
        after=_last_below(row),
        like=row,
    )
    _record("ingest.proposal.split", row, by, old=old, new=row.payload, note=str(second))
    refresh(row.imported)
    return row, second


@transaction.atomic
def add(
    *,
    imported: Import,
    payload: Payload,
    kind: str,
    parent: Proposal | None,
    after: Proposal | None = None,
    line: int | None = None,
    by: User | None,
) -> Proposal:
    """Add by hand what the reader did not find, as the last under `parent` or just behind `after`.

    `line` is the line of the document that says it, if any: the row cites it then.
    """
    imported = held_import(imported, by)
    _must_fit(kind, parent)
    last = len(imported.document.text_lines)
    if line is not None and not 1 <= line <= last:
        raise RuleViolation(
            "no_such_line",
            f"この文書に{line}行目はありません。1から{last}までの行を入力してください。",
            field="line",
        )
    above = after or parent
    behind = None if above is None else _last_below(above)
    row = _insert(imported, kind, payload, parent=parent, after=behind, line=line)
    _record("ingest.proposal.added", row, by, old=None, new=row.payload)
    refresh(imported)
    return row


@transaction.atomic
def move(
    *, proposal: Proposal, parent: Proposal | None, after: Proposal | None = None, by: User | None
) -> Proposal:
    """Put a proposal, with all below it, under `parent`: behind `after` and what is below that, else last."""
    row = held_proposal(proposal, by)
    _must_fit(row.kind, parent)
    if parent is not None and (parent.pk == row.pk or parent.pk in _keys_below(row)):
        raise RuleViolation(
            "move_below_itself",
            "自分自身やその下へは移せません。ほかの移動先を選んでください。",
            field="parent",
        )
    before = row.parent
    tree = [row, *Proposal.objects.filter(pk__in=_keys_below(row)).order_by("position", "pk")]
    above = after or parent
    behind = None if above is None else _last_below(above, without={moved.pk for moved in tree})
    row.parent = parent
    row.save(update_fields=["parent"])
    _place(row.imported, tree, behind)
    _record("ingest.proposal.moved", row, by, old={"parent": _name(before)}, new={"parent": _name(parent)})
    refresh(row.imported)
    return row


@transaction.atomic
def indent(*, proposal: Proposal, by: User | None) -> Proposal:
    """One level down: a line becomes a detail of the one before, a heading goes under the one before."""
    row = held_proposal(proposal, by)
    if row.kind == "item":
        return _set_depth(row, int(row.payload.get("depth", 1)) + 1, by)
    siblings = Proposal.objects.filter(
        imported=row.imported, parent=row.parent, kind="section", position__lt=row.position
    ).exclude(decision="dropped")
    above = siblings.order_by("-position").first()
    if above is None:
        raise RuleViolation("indent_first", "同じ段で前にある見出しがないため、下げられません。")
    return move(proposal=row, parent=above, by=by)


@transaction.atomic
def outdent(*, proposal: Proposal, by: User | None) -> Proposal:
    """One level up: a detail becomes a line of its own, a heading stands behind the one it was under."""
    row = held_proposal(proposal, by)
    if row.kind == "item":
        return _set_depth(row, int(row.payload.get("depth", 1)) - 1, by)
    if row.parent is None:
        raise RuleViolation("outdent_top", "最上段にあるため、これより上げられません。")
    upper = row.parent
    grand = None if upper.parent_id is None else Proposal.objects.get(pk=upper.parent_id)
    return move(proposal=row, parent=grand, after=upper, by=by)


@transaction.atomic
def convert(*, proposal: Proposal, by: User | None) -> Proposal:
    """Turn a line into a heading of its own, or a heading with nothing below it into a line."""
    row = held_proposal(proposal, by)
    old, kind = row.payload, row.kind
    payload = from_json(kind, old)
    if isinstance(payload, ItemPayload):
        row.kind = "section"
        row.payload = as_json(SectionPayload(title=payload.text, number=payload.number))
    elif isinstance(payload, SectionPayload):
        if row.parent_id is None or Proposal.objects.filter(parent=row).exists():
            raise RuleViolation(
                "convert_section",
                "項目にできるのは、ほかの見出しの下にあり、下に何もない見出しだけです。先に下のものを移してください。",
            )
        row.kind = "item"
        text = "\n".join(part for part in (payload.title, payload.body) if part)
        row.payload = as_json(ItemPayload(text=text, number=payload.number))
    else:
        raise RuleViolation("convert_kind", f"{words.KINDS[kind]}の種類は変えられません。")
    # what was read was of the other kind and says nothing of this one
    row.read, row.decision = None, "corrected"
    row.save(update_fields=["kind", "payload", "read", "decision"])
    _record("ingest.proposal.converted", row, by, old={"kind": kind, **old}, new={"kind": row.kind})
    refresh(row.imported)
    return row


# --- places ---------------------------------------------------------------------------------------------


def _insert(
    imported: Import,
    kind: str,
    payload: Payload,
    *,
    parent: Proposal | None,
    after: Proposal | None,
    line: int | None = None,
    like: Proposal | None = None,
) -> Proposal:
    texts = imported.document.text_lines
    place: dict[str, Any] = (
        {"line": line, "quote": texts[line - 1] if line else ""}
        if like is None
        else {name: getattr(like, name) for name in ("line", "page", "sheet", "cell", "quote")}
    )
    row = Proposal.objects.create(
        imported=imported,
        kind=kind,
        parent=parent,
        position=0,
        payload=as_json(payload),
        decision="corrected",
        **place,
    )
    _place(imported, [row], after)
    return row


def _place(imported: Import, tree: list[Proposal], after: Proposal | None) -> None:
    """Give rows positions just behind `after` (at the very end without), making room where there is none."""
    rows = Proposal.objects.filter(imported=imported).exclude(pk__in=[row.pk for row in tree])
    if after is None:
        last = rows.order_by("-position").values_list("position", flat=True).first() or 0
        step, start = GAP, last
    else:
        start = Proposal.objects.values_list("position", flat=True).get(pk=after.pk)
        ahead = rows.filter(position__gt=start).order_by("position").values_list("position", flat=True)
        room = (ahead.first() or start + GAP * (len(tree) + 1)) - start
        if room <= len(tree):
            rows.filter(position__gt=start).update(position=F("position") + GAP * (len(tree) + 1))
            room += GAP * (len(tree) + 1)
        step = room // (len(tree) + 1)
    for number, row in enumerate(tree, start=1):
        row.position = start + step * number
    Proposal.objects.bulk_update(tree, ["position"], batch_size=500)


def _last_below(row: Proposal, *, without: set[int] | None = None) -> Proposal:
    """The last row, in order, of a proposal and all below it."""
    keys = _keys_below(row) - (without or set())
    below = Proposal.objects.filter(pk__in=keys).order_by("-position", "-pk").first()
    return below or row


def _keys_below(row: Proposal) -> set[int]:
    children: dict[int | None, list[int]] = {}
    for key, parent in Proposal.objects.filter(imported=row.imported_id).values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(key)
    found: set[int] = set()
    waiting = list(children.get(row.pk, ()))
    while waiting:
        key = waiting.pop()
        found.add(key)
        waiting += children.get(key, ())
    return found


def _lift_children(gone: Proposal, kept: Proposal) -> None:
    """Of two that stand under one another, let the kept one stand where the upper stood."""
    if kept.parent_id == gone.pk:
        kept.parent = gone.parent
        kept.save(update_fields=["parent"])


def _must_fit(kind: str, parent: Proposal | None) -> None:
    if (parent.kind if parent else None) not in HOMES[kind]:
        homes = "、".join(words.KINDS[home] if home else "プランの直下" for home in HOMES[kind])
        raise RuleViolation(
            "home_unfit",
            f"{words.KINDS[kind]}を置けるのは{homes}です。場所を選び直してください。",
            field="parent",
        )


def _set_depth(row: Proposal, depth: int, by: User | None) -> Proposal:
    if depth < 1:
        raise RuleViolation("outdent_top", "最上段にあるため、これより上げられません。")
    old = row.payload
    row.payload = {**old, "depth": depth}
    row.decision = "open" if row.payload == row.read else "corrected"
    row.save(update_fields=["payload", "decision"])
    _record("ingest.proposal.corrected", row, by, old={"depth": old.get("depth")}, new={"depth": depth})
    return row


def _joined(one: str, other: str) -> str:
    """Words of two lines as one: no blank between Japanese letters, one between Latin words."""
    latin = one[-1:].isascii() and other[:1].isascii() and one[-1:].isalnum() and other[:1].isalnum()
    return f"{one}{' ' if latin else ''}{other}"


def _name(row: Proposal | None) -> str:
    return "" if row is None else str(row)


def _record(action: str, row: Proposal, by: User | None, *, old: Any, new: Any, note: str = "") -> None:
    organisation = row.imported.organisation
    record(action, on=row, by=by, organisation=organisation, old=old, new=new, note=note)
