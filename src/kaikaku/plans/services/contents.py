"""What stands under a section: lines, tables and the edition's footnotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from kaikaku.core.errors import RuleViolation
from kaikaku.plans.entries import FootnoteFields, ItemFields, TableFields
from kaikaku.plans.models import Edition, Footnote, Item, PlanTable, Section
from kaikaku.plans.services.guard import (
    added,
    change,
    next_position,
    open_edition,
    require_words,
    take_from_view,
)
from kaikaku.plans.services.settling import settle

if TYPE_CHECKING:
    from kaikaku.org.models import User


@transaction.atomic
def add_item(*, section: Section, fields: ItemFields, by: User | None) -> Item:
    """Add a line as the last under a section."""
    section.edition = open_edition(section.edition, by)
    values = item_values(fields)
    item = Item.objects.create(
        section=section, position=next_position(Item.objects.filter(section=section)), **values
    )
    added(item, {**values, "section": section}, action="plans.item.added", by=by)
    settle(section, by)
    return item


@transaction.atomic
def revise_item(*, item: Item, fields: ItemFields, by: User | None) -> Item:
    """Change a line's text, depth, kind or year."""
    item.section.edition = open_edition(item.section.edition, by)
    change(item, _kept_citation(item_values(fields)), action="plans.item.revised", by=by)
    settle(item.section, by)
    return item


@transaction.atomic
def remove_item(*, item: Item, reason: str, by: User | None) -> Item:
    """Take a line from view."""
    item.section.edition = open_edition(item.section.edition, by)
    take_from_view(item, action="plans.item.removed", by=by, reason=reason)
    settle(item.section, by)
    return item


@transaction.atomic
def add_table(
    *, edition: Edition, fields: TableFields, section: Section | None = None, by: User | None
) -> PlanTable:
    """Add a table under a section, or to the edition itself."""
    edition = open_edition(edition, by)
    if section is not None and section.edition_id != edition.pk:
        raise RuleViolation("section_elsewhere", "この版にある見出しを選んでください。", field="section")
    values = table_values(fields)
    position = next_position(PlanTable.objects.filter(edition=edition))
    table = PlanTable.objects.create(edition=edition, section=section, position=position, **values)
    added(table, {**values, "section": section}, action="plans.table.added", by=by)
    return table


@transaction.atomic
def revise_table(*, table: PlanTable, fields: TableFields, by: User | None) -> PlanTable:
    """Change a table's caption, unit or cells."""
    table.edition = open_edition(table.edition, by)
    change(table, _kept_citation(table_values(fields)), action="plans.table.revised", by=by)
    return table


@transaction.atomic
def remove_table(*, table: PlanTable, reason: str, by: User | None) -> PlanTable:
    """Take a table from view."""
    table.edition = open_edition(table.edition, by)
    take_from_view(table, action="plans.table.removed", by=by, reason=reason)
    return table


@transaction.atomic
def add_footnote(*, edition: Edition, fields: FootnoteFields, by: User | None) -> Footnote:
    """Add a footnote to an edition."""
    edition = open_edition(edition, by)
    values = footnote_values(fields)
    position = next_position(Footnote.objects.filter(edition=edition))
    footnote = Footnote.objects.create(edition=edition, position=position, **values)
    added(footnote, values, action="plans.footnote.added", by=by)
    return footnote


@transaction.atomic
def revise_footnote(*, footnote: Footnote, fields: FootnoteFields, by: User | None) -> Footnote:
    """Change a footnote's mark or text."""
    footnote.edition = open_edition(footnote.edition, by)
    change(footnote, _kept_citation(footnote_values(fields)), action="plans.footnote.revised", by=by)
    return footnote


@transaction.atomic
def remove_footnote(*, footnote: Footnote, reason: str, by: User | None) -> Footnote:
    """Take a footnote from view."""
    footnote.edition = open_edition(footnote.edition, by)
    take_from_view(footnote, action="plans.footnote.removed", by=by, reason=reason)
    return footnote


def item_values(fields: ItemFields) -> dict[str, Any]:
    """The columns of a line from its fields, checked."""
    if fields.depth < 1:
        raise RuleViolation("depth_below_one", "段は1以上の数で入力してください。", field="depth")
    return {
        "number": fields.number.strip(),
        "label": fields.label.strip(),
        "text": require_words(fields.text, field="text", thing="本文"),
        "marks": fields.marks.strip(),
        "cross_listed": fields.cross_listed,
        "depth": fields.depth,
        "kind": fields.kind,
        "fiscal_year": fields.fiscal_year,
        "citation": fields.citation,
    }


def table_values(fields: TableFields) -> dict[str, Any]:
    """The columns of a table from its fields; a row that is not as wide as the header is refused by its
    number.
    """
    width = len(fields.header)
    for number, row in enumerate(fields.rows, start=1):
        if width and len(row) != width:
            raise RuleViolation(
                "table_ragged",
                f"表の{number}行目は{len(row)}列ですが、見出しは{width}列です。列の数をそろえてください。",
                field="rows",
                row=number,
            )
    return {
        "caption": fields.caption.strip(),
        "unit": fields.unit.strip(),
        "header": list(fields.header),
        "rows": [list(row) for row in fields.rows],
        "citation": fields.citation,
    }


def footnote_values(fields: FootnoteFields) -> dict[str, Any]:
    """The columns of a footnote from its fields, checked."""
    return {
        "mark": fields.mark.strip(),
        "text": require_words(fields.text, field="text", thing="注記の本文"),
        "citation": fields.citation,
    }


def _kept_citation(values: dict[str, Any]) -> dict[str, Any]:
    """A revision by hand says nothing of the citation, which therefore stays."""
    return values if values["citation"] is not None else {k: v for k, v in values.items() if k != "citation"}
