"""PDF files, printed by typst for the purpose."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import docx
import pypdfium2
import pytest

from kaikaku.readers import Unreadable, read_bytes
from kaikaku.readers.document import Document
from kaikaku.readers.pdf_page import Rule
from kaikaku.readers.pdf_rules import ruled_grids
from tests.fonts import font_path
from tests.readers.looks import codes, grids, line, only_table, texts

HEAD = '#set page(paper: "a4", margin: 25mm)\n#set text(font: "BIZ UDPGothic", size: 10pt, lang: "ja")\n'


def printed(source: str) -> bytes:
    """The PDF of a page in typst's markup."""
    import typst

    folder = font_path().parent
    font_path("BIZUDPGothic-Bold.ttf")
    return bytes(typst.compile((HEAD + source).encode(), font_paths=[str(folder)], ignore_system_fonts=True))


def read(source: str) -> Document:
    return read_bytes(printed(source), "plan.pdf")


def test_lines_know_their_page_and_their_height_on_it() -> None:
    document = read("表題\n#pagebreak()\n#v(1fr)\n末尾")
    assert [(found.text, found.place.page) for found in document.lines()] == [("表題", 1), ("末尾", 2)]
    first, last = document.lines()
    assert first.page_position is not None
    assert last.page_position is not None
    assert first.page_position < 0.15
    assert last.page_position > 0.85
    assert document.pages == 2


def test_sizes_and_bold_are_told() -> None:
    document = read("#text(size: 16pt)[大綱]\n\n普通の*太字*です")
    assert line(document, "大綱").size == 16.0
    found = line(document, "普通")
    assert [(span.text, span.bold) for span in found.spans] == [
        ("普通の", False),
        ("太字", True),
        ("です", False),
    ]


def test_words_printed_twice_are_bold_and_read_once() -> None:
    document = read("#place(top + left, dx: 0pt)[改革]#place(top + left, dx: 0.4pt)[改革]#v(5em)普通")
    assert [(found.text, found.bold) for found in document.lines()] == [("改革", True), ("普通", False)]


def test_indent_is_in_characters_from_the_usual_margin() -> None:
    document = read("本文\n\n#pad(left: 30pt)[字下げ]")
    assert [found.indent for found in document.lines()] == [0.0, 3.0]


def test_a_marker_before_a_gap_stands_on_the_line_of_its_words() -> None:
    assert texts(read('#set heading(numbering: "1.1")\n= 目的\n- 箇条'))[:2] == ["1 目的", "• 箇条"]


def test_japanese_beside_latin_gets_no_blank() -> None:
    assert texts(read("令和8年度のDX推進"))[0] == "令和8年度のDX推進"


def test_a_ruled_table_keeps_its_merged_cells_and_is_not_repeated_as_lines() -> None:
    document = read(
        "前\n#table(columns: 4, [指標], [基準値], table.cell(colspan: 2)[値],"
        " table.cell(rowspan: 2)[甲], [1.5%], [100%], [71.5%], [1,619人], [2,400人], [2,233人\\ (見込)])\n後"
    )
    assert grids(document) == [
        [
            ["指標", "基準値", "値", ""],
            ["甲", "1.5%", "100%", "71.5%"],
            ["", "1,619人", "2,400人", "2,233人\n(見込)"],
        ]
    ]
    assert [getattr(block, "text", "表") for block in document.blocks] == ["前", "表", "後"]


def test_rows_of_a_table_have_lines_of_their_own() -> None:
    table = only_table(read("#table(columns: 2, [a], [b], [c], [d])"))
    assert [cell.place.line for cell in table.cells] == [1, 1, 2, 2]


def test_a_table_open_at_its_sides_is_a_table() -> None:
    document = read(
        "#table(columns: 3, stroke: (x, y) => (top: .5pt, bottom: .5pt, left: if x > 0 {.5pt}),"
        " [項目], [目標], [実績], [A], [1], [2])"
    )
    assert grids(document) == [[["項目", "目標", "実績"], ["A", "1", "2"]]]


def test_two_tables_on_a_page_stay_two() -> None:
    document = read(
        "#table(columns: 2, [a], [b], [c], [d])\n中\n#table(columns: 3, [1], [2], [3], [4], [5], [6])"
    )
    assert [table.width for table in document.tables()] == [2, 3]


def test_a_frame_around_text_is_no_table() -> None:
    document = read("#rect(width: 100%)[囲みの言葉]")
    assert (texts(document), grids(document)) == (["囲みの言葉"], [])


def test_the_empty_grid_of_a_chart_is_no_table() -> None:
    assert grids(read("図\n#table(columns: 5, rows: 5 * (12pt,), ..range(25).map(_ => []))")) == []


def test_words_in_columns_without_lines_are_a_table() -> None:
    document = read(
        "#grid(columns: (1fr, 1fr, 1fr), row-gutter: 6pt, [区分], [R5], [R6], [歳入], [120億円], [130億円],"
        " [歳出], [118億円], [125億円])"
    )
    assert grids(document) == [
        [["区分", "R5", "R6"], ["歳入", "120億円", "130億円"], ["歳出", "118億円", "125億円"]]
    ]


def test_two_rows_in_columns_are_no_table() -> None:
    document = read("#grid(columns: (1fr, 1fr), row-gutter: 6pt, [位置付け], [方向性], [期間], [一年])")
    assert texts(document) == ["位置付け 方向性", "期間 一年"]


def test_a_contents_page_is_no_table() -> None:
    rows = ", ".join(f"[{number} 章の題名], align(right)[{number}]" for number in range(1, 6))
    assert grids(read(f"#grid(columns: (1fr, 1fr), row-gutter: 6pt, {rows})")) == []


def test_columns_of_prose_are_read_one_after_the_other() -> None:
    left, right = "左の段の文章です。" * 30, "右の段の文章です。" * 30
    document = read(f"#columns(2)[{left}#colbreak(){right}]")
    sides = ["左" if "左" in text else "右" for text in texts(document) if "左" in text or "右" in text]
    assert sides == sorted(sides, key="左右".index)
    assert not list(document.tables())


def test_columns_printed_row_by_row_are_read_one_after_the_other() -> None:
    rows = ", ".join(
        f"[左の段の文章は長く続くもので第{n:02}行], [右の段の文章は長く続くもので第{n:02}行]"
        for n in range(12)
    )
    document = read(f"#grid(columns: (1fr, 1fr), column-gutter: 2em, row-gutter: 5pt, {rows})")
    assert [text[0] for text in texts(document)] == ["左"] * 12 + ["右"] * 12


def test_a_heading_printed_last_is_read_first() -> None:
    document = read("#v(3em)本文です\n#place(top + left)[柱の見出し]")
    assert texts(document) == ["柱の見出し", "本文です"]


def test_vertical_words_are_one_line() -> None:
    document = read('#place(top + right, stack(dir: ttb, spacing: 1pt, ..("行財政改革".clusters())))\n本文')
    assert "行財政改革" in texts(document)


@pytest.mark.parametrize("quarter", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_looked_at(quarter: int) -> None:
    pdf = pypdfium2.PdfDocument(printed("表題\n\n本文\n#table(columns: 2, [a], [b], [c], [d])"))
    pdf[0].set_rotation(quarter)
    data = io.BytesIO()
    pdf.save(data)
    pdf.close()
    document = read_bytes(data.getvalue(), "plan.pdf")
    assert set("".join(texts(document))) >= set("表題本文")


def test_words_turned_on_the_page_are_not_lost() -> None:
    assert "横倒しの言葉" in texts(read("本文\n#rotate(90deg, reflow: true)[横倒しの言葉]"))


def test_a_page_of_pictures_among_others_is_told() -> None:
    document = read("文字\n#pagebreak()\n#rect(fill: red)\n#pagebreak()\n文字")
    assert codes(document) == ["pages_without_text"]
    assert "2ページ" in document.notices[0].message


def test_a_pdf_of_pictures_is_refused_with_the_way_out() -> None:
    with pytest.raises(Unreadable, match="文字認識（OCR）"):
        read("#rect(fill: red)")


def test_the_title_is_a_property() -> None:
    assert read('#set document(title: "改革プラン")\n本文').properties["title"] == "改革プラン"


def test_a_word_file_printed_by_libreoffice_reads_as_the_word_file_does(tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if not soffice:
        pytest.skip("LibreOffice (soffice) is not installed, so a Word file cannot be printed")
    document = docx.Document()
    document.add_paragraph("前の文")
    table = document.add_table(2, 2, style="Table Grid")
    for row, texts_of_row in enumerate((("指標", "値"), ("人口", "1,200人"))):
        for column, text in enumerate(texts_of_row):
            table.cell(row, column).text = text
    document.add_paragraph("後の文")
    source = tmp_path / "plan.docx"
    document.save(str(source))
    command = [
        soffice,
        f"-env:UserInstallation=file://{tmp_path}/office",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(source)], check=True, capture_output=True, timeout=120
    )
    from_pdf = read_bytes((tmp_path / "plan.pdf").read_bytes(), "plan.pdf")
    from_word = read_bytes(source.read_bytes(), "plan.docx")
    assert (texts(from_pdf), grids(from_pdf)) == (texts(from_word), grids(from_word))


def box(x0: float, y0: float, x1: float, y1: float) -> list[Rule]:
    return [Rule(True, y0, x0, x1), Rule(True, y1, x0, x1), Rule(False, x0, y0, y1), Rule(False, x1, y0, y1)]


def test_boxes_drawn_cell_by_cell_make_one_grid() -> None:
    rules = [r for x in (0, 50) for y in (0, 20) for r in box(x + 0.3, y, x + 49.9, y + 19.8)]
    (grid,) = ruled_grids(rules)
    assert [(cell.row, cell.column) for cell in grid] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_dotted_lines_are_lines() -> None:
    dots = [Rule(True, 20, x, x + 6) for x in range(0, 100, 8)]
    (grid,) = ruled_grids([*box(0, 0, 100, 40), Rule(False, 50, 0, 40), *dots])
    assert len(grid) == 4


def test_a_box_around_a_table_is_no_cell_of_it() -> None:
    table = [*box(10, 10, 90, 50), Rule(True, 30, 10, 90), Rule(False, 50, 10, 50)]
    (grid,) = ruled_grids([*box(0, 0, 100, 60), *table])
    assert len(grid) == 4


def test_ten_thousand_lines_are_no_table_and_take_no_time() -> None:
    assert ruled_grids(Rule(bool(n % 2), n * 3.0, 0, 30_000) for n in range(10_000)) == []
