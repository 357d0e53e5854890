"""From an outline to proposals: one draft for each thing read, in the order of the document."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from kaikaku.core.outline import read_marker
from kaikaku.core.text import fold
from kaikaku.ingest.payloads import (
    FactPayload,
    FigurePayload,
    FootnotePayload,
    IndicatorPayload,
    ItemPayload,
    ListedName,
    Payload,
    ResultLine,
    ResultList,
    ResultPayload,
    SectionPayload,
    TablePayload,
)
from kaikaku.ingest.ratings import scheme_of_summary
from kaikaku.readers.outline import (
    Fact,
    IndicatorRead,
    ItemRead,
    Outline,
    Role,
    SectionRead,
    Summary,
    TableRead,
    ValueRead,
)
from kaikaku.readers.vocabulary import SAME_AGAIN

TOTALS = {"全体", "合計", "計", "総計", "全指標", "総合計"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal before it is kept. `parent` is the index of the draft it stands under."""

    kind: str
    payload: Payload
    parent: int | None = None
    line: int | None = None
    read: Payload | None = None
    decision: str = "open"
    note: str = ""
    problem: str = ""
    difference: str = "new"
    link: str = ""
    matched: int | None = None
    changes: tuple[tuple[str, str, str], ...] = ()

    @property
    def name(self) -> str:
        """What the thing is called or says."""
        payload = self.payload
        if isinstance(payload, SectionPayload):
            return payload.title
        if isinstance(payload, IndicatorPayload | FactPayload):
            return payload.name
        if isinstance(payload, TablePayload):
            return payload.caption
        return payload.label if isinstance(payload, ResultPayload) else payload.text


def drafts_of(outline: Outline) -> list[Draft]:
    """All that was read, each section before what stands under it, and else in the order of the lines."""
    return _in_order(_Drafting(outline).all())


def _in_order(drafts: Sequence[Draft]) -> list[Draft]:
    """The same tree with the children of each in the order of their lines: a chapter's table comes last."""
    below: dict[int | None, list[int]] = defaultdict(list)
    for index, draft in enumerate(drafts):
        below[draft.parent].append(index)
    order: list[int] = []
    waiting = _by_line(below[None], drafts)
    while waiting:
        index = waiting.pop()
        order.append(index)
        waiting += _by_line(below[index], drafts)
    place = {index: position for position, index in enumerate(order)}
    return [
        replace(draft, parent=None if draft.parent is None else place[draft.parent])
        for draft in (drafts[index] for index in order)
    ]


def _by_line(indexes: Sequence[int], drafts: Sequence[Draft]) -> list[int]:
    """Last line first, so that the first is taken off the end; equal lines keep their order."""
    return sorted(indexes, key=lambda index: drafts[index].line or sys.maxsize)[::-1]


class _Drafting:
    """Walks the outline once; `drafts` grows in document order."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.drafts: list[Draft] = []
        self.tables = _by_section(outline.tables)
        self.indicators = _by_section(outline.indicators)
        self.facts = _by_section(outline.facts)
        self.summaries = _by_section(s for s in outline.summaries if s.columns)
        self.taken = _taken_lines(outline)
        self.years = {
            item.line: item.fiscal_year
            for section in outline.sections
            for item in section.items
            if item.kind == "achievement"
        }

    def all(self) -> list[Draft]:
        self._below(None, at=None)
        places: dict[int, int] = {}
        for index, section in enumerate(self.outline.sections):
            parent = None if section.parent is None else places[section.parent]
            places[index] = self._add("section", _section(section), parent, section.line)
            for item in section.items:
                self._add("item", _item(item), places[index], item.line)
            self._below(index, at=places[index])
        for note in self.outline.footnotes:
            self._add("footnote", FootnotePayload(note.text, note.mark), None, note.line)
        return self.drafts

    def _add(
        self, kind: str, payload: Payload, parent: int | None, line: int | None, *, dropped: str = ""
    ) -> int:
        decision = "dropped" if dropped else "open"
        self.drafts.append(Draft(kind, payload, parent, line, read=payload, decision=decision, note=dropped))
        return len(self.drafts) - 1

    def _below(self, section: int | None, *, at: int | None) -> None:
        for indicator in self.indicators[section]:
            place = self._add("indicator", _indicator(indicator), at, indicator.line)
            for payload, line, dropped in _figures(indicator):
                self._add("figure", payload, place, line, dropped=dropped)
        for table in self.tables[section]:
            lines = set(table.row_lines)
            twice = "指標や集計結果として読み取りました。" if lines and lines <= self.taken else ""
            self._add("table", _table(table), at, table.line, dropped=twice)
        for summary in self.summaries[section]:
            self._add("past_result", _result(summary, self.outline), at, summary.line)
        for fact in self.facts[section]:
            if not fact.change:
                self._add("fact", _fact(fact, self.years.get(fact.line)), at, fact.line)


class _Placed(Protocol):
    @property
    def section(self) -> int | None: ...


Part = TypeVar("Part", bound=_Placed)


def _by_section(parts: Iterable[Part]) -> Mapping[int | None, Sequence[Part]]:
    found: dict[int | None, list[Part]] = defaultdict(list)
    for part in parts:
        found[part.section].append(part)
    return found


def _taken_lines(outline: Outline) -> set[int]:
    """Lines whose table row has become an indicator or a line of a result."""
    lines = {indicator.line for indicator in outline.indicators}
    lines |= {value.line for indicator in outline.indicators for value in indicator.values}
    return lines | {row.line for summary in outline.summaries if summary.columns for row in summary.rows}


def _section(section: SectionRead) -> SectionPayload:
    return SectionPayload(
        title=section.title,
        number=section.number or "",
        subtitle=section.subtitle or "",
        body="\n".join(section.text),
    )


def _item(item: ItemRead) -> ItemPayload:
    return ItemPayload(
        text=_bare(item),
        number=item.number or "",
        label=item.label or "",
        marks="".join(item.marks),
        cross_listed=item.cross_listed,
        depth=item.depth,
        kind=item.kind or "",
        fiscal_year=item.fiscal_year,
    )


def _bare(item: ItemRead) -> str:
    """The words without number, label and 再掲, which the plans keep beside them and print with them."""
    text = item.text
    marker = read_marker(text) if item.number else None
    if marker is not None and marker.rest:
        text = marker.rest
    if item.label and text[1:].startswith(item.label):
        text = text[len(item.label) + 2 :].lstrip()
    if item.cross_listed:
        text = SAME_AGAIN.sub("", text).strip()
    return text or item.text


def _indicator(indicator: IndicatorRead) -> IndicatorPayload:
    note = " ".join(part for part in (indicator.group, indicator.note) if part)
    return IndicatorPayload(indicator.name, indicator.unit or "", indicator.direction or "", note)


def _table(table: TableRead) -> TablePayload:
    return TablePayload(table.header, table.rows, table.caption or "", table.unit or "")


def _fact(fact: Fact, year: int | None) -> FactPayload:
    """A figure in a line of what was done is of that line's year, where it tells none itself."""
    return FactPayload(
        name=fact.name,
        text=fact.text,
        value=fact.value,
        unit=fact.unit or "",
        fiscal_year=fact.fiscal_year or year,
        qualifiers=fact.qualifiers,
    )


def _figures(indicator: IndicatorRead) -> Iterator[tuple[FigurePayload, int, str]]:
    """Every value of an indicator; one that would stand twice in a place is left out, and says so."""
    seen: set[tuple[str, int | None]] = set()
    for value in sorted(_values(indicator), key=lambda value: value.role in ("forecast", "expected")):
        payload = _figure(value, indicator)
        place = (payload.role, payload.fiscal_year)
        twice = "同じ種類・同じ年度の値がほかにあります。" if place in seen else ""
        seen.add(place)
        yield payload, value.line, twice


def _values(indicator: IndicatorRead) -> list[ValueRead]:
    if indicator.values:
        return [value for value in indicator.values if value.role]
    named: tuple[tuple[Role, ValueRead | None], ...] = (
        ("baseline", indicator.baseline),
        ("target", indicator.target),
        ("actual", indicator.actual),
    )
    return [replace(value, role=role) for role, value in named if value is not None]


def _figure(value: ValueRead, indicator: IndicatorRead) -> FigurePayload:
    """A forecast is an actual that is projected; an expected value is the target of its year."""
    role = {"forecast": "actual", "expected": "target"}.get(value.role or "", value.role or "actual")
    rated = indicator.actual is not None and value.text == indicator.actual.text and role == "actual"
    return FigurePayload(
        role=role,
        text=value.text,
        fiscal_year=value.fiscal_year,
        value=value.value,
        upper=value.upper,
        unit=value.unit or "",
        qualifiers=value.qualifiers,
        status=value.status or ("projected" if value.role == "forecast" else ""),
        reason="" if value.value is not None else (value.reason or "none"),
        cumulative_from=value.cumulative_from,
        printed_rate=(indicator.printed_rate or "") if rated else "",
        printed_grade=(indicator.printed_grade or "") if rated else "",
    )


def _result(summary: Summary, outline: Outline) -> ResultPayload:
    scheme = scheme_of_summary(summary, name=outline.organisation or outline.title or "")
    lines = tuple(
        ResultLine(
            label=row.title or row.label,
            total=row.total,
            counts=row.counts,
            shares=row.shares,
            number="" if row.label == row.title else row.label,
            is_total=fold(row.title) in TOTALS or fold(row.label) in TOTALS,
            line=row.line,
        )
        for row in summary.rows
    )
    lists = tuple(
        ResultList(
            title=listed.title,
            names=tuple(ListedName(name.name, name.external) for name in listed.names),
            footnote=listed.note or "",
        )
        for listed in summary.lists
    )
    return ResultPayload(
        fiscal_year=outline.fiscal_year,
        codes=summary.columns,
        lines=lines,
        lists=lists,
        scheme=None if scheme is None else scheme.as_json(),
    )
