"""The five real documents: scored by the shared checker, and every other fact a reader finds in them."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from kaikaku.core.text import fold
from kaikaku.readers import open_document
from kaikaku.readers.outline import Outline, SectionRead, TableRead
from kaikaku.readers.plan import read_plan
from tests.shared import shared_path

SEEDS = {
    "miyagi": "000_b1f80ded839bb3df",
    "yamagata": "001_37b3f88ac374bd01",
    "aomori": "002_998dc9e482aa465c",
    "yamaguchi": "003_bbdcbfd8f83e2006",
    "iwate": "004_118b9323aa34cd5a",
}


@cache
def outline(name: str) -> Outline:
    return read_plan(open_document(shared_path(f"seeds/{SEEDS[name]}.txt")))


@cache
def expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        shared_path(f"expected/{SEEDS[name]}.json").read_text(encoding="utf-8")
    )
    return found


def score(name: str, read: Outline) -> str:
    """What the shared checker prints of an outline, less the lines that are perfect."""
    found = subprocess.run(
        [sys.executable, shared_path("check_read.py"), shared_path(f"expected/{SEEDS[name]}.json"), "-"],
        input=json.dumps(read.as_json(), ensure_ascii=False),
        capture_output=True,
        text=True,
        check=False,
    )
    lines = found.stdout.strip().split("\n")
    return "\n".join(
        [line for line in lines if " 1.000 " not in line] + found.stderr.strip().split("\n")
    ).strip()


def section(read: Outline, title: str) -> SectionRead:
    return next(one for one in read.sections if fold(one.title) == fold(title))


def table_in(read: Outline, title: str) -> TableRead:
    index = next(i for i, one in enumerate(read.sections) if fold(one.title) == fold(title))
    return next(table for table in read.tables if table.section == index)


@pytest.mark.parametrize("name", SEEDS)
def test_each_real_document_scores_one_on_every_line(name: str) -> None:
    assert score(name, outline(name)) == ""


@pytest.mark.parametrize("name", SEEDS)
def test_every_line_number_leads_into_the_document(name: str) -> None:
    read = outline(name)
    last = len(shared_path(f"seeds/{SEEDS[name]}.txt").read_text(encoding="utf-8").split("\n"))
    lines = [
        one.line for one in (*read.sections, *read.indicators, *read.tables, *read.footnotes, *read.facts)
    ]
    lines += [item.line for one in read.sections for item in one.items]
    assert lines
    assert all(1 <= line <= last for line in lines)


@pytest.mark.parametrize("name", SEEDS)
def test_sections_come_in_the_order_of_the_running_text(name: str) -> None:
    lines = [one.line for one in outline(name).sections]
    assert lines == sorted(lines)


# Iwate


def test_iwates_table_of_grades_is_a_summary_and_no_indicators() -> None:
    read, wanted = outline("iwate"), expected("iwate")["summary_table"]
    summary = read.summaries[0]
    assert list(summary.columns) == wanted["columns"]
    found = [
        {"label": row.label, "total": row.total, "counts": list(row.counts), "shares": list(row.shares)}
        for row in summary.rows
    ]
    assert found == wanted["rows"]
    assert not read.indicators
    assert (
        section(read, "第1期アクションプラン【行政経営プラン】全体の取組状況")
        is read.sections[summary.section or 0]
    )


def test_iwates_rule_is_read_from_its_legend() -> None:
    found = [
        {"code": band.code, "label": band.label}
        | ({"lower": band.lower and str(band.lower)} if band.measurable else {})
        for band in outline("iwate").summaries[0].legend
    ]
    assert found == expected("iwate")["rating_scheme"]


def test_iwates_sentence_counts_what_is_at_least_mostly_achieved() -> None:
    told = outline("iwate").summaries[0].sums[0]
    assert (told.at_least, told.total) == ("概ね達成", 57)
    assert {"count": told.count, "share": told.share} == expected("iwate")["summary_table"]["at_least_B"]


def test_iwates_lists_name_the_d_and_the_unmeasured_with_their_marks() -> None:
    delayed, unmeasured = outline("iwate").summaries[0].lists
    assert (delayed.grade, delayed.projected, unmeasured.grade) == ("D", True, "測定不能")
    assert [one.name for one in delayed.names] == expected("iwate")["expected_d"]
    assert [one.name for one in unmeasured.names] == expected("iwate")["not_measurable"]
    marked = [one.name for one in (*delayed.names, *unmeasured.names) if one.external]
    assert marked == expected("iwate")["external_factor"]
    assert delayed.note == "新型コロナウイルス感染症の影響によるもの。"


def test_iwates_lists_are_items_of_their_own_headings() -> None:
    items = section(outline("iwate"), "【達成度がDとなる見込みの指標】").items
    assert [(item.text, item.marks) for item in items][-2:] == [
        ("新規招聘医師数", ("*",)),
        ("県税の収納未済額", ("*",)),
    ]


def test_iwates_plan_runs_from_2019_to_2028() -> None:
    assert outline("iwate").period == (2019, 2028)


# Aomori


def test_aomoris_bpr_figures_stand_in_their_section() -> None:
    read, wanted = outline("aomori"), expected("aomori")["bpr"]
    place = section(read, "青森県庁版BPRの実施")
    facts = {fact.name: fact.value for fact in read.facts if read.sections[fact.section or 0] is place}
    assert facts["着手件数"] == wanted["started"]
    assert facts["改革完了件数"] == wanted["completed"]
    assert facts["業務削減時間"] == wanted["hours_saved"]
    tools = table_in(read, "青森県庁版BPRの実施")
    assert dict(zip(tools.header[1:], map(int, tools.rows[0][1:]), strict=True)) == wanted["tools"]


def test_a_figure_that_is_part_of_another_says_so() -> None:
    completed = next(fact for fact in outline("aomori").facts if fact.name == "改革完了件数")
    assert "うち" in completed.qualifiers


def test_aomoris_projects_are_listed_by_their_state() -> None:
    read, wanted = outline("aomori"), expected("aomori")["bpr"]
    found = []
    for title, status in (("完了した主な改善業務の例", "completed"), ("現在着手中の主な取組", "started")):
        for name, _, tool in table_in(read, title).rows:
            found.append({"name": name, "status": status, "tools": [] if tool == "-" else [tool]})
    assert found == wanted["projects"]
    planned = section(read, "今後着手する予定の主な取組").items
    assert [item.text for item in planned] == wanted["planned"]


def test_aomoris_figures_in_prose_carry_sign_and_year() -> None:
    found = [(fact.value, fact.unit, fact.fiscal_year) for fact in outline("aomori").facts]
    for wanted in expected("aomori")["facts"]:
        assert (Decimal(wanted["value"]), wanted["unit"], wanted.get("fiscal_year")) in found
    change = next(fact for fact in outline("aomori").facts if fact.value == Decimal(-174300000000))
    assert (change.name, change.change) == ("県債残高の圧縮", True)


def test_aomoris_subtitle_date_and_period_are_read() -> None:
    read = outline("aomori")
    assert read.subtitle == "県庁大改革！ いきいき働き、県民のために挑戦する県庁"
    assert read.published == expected("aomori")["published"]
    assert list(read.period or ()) == expected("aomori")["period"]


def test_aomoris_appendix_numbers_its_own_sections() -> None:
    read = outline("aomori")
    third = section(read, "将来にわたり持続可能な行財政基盤を確立する青森県")
    path = read.path(read.sections.index(third))
    assert [(one.number, one.title) for one in path[:1]] == [("IV", "参考資料")]
    assert [one.depth for one in path] == [1, 2, 3]


def test_aomoris_announced_initiatives_carry_their_running_text() -> None:
    organisation = section(outline("aomori"), "時代に即した組織体制の構築")
    assert len(organisation.text) == 3
    assert len(organisation.items) == 6
    assert section(outline("aomori"), "職員力の向上").items == ()


# Yamaguchi


def test_yamaguchis_campaign_has_theme_window_audience_and_count() -> None:
    read, wanted = outline("yamaguchi"), expected("yamaguchi")["campaign"]
    campaign = read.sections[0]
    labels = {item.label: item.text.split("】", 1)[1].strip().split("\n")[0] for item in campaign.items}
    assert labels["募集テーマ"] == wanted["theme"]
    assert labels["対象者"] == wanted["audience"]
    window = next(entry for entry in read.schedule if entry.section == 0)
    assert window.when == f"{wanted['opens']}/{wanted['closes']}"
    ideas = next(fact for fact in read.facts if fact.section == 0)
    assert (ideas.name, ideas.value, ideas.unit) == ("応募結果", wanted["ideas"], "件")


def test_yamaguchis_first_realised_ideas_mark_what_is_listed_twice() -> None:
    read = outline("yamaguchi")
    rows = next(table for table in read.tables if "カテゴリ" in table.header).rows
    found = []
    for category, idea, content in rows:
        listed = {"category": category, "idea": idea, "content": content}
        found.append(listed | ({"cross_listed": True} if "【再掲】" in content else {}))
    assert found == expected("yamaguchi")["realised_first"]


def test_yamaguchis_casebook_carries_its_categories_down() -> None:
    table = table_in(
        outline("yamaguchi"), "新しい働き方に関する実践事例集（共通ルール）の作成・全庁展開（年度内を目途）"
    )
    found = [{"category": row[0], "title": row[1]} for row in table.rows]
    assert found == expected("yamaguchi")["casebook"]


def test_yamaguchis_schedule_keeps_two_entries_of_one_day_apart() -> None:
    read = outline("yamaguchi")
    table = read.tables[-1]
    found = [[entry.when, entry.text] for entry in read.schedule if entry.line in table.row_lines]
    assert found == expected("yamaguchi")["schedule"]


def test_yamaguchis_slides_with_titles_of_their_own_end_the_numbered_part() -> None:
    read = outline("yamaguchi")
    slide = section(read, "ペーパーレス及び生成AIによる新たな働き方の推進")
    assert slide.depth == 1
    below = [one for one in read.sections if one.parent is not None and read.sections[one.parent] is slide]
    assert [one.number for one in below] == ["1", "2", "3"]


# Miyagi


def test_miyagis_vision_is_kept_as_items() -> None:
    items = section(outline("miyagi"), "目指す姿").items
    assert [item.text for item in items] == expected("miyagi")["vision"]


def test_miyagis_footnotes_are_resolved_and_taken_off_titles() -> None:
    read = outline("miyagi")
    assert {note.mark: note.text for note in read.footnotes} == expected("miyagi")["footnotes"]
    survey = section(read, "エンゲージメントサーベイの全庁展開と組織課題改善")
    assert survey.marks == ("※2",)


def test_miyagis_figures_in_prose_are_facts_of_their_initiatives() -> None:
    read = outline("miyagi")
    found = [
        {
            "name": fact.name,
            "value": f"{fact.value:f}",
            "unit": fact.unit,
            "fiscal_year": fact.fiscal_year,
            "section": "/".join(one.number or "" for one in read.path(fact.section)),
        }
        for fact in read.facts
    ]
    assert found == expected("miyagi")["facts"]


def test_a_body_told_only_by_its_kana_is_inferred_with_a_warning() -> None:
    for name in ("miyagi", "iwate"):
        assert "organisation_inferred" in {warning.code for warning in outline(name).warnings}
    assert "organisation_inferred" not in {warning.code for warning in outline("yamagata").warnings}


# Yamagata


def test_yamagatas_indicators_belong_to_the_chapter_they_close() -> None:
    read = outline("yamagata")
    numbers = [
        read.sections[one.section].number if one.section is not None else None for one in read.indicators
    ]
    assert numbers == [one["section"] for one in expected("yamagata")["indicators"]]


def test_yamagatas_windows_and_missing_baselines_are_kept_apart_from_zero() -> None:
    savings = outline("yamagata").indicators[2]
    assert savings.baseline is None
    assert savings.target is not None
    assert (savings.target.cumulative_from, savings.target.fiscal_year) == (2021, 2024)
    minutes = outline("yamagata").indicators[-1]
    assert minutes.baseline is not None
    assert minutes.baseline.value == 0


def test_yamagatas_second_part_adds_plans_to_the_same_sections() -> None:
    taxes = section(outline("yamagata"), "歳入の確保")
    assert [(item.kind, item.fiscal_year) for item in taxes.items] == [
        ("achievement", 2022),
        ("achievement", 2022),
        ("plan", 2023),
    ]
