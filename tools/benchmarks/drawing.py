"""A chart, a PDF paper, and JSON."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tools.benchmarks.measure import Figures, Row, in_process, median_of, peak_mib, repeated, row, seconds

if TYPE_CHECKING:
    from kaikaku.writers.dataset import Indicator

LINE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 320"><polyline points="{}"/>{}</svg>'
LABEL = '<text x="{}" y="{}">{}</text>'
BARE_PAPER = """#set page(paper: "a4", numbering: "1")
#set text(font: "BIZ UDPGothic", size: 10pt, lang: "ja")
#for part in json("words.json") [
  = #part.title

  #table(columns: 6, ..part.cells)
  #pagebreak(weak: true)
]
"""


def charts(count: int, runs: int) -> Figures:
    """CPU seconds a trend chart over ten years, and a bare line drawn from a string."""
    from tests.writers.sample_dataset import large

    from kaikaku.writers.charts import trend_chart

    indicators = iter(large(count * runs).indicators)  # every run its own: a chart is drawn once and kept
    rounds = [list(islice(indicators, count)) for _ in range(runs)]
    ours = [seconds(lambda ones=ones: [trend_chart(one) for one in ones]) for ones in rounds]  # type: ignore[misc]
    floor = [seconds(lambda ones=ones: [bare_line(one) for one in ones]) for ones in rounds]  # type: ignore[misc]
    return {"ours": median(ours) / count, "floor": median(floor) / count, "peak": peak_mib()}


def bare_line(indicator: Indicator) -> str:
    """The floor: a polyline and its labels, with no axis, no words and no second series."""
    values = [f.value for f in indicator.figures if f.role == "actual" and f.value is not None]
    top = max(values) or 1
    points = [(60 * place, 300 - 280 * value / top, value) for place, value in enumerate(values)]
    line = " ".join(f"{x},{y:.1f}" for x, y, _ in points)
    return LINE.format(line, "".join(LABEL.format(x, f"{y:.1f}", value) for x, y, value in points))


def paper(count: int, runs: int) -> Figures:
    """CPU seconds of the headquarters paper as PDF: the first in a process, and afterwards."""
    import pypdfium2
    from tests.writers.sample_dataset import large

    from kaikaku.writers.papers import headquarters
    from kaikaku.writers.pdf import pdf_bytes

    made: list[bytes] = []
    variants = [large(count + place) for place in range(runs + 1)]  # typst remembers what it has set before
    times = [
        seconds(lambda d=one: made.append(pdf_bytes(headquarters.headquarters_paper(d))))  # type: ignore[misc]
        for one in variants
    ]
    with pypdfium2.PdfDocument(made[0]) as document:
        pages = len(document)
    return {"first": times[0], "later": median(times[1:]), "pages": pages, "peak": peak_mib()}


def bare_paper(pages: int, runs: int) -> Figures:
    """The floor: typst by itself, as many pages, a table of thirty rows on each, not tagged."""
    import typst

    from kaikaku.writers.fonts import font_folder

    def words(run: int) -> str:
        cells = [f"県民の満足度{run}-{n}" for n in range(180)]
        return json.dumps([{"title": f"柱{page}", "cells": cells} for page in range(pages)])

    with tempfile.TemporaryDirectory(prefix="kaikaku-bench-") as folder:
        source = Path(folder) / "main.typ"
        source.write_text(BARE_PAPER, encoding="utf-8")
        times = []
        for run in range(runs + 1):
            (Path(folder) / "words.json").write_text(words(run), encoding="utf-8")
            fonts = [str(font_folder())]
            times.append(
                seconds(lambda: typst.compile(str(source), font_paths=fonts, ignore_system_fonts=True))  # noqa: B023
            )
    return {"first": times[0], "later": median(times[1:])}


def frozen_json(count: int, years: int, runs: int) -> Figures:
    """CPU seconds of the canonical JSON of an edition, and of `json.dumps` of the same already made plain."""
    from tests.writers.sample_dataset import large

    dataset = large(count, years=years)
    plain = json.loads(dataset.canonical_json())
    ours = median_of(dataset.canonical_json, runs=runs)
    floor = median_of(
        lambda: json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(),
        runs=runs,
    )
    return {"ours": ours, "floor": floor, "bytes": len(dataset.canonical_json())}


def rows(*, quick: bool) -> Iterator[Row]:
    """The chart (and its part of publishing), the paper, JSON."""
    yield from _chart(quick=quick)
    yield from _paper(runs=3 if quick else 7, processes=1 if quick else 3)
    for count, years in ((60, 1), (1_000, 10)):
        found = in_process("drawing:frozen_json", count, years, 3 if quick else 9)
        small = count == 60
        yield row(
            f"canonical JSON of {count:,} indicators × {years} year{'s' if years > 1 else ''}",
            found["ours"],
            against=found["floor"],
            name="json.dumps of plain data",
            source="floor",
            goal="≤ 2 ms" if small else "",
            met=found["ours"] <= 2e-3 if small else None,
            more=f"{found['bytes'] / 1e3:,.0f} kB",
        )


def _chart(*, quick: bool) -> Iterator[Row]:
    count = 200 if quick else 1_000
    found = in_process("drawing:charts", count, 3 if quick else 7)
    site = in_process("publishing:publish", count, "pages")
    share = found["ours"] * count / site["cpu"]
    yield row(
        "draw a chart of ten years as SVG",
        found["ours"],
        against=found["floor"],
        name="bare polyline from a string",
        source="floor",
        goal="≤ 30 % of publishing",
        met=share <= 0.3,
        more=f"{share:.0%} of publishing {count:,}",
    )
    for name, peer in (("vl-convert, warm", 0.115), ("pygal", 0.022)):
        yield row("", found["ours"], against=peer, name=name, source="recorded")


def _paper(*, runs: int, processes: int) -> Iterator[Row]:
    ours = repeated("drawing:paper", 57, runs, runs=processes)
    floor = repeated("drawing:bare_paper", int(ours["pages"]), runs, runs=processes)
    words = f"headquarters paper of 57 indicators, {ours['pages']:.0f} pages, tagged PDF"
    yield row(
        f"{words}: the first in a process",
        ours["first"],
        against=floor["first"],
        name="bare typst",
        source="floor",
        goal="≤ 0.3 s",
        met=ours["first"] <= 0.3,
        more=f"{ours['peak']:.0f} MiB",
    )
    yield row("… the next", ours["later"], against=floor["later"], name="bare typst", source="floor")
    yield row("", ours["first"], against=3.1, name="WeasyPrint (7 pages)", source="recorded")
