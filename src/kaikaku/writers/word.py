"""A paper as a Word file: real headings, real lists, table heads that repeat; the words are the PDF's."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kaikaku.writers.papers.blocks import Bullets, Grid, Heading, Paper, Paragraph, Picture
from kaikaku.writers.word_table import rows_of

if TYPE_CHECKING:
    from datetime import datetime

FONT = "BIZ UDPゴシック"
TEXT_WIDTH_MM = 172


def write_word(paper: Paper, out: Path) -> None:
    """Write `paper` to `out`; the same paper gives the same bytes."""
    out.write_bytes(word_bytes(paper))


def word_bytes(paper: Paper) -> bytes:
    from docx import Document

    file = Document()
    set_up_page(file, paper)
    set_up_styles(file)
    title_block(file, paper)
    for block in paper.blocks:
        if isinstance(block, Heading):
            heading = file.add_heading(block.text, level=block.level)
            heading.paragraph_format.page_break_before = block.new_page
        elif isinstance(block, Paragraph):
            add_paragraph(file, block)
        elif isinstance(block, Bullets):
            for bullet in block.items:
                file.add_paragraph(bullet.text, style="List Bullet" if bullet.depth <= 1 else "List Bullet 2")
        elif isinstance(block, Grid):
            add_grid(file, block)
        elif isinstance(block, Picture):
            # the table after each chart says the same, and Word shows no SVG without a picture beside it
            continue
    return packed(file)


def packed(file: Any) -> bytes:
    """The file's bytes with every date in it fixed, so that equal papers are equal files."""
    import zipfile

    raw, out = io.BytesIO(), io.BytesIO()
    file.save(raw)
    with zipfile.ZipFile(raw) as found, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in sorted(found.namelist()):
            fixed.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), found.read(name), zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


def set_up_page(file: Any, paper: Paper) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(19)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = paper.running + ("　見本（架空の団体です）" if paper.sample else "")
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for instruction, between in (("PAGE", " / "), ("NUMPAGES", "")):
            add_field(line, instruction)
            line.add_run(between)
    properties = file.core_properties
    properties.title, properties.author = f"{paper.title}　{paper.kind}", paper.organisation
    properties.language, properties.comments = "ja-JP", ""
    properties.created = properties.modified = epoch()


def epoch() -> datetime:
    """A fixed time: the paper's own date is printed in it, and a clock would make equal papers differ."""
    from datetime import UTC, datetime

    return datetime(2000, 1, 1, tzinfo=UTC)


def add_field(paragraph: Any, instruction: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)


def set_up_styles(file: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    sizes = {"Normal": 10, "Heading 1": 14, "Heading 2": 12, "Heading 3": 10.5, "Heading 4": 10, "Title": 18}
    for name, size in sizes.items():
        style = file.styles[name]
        style.font.size, style.font.name = Pt(size), FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("ascii", "hAnsi", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FONT)
        if name.startswith("Heading"):
            style.font.color.rgb = RGBColor.from_string("0017C1" if name == "Heading 3" else "1A1A1A")
            style.paragraph_format.keep_with_next = True
    language = OxmlElement("w:lang")
    language.set(qn("w:eastAsia"), "ja-JP")
    language.set(qn("w:val"), "ja-JP")
    file.styles["Normal"].element.get_or_add_rPr().append(language)


def title_block(file: Any, paper: Paper) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    line = file.add_paragraph(f"{paper.organisation}　{paper.date_shown}")
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    file.add_paragraph(paper.title, style="Title")
    kind = file.add_paragraph()
    kind.add_run(paper.kind).bold = True
    if paper.sample:
        kind.add_run("　見本（架空の団体です）").bold = True


def add_paragraph(file: Any, block: Paragraph) -> None:
    from docx.shared import Pt, RGBColor

    run = file.add_paragraph().add_run(block.text)
    if block.style == "lead":
        run.bold, run.font.size = True, Pt(11)
    elif block.style == "note":
        run.font.size, run.font.color.rgb = Pt(8.5), RGBColor.from_string("595959")


def add_grid(file: Any, grid: Grid) -> None:
    from docx.shared import Pt

    if grid.caption:
        caption = file.add_paragraph()
        caption.add_run(grid.caption).bold = True
        caption.paragraph_format.keep_with_next = True
        caption.paragraph_format.space_after = Pt(3)
    table = file.add_table(rows=0, cols=len(grid.columns), style="Table Grid")
    table.autofit = False
    table._tbl.extend(rows_of(grid, width_mm=TEXT_WIDTH_MM))
    after = file.add_paragraph()
    after.paragraph_format.space_after = Pt(4)
    if grid.note:
        after.add_run(grid.note).font.size = Pt(8.5)
