"""The digests that the package carries are read to the same structure as the documents they stand for."""

import json
from pathlib import Path

import pytest

import kaikaku
from kaikaku.core.text import fold
from kaikaku.readers import open_document
from kaikaku.readers.plan import read_plan
from tests.shared import shared_path

SAMPLES = Path(kaikaku.__file__).parent / "samples"
EXPECTED = {
    "miyagi_r8": "000_b1f80ded839bb3df",
    "yamagata_r4": "001_37b3f88ac374bd01",
    "aomori_r5": "002_998dc9e482aa465c",
    "yamaguchi_r5": "003_bbdcbfd8f83e2006",
    "iwate_r2": "004_118b9323aa34cd5a",
}


def expected(name: str) -> dict:
    return json.loads(shared_path(f"expected/{EXPECTED[name]}.json").read_text(encoding="utf-8"))


def outline(name: str):
    return read_plan(open_document(SAMPLES / f"{name}.txt"))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_digest_names_its_source_first(name: str) -> None:
    first = (SAMPLES / f"{name}.txt").read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("出典：")
    assert "要約" in first


@pytest.mark.parametrize("name", EXPECTED)
def test_a_digest_has_the_title_the_government_and_the_year_of_its_document(name: str) -> None:
    found, wanted = outline(name), expected(name)
    assert fold(wanted["title"]) in fold(found.title or "")
    assert (found.organisation, found.fiscal_year) == (wanted["organisation"], wanted["fiscal_year"])


@pytest.mark.parametrize("name", EXPECTED)
def test_a_digest_has_every_section_of_its_document(name: str) -> None:
    found = [fold(section.title) for section in outline(name).sections]
    wanted = [fold(section["title"]) for section in expected(name)["sections"]]
    assert [title for title in wanted if title not in found] == []


def test_the_seven_figures_of_yamagata_are_all_there() -> None:
    found = [
        tuple(part and str(part.value) for part in (i.baseline, i.target, i.actual))
        for i in outline("yamagata_r4").indicators
    ]
    parts = ("baseline", "target", "actual")
    wanted = [
        tuple(indicator[part] and indicator[part]["value"] for part in parts)
        for indicator in expected("yamagata_r4")["indicators"]
    ]
    assert found == wanted


def test_a_digest_shares_no_long_run_of_prose_with_its_document() -> None:
    """Headings, tables and figures carry over; sentences are ours."""
    for name, document in EXPECTED.items():
        original = shared_path(f"seeds/{document}.txt").read_text(encoding="utf-8")
        sentences = [
            line for line in original.splitlines() if line.rstrip().endswith("。") and len(line) >= 40
        ]
        digest = (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")
        assert [line for line in sentences if line in digest] == [], name
