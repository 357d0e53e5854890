"""Charts as accessible SVG, drawn once from strings: the same bytes on the site and in the papers.

No engine, no script, no style element (a strict content security policy allows none): colours are
presentation attributes with a class beside, so that a page's tokens may override them. Grades and lines
differ by shape, texture and weight, and survive a black-and-white printer. The table is the page's.
"""

from __future__ import annotations

from collections.abc import Sequence

from kaikaku.writers.chart_shares import draw_shares
from kaikaku.writers.chart_trend import draw_spark, draw_trend
from kaikaku.writers.dataset import Band, Indicator, Tally


def trend_chart(indicator: Indicator, *, expected_path: bool = False) -> str:
    """Baseline, targets and actuals of an indicator over the years; "" where two points cannot be drawn.

    Projected and preliminary actuals are hollow and reached by a dotted line, unknown years are gaps, and
    `expected_path` adds the straight way from the baseline to the last target (静岡県's 期待値).
    """
    return draw_trend(indicator.name, indicator.unit, indicator.figures, expected_path)


def spark_chart(indicator: Indicator) -> str:
    """The actuals as a line of a table row's height, the last target as a hairline; "" below two actuals.

    It carries no text of its own: the row's figures say it, and the caller names it.
    """
    return draw_spark(indicator.figures)


def share_chart(tally: Tally, *, bands: Sequence[Band] = ()) -> str:
    """One year's grades as stacked bars, a bar per pillar; "" where nothing was counted.

    `bands`: one for each of the tally's columns (`Book.columns`), for words and looks; else their order does.
    """
    return draw_shares(tally, tuple(bands))
