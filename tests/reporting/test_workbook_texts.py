"""Any text a person may type survives a cell: written by us, read by us, nothing lost and nothing added."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kaikaku.readers.machine_readability.from_excel import book_of_excel
from kaikaku.reporting.queries.workbooks import CHOICES
from kaikaku.reporting.workbooks.reading import read_workbook
from kaikaku.reporting.workbooks.values import figure_cell, said, same_figure
from kaikaku.writers.workbook import write_workbook
from kaikaku.writers.workbook_form import Block, RoundBook, Row

# what a browser can send: no control characters but tab and line feed, no halves of a pair
CHARACTERS = st.characters(
    exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufffe\uffff"
) | st.sampled_from("\n\t=+-@'\"<>&_　①㈱△▲−—０")
TEXTS = st.lists(st.text(CHARACTERS, max_size=60), min_size=1, max_size=6)


def there_and_back(texts: list[str]) -> list[str]:
    """The texts after a workbook has held them."""
    rows = tuple(
        Row(f"s{n}:done", {"name": "今年度に行ったこと", "text": said(text)}) for n, text in enumerate(texts)
    )
    block = Block("S1", 1, "税務課", texts=rows)
    book = RoundBook(
        "さくら県", "照会", "sakura/R1-00000000", 2023, date(2024, 5, 8), date(2024, 4, 1), (block,)
    )
    out = io.BytesIO()
    write_workbook(book, out)
    read = read_workbook(book_of_excel(out.getvalue(), name="a.xlsx"), years=(), choices=CHOICES)
    return [row.cells["text"].said for row in read.rows]


@settings(max_examples=60)
@given(TEXTS)
@example(["=1+1", "_x0041_", "_x000D_", "@cmd", "'0", "0012", "1/2", "１２", " x ", "a\r\nb"])
def test_a_text_comes_back_as_it_went_out(texts: list[str]) -> None:
    assert there_and_back(texts) == [said(text) for text in texts]


@given(
    st.decimals(min_value=-(10**12), max_value=10**12, places=4), st.sampled_from(["%", "件", "千円", "億円"])
)
def test_a_number_means_in_its_cell_what_it_meant_as_text(number: Decimal, unit: str) -> None:
    text = f"{number}{unit}"
    assert same_figure(said(figure_cell(text, unit)), text, unit=unit)


@given(st.text(max_size=30), st.sampled_from(["%", "件", "億円", ""]))
def test_any_text_says_the_same_as_itself_in_its_cell(text: str, unit: str) -> None:
    cell = said(figure_cell(text.strip(), unit))
    assert same_figure(cell, said(text), unit=unit)
