"""Excel workbooks: what a person sees in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Border, Side

from kaikaku.readers import Unreadable, read_bytes
from kaikaku.readers.document import Document, Span
from kaikaku.readers.excel_format import BUILT_IN, show_number, show_text
from tests.readers.looks import codes, grids, line, only_table, texts

RULED = Border(left=Side("thin"), right=Side("thin"), top=Side("thin"), bottom=Side("thin"))


def book(fill: Callable[[Any], None]) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.active.title = "指標"
    fill(workbook.active)
    data = io.BytesIO()
    workbook.save(data)
    return data.getvalue()


def read(fill: Callable[[Any], None]) -> Document:
    return read_bytes(book(fill), "plan.xlsx")


def rows(*values: list[object], start: int = 1, column: int = 1) -> Callable[[Any], None]:
    def fill(sheet: Any) -> None:
        for down, row in enumerate(values):
            for across, value in enumerate(row):
                sheet.cell(start + down, column + across, value)

    return fill


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("0.715", "0.0%", "71.5%"),
        ("0.71499999999999997", "0.0%", "71.5%"),
        ("1.005", "0.00", "1.01"),
        ("2.5", "0", "3"),
        ("-1743", '#,##0;"△"#,##0', "△1,743"),
        ("-1743", '#,##0;[Red]"▲ "#,##0;"－"', "▲ 1,743"),
        ("0", '#,##0;▲#,##0;"－"', "－"),
        ("-5", "0.0", "-5.0"),
        ("0.30000000000000004", "General", "0.3"),
        ("157864681000", "General", "157864681000"),
        ("5", '0"人"', "5人"),
        ("12345678", '#,##0,,"百万円"', "12百万円"),
        ("1234567", "000-0000", "123-4567"),
        ("5", "0.##", "5"),
        ("0.5", ".00", ".50"),
        ("0", "#,###", ""),
        ("1000", '[>=1000]#,##0,"千";0', "1千"),
        ("123456", "[$¥-411]#,##0", "¥123,456"),
        ("0", BUILT_IN[41], "-"),
        ("1.5", "0.00E+00", "1.50E+00"),
        ("46113", 'ggge"年"m"月"d"日"', "令和8年4月1日"),
        ("43586", '[$-ja-JP-x-gannen]ggge"年"m"月"d"日";@', "令和元年5月1日"),
        ("46113", BUILT_IN[27], "R8.4.1"),
        ("46113", "m/d(aaa)", "4/1(水)"),
        ("46113.5", "yyyy/m/d h:mm", "2026/4/1 12:00"),
        ("1.25", "[h]:mm", "30:00"),
        ("0.5", 'h"時"mm"分"', "12時00分"),
        ("0.75", "h:mm AM/PM", "6:00 PM"),
        ("-1", "yyyy/m/d", "-1"),
    ],
)
def test_a_number_shows_as_its_format_has_it(value: str, code: str, shown: str) -> None:
    assert show_number(Decimal(value), code) == shown


def test_words_are_set_into_a_format_for_words() -> None:
    assert (show_text("改善", '"【"@"】"'), show_text("改善", "0.0%")) == ("【改善】", "改善")


def test_a_serial_day_of_1904_is_four_years_later() -> None:
    assert show_number(Decimal(1), "yyyy/m/d", from_1904=True) == "1904/1/2"


def test_cells_show_percentages_dates_and_triangles() -> None:
    def fill(sheet: Any) -> None:
        rows(["率", "残高", "日"], [0.715, -1743, 46113])(sheet)
        sheet["A2"].number_format = "0.0%"
        sheet["B2"].number_format = '#,##0;"△"#,##0'
        sheet["C2"].number_format = '[$-411]ggge"年"m"月"d"日"'

    assert grids(read(fill)) == [[["率", "残高", "日"], ["71.5%", "△1,743", "令和8年4月1日"]]]


def test_prose_in_column_a_is_lines_and_a_table_beside_it_is_a_table() -> None:
    def fill(sheet: Any) -> None:
        rows(["行財政改革プラン"], ["第1 目的"], ["本文です。"])(sheet)
        rows(["指標", "値"], ["A", 1], column=4)(sheet)

    document = read(fill)
    assert texts(document) == ["行財政改革プラン", "第1 目的", "本文です。"]
    assert grids(document) == [[["指標", "値"], ["A", "1"]]]


def test_a_title_a_unit_and_a_note_around_a_table_are_lines() -> None:
    def fill(sheet: Any) -> None:
        rows(["指標一覧"], [None, None, "（単位：人）"], ["指標", "目標", "実績"], ["A", 1, 2], ["※速報値"])(
            sheet
        )

    document = read(fill)
    assert texts(document) == ["指標一覧", "（単位：人）", "※速報値"]
    assert only_table(document).height == 2


def test_an_empty_row_parts_two_tables() -> None:
    document = read(rows(["a", "b"], [1, 2], [], ["c", "d"], [3, 4]))
    assert [grid[0] for grid in grids(document)] == [["a", "b"], ["c", "d"]]


def test_ruled_empty_cells_hold_a_table_together() -> None:
    def fill(sheet: Any) -> None:
        rows(["指標", "目標", "実績"], ["A", 1, 2], [], ["B", 3, 4])(sheet)
        for row in sheet["A1:C4"]:
            for cell in row:
                cell.border = RULED

    assert grids(read(fill)) == [[["指標", "目標", "実績"], ["A", "1", "2"], ["", "", ""], ["B", "3", "4"]]]


def test_merged_cells_carry_their_spans() -> None:
    def fill(sheet: Any) -> None:
        rows(["指標", "値", None], [None, "目標", "実績"], ["A", 1, 2])(sheet)
        sheet.merge_cells("A1:A2")
        sheet.merge_cells("B1:C1")

    table = only_table(read(fill))
    assert table.grid() == [["指標", "値", "値"], ["指標", "目標", "実績"], ["A", "1", "2"]]
    assert {(cell.text, cell.row_span, cell.column_span) for cell in table.cells if cell.row == 0} == {
        ("指標", 2, 1),
        ("値", 1, 2),
    }


def test_a_sheet_ruled_like_graph_paper_is_closed_up() -> None:
    def fill(sheet: Any) -> None:
        for area, text in {"B6:F6": "区分", "G6:K6": "値", "B7:F8": "甲", "H7:K7": "2"}.items():
            sheet[area.split(":")[0]] = text
            sheet.merge_cells(area)
        sheet["G7"], sheet["G8"] = "1", "3"

    table = only_table(read(fill))
    assert (table.height, table.width) == (3, 3)
    assert table.grid() == [["区分", "値", "値"], ["甲", "1", "2"], ["甲", "3", ""]]


def test_marks_in_a_column_of_their_own_are_printed_before_their_words() -> None:
    document = read(rows(["第1", "改革の推進"], ["①", "人財の確保"], ["②", "働き方改革"]))
    assert texts(document) == ["第1\u3000改革の推進", "①\u3000人財の確保", "②\u3000働き方改革"]


def test_bold_and_rich_text_are_kept() -> None:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as workbook:
        bold = workbook.add_format({"bold": True, "font_size": 14})
        sheet = workbook.add_worksheet("本文")
        sheet.write(0, 0, "表題", bold)
        sheet.write_rich_string(2, 0, "提案 ", workbook.add_format({"bold": True}), "648", " 件")
    document = read_bytes(data.getvalue(), "plan.xlsx")
    assert (line(document, "表題").bold, line(document, "表題").size) == (True, 14.0)
    assert line(document, "648").spans == (Span("提案 "), Span("648", bold=True), Span(" 件"))


def test_places_name_the_sheet_and_the_cell() -> None:
    document = read(rows(["指標", "値"], ["A", 1], start=3, column=2))
    assert [str(cell.place) for cell in only_table(document).cells][-1] == "シート「指標」 C4"


def test_each_line_and_each_row_has_a_number_of_its_own() -> None:
    document = read(rows(["表題"], [], ["指標", "値"], ["A", 1], [], ["後"]))
    table = only_table(document)
    numbers = [found.place.line for found in document.lines()] + [cell.place.line for cell in table.cells]
    assert sorted(set(numbers)) == [1, 2, 3, 4]


def test_hidden_sheets_rows_and_columns_are_left_out_and_told() -> None:
    def fill(sheet: Any) -> None:
        rows(["指標", "秘", "値"], ["A", "x", 1], ["B", "y", 2], ["C", "z", 3])(sheet)
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True
        hidden = sheet.parent.create_sheet("名簿")
        hidden["A1"] = "個人情報"
        hidden.sheet_state = "veryHidden"

    document = read(fill)
    assert grids(document) == [[["指標", "値"], ["A", "1"], ["C", "3"]]]
    assert [cell.place.cell for cell in only_table(document).cells][-1] == "C4"
    assert "個人情報" not in str(document.blocks)
    assert set(codes(document)) == {"hidden_sheet", "hidden_cells"}


def test_errors_are_kept_as_text_and_told() -> None:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("計算")
        sheet.write_row(0, 0, ["率", "値"])
        sheet.write_formula(1, 0, "=1/0", None, "#DIV/0!")
        sheet.write_formula(1, 1, "=1+1", None, 2)
    document = read_bytes(data.getvalue(), "plan.xlsx")
    assert grids(document)[0][1] == ["#DIV/0!", "2"]
    assert "A2" in document.notices[0].message


def test_a_formula_saved_without_its_result_is_told() -> None:
    document = read(rows(["率", "値"], ["=1+1", 2]))
    assert codes(document) == ["not_calculated"]


def test_true_and_false_show_as_excel_shows_them() -> None:
    assert grids(read(rows(["a", "b"], [True, False])))[0][1] == ["TRUE", "FALSE"]


def test_the_reading_beside_a_word_is_left_out() -> None:
    shared = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        "<si><t>改革</t><rPh sb='0' eb='2'><t>カイカク</t></rPh></si></sst>"
    )
    data = rewritten(book(rows(["改革"])), {"xl/sharedStrings.xml": shared})
    assert texts(read_bytes(data, "plan.xlsx")) == ["改革"]


def test_text_boxes_are_read_after_the_cells() -> None:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("図")
        sheet.write(0, 0, "表題")
        sheet.insert_textbox(3, 3, "吹き出しの言葉")
    assert texts(read_bytes(data.getvalue(), "plan.xlsx")) == ["表題", "吹き出しの言葉"]


def test_a_sheet_that_claims_ten_million_rows_is_read_by_its_cells() -> None:
    data = book(rows(["a", "b"], [1, 2]))
    sheet = part(data, "xl/worksheets/sheet1.xml").replace('ref="A1:B2"', 'ref="A1:XFD10000000"')
    document = read_bytes(rewritten(data, {"xl/worksheets/sheet1.xml": sheet}), "plan.xlsx")
    assert grids(document) == [[["a", "b"], ["1", "2"]]]


def test_cells_at_the_ends_of_a_sheet_take_no_memory_between() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = "最初"
        sheet["XFD1048576"] = "最後"

    data = book(fill)
    merged = '</sheetData><mergeCells count="1"><mergeCell ref="B2:XFC1048000"/></mergeCells>'
    sheet = part(data, "xl/worksheets/sheet1.xml").replace("</sheetData>", merged)
    document = read_bytes(rewritten(data, {"xl/worksheets/sheet1.xml": sheet}), "plan.xlsx")
    assert texts(document) == ["最初", "最後"]


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(Unreadable, match="読み取れる文字がありません"):
        read(lambda sheet: None)


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def rewritten(data: bytes, parts: dict[str, str]) -> bytes:
    """The archive with some parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, text in parts.items():
            new.writestr(name, text)
    return out.getvalue()
