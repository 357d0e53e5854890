"""One-to-one pairs of two lists with the greatest total weight (the Hungarian method)."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf


def best_pairs(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Pairs (row, column) of greatest total weight, by row.

    Every row or every column is paired, whichever is fewer. Cubic in the shorter side times the longer: a
    plan of 200 items takes well under a second.

    >>> best_pairs([[0.9, 0.8], [0.8, 0.1]])
    [(0, 1), (1, 0)]
    """
    if not weights or not weights[0]:
        return []
    if len(weights) > len(weights[0]):
        return sorted((row, column) for column, row in best_pairs(list(zip(*weights, strict=True))))
    owner = _assign(weights)
    return sorted((row - 1, column - 1) for column, row in enumerate(owner) if row and column)


def _assign(weights: Sequence[Sequence[float]]) -> list[int]:
    """For each column (from 1) the row (from 1) that it goes to, or 0.

    Shortest augmenting paths with potentials.
    """
    rows, columns = len(weights), len(weights[0])
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner = [0] * (columns + 1)
    for row in range(1, rows + 1):
        owner[0] = row
        came_from = _shortest_path(weights, owner, row_price, column_price)
        column = came_from.pop()
        while column:
            owner[column] = owner[came_from[column]]
            column = came_from[column]
    return owner


def _shortest_path(
    weights: Sequence[Sequence[float]], owner: list[int], row_price: list[float], column_price: list[float]
) -> list[int]:
    """Grow a tree of tight edges from column 0 until it meets a free column.

    That column is appended at the end.
    """
    columns = len(weights[0])
    slack, came_from = [inf] * (columns + 1), [0] * (columns + 1)
    in_tree = [False] * (columns + 1)
    column = 0
    while owner[column]:
        in_tree[column] = True
        row = owner[column]
        for j in range(1, columns + 1):
            cost = -weights[row - 1][j - 1] - row_price[row] - column_price[j]
            if not in_tree[j] and cost < slack[j]:
                slack[j], came_from[j] = cost, column
        following = min((j for j in range(1, columns + 1) if not in_tree[j]), key=lambda j: slack[j])
        step = slack[following]
        for j in range(columns + 1):
            if in_tree[j]:
                row_price[owner[j]] += step
                column_price[j] -= step
            else:
                slack[j] -= step
        column = following
    return [*came_from, column]
