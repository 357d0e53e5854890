"""What a careful reader finds in a plan or report: sections, items, indicators, tables, notes and doubts.

Every part carries `line`, the place in the original counted as `document.Place.line` counts it. `as_json()`
gives exactly the shape of DESIGN.md "Contracts"; what the shape has no room for (captions, yearly values,
figures in running prose, summaries by grade) stands beside it for the importer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from kaikaku.readers.document import Document, Line, Notice, Place

Role = Literal["baseline", "target", "actual", "forecast", "expected"]


@dataclass(frozen=True, slots=True)
class ValueRead:
    """One figure as printed and as understood; `value` is in `unit`, a base unit (円, 人, 時間, %)."""

    text: str
    line: int
    value: Decimal | None = None
    upper: Decimal | None = None
    unit: str | None = None
    fiscal_year: int | None = None
    cumulative_from: int | None = None
    qualifiers: tuple[str, ...] = ()
    status: str | None = None
    reason: str | None = None
    role: Role | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "value": None if self.value is None else f"{self.value:f}",
            "fiscal_year": self.fiscal_year,
            "cumulative_from": self.cumulative_from,
            "qualifier": "・".join(self.qualifiers) or None,
            "status": self.status,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class IndicatorRead:
    """A row of an indicator table.

    `target` is the one the actual is to be held against: of the same year where the table prints one, else
    the last. `values` holds every figure of the row, each with its role and year.
    """

    name: str
    line: int
    section: int | None = None
    raw_name: str | None = None
    unit: str | None = None
    direction: str | None = None
    baseline: ValueRead | None = None
    target: ValueRead | None = None
    actual: ValueRead | None = None
    printed_rate: str | None = None
    printed_grade: str | None = None
    values: tuple[ValueRead, ...] = ()
    group: str | None = None
    note: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "section": self.section,
            "unit": self.unit,
            "direction": self.direction,
            "baseline": self.baseline and self.baseline.as_json(),
            "target": self.target and self.target.as_json(),
            "actual": self.actual and self.actual.as_json(),
            "printed_rate": self.printed_rate,
            "printed_grade": self.printed_grade,
            "line": self.line,
        }


@dataclass(frozen=True, slots=True)
class ItemRead:
    """One bullet of a section. `label` is a leading 【…】; `marks` are footnote marks taken off the end."""

    text: str
    line: int
    depth: int = 1
    kind: str | None = None
    fiscal_year: int | None = None
    number: str | None = None
    label: str | None = None
    marks: tuple[str, ...] = ()
    cross_listed: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "depth": self.depth,
            "kind": self.kind,
            "fiscal_year": self.fiscal_year,
            "line": self.line,
        }


@dataclass(frozen=True, slots=True)
class SectionRead:
    """A heading and what stands under it; `parent` is an index into `Outline.sections`."""

    title: str
    line: int
    depth: int = 1
    number: str | None = None
    subtitle: str | None = None
    parent: int | None = None
    text: tuple[str, ...] = ()
    text_lines: tuple[int, ...] = ()
    items: tuple[ItemRead, ...] = ()
    marks: tuple[str, ...] = ()
    fiscal_year: int | None = None
    kind: str | None = None
    resumed_at: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "depth": self.depth,
            "number": self.number,
            "title": self.title,
            "subtitle": self.subtitle,
            "line": self.line,
            "text": list(self.text),
            "items": [item.as_json() for item in self.items],
        }


@dataclass(frozen=True, slots=True)
class TableRead:
    """A table with its header made one row; merged cells stand in every place they cover."""

    rows: tuple[tuple[str, ...], ...]
    line: int
    header: tuple[str, ...] = ()
    section: int | None = None
    unit: str | None = None
    caption: str | None = None
    row_lines: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "section": self.section,
            "header": list(self.header),
            "rows": [list(row) for row in self.rows],
            "line": self.line,
            "unit": self.unit,
        }


@dataclass(frozen=True, slots=True)
class FootnoteRead:
    """A note at the foot of a page or table, with the mark that calls it."""

    mark: str
    text: str
    line: int

    def as_json(self) -> dict[str, Any]:
        return {"mark": self.mark, "text": self.text, "line": self.line}


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure in running prose, in an item or in a line "name figure"; `change` marks a difference, not
    a level.
    """

    name: str
    text: str
    line: int
    value: Decimal | None
    unit: str | None = None
    fiscal_year: int | None = None
    section: int | None = None
    qualifiers: tuple[str, ...] = ()
    change: bool = False


@dataclass(frozen=True, slots=True)
class ScheduleEntry:
    """A dated line. `when` is ISO 8601, a day, month or year, or an interval `from/to`."""

    when: str
    text: str
    line: int
    section: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class GradeLegend:
    """One band of a rating rule told in the document; `lower` is in %, None for the lowest or unmeasured."""

    code: str | None
    label: str
    lower: Decimal | None = None
    measurable: bool = True


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One line of a table of results by grade."""

    label: str
    title: str
    total: int | None
    counts: tuple[int | None, ...]
    shares: tuple[str | None, ...]
    line: int


@dataclass(frozen=True, slots=True)
class ListedIndicator:
    """An indicator that is only named, in a list of one grade; `external` says its mark points to an
    outside cause.
    """

    name: str
    line: int
    marks: tuple[str, ...] = ()
    external: bool = False


@dataclass(frozen=True, slots=True)
class GradeList:
    """A list of indicators under one grade; `grade` is the code or the label printed."""

    title: str
    grade: str | None
    projected: bool
    names: tuple[ListedIndicator, ...]
    line: int
    note: str | None = None


@dataclass(frozen=True, slots=True)
class GradeSum:
    """A sentence such as 「概ね達成」以上の指標は、49指標（86.0%）."""

    text: str
    at_least: str | None
    count: int
    share: str | None
    total: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A published result by grade: the table, its rule, and the indicators it names."""

    columns: tuple[str, ...]
    labels: tuple[str, ...]
    rows: tuple[SummaryRow, ...]
    line: int
    section: int | None = None
    legend: tuple[GradeLegend, ...] = ()
    lists: tuple[GradeList, ...] = ()
    sums: tuple[GradeSum, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """All that was read of one document."""

    title: str | None = None
    organisation: str | None = None
    fiscal_year: int | None = None
    period: tuple[int, int] | None = None
    sections: tuple[SectionRead, ...] = ()
    indicators: tuple[IndicatorRead, ...] = ()
    tables: tuple[TableRead, ...] = ()
    footnotes: tuple[FootnoteRead, ...] = ()
    warnings: tuple[Notice, ...] = ()
    subtitle: str | None = None
    published: str | None = None
    organisation_code: str | None = None
    facts: tuple[Fact, ...] = ()
    schedule: tuple[ScheduleEntry, ...] = ()
    summaries: tuple[Summary, ...] = ()
    preamble: tuple[str, ...] = ()
    preamble_items: tuple[ItemRead, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The JSON of `kaikaku read --format json`."""
        return {
            "title": self.title,
            "organisation": self.organisation,
            "fiscal_year": self.fiscal_year,
            "period": None if self.period is None else list(self.period),
            "sections": [section.as_json() for section in self.sections],
            "indicators": [indicator.as_json() for indicator in self.indicators],
            "tables": [table.as_json() for table in self.tables],
            "footnotes": [footnote.as_json() for footnote in self.footnotes],
            "warnings": [
                {"code": warning.code, "message": warning.message, "line": warning.line}
                for warning in self.warnings
            ],
        }

    def path(self, section: int | None) -> tuple[SectionRead, ...]:
        """The section at an index with all above it, outermost first."""
        found: list[SectionRead] = []
        while section is not None:
            found.append(self.sections[section])
            section = self.sections[section].parent
        return tuple(reversed(found))


@dataclass(frozen=True, slots=True)
class Quotes:
    """Where a line of the outline stands in its document, and what stands there."""

    places: Mapping[int, Place] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> Quotes:
        places: dict[int, Place] = {}
        texts: dict[int, list[str]] = {}
        for block in document.blocks:
            parts = [block] if isinstance(block, Line) else list(block.cells)
            for part in parts:
                places.setdefault(part.place.line, part.place)
                texts.setdefault(part.place.line, []).append(part.text)
        return cls(places, {line: "\t".join(found) for line, found in texts.items()})

    def place(self, line: int) -> Place:
        return self.places.get(line, Place(line))

    def quote(self, line: int) -> str:
        return self.texts.get(line, "")
