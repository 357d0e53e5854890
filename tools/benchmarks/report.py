"""The table of benchmarks, for the terminal and for docs/benchmarks.md."""

from __future__ import annotations

import contextlib
import os
import platform
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import version

from tools.benchmarks.measure import Row

SOURCES = {"floor": "floor", "peer": "peer", "recorded": "peer, recorded", "": ""}
LIBRARIES = ("django", "jinja2", "typst", "xlsxwriter", "python-docx", "pypdfium2", "lxml")


def machine() -> str:
    """Cores, memory, system and Python; nothing that names the machine."""
    system = platform.system()
    with contextlib.suppress(OSError):
        system = platform.freedesktop_os_release().get("PRETTY_NAME", system)
    cores = os.cpu_count() or 1
    return f"{cores} cores{_memory()}, {platform.machine()}, {system}, Python {platform.python_version()}"


def _memory() -> str:
    try:
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return ""
    return f", {size / (1 << 30):.0f} GiB"


def times(ratio: float) -> str:
    """「3.2×」 of what it is set against; far below 1, how many times faster."""
    if ratio >= 0.1:
        return f"{ratio:.2g}×" if ratio < 100 else f"{ratio:,.0f}×"
    return f"1/{1 / ratio:,.0f}"


def met(row: Row) -> str:
    return {True: "yes", False: "**no**", None: ""}[row.met]


def cells(row: Row) -> tuple[str, ...]:
    against = f"{row.against} ({SOURCES[row.source]})" if row.against else ""
    ratio = "" if row.ratio is None else times(row.ratio)
    return (row.work, row.ours if row.work else "", against, ratio, row.goal, met(row))


def terminal(row: Row) -> str:
    """One line of the run."""
    work, ours, against, ratio, goal, fine = cells(row)
    parts = (work or "   ", ours, f"{ratio} of {against}" if ratio and against else ratio or against, goal)
    return " | ".join(part for part in parts if part) + (f" → {fine}" if fine else "")


def markdown(rows: Iterable[Row], *, took: float, quick: bool) -> str:
    """The whole document."""
    rows = list(rows)
    return "\n".join((*_head(took, quick), *_table(rows), "", *_missed(rows))) + "\n"


HEAD = """# Benchmarks

Written by `make bench`; do not edit. `tools/bench.py --quick` measures less in a minute.

Machine: {machine}.
Libraries: {libraries}.
This run took {minutes:.1f} minutes{quick}.

- Times are CPU seconds of a process, its threads and system calls included: medians of several runs, but
  for 5,000 indicators and for publishing again, which are run once. Memory is the peak of the process.
- Other work on the machine makes times worse, and what writes many files most. What counts is the **ratio**,
  ours to what stands beside it in the same run; it too moves by a factor of two on a busy machine.
- *floor*: the least that the work can cost, by bare means, without checks, accessibility or any rule.
- *peer*: another tool doing the work, measured in this run.
- *peer, recorded*: measured once on 2 cores and 24 GiB, not in this run, because its dependencies are not
  ours: read that ratio as an order of magnitude.
"""


def _head(took: float, quick: bool) -> Iterator[str]:
    yield HEAD.format(
        machine=machine(),
        libraries=", ".join(f"{name} {version(name)}" for name in LIBRARIES),
        minutes=took / 60,
        quick=" (`--quick`: small sizes, few runs)" if quick else "",
    )


def _table(rows: list[Row]) -> Iterator[str]:
    yield "| work | ours | floor or peer | ratio | goal | met? |"
    yield "|---|---|---|---|---|---|"
    yield from (f"| {' | '.join(cells(row))} |" for row in rows)


def _missed(rows: list[Row]) -> Iterator[str]:
    missed = [row for row in rows if row.met is False]
    yield "## Goals missed"
    yield ""
    yield "The figures are this run's; the reasons are from profiles made beside it, not measured again."
    yield ""
    if not missed:
        yield "None in this run."
    for row in missed:
        yield f"- {row.work}: {row.ours or times(row.ratio or 0)}, goal {row.goal}. {why(row)}".rstrip()


# From profiles made when this was written; a run does not measure them again, and the document says so.
WHY = (
    (
        "written-out sum",
        "Rating takes a third of it, the sum as text half, the list of inputs a fifth.",
    ),
    (
        "in bulk",
        "The core is standard library only. One division of `Decimal` to 50 digits took 120 ns, each exact"
        " subtraction before it 80 ns; the goal needs whole numbers in numpy or a database.",
    ),
    (
        "again after one changed figure",
        "Every page carries the publication's number, date and hash, so every page is written anew (though"
        " not drawn anew) and every other file is linked. At 5,000 half was system time, half our own.",
    ),
    (
        "page of a plan",
        "Of 11 ms, 5 were the page's 55 kB of Jinja2 and 3 nine queries through the ORM (session, person,"
        " government, posts twice, edition, head of the log, footnotes, editions). What is left to do: the"
        " posts in one query instead of two, the government with the person, and leaner row macros.",
    ),
    (
        "1,000: whole",
        "The workbook took 3 s of it (400,000 cells), typst 3 s, the pages 2 to 4 s, the Word papers 0.7 s.",
    ),
    (
        "the stretch",
        "The floor's page is bare; ours has navigation, sources, a chart, the sums, neighbours, its data"
        " beside it, lists in three orders, sections, eleven open-data tables, DCAT and StratML.",
    ),
)


def why(row: Row) -> str:
    """What is known of the reason, so that nobody searches twice."""
    return next((reason for words, reason in WHY if words in row.work), "")


def say(line: str) -> None:
    """To the terminal at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
