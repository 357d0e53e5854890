"""Tables drawn with lines: from the rules of a page to the grids they enclose.

The unit cells of a grid are joined where no line parts them; what leaks to the outside is no cell. That finds
merged cells in both directions, in time that grows with the grid and not with the pairs of lines.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kaikaku.readers.pdf_page import Rule

_NEAR: Final = 2.5  # points within which two lines are one (a double line, a pen's width)
_GAP: Final = 4.0  # points a dotted line may leave open
_MOST_RULES: Final = 2_000
_MOST_UNITS: Final = 20_000


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell of a ruled table: its place in the grid (rows from the top) and its box on the page."""

    row: int
    column: int
    row_span: int
    column_span: int
    x0: float
    y0: float
    x1: float
    y1: float


class CellFinder:
    """Finds the cell of a grid that a point lies in."""

    def __init__(self, grid: list[RuledCell]) -> None:
        self._xs = sorted({x for cell in grid for x in (cell.x0, cell.x1)})
        self._ys = sorted({y for cell in grid for y in (cell.y0, cell.y1)})
        self._cells: dict[tuple[int, int], int] = {}
        for index, cell in enumerate(grid):
            for column in range(bisect_left(self._xs, cell.x0), bisect_left(self._xs, cell.x1)):
                for row in range(bisect_left(self._ys, cell.y0), bisect_left(self._ys, cell.y1)):
                    self._cells[column, row] = index

    def at(self, x: float, y: float) -> int | None:
        """The index of the cell, None outside the grid."""
        return self._cells.get((bisect_right(self._xs, x) - 1, bisect_right(self._ys, y) - 1))


def ruled_grids(rules: Iterable[Rule]) -> list[list[RuledCell]]:
    """The grids of at least two rows and two columns that the rules of a page enclose, top to bottom."""
    joined = _joined(rules)
    if len(joined) > _MOST_RULES:
        return []
    grids = [cells for group in _touching(joined) if (cells := _Grid(group).cells())]
    return sorted(grids, key=lambda cells: -max(cell.y1 for cell in cells))


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Lines that are drawn in pieces, or twice, made one."""
    result: list[Rule] = []
    for horizontal in (True, False):
        lanes: list[list[Rule]] = []
        for rule in sorted((r for r in rules if r.horizontal is horizontal), key=lambda r: r.at):
            if not lanes or rule.at - lanes[-1][0].at > _NEAR:
                lanes.append([])
            lanes[-1].append(rule)
        for lane in lanes:
            at = sum(rule.at for rule in lane) / len(lane)
            start: float | None = None
            end = 0.0
            for rule in sorted(lane, key=lambda r: r.start):
                if start is None or rule.start > end + _GAP:
                    if start is not None:
                        result.append(Rule(horizontal, at, start, end))
                    start, end = rule.start, rule.end
                end = max(end, rule.end)
            if start is not None:
                result.append(Rule(horizontal, at, start, end))
    return result


def _touching(rules: list[Rule]) -> list[list[Rule]]:
    """The rules in groups that hang together; lone lines are left out."""
    parent = list(range(len(rules)))

    def top(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    across = [index for index, rule in enumerate(rules) if rule.horizontal]
    upright = [index for index, rule in enumerate(rules) if not rule.horizontal]
    for i in across:
        level = rules[i]
        for j in upright:
            post = rules[j]
            meets = level.start - _GAP <= post.at <= level.end + _GAP
            if meets and post.start - _GAP <= level.at <= post.end + _GAP:
                parent[top(i)] = top(j)
    groups: dict[int, list[Rule]] = {}
    for index, rule in enumerate(rules):
        groups.setdefault(top(index), []).append(rule)
    return [group for group in groups.values() if len(group) >= 4]


class _Grid:
    """The unit cells between the lines of one group."""

    def __init__(self, rules: list[Rule]) -> None:
        self.across = [rule for rule in rules if rule.horizontal]
        self.upright = [rule for rule in rules if not rule.horizontal]
        ends = [end for rule in self.across for end in (rule.start, rule.end)]
        posts = [rule.at for rule in self.upright]
        self.open_sides = len(self.across) >= 3 and bool(posts)
        outer = [min(ends, default=0.0), max(ends, default=0.0)] if self.open_sides else []
        self.xs = _levels([*posts, *outer])
        self.ys = _levels(rule.at for rule in self.across)
        self.at_level = [[rule for rule in self.across if abs(rule.at - y) <= _NEAR] for y in self.ys]
        self.at_post = [[rule for rule in self.upright if abs(rule.at - x) <= _NEAR] for x in self.xs]

    def cells(self) -> list[RuledCell]:
        columns, rows = len(self.xs) - 1, len(self.ys) - 1
        if columns < 1 or rows < 1 or columns * rows > _MOST_UNITS:
            return []
        found = [cell for region in self._regions(columns, rows) for cell in self._as_cells(region)]
        return _closed_up(found)

    def _regions(self, columns: int, rows: int) -> Iterator[list[tuple[int, int]]]:
        """The unit cells that no line parts, in groups; groups open to the outside are left out."""
        seen: set[tuple[int, int]] = set()
        walls_across = [[self._ruled_across(x, y) for x in range(columns)] for y in range(rows + 1)]
        walls_upright = [[self._ruled_upright(x, y) for y in range(rows)] for x in range(columns + 1)]
        for start in ((x, y) for y in range(rows) for x in range(columns)):
            if start in seen:
                continue
            region, waiting, leaks = [], [start], False
            seen.add(start)
            while waiting:
                x, y = waiting.pop()
                region.append((x, y))
                for nx, ny, wall in (
                    (x - 1, y, walls_upright[x][y]),
                    (x + 1, y, walls_upright[x + 1][y]),
                    (x, y - 1, walls_across[y][x]),
                    (x, y + 1, walls_across[y + 1][x]),
                ):
                    if wall:
                        continue
                    if not (0 <= nx < columns and 0 <= ny < rows):
                        leaks = True
                    elif (nx, ny) not in seen:
                        seen.add((nx, ny))
                        waiting.append((nx, ny))
            if not leaks:
                yield region

    def _ruled_across(self, column: int, level: int) -> bool:
        middle = (self.xs[column] + self.xs[column + 1]) / 2
        return any(rule.start <= middle <= rule.end for rule in self.at_level[level])

    def _ruled_upright(self, post: int, row: int) -> bool:
        middle = (self.ys[row] + self.ys[row + 1]) / 2
        if self.open_sides and post in (0, len(self.xs) - 1):
            return True  # tables without lines at their sides are the custom in print
        return any(rule.start <= middle <= rule.end for rule in self.at_post[post])

    def _as_cells(self, region: list[tuple[int, int]]) -> Iterator[RuledCell]:
        left, right = min(x for x, _ in region), max(x for x, _ in region) + 1
        low, high = min(y for _, y in region), max(y for _, y in region) + 1
        if (right - left) * (high - low) == len(region):
            yield self._cell(left, low, right, high)
        elif len(region) * 2 > (right - left) * (high - low):  # a ring around other cells is no cell
            yield from (self._cell(x, y, x + 1, y + 1) for x, y in region)

    def _cell(self, left: int, low: int, right: int, high: int) -> RuledCell:
        rows = len(self.ys) - 1
        box = (self.xs[left], self.ys[low], self.xs[right], self.ys[high])
        return RuledCell(rows - high, left, high - low, right - left, *box)


def _levels(values: Iterable[float]) -> list[float]:
    """The different heights (or distances), near ones made one."""
    result: list[float] = []
    for value in sorted(values):
        if not result or value - result[-1] > _NEAR:
            result.append(value)
    return result


def _closed_up(cells: list[RuledCell]) -> list[RuledCell]:
    """The cells with rows and columns numbered on, or nothing where they make no table of two by two."""
    rows = sorted({edge for cell in cells for edge in (cell.row, cell.row + cell.row_span)})
    columns = sorted({edge for cell in cells for edge in (cell.column, cell.column + cell.column_span)})
    if len(rows) < 3 or len(columns) < 3:
        return []
    row_at = {edge: index for index, edge in enumerate(rows)}
    column_at = {edge: index for index, edge in enumerate(columns)}
    placed = [
        RuledCell(
            row_at[cell.row],
            column_at[cell.column],
            row_at[cell.row + cell.row_span] - row_at[cell.row],
            column_at[cell.column + cell.column_span] - column_at[cell.column],
            cell.x0,
            cell.y0,
            cell.x1,
            cell.y1,
        )
        for cell in cells
    ]
    return sorted(placed, key=lambda cell: (cell.row, cell.column))
