"""Golden files: what the sample prints, line by line. After a wanted change: KAIKAKU_UPDATE_GOLDEN=1."""

import os
from pathlib import Path

import pytest
from tests.writers.sample_dataset import TALLY, sample

from kaikaku.writers.book import open_book
from kaikaku.writers.charts import share_chart, trend_chart

GOLDEN = Path(__file__).parent / "golden"
FILES = (
    "index.html",
    "sections/s4.html",
    "indicators/online-procedures.html",
    "indicators/patient-satisfaction.html",
    "indicators-by-grade.html",
    "about.html",
    "errata.html",
    "sources.html",
    "data/figures.csv",
    "data/indicators.csv",
    "data/tallies.csv",
    "data/stratml-plan.xml",
    "data/stratml-report.xml",
    "dataset.json",
)
CHARTS = {
    "charts/online-procedures.svg": lambda: trend_chart(sample().indicators[0]),
    "charts/shares.svg": lambda: share_chart(TALLY, bands=open_book(sample()).columns(TALLY)),
}


def compare(name: str, made: bytes) -> None:
    kept = GOLDEN / name
    if os.environ.get("KAIKAKU_UPDATE_GOLDEN"):
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(made)
    assert kept.is_file(), (
        f"{name} has no golden file; set KAIKAKU_UPDATE_GOLDEN=1 to keep what is printed now"
    )
    assert made.decode().splitlines() == kept.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", FILES)
def test_the_sample_is_printed_as_it_was(printed: Path, name: str) -> None:
    compare(name, (printed / name).read_bytes())


@pytest.mark.parametrize("name", CHARTS)
def test_charts_are_drawn_as_they_were(name: str) -> None:
    compare(name, CHARTS[name]().encode())
