"""The best assignment: by HiGHS with a proof or a stated gap, else greedily and without one.

All pairs at once are too many for a solver (500 requests × 5,000 people), and nearly all of them are never
used. So the best few of each request are solved as a linear programme; its prices tell exactly which of the
pairs left out could still better the whole; those are added, until there are none. Then no assignment of any
pairs can be worth more than that programme: the bound that the whole-number answer is held against.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from importlib.util import find_spec
from typing import Any

from kaikaku.exchange.matching.problem import Problem

Pair = tuple[int, int]
Row = tuple[str, int, tuple[int, ...], int]
FIRST_COLUMNS = 12  # candidates of each request (and place) that the first programme sees
ROUNDS = 60
TIME_LIMIT = 60.0  # seconds, for the whole-number programme
SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Solution:
    """Pairs (need, person) by need, what they are worth, and the most that any assignment could be.

    `bound` is None where no solver was at hand, so nothing is proven.
    """

    pairs: tuple[Pair, ...]
    value: int
    bound: int | None

    @property
    def proven(self) -> bool:
        return self.bound == self.value

    @property
    def gap(self) -> Fraction | None:
        """How far at most from the best, as a share of it; 0 is proven."""
        if self.bound is None:
            return None
        return Fraction(self.bound - self.value, self.bound) if self.bound else Fraction(0)


def has_solver() -> bool:
    """Whether the extra `matching` is installed."""
    return find_spec("highspy") is not None


def solve(problem: Problem, *, time_limit: float = TIME_LIMIT) -> Solution:
    """The best assignment; the same problem always has the same answer."""
    if not problem.pairs:
        return Solution((), 0, 0)
    if not has_solver():
        return greedy(problem)
    return _Programme(problem).solve(time_limit)


def greedy(problem: Problem) -> Solution:
    """Pair by pair from the best: always allowed, not always the best."""
    ranked = sorted(
        (-worth, need, person) for need, found in problem.worth.items() for person, worth in found.items()
    )
    left = {key: need.people for key, need in problem.needs.items()}
    taken: dict[int, list[int]] = defaultdict(list)
    pairs: list[Pair] = []
    for _, need, person in ranked:
        if left[need] and problem.fits(person, [*taken[person], need]):
            left[need] -= 1
            taken[person].append(need)
            pairs.append((need, person))
    return Solution(tuple(sorted(pairs)), _value(problem, pairs), None)


def _value(problem: Problem, pairs: Iterable[Pair]) -> int:
    return sum(problem.worth[need][person] for need, person in pairs)


class _Programme:
    """The restricted programme and its columns, which are pairs."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.plain = greedy(problem)
        chosen = {
            (need, person)
            for need, found in problem.worth.items()
            for person in sorted(found, key=lambda p, f=found: (-f[p], p))[  # type: ignore[misc]
                : FIRST_COLUMNS * problem.needs[need].people
            ]
        }
        # so that there is always an answer that is allowed to start from
        self.columns = sorted(chosen | set(self.plain.pairs))

    def solve(self, time_limit: float) -> Solution:
        bound = self._close()
        values = self._run(whole=True, time_limit=time_limit)[0]
        pairs = [pair for pair, value in zip(self.columns, values, strict=True) if value > 0.5]
        found = Solution(tuple(pairs), _value(self.problem, pairs), bound)
        # where the time ran out before the solver had an answer as good as the plain one
        return (
            found if found.value >= self.plain.value else Solution(self.plain.pairs, self.plain.value, bound)
        )

    def _close(self) -> int:
        """Add columns until no pair left out could better the linear programme; the bound that it gives."""
        for _ in range(ROUNDS):
            objective, need_price, person_price = self._prices()
            more = self._better_than(need_price, person_price)
            if not more:
                return int(objective + SLACK)
            self.columns = sorted({*self.columns, *more})
        return sum(
            sum(sorted(found.values(), reverse=True)[: self.problem.needs[need].people])
            for need, found in self.problem.worth.items()
        )

    def _prices(self) -> tuple[float, dict[int, float], dict[Pair, float]]:
        """The linear programme's value, the price of a place of each need, and what each pair costs its
        person's time.
        """
        _, row_prices, rows, objective = self._run(whole=False)
        need_price: dict[int, float] = defaultdict(float)
        time_price: dict[Pair, float] = defaultdict(float)
        for (kind, key, members), price in zip(rows, row_prices, strict=True):
            if kind == "need":
                need_price[key] = max(price, 0.0)
            elif price > 0:
                for need in members:
                    time_price[need, key] += price * self.problem.needs[need].minutes
        return objective, need_price, time_price

    def _better_than(self, need_price: Mapping[int, float], time_price: Mapping[Pair, float]) -> list[Pair]:
        """The pairs left out that are worth more than they would cost, the best of each need.

        A person whose time has no price yet costs nothing but the place, which is what the prices allow.
        """
        inside = set(self.columns)
        more: list[Pair] = []
        for need, found in self.problem.worth.items():
            floor = need_price[need] + SLACK
            better = [
                (time_price.get((need, person), 0.0) - worth, person)
                for person, worth in found.items()
                if worth > floor
                and (need, person) not in inside
                and worth - time_price.get((need, person), 0.0) > floor
            ]
            more += [(need, person) for _, person in sorted(better)[: 4 * FIRST_COLUMNS]]
        return more

    def _rows(self) -> list[Row]:
        """(kind, key, needs, limit): places of each need; each person's time where it could run out."""
        by_need: dict[int, list[int]] = defaultdict(list)
        by_person: dict[int, list[int]] = defaultdict(list)
        for need, person in self.columns:
            by_need[need].append(person)
            by_person[person].append(need)
        rows: list[Row] = [
            ("need", need, (need,), self.problem.needs[need].people) for need in sorted(by_need)
        ]
        for person, needs in sorted(by_person.items()):
            tightest: dict[tuple[int, ...], int] = {}
            for now, left in self.problem.meetings(person, needs):
                if sum(self.problem.needs[n].minutes for n in now) > left:
                    tightest[now] = min(left, tightest.get(now, left))
            rows += [("person", person, now, left) for now, left in sorted(tightest.items())]
        return rows

    def _run(self, *, whole: bool, time_limit: float = TIME_LIMIT) -> Any:
        # a solver's own threads only get in each other's way on a shared machine
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        import highspy
        import numpy as np

        place = {pair: number for number, pair in enumerate(self.columns)}
        of_need: dict[int, list[int]] = defaultdict(list)
        for pair, number in place.items():
            of_need[pair[0]].append(number)
        rows = self._rows()
        starts, index, value = [0], [], []
        for kind, key, members, _ in rows:
            if kind == "need":
                index += of_need[key]
                value += [1] * len(of_need[key])
            else:
                index += [place[need, key] for need in members]
                value += [self.problem.needs[need].minutes for need in members]
            starts.append(len(index))
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.columns), len(rows)
        model.sense_ = highspy.ObjSense.kMaximize
        model.col_cost_ = np.array([self.problem.worth[n][p] for n, p in self.columns], dtype=float)
        model.col_lower_, model.col_upper_ = np.zeros(len(self.columns)), np.ones(len(self.columns))
        model.row_lower_ = np.full(len(rows), -highspy.kHighsInf)
        model.row_upper_ = np.array([limit for *_, limit in rows], dtype=float)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.array(starts)
        model.a_matrix_.index_ = np.array(index)
        model.a_matrix_.value_ = np.array(value, dtype=float)
        if whole:
            model.integrality_ = [highspy.HighsVarType.kInteger] * len(self.columns)
        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, setting in _OPTIONS.items():
            solver.setOptionValue(option, setting)
        solver.setOptionValue("time_limit", time_limit)
        solver.passModel(model)
        solver.run()
        solution = solver.getSolution()
        told = [(kind, key, members) for kind, key, members, _ in rows]
        return (
            list(solution.col_value) or [0.0] * len(self.columns),
            list(solution.row_dual) or [0.0] * len(rows),
            told,
            float(solver.getInfo().objective_function_value),
        )


_OPTIONS: Mapping[str, Any] = {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0, "mip_abs_gap": 0.5}
