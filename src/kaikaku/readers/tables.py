"""A table's header made one row, and what each column holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kaikaku.core.eras import find_dates, find_years, parse_fiscal_year
from kaikaku.core.quantities import parse_quantity, split_unit
from kaikaku.core.quantities.units import SPELLINGS_BY_LENGTH
from kaikaku.core.text import fold, narrow
from kaikaku.readers.document import Table
from kaikaku.readers.outline import TableRead
from kaikaku.readers.vocabulary import UNIT_CAPTION, header_role, is_grade, row_kind

_MOST_HEADER_ROWS = 4
_SHORT_HEADER = 15
_UNITS = frozenset(SPELLINGS_BY_LENGTH)
_BRACKETED = re.compile(r"[(（\[〔【]\s*(?:単位\s*[:：]\s*)?([^()（）\[\]〔〕【】]{1,12})\s*[)）\]〕】]")
_TOTAL = re.compile(r"(?:合計|小計|総計|全体|計|平均|総括|[①-⑳\dA-Za-z]*計)(?:[(（].*[)）])?")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header as one text, what it holds, and the year and unit its header states."""

    index: int
    header: str
    role: str | None = None
    fiscal_year: int | None = None
    cumulative_from: int | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table and the grid below its header."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    row_lines: tuple[int, ...]
    unit: str | None = None
    caption: str | None = None

    def of(self, role: str) -> list[Column]:
        return [column for column in self.columns if column.role == role]


def columns_of(
    table: Table, *, unit: str | None = None, caption: str | None = None, era: str | None = None
) -> Columns:
    """Read a table's header. `era` is the one era of the document, for headers that print 17年度 without
    it.
    """
    grid = [[_one_line(cell) for cell in row] for row in table.grid()]
    lines = _row_lines(table, len(grid))
    grid, lines, caption, unit = _without_titles(grid, lines, caption=caption, unit=unit)
    if _stands_on_its_side(grid):
        grid = [list(row) for row in zip(*grid, strict=True)]
        lines = [lines[0]] * len(grid)
    depth = _header_depth(grid, table) if grid else 0
    headers = [
        _merged([row[column] for row in grid[:depth]]) for column in range(len(grid[0]) if grid else 0)
    ]
    body = [tuple(row) for row in grid[depth:]]
    columns = [
        _checked(_column(index, header, era), [row[index] for row in body])
        for index, header in enumerate(headers)
    ]
    return Columns(tuple(columns), tuple(_filled_down(body)), tuple(lines[depth:]), unit, caption)


def table_read(columns: Columns, *, section: int | None, line: int) -> TableRead:
    """The table as the outline shows it."""
    header = tuple(column.header for column in columns.columns)
    return TableRead(
        rows=columns.rows,
        line=line,
        header=header if any(header) else (),
        section=section,
        unit=columns.unit,
        caption=columns.caption,
        row_lines=columns.row_lines,
    )


def _one_line(text: str) -> str:
    """A cell's text on one line: a break inside a word goes, one between an entry and the next stays a
    break.
    """
    return "\n".join(part.strip() for part in text.split("\n") if part.strip())


def flat(text: str) -> str:
    """A cell's lines as one, joined as Japanese is written."""
    joined = ""
    for part in text.split("\n"):
        latin = joined[-1:].isascii() and part[:1].isascii() and joined[-1:].isalnum() and part[:1].isalnum()
        joined += (" " if latin else "") + part
    return joined


def _row_lines(table: Table, height: int) -> list[int]:
    lines = [table.place.line] * height
    for cell in sorted(table.cells, key=lambda cell: (cell.row, -cell.column)):
        if cell.row < height:
            lines[cell.row] = cell.place.line
    return lines


def _without_titles(
    grid: list[list[str]], lines: list[int], *, caption: str | None, unit: str | None
) -> tuple[list[list[str]], list[int], str | None, str | None]:
    """Take the title and the unit that were typed into the first rows of the table itself."""
    while len(grid) > 2:
        shown = list(dict.fromkeys(cell for cell in grid[0] if cell))
        if len(shown) > 1 or (len(shown) == 1 and len(grid[0]) == 1):
            break
        if shown:
            match = UNIT_CAPTION.fullmatch(shown[0])
            if match:
                unit = unit or match["unit"]
            elif header_role(shown[0]) and not grid[0][-1]:
                break
            else:
                caption = caption or flat(shown[0])
        grid, lines = grid[1:], lines[1:]
    return grid, lines, caption, unit


def _stands_on_its_side(grid: Sequence[Sequence[str]]) -> bool:
    """A table of one indicator, its headings down the first column."""
    if len(grid) < 3 or not 2 <= len(grid[0]) <= 3:
        return False
    side = [header_role(row[0]) for row in grid]
    top = [header_role(cell) for cell in grid[0]]
    wanted = sum(role in ("name", "baseline", "current", "target", "actual", "unit") for role in side)
    return (
        wanted >= 3
        and wanted > sum(role in ("name", "baseline", "target", "actual") for role in top)
        and "name" in side
    )


def _header_depth(grid: Sequence[Sequence[str]], table: Table) -> int:
    """How many of the first rows are header."""
    flagged = 0
    while flagged < len(grid) and any(
        cell.header for cell in table.cells if cell.row == flagged and cell.text
    ):
        if flagged and _has_figures(grid[flagged]):
            break
        flagged += 1
    if flagged and flagged < len(grid):
        return flagged + _more_header(grid, flagged)
    if not grid or len(grid) < 2 or not _is_header(grid):
        return 0
    return 1 + _more_header(grid, 1)


def _is_header(grid: Sequence[Sequence[str]]) -> bool:
    first = [cell for cell in grid[0] if cell]
    if not first or _has_figures(grid[0]):
        return False
    dated = any(find_dates(cell) and find_dates(below) for cell, below in zip(grid[0], grid[1], strict=False))
    if dated:
        return False
    roles = sum(header_role(cell) is not None or parse_fiscal_year(cell) is not None for cell in first)
    return roles > 0 or all(len(cell) <= _SHORT_HEADER for cell in first)


def _more_header(grid: Sequence[Sequence[str]], start: int) -> int:
    """How many rows after the first go on with the header: words and years only, under a cell that spans."""
    more = 0
    for position in range(start, min(len(grid) - 1, _MOST_HEADER_ROWS)):
        row, above = grid[position], grid[position - 1]
        spans = any(one and one == two for one, two in pairwise(above)) or "" in above
        words = [cell for cell, upper in zip(row, above, strict=True) if cell and cell != upper]
        known = sum(
            header_role(cell) is not None or parse_fiscal_year(cell) is not None or bool(find_years(cell))
            for cell in words
        )
        named = bool(words) and row_kind(row[0]) is None
        if not spans or not named or _has_figures(row) or known * 2 < len(words):
            break
        more += 1
    return more


def _has_figures(row: Sequence[str]) -> bool:
    """Whether a row holds values; a year is none."""
    for cell in row:
        plain = flat(cell)
        year = parse_fiscal_year(plain) is not None or bool(find_years(plain))
        if year and not re.match(r"[△▲約]?\d", narrow(plain)):
            continue
        if holds_value(plain) and (not year or parse_quantity(plain).unit is not None):
            return True
        if parse_quantity(plain).reason == "dash":
            return True
    return False


def holds_value(text: str) -> bool:
    """Whether a cell is a value: a number alone or with a unit of the field (「１ 行政手続」 is a title).

    >>> holds_value("71.5%"), holds_value("1,619人 (R1)"), holds_value("１ 行政手続"), holds_value("第1")
    (True, True, False, False)
    """
    quantity = parse_quantity(flat(text))
    if quantity.value is None:
        return False
    return quantity.unit is None or quantity.unit in _UNITS or re.match(r"\D*[\d,.]+\s", narrow(text)) is None


def _merged(texts: Sequence[str]) -> str:
    return " ".join(dict.fromkeys(flat(text) for text in texts if text))


def _column(index: int, header: str, era: str | None) -> Column:
    years = [found.value.western for found in find_years(header)]
    if not years:
        whole = (
            parse_fiscal_year(header)
            or parse_fiscal_year(re.sub(r"[^\d年度元.]", "", narrow(header)), era=era)
            if header
            else None
        )
        dates = [found.value.fiscal_year() for found in find_dates(header)]
        years = [year for year in (*dates[:1], whole) if year is not None][:1]
    without = _without_years(header)
    role = header_role(without) or header_role(header) if without else None
    return Column(
        index=index,
        header=header,
        role=role,
        fiscal_year=years[-1] if years else None,
        cumulative_from=years[0] if len(years) == 2 and years[0] < years[1] and "累計" in header else None,
        unit=unit_in(header),
    )


def _without_years(header: str) -> str:
    for found in reversed(find_years(header)):
        header = header[: found.start] + header[found.end :]
    header = re.sub(
        r"^(?:末|現在|時点)|[(（]\s*(?:末|現在|時点|の)?\s*[)）]", "", header.strip(" \u3000~～〜")
    )
    return "" if parse_fiscal_year(header) else header


def unit_in(text: str) -> str | None:
    """The unit in brackets in a header or a name: 「離職率（％）」, 「決算額（百万円）」, 「(単位:人)」.

    >>> unit_in("離職率（％）"), unit_in("削減額（百万円）"), unit_in("取得率（知事部局）")
    ('％', '百万円', None)
    """
    for found in reversed(_BRACKETED.findall(text)):
        if is_unit(found):
            return str(found)
    return None


def is_unit(text: str) -> bool:
    """Whether a text is a unit of the field and nothing else, scaled (百万円) or not."""
    unit = split_unit(text)[1]
    return unit is not None and unit in _UNITS


def _checked(column: Column, cells: Sequence[str]) -> Column:
    """The column with its role put right by what stands below the header."""
    shown = [flat(cell) for cell in cells if cell]
    if not shown:
        return column
    grades = sum(is_grade(cell) for cell in shown)
    figures = sum(parse_quantity(cell).value is not None for cell in shown)
    if column.role == "rate" and grades * 2 > len(shown) and not figures * 2 > len(shown):
        return replace(column, role="grade")
    if column.role == "grade" and not grades and figures * 2 > len(shown):
        return replace(column, role="rate")
    if column.role in ("grade", "rate") and not grades and not figures:
        return replace(column, role="note" if _mean_length(shown) > 12 else column.role)
    if column.role in ("name_or_kind", "name_or_target", "name", None) and _is_row_kind(shown):
        return replace(column, role="kind")
    if column.role == "name_or_target":
        return replace(column, role="target" if figures * 2 > len(shown) else "name")
    if column.role == "name_or_kind":
        return replace(column, role="name" if figures * 2 <= len(shown) else None)
    return column


def _is_row_kind(cells: Sequence[str]) -> bool:
    kinds = Counter(kind for cell in cells if (kind := row_kind(cell)) is not None)
    return sum(kinds.values()) == len(cells) and len(kinds) >= 2


def _mean_length(cells: Sequence[str]) -> float:
    return sum(map(len, cells)) / len(cells)


def _filled_down(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The rows with a first cell left empty under its like filled in (a category printed once)."""
    filled: list[tuple[str, ...]] = []
    above = ""
    for row in rows:
        first = row[0] if row else ""
        if first:
            above = "" if parse_quantity(first).value is not None or is_total(first) else first
        carried = not first and above and any(row[1:])
        filled.append((above, *row[1:]) if carried else row)
    return filled


def is_total(text: str) -> bool:
    """A row that sums others and is no indicator of its own."""
    return _TOTAL.fullmatch(fold(text)) is not None
