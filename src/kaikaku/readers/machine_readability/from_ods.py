"""An OpenDocument spreadsheet as the rules see it, read part by part as a workbook is (ODF 1.3 part 3, 9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from kaikaku.readers import limits
from kaikaku.readers.archive import Archive
from kaikaku.readers.building import Builder
from kaikaku.readers.excel_styles import integer, local
from kaikaku.readers.machine_readability.book import (
    PLAIN,
    Area,
    Book,
    Datum,
    Hiding,
    Holds,
    Laid,
    Look,
    Sheet,
)
from kaikaku.readers.sniff import Kind

_OUT_OF_SIGHT: Final = ("collapse", "filter")
_CELLS: Final = ("table-cell", "covered-table-cell")
_OBJECTS: Final = {"image": "画像", "object": "グラフまたは図表", "text-box": "図形"}
_SHAPES: Final = ("custom-shape", "rect", "ellipse", "line", "polygon", "path", "connector", "g", "caption")
_NUMBERS: Final = ("float", "percentage", "currency")
_DATES: Final = {"date": "date-value", "time": "time-value"}
_WHITE: Final = ("", "transparent", "#ffffff")
_BLACK: Final = ("", "#000000")


@dataclass(slots=True)
class _Reading:
    """A sheet while it is read; `row` is the one that comes next."""

    name: str
    builder: Builder
    looks: Mapping[str, Look]
    row: int = 0
    column: int = 0
    cells: dict[tuple[int, int], Datum] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    rows: list[tuple[int, int]] = field(default_factory=list)
    columns: list[tuple[int, int]] = field(default_factory=list)
    laid: list[Laid] = field(default_factory=list)
    grouped: bool = False


def book_of_ods(data: bytes, *, name: str) -> Book:
    """Take in a spreadsheet. Raises Unreadable for a torn or locked one and beyond the limits."""
    archive, builder = Archive(data, name=name), Builder(name)
    root = archive.xml("content.xml")
    looks, hidden = _styles(root)
    sheets = [_sheet(table, looks, hidden, builder) for table in root.iterfind(".//{*}spreadsheet/{*}table")]
    return Book(name, Kind.ODS, tuple(sheets))


def _styles(root: Any) -> tuple[dict[str, Look], set[str]]:
    """The looks of the cell styles by name, and the sheet styles that are out of sight."""
    looks, hidden = {}, set()
    for style in root.iterfind("{*}automatic-styles/{*}style"):
        name, family = _at(style, "name"), _at(style, "family")
        if family == "table-cell":
            looks[name] = _look(style)
        elif family == "table":
            properties = style.find("{*}table-properties")
            if properties is not None and _at(properties, "display") == "false":
                hidden.add(name)
    return looks, hidden


def _look(style: Any) -> Look:
    cell, text = style.find("{*}table-cell-properties"), style.find("{*}text-properties")
    fill = _at(cell, "background-color").lower() if cell is not None else ""
    colour = _at(text, "color").lower() if text is not None else ""
    struck = text is not None and _at(text, "text-line-through-style") not in ("", "none")
    bold = text is not None and _at(text, "font-weight") == "bold"
    return Look("" if fill in _WHITE else fill, "" if colour in _BLACK else colour, bold, struck)


def _sheet(table: Any, looks: Mapping[str, Look], hidden: set[str], builder: Builder) -> Sheet:
    reading = _Reading(_at(table, "name") or "（名前なし）", builder, looks)
    _walk(table, reading)
    hiding = Hiding(tuple(reading.rows), tuple(reading.columns), reading.grouped)
    visible = _at(table, "style-name") not in hidden
    merges, laid = tuple(reading.merges), tuple(reading.laid)
    return Sheet(reading.name, reading.cells, visible, merges, hiding, laid)


def _walk(parent: Any, reading: _Reading) -> None:
    for element in parent:
        kind = local(element)
        if kind == "table-column":
            _take_column(element, reading)
        elif kind == "table-row":
            _take_row(element, reading)
        elif kind in ("table-row-group", "table-column-group"):
            reading.grouped = True
            _walk(element, reading)
        elif kind in ("table-header-rows", "table-header-columns", "table-rows", "table-columns"):
            _walk(element, reading)
        elif kind == "shapes":
            reading.laid.extend(Laid(what, None) for what in _objects(element))


def _take_column(element: Any, reading: _Reading) -> None:
    count = integer(_at(element, "number-columns-repeated"), 1)
    if _at(element, "visibility") in _OUT_OF_SIGHT:
        reading.columns.append((reading.column, reading.column + count))
    reading.column += count


def _take_row(element: Any, reading: _Reading) -> None:
    """A row, or several alike; those at the end of a sheet are empty and a million."""
    count, top = integer(_at(element, "number-rows-repeated"), 1), reading.row
    reading.row += count
    if _at(element, "visibility") in _OUT_OF_SIGHT:
        reading.rows.append((top, top + count))
    data, column = list[Datum](), 0
    for cell in element:
        if local(cell) not in _CELLS:
            continue
        wide = integer(_at(cell, "number-columns-repeated"), 1)
        _take_merge(cell, top, column, reading)
        reading.laid.extend(Laid(what, (top, column)) for what in _objects(cell))
        held = _datum(cell, top, column, reading)
        if held is not None:
            reading.builder.count_cells(wide * count)
            reading.builder.count_characters(len(held.raw) * wide * count)
            data += (_moved(held, top, column + step) for step in range(wide))
        column += wide
    for row in range(top, top + count if data else top):
        reading.cells.update({(row, datum.column): _moved(datum, row, datum.column) for datum in data})


def _moved(datum: Datum, row: int, column: int) -> Datum:
    return Datum(row, column, datum.raw, datum.holds, datum.formula, datum.look)


def _take_merge(cell: Any, row: int, column: int, reading: _Reading) -> None:
    wide = integer(_at(cell, "number-columns-spanned"), 1)
    high = integer(_at(cell, "number-rows-spanned"), 1)
    if wide > 1 or high > 1:
        reading.merges.append(Area(row, column, row + high, column + wide))


def _datum(cell: Any, row: int, column: int, reading: _Reading) -> Datum | None:
    kind, formula = _at(cell, "value-type"), bool(_at(cell, "formula"))
    raw, holds = _content(cell, kind)
    if not raw.strip() and not formula:
        return None
    look = reading.looks.get(_at(cell, "style-name"), PLAIN)
    return Datum(row, column, raw[: limits.MAX_CELL_CHARACTERS], holds, formula, look)


def _content(cell: Any, kind: str) -> tuple[str, Holds]:
    """What a cell holds, by its type."""
    if kind in _NUMBERS:
        value = _at(cell, "value").strip()
        try:
            Decimal(value)
        except InvalidOperation:
            return value, Holds.OTHER
        return value, Holds.NUMBER
    if kind in _DATES:
        return _at(cell, _DATES[kind]), Holds.DATE
    if kind == "boolean":
        return _at(cell, "boolean-value"), Holds.OTHER
    return "\n".join(_words(line) for line in cell.iterfind("{*}p")), Holds.TEXT


def _words(line: Any) -> str:
    """A paragraph's text, with the blanks and breaks that ODF writes as elements."""
    parts = [line.text or ""]
    for element in line:
        kind = local(element)
        if kind == "s":
            parts.append(" " * min(integer(_at(element, "c"), 1), limits.MAX_CELL_CHARACTERS))
        elif kind == "tab":
            parts.append("\t")
        elif kind == "line-break":
            parts.append("\n")
        elif kind != "annotation":
            parts.append(_words(element))
        parts.append(element.tail or "")
    return "".join(parts)


def _objects(parent: Any) -> Iterator[str]:
    """What is laid over a cell or a sheet."""
    for element in parent:
        kind = local(element)
        if kind == "annotation":
            yield "コメント"
        elif kind == "frame":
            yield next((_OBJECTS[local(inner)] for inner in element if local(inner) in _OBJECTS), "図形")
        elif kind in _SHAPES:
            yield "図形"


def _at(element: Any, name: str) -> str:
    """An attribute by its name alone: its namespace is told by the element."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""
