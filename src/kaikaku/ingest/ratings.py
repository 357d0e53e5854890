"""The rating rule a document tells in its legend, as a scheme; one that we ship where it is the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kaikaku.core.errors import RuleViolation
from kaikaku.core.ratings import SCHEMES, Band, Scheme
from kaikaku.core.shares import Closing, close
from kaikaku.readers.outline import GradeLegend, Outline, Summary


def scheme_of(outline: Outline) -> Scheme | None:
    """The rule of the first summary that tells one; None without, or where the legend contradicts itself."""
    for summary in outline.summaries:
        scheme = scheme_of_summary(summary, name=outline.organisation or outline.title or "")
        if scheme is not None:
            return scheme
    return None


def scheme_of_summary(summary: Summary, *, name: str) -> Scheme | None:
    """A summary's legend as a scheme. A legend without thresholds is no rule, and None."""
    bands = _bands(summary.legend)
    if not any(band.lower is not None for band in bands):
        return None
    for shipped in SCHEMES.values():
        if _edges(shipped.bands) == _edges(bands):
            return shipped
    known = {band.code for band in bands}
    at_least = next((s.at_least for s in summary.sums if s.at_least in known), None)
    try:
        scheme = Scheme(
            id="own", name=f"{name}の文書にある評価の決まり"[:100], bands=bands, at_least=at_least
        )
    except RuleViolation:
        return None
    return replace(scheme, shares_method=_method(summary))


def _bands(legend: Sequence[GradeLegend]) -> tuple[Band, ...]:
    """Bands from best to worst, colours spread from best (1) to worst (4), 測定不能 last."""
    measured = sorted(
        (band for band in legend if band.measurable),
        key=lambda band: (band.lower is None, -(band.lower or Decimal(0))),
    )
    last = len(measured) - 1
    shown = [
        Band(band.code or band.label, band.label, band.lower, slot=1 + 3 * index // last if last else 1)
        for index, band in enumerate(measured)
    ]
    rest = [band for band in legend if not band.measurable][:1]
    return (*shown, *(Band(band.code or band.label, band.label, measurable=False) for band in rest))


def _edges(bands: Sequence[Band]) -> list[tuple[str, str, Decimal | None, bool]]:
    return [(band.code, band.label, band.lower, band.measurable) for band in bands]


def _method(summary: Summary) -> Closing:
    """The way of closing shares that gives the printed ones in every row, else the largest remainder."""
    rows = [
        row for row in summary.rows if any(row.counts) and None not in row.counts and None not in row.shares
    ]
    for method in (Closing.LARGEST_REMAINDER, Closing.NONE, Closing.LARGEST_ITEM):
        if all(_printed(row.shares) == list(close(_counts(row.counts), method=method)) for row in rows):
            return method
    return Closing.LARGEST_REMAINDER


def _printed(shares: Sequence[str | None]) -> list[Decimal]:
    return [Decimal(share) for share in shares if share is not None]


def _counts(counts: Sequence[int | None]) -> list[int]:
    return [count for count in counts if count is not None]
