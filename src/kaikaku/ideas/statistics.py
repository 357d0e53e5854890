"""Counting ideas by axes so that nobody can be found behind a number. Pure; tested without a database.

All tables of a campaign are made safe together, once, when it is closed: tables made safe one by one, or
again and again as ideas come in, could be set against one another. A cell is small when few PEOPLE stand
behind it, however many ideas they sent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from kaikaku.core.disclosure import FLOOR_K, Tie, suppress_few
from kaikaku.core.shares import close
from kaikaku.ideas.axes import Axis

K = FLOOR_K
"""The fewest people behind a number that is shown. Statistics of ideas say less of people than a survey's."""

NOT_CHOSEN = "（選択なし）"
MOST_CELLS = 60
"""Two axes are crossed only where the table has at most so many cells: larger ones would hide nearly all."""

# A cell: (axis, value) of one axis, (axis, value, axis, value) of two; () is all ideas.
Cell = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """An idea as it is counted: who sent it (any mark that tells people apart), and where it stands."""

    person: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """Counts on one axis: (value, ideas or None where hidden), and the shares where nothing is hidden."""

    axis: str
    label: str
    rows: tuple[tuple[str, int | None], ...]
    total: int | None
    shares: tuple[str, ...] = ()

    @property
    def hidden(self) -> int:
        return sum(count is None for _, count in self.rows)


@dataclass(frozen=True, slots=True)
class Cross:
    """Counts on two axes; `cells` by row, then column; None where hidden. The margins are last."""

    label: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Statistics:
    """The safe tables of a campaign. `total` is None while too few people have sent ideas."""

    total: int | None
    tables: tuple[Table, ...]
    crosses: tuple[Cross, ...]
    k: int = K

    def as_json(self) -> dict[str, Any]:
        return {
            "total": self.total,
            "k": self.k,
            "tables": [
                [t.axis, t.label, [list(r) for r in t.rows], t.total, list(t.shares)] for t in self.tables
            ],
            "crosses": [
                [c.label, list(c.rows), list(c.columns), [list(r) for r in c.cells]] for c in self.crosses
            ],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Statistics:
        return cls(
            total=data["total"],
            tables=tuple(
                Table(axis, label, tuple((value, count) for value, count in rows), total, tuple(shares))
                for axis, label, rows, total, shares in data["tables"]
            ),
            crosses=tuple(
                Cross(label, tuple(rows), tuple(columns), tuple(tuple(row) for row in cells))
                for label, rows, columns, cells in data["crosses"]
            ),
            k=data["k"],
        )


def count(ideas: Iterable[Sent], axes: Sequence[Axis], *, k: int = K) -> Statistics:
    """The tables of all axes, and of every two axes that make a table small enough, made safe together."""
    sent = list(ideas)
    values = {axis.key: _values_of(axis, sent) for axis in axes}
    pairs = [
        (one, other)
        for one, other in combinations(axes, 2)
        if 2 <= len(values[one.key]) * len(values[other.key]) <= MOST_CELLS
    ]
    people = _people(sent, axes, pairs)
    keys = _keys(axes, pairs, values)
    counts = {key: people.counts.get(key, 0) for key in keys}
    hidden = suppress_few(counts, _ties(axes, pairs, values), people=people.of, k=k)
    shown = {key: None if key in hidden else n for key, n in counts.items()}
    return Statistics(
        total=shown[()],
        tables=tuple(_table(axis, values[axis.key], shown) for axis in axes),
        crosses=tuple(_cross(one, other, values, shown) for one, other in pairs),
        k=k,
    )


@dataclass(frozen=True, slots=True)
class _People:
    counts: Mapping[Cell, int]
    of: Mapping[Cell, frozenset[int]]


def _people(sent: Sequence[Sent], axes: Sequence[Axis], pairs: Sequence[tuple[Axis, Axis]]) -> _People:
    counts: dict[Cell, int] = defaultdict(int)
    people: dict[Cell, set[int]] = defaultdict(set)
    for idea in sent:
        at = {axis.key: idea.values.get(axis.key, NOT_CHOSEN) for axis in axes}
        cells: list[Cell] = [(), *((key, value) for key, value in at.items())]
        cells += [(one.key, at[one.key], other.key, at[other.key]) for one, other in pairs]
        for cell in cells:
            counts[cell] += 1
            people[cell].add(idea.person)
    return _People(counts, {cell: frozenset(found) for cell, found in people.items()})


def _values_of(axis: Axis, sent: Sequence[Sent]) -> tuple[str, ...]:
    """The choices in their order; values that come of themselves (部局) by name; not chosen last."""
    found = {idea.values.get(axis.key, NOT_CHOSEN) for idea in sent}
    offered = axis.choices or tuple(sorted(found - {NOT_CHOSEN}))
    return (*offered, NOT_CHOSEN) if NOT_CHOSEN in found else offered


def _keys(
    axes: Sequence[Axis], pairs: Sequence[tuple[Axis, Axis]], values: Mapping[str, tuple[str, ...]]
) -> list[Cell]:
    keys: list[Cell] = [()]
    keys += [(axis.key, value) for axis in axes for value in values[axis.key]]
    for one, other in pairs:
        keys += [(one.key, a, other.key, b) for a in values[one.key] for b in values[other.key]]
    return keys


def _ties(
    axes: Sequence[Axis], pairs: Sequence[tuple[Axis, Axis]], values: Mapping[str, tuple[str, ...]]
) -> list[Tie[Cell]]:
    """Every axis adds up to all ideas, every row and column of two axes to the value of the one."""
    ties: list[Tie[Cell]] = [Tie((), tuple((axis.key, value) for value in values[axis.key])) for axis in axes]
    for one, other in pairs:
        rows, columns = values[one.key], values[other.key]
        ties += [Tie((one.key, a), tuple((one.key, a, other.key, b) for b in columns)) for a in rows]
        ties += [Tie((other.key, b), tuple((one.key, a, other.key, b) for a in rows)) for b in columns]
    return ties


def _table(axis: Axis, values: Sequence[str], shown: Mapping[Cell, int | None]) -> Table:
    rows = tuple((value, shown[(axis.key, value)]) for value in values)
    known = [count for _, count in rows if count is not None]
    whole = len(known) == len(rows) and sum(known) > 0
    shares = tuple(f"{share}" for share in close(known, method="largest_remainder")) if whole else ()
    return Table(axis.key, axis.label, rows, shown[()], shares)


def _cross(
    one: Axis, other: Axis, values: Mapping[str, tuple[str, ...]], shown: Mapping[Cell, int | None]
) -> Cross:
    rows, columns = values[one.key], values[other.key]
    cells = [(*(shown[(one.key, a, other.key, b)] for b in columns), shown[(one.key, a)]) for a in rows]
    cells.append((*(shown[(other.key, b)] for b in columns), shown[()]))
    return Cross(f"{one.label} × {other.label}", (*rows, "計"), (*columns, "計"), tuple(cells))
