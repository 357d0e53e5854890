"""Rules on how a sheet is laid out: L1-01 to L1-05, L2-03, L3-01."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from kaikaku.readers.machine_readability.book import Area, Datum, Sheet, runs_of
from kaikaku.readers.machine_readability.finding import Finding, Subject, found
from kaikaku.readers.machine_readability.layout import Page, Table
from kaikaku.readers.machine_readability.rules import RULES
from kaikaku.readers.machine_readability.words import UNNAMED, is_year
from kaikaku.readers.sniff import Kind

MANY: Final = 50  # pieces of one sheet that are looked at


def check_format(subject: Subject) -> Iterator[Finding]:
    """L1-01: the file's format; a wrong extension or tabs are for a person to judge."""
    book = subject.book
    if book.kind not in (Kind.EXCEL, Kind.CSV, Kind.TSV, Kind.ODS, Kind.JSON, Kind.XML):
        yield found("L1-01", f"{book.kind.label}は、機械が表として読み取れない形式です。")
    elif book.wrong_name:
        yield found("L1-01", book.wrong_name, sure=False)
    elif book.delimiter not in ("", ","):
        sign = {"\t": "タブ", ";": "セミコロン"}.get(book.delimiter, book.delimiter)
        message = f"値が{sign}で区切られています。利用者に区切りの文字を知らせているかを確かめてください。"
        yield found("L1-01", message, sure=False)


def check_one_table(subject: Subject) -> Iterator[Finding]:
    """L1-02: a second piece with a header of its own is a second table; without one it is for a person."""
    for page in subject.pages:
        for piece in page.others[:MANY]:
            names = [d for c in range(piece.left, piece.right) if (d := page.sheet.cells.get((piece.top, c)))]
            where = _first(page.sheet, piece)
            if _is_own_header(page, piece, names):
                yield found("L1-02", "別の項目名を持つ2つ目の表があります。", page.sheet, data=where)
            elif names and not any(datum.is_number for datum in names) and piece.height > 1:
                message = (
                    "表がもう1つあるように見えます。表の続きなら空白をなくし、別の表なら分けてください。"
                )
                yield found("L1-02", message, page.sheet, data=where, sure=False)


def _first(sheet: Sheet, piece: Area) -> list[Datum]:
    row = (sheet.cells.get((piece.top, column)) for column in range(piece.left, piece.right))
    return [datum for datum in row if datum is not None][:1]


def _is_own_header(page: Page, piece: Area, names: list[Datum]) -> bool:
    """Words only, each of its own, over some number, and other names than the table's."""
    if page.table is None or piece.height < 2 or len(names) < piece.width:
        return False
    words = {datum.text for datum in names}
    if any(datum.is_number for datum in names) or len(words) < len(names):
        return False
    known = {column.name for column in page.table.columns}
    numbers = (datum for datum in page.sheet.cells.values() if datum.is_number)
    return len(words & known) * 2 < len(words) and any(piece.holds(d.row, d.column) for d in numbers)


def check_parted(subject: Subject) -> Iterator[Finding]:
    """L1-03: blank rows and columns before and within what a sheet holds."""
    for page in subject.pages:
        sheet = page.sheet
        rows = _gaps({row for row, _ in sheet.cells} | _merged(sheet, "rows"))
        columns = _gaps({column for _, column in sheet.cells} | _merged(sheet, "columns"))
        if rows:
            named = tuple(sheet.name_rows(*run) for run in rows)
            count = sum(last - first + 1 for first, last in rows)
            yield Finding(RULES["L1-03"], "空白の行があります。", sheet.name, named, count)
        if columns:
            named = tuple(sheet.name_columns(*run) for run in columns)
            count = sum(last - first + 1 for first, last in columns)
            yield Finding(RULES["L1-03"], "空白の列があります。", sheet.name, named, count)


def _merged(sheet: Sheet, axis: str) -> set[int]:
    """The rows or columns within merged cells (those past the last filled one do not matter)."""
    last = max(row if axis == "rows" else column for row, column in sheet.cells)
    spans = ((m.top, m.bottom) if axis == "rows" else (m.left, m.right) for m in sheet.merges)
    return {place for first, end in spans for place in range(first, min(end, last + 1))}


def _gaps(filled: set[int]) -> list[tuple[int, int]]:
    """The runs of blank places up to the last filled one."""
    return runs_of(place for place in range(max(filled)) if place not in filled)


def check_outside(subject: Subject) -> Iterator[Finding]:
    """L1-04: whatever stands beside the table."""
    for page in subject.pages:
        if page.table is None or not page.outside:
            continue
        top = page.table.area.top
        above = [datum for datum in page.outside if datum.row < top]
        rest = [datum for datum in page.outside if datum.row >= top]
        if above:
            yield found("L1-04", "表の上に題名や単位などがあります。", page.sheet, data=above)
        if rest:
            yield found("L1-04", "表の外側に注やメモなどがあります。", page.sheet, data=rest)


def check_header_names(subject: Subject) -> Iterator[Finding]:
    """L1-05: every column has a name, and one that says something."""
    for table in subject.tables:
        nameless = [column for column in table.columns if column.cells and not column.name]
        if subject.book.format == "csv":
            # a few longer records are broken by a comma (L1-15), not by a missing name
            nameless = [column for column in nameless if len(column.cells) * 2 > table.height]
        if nameless:
            data = [column.cells[0] for column in nameless]
            yield found(
                "L1-05", "項目名のない列があります（データの先頭で示します）。", table.sheet, data=data
            )
        heads = [datum for column in table.columns for datum in table.header_cells(column)]
        numbers = [datum for datum in heads if datum.is_number and not is_year(datum.text)]
        empty = [d for d in heads if UNNAMED.fullmatch(d.text) and not d.is_number]
        if numbers and len(numbers) * 2 >= len(heads):
            yield found("L1-05", "項目名の行がなく、数値から始まっています。", table.sheet, data=numbers)
        elif numbers:
            yield found("L1-05", "数値だけの項目名があります。", table.sheet, data=numbers, sure=False)
        if empty:
            yield found("L1-05", "内容の分からない項目名があります。", table.sheet, data=empty)


def check_header_unique(subject: Subject) -> Iterator[Finding]:
    """L2-03: one row of names, none twice."""
    for table in subject.tables:
        if table.two_rows_of_names:
            heads = [datum for column in table.columns for datum in table.header_cells(column)]
            rows = table.data_top - table.area.top
            yield found("L2-03", f"項目名が{rows}行に分かれています。", table.sheet, data=heads)
        by_name: dict[str, list[Datum]] = defaultdict(list)
        for column in table.columns:
            if column.name:
                by_name[column.name].extend(table.header_cells(column)[-1:])
        for name, heads in by_name.items():
            if len(heads) > 1:
                yield found("L2-03", f"同じ項目名「{name}」の列があります。", table.sheet, data=heads)


def check_header_first(subject: Subject) -> Iterator[Finding]:
    """L3-01: names in row 1 from column A, data from row 2."""
    for table in subject.tables:
        area = table.area
        heads = [datum for column in table.columns for datum in table.header_cells(column)][:1]
        if area.top or area.left:
            place = table.sheet.name_of(area.top, area.left)
            yield found("L3-01", f"項目名が{place}から始まっています。", table.sheet, data=heads)
        elif _data_late(table):
            yield found("L3-01", "データが2行目から始まっていません。", table.sheet, data=heads)


def _data_late(table: Table) -> bool:
    first = min((d.row for column in table.columns for d in column.cells), default=1)
    return first > table.area.top + 1
