"""Writing chosen proposals through the services of the plans: what is new in bulk, each change by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from kaikaku.core.ratings import Scheme
from kaikaku.ingest import filling, queries
from kaikaku.ingest.models import Proposal
from kaikaku.ingest.payloads import (
    FactPayload,
    FigurePayload,
    FootnotePayload,
    IndicatorPayload,
    ItemPayload,
    ResultPayload,
    SectionPayload,
    TablePayload,
    from_json,
)
from kaikaku.ingest.services import ordering
from kaikaku.ingest.services.batch import Batch
from kaikaku.plans import services as plans
from kaikaku.plans.entries import FilledIndicator, FilledSection, Filling
from kaikaku.sources.services import Spot, cite_all

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.plans.models import Section
    from kaikaku.sources.models import Citation


def write(batch: Batch, *, by: User | None) -> tuple[dict[str, int], dict[str, int]]:
    """Write the batch; each row then knows what it `made`. How many of each kind were added, and changed."""
    adds = batch.adds
    _fill(batch, by=by)
    ordering.put_in_place(batch, by=by)
    _add_to_standing(batch, by=by)
    for row in batch.chosen:
        if row.pk not in adds:
            _revise(batch, row, by=by)
            row.made = row.matched
    for row in (row for row in batch.chosen if row.kind == "past_result"):
        _record_result(batch, row, by=by)
    made = Counter(row.kind for row in batch.chosen if row.pk in adds)
    changed = Counter(row.kind for row in batch.chosen if row.pk not in adds)
    return dict(made), dict(changed)


# --- what is new ----------------------------------------------------------------------------------------


def _fill(batch: Batch, *, by: User | None) -> None:
    """All new rows in one filling; sections that stand are in it for what is new below them."""
    order = _sections_needed(batch)
    batch.sections.update(_standing_sections(batch, order))
    index = {key: position for position, key in enumerate(order)}
    sections = tuple(_filled_section(batch, key, index) for key in order)
    indicators = batch.kind("indicator", new=True)
    facts = batch.kind("fact", new=True)
    notes = batch.kind("footnote", new=True)
    items = batch.kind("item", new=True)
    tables = batch.kind("table", new=True)
    if not (batch.kind("section", new=True) or indicators or facts or tables or notes or items):
        return
    filled = plans.build_edition(
        edition=batch.edition,
        filling=Filling(
            sections=sections,
            indicators=tuple(
                [_filled_indicator(batch, row, index) for row in indicators]
                + [_filled_fact(batch, row, index) for row in facts]
            ),
            tables=tuple(
                filling.table_fields(_as(batch, row, TablePayload), citation=_cited(batch, row))
                for row in tables
                if row.parent_id is None
            ),
            footnotes=tuple(
                filling.footnote_fields(_as(batch, row, FootnotePayload), citation=_cited(batch, row))
                for row in notes
            ),
        ),
        by=by,
        note=batch.imported.document.title,
    )
    _remember(batch, filled, order, [*indicators, *facts])


def _sections_needed(batch: Batch) -> list[int]:
    """The proposals of sections that something new is, or is under, in document order."""
    needed: set[int] = set()
    adds = batch.adds
    for row in batch.chosen:
        key: int | None = row.pk if row.kind == "section" else row.parent_id
        if row.pk not in adds:
            continue
        while key is not None:
            if batch.by_key[key].kind == "section":
                needed.add(key)
            key = batch.by_key[key].parent_id
    return [key for key in batch.by_key if key in needed]


def _standing_sections(batch: Batch, order: Sequence[int]) -> dict[int, Section]:
    adds = batch.adds
    keys = {key: made for key in order if key not in adds and (made := batch.key_of(key)) is not None}
    found = queries.sections_by_key(batch.edition, keys.values())
    return {key: found[made] for key, made in keys.items() if made in found}


def _filled_section(batch: Batch, key: int, index: Mapping[int, int]) -> FilledSection:
    row = batch.by_key[key]
    adds = batch.adds
    below = [child for child in batch.children.get(key, ()) if child.pk in adds]
    payload = from_json("section", row.payload)
    assert isinstance(payload, SectionPayload)
    return FilledSection(
        fields=filling.section_fields(payload, citation=_cited(batch, row)),
        parent=None if row.parent_id is None else index[row.parent_id],
        existing=batch.sections.get(key),
        items=tuple(
            filling.item_fields(_as(batch, child, ItemPayload), citation=_cited(batch, child))
            for child in below
            if child.kind == "item"
        ),
        tables=tuple(
            filling.table_fields(_as(batch, child, TablePayload), citation=_cited(batch, child))
            for child in below
            if child.kind == "table"
        ),
    )


def _filled_indicator(batch: Batch, row: Proposal, index: Mapping[int, int]) -> FilledIndicator:
    figures = tuple(
        filling.figure_fields(_as(batch, child, FigurePayload), citation=_cited(batch, child))
        for child in batch.children.get(row.pk, ())
    )
    return FilledIndicator(
        fields=filling.indicator_fields(_as(batch, row, IndicatorPayload), citation=_cited(batch, row)),
        figures=figures,
        section=None if row.parent_id is None else index[row.parent_id],
    )


def _filled_fact(batch: Batch, row: Proposal, index: Mapping[int, int]) -> FilledIndicator:
    section = None if row.parent_id is None else index[row.parent_id]
    return filling.fact_indicator(_as(batch, row, FactPayload), section=section, citation=_cited(batch, row))


def _remember(
    batch: Batch, filled: plans.Filled, order: Sequence[int], indicators: Sequence[Proposal]
) -> None:
    """Let each proposal know the row it became."""
    adds = batch.adds
    for key, section in zip(order, filled.sections, strict=True):
        if key in adds:
            batch.by_key[key].made = section.pk
        batch.sections[key] = section
    for row, indicator in zip(indicators, filled.indicators, strict=True):
        row.made = indicator.pk
    figures = queries.new_figures([indicator.pk for indicator in filled.indicators])
    for row in indicators:
        for child in batch.children.get(row.pk, ()):
            payload = _as(batch, child, FigurePayload)
            child.made = figures.get((row.made or 0, payload.role, payload.fiscal_year))
    _remember_items(batch, order)
    tables = [row for row in batch.kind("table", new=True) if row.parent_id is None]
    for key in order:
        tables += [row for row in batch.children.get(key, ()) if row.kind == "table" and row.pk in adds]
    for row, made in zip(tables, queries.last_tables(batch.edition, len(tables)), strict=True):
        row.made = made
    notes = batch.kind("footnote", new=True)
    for row, made in zip(notes, queries.last_footnotes(batch.edition, len(notes)), strict=True):
        row.made = made


def _remember_items(batch: Batch, order: Sequence[int]) -> None:
    adds = batch.adds
    below = {
        key: [row for row in batch.children.get(key, ()) if row.kind == "item" and row.pk in adds]
        for key in order
    }
    counts = {batch.sections[key].pk: len(rows) for key, rows in below.items()}
    made = queries.new_items(counts, counts)
    for key, rows in below.items():
        for row, item in zip(rows, made.get(batch.sections[key].pk, ()), strict=False):
            row.made = item


def _add_to_standing(batch: Batch, *, by: User | None) -> None:
    """New values of indicators that stand already (next year's actuals)."""
    adds = batch.adds
    rows = [row for row in batch.kind("figure", new=True) if row.parent_id not in adds]
    keys = {row.pk: key for row in rows if (key := batch.key_of(row.parent_id)) is not None}
    indicators = queries.indicators_by_key(batch.edition, keys.values())
    for row in rows:
        indicator = indicators[keys[row.pk]]
        fields = filling.figure_fields(_as(batch, row, FigurePayload), citation=_cited(batch, row))
        row.made = plans.set_figure(indicator=indicator, fields=fields, by=by).pk


# --- what has changed -----------------------------------------------------------------------------------


def _revise(batch: Batch, row: Proposal, *, by: User | None) -> None:
    revise = _REVISIONS.get(row.kind)
    if revise is not None:
        revise(batch, row, by)


def _revise_section(batch: Batch, row: Proposal, by: User | None) -> None:
    section = queries.sections_by_key(batch.edition, [row.matched or 0])[row.matched or 0]
    fields = filling.section_fields(_as(batch, row, SectionPayload), citation=_cited(batch, row))
    plans.revise_section(section=section, fields=replace(fields, owner=section.owner), by=by)


def _revise_item(batch: Batch, row: Proposal, by: User | None) -> None:
    item = queries.items_by_key(batch.edition, [row.matched or 0])[row.matched or 0]
    fields = filling.item_fields(_as(batch, row, ItemPayload), citation=_cited(batch, row))
    plans.revise_item(item=item, fields=fields, by=by)


def _revise_indicator(batch: Batch, row: Proposal, by: User | None) -> None:
    """Only what a document says of an indicator; what the office has added to it stays."""
    indicator = queries.indicators_by_key(batch.edition, [row.matched or 0])[row.matched or 0]
    payload = _as(batch, row, IndicatorPayload)
    fields = filling.indicator_fields(payload, citation=_cited(batch, row))
    kept = {
        name: getattr(indicator, name)
        for name in (
            "decimals",
            "accumulation",
            "kind",
            "formula",
            "definition",
            "survey_based",
            "weight",
            "owner",
        )
    }
    said = {
        name: getattr(payload, name) or getattr(indicator, name) for name in ("unit", "direction", "note")
    }
    plans.revise_indicator(indicator=indicator, fields=replace(fields, **kept, **said), by=by)


def _revise_figure(batch: Batch, row: Proposal, by: User | None) -> None:
    """A value that stands is corrected, with the document as the reason."""
    figure = queries.figures_by_key(batch.edition, [row.matched or 0])[row.matched or 0]
    fields = filling.figure_fields(_as(batch, row, FigurePayload), citation=_cited(batch, row))
    fields = replace(fields, cumulative_from=fields.cumulative_from or figure.cumulative_from)
    row.made = plans.correct_figure(figure=figure, fields=fields, reason=batch.reason, by=by).pk


def _revise_table(batch: Batch, row: Proposal, by: User | None) -> None:
    table = queries.tables_by_key(batch.edition, [row.matched or 0])[row.matched or 0]
    fields = filling.table_fields(_as(batch, row, TablePayload), citation=_cited(batch, row))
    plans.revise_table(table=table, fields=fields, by=by)


def _revise_footnote(batch: Batch, row: Proposal, by: User | None) -> None:
    note = queries.footnotes_by_key(batch.edition, [row.matched or 0])[row.matched or 0]
    fields = filling.footnote_fields(_as(batch, row, FootnotePayload), citation=_cited(batch, row))
    plans.revise_footnote(footnote=note, fields=fields, by=by)


_REVISIONS: dict[str, Callable[[Batch, Proposal, Any], None]] = {
    "section": _revise_section,
    "item": _revise_item,
    "indicator": _revise_indicator,
    "figure": _revise_figure,
    "table": _revise_table,
    "footnote": _revise_footnote,
}


def _record_result(batch: Batch, row: Proposal, *, by: User | None) -> None:
    """A table by grade becomes the year's past result, in place of the one that stood."""
    payload = _as(batch, row, ResultPayload)
    assert payload.fiscal_year is not None
    assert payload.scheme is not None
    scheme = plans.adopt_scheme(
        organisation=batch.imported.organisation,
        scheme=Scheme.from_json(payload.scheme),
        valid_from=date(payload.fiscal_year, 4, 1),
        by=by,
    )
    texts = batch.imported.document.text_lines
    lines = sorted({line.line for line in payload.lines if line.line})
    spots = [Spot(line, texts[line - 1]) for line in lines if line <= len(texts)]
    cited = cite_all(document=batch.imported.document, spots=spots)
    plans.record_past_results(
        edition=batch.edition,
        fiscal_year=payload.fiscal_year,
        scheme=scheme,
        lines=filling.past_lines(payload, citations={citation.line: citation for citation in cited}),
        by=by,
    )
    row.made = queries.first_result(batch.edition, payload.fiscal_year)


def _cited(batch: Batch, row: Proposal) -> Citation | None:
    return batch.citations.get(row.pk)


def _as(batch: Batch, row: Proposal, kind: type[Any]) -> Any:
    payload = batch.payloads[row.pk]
    assert isinstance(payload, kind)
    return payload
