"""The check of a table on a page: findings with their cells, how to mend them, a list to take away."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kaikaku.sources.models import SourceDocument
from tests.cast import Cast
from tests.pages import Opened, Page
from tests.readers.sheets import GOOD, csv, workbook

LINT, TAKE = "/import/lint/", "/import/lint/findings/"
BAD = (("課名", "実績値"), ("税務課", "1,234円"), ("〃", 5), ("用地課", 7))
FINDING = "//li[starts-with(@id, 'finding-')]"
HIT = "//table[contains(@class, 'grid-picture')]//td[contains(@class, 'hit')]"


def sent(page: Page, data: bytes, name: str, *, status: int = 200, **more: str) -> Opened:
    return page.post(LINT, {"file": SimpleUploadedFile(name, data), **more}, status=status)


@pytest.fixture
def clerk(page: Page, cast: Cast) -> Page:
    page.sign_in(cast.sato)
    return page


def test_a_clerk_finds_the_check_in_the_menu(clerk: Page) -> None:
    assert clerk.get("/").find(f"//header//a[@href='{LINT}']")


def test_each_finding_names_its_cell_and_how_to_mend_it(clerk: Page) -> None:
    shown = sent(clerk, workbook(BAD), "様式.xlsx")
    [finding] = [text for text in shown.texts(FINDING) if "L2-02" in text]
    assert all(words in finding for words in ("A3", "〃", "直し方", "2020年のルールの1-6"))


def test_the_cells_are_marked_in_the_picture_of_the_sheet(clerk: Page) -> None:
    marked = sent(clerk, workbook(BAD), "様式.xlsx").texts(HIT)
    assert [text.split()[0] for text in marked] == ["1,234円", "〃"]


def test_levels_carry_their_scores(clerk: Page) -> None:
    shown = sent(clerk, csv().encode("utf-8-sig"), "良い表.csv")
    assert shown.texts("(//table)[1]/tbody/tr/td[1]")[:2] == ["100点", "100点"]


def test_a_file_with_nothing_to_mend_is_told_so(clerk: Page) -> None:
    assert sent(clerk, b'{"a": 1}', "データ.json").says("直すところは見つかりませんでした")


def test_nothing_is_kept_unless_the_person_says_so(page: Page, cast: Cast) -> None:
    page.sign_in(cast.takahashi)
    sent(page, workbook(GOOD), "良い表.xlsx")
    assert not SourceDocument.objects.exists()
    sent(page, workbook(GOOD), "良い表.xlsx", keep="on")
    assert [kept.file_name for kept in SourceDocument.objects.all()] == ["良い表.xlsx"]


def test_what_cannot_be_kept_is_checked_all_the_same(page: Page, cast: Cast) -> None:
    page.sign_in(cast.takahashi)
    shown = sent(page, b"<a><b>1</b></a>", "データ.xml", keep="on")
    assert shown.h1 == "点検の結果"


def test_a_clerk_is_not_asked_whether_to_keep(clerk: Page) -> None:
    assert not clerk.get(LINT).find("//input[@name='keep']")
    sent(clerk, workbook(GOOD), "良い表.xlsx", keep="on")
    assert not SourceDocument.objects.exists()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "空.csv", "空"),
        (b"PK\x03\x04broken", "壊れた.xlsx", "壊れている"),
        (b"%PDF-1.7", "報告.pdf", "扱えない種類"),
        (b"{", "誤り.json", "JSONとして読み取れません"),
    ],
)
def test_a_file_that_cannot_be_checked_is_refused_with_a_sentence(
    data: bytes, name: str, words: str, clerk: Page
) -> None:
    [error] = sent(clerk, data, name, status=400).errors
    assert words in error


def take(page: Page, shown: Opened, kind: str) -> bytes:
    [field] = shown.find("//input[@name='findings']")
    answer: Any = page.client.post(TAKE, {"findings": field.get("value"), "format": kind})
    assert answer.status_code == 200
    return bytes(answer.content)


def test_the_findings_can_be_taken_away_as_csv(clerk: Page) -> None:
    taken = take(clerk, sent(clerk, workbook(BAD), "様式.xlsx"), "csv")
    assert taken.startswith(b"\xef\xbb\xbf")
    lines = taken.decode("utf-8-sig").splitlines()
    assert any(",L2-02," in line and ",A3," in line for line in lines)


def test_the_workbook_of_findings_keeps_the_rules_itself(clerk: Page) -> None:
    taken = take(clerk, sent(clerk, workbook(BAD), "様式.xlsx"), "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(taken)).active
    assert [cell.value for cell in sheet[1]][:3] == ["番号", "ルール", "レベル"]
    checked = sent(clerk, taken, "結果.xlsx")
    assert checked.texts(f"{FINDING}[not(contains(@class, 'finding-look'))]") == []


def test_a_list_that_the_page_did_not_make_is_refused(clerk: Page) -> None:
    assert clerk.post(TAKE, {"findings": "made up"}, status=400).says("もう一度点検してください")
