"""Indicator tables → indicators: columns by their headers, never by their place (conventions.md §2)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kaikaku.core.text import fold, is_dash
from kaikaku.readers.document import Notice
from kaikaku.readers.figures import Expected, grade_in, is_figure, read_value
from kaikaku.readers.outline import IndicatorRead, Role, TableRead
from kaikaku.readers.settling import Frame, Row, settle
from kaikaku.readers.tables import Column, Columns, flat, is_total, is_unit, unit_in
from kaikaku.readers.vocabulary import row_kind

_STRICT_NAME = re.compile(r"指標|kpi|kgi|目標(?:項目|名)|数値目標|成果目標|達成目標", re.IGNORECASE)
_SINGLE = ("baseline", "current", "target", "actual", "forecast", "expected")


def indicators_of(
    table: TableRead, columns: Columns, frame: Frame
) -> tuple[list[IndicatorRead], list[Notice]]:
    """The indicators of a table, and what must be asked; none where the table holds no indicators."""
    reader = _Reader(table, columns, frame)
    return reader.read(), reader.notices


class _Reader:
    def __init__(self, table: TableRead, columns: Columns, frame: Frame) -> None:
        self.table = table
        self.columns = columns
        self.frame = frame
        self.notices: list[Notice] = []
        self.kinds = columns.of("kind")
        self.name = self._name_column()
        self.group = self._group_column()
        self.units = columns.of("unit")
        self.roles = self._without_words(self._roles())

    def read(self) -> list[IndicatorRead]:
        if not self._is_indicator_table():
            return []
        strict = self._strict()
        rows = [
            row
            for row in self._rows()
            if row.values and (strict or any(v.value is not None for v in row.values))
        ]
        return [settle(row, frame=self.frame, notices=self.notices) for row in rows]

    def _warn(self, code: str, message: str, line: int) -> None:
        self.notices.append(Notice(code, message, line))

    # which column is what

    def _name_column(self) -> Column | None:
        named = self.columns.of("name")
        strict = [column for column in named if _STRICT_NAME.search(fold(column.header))]
        if strict or named:
            return (strict or named)[0]
        groups = self.columns.of("group")
        if groups:
            return groups[-1]
        for column in self.columns.columns:
            cells = [row[column.index] for row in self.columns.rows if row[column.index]]
            if column.role is None and cells and not any(is_figure(cell) for cell in cells):
                return column
        return None

    def _group_column(self) -> Column | None:
        first = [
            column
            for column in self.columns.columns
            if column.role in ("group", "name") and column is not self.name
        ]
        before = [column for column in first if self.name is None or column.index < self.name.index]
        return before[-1] if before else None

    def _roles(self) -> dict[int, Role | None]:
        """The role of each column of figures, with 現状値 and columns that only name a year decided or
        left open.
        """
        roles: dict[int, Role | None] = {}
        held = {column.role for column in self.columns.columns}
        for column in self.columns.columns:
            if column.role == "current":
                roles[column.index] = self._current(column, held)
            elif column.role in _SINGLE:
                roles[column.index] = column.role  # type: ignore[assignment]
        bare = [
            c
            for c in self.columns.columns
            if c.role is None and c.fiscal_year is not None and c is not self.name
        ]
        role = None if self.kinds or not bare else self._role_of_years(bare, held)
        for column in bare:
            roles[column.index] = role
        return roles

    def _without_words(self, roles: dict[int, Role | None]) -> dict[int, Role | None]:
        """A column of words before the names (重点目標, 成果目標) groups the rows; it holds no targets."""
        if self.name is None:
            return roles
        words = [
            i
            for i in roles
            if i < self.name.index and not any(is_figure(row[i]) for row in self.columns.rows)
        ]
        if words and self.group is None:
            self.group = self.columns.columns[words[-1]]
        return {index: role for index, role in roles.items() if index not in words}

    def _current(self, column: Column, held: set[str | None]) -> Role | None:
        """現状値: the baseline beside an actual, the actual beside a baseline, else by the year and the
        document.
        """
        if "actual" in held or "forecast" in held:
            return "baseline"
        if "baseline" in held:
            return "actual"
        year = column.fiscal_year
        if self.frame.kind != "achievement":
            return "baseline"
        if year is not None and self.frame.fiscal_year is not None:
            return "actual" if year >= self.frame.fiscal_year else "baseline"
        self._warn(
            "ambiguous_current_value",
            f"「{column.header}」が基準値か最新の実績値かは、この表からは決められません。どちらかを選んでください。",
            self.table.line,
        )
        return None

    def _role_of_years(self, bare: Sequence[Column], held: set[str | None]) -> Role | None:
        """Columns headed by years alone: actuals where caption or document says so and nothing speaks
        against it.
        """
        told = f"{self.table.caption or ''} {self.frame.heading or ''}"
        if (
            "target" not in held
            and re.search(r"目標|計画", told)
            and not re.search(r"実績|推移|状況|結果", told)
        ):
            return "target"
        if re.search(r"実績|推移|決算|結果", told):
            return "actual"
        future = [c for c in bare if not any(row[c.index] for row in self.columns.rows)]
        if (
            "target" in held
            and not held & {"baseline", "actual"}
            and len(bare) == 1
            and self.frame.kind != "achievement"
        ):
            return "baseline"
        if ("target" in held or "baseline" in held) and (self.frame.kind == "achievement" or future):
            return "actual"
        if self._strict():
            headers = "・".join(column.header for column in bare)
            self._warn(
                "column_role_unknown",
                f"「{headers}」の列が目標値か実績値かは、表の見出しからは決められません。値は表のまま残しました。",
                self.table.line,
            )
        return None

    def _is_indicator_table(self) -> bool:
        if not self.columns.rows or any(column.role == "count" for column in self.columns.columns):
            return False
        held = set(self.roles.values())
        if self.kinds:
            kinds = {row_kind(row[self.kinds[0].index]) for row in self.columns.rows}
            years = any(column.fiscal_year is not None for column in self.columns.columns)
            return years and ("target" in kinds or "baseline" in kinds) and bool(kinds & {"actual", "target"})
        if self.name is None:
            return False
        strict = self._strict()
        figures = any(is_figure(row[index]) for row in self.columns.rows for index in self.roles)
        if strict and held & {"target", "actual", "baseline"}:
            return figures or "target" in held
        return figures and ("target" in held or {"baseline", "actual"} <= held)

    def _strict(self) -> bool:
        """Whether the name column or the caption says that the rows are indicators."""
        header = self.name.header if self.name else ""
        return _STRICT_NAME.search(fold(f"{header} {self.table.caption or ''}")) is not None

    # rows

    def _rows(self) -> list[Row]:
        rows: list[Row] = []
        group: str | None = None
        for cells, line in zip(self.columns.rows, self.columns.row_lines, strict=True):
            heading = _heading_row(cells)
            if heading is not None:
                group = heading
                continue
            name = self._name_of(cells, rows)
            if (
                name is None
                or is_total(name)
                or (not self.kinds and not any(cells[index] for index in self.roles))
            ):
                continue
            own = self.group and flat(cells[self.group.index])
            row = rows[-1] if self.kinds and rows and rows[-1].name == name else None
            if row is None:
                row = Row(name, line, self.table.section, group=own or group)
                rows.append(row)
            self._fill(row, cells, line)
        return rows

    def _name_of(self, cells: Sequence[str], rows: Sequence[Row]) -> str | None:
        if self.name is None:
            return self.table.caption or self.frame.heading
        name = flat(cells[self.name.index]).strip()
        if not name and rows and self.kinds:
            return rows[-1].name
        return name or None

    def _fill(self, row: Row, cells: Sequence[str], line: int) -> None:
        unit = self._unit_of(row.name, cells)
        row.unit = row.unit or unit
        if self.kinds:
            self._fill_by_kind(row, cells, line)
            return
        for column in self.columns.columns:
            text = cells[column.index]
            if column.index in self.roles and text:
                role = self.roles[column.index]
                value = read_value(text, self._expected(column, line, role, unit))
                row.values.append(value)
                if role == "actual":
                    row.grade = row.grade or grade_in(text)
            elif text and column.role == "rate" and not is_dash(text):
                row.rate = flat(text)
            elif text and column.role == "grade" and not is_dash(text):
                row.grade = flat(text)
            elif text and column.role == "note" and row.note is None:
                row.note = flat(text)

    def _fill_by_kind(self, row: Row, cells: Sequence[str], line: int) -> None:
        """A row that holds a year's targets, actuals or rates (Mie prints two rows for an indicator)."""
        label = cells[self.kinds[0].index]
        kind = row_kind(label)
        for column in self.columns.columns:
            text = cells[column.index]
            if (
                not text
                or column in self.kinds
                or column in (self.name, self.group)
                or column.role in ("unit", "number")
            ):
                continue
            if kind == "rate" and column.fiscal_year is not None:
                row.rate = flat(text)
            elif kind == "grade" and column.fiscal_year is not None:
                row.grade = flat(text)
            elif column.role in ("baseline", "current", "target") and is_figure(text):
                role: Role = "target" if column.role == "target" else "baseline"
                value = read_value(text, self._expected(column, line, role, row.unit))
                if not any(v.text == value.text and v.role == role for v in row.values):
                    row.values.append(value)
            elif column.fiscal_year is not None and kind in _SINGLE:
                row.values.append(read_value(text, self._expected(column, line, kind, row.unit)))  # type: ignore[arg-type]

    def _expected(self, column: Column, line: int, role: Role | None, unit: str | None) -> Expected:
        return Expected(line, role, column.fiscal_year, column.cumulative_from, column.unit or unit)

    def _unit_of(self, name: str, cells: Sequence[str]) -> str | None:
        for column in self.units:
            text = flat(cells[column.index])
            if text and is_unit(text):
                return text
            if text:
                return text if len(text) <= 8 else None
        unit = unit_in(name) or (unit_in(self.name.header) if self.name else None)
        table_unit = self.columns.unit
        return unit or (table_unit if table_unit and is_unit(table_unit) else None)


def _heading_row(cells: Sequence[str]) -> str | None:
    """The words of a row that is a heading inside the table: one text, alone or merged over all columns."""
    shown = list(dict.fromkeys(cell for cell in cells if cell))
    if len(shown) != 1 or len(cells) < 3 or is_figure(shown[0]):
        return None
    filled = [cell for cell in cells if cell]
    return flat(shown[0]) if len(filled) in (1, len(cells)) and bool(cells[0]) else None
