"""A workbook as the rules see it: cells as stored, formulas, merges, what is hidden and what lies over them.

The parts are read directly, as `readers.excel` does: openpyxl knows neither shapes nor text boxes, fills
every merged area with objects and takes fifty times a workbook's size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from kaikaku.readers import limits
from kaikaku.readers.archive import Archive
from kaikaku.readers.building import Builder
from kaikaku.readers.excel import RELATION_IDS
from kaikaku.readers.excel_format import show_number
from kaikaku.readers.excel_sheet import position
from kaikaku.readers.excel_styles import child, integer, local, read_strings, read_styles, rich_text
from kaikaku.readers.machine_readability.book import Area, Book, Datum, Hiding, Holds, Laid, Look, Sheet
from kaikaku.readers.machine_readability.looks import read_looks
from kaikaku.readers.sniff import Kind

_ON: Final = ("1", "true")
_OBJECTS: Final = {
    "pic": "画像",
    "graphicFrame": "グラフまたは図表",
    "sp": "図形",
    "cxnSp": "線",
    "grpSp": "図形",
}
_CONTROLS: Final = {
    "oleObjects": "埋め込みオブジェクト",
    "controls": "フォームの部品",
    "picture": "背景の画像",
}
_DATE: Final = re.compile(r"[ymdhsg]|e(?![+-])", re.IGNORECASE)
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the sheets of a workbook share."""

    strings: list[str]
    formats: list[str]
    looks: list[Look]


@dataclass(slots=True)
class _Reading:
    """A sheet while it is read."""

    cells: dict[tuple[int, int], Datum] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    rows: list[tuple[int, int]] = field(default_factory=list)
    columns: list[tuple[int, int]] = field(default_factory=list)
    laid: list[Laid] = field(default_factory=list)
    grouped: bool = False


def book_of_excel(data: bytes, *, name: str) -> Book:
    """Take in a workbook. Raises Unreadable for a torn one and beyond the limits."""
    archive = Archive(data, name=name)
    builder = Builder(name)
    main = archive.main_part("xl/workbook.xml")
    targets = archive.targets(main)
    parts = dict(targets.values())
    shared = _Shared(
        [string.text for string in read_strings(archive, parts.get("sharedStrings"), builder=builder)],
        [style.number_format for style in read_styles(archive, parts.get("styles"))],
        read_looks(archive, parts.get("styles")),
    )
    listed = child(archive.xml(main), "sheets")
    sheets: list[Sheet] = []
    for element in listed if listed is not None else ():
        relation = next((element.get(key) for key in RELATION_IDS if element.get(key)), "")
        kind, part = targets.get(relation or "", ("", ""))
        title = element.get("name") or "（名前なし）"
        visible = (element.get("state") or "visible") == "visible"
        if kind == "chartsheet":
            sheets.append(Sheet(title, {}, visible, laid=(Laid("グラフのシート", None),)))
        elif kind == "worksheet" and archive.has(part):
            sheets.append(_sheet(_read(archive, part, shared, builder), title, visible))
    return Book(name, Kind.EXCEL, tuple(sheets))


def _sheet(reading: _Reading, title: str, visible: bool) -> Sheet:
    hiding = Hiding(tuple(reading.rows), tuple(reading.columns), reading.grouped)
    return Sheet(title, reading.cells, visible, tuple(reading.merges), hiding, tuple(reading.laid))


def _read(archive: Archive, part: str, shared: _Shared, builder: Builder) -> _Reading:
    reading, next_row = _Reading(), 0
    tags = ("row", "col", "mergeCell", *_CONTROLS)
    for element in archive.elements(part, *(f"{{*}}{tag}" for tag in tags)):
        name = local(element)
        if name == "row":
            row = integer(element.get("r"), next_row + 1) - 1
            next_row = row + 1
            _take_row(element, row, reading)
            for datum in _data(element, row, shared):
                builder.count_cells(1)
                builder.count_characters(len(datum.raw))
                reading.cells[datum.row, datum.column] = datum
        elif name == "col":
            _take_column(element, reading)
        elif name == "mergeCell":
            _take_merge(element.get("ref") or "", reading, builder.name)
        else:
            reading.laid.append(Laid(_CONTROLS[name], None))
    for kind, target in archive.targets(part).values():
        if archive.has(target) and kind == "drawing":
            reading.laid.extend(_drawn(archive, target))
        elif archive.has(target) and kind in ("comments", "threadedComment"):
            reading.laid.extend(_comments(archive, target))
    return reading


def _take_row(element: Any, row: int, reading: _Reading) -> None:
    if element.get("hidden") in _ON or element.get("ht") == "0":
        reading.rows.append((row, row + 1))
    reading.grouped |= integer(element.get("outlineLevel"), 0) > 0


def _take_column(element: Any, reading: _Reading) -> None:
    first, last = integer(element.get("min"), 1) - 1, integer(element.get("max"), 1)
    if element.get("hidden") in _ON or element.get("width") == "0":
        reading.columns.append((max(first, 0), last))
    reading.grouped |= integer(element.get("outlineLevel"), 0) > 0


def _take_merge(area: str, reading: _Reading, name: str) -> None:
    first, _, last = area.partition(":")
    start, end = position(first), position(last or first)
    if start and end and start[0] <= end[0] and start[1] <= end[1] and start != end:
        reading.merges.append(Area(start[0], start[1], end[0] + 1, end[1] + 1))
        limits.check_count(len(reading.merges), limits.MAX_LINES, name=name, what="結合セル", unit="か所")


def _data(element: Any, row: int, shared: _Shared) -> Iterator[Datum]:
    """The filled cells of a row."""
    column = -1
    for cell in element:
        if local(cell) != "c":
            continue
        place = position(cell.get("r") or "")
        column = place[1] if place else column + 1
        style = integer(cell.get("s"), 0)
        formula = child(cell, "f") is not None
        code = shared.formats[style] if 0 <= style < len(shared.formats) else "General"
        raw, holds = _content(cell, code, shared.strings)
        if raw.strip() or formula:
            look = shared.looks[style] if 0 <= style < len(shared.looks) else Look()
            percent = holds is Holds.NUMBER and "%" in _QUOTED.sub("", code)
            yield Datum(row, column, raw[: limits.MAX_CELL_CHARACTERS], holds, formula, look, percent)


def _content(cell: Any, code: str, strings: list[str]) -> tuple[str, Holds]:
    """What a cell holds, by its type (ECMA-376 part 1, 18.18.11)."""
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        inline = child(cell, "is")
        return (rich_text(inline).text if inline is not None else ""), Holds.TEXT
    stored = child(cell, "v")
    value = (stored.text or "") if stored is not None else ""
    if kind == "s":
        index = integer(value, -1)
        return (strings[index] if 0 <= index < len(strings) else ""), Holds.TEXT
    if kind in ("b", "e"):
        return value, Holds.OTHER
    if kind in ("str", "d"):
        return value, Holds.TEXT if kind == "str" else Holds.DATE
    return _number(value, code)


def _number(value: str, code: str) -> tuple[str, Holds]:
    try:
        number = Decimal(value.strip())
    except InvalidOperation:
        return value, Holds.OTHER
    if _DATE.search(_QUOTED.sub("", code.replace("General", ""))):
        shown = show_number(number, code) if abs(number.adjusted()) < 20 else value
        return shown or value, Holds.DATE
    return value.strip(), Holds.NUMBER


def _drawn(archive: Archive, part: str) -> Iterator[Laid]:
    """The pictures, shapes and charts of a sheet with the cell they begin at."""
    for anchor in archive.xml(part):
        start = child(anchor, "from")
        at = {local(mark): integer(mark.text, 0) for mark in start} if start is not None else {}
        for element in anchor.iter():
            what = _OBJECTS.get(local(element))
            if what:
                yield Laid(what, (max(0, at.get("row", 0)), max(0, at.get("col", 0))) if at else None)
                break


def _comments(archive: Archive, part: str) -> Iterator[Laid]:
    for element in archive.xml(part).iter():
        if local(element) in ("comment", "threadedComment"):
            yield Laid("コメント", position(element.get("ref") or ""))
