"""Pages printed from the browser: what is to be read is there, what is to be clicked is not."""

from __future__ import annotations

import pypdfium2
import pytest

from tests.browser import plan
from tests.browser.conftest import Office
from tests.browser.story import RESCUERS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CLICKED = (
    "本文へ移動",
    "メニュー",
    "ログアウト",
    "この版を直す",
    "この指標を直す",
    "表示する",
    "この画面を印刷する",
    "組織と利用者",
)


@pytest.fixture(scope="module")
def made(office: Office) -> plan.Made:
    return plan.make(office.cast)


def printed(office: Office, path: str) -> list[str]:
    """The text of each A4 page that the browser prints."""
    paper = pypdfium2.PdfDocument(office.open(path, as_=office.cast.takahashi).pdf(format="A4"))
    try:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in paper]
    finally:
        paper.close()


@pytest.mark.parametrize("of", ["edition", "edition whole", "indicator"])
def test_a_printed_page_has_no_navigation(office: Office, made: plan.Made, of: str) -> None:
    paths = {
        "edition": made.edition_path,
        "edition whole": f"{made.edition_path}?print=1",
        "indicator": made.indicator_path,
    }
    text = "".join(printed(office, paths[of]))
    assert RESCUERS in text
    assert "78.6" in text
    assert [words for words in CLICKED if words in text] == []


def test_the_edition_printed_whole_has_its_items(office: Office, made: plan.Made) -> None:
    text = "".join(printed(office, f"{made.edition_path}?print=1"))
    assert "NPOへの委託により環境教室(160回)" in text


def test_the_edition_is_printed_on_few_pages_and_none_is_empty(office: Office, made: plan.Made) -> None:
    pages = printed(office, made.edition_path)
    assert len(pages) <= 4
    assert all(len(page) > 40 for page in pages)
