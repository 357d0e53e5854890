"""Rating: one by one with everything that is printed, and in bulk; the floor is a bare exact Decimal loop."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any

from tools.benchmarks.cases import CHUNK, observations
from tools.benchmarks.measure import Figures, Row, in_process, peak_mib, row, seconds

from kaikaku.core.indicators import Observation, rate_many, rate_one
from kaikaku.core.ratings import SCHEMES, grade, grade_of
from kaikaku.core.schemes import Band

SCHEME = SCHEMES["iwate"]
HUNDRED = Decimal(100)
EDGES = (HUNDRED, Decimal(80), Decimal(60))


def singly(chunk: Sequence[Observation]) -> list[tuple[Decimal | None, Band | None]]:
    """Rate, grade, formula and inputs of each, without the written-out sum."""
    found = []
    for one in chunk:
        result = rate_one(one, preferred=SCHEME.formula)
        _ = result.formula, result.inputs
        found.append((result.rate, grade(SCHEME, result.rate)))
    return found


def explained(chunk: Sequence[Observation]) -> None:
    """As a page shows it: rate, grade, formula, inputs and the written-out sum."""
    for one in chunk:
        result = rate_one(one, preferred=SCHEME.formula)
        _ = result.formula_label, result.inputs, grade_of(SCHEME, result), result.working()


def in_bulk(chunk: Sequence[Observation]) -> list[tuple[Decimal | None, Band | None]]:
    """Only rate and grade of each, by the function for many."""
    rates = rate_many(chunk, preferred=SCHEME.formula)
    return [(rate, grade(SCHEME, rate)) for rate in rates]


def bare(triples: Sequence[tuple[Decimal, Decimal, Decimal]]) -> None:
    """The floor: one formula, no choice, no reasons, nothing kept; Decimal's own 28 digits."""
    found = []
    for actual, target, baseline in triples:
        rate = (actual - baseline) / (target - baseline) * HUNDRED
        found.append((rate, next((place for place, edge in enumerate(EDGES) if rate >= edge), 3)))


def differing(chunk: Sequence[Observation]) -> int:
    """How many differ between one by one and bulk, in any bit of the rate or in the grade."""
    pairs = zip(singly(chunk), in_bulk(chunk), strict=True)
    return sum(_bits(one) != _bits(many) for one, many in pairs)


def _bits(found: tuple[Decimal | None, Band | None]) -> Any:
    rate, band = found
    return None if rate is None else rate.as_tuple(), band and band.code


def rate(count: int) -> Figures:
    """CPU seconds an observation (medians over chunks), and how many of all differ."""
    stream = observations(count)
    times: dict[str, list[float]] = {name: [] for name in ("bare", "singly", "explained", "in_bulk")}
    different = total = 0
    while chunk := list(islice(stream, CHUNK)):
        triples = [
            (x.actual, x.target, x.baseline)
            for x in chunk
            if x.actual is not None and x.target is not None and x.baseline not in (None, x.target)
        ]
        works: tuple[tuple[Callable[[Any], object], Sequence[Any]], ...] = (
            (bare, triples),
            (singly, chunk),
            (explained, chunk),
            (in_bulk, chunk),
        )
        for work, given in works:
            times[work.__name__].append(seconds(lambda w=work, g=given: w(g)) / len(given))  # type: ignore[misc]
        different += differing(chunk)
        total += len(chunk)
    return {
        **{name: statistics.median(found) for name, found in times.items()},
        "differing": different,
        "total": total,
        "peak": peak_mib(),
    }


def rows(*, quick: bool) -> Iterator[Row]:
    """One observation at a time, and in bulk."""
    count = 100_000 if quick else 1_000_000
    found = in_process("rating:rate", count)
    floor = {"against": found["bare"], "name": "bare Decimal loop", "source": "floor"}
    yield row(f"rate one of {count:,} observations (rate, grade, formula, inputs)", found["singly"], **floor)
    whole = found["explained"]
    yield row("… with its written-out sum", whole, **floor, goal="≤ 8 µs one by one", met=whole <= 8e-6)
    yield row("", whole, against=1.25e-3, name="sdg-build", source="recorded", goal="", met=None)
    bulk, same = found["in_bulk"], found["differing"] == 0
    yield row(
        f"rate {count:,} in bulk, each",
        bulk,
        **floor,
        goal="≤ 150 ns, bit-identical",
        met=bulk <= 150e-9 and same,
        more=f"{found['differing']:,} of {found['total']:,} differ from one by one",
    )
