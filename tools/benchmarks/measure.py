"""Measuring: CPU seconds of this process, its peak memory, and pieces of work in processes of their own."""

from __future__ import annotations

import gc
import json
import os
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MIB = 1 << 20
Figures = dict[str, Any]


def cpu() -> float:
    """CPU seconds that this process has used, all threads, system calls included."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def peak_mib() -> float:
    """The most memory that this process has had resident, in MiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / MIB if sys.platform == "darwin" else most * 1024 / MIB


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one run of `work`."""
    gc.collect()
    started = cpu()
    work()
    return cpu() - started


def median_of(work: Callable[[], object], *, runs: int) -> float:
    """The median CPU seconds of some runs."""
    return statistics.median(seconds(work) for _ in range(runs))


def in_process(piece: str, *arguments: str | int) -> Figures:
    """Run `module:function` of this package in a fresh process, so that its peak memory is its own."""
    command = [sys.executable, "-m", "tools.benchmarks.child", piece, *map(str, arguments)]
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    told = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    figures: Figures = json.loads(told.stdout.splitlines()[-1])
    return figures


def repeated(piece: str, *arguments: str | int, runs: int) -> Figures:
    """The median of every figure over some fresh processes."""
    return middle([in_process(piece, *arguments) for _ in range(runs)])


def middle(found: Sequence[Figures]) -> Figures:
    """The median of every number; what is no number must be the same in all, and is taken from the first."""
    first = found[0]
    return {
        name: statistics.median(one[name] for one in found) if _is_number(value) else value
        for name, value in first.items()
    }


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `ratio` is ours to `against` (below 1 is faster); `met` None has no goal.

    `source` says where `against` is from: "floor" and "peer" were measured in this run, "recorded" was not.
    """

    work: str
    ours: str
    against: str = ""
    source: str = ""
    ratio: float | None = None
    goal: str = ""
    met: bool | None = None


def row(
    work: str,
    ours: float,
    *,
    against: float | None = None,
    name: str = "",
    source: str = "",
    goal: str = "",
    met: bool | None = None,
    more: str = "",
) -> Row:
    """A row of two CPU times in seconds."""
    told = f"{name} {duration(against)}" if against is not None else ""
    ratio = ours / against if against else None
    return Row(work, duration(ours) + (f"; {more}" if more else ""), told, source, ratio, goal, met)


def duration(value: float) -> str:
    """Seconds in the unit that reads best, three digits."""
    for unit, factor in (("s", 1.0), ("ms", 1e3), ("µs", 1e6)):
        if value * factor >= 1:
            return f"{value * factor:.3g} {unit}"
    return f"{value * 1e9:.3g} ns"
