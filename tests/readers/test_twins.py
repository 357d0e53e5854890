"""The real documents set anew as PDF, Word, Excel and web page say the same to the reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from kaikaku.readers import open_document
from kaikaku.readers.outline import Outline
from kaikaku.readers.plan import read_plan
from tests.documents.twins import WRITERS, layout, write_docx
from tests.readers.test_seeds import SEEDS, score
from tests.shared import shared_path


def twin(name: str, kind: str, folder: Path) -> Outline:
    source = shared_path(f"seeds/{SEEDS[name]}.txt").read_text(encoding="utf-8")
    return read_plan(open_document(WRITERS[kind](layout(source), folder / f"{name}.{kind}")))


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("name", SEEDS)
def test_a_twin_scores_one_on_every_line(name: str, kind: str, tmp_path: Path) -> None:
    assert score(name, twin(name, kind, tmp_path)) == ""


@pytest.mark.parametrize("name", SEEDS)
def test_a_word_file_without_heading_styles_scores_one(name: str, tmp_path: Path) -> None:
    source = shared_path(f"seeds/{SEEDS[name]}.txt").read_text(encoding="utf-8")
    path = write_docx(layout(source), tmp_path / f"{name}.docx", headings=False)
    assert score(name, read_plan(open_document(path))) == ""


@pytest.mark.parametrize("kind", WRITERS)
def test_iwates_summary_and_lists_survive_every_format(kind: str, tmp_path: Path) -> None:
    summary = twin("iwate", kind, tmp_path).summaries[0]
    assert [row.counts for row in summary.rows][-1] == (36, 13, 1, 5, 2)
    assert [row.shares for row in summary.rows][2] == ("33.3", "44.5", "0.0", "22.2", "0.0")
    assert [(one.grade, len(one.names)) for one in summary.lists] == [("D", 5), ("測定不能", 2)]


@pytest.mark.parametrize("kind", WRITERS)
def test_yamaguchis_tables_survive_every_format(kind: str, tmp_path: Path) -> None:
    read = twin("yamaguchi", kind, tmp_path)
    assert [len(table.rows) for table in read.tables] == [6, 11, 5]
    assert [entry.when for entry in read.schedule if entry.line in read.tables[-1].row_lines][:2] == [
        "2023-10-27"
    ] * 2
