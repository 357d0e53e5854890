"""What differs between a thing read and the row that stands for it, in words; and rows as payloads."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from kaikaku.core.eras import show_fiscal_year
from kaikaku.core.text import fold
from kaikaku.ingest.drafts import Draft
from kaikaku.ingest.payloads import (
    FigurePayload,
    FootnotePayload,
    IndicatorPayload,
    ItemPayload,
    Payload,
    ResultLine,
    ResultPayload,
    SectionPayload,
    TablePayload,
)
from kaikaku.plans import words
from kaikaku.plans.facts import (
    FigureFacts,
    FootnoteFacts,
    IndicatorFacts,
    ItemFacts,
    PastLine,
    SectionFacts,
    TableFacts,
)

Change = tuple[str, str, str]
SETTLED = {"", "confirmed", "revised"}


def what_differs(payload: Payload, facts: Any) -> tuple[Change, ...]:
    """(field, old, new) for all that differs; what the document does not say is no difference."""
    if isinstance(payload, FigurePayload):
        return tuple(_figure(payload, facts))
    if isinstance(payload, ResultPayload):
        return tuple(_result(payload, facts))
    names = _COMPARED[type(payload)]
    changes = []
    for name in names:
        old, new = getattr(facts, name), getattr(payload, name)
        said = new not in ("", None) or name in _SAID_BY_SILENCE
        if said and not _equal(old, new):
            changes.append((name, _shown(name, old), _shown(name, new)))
    return tuple(changes)


# What a document leaves out is still said: a heading without its number has lost it. Of an indicator's unit
# or direction silence says nothing.
_COMPARED: dict[type, tuple[str, ...]] = {
    SectionPayload: ("number", "title", "subtitle", "body"),
    ItemPayload: ("text", "label", "marks", "kind", "cross_listed"),
    IndicatorPayload: ("name", "unit", "direction"),
    TablePayload: ("caption", "unit", "rows"),
    FootnotePayload: ("mark", "text"),
}
_SAID_BY_SILENCE = {"number", "subtitle", "body", "marks", "cross_listed"}


def missing_of(kind: str, facts: Any, *, parent: int | None) -> Draft:
    """A draft for a row that the document does not have."""
    payload = payload_of(kind, facts)
    return Draft(kind, payload, parent, None, difference="missing", matched=facts.key)


def payload_of(kind: str, facts: Any) -> Payload:
    """A row as the payload of its kind."""
    payload: Payload = _PAYLOADS[kind](facts)
    return payload


def _section(facts: SectionFacts) -> Payload:
    return SectionPayload(facts.title, facts.number, facts.subtitle, facts.body)


def _item(facts: ItemFacts) -> Payload:
    return ItemPayload(
        facts.text,
        facts.number,
        facts.label,
        facts.marks,
        facts.cross_listed,
        facts.depth,
        facts.kind,
        facts.fiscal_year,
    )


def _indicator(facts: IndicatorFacts) -> Payload:
    return IndicatorPayload(facts.name, facts.unit, facts.direction, facts.note)


def _figure_payload(facts: FigureFacts) -> Payload:
    return FigurePayload(
        facts.role,
        facts.text,
        facts.fiscal_year,
        facts.value,
        facts.upper,
        facts.unit,
        facts.qualifiers,
        facts.status,
        facts.reason,
        facts.cumulative_from,
    )


def _table(facts: TableFacts) -> Payload:
    return TablePayload(facts.header, facts.rows, facts.caption, facts.unit)


def _footnote(facts: FootnoteFacts) -> Payload:
    return FootnotePayload(facts.text, facts.mark)


_PAYLOADS: dict[str, Any] = {
    "section": _section,
    "item": _item,
    "indicator": _indicator,
    "figure": _figure_payload,
    "table": _table,
    "footnote": _footnote,
}


def _figure(payload: FigurePayload, facts: FigureFacts) -> list[Change]:
    """A value is the same when its number, unit, state and window are; how it is printed may vary."""
    changes: list[Change] = []
    unit_differs = payload.value is not None and bool(facts.unit) and payload.unit != facts.unit
    if payload.value != facts.value or unit_differs:
        changes.append(("value", facts.text or facts.shown, payload.text))
    elif payload.value is None and payload.reason != facts.reason:
        changes.append(("reason", facts.text, payload.text))
    if facts.status != payload.status and not {facts.status, payload.status} <= SETTLED:
        changes.append(("status", _status(facts.status), _status(payload.status)))
    if payload.cumulative_from not in (None, facts.cumulative_from):
        old = facts.cumulative_from
        changes.append(("cumulative_from", _year(old), _year(payload.cumulative_from)))
    return changes


def _status(code: str) -> str:
    return words.STATUSES.get(code or "confirmed", code)


def _result(payload: ResultPayload, lines: Sequence[PastLine]) -> list[Change]:
    old = [(fold(line.label), line.total, dict(line.counts)) for line in lines]
    new = [(fold(line.label), line.total, counts_of(line, payload.codes)) for line in payload.lines]
    if old == new:
        return []
    return [("counts", _counts(old), _counts(new))]


def counts_of(line: ResultLine, codes: Sequence[str]) -> dict[str, int]:
    """The counts of a line by code; a count that could not be read is left out."""
    return {code: count for code, count in zip(codes, line.counts, strict=False) if count is not None}


def _counts(rows: Sequence[tuple[str, int | None, dict[str, int]]]) -> str:
    return "、".join(f"{label} {'/'.join(str(n) for n in counts.values())}" for label, _, counts in rows)


def _equal(old: Any, new: Any) -> bool:
    if isinstance(old, str) and isinstance(new, str):
        return fold(old) == fold(new)
    return bool(old == new)


def _shown(name: str, value: Any) -> str:
    if name == "rows":
        return "\n".join("｜".join(row) for row in value)
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if name == "fiscal_year":
        return _year(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    known = {"direction": words.DIRECTIONS, "kind": words.ITEM_KINDS}.get(name, {})
    return str(known.get(value, value)) if value is not None else ""


def _year(year: int | None) -> str:
    return "" if year is None else show_fiscal_year(year)
