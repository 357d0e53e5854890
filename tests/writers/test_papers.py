"""The papers: what the headquarters and the residents hold in their hands."""

import io
import re
from dataclasses import replace

import pypdfium2
import pytest
from docx import Document
from tests.writers.sample_dataset import sample

from kaikaku.core.errors import RuleViolation
from kaikaku.writers import fonts
from kaikaku.writers.papers import headquarters_paper, summary_paper
from kaikaku.writers.papers.blocks import Heading, without_skips
from kaikaku.writers.pdf import pdf_bytes
from kaikaku.writers.word import word_bytes

PAPERS = [summary_paper, headquarters_paper]
IWATE_ROWS = [
    "18 15 83.3 3 16.7 0 0.0 0 0.0 0 0.0",
    "6 1 16.7 5 83.3 0 0.0 0 0.0 0 0.0",
    "9 3 33.3 4 44.5 0 0.0 2 22.2 0 0.0",
    "24 17 70.8 1 4.2 1 4.2 3 12.5 2 8.3",
    "57 36 63.2 13 22.8 1 1.7 5 8.8 2 3.5",
]


@pytest.fixture(autouse=True)
def _fonts() -> None:
    try:
        fonts.font_folder()
    except RuleViolation as missing:
        pytest.skip(str(missing))


def pdf_text(data: bytes) -> str:
    file = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in file)
    finally:
        file.close()


def word_text(data: bytes) -> str:
    file = Document(io.BytesIO(data))
    parts = [paragraph.text for paragraph in file.paragraphs]
    parts += [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join(parts)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("compose", PAPERS)
def test_the_summary_table_of_iwate_is_printed_to_the_digit(compose) -> None:
    text = squeezed(pdf_text(pdf_bytes(compose(sample()))))
    for row in IWATE_ROWS:
        total, *pairs = row.split()
        cells = "".join(f"{n}（{s}%）" for n, s in zip(pairs[::2], pairs[1::2], strict=True))
        assert total + cells in text


@pytest.mark.parametrize("compose", PAPERS)
def test_word_and_pdf_say_the_same_words(compose) -> None:
    paper = compose(sample())
    printed = squeezed(pdf_text(pdf_bytes(paper)))
    word = word_text(word_bytes(paper))
    missing = [line for line in word.splitlines() if line.strip() and squeezed(line) not in printed]
    # Word sets the government and the day in one line, the PDF at both ends of it
    assert set(missing) <= {f"{paper.organisation}　{paper.date_shown}"}


@pytest.mark.parametrize("compose", PAPERS)
def test_the_pdf_is_tagged_and_carries_its_font(compose) -> None:
    data = pdf_bytes(compose(sample()))
    assert b"/StructTreeRoot" in data
    assert b"/MarkInfo" in data
    assert b"/FontFile" in data


@pytest.mark.parametrize("compose", PAPERS)
def test_equal_datasets_print_equal_files(compose) -> None:
    assert pdf_bytes(compose(sample())) == pdf_bytes(compose(sample()))
    assert word_bytes(compose(sample())) == word_bytes(compose(sample()))


def test_a_character_the_font_lacks_is_printed_as_geta_and_not_as_nothing() -> None:
    paper = summary_paper(replace(sample(), summary=("𠮷野川流域の取組です。",)))
    assert "〓野川流域" in pdf_text(pdf_bytes(paper)) or "𠮷野川流域" in pdf_text(pdf_bytes(paper))


def test_text_that_looks_like_markup_is_printed_as_it_is() -> None:
    words = "#let x = 1 *太字* _斜体_ $式$ <b>&amp; \\ @ref"
    assert squeezed(words) in squeezed(
        pdf_text(pdf_bytes(summary_paper(replace(sample(), summary=(words,)))))
    )


def test_an_invented_government_is_marked_on_every_page() -> None:
    file = pypdfium2.PdfDocument(pdf_bytes(headquarters_paper(sample())))
    pages = [page.get_textpage().get_text_range() for page in file]
    file.close()
    assert all("見本" in page for page in pages)


def test_heading_levels_never_skip_one() -> None:
    blocks = without_skips([Heading("a", 1), Heading("b", 3), Heading("c", 4), Heading("d", 2)])
    assert [block.level for block in blocks if isinstance(block, Heading)] == [1, 2, 3, 2]


def test_the_headquarters_is_asked_about_every_weak_grade_and_every_projected_value() -> None:
    paper = headquarters_paper(sample())
    asked = next(b for b in paper.blocks if getattr(b, "caption", "") == "確認が必要な指標")
    names = {row[0].text.rstrip("＊") for row in asked.rows}
    expected = {
        indicator.name
        for indicator in sample().indicators
        for result in indicator.results[-1:]
        if result.status == "projected" or result.grade in ("C", "D", "測定不能")
    }
    assert expected <= names
