"""Filling an edition from a document: many rows in few queries."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction

from kaikaku.audit.services import record
from kaikaku.core.errors import RuleViolation
from kaikaku.core.quantities import parse_quantity
from kaikaku.plans.entries import (
    FigureFields,
    FilledIndicator,
    FilledSection,
    Filling,
    IndicatorFields,
    TableFields,
)
from kaikaku.plans.figures import Known, figure_values
from kaikaku.plans.models import Edition, Figure, Footnote, Indicator, Item, PlanTable, Section
from kaikaku.plans.services.contents import footnote_values, item_values, table_values
from kaikaku.plans.services.guard import next_position, open_edition, plain, take_codes
from kaikaku.plans.services.indicators import indicator_values
from kaikaku.plans.services.sections import section_values

if TYPE_CHECKING:
    from kaikaku.org.models import User


@dataclass(frozen=True, slots=True)
class Filled:
    """What `build_edition` made, each in the order it was given."""

    sections: tuple[Section, ...]
    indicators: tuple[Indicator, ...]
    counts: dict[str, int]


@transaction.atomic
def build_edition(*, edition: Edition, filling: Filling, by: User | None, note: str = "") -> Filled:
    """Put all that was read from a document into an edition, in document order, all or nothing.

    One audit entry stands for the whole, with the counts and a SHA-256 of what was put in: a document of a
    thousand rows is one act of one person, the rows cite the document line by line, and the digest lets the
    act be checked against the rows; a thousand entries would say no more and hide it. `note` names the
    document. Raises RuleViolation for the first row that cannot be taken, and then nothing of it is kept.
    """
    edition = open_edition(edition, by)
    given = [_understood(entry) for entry in filling.indicators]
    sections = _add_sections(edition, filling.sections)
    items = _add_items(sections, filling.sections)
    tables = _add_tables(edition, sections, filling)
    footnotes = _add_footnotes(edition, filling)
    indicators = _add_indicators(edition, sections, given)
    figures = _add_figures(indicators, given)
    counts = {
        "sections": sum(1 for entry in filling.sections if entry.existing is None),
        "items": items,
        "tables": tables,
        "footnotes": footnotes,
        "indicators": len(indicators),
        "figures": len(figures),
    }
    record(
        "plans.edition.filled",
        on=edition,
        by=by,
        organisation=edition.plan.organisation,
        old=None,
        new={**counts, "digest": _digest(sections, indicators, figures)},
        note=note,
    )
    return Filled(sections=tuple(sections), indicators=tuple(indicators), counts=counts)


def _add_sections(edition: Edition, entries: Sequence[FilledSection]) -> list[Section]:
    """The sections in the order given, those that stand already among them; a level at a time, for parents'
    keys.
    """
    new = [index for index, entry in enumerate(entries) if entry.existing is None]
    codes = dict(zip(new, take_codes(edition.plan, "s", count=len(new)), strict=True))
    made: dict[int, Section] = {i: e.existing for i, e in enumerate(entries) if e.existing is not None}
    for section in made.values():
        if section.edition_id != edition.pk:
            raise RuleViolation("section_elsewhere", "この版にある見出しを選んでください。", field="section")
    start = next_position(Section.objects.filter(edition=edition))
    waiting = new
    while waiting:
        ready = [i for i in waiting if entries[i].parent is None or entries[i].parent in made]
        if not ready:
            raise RuleViolation(
                "parent_missing", "見出しの上下の関係がつながっていません。取込の内容を確かめてください。"
            )
        rows = [
            Section(
                edition=edition,
                parent=_made(made, entries[i].parent),
                code=codes[i],
                position=start + i,
                **section_values(entries[i].fields),
            )
            for i in ready
        ]
        made.update(zip(ready, Section.objects.bulk_create(rows), strict=True))
        waiting = [i for i in waiting if i not in made]
    return [made[i] for i in range(len(entries))]


def _add_items(sections: list[Section], entries: Sequence[FilledSection]) -> int:
    starts: dict[int, int] = {}
    for section, entry in zip(sections, entries, strict=True):
        if entry.existing is not None and entry.items:
            starts[section.pk] = next_position(Item.objects.filter(section=section))
    rows = [
        Item(section=section, position=starts.get(section.pk, 0) + position, **item_values(fields))
        for section, entry in zip(sections, entries, strict=True)
        for position, fields in enumerate(entry.items)
    ]
    return len(Item.objects.bulk_create(rows, batch_size=500))


def _add_tables(edition: Edition, sections: list[Section], filling: Filling) -> int:
    given: list[tuple[Section | None, TableFields]] = [(None, fields) for fields in filling.tables]
    given += [
        (section, fields)
        for section, entry in zip(sections, filling.sections, strict=True)
        for fields in entry.tables
    ]
    start = next_position(PlanTable.objects.filter(edition=edition)) if given else 0
    rows = [
        PlanTable(edition=edition, section=section, position=start + index, **table_values(_squared(fields)))
        for index, (section, fields) in enumerate(given)
    ]
    return len(PlanTable.objects.bulk_create(rows))


def _add_footnotes(edition: Edition, filling: Filling) -> int:
    start = next_position(Footnote.objects.filter(edition=edition)) if filling.footnotes else 0
    rows = [
        Footnote(edition=edition, position=start + index, **footnote_values(fields))
        for index, fields in enumerate(filling.footnotes)
    ]
    return len(Footnote.objects.bulk_create(rows))


def _add_indicators(
    edition: Edition, sections: list[Section], entries: Sequence[FilledIndicator]
) -> list[Indicator]:
    codes = take_codes(edition.plan, "i", count=len(entries))
    start = next_position(Indicator.objects.filter(edition=edition))
    rows = [
        Indicator(
            edition=edition,
            section=None if entry.section is None else sections[entry.section],
            code=code,
            position=start + index,
            external_factor=entry.external_factor.strip(),
            **indicator_values(_accumulating(entry)),
        )
        for index, (entry, code) in enumerate(zip(entries, codes, strict=True))
    ]
    made = Indicator.objects.bulk_create(rows, batch_size=500)
    again = Indicator.cross_listed.through
    again.objects.bulk_create(
        again(indicator=indicator, section=sections[index])
        for indicator, entry in zip(made, entries, strict=True)
        for index in entry.cross_listed
    )
    return made


def _add_figures(indicators: list[Indicator], entries: Sequence[FilledIndicator]) -> list[Figure]:
    rows = [
        Figure(indicator=indicator, **values)
        for indicator, entry in zip(indicators, entries, strict=True)
        for values in _values(indicator, entry)
    ]
    return Figure.objects.bulk_create(rows, batch_size=500)


def _values(indicator: Indicator, entry: FilledIndicator) -> list[dict[str, Any]]:
    """The columns of an indicator's figures; the window a target is printed with holds for its actuals
    too.
    """
    windows = [w for f in entry.figures if (w := _window(f)) is not None]
    known = Known(indicator.name, indicator.unit, indicator.accumulation, windows[0] if windows else None)
    found = [figure_values(known, fields) for fields in entry.figures]
    places = [(values["role"], values["fiscal_year"]) for values in found]
    if len(set(places)) < len(places):
        raise RuleViolation(
            "figure_twice",
            f"「{indicator.name}」に、同じ種類・同じ年度の値が2つあります。どちらか一方にしてください。",
            indicator=indicator.name,
        )
    return found


def _understood(entry: FilledIndicator) -> FilledIndicator:
    """The indicator with every printed text read: a document's text is a fact, whether it holds a number
    or not.
    """
    unit = entry.fields.unit or None
    figures = (
        f if f.quantity else replace(f, quantity=parse_quantity(f.text, unit=unit)) for f in entry.figures
    )
    return replace(entry, figures=tuple(figures))


def _accumulating(entry: FilledIndicator) -> IndicatorFields:
    """The indicator's fields; a printed window (令和3～6年度累計) says that it accumulates, where nothing
    else does.
    """
    if not entry.fields.accumulation and any(_window(fields) is not None for fields in entry.figures):
        return replace(entry.fields, accumulation="cumulative")
    return entry.fields


def _window(fields: FigureFields) -> int | None:
    return fields.cumulative_from or (fields.quantity.cumulative_from if fields.quantity else None)


def _squared(fields: TableFields) -> TableFields:
    """The table with its short rows filled up: a document's own table is kept even where it is ragged."""
    width = max([len(fields.header), *(len(row) for row in fields.rows)], default=0)
    header = fields.header + ("",) * (width - len(fields.header)) if fields.header else ()
    rows = tuple(row + ("",) * (width - len(row)) for row in fields.rows)
    return replace(fields, header=header, rows=rows)


def _made(made: dict[int, Section], index: int | None) -> Section | None:
    return None if index is None else made[index]


def _digest(sections: list[Section], indicators: list[Indicator], figures: list[Figure]) -> str:
    content = {
        "sections": [[row.code, row.number, row.title] for row in sections],
        "indicators": [[row.code, row.name, row.unit] for row in indicators],
        "figures": [
            [row.indicator.code, row.role, row.fiscal_year, row.text, plain(row.value)] for row in figures
        ],
    }
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
