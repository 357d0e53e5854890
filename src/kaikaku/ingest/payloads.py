"""What a proposal holds, by kind: frozen values on one side, plain JSON on the other.

The same shapes carry what was read and what the office has made of it, so that either can be shown, held
against the other and accepted.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kaikaku.core.errors import RuleViolation
from kaikaku.core.quantities import Quantity, parse_quantity


@dataclass(frozen=True, slots=True)
class SectionPayload:
    """A heading with the text that stands directly under it."""

    title: str
    number: str = ""
    subtitle: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class ItemPayload:
    """A line under a heading."""

    text: str
    number: str = ""
    label: str = ""
    marks: str = ""
    cross_listed: bool = False
    depth: int = 1
    kind: str = ""
    fiscal_year: int | None = None


@dataclass(frozen=True, slots=True)
class IndicatorPayload:
    """What is measured; its values are proposals of their own below it."""

    name: str
    unit: str = ""
    direction: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FigurePayload:
    """One value as printed and as understood; `value` is in the base unit (円, 人, 時間, %)."""

    role: str
    text: str
    fiscal_year: int | None = None
    value: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""
    qualifiers: tuple[str, ...] = ()
    status: str = ""
    reason: str = ""
    cumulative_from: int | None = None
    printed_rate: str = ""
    printed_grade: str = ""

    def quantity(self) -> Quantity:
        """The value as the plans take it; its text is read again for what only it holds (時間と分)."""
        again = parse_quantity(self.text, unit=self.unit or None)
        if self.value is not None and (again.value, again.unit or "") == (self.value, self.unit):
            return dataclasses.replace(
                again, fiscal_year=self.fiscal_year, cumulative_from=self.cumulative_from
            )
        return Quantity(
            self.text,
            self.value,
            unit=self.unit or None,
            upper=self.upper,
            qualifiers=self.qualifiers,
            fiscal_year=self.fiscal_year,
            cumulative_from=self.cumulative_from,
            status=self.status or None,
            reason=(self.reason or "none") if self.value is None else None,
        )


@dataclass(frozen=True, slots=True)
class TablePayload:
    """A table as the document has it."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class FootnotePayload:
    """A note with the mark that calls it."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One line of a published table by grade; counts and shares stand in the order of the codes."""

    label: str
    total: int | None
    counts: tuple[int | None, ...]
    shares: tuple[str | None, ...] = ()
    number: str = ""
    is_total: bool = False
    line: int | None = None


@dataclass(frozen=True, slots=True)
class ListedName:
    """A name in a printed list; `marked` where a mark points to an outside cause."""

    name: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class ResultList:
    """The names a paper prints under one grade, with the footnote of its marks."""

    title: str
    names: tuple[ListedName, ...]
    footnote: str = ""


@dataclass(frozen=True, slots=True)
class ResultPayload:
    """A result published by grade without single figures; `scheme` is a `core.ratings.Scheme` as JSON."""

    fiscal_year: int | None
    codes: tuple[str, ...]
    lines: tuple[ResultLine, ...]
    lists: tuple[ResultList, ...] = ()
    scheme: Mapping[str, Any] | None = None
    label: str = "達成度ごとの集計"


@dataclass(frozen=True, slots=True)
class FactPayload:
    """A figure in running prose; accepted, it becomes an indicator with one actual."""

    name: str
    text: str
    value: Decimal | None = None
    unit: str = ""
    fiscal_year: int | None = None
    qualifiers: tuple[str, ...] = ()


Payload = (
    SectionPayload
    | ItemPayload
    | IndicatorPayload
    | FigurePayload
    | TablePayload
    | FootnotePayload
    | ResultPayload
    | FactPayload
)

KINDS: dict[str, type[Payload]] = {
    "section": SectionPayload,
    "item": ItemPayload,
    "indicator": IndicatorPayload,
    "figure": FigurePayload,
    "table": TablePayload,
    "footnote": FootnotePayload,
    "past_result": ResultPayload,
    "fact": FactPayload,
}
_NESTED: dict[tuple[type, str], type] = {
    (ResultPayload, "lines"): ResultLine,
    (ResultPayload, "lists"): ResultList,
    (ResultList, "names"): ListedName,
}
_NUMBERS = {"value", "upper"}


def as_json(payload: Any) -> dict[str, Any]:
    """The payload as a JSON column keeps it; Decimals as text, and no character a database refuses."""
    return {field.name: _plain(getattr(payload, field.name)) for field in dataclasses.fields(payload)}


def from_json(kind: str, data: Mapping[str, Any]) -> Payload:
    """The payload of a proposal; names of fields that are gone since it was kept are passed over."""
    if kind not in KINDS:
        raise RuleViolation("ingest.kind_unknown", f"「{kind}」という種類の読み取りはありません。")
    payload: Payload = _read(KINDS[kind], data)
    return payload


def main_field(kind: str) -> str:
    """The field that says what the thing is called or says: it is what is joined and split."""
    return {"section": "title", "indicator": "name", "fact": "name", "table": "caption"}.get(kind, "text")


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return as_json(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd")
    return dict(value) if isinstance(value, Mapping) else value


def _read(shape: Any, data: Mapping[str, Any]) -> Any:
    values: dict[str, Any] = {}
    for field in dataclasses.fields(shape):
        if field.name not in data:
            continue
        value = data[field.name]
        nested = _NESTED.get((shape, field.name))
        if nested is not None:
            value = tuple(_read(nested, part) for part in value)
        elif field.name in _NUMBERS and value is not None:
            value = Decimal(value)
        values[field.name] = _tuples(value)
    return shape(**values)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(part) for part in value) if isinstance(value, list) else value
