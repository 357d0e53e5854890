"""Open data: long CSV tables with their column definitions, JSON, and the DCAT description of all of it.

Made to the machine-readability rules of 2026-03-31 (one table per file, one datum per cell, unique header in
row 1, numbers numeric with their unit in a column of their own, nothing omitted, blank is unknown and never
0, western year beside the era, code tables, definitions, UTF-8 with and without BOM).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kaikaku.core.eras import show_fiscal_year
from kaikaku.core.readability import plain_characters
from kaikaku.writers.book import Book
from kaikaku.writers.dataset import Cite, Figure, Indicator, Overall, Rated, canonical_part, plain_number
from kaikaku.writers.opendata_columns import CODES, TABLES, Table
from kaikaku.writers.sheets import Chunk

BOM = "\ufeff"
Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Parts:
    """What one indicator gives to the files of all indicators, in UTF-8; made once for all of them."""

    json: bytes
    csv: bytes


def parts_of(book: Book, indicator: Indicator) -> Parts:
    """The indicator as canonical JSON and as CSV rows without header."""
    return Parts(canonical_part(indicator).encode(), "".join(_figure_rows(book, indicator)).encode())


def table_csv(book: Book, table: Table, *, figures: Iterable[bytes] = ()) -> Iterator[Chunk]:
    """A table as CSV, header first, without BOM; `figures` are the rows that `parts_of` made."""
    yield header(table)
    if table.name == "figures":
        yield from figures
    else:
        yield from (csv_line(row) for row in _ROWS[table.name](book))


def header(table: Table) -> str:
    """The header row of a table."""
    return ",".join(column.name for column in table.columns) + "\n"


def table_json(book: Book, table: Table) -> Iterator[str]:
    """A table as a JSON list of records; numbers stay text, exact, and an unknown value is null."""
    names = [column.name for column in table.columns]
    records = (
        dict(zip(names, (cell or None for cell in row), strict=True)) for row in _ROWS[table.name](book)
    )
    yield "[\n"
    yield ",\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    yield "\n]\n"


def json_list(parts: Iterable[Parts]) -> Iterator[Chunk]:
    """Some indicators with their figures and results, as the frozen dataset holds them."""
    yield "[\n"
    for place, part in enumerate(parts):
        if place:
            yield b",\n"
        yield part.json
    yield "\n]\n"


def _figure_rows(book: Book, indicator: Indicator) -> Iterator[str]:
    data = book.data
    fixed = (data.organisation_code or "", data.organisation, indicator.section, indicator.id, indicator.name)
    head = ",".join(_cell(text) for text in fixed)
    for figure in indicator.figures:
        yield f"{head},{','.join(_figure_cells(figure, indicator.unit))}\n"
    for rated in indicator.results:
        yield f"{head},{','.join(_rate_cells(rated))}\n"
        if rated.final_rate is not None:
            yield f"{head},{','.join(_final_cells(rated))}\n"


def _figure_cells(figure: Figure, unit: str) -> Row:
    reason = "" if figure.value is not None else (figure.reason or "理由の記載なし")
    return (
        figure.role,
        *_year(figure.fiscal_year),
        _number(figure.value),
        _number(figure.upper),
        _cell(unit),
        _cell(figure.text),
        _cell("、".join(figure.qualifiers)),
        figure.status,
        str(figure.cumulative_from or ""),
        "",
        "",
        "",
        "",
        _cell(reason),
        *_cite(figure.cite),
    )


def _rate_cells(rated: Rated) -> Row:
    reason = "" if rated.rate is not None else (rated.reason or "理由の記載なし")
    return (
        "achievement_rate",
        *_year(rated.fiscal_year),
        _number(rated.rate),
        "",
        "%",
        _cell(rated.rate_shown),
        "",
        rated.status,
        "",
        str(rated.target_year or ""),
        _cell(rated.grade or ""),
        _cell(rated.grade_label),
        _cell(rated.formula),
        _cell(reason),
        "",
        "",
    )


def _final_cells(rated: Rated) -> Row:
    """Against the plan's last target: another denominator, so neither this year's target nor its grade."""
    return (
        "final_achievement_rate",
        *_year(rated.fiscal_year),
        _number(rated.final_rate),
        "",
        "%",
        _cell(rated.final_rate_shown),
        "",
        rated.status,
        "",
        "",
        "",
        "",
        _cell(rated.formula),
        "",
        "",
        "",
    )


def _cite(cite: Cite | None) -> tuple[str, str]:
    return ("", "") if cite is None else (_cell(cite.source), _cell(cite.place))


@lru_cache(maxsize=256)
def _year(fiscal_year: int | None) -> tuple[str, str]:
    return ("", "") if fiscal_year is None else (str(fiscal_year), show_fiscal_year(fiscal_year, style="era"))


def _number(value: Decimal | None) -> str:
    return "" if value is None else plain_number(value)


def csv_line(row: Row) -> str:
    return ",".join(_cell(text) for text in row) + "\n"


@lru_cache(maxsize=4096)
def _cell(text: str) -> str:
    """A cell: no line breaks, no layout blanks, no 機種依存文字; quoted where it must be."""
    plain = plain_characters(re.sub(r"\s+", " ", text).strip())
    return '"' + plain.replace('"', '""') + '"' if "," in plain or '"' in plain else plain


# --- the small tables ---------------------------------------------------------------------------------------


def _indicators(book: Book) -> Iterator[Row]:
    for one in book.data.indicators:
        result, band = book.result(one), book.band(book.result(one))
        yield (
            one.id,
            one.name,
            one.section,
            book.number_of(one.section),
            one.unit,
            one.direction or "",
            one.kind or "",
            one.definition,
            one.owner,
            ";".join(one.cross_listed_in),
            one.external_factor or "",
            "　".join(one.notes),
            str(result.fiscal_year) if result else "",
            _number(result.rate if result else None),
            result.grade or "" if result else "",
            band.name if band else "",
            (result.reason or "" if result else "評価の記載なし")
            if band is None or not band.measurable
            else "",
        )


def _sections(book: Book) -> Iterator[Row]:
    for position, one in enumerate(book.data.sections, 1):
        yield (
            one.id,
            one.parent or "",
            str(position),
            str(one.depth),
            one.level_name,
            one.number or "",
            one.title,
            one.subtitle or "",
            one.owner,
            " ".join(one.text),
            *_place(one.cite),
            *_overall(one.overall),
        )


def _overall(one: Overall | None) -> Row:
    if one is None:
        return ("",) * 7
    year = str(one.fiscal_year)
    rated = (one.outcome or "", one.output or "", one.automatic, one.label)
    return (year, *rated, one.reason, " ".join(one.parts))


def _items(book: Book) -> Iterator[Row]:
    for section in book.data.sections:
        for position, item in enumerate(section.items, 1):
            yield (
                section.id,
                str(position),
                str(item.depth),
                item.kind or "",
                *_year(item.fiscal_year),
                item.text,
                *_place(item.cite),
            )


def _tallies(book: Book) -> Iterator[Row]:
    for tally in book.data.tallies:
        blank = (None,) * len(tally.columns)
        for row in tally.rows:
            for band, count, share in zip(book.columns(tally), row.counts, row.shares or blank, strict=False):
                yield (
                    *_year(tally.fiscal_year),
                    row.section or "all",
                    row.number or "",
                    row.label,
                    band.code,
                    band.name,
                    str(count),
                    str(row.total),
                    _number(share),
                    "computed" if tally.computed else "published",
                )


def _names(book: Book) -> Iterator[Row]:
    for one in book.data.lists:
        for position, name in enumerate(one.names, 1):
            marked = "external_factor" if name.marked else ""
            yield one.title, str(position), name.name, name.indicator or "", marked, one.footnote or ""


def _cells(book: Book) -> Iterator[Row]:
    for section in book.data.sections:
        for place, table in enumerate(section.tables, 1):
            for number, row in enumerate(table.rows, 1):
                for column, text in enumerate(row, 1):
                    heading = table.header[column - 1] if column <= len(table.header) else ""
                    yield (
                        f"{section.id}-{place}",
                        section.id,
                        table.caption,
                        str(number),
                        str(column),
                        heading,
                        text,
                        table.unit or "",
                    )


def _sources(book: Book) -> Iterator[Row]:
    for one in book.data.sources:
        yield one.id, one.title, one.organisation, one.published or "", one.file_name, one.sha256 or ""


def _errata(book: Book) -> Iterator[Row]:
    for one in book.data.errata:
        yield str(one.number), one.decided_on.isoformat(), one.where, one.old, one.new, one.reason


def _codes(book: Book) -> Iterator[Row]:
    yield from ((column, code, title, words) for column, code, title, words in CODES)
    for band in book.bands.values():
        rule = (
            "測定できないもの"
            if not band.measurable
            else ""
            if band.lower is None
            else f"下限 {plain_number(band.lower)}%"
        )
        yield "grade_code", band.code, band.name, rule or "上のどの区分にも入らないもの"


def _columns(_: Book) -> Iterator[Row]:
    for table in TABLES:
        for place, column in enumerate(table.columns, 1):
            filled = "required" if column.required else "optional"
            yield table.name, str(place), column.name, column.title, column.kind, filled, column.words


def _place(cite: Cite | None) -> tuple[str, str]:
    return ("", "") if cite is None else (cite.source, cite.place)


_ROWS: Mapping[str, Callable[[Book], Iterator[Row]]] = {
    "indicators": _indicators,
    "sections": _sections,
    "items": _items,
    "tallies": _tallies,
    "lists": _names,
    "cells": _cells,
    "sources": _sources,
    "errata": _errata,
    "codes": _codes,
    "columns": _columns,
}
