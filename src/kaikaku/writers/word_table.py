"""The rows of a Word table, as XML.

A long table has tens of thousands of cells. Made one by one through python-docx they take nearly all the time
of a paper; as text that is parsed once, a tenth of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from kaikaku.writers.papers.blocks import Cell, Grid

INKS = {0: "666666", 1: "197A4B", 2: "0066BE", 3: "C74700", 4: "CE0000"}
HEAD_FILL = "EEF0F6"
HALF_POINTS = 17
TWIPS_PER_MM = 1440 / 25.4
_HEAD = "<w:trPr><w:tblHeader/><w:cantSplit/></w:trPr>"
_BODY = "<w:trPr><w:cantSplit/></w:trPr>"  # a row is not torn over two pages


def rows_of(grid: Grid, *, width_mm: int) -> list[Any]:
    """The `w:tr` elements of a grid that is `width_mm` wide; the head, if any, repeats on every page."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    whole = sum(column.width for column in grid.columns)
    widths = [round(width_mm * column.width / whole * TWIPS_PER_MM) for column in grid.columns]
    sides = [column.align if column.align != "left" else "" for column in grid.columns]
    rows = [_row(cells, widths, sides) for cells in grid.rows]
    if any(column.title for column in grid.columns):
        titles = [Cell(column.title, bold=True) for column in grid.columns]
        rows.insert(0, _row(titles, widths, ["center"] * len(widths), head=True))
    return list(parse_xml(f"<w:tbl {nsdecls('w')}>{''.join(rows)}</w:tbl>"))


def _row(cells: Sequence[Cell], widths: Iterable[int], sides: Iterable[str], *, head: bool = False) -> str:
    parts = [
        _cell(cell, width, side=side, head=head)
        for cell, width, side in zip(cells, widths, sides, strict=True)
    ]
    return f"<w:tr>{_HEAD if head else _BODY}{''.join(parts)}</w:tr>"


def _cell(cell: Cell, width: int, *, side: str, head: bool) -> str:
    fill = f'<w:shd w:val="clear" w:fill="{HEAD_FILL}"/>' if head else ""
    across = f'<w:jc w:val="{side}"/>' if side else ""
    bold = "<w:b/>" if cell.bold or cell.slot is not None else '<w:b w:val="0"/>'
    ink = f'<w:color w:val="{INKS[cell.slot]}"/>' if cell.slot is not None else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/>{fill}</w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:after="0"/>{across}</w:pPr>'
        f'<w:r><w:rPr>{bold}{ink}<w:sz w:val="{HALF_POINTS}"/></w:rPr>{_words(cell.text)}</w:r></w:p></w:tc>'
    )


def _words(text: str) -> str:
    """The text of a run; a line break is an element, and blanks at the ends are kept."""
    return "<w:br/>".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    if not line:
        return ""
    kept = ' xml:space="preserve"' if line != line.strip() else ""
    return f"<w:t{kept}>{escape(line)}</w:t>"
