"""Heaps of ideas for triage, from pairs that are alike: mean linkage, the same for the same pairs.

Two heaps are joined while the mean likeness over all pairs between them (a pair not given counts as 0) is at
least the threshold. Mean linkage keeps chains from growing, in which the first and the last have nothing in
common.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cluster:
    """A heap; `middle` is the idea most like all the others, and stands for it."""

    ideas: tuple[int, ...]
    middle: int


def cluster(pairs: Iterable[tuple[int, int, float]], *, at_least: float, smallest: int = 2) -> list[Cluster]:
    """The heaps of at least `smallest` ideas, largest first, then by their oldest idea."""
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for one, other, score in pairs:
        near[one][other] = near[other][one] = score
    heaps = _joined(near, at_least)
    found = [Cluster(tuple(sorted(heap)), _middle(heap, near)) for heap in heaps if len(heap) >= smallest]
    return sorted(found, key=lambda one: (-len(one.ideas), one.ideas[0]))


def _joined(near: dict[int, dict[int, float]], at_least: float) -> list[list[int]]:
    """Heaps are named by their oldest idea; sums between them are kept, and the best pair joins first."""
    members = {idea: [idea] for idea in near}
    sums = {idea: dict(others) for idea, others in near.items()}
    queue = [
        (-score, one, other) for one, others in near.items() for other, score in others.items() if one < other
    ]
    heapq.heapify(queue)
    while queue:
        score, one, other = heapq.heappop(queue)
        if one not in members or other not in members:
            continue
        mean = sums[one].get(other, 0.0) / (len(members[one]) * len(members[other]))
        if -score != mean:
            continue  # an entry from before one of them grew; the newer one stands in the queue too
        if mean < at_least:
            break
        _join(one, other, members, sums)
        for third, total in sums[one].items():
            low, high = min(one, third), max(one, third)
            heapq.heappush(queue, (-total / (len(members[one]) * len(members[third])), low, high))
    return list(members.values())


def _join(one: int, other: int, members: dict[int, list[int]], sums: dict[int, dict[int, float]]) -> None:
    members[one] += members.pop(other)
    gone = sums.pop(other)
    for third, total in gone.items():
        sums[third].pop(other, None)
        if third != one:
            sums[one][third] = sums[third][one] = sums[one].get(third, 0.0) + total


def _middle(heap: list[int], near: dict[int, dict[int, float]]) -> int:
    return min(heap, key=lambda idea: (-sum(near[idea].get(other, 0.0) for other in heap), idea))
