"""A clerk and the office take a round through Excel in a browser, on a wide screen and on a narrow one."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from kaikaku.reporting.models import Sheet
from tests.browser.chromium import found_by_axe, overflow, tab_to
from tests.browser.conftest import Office
from tests.reporting.conftest import fill, make_edition, make_round
from tests.reporting.workbooks import Edit, all_of, changed, put

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WIDTHS = pytest.mark.parametrize("width", [1280, 360])


@pytest.fixture(scope="module")
def sheet(office: Office) -> Sheet:
    """税務課's sheet, filled in."""
    round_ = make_round(office.cast, make_edition(office.cast))
    return fill(round_.sheets.get(), office.cast)


def handed_out(tab: Tab, folder: Path) -> Path:
    """Press for the workbook and keep what comes."""
    with tab.expect_download() as coming:
        tab.get_by_role("link", name="様式（Excel）を受け取る").click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def bring_back(tab: Tab, path: Path, edit: Edit) -> None:
    """Work in the file, choose it, and press for what would change."""
    path.write_bytes(changed(path.read_bytes(), edit))
    tab.get_by_label("記入したExcelブック").set_input_files(path)
    tab.get_by_role("button", name="変わるところを確かめる").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("取り込む内容を確かめる")


def first_value(sheet: Sheet) -> str:
    return sheet.figures.order_by("indicator__position")[0].text


@WIDTHS
def test_a_clerk_takes_the_sheet_through_excel(
    office: Office, sheet: Sheet, tmp_path: Path, width: int
) -> None:
    value = f"85.{width % 7}"
    tab = office.open(f"/reports/sheets/{sheet.pk}/", as_=office.cast.sato, width=width)
    tab.get_by_role("link", name="Excelで記入する").click()
    path = handed_out(tab, tmp_path)
    bring_back(tab, path, all_of(put("実績値", float(value)), put("単位", "人")))
    expect(tab.locator("main")).to_contain_text("「%」から「人」に変わっています。変更は取り込みません")
    assert found_by_axe(tab) == []
    assert overflow(tab) == 0
    tab.get_by_role("button", name="調書に取り込む").click()
    expect(tab.locator("main")).to_contain_text("1か所を取り込みました。まだ提出されていません")
    assert first_value(sheet) == value


@WIDTHS
def test_what_is_refused_is_shown_beside_its_cell(
    office: Office, sheet: Sheet, tmp_path: Path, width: int
) -> None:
    before = first_value(sheet)
    tab = office.open(f"/reports/sheets/{sheet.pk}/workbook/", as_=office.cast.sato, width=width)
    bring_back(tab, handed_out(tab, tmp_path), put("実績値", "—"))
    row = tab.get_by_role("row").filter(has_text="取り込めません")
    expect(row).to_contain_text("0なのか値がないのか区別できません")
    expect(tab.get_by_role("button", name="調書に取り込む")).to_have_count(0)
    assert found_by_axe(tab) == []
    assert overflow(tab) == 0
    assert first_value(sheet) == before


@WIDTHS
def test_where_two_changed_a_cell_the_clerk_chooses_by_keyboard(
    office: Office, sheet: Sheet, tmp_path: Path, width: int
) -> None:
    value = f"84.{width % 7}"
    tab = office.open(f"/reports/sheets/{sheet.pk}/workbook/", as_=office.cast.sato, width=width)
    path = handed_out(tab, tmp_path)
    sheet.refresh_from_db()
    fill(sheet, office.cast, f0=f"86.{width % 7}%")
    bring_back(tab, path, put("実績値", float(value)))
    assert found_by_axe(tab) == []
    tab_to(tab, tab.get_by_label("今の内容を残す"))
    tab.keyboard.press("ArrowDown")
    assert tab.get_by_label("Excelの内容にする").is_checked()
    tab.get_by_role("button", name="調書に取り込む").click()
    expect(tab.locator("main")).to_contain_text("取り込みました")
    assert first_value(sheet) == value


@WIDTHS
def test_the_office_takes_in_what_it_ticks(office: Office, sheet: Sheet, tmp_path: Path, width: int) -> None:
    value = f"83.{width % 7}"
    tab = office.open(f"/reports/rounds/{sheet.round_id}/", as_=office.cast.takahashi, width=width)
    tab.get_by_role("link", name="Excelでまとめて記入する").click()
    bring_back(tab, handed_out(tab, tmp_path), put("実績値", float(value)))
    assert found_by_axe(tab) == []
    assert overflow(tab) == 0
    expect(tab.get_by_role("checkbox", name="税務課")).to_be_checked()
    tab.get_by_role("button", name="選んだ所属の調書に取り込む").click()
    expect(tab.locator("main")).to_contain_text("税務課の調書に、1か所を取り込みました")
    assert first_value(sheet) == value
