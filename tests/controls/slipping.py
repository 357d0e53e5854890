"""A sheet whose seven values were all saved with the same slip."""

from __future__ import annotations

from kaikaku.reporting.models import Sheet
from tests.cast import Cast
from tests.reporting import conftest as reporting

CHECK = "rate_limit"
YEAR = reporting.YEAR
# a hundred thousand times of what they should be
WRONG = (
    "8,520,000%",
    "231,000,000人",
    "924,000億円",
    "760,000万時間",
    "9,010,000%",
    "901,000,000回",
    "73,100,000回",
)


def sheets(cast: Cast) -> Sheet:
    """税務課's sheet of 令和5年度."""
    return caught(cast, reporting.make_round(cast, reporting.make_edition(cast)).sheets.get())


def caught(cast: Cast, sheet: Sheet) -> Sheet:
    """The sheet, filled with the slip."""
    return reporting.fill(sheet, cast, **{f"f{place}": text for place, text in enumerate(WRONG)})
