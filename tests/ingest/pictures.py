"""Pictures of reading a document and of checking a table, for the manual."""

from __future__ import annotations

from io import BytesIO

import openpyxl
from playwright.sync_api import Page as Tab

from tests.manual.pictures import Picture
from tests.manual.world import World

# as an office's own form often is: a title above, merged cells, units in the cells, two rows of header
ROWS = (
    ("研修の実施状況（令和7年度）", None, None, None),
    ("所属", "研修", None, "備考"),
    (None, "回数", "参加者", None),
    ("税務課", "2回", "延べ38人", None),
    (None, "1回", "12人", "オンライン"),
    ("財政課", "3回", "45人", "－"),
)


def look_over(tab: Tab, world: World) -> None:
    """Have such a form checked."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "研修"
    for row in ROWS:
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("B2:C2")
    sheet.merge_cells("A4:A5")
    out = BytesIO()
    book.save(out)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    file = {"name": "研修の実施状況.xlsx", "mimeType": kind, "buffer": out.getvalue()}
    tab.locator("main input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    tab.get_by_role("button", name="点検する").click()
    tab.locator(".findings").wait_for()


PICTURES = (
    Picture(
        "ingest/review",
        "jimukyoku",
        lambda world: world.at("ingest:import", world.document().pk),
        crop=(".review-bar", ".thing:nth-child(-n+5)", ".source-lines li:nth-child(-n+8)"),
        marks=("#L11", ".thing:nth-child(3) .thing-body", ".review-bar .primary"),
        width=1000,
    ),
    Picture(
        "ingest/lint",
        "shokuin",
        lambda world: world.at("ingest:lint"),
        crop=(
            ".page-title",
            "main > .flow > .table-region",
            ".findings li:nth-child(-n+2)",
            ".split-side .sheet",
        ),
        steps=look_over,
        width=1180,
    ),
)
