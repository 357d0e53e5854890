"""An outline and its ratings as the dataset that the writers print."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaikaku.cli import rating
from kaikaku.core import ratings
from kaikaku.core.indicators import Formula
from kaikaku.core.quantities import Quantity, reason_text, show_quantity
from kaikaku.core.tallies import TallyRow
from kaikaku.readers.document import Document
from kaikaku.readers.outline import (
    IndicatorRead,
    ItemRead,
    Outline,
    Quotes,
    SectionRead,
    Summary,
    TableRead,
    ValueRead,
)
from kaikaku.writers import dataset as frozen

SOURCE = "s1"
LEVELS = ("柱", "取組", "細目")


def dataset_of(
    outline: Outline,
    *,
    document: Document,
    data: bytes,
    scheme: ratings.Scheme,
    formula: Formula,
    today: date,
) -> frozen.EditionDataset:
    """Everything of one document, rated; `today` is the day of publication."""
    quotes = Quotes.of(document)
    rated = rating.rate_outline(outline, scheme=scheme, formula=formula)
    return frozen.EditionDataset(
        organisation=outline.organisation or "団体名不明",
        organisation_code=outline.organisation_code,
        plan=outline.title or document.name,
        edition=outline.title or document.name,
        title=outline.title or document.name,
        fiscal_year=outline.fiscal_year,
        period=outline.period,
        summary=tuple(text for section in outline.sections[:1] for text in section.text[:3]),
        sections=tuple(sections_of(outline, quotes)),
        indicators=tuple(indicator_of(i, one, outline, quotes) for i, one in enumerate(rated)),
        scheme=scheme_of(scheme) if rated or outline.summaries else None,
        tallies=(*computed_tally(outline, rated, scheme), *printed_tallies(outline, scheme, quotes)),
        lists=lists_of(outline, rated, scheme),
        footnotes=tuple(frozen.Footnote(note.mark, note.text) for note in outline.footnotes),
        sources=(source_of(outline, document, data),),
        errata=(),
        published_on=today,
        publication_number=1,
        licence="PDL1.0",
        contact="",
    )


def source_of(outline: Outline, document: Document, data: bytes) -> frozen.Source:
    return frozen.Source(
        id=SOURCE,
        title=outline.title or document.name,
        organisation=outline.organisation or "",
        published=outline.published,
        file_name=document.name,
        sha256=hashlib.sha256(data).hexdigest(),
    )


def cite(line: int, quotes: Quotes) -> frozen.Cite:
    return frozen.Cite(SOURCE, str(quotes.place(line)), quotes.quote(line))


def section_id(index: int) -> str:
    return f"s{index + 1:03}"


def sections_of(outline: Outline, quotes: Quotes) -> Iterator[frozen.Section]:
    top = pillar_depth(outline)
    # a table that was read as indicators is printed as indicators
    rated = {indicator.line for indicator in outline.indicators}
    tables = [table for table in outline.tables if rated.isdisjoint(table.row_lines)]
    for index, section in enumerate(outline.sections):
        yield frozen.Section(
            id=section_id(index),
            parent=None if section.parent is None else section_id(section.parent),
            depth=section.depth,
            level_name=level_name(section.depth - top),
            number=section.number,
            title=section.title,
            subtitle=section.subtitle,
            text=section.text,
            items=tuple(item_of(item, section, quotes) for item in section.items),
            tables=tuple(table_of(t, quotes) for t in tables if t.section == index),
            cite=cite(section.line, quotes),
        )


def pillar_depth(outline: Outline) -> int:
    """The depth of the sections that a published summary table counts by, else the first."""
    titles = {row.title for summary in outline.summaries for row in summary.rows}
    return next((section.depth for section in outline.sections if section.title in titles), 1)


def level_name(below: int) -> str:
    """What a level is called, counted from the pillars; what stands above them is a chapter."""
    return "章" if below < 0 else LEVELS[min(below, len(LEVELS) - 1)]


def item_of(item: ItemRead, section: SectionRead, quotes: Quotes) -> frozen.Item:
    label = f"【{item.label}】" if item.label else ""
    year = item.fiscal_year if item.fiscal_year is not None else section.fiscal_year
    return frozen.Item(label + item.text, item.depth, item.kind, year, cite(item.line, quotes))


def table_of(table: TableRead, quotes: Quotes) -> frozen.PlainTable:
    width = max(len(row) for row in (table.header, *table.rows))
    return frozen.PlainTable(
        caption=table.caption or "表",
        header=widened(table.header, width),
        rows=tuple(widened(row, width) for row in table.rows),
        unit=table.unit,
        cite=cite(table.line, quotes),
    )


def widened(row: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (*row, *[""] * (width - len(row)))


def indicator_of(index: int, one: rating.RatedRead, outline: Outline, quotes: Quotes) -> frozen.Indicator:
    read = one.indicator
    return frozen.Indicator(
        id=f"i{index + 1:03}",
        section=section_id(read.section) if read.section is not None else "",
        name=read.name,
        unit=read.unit or "",
        direction=read.direction,
        kind=None,
        definition="",
        owner="",
        figures=tuple(figures_of(read, quotes)),
        results=(result_of(one, outline),),
        notes=(read.note,) if read.note else (),
        cite=cite(read.line, quotes),
    )


def figures_of(read: IndicatorRead, quotes: Quotes) -> Iterator[frozen.Figure]:
    """The three figures of the contract, then every other figure of the row that has a role and a year."""
    main = [("baseline", read.baseline), ("target", read.target), ("actual", read.actual)]
    seen = set()
    for role, value in [*main, *((v.role or "", v) for v in read.values)]:
        if value is None or role not in ("baseline", "target", "actual"):
            continue
        if (role, value.fiscal_year) not in seen:
            seen.add((role, value.fiscal_year))
            yield figure_of(role, value, quotes)


def figure_of(role: str, value: ValueRead, quotes: Quotes) -> frozen.Figure:
    quantity = Quantity(
        raw=value.text,
        value=value.value,
        unit=value.unit,
        upper=value.upper,
        qualifiers=value.qualifiers,
        reason=value.reason,
    )
    return frozen.Figure(
        role=role,
        fiscal_year=value.fiscal_year,
        text=value.text,
        value=value.value,
        shown=show_quantity(quantity) if value.value is not None else "—",
        status=value.status or "confirmed",
        qualifiers=value.qualifiers,
        upper=value.upper,
        cumulative_from=value.cumulative_from,
        reason=reason_text(value.reason) if value.reason else None,
        cite=cite(value.line, quotes),
    )


def result_of(one: rating.RatedRead, outline: Outline) -> frozen.Rated:
    found = one.achievement
    year = rating.year_of(one.indicator.actual) or outline.fiscal_year or found.target_year or 0
    return frozen.Rated(
        fiscal_year=year,
        rate=found.rate,
        rate_shown=one.rate_shown,
        formula=found.formula.value,
        formula_label=found.formula_label,
        working=found.working(one.indicator.unit or ""),
        target_year=found.target_year,
        grade=one.band.code if one.band else None,
        grade_label=one.band.label if one.band else "",
        status=found.status.value,
        reason=found.reason.sentence if found.reason else None,
    )


def scheme_of(scheme: ratings.Scheme) -> frozen.Scheme:
    """A core scheme in the words and shape that a publication prints."""
    from kaikaku.core.schemes import DENOMINATOR_TEXTS
    from kaikaku.core.shares import CLOSING_LABELS

    return frozen.Scheme(
        id=scheme.id,
        name=scheme.name,
        bands=tuple(
            frozen.Band(b.code, b.label, b.lower, b.inclusive, b.measurable, b.slot) for b in scheme.bands
        ),
        rule=scheme.rule,
        denominator=DENOMINATOR_TEXTS[scheme.denominator],
        shares_method=CLOSING_LABELS[scheme.shares_method],
        rounding=scheme.rounding_text,
    )


def computed_tally(
    outline: Outline, rated: list[rating.RatedRead], scheme: ratings.Scheme
) -> Iterator[frozen.Tally]:
    if not rated or outline.fiscal_year is None:
        return
    order, tally = rating.tally_outline(outline, rated, scheme)
    rows = [tally_row(row, outline, top) for top, row in zip(order, tally.rows, strict=True)]
    yield frozen.Tally(
        fiscal_year=outline.fiscal_year,
        columns=tally.columns,
        rows=(*rows, whole_row(tally.whole)),
        computed=True,
        at_least=scheme.at_least,
        at_least_count=tally.whole.at_least_count,
        at_least_share=tally.whole.at_least_share,
    )


def tally_row(row: TallyRow, outline: Outline, top: int | None) -> frozen.TallyRow:
    section = None if top is None else outline.sections[top]
    return frozen.TallyRow(
        section=None if top is None else section_id(top),
        number=section.number if section else None,
        label=section.title if section else "（柱なし）",
        total=row.total,
        counts=row.counts,
        shares=row.shares or (),
    )


def whole_row(row: TallyRow) -> frozen.TallyRow:
    return frozen.TallyRow(None, None, "全体", row.total, row.counts, row.shares or ())


def printed_tallies(outline: Outline, scheme: ratings.Scheme, quotes: Quotes) -> Iterator[frozen.Tally]:
    """Published tables that have no single figures behind them, with the shares as they were printed."""
    for summary in outline.summaries:
        rows = tuple(printed_rows(summary, outline))
        if not rows or outline.fiscal_year is None:
            continue
        sums = [s for s in summary.sums if s.at_least]
        share = sums[0].share if sums else None
        yield frozen.Tally(
            fiscal_year=outline.fiscal_year,
            columns=summary.columns,
            rows=rows,
            computed=False,
            at_least=sums[0].at_least if sums else None,
            at_least_count=sums[0].count if sums else None,
            at_least_share=Decimal(share) if share else None,
            cite=cite(summary.line, quotes),
        )


def printed_rows(summary: Summary, outline: Outline) -> Iterator[frozen.TallyRow]:
    titles = {section.title: index for index, section in enumerate(outline.sections)}
    for row in summary.rows:
        counts = tuple(n or 0 for n in row.counts)
        index = titles.get(row.title)
        yield frozen.TallyRow(
            section=None if index is None else section_id(index),
            number=row.label if row.title and row.title != row.label else None,
            label=row.title or row.label,
            total=row.total if row.total is not None else sum(counts),
            counts=counts,
            shares=tuple(Decimal(s) for s in row.shares if s is not None),
        )


def lists_of(
    outline: Outline, rated: list[rating.RatedRead], scheme: ratings.Scheme
) -> tuple[frozen.NamedList, ...]:
    """The lists the document prints; else those that follow from the grades: the lowest, and 測定不能."""
    printed = [
        frozen.NamedList(
            found.title, tuple(frozen.MarkedName(n.name, n.external) for n in found.names), found.note
        )
        for summary in outline.summaries
        for found in summary.lists
    ]
    if printed or not rated:
        return tuple(printed)
    lowest = scheme.measured_bands[-1]
    lists = []
    for band, title in (
        (lowest, f"達成度が{lowest.code}の指標"),
        (scheme.not_measurable, "測定ができなかった指標"),
    ):
        names = [one for one in enumerate(rated) if band and one[1].band and one[1].band.code == band.code]
        if names:
            marked = tuple(frozen.MarkedName(one.indicator.name, False, f"i{i + 1:03}") for i, one in names)
            lists.append(frozen.NamedList(title, marked))
    return tuple(lists)
