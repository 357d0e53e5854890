"""みほん県 lives the year through Excel: handed out, filled in with LibreOffice, read back cell by cell.

The office sends every section its rows in one workbook and takes in what comes back; LibreOffice really
opens, changes and saves each file. The scenes are one life, as in the other year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from kaikaku.cli.demo import mihon
from kaikaku.cli.demo.replies import figures_of_last_year, reply_of
from kaikaku.core.workflow import State
from kaikaku.plans.words import REASONS
from kaikaku.reporting.models import Sheet
from kaikaku.reporting.words import FIELDS, STATUSES
from tests.browser.conftest import Office as Place
from tests.browser.libreoffice import SOFFICE, Typed, work_in
from tests.browser.life import (
    EDITION,
    PAID,
    ROUND,
    SHEET,
    UNPAID,
    Life,
    begin,
    the_other_sections_report,
    told_in_order,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(SOFFICE is None, reason="この環境に LibreOffice がないため、Excelの一年を省きます。"),
]

SLIP, MEANT = "3.03億円", "30.3億円"
UNSURE, CONTRACTS = "—", "電子契約の利用率"
FIGURES, TEXTS = "指標", "記入内容"
KEYS = {asked.label: asked.key for asked in FIELDS["annual"]}


@pytest.fixture(scope="module")
def life(office: Place) -> Life:
    return begin(office)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where files lie that are worked in."""
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(autouse=True)
def _in_order(life: Life, request: pytest.FixtureRequest) -> Iterator[None]:
    yield from told_in_order(life, request)


class Workbook:
    """A workbook by its headers, to find the cells in which something is typed."""

    def __init__(self, path: Path) -> None:
        self._book = openpyxl.load_workbook(path)

    def rows(self, page: str) -> list[tuple[int, dict[str, str]]]:
        sheet = self._book[page]
        heads = [str(cell.value) for cell in sheet[1]]
        values = sheet.iter_rows(min_row=2, values_only=True)
        return [
            (number, dict(zip(heads, (str(v or "") for v in row), strict=True)))
            for number, row in enumerate(values, 2)
        ]

    def cell(self, page: str, row: int, header: str, text: str) -> Typed:
        heads = [str(cell.value) for cell in self._book[page][1]]
        return Typed(page, heads.index(header) + 1, row, text)

    def figure(self, indicator: str, header: str, text: str) -> Typed:
        [row] = [number for number, row in self.rows(FIGURES) if row["指標"] == indicator]
        return self.cell(FIGURES, row, header, text)


def all_that_is_typed(path: Path, instead: Mapping[str, str]) -> Iterator[Typed]:
    """What all sections type into the office's workbook; `instead` are the values that go wrong."""
    book, figures = Workbook(path), figures_of_last_year()
    for number, row in book.rows(FIGURES):
        said = figures[row["指標"]]
        value = instead.get(row["指標"], said.text)
        if value:
            yield book.cell(FIGURES, number, "実績値", value)
        else:
            yield book.cell(FIGURES, number, "値がない理由", REASONS[said.reason])
        if said.status != "confirmed":
            yield book.cell(FIGURES, number, "値の状態", STATUSES[said.status])
    for number, row in book.rows(TEXTS):
        told = reply_of(row["所属"], "r7").of(row["取組"])
        text = told.get(KEYS[row["記入欄"]], "")
        if text:
            yield book.cell(TEXTS, number, "今回の記入内容", text)


def sheet_of(section: str) -> Sheet:
    return Sheet.objects.get(department__name=section)


# --- out ------------------------------------------------------------------------------------------------


def test_the_office_hands_out_one_workbook_for_all_sections(life: Life, desk: Path) -> None:
    life.office.prepares_the_round(EDITION, "年度の実績照会", "令和7年度")
    life.office.sends_the_round_out(ROUND, "Excelで記入し、事務局に返してください。")
    life.kept["round"] = life.office.tab.url
    path = life.office.takes_the_workbook("Excelでまとめて記入する", desk)
    rows = Workbook(path).rows(FIGURES)
    assert len(rows) == 57
    assert {row["所属"] for _, row in rows} == set(mihon.OWNERS)
    life.kept["handed out"] = str(path)


def test_the_sections_fill_it_in_with_libreoffice(life: Life, desk: Path) -> None:
    path = Path(life.kept["handed out"])
    typed = all_that_is_typed(path, {UNPAID: SLIP, CONTRACTS: UNSURE})
    life.kept["filled in"] = str(work_in(path, typed, folder=desk))


# --- and in ---------------------------------------------------------------------------------------------


def test_the_office_sees_what_would_change_and_what_cannot(life: Life) -> None:
    life.office.brings_back(Path(life.kept["filled in"]))
    life.office.sees_heading("取り込む内容を確かめる")
    expect(life.office.row("会計課")).to_contain_text("直すところがあります")
    assert life.office.page.get_by_role("checkbox", checked=True).count() == 20


def test_each_cell_is_shown_with_what_stands_and_what_is_odd(life: Life) -> None:
    review = life.office.tab.url
    life.office.follows("会計課")
    refused = life.office.row(CONTRACTS)
    expect(refused).to_contain_text("取り込めません")
    expect(refused).to_contain_text("0なのか値がないのか区別できません")
    life.office.opens(review)
    life.office.follows("税務課")
    slip = life.office.page.get_by_role("row").filter(has_text=SLIP)
    expect(slip).to_contain_text("（空欄）")
    expect(slip).to_contain_text("約9.7分の1")
    life.office.opens(review)


def test_what_is_whole_goes_in_and_the_rest_not_by_half(life: Life) -> None:
    life.office.presses("選んだ所属の調書に取り込む")
    assert sheet_of("税務課").figures.get(indicator__name=UNPAID).text == SLIP
    assert sheet_of("会計課").state == State.REQUESTED
    assert not sheet_of("会計課").figures.exclude(text="").exists()


def test_the_mended_workbook_goes_in_and_changes_nothing_else(life: Life, desk: Path) -> None:
    filled = Path(life.kept["filled in"])
    mended = Workbook(filled).figure(CONTRACTS, "実績値", "51.6")
    again = work_in(filled, [mended], folder=desk)
    life.office.opens(life.kept["round"])
    life.office.follows("Excelでまとめて記入する")
    life.office.brings_back(again)
    assert life.office.page.get_by_role("checkbox", checked=True).count() == 1
    life.office.presses("選んだ所属の調書に取り込む")
    assert sheet_of("会計課").figures.get(indicator__name=CONTRACTS).text == "51.6"
    assert not Sheet.objects.exclude(state=State.DRAFT).exists()


def test_the_same_workbook_once_more_is_recognised(life: Life, desk: Path) -> None:
    life.office.opens(life.kept["round"])
    life.office.follows("Excelでまとめて記入する")
    life.office.brings_back(next(desk.glob("記入済み_記入済み_*.xlsx")))
    life.office.sees("変わりません 21所属")
    assert life.office.page.get_by_role("checkbox").count() == 0


# --- the section's own ----------------------------------------------------------------------------------


def test_the_clerk_sees_what_the_office_wrote_and_mends_it_in_excel(life: Life, desk: Path) -> None:
    life.clerk.opens_what_waits(SHEET)
    life.clerk.sees("約9.7分の1")
    path = life.clerk.takes_the_workbook("Excelで記入する", desk)
    mended = Workbook(path).figure(UNPAID, "実績値", MEANT)
    life.clerk.brings_back(work_in(path, [mended], folder=desk))
    changed = life.clerk.row(UNPAID)
    expect(changed.get_by_role("cell").nth(1)).to_contain_text(SLIP)
    expect(changed.get_by_role("cell").nth(2)).to_have_text(MEANT)
    life.clerk.presses("調書に取り込む")
    life.clerk.sees("1か所を取り込みました。まだ提出されていません")


def test_the_clerk_submits_and_the_chief_confirms(life: Life) -> None:
    life.clerk.opens_what_waits(SHEET)
    life.clerk.follows("記入する")
    life.clerk.goes_on_to_submit()
    life.clerk.submits()
    life.clerk.sees("提出済み")
    life.chief.opens_approvals()
    expect(life.chief.card("税務課")).to_contain_text("30.3億円")
    life.chief.approves_all()
    assert sheet_of("税務課").state == State.CHIEF_CONFIRMED


# --- and on as ever -------------------------------------------------------------------------------------


def test_all_is_bundled_and_accepted(life: Life) -> None:
    the_other_sections_report(but="税務課", fill=False)
    life.director.opens_approvals()
    life.director.approves_all()
    life.office.opens_approvals()
    life.office.approves_all()
    life.office.opens_the_edition(EDITION)
    expect(life.office.row(UNPAID)).to_contain_text("30.3億円")
    expect(life.office.row(PAID)).to_contain_text("98.99")
    assert not Sheet.objects.exclude(state=State.ACCEPTED).exists()


def test_what_came_by_excel_is_published(life: Life) -> None:
    life.office.publishes(EDITION)
    site = life.office.page.get_by_role("link", name="公開サイトを見る").get_attribute("href") or ""
    life.reader.opens(site)
    life.reader.follows("指標の一覧")
    life.reader.follows(CONTRACTS)
    life.reader.sees("51.6%")
    assert not Sheet.objects.exclude(state=State.PUBLISHED).exists()


def test_the_history_says_who_wrote_for_whom(life: Life) -> None:
    life.office.opens(f"/reports/sheets/{sheet_of('税務課').pk}/")
    life.office.sees(re.compile("森 事務局.*事務局代理入力：Excelの取込み（記入済み", re.DOTALL))
