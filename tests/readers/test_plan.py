"""The recogniser as a whole: it never raises, never points outside the document, and keeps its shape."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from kaikaku.readers import read_bytes
from kaikaku.readers.document import Cell, Document, Line, Place, Table
from kaikaku.readers.outline import Outline, Quotes
from kaikaku.readers.plan import read_plan

WORDS = st.sampled_from(
    [
        "第1 行政の改革",
        "第2",
        "Ⅰ 財政",
        "II 職員",
        "1 歳入の確保",
        "2 歳出",
        "(1) 手続",
        "① 窓口",
        "【主な目標指標】",
        "【I】 県民",
        "目次",
        "1 趣旨 …… 3",
        "- ・ 会議",
        "- 太い項目**",
        "・電子申請 71.5%",
        "※1 注釈",
        "令和5年度の取組計画",
        "令和4年度の主な取組実績",
        "参考資料",
        "指標\t基準値\tR6目標値\tR4実績",
        "件数\t—\t120億円 (R3~R6年度累計)\t75.6億円",
        "（単位：千円）",
        "～ 副題 ～",
        "1",
        "- 3 -",
        "みほん県",
        "| 達成【A】 | 5 (50.0%) |",
        "本文が続きます。",
        "",
        "$\\triangle 1,743$ 億円",
        "1.甲、2.乙",
        "令和5年9月15日～10月27日",
    ]
)
TEXT = st.lists(st.one_of(WORDS, st.text(max_size=30)), max_size=40).map("\n".join)


def outline(text: str) -> Outline:
    return read_plan(read_bytes(text.encode("utf-8", "surrogatepass"), "plan.txt"))


def lines_of(read: Outline) -> list[int]:
    parts = (
        *read.sections,
        *read.indicators,
        *read.tables,
        *read.footnotes,
        *read.facts,
        *read.schedule,
        *read.summaries,
    )
    lines = [part.line for part in parts]
    lines += [item.line for section in read.sections for item in section.items]
    lines += [line for table in read.tables for line in table.row_lines]
    return lines + [line for section in read.sections for line in section.text_lines]


@given(TEXT)
def test_any_text_is_read_without_an_error_and_points_into_itself(text: str) -> None:
    blocks = tuple(
        Line(line, Place(number)) for number, line in enumerate(text.split("\n"), start=1) if line.strip()
    )
    read = read_plan(Document("plan.txt", "text/plain", blocks))
    assert all(1 <= line <= text.count("\n") + 1 for line in lines_of(read))


@given(
    st.lists(st.lists(st.one_of(WORDS, st.text(max_size=12)), min_size=1, max_size=6), min_size=1, max_size=8)
)
def test_any_table_is_read_without_an_error(rows: list[list[str]]) -> None:
    cells = tuple(Cell(text, Place(r + 1), r, c) for r, row in enumerate(rows) for c, text in enumerate(row))
    read = read_plan(Document("plan.xlsx", "application/x", (Table(cells, Place(1)),)))
    assert all(1 <= line <= len(rows) for line in lines_of(read))


@given(TEXT)
def test_parents_stand_before_their_sections_and_one_level_up(text: str) -> None:
    blocks = tuple(
        Line(line, Place(number)) for number, line in enumerate(text.split("\n"), start=1) if line.strip()
    )
    sections = read_plan(Document("plan.txt", "text/plain", blocks)).sections
    for index, section in enumerate(sections):
        assert section.depth == (1 if section.parent is None else sections[section.parent].depth + 1)
        assert section.parent is None or section.parent < index


def test_the_json_has_exactly_the_keys_of_the_contract() -> None:
    read = outline("みほん県プラン\n\n1 改革\n\n・項目\n\n指標\t目標値\t実績\n甲\t5件\t4件\n\n※1 注")
    shown = json.loads(json.dumps(read.as_json()))
    whole = "title organisation fiscal_year period sections indicators tables footnotes warnings"
    assert list(shown) == whole.split()
    assert list(shown["sections"][0]) == ["depth", "number", "title", "subtitle", "line", "text", "items"]
    assert list(shown["sections"][0]["items"][0]) == ["text", "depth", "kind", "fiscal_year", "line"]
    indicator = "name section unit direction baseline target actual printed_rate printed_grade line"
    assert list(shown["indicators"][0]) == indicator.split()
    assert list(shown["indicators"][0]["target"]) == [
        "text", "value", "fiscal_year", "cumulative_from", "qualifier", "status", "reason",
    ]  # fmt: skip
    assert list(shown["tables"][0]) == ["section", "header", "rows", "line", "unit"]


def test_depth_follows_first_appearance_and_no_fixed_table() -> None:
    read = outline("計画\n\n第1 甲\n\nⅠ 乙\n\n1 丙\n\n(1) 丁\n\n第2 戊\n\nⅠ 己\n\n(1) 庚")
    assert [(section.number, section.depth) for section in read.sections] == [
        ("第1", 1), ("Ⅰ", 2), ("1", 3), ("(1)", 4), ("第2", 1), ("Ⅰ", 2), ("(1)", 3),
    ]  # fmt: skip


def test_a_restarted_number_under_a_new_parent_is_a_new_section() -> None:
    read = outline("計画\n\n第1 甲\n\n1 現状\n\n文です。\n\n第2 乙\n\n1 現状\n\n文です。")
    assert [(section.number, section.parent) for section in read.sections] == [
        ("第1", None),
        ("1", 0),
        ("第2", None),
        ("1", 2),
    ]


def test_a_numbered_sentence_is_an_item_and_no_section() -> None:
    read = outline("計画\n\n1 甲\n\n① 窓口を一つにする。\n② 待ち時間を短くする。")
    assert [section.number for section in read.sections] == ["1"]
    assert [item.number for item in read.sections[0].items] == ["①", "②"]


def test_items_run_on_in_one_line_are_taken_apart() -> None:
    read = outline("計画\n\n第1 甲\n\n1.電子化、2.対話、3.連携")
    assert [item.text for item in read.sections[0].items] == ["1. 電子化", "2. 対話", "3. 連携"]


def test_a_repeated_item_is_marked_as_listed_twice() -> None:
    read = outline("計画\n\n1 甲\n\n・研修の実施【再掲】")
    assert read.sections[0].items[0].cross_listed


def test_every_line_of_an_outline_can_be_quoted() -> None:
    document = read_bytes("みほん県プラン\n\n1 改革\n\n指標\t目標値\n甲\t5件".encode(), "plan.txt")
    quotes = Quotes.of(document)
    assert quotes.quote(read_plan(document).indicators[0].line) == "甲\t5件"
    assert quotes.place(3).line == 3
