"""Files that LibreOffice has really opened and saved: nothing is lost on the way, and nothing is invented."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from kaikaku.readers.machine_readability.from_excel import book_of_excel
from kaikaku.reporting import services
from kaikaku.reporting.entries import FigureEntry, PartEntry, SheetEntry
from kaikaku.reporting.models import Round, Sheet
from tests.cast import Cast
from tests.reporting.conftest import fill
from tests.reporting.workbooks import all_of, bring_in, changed, made, put, review, take_in, told

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        SOFFICE is None, reason="この環境に LibreOffice がないため、保存し直す確認を省きます。"
    ),
]


def saved(data: bytes, folder: Path, *kinds: str) -> bytes:
    """The workbook after LibreOffice has opened and saved it, as each of these kinds in turn."""
    assert SOFFICE is not None
    path = folder / "form.xlsx"
    path.write_bytes(data)
    for number, kind in enumerate(kinds):
        out = folder / str(number)
        profile = f"-env:UserInstallation=file://{folder / 'profile'}"
        command = [SOFFICE, profile, "--headless", "--convert-to", kind, "--outdir", str(out), str(path)]
        subprocess.run(command, check=True, capture_output=True)
        path = out / f"form.{kind}"
    return path.read_bytes()


@pytest.fixture
def filled(cast: Cast, sheet: Sheet) -> Sheet:
    """A sheet with every kind of contents."""
    saved = fill(sheet, cast, f1="約600人", f5="△10回")
    rows = list(saved.figures.order_by("indicator__position"))
    note = SheetEntry(
        figures={
            rows[3].pk: FigureEntry(reason="other", reason_note="集計の方法を\n見直しています。"),
            rows[4].pk: FigureEntry("90.1%", status="preliminary", external_factor="台風 8月"),
        },
        parts={saved.parts.all()[0].pk: PartEntry({"done": "1行目\n2行目　全角の空白\n=A1+1"})},
    )
    return services.save_sheet(sheet=saved, entry=note, version=saved.version, by=cast.sato)


WAYS = pytest.mark.parametrize("kinds", [("xlsx",), ("ods", "xlsx")], ids=["xlsx", "ods and back"])


@WAYS
def test_saved_by_libreoffice_an_untouched_workbook_changes_nothing(
    cast: Cast, filled: Sheet, tmp_path: Path, kinds: tuple[str, ...]
) -> None:
    data = saved(made(filled.round, cast.sato, [filled]), tmp_path, *kinds)
    upload = bring_in(filled, data, cast.sato)
    assert (review(upload)[1].cells, told(upload)) == ((), "")


@WAYS
def test_what_was_typed_before_libreoffice_saved_it_goes_in(
    cast: Cast, filled: Sheet, tmp_path: Path, kinds: tuple[str, ...]
) -> None:
    edit = all_of(
        put("実績値", 85.3),
        put("実績値", "２，３１０", row=3),
        put("実績値", "=9240000000+1", row=4),
        put("注意への理由", "数え直した", row=3),
        put("今回の記入内容", "オンライン化を\n12手続で始めた。", page="記入内容"),
    )
    data = saved(changed(made(filled.round, cast.sato, [filled]), edit), tmp_path, *kinds)
    upload = bring_in(filled, data, cast.sato)
    assert "数式が入っています。計算結果の「9240000001」を取り込みます" in {
        cell.note.removesuffix("。") for cell in review(upload)[1].cells
    }
    take_in(upload, cast.sato)
    texts = list(filled.figures.order_by("indicator__position").values_list("text", flat=True))
    assert texts[:3] == ["85.3", "２，３１０", "9240000001"]
    assert filled.parts.all()[0].texts["done"] == "オンライン化を\n12手続で始めた。"


def test_the_protection_and_the_lists_survive_libreoffice(
    cast: Cast, round_: Round, sheet: Sheet, tmp_path: Path
) -> None:
    import openpyxl

    path = tmp_path / "again.xlsx"
    path.write_bytes(saved(made(round_, cast.takahashi), tmp_path, "xlsx"))
    book = openpyxl.load_workbook(path)
    page = book["指標"]
    heads = {cell.value: cell.column_letter for cell in page[1]}
    assert page.protection.sheet
    assert (page[f"{heads['単位']}2"].protection.locked, page[f"{heads['実績値']}2"].protection.locked) == (
        True,
        False,
    )
    lists = [rule for rule in page.data_validations.dataValidation if rule.type == "list"]
    assert len(lists) == 2
    book.close()


def test_a_cell_that_libreoffice_took_for_a_date_is_told(cast: Cast, sheet: Sheet, tmp_path: Path) -> None:
    from datetime import date

    data = changed(made(sheet.round, cast.sato, [sheet]), put("実績値", date(2026, 3, 4)))
    upload = bring_in(sheet, saved(data, tmp_path, "ods", "xlsx"), cast.sato)
    assert "日付（2026" in told(upload)


def test_a_saved_workbook_still_says_whose_it_is(
    cast: Cast, round_: Round, sheet: Sheet, tmp_path: Path
) -> None:
    book = book_of_excel(saved(made(round_, cast.takahashi), tmp_path, "xlsx"), name="a.xlsx")
    assert [page.name for page in book.sheets] == ["説明", "指標", "記入内容", "選択肢"]
