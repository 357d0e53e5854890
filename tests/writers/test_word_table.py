"""The rows of Word tables: written as XML by hand, read back by python-docx."""

from __future__ import annotations

import io

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.table import Table
from tests.writers.sample_dataset import sample

from kaikaku.writers.papers.blocks import Cell, Column, Grid, Paper
from kaikaku.writers.word import TEXT_WIDTH_MM, word_bytes

COLUMNS = (Column("指標", 2.0), Column("実績", 1.0, "right"), Column("評価", 1.0))


def printed(*rows: tuple[Cell, ...], columns: tuple[Column, ...] = COLUMNS) -> Table:
    paper = Paper(
        title=sample().title,
        kind="試験",
        organisation="みほん県",
        date_shown="令和3年9月10日",
        running="",
        blocks=(Grid(columns, rows, "表"),),
        contents=False,
        sample=False,
    )
    return Document(io.BytesIO(word_bytes(paper))).tables[0]


def words(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_cells_come_back_as_they_were_under_the_head() -> None:
    rows = (Cell("手続"), Cell("71.5%"), Cell("達成【A】", slot=1))
    assert words(printed(rows)) == [["指標", "実績", "評価"], ["手続", "71.5%", "達成【A】"]]


def test_what_looks_like_markup_stays_text() -> None:
    given = "<w:p/> & \"引用\" 'a' ]]>"
    assert words(printed((Cell(given), Cell(""), Cell("—"))))[1] == [given, "", "—"]


def test_line_breaks_and_blanks_at_the_ends_are_kept() -> None:
    assert words(printed((Cell("15\n（83.3%）"), Cell(" 1 "), Cell("a\n\nb"))))[1] == [
        "15\n（83.3%）",
        " 1 ",
        "a\n\nb",
    ]


def test_a_table_without_titles_has_no_head() -> None:
    columns = (Column(""), Column(""))
    assert words(printed((Cell("a"), Cell("b")), columns=columns)) == [["a", "b"]]


def test_the_head_repeats_and_no_row_is_torn() -> None:
    table = printed((Cell("a"), Cell("b"), Cell("c")))
    marks = [[child.tag.rpartition("}")[2] for child in row._tr.trPr] for row in table.rows]
    assert marks == [["tblHeader", "cantSplit"], ["cantSplit"]]


def test_figures_stand_right_and_grades_are_bold_in_their_ink() -> None:
    row = printed((Cell("a"), Cell("1"), Cell("遅れ【D】", slot=4))).rows[1]
    sides = [cell.paragraphs[0].alignment for cell in row.cells]
    assert sides == [None, WD_ALIGN_PARAGRAPH.RIGHT, None]
    graded = row.cells[2].paragraphs[0].runs[0]
    assert graded.bold
    assert str(graded.font.color.rgb) == "CE0000"


def test_the_columns_share_the_width_of_the_text() -> None:
    row = printed((Cell("a"), Cell("b"), Cell("c"))).rows[0]
    assert abs(sum(cell.width.mm for cell in row.cells) - TEXT_WIDTH_MM) < 0.1
    assert abs(row.cells[0].width - 2 * row.cells[1].width) < 1000
