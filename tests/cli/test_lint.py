"""`kaikaku lint`: findings and scores of spreadsheets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kaikaku.cli import main
from tests.readers.sheets import GOOD, csv, workbook


def file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_good_file_exits_0_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", str(file(tmp_path, "a.csv", csv()))]) == 0
    out = capsys.readouterr().out
    assert "■ a.csv（csv・UTF-8・BOMなし）" in out
    assert "直すところは見つかりませんでした。" in out
    assert "得点：レベル1 100点　レベル2 100点　レベル3 100点" in out


def test_findings_exit_1_and_tell_cell_and_how_to_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [("令和5年度の受診者",), *GOOD[:2], (*GOOD[2][:4], "350人", *GOOD[2][5:]), *GOOD[3:]]
    assert main(["lint", str(file(tmp_path, "a.xlsx", workbook(rows)))]) == 1
    out = capsys.readouterr().out
    assert "L2-01［致命的］数値は数値だけで入力し、単位や注の記号を混ぜない（2020年のルールの1-3）" in out
    assert "シート「データ」 E4「350人」　数値に単位・カンマ・記号などが混ざり、文字になっています。" in out
    assert "直し方：数値だけを入力し、単位や注は別の列に記載してください。" in out
    assert out.index("レベル1\n") < out.index("レベル2\n") < out.index("レベル3\n") < out.index("得点")


def test_what_a_person_must_look_at_costs_nothing_and_exits_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lint", str(file(tmp_path, "a.csv", csv().replace("盛岡市", "髙岡市")))]) == 0
    out = capsys.readouterr().out
    assert "確認が必要（減点しません）" in out
    assert "レベル1 100点" in out


def test_json_gives_scores_findings_and_a_verdict_on_every_rule(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file(tmp_path, "a.csv", csv().replace("350", '"1,350"'))
    assert main(["lint", str(path), "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["scores"] == {"1": 100, "2": 0, "3": 100}
    (finding,) = report["findings"]
    assert (finding["rule"], finding["severity"], finding["cells"]) == ("L2-01", "fatal", ["3行目5列目"])
    assert len(report["rules"]) == 30
    assert {rule["verdict"] for rule in report["rules"]} == {"kept", "broken", "undecided", "not_for"}


def test_several_files_give_a_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [file(tmp_path, "a.csv", csv()), file(tmp_path, "b.xlsx", workbook())]
    assert main(["lint", *map(str, paths), "--format", "json"]) == 0
    assert [report["file"] for report in json.loads(capsys.readouterr().out)] == ["a.csv", "b.xlsx"]


def test_a_file_that_cannot_be_checked_is_one_sentence_and_the_others_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    torn = file(tmp_path, "torn.xlsx", workbook()[:900])
    good = file(tmp_path, "a.csv", csv())
    assert main(["lint", str(torn), str(tmp_path / "none.csv"), str(good)]) == 1
    told = capsys.readouterr()
    assert [line.endswith("。") for line in told.err.splitlines()] == [True, True]
    assert "「none.csv」が見つかりません" in told.err
    assert "■ a.csv" in told.out


def test_no_file_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["lint"])
    assert left.value.code == 2
    assert capsys.readouterr().err
