"""A figure that comes from records is not for typing in a workbook either."""

from __future__ import annotations

import io

import openpyxl

from tests.cast import Cast
from tests.reporting.bound import NAME, bound_office
from tests.reporting.workbooks import bring_in, changed, columns, made, put, review, take_in, told

LAST = 9  # the row of the eighth indicator


def test_its_value_is_locked_and_the_row_says_why(cast: Cast) -> None:
    sheet = bound_office(cast).open()
    book = openpyxl.load_workbook(io.BytesIO(made(sheet.round, cast.sato, [sheet])))
    page = book["指標"]
    at = columns(page)
    assert page.cell(LAST, at["指標"]).value == NAME
    assert page.cell(LAST, at["記入"]).value == "実績値は自動計算（記入不要）"
    locked = [
        page.cell(LAST, at[title]).protection.locked for title in ("実績値", "値がない理由", "外的要因")
    ]
    assert locked == [True, True, False]
    book.close()


def test_a_value_typed_all_the_same_is_told_and_left(cast: Cast) -> None:
    office = bound_office(cast)
    sheet = office.open()
    edit = put("実績値", 99, row=LAST)
    upload = bring_in(sheet, changed(made(sheet.round, cast.sato, [sheet]), edit), cast.sato)
    assert "記録から自動で計算されます。この欄の変更は取り込みません" in told(upload)
    assert review(upload)[1].state == "same"


def test_what_is_written_beside_it_goes_in(cast: Cast) -> None:
    office = bound_office(cast)
    sheet = office.open()
    edit = put("外的要因", "制度の変更", row=LAST)
    take_in(bring_in(sheet, changed(made(sheet.round, cast.sato, [sheet]), edit), cast.sato), cast.sato)
    row = office.row(sheet)
    assert (row.text, row.external_factor) == ("2件", "制度の変更")
