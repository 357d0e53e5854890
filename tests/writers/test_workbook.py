"""The form in which sections answer: what a clerk may type into, and what our own rules say of it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from kaikaku.readers.machine_readability import check_bytes
from kaikaku.writers.workbook import write_workbook
from kaikaku.writers.workbook_form import COMPUTED, COMPUTED_COLUMNS, Block, RoundBook, Row

FIGURE = {
    "department": "税務課",
    "section": "第1 行政サービス",
    "unit": "件",
    "baseline_year": "2019（令和元）年度",
    "target_year": "2024（令和6）年度",
    "target": Decimal(240),
    **{f"past-{year}": Decimal(year - 1830) for year in range(2018, 2022)},
    "past-2022": Decimal("205"),
    "status": "確定",
}
TEXT = {"department": "税務課", "section": "第1 行政サービス", "need": "必須", "public": "公表する"}
BLOCK = Block(
    "S12",
    3,
    "税務課",
    figures=(
        Row("i00001", {**FIGURE, "name": "申請の件数", "text": Decimal(231)}),
        Row("i00002", {**FIGURE, "name": "相談の件数"}, shut="提出済みのため記入不要"),
        Row("i00003", {**FIGURE, "name": "処理の件数"}, computed=frozenset(COMPUTED_COLUMNS)),
    ),
    texts=(Row("s00001:done", {**TEXT, "name": "今年度に行ったこと", "text": "申請を1つにまとめた。"}),),
)
BOOK = RoundBook(
    organisation="さくら県",
    title="令和5年度の実績照会",
    round="sakura/R1-0f0f0f0f",
    fiscal_year=2023,
    due=date(2024, 5, 8),
    made_on=date(2024, 4, 15),
    blocks=(BLOCK,),
    years=(2018, 2019, 2020, 2021, 2022),
    choices={
        "status": (("projected", "見込み"), ("confirmed", "確定")),
        "reason": (("not_published_yet", "未公表"), ("other", "その他")),
        "public": (("yes", "公表する"), ("no", "公表しない")),
    },
)


def written(book: RoundBook = BOOK) -> bytes:
    out = io.BytesIO()
    write_workbook(book, out)
    return out.getvalue()


@pytest.fixture(scope="module")
def opened() -> Iterator[Any]:
    book = openpyxl.load_workbook(io.BytesIO(written()))
    yield book
    book.close()


def column(page: Any, title: str) -> str:
    return next(cell.column_letter for cell in page[1] if cell.value == title)


def test_equal_books_give_equal_bytes() -> None:
    assert written() == written()


def test_it_keeps_every_rule_that_a_form_can_keep() -> None:
    """L3-09 is broken on purpose: a clerk must see the earlier years beside the cell that is typed into."""
    report = check_bytes(written(), "様式.xlsx")
    assert [report.score(level) for level in (1, 2, 3)] == [100, 100, 90]
    assert {finding.rule.id for finding in report.broken} == {"L3-09"}


def test_nothing_is_merged_hidden_or_computed(opened: Any) -> None:
    for page in opened:
        assert not page.merged_cells.ranges
        assert page.sheet_state == "visible"
        assert not any(
            line.hidden for line in (*page.row_dimensions.values(), *page.column_dimensions.values())
        )
        assert all(cell.data_type != "f" for row in page for cell in row)


def test_only_what_is_to_be_typed_is_unlocked(opened: Any) -> None:
    page = opened["指標"]
    free = {page[f"{cell.column_letter}1"].value for cell in page[2] if not cell.protection.locked}
    assert free == {"実績値", "値の状態", "値がない理由", "理由の説明", "外的要因", "注意への理由"}
    assert all(cell.protection.locked for cell in page[3])
    assert page.protection.sheet
    assert page.protection.password is None


def test_a_computed_value_is_locked_and_the_rest_of_its_row_is_not(opened: Any) -> None:
    page = opened["指標"]
    assert page[f"{column(page, '記入')}4"].value == COMPUTED
    locked = [
        page[f"{column(page, title)}4"].protection.locked for title in ("実績値", "値がない理由", "値の状態")
    ]
    assert locked == [True, True, False]


def test_every_row_carries_its_codes_and_its_version(opened: Any) -> None:
    for name, rows in (("指標", ["i00001", "i00002", "i00003"]), ("記入内容", ["s00001:done"])):
        page = opened[name]
        codes = [
            [
                page[f"{column(page, title)}{row}"].value
                for title in ("照会キー", "調書キー", "調書の版", "行キー")
            ]
            for row in range(2, page.max_row + 1)
        ]
        assert codes == [["sakura/R1-0f0f0f0f", "S12", "v3", row] for row in rows]


def test_what_is_chosen_has_a_list(opened: Any) -> None:
    found = {
        name: {
            str(column_.sqref): column_.formula1
            for column_ in opened[name].data_validations.dataValidation
            if column_.type == "list"
        }
        for name in ("指標", "記入内容")
    }
    assert sorted(found["指標"].values()) == ['"未公表,その他"', '"見込み,確定"']
    assert list(found["記入内容"].values()) == ['"公表する,公表しない"']


def test_the_guide_says_whose_it_is_by_when_and_what_to_do(opened: Any) -> None:
    said = {row[0].value: row[1].value for row in opened["説明"].iter_rows(min_row=2)}
    assert (said["団体"], said["照会"]) == ("さくら県", "令和5年度の実績照会")
    assert said["提出期限"] == "令和6年5月8日（水）（2024-05-08）"
    assert "取り込んだだけでは提出されません" in said["手順3"]
    assert {"実績値", "行キー", "公表可否"} <= said.keys()


def test_the_codes_of_the_lists_are_in_the_book(opened: Any) -> None:
    rows = [[cell.value for cell in row] for row in opened["選択肢"].iter_rows(min_row=2)]
    assert ["値の状態", "見込み", "projected"] in rows


def test_the_past_stands_beside_the_cell_that_is_typed_into(opened: Any) -> None:
    page = opened["指標"]
    heads = [cell.value for cell in page[1]]
    assert heads[heads.index("実績値") - 1] == "2022（令和4）年度実績"
    assert page[f"{column(page, '2022（令和4）年度実績')}2"].value == 205


def test_a_round_without_figures_has_no_sheet_of_them() -> None:
    block = Block("S12", 1, "税務課", texts=BLOCK.texts)
    book = openpyxl.load_workbook(io.BytesIO(written(RoundBook(**{**_fields(), "blocks": (block,)}))))
    assert book.sheetnames == ["説明", "記入内容", "選択肢"]
    book.close()


def _fields() -> dict[str, Any]:
    names = ("organisation", "title", "round", "fiscal_year", "due", "made_on", "years", "choices")
    return {name: getattr(BOOK, name) for name in names}
