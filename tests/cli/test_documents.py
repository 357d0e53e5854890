"""`kaikaku read | rate | report`, on the digests that the package carries."""

import json
from pathlib import Path

import pytest

import kaikaku
from kaikaku.cli import main
from kaikaku.writers.dataset import EditionDataset

SAMPLES = Path(kaikaku.__file__).parent / "samples"
YAMAGATA, IWATE = SAMPLES / "yamagata_r4.txt", SAMPLES / "iwate_r2.txt"


def told(capsys, *words: object) -> str:
    assert main([str(word) for word in words]) == 0
    return str(capsys.readouterr().out)


def test_one_file_is_read_to_one_outline(capsys) -> None:
    outline = json.loads(told(capsys, "read", YAMAGATA))
    assert (outline["organisation"], outline["fiscal_year"]) == ("山形県", 2022)
    assert set(outline) == {
        "title", "organisation", "fiscal_year", "period", "sections", "indicators", "tables", "footnotes",
        "warnings",
    }  # fmt: skip


def test_several_files_are_read_to_a_list(capsys) -> None:
    outlines = json.loads(told(capsys, "read", YAMAGATA, IWATE))
    assert [outline["organisation"] for outline in outlines] == ["山形県", "岩手県"]


def test_a_file_that_cannot_be_read_does_not_lose_the_others(capsys, tmp_path: Path) -> None:
    torn = tmp_path / "torn.pdf"
    torn.write_bytes(b"%PDF-1.7 torn")
    assert main(["read", str(torn), str(IWATE)]) == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out)[0]["organisation"] == "岩手県"
    assert "torn.pdf" in printed.err


def test_the_tree_is_for_people(capsys) -> None:
    tree = told(capsys, "read", "--format", "tree", YAMAGATA)
    assert "防災士の認証登録者数：1,619人 (R1) → 2,400人 → 2,233人" in tree


@pytest.mark.parametrize(
    ("name", "rate", "grade"),
    [
        ("オンラインで利用できる県独自の行政手続の割合", "71.1", "C"),
        ("防災士の認証登録者数", "78.6", "C"),
        ("事務事業の見直し・改善(経費削減額)", "63.0", "C"),
        ("事務事業の見直し・改善(削減事務量)", "91.3", "B"),
        ("男性職員の育休休業取得率(知事部局)", "83.6", "B"),
        ("Web会議の年間開催回数", "488.2", "A"),
        ("AI会議録作成支援システム活用数", "293.8", "A"),
    ],
)
def test_yamagata_is_rated_from_its_baselines(capsys, name: str, rate: str, grade: str) -> None:
    rated = json.loads(told(capsys, "rate", YAMAGATA, "--format", "json"))["indicators"]
    found = next(one for one in rated if one["name"] == name)
    assert (found["rate_shown"], found["grade"]) == (rate, grade)


def test_another_formula_gives_another_grade(capsys) -> None:
    rated = json.loads(told(capsys, "rate", YAMAGATA, "--formula", "ratio", "--format", "json"))["indicators"]
    found = next(one for one in rated if one["name"].startswith("防災士"))
    assert (found["rate_shown"], found["grade"]) == ("93.0", "B")


def test_the_working_can_be_redone_by_hand(capsys) -> None:
    assert "(71.5 − 1.5) ÷ (100 − 1.5) × 100 = 71.1%" in told(capsys, "rate", YAMAGATA)


def test_a_scheme_of_ones_own_is_a_file(capsys, tmp_path: Path) -> None:
    bands = [{"code": "○", "label": "よい", "lower": "50"}, {"code": "×", "label": "わるい", "lower": None}]
    file = tmp_path / "own.json"
    file.write_text(json.dumps({"id": "own", "name": "独自", "bands": bands}), encoding="utf-8")
    rated = json.loads(told(capsys, "rate", YAMAGATA, "--scheme", file, "--format", "json"))["indicators"]
    assert {one["grade"] for one in rated} == {"○"}


def test_a_document_without_indicators_is_told_so(capsys) -> None:
    assert main(["rate", str(SAMPLES / "miyagi_r8.txt")]) == 1
    assert "指標の表が見つかりません" in capsys.readouterr().err


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_every_sample_is_reported_without_a_database(sample: Path, tmp_path: Path, capsys) -> None:
    told(capsys, "report", sample, "--out", tmp_path / "out")
    for name in ("index.html", "paper/summary.pdf", "paper/headquarters.docx", "data/publication.xlsx"):
        assert (tmp_path / "out" / name).is_file(), name


def test_iwates_table_comes_out_to_the_digit(tmp_path: Path, capsys) -> None:
    told(capsys, "report", IWATE, "--out", tmp_path / "out")
    dataset = EditionDataset.from_json((tmp_path / "out" / "dataset.json").read_bytes())
    rows = [(row.total, row.counts, [str(s) for s in row.shares]) for row in dataset.tallies[0].rows]
    assert rows[-1] == (57, (36, 13, 1, 5, 2), ["63.2", "22.8", "1.7", "8.8", "3.5"])
    assert rows[2] == (9, (3, 4, 0, 2, 0), ["33.3", "44.5", "0", "22.2", "0"])
