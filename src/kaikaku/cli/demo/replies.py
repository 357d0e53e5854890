"""What the sections of みほん県 write, read from the samples: no word of it is made by the program."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kaikaku.cli.demo import mihon
from kaikaku.cli.demo.crew import Reasons, Reply
from kaikaku.reporting.entries import FigureEntry

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@cache
def _written() -> dict[str, Any]:
    return tomllib.loads((SAMPLES / "mihon_sheets.toml").read_text(encoding="utf-8"))


def reasons() -> Reasons:
    """What sections answer to warnings."""
    said = _written()["reasons"]
    return Reasons(by_check=said["checks"], by_indicator=said["indicators"])


def reply_of(
    section: str,
    of: str,
    figures: Mapping[str, FigureEntry] | None = None,
    typed: Mapping[str, str] | None = None,
) -> Reply:
    """The section's texts of a round (r7, r8 or midyear), with its figures."""
    written = _written()["sections"][section]
    others = {more["initiative"]: more[of] for more in written.get("more", ())}
    return Reply({"contact": written["contact"]}, written[of], others, figures or {}, typed or {})


@cache
def figures_of_last_year() -> Mapping[str, FigureEntry]:
    """令和7年度 by the indicator's name, as the sections typed them."""
    return {
        row["name"]: FigureEntry(
            text=row["actual_2025"], status=row["status_2025"] or "confirmed", reason=row["reason_2025"]
        )
        for row in mihon.table(mihon.TABLE)
    }


@cache
def next_year() -> Mapping[str, Mapping[str, str]]:
    """The targets and forecasts of 令和8年度 by the indicator's name."""
    return {row["name"]: row for row in mihon.table(SAMPLES / "mihon_next.tsv")}


@cache
def forecasts() -> Mapping[str, FigureEntry]:
    """令和8年度 as it is expected to end."""
    return {
        name: FigureEntry(
            text=row["actual_2026"], status=row["status_2026"] or "projected", reason=row["reason_2026"]
        )
        for name, row in next_year().items()
    }
