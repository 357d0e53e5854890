"""Help between sections: the best assignment of a whole prefecture, beside a bare loop without proof."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from tools.benchmarks.measure import Figures, Row, in_process, peak_mib, row, seconds

from kaikaku.core.staffing import SUPPORT, Commitment, Need, Period, Person

SEED = 20261121
REQUESTS, PEOPLE = 500, 5_000
FEW_REQUESTS, FEW_PEOPLE = 50, 500
APRIL = date(2026, 4, 1)
SKILLS = tuple(f"技能{n}" for n in range(12))
# everyone may be asked, for a fifth of the week over all that they take on
SCHEME = replace(SUPPORT, weekly_share=20, division_first=False)
GOAL = 30.0  # CPU seconds; nobody waits for it in front of a screen (docs/decisions/0013)
MOST_GAP = 0.001


def needs(count: int) -> list[Need]:
    """Requests of all sections over half a year, by lot but always the same."""
    lot = random.Random(SEED)
    found = []
    for key in range(count):
        first = APRIL + timedelta(days=lot.randrange(150))
        found.append(
            Need(
                key=key,
                department=lot.randrange(400),
                division=lot.randrange(12),
                period=Period(first, first + timedelta(days=lot.randrange(10, 60))),
                minutes=lot.choice((120, 240, 465)),
                people=lot.choice((1, 1, 2, 3)),
                skills=frozenset(lot.sample(SKILLS, 2)),
            )
        )
    return found


def people(count: int) -> list[Person]:
    """Staff of all sections; a tenth give something already, a tenth are away for a month."""
    lot = random.Random(SEED + 1)
    found = []
    for key in range(count):
        day = APRIL + timedelta(days=lot.randrange(150))
        month = Period(day, day + timedelta(days=30))
        found.append(
            Person(
                key=key,
                department=lot.randrange(400),
                division=lot.randrange(12),
                grade=lot.choice(("主事・技師級", "主査級", "係長級", "課長補佐級")),
                skills=frozenset(lot.sample(SKILLS, 3)),
                wishes=frozenset({lot.randrange(12)}),
                away=(month,) if lot.random() < 0.1 else (),
                commitments=(Commitment(month, 240),) if lot.random() < 0.1 else (),
                overtime=lot.randrange(70),
                busy={(2026, lot.randrange(4, 10)): lot.randrange(1, 4)},
            )
        )
    return found


def best(requests: int, staff: int) -> Figures:
    """CPU seconds to pose and to solve, and how good the answer is."""
    from kaikaku.exchange.matching import Problem, Solution, pose, solve

    asked, helpers = needs(requests), people(staff)
    posed: list[Problem] = []
    posing = seconds(lambda: posed.append(pose(asked, helpers, SCHEME)))
    found: list[Solution] = []
    solving = seconds(lambda: found.append(solve(posed[0])))
    [solution] = found
    return {
        "posing": posing,
        "solving": solving,
        "pairs": posed[0].pairs,
        "chosen": len(solution.pairs),
        "gap": None if solution.gap is None else float(solution.gap),
        "peak": peak_mib(),
    }


def bare(requests: int, staff: int) -> Figures:
    """CPU seconds of a bare loop: a few of the rules over plain tuples, each place to the best who is left.

    It asks neither for time over all requests nor for proof: less cannot be done for such a table.
    """
    asked = [
        (n.department, n.skills, n.people, n.period.first.toordinal(), n.period.last.toordinal())
        for n in needs(requests)
    ]
    helpers = [
        (p.department, p.grade in SCHEME.grades_excluded, p.skills, [(a.first, a.last) for a in p.away])
        for p in people(staff)
    ]
    days = [[(a.toordinal(), b.toordinal()) for a, b in away] for *_, away in helpers]

    def loop() -> None:
        taken: set[int] = set()
        for department, skills, places, first, last in asked:
            scored = []
            for key, (home, excluded, known, _) in enumerate(helpers):
                if excluded or home == department or key in taken:
                    continue
                if any(a <= last and first <= b for a, b in days[key]):
                    continue
                scored.append((-len(skills & known), key))
            scored.sort()
            taken.update(key for _, key in scored[:places])

    return {"took": seconds(loop)}


def rows(*, quick: bool) -> Iterator[Row]:
    """A whole prefecture (a tenth of it if quick)."""
    size = (FEW_REQUESTS, FEW_PEOPLE) if quick else (REQUESTS, PEOPLE)
    found, floor = in_process("exchange:best", *size), in_process("exchange:bare", *size)
    took, gap = found["posing"] + found["solving"], found["gap"]
    proof = "no solver, no proof" if gap is None else "proven best" if gap == 0 else f"gap {gap * 100:.3f} %"
    yield row(
        f"match {size[0]:,} requests × {size[1]:,} people",
        took,
        against=floor["took"],
        name="bare loop, without proof",
        source="floor",
        goal=f"< {GOAL:.0f} s, gap ≤ {MOST_GAP * 100:.1f} %",
        met=took < GOAL and gap is not None and gap <= MOST_GAP,
        more=f"{proof}; {found['chosen']:,} chosen of {found['pairs']:,} pairs; "
        f"judging {found['posing']:.1f} s, solving {found['solving']:.1f} s; {found['peak']:.0f} MiB",
    )
