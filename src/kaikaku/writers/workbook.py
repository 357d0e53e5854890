"""The workbook in which sections answer a round: one row a figure or text, one datum a cell.

Nothing is merged, hidden or computed; only what is to be typed is unlocked, and the protection has no
password.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, BinaryIO, Final

from kaikaku.writers.excel import FONT, fixed_time
from kaikaku.writers.workbook_form import (
    CODES,
    COMPUTED,
    COMPUTED_COLUMNS,
    FIGURES,
    FORMAT,
    GUIDE,
    KEYS,
    MARK,
    OPEN,
    TEXT_COLUMNS,
    TEXTS,
    Block,
    Column,
    RoundBook,
    Row,
    Value,
    code_rows,
    figure_columns,
    guide_rows,
)

TALLEST: Final = 12  # lines; what is longer is read in the cell itself


def write_workbook(book: RoundBook, out: BinaryIO) -> None:
    """Write the workbook; equal books give equal bytes."""
    import xlsxwriter

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as made:
        made.set_properties({"title": book.title, "author": book.organisation, "created": fixed_time()})
        made.set_custom_property(MARK, FORMAT)
        made.set_custom_property("kaikaku_round", book.round)
        formats = _formats(made)
        figures = [(block, row) for block in book.blocks for row in block.figures]
        texts = [(block, row) for block in book.blocks for row in block.texts]
        guide = made.add_worksheet(GUIDE)
        if figures:
            _data_sheet(
                made, FIGURES, columns=figure_columns(book.years), rows=figures, book=book, formats=formats
            )
        if texts:
            _data_sheet(made, TEXTS, columns=TEXT_COLUMNS, rows=texts, book=book, formats=formats)
        _plain_sheet(guide, ("項目", "内容"), guide_rows(book), widths=(24, 96), formats=formats)
        _plain_sheet(
            made.add_worksheet(CODES),
            ("列", "選択肢", "コード"),
            code_rows(book),
            widths=(18, 40, 24),
            formats=formats,
        )


def _formats(made: Any) -> dict[str, Any]:
    base = {"font_name": FONT, "font_size": 10.5, "valign": "top"}
    ruled = {**base, "border": 1, "border_color": "#C8CDD8", "text_wrap": True}
    number = "#,##0.##########;△#,##0.##########"
    return {
        "plain": made.add_format({**base, "text_wrap": True}),
        "head": made.add_format({**ruled, "bold": True, "bg_color": "#EEF0F6"}),
        "head_typed": made.add_format({**ruled, "bold": True, "bg_color": "#DCE9D5"}),
        "fixed": made.add_format({**ruled, "font_color": "#333333"}),
        "number": made.add_format({**ruled, "font_color": "#333333", "num_format": number}),
        "key": made.add_format({**ruled, "font_color": "#666666"}),
        # General, not a number format: what Excel takes for a date or a share can then be told by its format
        "typed": made.add_format({**ruled, "bg_color": "#F6FAF3", "locked": False}),
        "shut": made.add_format({**ruled, "bg_color": "#F6FAF3"}),
        "grey": made.add_format({"bg_color": "#E8E8E8", "font_color": "#555555"}),
    }


def _data_sheet(
    made: Any,
    name: str,
    *,
    columns: Sequence[Column],
    rows: Sequence[tuple[Block, Row]],
    book: RoundBook,
    formats: Mapping[str, Any],
) -> None:
    sheet = made.add_worksheet(name)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.title, formats["head_typed" if column.typed else "head"])
    sheet.set_row(0, 34)
    for number, (block, row) in enumerate(rows, 1):
        sheet.set_row(number, _height(columns, row))
        values: dict[str, Value] = {
            **row.values,
            "state": row.state,
            "round": book.round,
            "sheet": block.key,
            "version": f"v{block.version}",
            "row": row.key,
        }
        for place, column in enumerate(columns):
            value = values.get(column.key)
            _write(sheet, (number, place), value, formats[_look(column, row, value)])
    names = [column.key for column in columns]
    sheet.freeze_panes(1, names.index("name") + 1)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    _choices(sheet, columns, len(rows), book)
    _shade(sheet, columns, len(rows), formats["grey"])
    sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
    _on_paper(sheet)
    sheet.print_area(0, 0, len(rows), len(columns) - len(KEYS) - 1)


def _height(columns: Sequence[Column], row: Row) -> float:
    """Room for the longest text of a row, in points; Excel does not make it while nobody types."""
    lines = 1
    for column in columns:
        value = row.values.get(column.key)
        if isinstance(value, str):
            wrapped = (-(-len(part) * 2 // max(column.width - 1, 1)) for part in value.split("\n"))
            lines = max(lines, sum(max(1, one) for one in wrapped))
    return min(lines, TALLEST) * 15 + 4


def _look(column: Column, row: Row, value: Value) -> str:
    if column.typed:
        return "shut" if row.shut or column.key in row.computed else "typed"
    if isinstance(value, Decimal):
        return "number"
    return "key" if column in KEYS else "fixed"


def _write(sheet: Any, at: tuple[int, int], value: Value, look: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(*at, None, look)
    elif isinstance(value, str):
        sheet.write_string(*at, value, look)
    else:
        sheet.write_number(*at, float(value), look)  # a cell of Excel is a binary float


def _choices(sheet: Any, columns: Sequence[Column], rows: int, book: RoundBook) -> None:
    """Drop-downs for what is chosen, and a word of help where a value is typed."""
    for place, column in enumerate(columns):
        if column.choices in book.choices:
            words = [label for _, label in book.choices[column.choices]]
            sheet.data_validation(
                1,
                place,
                rows,
                place,
                {
                    "validate": "list",
                    "source": words,
                    "ignore_blank": True,
                    "error_title": column.title,
                    "error_message": "一覧から選んでください。",
                },
            )
        elif column.typed and column.about:
            sheet.data_validation(
                1,
                place,
                rows,
                place,
                {
                    "validate": "any",
                    "input_title": column.title,
                    "input_message": column.about,
                },
            )


def _shade(sheet: Any, columns: Sequence[Column], rows: int, grey: Any) -> None:
    """Rows that are not to be filled in are grey; the column 「記入」 says so in words (L1-11)."""
    names = [column.key for column in columns]
    letter = _letters(names.index("state"))
    typed = [place for place, column in enumerate(columns) if column.typed]
    shut = f'=AND(${letter}2<>"{OPEN}",${letter}2<>"{COMPUTED}")'
    sheet.conditional_format(
        1, min(typed), rows, max(typed), {"type": "formula", "criteria": shut, "format": grey}
    )
    for place in (names.index(name) for name in COMPUTED_COLUMNS if name in names):
        computed = f'=${letter}2="{COMPUTED}"'
        sheet.conditional_format(
            1, place, rows, place, {"type": "formula", "criteria": computed, "format": grey}
        )


def _letters(place: int) -> str:
    """The letters of a column that is counted from 0.

    >>> _letters(0), _letters(25), _letters(26)
    ('A', 'Z', 'AA')
    """
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def _on_paper(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _plain_sheet(
    sheet: Any,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    widths: Sequence[int],
    formats: Mapping[str, Any],
) -> None:
    for place, (title, width) in enumerate(zip(head, widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, formats["head"])
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            sheet.write_string(number, place, value, formats["plain"])
    sheet.freeze_panes(1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    _on_paper(sheet)
