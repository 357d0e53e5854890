"""Word files."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml

from kaikaku.readers import Unreadable, read_bytes
from kaikaku.readers.document import Document, Span
from kaikaku.readers.numbering import ordinal
from tests.readers.looks import codes, grids, line, only_table, texts
from tests.readers.test_excel import part, rewritten

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def saved(document: Any) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def read(document: Any) -> Document:
    return read_bytes(saved(document), "plan.docx")


def body(*elements: str) -> Document:
    """A file whose body holds the elements, given in Word's XML."""
    document = docx.Document()
    for element in elements:
        document.element.body.insert(
            len(document.element.body) - 1, parse_xml(element.replace(">", f" {NAMES}>", 1))
        )
    return read(document)


def test_headings_come_from_styles_and_the_title_is_a_property() -> None:
    document = docx.Document()
    document.add_heading("行財政改革大綱", 0)
    document.add_heading("第1 目的", 1)
    document.add_heading("推進", 2)
    document.add_paragraph("本文")
    found = read(document)
    assert [made.heading for made in found.lines()] == [None, 1, 2, None]
    assert found.properties["title"] == "行財政改革大綱"


def test_a_japanese_heading_style_is_a_heading() -> None:
    document = docx.Document()
    document.styles.add_style("見出し 3", 1)
    document.add_paragraph("小見出し", style="見出し 3")
    assert line(read(document), "小見出し").heading == 3


def test_bold_runs_and_sizes_are_kept() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("提案 ")
    paragraph.add_run("648").bold = True
    paragraph.add_run(" 件")
    found = line(read(document), "648")
    assert found.spans == (Span("提案 "), Span("648", bold=True), Span(" 件"))
    assert found.size == 11.0


def test_numbered_paragraphs_show_their_numbers_and_bullets_are_bullets() -> None:
    document = docx.Document()
    for text in ("甲", "乙"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("丙", style="List Bullet")
    found = read(document)
    assert texts(found) == ["1. 甲", "2. 乙", "• 丙"]
    assert [made.bullet for made in found.lines()] == [False, False, True]


NUMBERING = f"""<w:numbering {NAMES}><w:abstractNum w:abstractNumId="9">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimalFullWidth"/><w:lvlText w:val="第%1"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="aiueoFullWidth"/><w:lvlText w:val="(%3)"/></w:lvl>
</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="9"/></w:num>
<w:num w:numId="6"><w:abstractNumId w:val="9"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
</w:numbering>"""


def test_japanese_numbering_is_counted_again_level_by_level() -> None:
    document = docx.Document()
    levels = [
        (5, 0, "目的"),
        (5, 1, "一"),
        (5, 1, "二"),
        (5, 2, "あ"),
        (5, 0, "期間"),
        (5, 1, "三"),
        (6, 0, "付録"),
    ]
    for list_id, level, text in levels:
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {NAMES}><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')
        )
    data = rewritten(saved(document), {"word/numbering.xml": NUMBERING})
    assert texts(read_bytes(data, "plan.docx")) == [
        "第１ 目的",
        "① 一",
        "② 二",
        "(ア) あ",
        "第２ 期間",
        "① 三",
        "第７ 付録",
    ]


@pytest.mark.parametrize(
    ("number", "style", "printed"),
    [
        (3, "decimal", "3"),
        (27, "lowerLetter", "aa"),
        (9, "upperRoman", "IX"),
        (36, "decimalEnclosedCircle", "㊱"),
        (2, "decimalEnclosedParen", "⑵"),
        (3, "iroha", "ハ"),
        (110, "japaneseCounting", "百十"),
        (20, "ideographDigital", "二〇"),
        (5, "none", ""),
        (0, "decimalEnclosedCircle", "0"),
    ],
)
def test_a_number_prints_as_its_format_has_it(number: int, style: str, printed: str) -> None:
    assert ordinal(number, style) == printed


def test_merged_cells_carry_their_spans() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "値"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "甲"
    found = only_table(read(document))
    assert found.grid() == [["00", "値", "値"], ["甲", "11", "12"], ["甲", "21", "22"]]


def test_a_box_of_one_cell_is_read_as_lines() -> None:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "囲みの中"
    assert texts(read(document)) == ["囲みの中"]


def test_a_table_inside_a_cell_loses_no_word() -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "外"
    inner = table.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "内一", "内二"
    assert grids(read(document))[0][0] == ["外", "内一 内二"]


def test_order_of_paragraphs_and_tables_is_kept() -> None:
    document = docx.Document()
    document.add_paragraph("前")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "a", "b"
    document.add_paragraph("後")
    assert [getattr(block, "text", "表") for block in read(document).blocks] == ["前", "表", "後"]


def test_deletions_under_review_are_out_and_insertions_are_in() -> None:
    document = body(
        "<w:p><w:r><w:t>目標は</w:t></w:r><w:del><w:r><w:delText>80</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>90</w:t></w:r></w:ins><w:r><w:t>%</w:t></w:r></w:p>"
    )
    assert (texts(document), codes(document)) == (["目標は90%"], ["tracked_changes"])


def test_hidden_words_and_field_instructions_are_left_out() -> None:
    document = body(
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隠し</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:t>本文</w:t></w:r></w:p>"
    )
    assert texts(document) == ["本文"]


def test_content_controls_are_entered() -> None:
    document = body("<w:sdt><w:sdtContent><w:p><w:r><w:t>目次の行</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    assert texts(document) == ["目次の行"]


def test_a_text_box_is_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>箱の言葉</w:t></w:r></w:p></w:txbxContent>"
    document = body(
        '<w:p><w:r><w:t>本文</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps">'
        f"<wps:txbx>{box}</wps:txbx></mc:Choice><mc:Fallback><v:textbox>{box}</v:textbox></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert texts(document) == ["本文", "箱の言葉"]


def test_a_footnote_stands_at_the_end_behind_its_mark() -> None:
    document = docx.Document()
    run = document.add_paragraph("実績の見込")._p
    run.append(parse_xml(f'<w:r {NAMES}><w:footnoteReference w:id="2"/></w:r>'))
    document.add_paragraph("後")
    footnotes = (
        f'<w:footnotes {NAMES}><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>'
        "<w:r><w:t>速報値</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    data = saved(document)
    rels = part(data, "word/_rels/document.xml.rels").replace(
        "</Relationships>", f'<Relationship Id="rIdF" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    )
    data = rewritten(data, {"word/footnotes.xml": footnotes, "word/_rels/document.xml.rels": rels})
    assert texts(read_bytes(data, "plan.docx")) == ["実績の見込注1)", "後", "注1) 速報値"]


def test_a_line_break_parts_lines_and_a_tab_is_a_blank() -> None:
    document = body("<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:tab/><w:t>3</w:t></w:r></w:p>")
    assert [(found.text, found.quote) for found in document.lines()] == [("一", "一"), ("二 3", "二\t3")]


def test_indent_is_in_characters_of_the_body() -> None:
    document = body(
        '<w:p><w:pPr><w:ind w:leftChars="200" w:left="420"/></w:pPr><w:r><w:t>本文</w:t></w:r></w:p>'
    )
    assert line(document, "本文").indent == 2.0


def test_a_reading_above_a_word_is_left_out() -> None:
    document = body(
        "<w:p><w:r><w:ruby><w:rt><w:r><w:t>たいこう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>大綱</w:t></w:r>"
        "</w:rubyBase></w:ruby></w:r></w:p>"
    )
    assert texts(document) == ["大綱"]


def test_a_file_without_words_is_refused() -> None:
    with pytest.raises(Unreadable, match="読み取れる文字がありません"):
        read(docx.Document())


def test_a_style_based_on_itself_does_no_harm() -> None:
    document = docx.Document()
    style = document.styles.add_style("巡る", 1)
    style.element.append(parse_xml(f'<w:basedOn {NAMES} w:val="{style.style_id}"/>'))
    document.add_paragraph("本文", style="巡る")
    assert texts(read(document)) == ["本文"]
