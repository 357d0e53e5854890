"""`export-workbook` and `import-workbook`: the same way as the pages, with exit statuses a script can use."""

from __future__ import annotations

from pathlib import Path

import pytest

from kaikaku.cli import main
from kaikaku.reporting.models import Round, Sheet, Upload
from tests.cast import Cast
from tests.reporting import conftest as year
from tests.reporting.workbooks import all_of, changed, put


@pytest.fixture
def round_(cast: Cast) -> Round:
    return year.make_round(cast, year.make_edition(cast))


@pytest.fixture
def sheet(round_: Round) -> Sheet:
    return round_.sheets.get()


@pytest.fixture
def form(round_: Round, tmp_path: Path) -> Path:
    """The workbook of the round, as the command makes it."""
    out = tmp_path / "様式.xlsx"
    assert main(["export-workbook", str(round_.pk), "--out", str(out)]) == 0
    return out


def first(sheet: Sheet) -> str:
    return sheet.figures.order_by("indicator__position")[0].text


def test_the_workbook_of_an_editions_open_round_is_found_by_the_edition(
    round_: Round, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a.xlsx"
    asked = [f"edition:{round_.edition_id}", "--section", "税務課", "--out", str(out)]
    assert main(["export-workbook", *asked]) == 0
    assert "1所属の様式を作りました" in capsys.readouterr().out
    assert out.read_bytes().startswith(b"PK")
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


@pytest.mark.parametrize(
    ("words", "said"),
    [(["999999"], "照会「999999」がありません"), (["版"], "照会「版」がありません")],
)
def test_a_round_that_is_not_there_is_told(
    db: None, tmp_path: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export-workbook", *words, "--out", str(tmp_path / "a.xlsx")]) == 1
    assert said in capsys.readouterr().err


def test_a_section_that_is_not_asked_is_told(
    round_: Round, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [str(round_.pk), "--section", "水産課", "--out", str(tmp_path / "a.xlsx")]
    assert main(["export-workbook", *asked]) == 1
    assert "「水産課」の調書はありません" in capsys.readouterr().err


def test_what_is_filled_in_goes_in(form: Path, sheet: Sheet, capsys: pytest.CaptureFixture[str]) -> None:
    form.write_bytes(changed(form.read_bytes(), put("実績値", 85.2)))
    assert main(["import-workbook", str(form), "--by", "takahashi"]) == 0
    assert "1所属の調書に、1か所を取り込みました" in capsys.readouterr().out
    assert first(sheet) == "85.2"


def test_a_clerk_brings_in_their_own_sheets(form: Path, sheet: Sheet) -> None:
    form.write_bytes(changed(form.read_bytes(), put("実績値", 85.2)))
    assert main(["import-workbook", str(form), "--by", "sato"]) == 0
    sheet.refresh_from_db()
    assert (first(sheet), sheet.changed_by.username) == ("85.2", "sato")


def test_a_dry_run_leaves_no_trace(form: Path, sheet: Sheet, capsys: pytest.CaptureFixture[str]) -> None:
    form.write_bytes(changed(form.read_bytes(), put("実績値", 85.2)))
    assert main(["import-workbook", str(form), "--by", "takahashi", "--dry-run"]) == 0
    assert "税務課：取り込めます（1か所）" in capsys.readouterr().out
    assert first(sheet) == ""
    assert not Upload.objects.exists()


def test_what_is_refused_is_told_by_its_cell_and_the_status_is_one(
    form: Path, sheet: Sheet, capsys: pytest.CaptureFixture[str]
) -> None:
    form.write_bytes(changed(form.read_bytes(), all_of(put("実績値", "—"), put("実績値", 2310, row=3))))
    assert main(["import-workbook", str(form), "--by", "takahashi"]) == 1
    told = capsys.readouterr().err
    assert "税務課：直すところがあります" in told
    assert "指標 N2「—」" in told
    assert first(sheet) == ""


def test_a_stranger_cannot_bring_it_in(form: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import-workbook", str(form), "--by", "nakamura"]) == 1
    assert "中村さんの団体の照会の様式ではありません" in capsys.readouterr().err


def test_somebody_without_a_sheet_is_told(form: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import-workbook", str(form), "--by", "kobayashi"]) == 1
    assert "どの調書の担当でもありません" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["import-workbook", "a.xlsx"], ["export-workbook", "1"]])
def test_a_command_without_what_it_needs_is_wrong_usage(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
