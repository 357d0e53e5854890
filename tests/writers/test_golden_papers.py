"""Golden files of the papers and the workbook: their words, block by block and cell by cell."""

from pathlib import Path

import openpyxl
import pytest
from docx import Document
from tests.writers.sample_dataset import sample
from tests.writers.test_golden import compare

from kaikaku.core.errors import RuleViolation
from kaikaku.writers import fonts
from kaikaku.writers.excel import write_excel
from kaikaku.writers.papers import Paper, headquarters_paper, summary_paper
from kaikaku.writers.pdf import block_data, write_pdf
from kaikaku.writers.word import write_word

PAPERS = {"summary": summary_paper, "headquarters": headquarters_paper}


def told(block: dict) -> str:
    """A block as one line: what it is, and its words."""
    if block["kind"] == "grid":
        head = " | ".join(column["title"] for column in block["columns"])
        rows = [" | ".join(cell["text"].replace("\n", "⏎") for cell in row) for row in block["rows"]]
        return "\n".join([f"表　{block['caption']}", head, *rows, block["note"]]).strip()
    if block["kind"] == "bullets":
        return "\n".join("　" * (item["depth"] - 1) + "・" + item["text"] for item in block["items"])
    if block["kind"] == "picture":
        return f"図　{block['alt']}"
    return f"{block['kind']} {block.get('level', '')}　{block['text']}"


def words(paper: Paper) -> str:
    return "\n".join(told(block_data(block)) for block in paper.blocks) + "\n"


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_says_what_it_said(name: str) -> None:
    compare(f"papers/{name}.txt", words(PAPERS[name](sample())).encode())


@pytest.mark.parametrize("name", PAPERS)
def test_a_word_file_has_the_headings_and_tables_it_had(name: str, tmp_path: Path) -> None:
    write_word(PAPERS[name](sample()), tmp_path / "paper.docx")
    file = Document(str(tmp_path / "paper.docx"))
    lines = [f"{p.style.name}　{p.text}" for p in file.paragraphs if p.text.strip()]
    lines += [" | ".join(c.text.replace("\n", "⏎") for c in row.cells) for t in file.tables for row in t.rows]
    compare(f"papers/{name}.docx.txt", ("\n".join(lines) + "\n").encode())


def test_the_workbook_has_the_cells_it_had(tmp_path: Path) -> None:
    write_excel(sample(), tmp_path / "book.xlsx")
    lines = []
    for sheet in openpyxl.load_workbook(tmp_path / "book.xlsx").worksheets:
        lines.append(f"# {sheet.title}")
        lines += [" | ".join("" if v is None else str(v) for v in row) for row in sheet.values]
    compare("papers/publication.xlsx.txt", ("\n".join(lines) + "\n").encode())


@pytest.mark.parametrize("name", PAPERS)
def test_a_pdf_keeps_the_rules_for_everyone_to_read_it(name: str, tmp_path: Path) -> None:
    """PDF/UA-1 (ISO 14289-1), as far as a checker without a reader's eyes can tell."""
    import pdfua

    try:
        fonts.font_folder()
    except RuleViolation as missing:
        pytest.skip(str(missing))
    write_pdf(PAPERS[name](sample()), tmp_path / "paper.pdf")
    assert list(pdfua.validate(str(tmp_path / "paper.pdf")).findings) == []
