"""The workbook of a publication."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from tests.writers.sample_dataset import sample

from kaikaku.writers.excel import write_excel


@pytest.fixture
def book(tmp_path: Path):
    write_excel(sample(), tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def test_no_cell_is_merged_and_every_sheet_is_one_table(book: Path) -> None:
    for sheet in openpyxl.load_workbook(book).worksheets:
        assert not sheet.merged_cells.ranges
        head = [cell.value for cell in sheet[1]]
        assert all(head)
        assert len(set(head)) == len(head)


def test_a_figure_is_a_number_and_its_unit_stands_beside_it(book: Path) -> None:
    sheet = openpyxl.load_workbook(book)["数値"]
    head = [cell.value for cell in sheet[1]]
    values = [row[head.index("値")] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert all(value is None or isinstance(value, int | float) for value in values)


def test_an_unknown_value_is_an_empty_cell_with_its_reason(book: Path) -> None:
    sheet = openpyxl.load_workbook(book)["数値"]
    head = [cell.value for cell in sheet[1]]
    rows = [dict(zip(head, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)]
    unknown = [row for row in rows if row["値"] is None]
    assert unknown
    assert all(row["値がない理由"] for row in unknown)


def test_the_check_sheet_has_formulas_whose_cached_value_is_the_rate(book: Path) -> None:
    formulas = openpyxl.load_workbook(book)["検算"]
    cached = openpyxl.load_workbook(book, data_only=True)["検算"]
    rates = {r.rate for i in sample().indicators for r in i.results if r.rate is not None}
    for row in range(2, formulas.max_row + 1):
        assert str(formulas.cell(row, 9).value).startswith("=")
        assert any(abs(Decimal(str(cached.cell(row, 9).value)) - rate) < Decimal("0.001") for rate in rates)


def test_text_that_begins_like_a_formula_stays_text(book: Path) -> None:
    for sheet in openpyxl.load_workbook(book).worksheets:
        if sheet.title != "検算":
            assert all(c.data_type != "f" for row in sheet.iter_rows() for c in row)


def test_equal_datasets_give_equal_workbooks(tmp_path: Path) -> None:
    write_excel(sample(), tmp_path / "a.xlsx")
    write_excel(sample(), tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_overall_ratings_have_a_sheet_only_where_sections_are_rated(book: Path, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(book)["総合評価"]
    head = [cell.value for cell in sheet[1]]
    rows = [dict(zip(head, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert [row["総合評価"] for row in rows] == ["順調", "順調", "やや遅れ", "概ね順調"]
    assert [row["決定"] for row in rows] == ["本部会議", "自動判定", "本部会議", "本部会議"]
    assert (rows[2]["成果"], rows[2]["活動"]) == ("やや遅れ", "順調")
    assert rows[3]["理由"] == "感染症の影響を除くと、目標の水準にあるため。"
    bare = replace(
        sample(), sections=tuple(replace(s, overall=None) for s in sample().sections), overall_rule=""
    )
    write_excel(bare, tmp_path / "b.xlsx")
    assert "総合評価" not in openpyxl.load_workbook(tmp_path / "b.xlsx").sheetnames
