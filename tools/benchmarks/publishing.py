"""Publishing 57, 1,000 and 5,000 indicators × 10 years: pages and data, all, and after one changed figure."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Generator, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from tools.benchmarks.measure import Figures, Row, duration, in_process, peak_mib, row, seconds

if TYPE_CHECKING:
    from kaikaku.writers.dataset import EditionDataset

FORMATS = {"pages": ("site", "data"), "whole": ("site", "data", "pdf", "docx", "xlsx")}
SDG_BUILD = {1_000: 444.0}
"""CPU seconds of sdg-build with all its outputs, as recorded in the study of peers."""


def publish(count: int, formats: str) -> Figures:
    """CPU seconds, MiB and number of files of a first publication."""
    from tests.writers.sample_dataset import large

    from kaikaku.writers.publish import print_all

    dataset, printed = large(count), []
    with tempfile.TemporaryDirectory(prefix="kaikaku-bench-") as folder:
        out = Path(folder) / "site"
        used = seconds(lambda: printed.append(print_all(dataset, out, formats=FORMATS[formats])))
        size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    return {"cpu": used, "peak": peak_mib(), "files": printed[0].files, "bytes": size}


def changed(dataset: EditionDataset, place: int = 7) -> EditionDataset:
    """The dataset with the last figure of one indicator changed."""
    one = dataset.indicators[place]
    figure = replace(one.figures[-1], value=Decimal("77.7"), text="77.7%", shown="77.7%")
    other = replace(one, figures=(*one.figures[:-1], figure))
    indicators = (*dataset.indicators[:place], other, *dataset.indicators[place + 1 :])
    return replace(dataset, indicators=indicators)


def publish_again(count: int) -> Figures:
    """CPU seconds after one changed figure, and whether the result equals a full print byte for byte.

    `warm`: with what the same process has kept of the last print; `cold`: with the last folder alone.
    """
    from tests.writers.sample_dataset import large

    from kaikaku.writers.publish import Press, print_all

    first, pages = large(count), FORMATS["pages"]
    second, third = changed(first), changed(changed(first), 8)
    with tempfile.TemporaryDirectory(prefix="kaikaku-bench-") as folder:
        out, full, press = Path(folder) / "site", Path(folder) / "full", Press()
        print_all(first, out, formats=pages, press=press)
        warm = seconds(lambda: print_all(second, out, formats=pages, press=press))
        cold = seconds(lambda: print_all(third, out, formats=pages))
        print_all(third, full, formats=pages)
        # the second print is in the third: what it took over wrongly would still stand there
        identical = same_bytes(out, full)
    return {"warm": warm, "cold": cold, "identical": identical, "peak": peak_mib()}


def same_bytes(one: Path, other: Path) -> bool:
    """Whether two folders hold the same files with the same bytes."""

    def paths(folder: Path) -> list[str]:
        return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())

    return paths(one) == paths(other) and all(
        (one / path).read_bytes() == (other / path).read_bytes() for path in paths(one)
    )


def side_by_side(count: int, formats: str, *, runs: int) -> tuple[Figures, Figures]:
    """Ours and the floor in turns, so that a busy moment of the machine strikes both; medians of each."""
    ours, floor = [], []
    for _ in range(runs):
        floor.append(in_process("floors:bare_site", count))
        ours.append(in_process("publishing:publish", count, formats))
    return _medians(ours), _medians(floor)


def _medians(found: list[Figures]) -> Figures:
    return {name: statistics.median(one[name] for one in found) for name in found[0]}


def rows(*, quick: bool) -> Iterator[Row]:
    """Sizes by formats, how it grows, and what one change costs."""
    yield from _small(runs=2 if quick else 3)
    thousand = yield from _thousand(runs=1 if quick else 3, quick=quick)
    if quick:
        yield _again(57)
        return
    pages, floor = side_by_side(5_000, "pages", runs=1)
    growth = pages["cpu"] / thousand["cpu"]
    yield row(
        "publish 5,000: pages and data",
        pages["cpu"],
        against=floor["cpu"],
        name="bare Jinja2",
        source="floor",
        goal="≤ 5.5× the CPU of 1,000; ≤ 400 MB",
        met=growth <= 5.5 and pages["peak"] * 1.048576 <= 400,
        more=f"{growth:.1f}× of 1,000; {pages['peak']:.0f} MiB; {pages['files']:.0f} files",
    )
    yield row(
        "",
        pages["cpu"],
        against=196.0,
        name="sdg-build without data packages (196–273 s)",
        source="recorded",
    )
    whole = in_process("publishing:publish", 5_000, "whole")
    yield Row(
        "publish 5,000: whole, with charts and papers", f"{duration(whole['cpu'])}; {whole['peak']:.0f} MiB"
    )
    yield _again(1_000)
    yield _again(5_000)


def _small(*, runs: int) -> Iterator[Row]:
    whole, floor = side_by_side(57, "whole", runs=runs)
    more = f"{whole['peak']:.0f} MiB; {whole['files']:.0f} files"
    yield row(
        "publish 57 indicators × 10 years: whole, with charts and papers",
        whole["cpu"],
        against=floor["cpu"],
        name="bare Jinja2, pages and data only",
        source="floor",
        more=more,
    )


def _thousand(*, runs: int, quick: bool) -> Generator[Row, None, Figures]:
    pages, floor = side_by_side(1_000, "pages", runs=runs)
    yield row(
        "publish 1,000: pages and data",
        pages["cpu"],
        against=floor["cpu"],
        name="bare Jinja2",
        source="floor",
        goal="≤ 6 s and ≤ 150 MiB",
        met=pages["cpu"] <= 6 and pages["peak"] <= 150,
        more=f"{pages['peak']:.0f} MiB; {pages['files']:.0f} files; {pages['bytes'] / 1e6:.0f} MB",
    )
    yield Row(
        "… against the stretch",
        "",
        "",
        "",
        pages["cpu"] / floor["cpu"],
        "≤ 4× the floor",
        pages["cpu"] <= 4 * floor["cpu"],
    )
    if not quick:
        found = [in_process("publishing:publish", 1_000, "whole") for _ in range(runs)]
        whole = _medians(found)
        yield row(
            "publish 1,000: whole, with charts and papers",
            whole["cpu"],
            against=SDG_BUILD[1_000],
            name="sdg-build",
            source="recorded",
            goal="≤ 10 s",
            met=whole["cpu"] <= 10,
            more=f"{whole['peak']:.0f} MiB",
        )
    return pages


def _again(count: int) -> Row:
    found = in_process("publishing:publish_again", count)
    same = "byte-identical" if found["identical"] else "NOT byte-identical"
    met = found["cold"] <= 0.5 and found["identical"]
    return Row(
        f"publish {count:,} again after one changed figure (pages and data)",
        f"{duration(found['cold'])} in a new process, {duration(found['warm'])} in the same; {same}",
        goal="≤ 0.5 s, byte-identical to a full build",
        met=met,
    )
