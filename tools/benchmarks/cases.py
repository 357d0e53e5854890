"""Random observations: every formula and threshold, zero and negative baselines, falling targets."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from decimal import Decimal

from kaikaku.core.indicators import Direction, Formula, Observation

SEED = 20260401
THRESHOLDS = (100, 80, 60, 0)
CHUNK = 50_000


def observations(count: int, *, seed: int = SEED) -> Iterator[Observation]:
    """`count` observations, always the same for the same seed."""
    lot = random.Random(seed)
    makers = [maker for maker, weight in KINDS for _ in range(weight)]
    for _ in range(count):
        yield lot.choice(makers)(lot)


def number(lot: random.Random, low: int, high: int) -> Decimal:
    """A figure as plans print them, with 0 to 3 decimals."""
    return Decimal(lot.randint(low, high)).scaleb(-lot.randint(0, 3))


def rising(lot: random.Random) -> Observation:
    baseline = number(lot, 0, 10_000)
    target = baseline + number(lot, 1, 10_000)
    return Observation(number(lot, 0, 20_000), target, baseline, Direction.UP)


def falling(lot: random.Random) -> Observation:
    target = number(lot, 0, 10_000)
    return Observation(number(lot, 0, 20_000), target, target + number(lot, 1, 10_000), Direction.DOWN)


def from_zero(lot: random.Random) -> Observation:
    return Observation(number(lot, 0, 1_000), number(lot, 1, 1_000), Decimal(0))


def from_below_zero(lot: random.Random) -> Observation:
    return Observation(number(lot, -1_000, 1_000), number(lot, -100, 1_000), number(lot, -1_000, -1))


def at_threshold(lot: random.Random) -> Observation:
    """On a threshold, or off it by one in the thirtieth digit: a float could not tell."""
    baseline, step = number(lot, -500, 500), number(lot, 1, 1_000)
    off = Decimal(lot.choice((-1, 0, 0, 1))).scaleb(-27)
    share = Decimal(lot.choice(THRESHOLDS)) / 100
    sign = lot.choice((-1, 1))
    return Observation(baseline + sign * step * share + off, baseline + sign * step, baseline)


def without_baseline(lot: random.Random) -> Observation:
    direction = lot.choice((Direction.UP, Direction.DOWN, None))
    return Observation(number(lot, -10, 10_000), number(lot, -1, 10_000), direction=direction)


def to_zero(lot: random.Random) -> Observation:
    return Observation(number(lot, 0, 3), Decimal(0), lot.choice((None, number(lot, 0, 9))), Direction.DOWN)


def kept(lot: random.Random) -> Observation:
    direction = lot.choice((Direction.MAINTAIN_MIN, Direction.MAINTAIN_MAX))
    level = number(lot, -5, 1_000)
    return Observation(lot.choice((level, number(lot, 0, 1_000))), level, level, direction)


def in_band(lot: random.Random) -> Observation:
    lower = number(lot, 0, 1_000)
    return Observation(number(lot, 0, 2_000), lower, band_upper=lower + number(lot, 0, 100))


def summed(lot: random.Random) -> Observation:
    return Observation(number(lot, 0, 10_000), number(lot, 1, 10_000), cumulative_from=2021)


def on_path(lot: random.Random) -> Observation:
    years = {"baseline_year": 2019, "actual_year": lot.randint(2019, 2026), "target_year": 2024}
    baseline, target = number(lot, -100, 1_000), number(lot, 0, 1_000)
    return Observation(number(lot, 0, 1_000), target, baseline, formula=Formula.EXPECTED_PATH, **years)


def two_minus(lot: random.Random) -> Observation:
    return Observation(number(lot, 0, 1_000), number(lot, 0, 500), formula=Formula.TWO_MINUS_RATIO)


def unknown(lot: random.Random) -> Observation:
    return Observation(None, lot.choice((None, number(lot, 1, 100))), actual_reason="survey_cancelled")


# how often each is met, roughly as in published plans but with far more edges
KINDS: tuple[tuple[Callable[[random.Random], Observation], int], ...] = (
    (rising, 6),
    (falling, 3),
    (from_zero, 2),
    (from_below_zero, 2),
    (at_threshold, 4),
    (without_baseline, 3),
    (to_zero, 1),
    (kept, 2),
    (in_band, 1),
    (summed, 2),
    (on_path, 1),
    (two_minus, 1),
    (unknown, 1),
)
