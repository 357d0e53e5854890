"""What the services of plans take in: frozen values, made by a form, by an import or by a script."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kaikaku.core.quantities import Quantity
    from kaikaku.org.models import Department
    from kaikaku.plans.models import Section
    from kaikaku.sources.models import Citation


@dataclass(frozen=True, slots=True)
class EditionFields:
    """An edition's face; `period` is its first and last fiscal year."""

    title: str
    fiscal_year: int | None = None
    period: tuple[int, int] | None = None
    summary: str = ""


@dataclass(frozen=True, slots=True)
class SectionFields:
    """A section's own words; where it stands in the tree is not among them."""

    title: str
    number: str = ""
    subtitle: str = ""
    body: str = ""
    owner: Department | None = None
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class ItemFields:
    """A line under a section; `kind` as in `words.ITEM_KINDS`, blank where the document does not say."""

    text: str
    number: str = ""
    label: str = ""
    marks: str = ""
    cross_listed: bool = False
    depth: int = 1
    kind: str = ""
    fiscal_year: int | None = None
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class TableFields:
    """A table as the document has it; every row is as wide as the header, if it has one."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    unit: str = ""
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class FootnoteFields:
    text: str
    mark: str = ""
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class IndicatorFields:
    """What an indicator is. Blank direction, accumulation and kind mean not yet decided; blank formula the
    edition's.
    """

    name: str
    unit: str = ""
    decimals: int | None = None
    direction: str = ""
    accumulation: str = ""
    kind: str = ""
    formula: str = ""
    definition: str = ""
    note: str = ""
    survey_based: bool = False
    weight: Decimal = Decimal(1)
    owner: Department | None = None
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class FigureFields:
    """One value. `text` is what was printed or typed; a reader that has understood it already gives
    `quantity`.

    `reason` is the code of why there is no value, with the writer's words in `reason_note`. `status` None
    takes what the text says, else confirmed. `provenance` says of a computed value what from.
    """

    role: str
    text: str = ""
    fiscal_year: int | None = None
    status: str | None = None
    reason: str = ""
    reason_note: str = ""
    cumulative_from: int | None = None
    column_year: int | None = None
    printed_rate: str = ""
    printed_grade: str = ""
    quantity: Quantity | None = None
    citation: Citation | None = None
    provenance: str = ""


@dataclass(frozen=True, slots=True)
class PastResultFields:
    """One line of a published summary table; `counts` by band code. The total line carries the printed
    lists.
    """

    label: str
    total: int
    counts: dict[str, int]
    printed_shares: dict[str, str] = field(default_factory=dict)
    number: str = ""
    is_total: bool = False
    lists: tuple[PrintedList, ...] = ()
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class PrintedName:
    name: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class PrintedList:
    """A list of names a paper prints by grade, with the footnote that explains its marks."""

    title: str
    names: tuple[PrintedName, ...]
    footnote: str = ""


@dataclass(frozen=True, slots=True)
class FilledIndicator:
    """An indicator of an import with its figures; `section` is the index of its section in the same
    import.
    """

    fields: IndicatorFields
    figures: tuple[FigureFields, ...] = ()
    section: int | None = None
    external_factor: str = ""
    cross_listed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FilledSection:
    """A section of an import, in document order; `parent` is the index of the one above.

    With `existing` the section stands already: only what is below it is added, and `fields` are not used.
    """

    fields: SectionFields
    parent: int | None = None
    existing: Section | None = None
    items: tuple[ItemFields, ...] = ()
    tables: tuple[TableFields, ...] = ()


@dataclass(frozen=True, slots=True)
class CauseFields:
    """Something that may have led to a change, as the app that knows of it announces it.

    `source` is the name of its page and `source_key` its row; `label` says what it is (気づき, 決定, 意見).
    `near` are those on the very part that is changed.
    """

    source: str
    source_key: int
    label: str
    text: str
    happened_on: date | None = None
    near: bool = False

    @property
    def key(self) -> str:
        """What names it in a form."""
        return f"{self.source}-{self.source_key}"


@dataclass(frozen=True, slots=True)
class Filling:
    """All that an import puts into an edition at once."""

    sections: tuple[FilledSection, ...] = ()
    indicators: tuple[FilledIndicator, ...] = ()
    tables: tuple[TableFields, ...] = ()
    footnotes: tuple[FootnoteFields, ...] = ()
