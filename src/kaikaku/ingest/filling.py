"""Payloads as the plans' services take them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaikaku.core.quantities import Quantity
from kaikaku.ingest.changes import counts_of
from kaikaku.ingest.payloads import (
    FactPayload,
    FigurePayload,
    FootnotePayload,
    IndicatorPayload,
    ItemPayload,
    ResultPayload,
    SectionPayload,
    TablePayload,
)
from kaikaku.plans.entries import (
    FigureFields,
    FilledIndicator,
    FootnoteFields,
    IndicatorFields,
    ItemFields,
    PastResultFields,
    PrintedList,
    PrintedName,
    SectionFields,
    TableFields,
)

if TYPE_CHECKING:
    from kaikaku.sources.models import Citation


def section_fields(payload: SectionPayload, *, citation: Citation | None) -> SectionFields:
    return SectionFields(
        title=payload.title,
        number=payload.number,
        subtitle=payload.subtitle,
        body=payload.body,
        citation=citation,
    )


def item_fields(payload: ItemPayload, *, citation: Citation | None) -> ItemFields:
    return ItemFields(
        text=payload.text,
        number=payload.number,
        label=payload.label,
        marks=payload.marks,
        cross_listed=payload.cross_listed,
        depth=payload.depth,
        kind=payload.kind,
        fiscal_year=payload.fiscal_year,
        citation=citation,
    )


def indicator_fields(payload: IndicatorPayload, *, citation: Citation | None) -> IndicatorFields:
    return IndicatorFields(
        name=payload.name,
        unit=payload.unit,
        direction=payload.direction,
        note=payload.note,
        citation=citation,
    )


def figure_fields(payload: FigurePayload, *, citation: Citation | None) -> FigureFields:
    """The printed text is a fact and is kept whether or not it holds a number."""
    return FigureFields(
        role=payload.role,
        text=payload.text,
        fiscal_year=payload.fiscal_year,
        status=payload.status or None,
        cumulative_from=payload.cumulative_from,
        printed_rate=payload.printed_rate,
        printed_grade=payload.printed_grade,
        quantity=payload.quantity(),
        citation=citation,
    )


def table_fields(payload: TablePayload, *, citation: Citation | None) -> TableFields:
    return TableFields(
        header=payload.header,
        rows=payload.rows,
        caption=payload.caption,
        unit=payload.unit,
        citation=citation,
    )


def footnote_fields(payload: FootnotePayload, *, citation: Citation | None) -> FootnoteFields:
    return FootnoteFields(text=payload.text, mark=payload.mark, citation=citation)


def fact_indicator(
    payload: FactPayload, *, section: int | None, citation: Citation | None
) -> FilledIndicator:
    """A figure of running prose as an indicator with one actual."""
    quantity = Quantity(
        payload.text,
        payload.value,
        unit=payload.unit or None,
        qualifiers=payload.qualifiers,
        fiscal_year=payload.fiscal_year,
        reason="none" if payload.value is None else None,
    )
    figure = FigureFields(
        role="actual",
        text=payload.text,
        fiscal_year=payload.fiscal_year,
        quantity=quantity,
        citation=citation,
    )
    fields = IndicatorFields(name=payload.name, unit=payload.unit, citation=citation)
    return FilledIndicator(fields, (figure,), section=section)


def past_lines(payload: ResultPayload, *, citations: dict[int, Citation]) -> list[PastResultFields]:
    """The lines of a published table; the line of all carries the printed lists."""
    lists = tuple(
        PrintedList(
            title=listed.title,
            names=tuple(PrintedName(name.name, name.marked) for name in listed.names),
            footnote=listed.footnote,
        )
        for listed in payload.lists
    )
    return [
        PastResultFields(
            label=line.label,
            total=line.total or 0,
            counts=counts_of(line, payload.codes),
            printed_shares={
                code: share
                for code, share in zip(payload.codes, line.shares, strict=False)
                if share is not None
            },
            number=line.number,
            is_total=line.is_total,
            lists=lists if line.is_total else (),
            citation=citations.get(line.line or 0),
        )
        for line in payload.lines
    ]
