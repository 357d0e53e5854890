"""An edition's rows as plain frozen values, read once and handed to whoever rates, shows or prints them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class FigureFacts:
    """A current figure as the rules read it; `key` is its row, `citation` the row of its citation."""

    key: int
    role: str
    fiscal_year: int | None
    text: str
    shown: str
    value: Decimal | None
    upper: Decimal | None = None
    unit: str = ""
    qualifiers: tuple[str, ...] = ()
    status: str = "confirmed"
    reason: str = ""
    reason_note: str = ""
    cumulative_from: int | None = None
    column_year: int | None = None
    printed_rate: str = ""
    printed_grade: str = ""
    provenance: str = ""
    citation: int | None = None


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """An indicator with its current figures; blank direction, accumulation and formula mean undecided."""

    key: int
    code: str
    name: str
    section: int | None = None
    unit: str = ""
    decimals: int | None = None
    direction: str = ""
    accumulation: str = ""
    kind: str = ""
    formula: str = ""
    definition: str = ""
    note: str = ""
    owner: int | None = None
    owner_name: str = ""
    external_factor: str = ""
    survey_based: bool = False
    ended_as: str = ""
    end_reason: str = ""
    citation: int | None = None
    weight: Decimal = Decimal(1)
    figures: tuple[FigureFacts, ...] = ()
    cross_listed: tuple[int, ...] = ()

    def years(self) -> list[int]:
        """The fiscal years that have an actual, be it only a reason why there is none."""
        years = {f.fiscal_year for f in self.figures if f.role == "actual" and f.fiscal_year is not None}
        return sorted(years)


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """A section of the tree; `top` is the key of the section of the first level it stands under (or
    itself).
    """

    key: int
    code: str
    parent: int | None
    top: int
    depth: int
    number: str
    title: str
    subtitle: str = ""
    body: str = ""
    owner: int | None = None
    owner_name: str = ""
    ended_as: str = ""
    end_reason: str = ""
    citation: int | None = None


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """A line under a section."""

    key: int
    section: int
    number: str
    label: str
    text: str
    marks: str
    cross_listed: bool
    depth: int
    kind: str
    fiscal_year: int | None
    citation: int | None


@dataclass(frozen=True, slots=True)
class TableFacts:
    """A table as the document has it."""

    key: int
    section: int | None
    caption: str
    unit: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    citation: int | None


@dataclass(frozen=True, slots=True)
class FootnoteFacts:
    """A footnote with its mark."""

    key: int
    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class PastLine:
    """One line of a published summary table that has no single figures behind it; `counts` by band code."""

    key: int
    fiscal_year: int
    number: str
    label: str
    total: int
    counts: Mapping[str, int]
    printed_shares: Mapping[str, str]
    lists: Sequence[Mapping[str, Any]] = ()
    is_total: bool = False
    section: int | None = None
    scheme: int | None = None
    citation: int | None = None
