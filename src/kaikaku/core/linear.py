"""Exact linear algebra, as little of it as disclosure control needs."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def determined(rows: Sequence[Sequence[int]]) -> list[int]:
    """The unknowns (by position) that a system of linear equations fixes, whatever its right-hand sides are.

    An unknown is fixed when the reduced row echelon form has a row that contains it alone.

    >>> determined([[1, 1, 0], [1, 0, 1], [0, 1, 1]]), determined([[1, 1, 0]])
    ([0, 1, 2], [])
    """
    reduced = _reduced([[Fraction(value) for value in row] for row in rows])
    alone = []
    for row in reduced:
        positions = [i for i, value in enumerate(row) if value]
        if len(positions) == 1:
            alone += positions
    return sorted(alone)


def _reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """Gauss and Jordan, in place."""
    done = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((i for i in range(done, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        lead = rows[done][column]
        rows[done] = [value / lead for value in rows[done]]
        for i, row in enumerate(rows):
            if i != done and row[column]:
                factor = row[column]
                rows[i] = [value - factor * base for value, base in zip(row, rows[done], strict=True)]
        done += 1
    return rows
