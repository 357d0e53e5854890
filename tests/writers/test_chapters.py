"""Chapters of other apps: a page with all their tables, a file for each, and long ones kept off the paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.writers.sample_dataset import sample

from kaikaku.writers.dataset import Chapter, PlainTable
from kaikaku.writers.papers import headquarters_paper
from kaikaku.writers.papers.blocks import Grid, Paragraph
from kaikaku.writers.publish import print_all

LONG = PlainTable("すべての提案", ("番号", "提案"), tuple((f"{n}", f"提案{n}") for n in range(1, 649)))
CHAPTER = Chapter("職員提案", ("648件の提案がありました。",), (LONG,))


def test_a_chapter_has_a_page_with_every_row_and_a_file(tmp_path: Path) -> None:
    print_all(replace(sample(), chapters=(CHAPTER,)), tmp_path, formats=("site",))
    page = (tmp_path / "chapters" / "1.html").read_text(encoding="utf-8")
    assert page.count("<tr>") == 649
    rows = (tmp_path / "chapters" / "1-1-excel.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[:2] == ["番号,提案", "1,提案1"]
    assert len(rows) == 649


def test_a_file_has_numbers_as_a_machine_reads_them(tmp_path: Path) -> None:
    table = PlainTable("時間", ("年度", "時間"), (("令和7年度", "16,843.5"), ("令和8年度", "△1,200")))
    print_all(replace(sample(), chapters=(Chapter("業務改革", (), (table,)),)), tmp_path, formats=("site",))
    rows = (tmp_path / "chapters" / "1-1-excel.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[1:] == ["令和7年度,16843.5", "令和8年度,-1200"]
    assert "16,843.5" in (tmp_path / "chapters" / "1.html").read_text(encoding="utf-8")


def test_the_first_page_leads_to_the_chapter_and_does_not_repeat_it(tmp_path: Path) -> None:
    print_all(replace(sample(), chapters=(CHAPTER,)), tmp_path, formats=("site",))
    first = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "648件の提案がありました。" in first
    assert 'href="chapters/1.html"' in first
    assert "提案648" not in first


def test_a_long_table_is_told_of_on_paper_and_a_short_one_printed() -> None:
    short = replace(LONG, rows=LONG.rows[:3])
    paper = headquarters_paper(replace(sample(), chapters=(replace(CHAPTER, tables=(LONG, short)),)))
    told = [b.text for b in paper.blocks if isinstance(b, Paragraph) and "648行" in b.text]
    assert len(told) == 1
    assert [len(b.rows) for b in paper.blocks if isinstance(b, Grid) and b.caption == "すべての提案"] == [3]
