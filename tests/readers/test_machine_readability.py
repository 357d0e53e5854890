"""The thirty rules: one file that keeps them all, and one that breaks each."""

from __future__ import annotations

import csv as csv_module
import doctest
import importlib
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from kaikaku.readers import Unreadable
from kaikaku.readers.machine_readability import RULES, Severity, Verdict, check_bytes, check_file
from kaikaku.readers.machine_readability.checks import CHECKS
from tests.readers.samples import sample
from tests.readers.sheets import GOOD, broken, csv, kept, of_csv, of_workbook, to_look_at, told, workbook
from tests.writers.printing import sample_folder

YELLOW = PatternFill("solid", fgColor="FFFF00")
HEAD = GOOD[0]


def with_column(name: str, *values: object) -> list[list[object]]:
    """The good table with one more column."""
    return [[*row, value] for row, value in zip(GOOD, (name, *values), strict=True)]


# --- the whole ----------------------------------------------------------------------------------------------


def test_thirty_rules_are_checked_fifteen_six_and_nine() -> None:
    assert [sum(rule.level == level for rule in RULES.values()) for level in (1, 2, 3)] == [15, 6, 9]
    assert set(CHECKS) == set(RULES)


def test_severities_and_deductions_are_those_of_the_sample_scorer() -> None:
    by_severity = {s: {rule.id for rule in RULES.values() if rule.severity is s} for s in Severity}
    assert by_severity[Severity.FATAL] == {
        "L1-01", "L1-02", "L1-14", "L1-15", "L2-01", "L2-02", "L2-03", "L3-01"
    }  # fmt: skip
    assert by_severity[Severity.MAJOR] == {
        "L1-04", "L2-05", "L2-06", "L3-03", "L3-04", "L3-05", "L3-08", "L3-09"
    }  # fmt: skip
    assert by_severity[Severity.MINOR] == {"L1-09"}
    assert [RULES[id].deduction for id in ("L1-03", "L2-04", "L3-06")] == [10, 40, 15]
    assert [RULES[id].deduction for id in ("L1-04", "L2-05", "L3-04", "L1-09")] == [5, 30, 10, 2]


def test_the_fifteen_old_items_each_live_on_in_one_rule() -> None:
    old = [item for rule in RULES.values() for item in rule.old]
    assert sorted(old) == sorted(f"1-{number}" for number in range(1, 16))


def test_a_good_workbook_has_nothing_to_mend_and_full_scores() -> None:
    report = of_workbook()
    assert report.findings == ()
    assert [report.score(level) for level in (1, 2, 3)] == [100, 100, 100]


def test_a_good_csv_file_has_nothing_to_mend_and_says_its_encoding() -> None:
    report = of_csv(csv())
    assert report.findings == ()
    assert report.encoding == "UTF-8・BOMなし"
    assert check_bytes(csv().encode("utf-8-sig"), "a.csv").encoding == "UTF-8・BOMあり"
    assert check_bytes(csv().encode("cp932"), "a.csv").encoding == "Shift_JIS（CP932）・BOMなし"


def test_rules_of_the_other_format_do_not_apply() -> None:
    assert of_csv(csv()).verdicts["L1-12"] is Verdict.NOT_FOR
    assert of_workbook().verdicts["L1-14"] is Verdict.NOT_FOR


def test_a_rule_a_file_alone_cannot_show_is_never_called_kept() -> None:
    assert {rule.id for rule in of_workbook().undecided} == {"L3-07", "L3-08"}


def test_a_rule_costs_its_points_once_however_often_it_is_broken() -> None:
    report = of_csv(csv().replace("確定", " 確定 ").replace("人", "人 "))
    assert broken(report) == {"L1-06"}
    assert report.score(1) == 90


def test_a_fatal_rule_takes_the_whole_score_of_its_level_alone() -> None:
    report = of_csv(csv().replace("350", '"1,350"'))
    assert broken(report) == {"L2-01"}
    assert [report.score(level) for level in (1, 2, 3)] == [100, 0, 100]


def test_many_cells_of_a_column_are_told_together() -> None:
    rows = [("名", "人口（人）"), *((f"地点{n}", f"{n}人") for n in range(1, 41))]
    assert "B2～B41（40か所）「1人」" in told(of_workbook(rows), "L2-01")


# --- level 1 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["pdf", "docx", "html", "txt"])
def test_what_is_made_for_reading_breaks_1_01_and_is_not_looked_into(kind: str) -> None:
    report = check_bytes(sample(kind), f"plan.{kind}")
    assert broken(report) == {"L1-01"}
    assert [report.score(level) for level in (1, 2, 3)] == [0, None, None]


def test_a_workbook_under_the_name_of_a_csv_file_is_for_a_person_to_look_at() -> None:
    assert to_look_at(check_bytes(workbook(), "a.csv")) == {"L1-01"}


def test_a_second_table_with_its_own_names_breaks_1_02() -> None:
    report = of_workbook([*GOOD, (), ("課", "職員数（人）"), ("総務課", 12), ("財政課", 9)])
    assert {"L1-02", "L1-03"} <= broken(report)
    assert "A7" in told(report, "L1-02")


def test_a_table_cut_by_a_blank_row_is_parted_but_not_two() -> None:
    report = of_workbook([*GOOD[:3], (), *GOOD[3:]])
    assert broken(report) == {"L1-03"}
    assert "4行目" in told(report, "L1-03")


def test_a_blank_column_breaks_1_03() -> None:
    report = of_workbook([[*row[:5], None, *row[5:]] for row in GOOD])
    assert "F列" in told(report, "L1-03")


def test_titles_and_notes_beside_the_table_break_1_04() -> None:
    report = of_workbook([("健診の受診者の推移",), *GOOD, ("※速報を含む",)])
    assert {"L1-04", "L3-01"} == broken(report)
    assert "A1" in told(report, "L1-04")
    assert "A7「※速報を含む」" in told(report, "L1-04")


def test_a_column_without_a_name_breaks_1_05() -> None:
    report = of_workbook([(*HEAD[:6], None), *GOOD[1:]])
    assert "G2" in told(report, "L1-05")


def test_a_name_that_says_nothing_breaks_1_05() -> None:
    assert "L1-05" in broken(of_workbook([(*HEAD[:6], "列7"), *GOOD[1:]]))


def test_data_without_a_header_breaks_1_05() -> None:
    assert "L1-05" in broken(of_csv("10,20.5,33\n11,21.5,35\n12,22.5,31\n"))


@pytest.mark.parametrize("text", ["　盛岡市", "盛岡市 ", "盛 岡 市", "盛岡市  中央", "盛岡\n市"])
def test_blanks_and_breaks_for_the_eye_break_1_06(text: str) -> None:
    report = of_workbook([HEAD, ("03201", text, *GOOD[1][2:]), *GOOD[2:]])
    assert broken(report) == {"L1-06"}


def test_one_blank_within_a_name_is_its_own() -> None:
    assert kept(of_workbook(with_column("氏名", "山田 太郎", "佐藤 花子", "鈴木 一", "高橋 学")), "L1-06")


def test_two_numbers_in_a_cell_break_1_07() -> None:
    report = of_workbook(with_column("再掲（人）", "25(3)", 30, 40, 50))
    assert broken(report) == {"L1-07"}


def test_a_list_of_words_only_looks_like_several_data() -> None:
    report = of_workbook(with_column("担当", "総務課", "財政課", "総務課、財政課", "総務課"))
    assert (broken(report), to_look_at(report)) == (set(), {"L1-07"})


def test_dependent_characters_break_1_08_with_what_to_write_instead() -> None:
    report = of_csv(csv().replace("確定", "①確定"))
    assert broken(report) == {"L1-08"}
    assert "「①」（→(1)）" in told(report, "L1-08")


def test_an_uncommon_kanji_may_be_a_name() -> None:
    report = of_csv(csv().replace("盛岡市", "髙岡市"))
    assert (broken(report), to_look_at(report)) == (set(), {"L1-08"})


def test_zero_beside_blank_is_for_a_person_to_look_at() -> None:
    assert to_look_at(of_workbook(with_column("欠席（人）", 0, None, 3, 0))) == {"L1-09"}


def test_shapes_text_boxes_and_charts_break_1_10(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("データ")
        for number, row in enumerate(GOOD):
            sheet.write_row(number, 0, row)
        sheet.insert_textbox("J3", "速報値です")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=データ!$E$2:$E$5"})
        sheet.insert_chart("J10", chart)
    report = check_file(tmp_path / "a.xlsx")
    assert broken(report) == {"L1-10"}
    assert "J3 図形があります。" in told(report, "L1-10")
    assert "J10 グラフ" in told(report, "L1-10")


def test_a_comment_is_for_a_person_to_look_at() -> None:
    def note(sheet) -> None:
        sheet["B3"].comment = Comment("速報", "課")

    assert to_look_at(of_workbook(change=note)) == {"L1-10"}


def test_colour_on_some_cells_breaks_1_11() -> None:
    def colour(sheet) -> None:
        sheet["E4"].fill = YELLOW

    report = of_workbook(change=colour)
    assert broken(report) == {"L1-11"}
    assert "E4" in told(report, "L1-11")


def test_a_coloured_header_and_striped_rows_say_nothing() -> None:
    def stripe(sheet) -> None:
        for row in (1, 3, 5):
            for cell in sheet[row]:
                cell.fill = YELLOW

    assert of_workbook(change=stripe).findings == ()


def test_bold_on_one_cell_is_for_a_person_to_look_at() -> None:
    def bold(sheet) -> None:
        sheet["E4"].font = Font(bold=True)

    assert to_look_at(of_workbook(change=bold)) == {"L1-11"}


def test_merged_cells_break_1_12() -> None:
    report = of_workbook(
        [*GOOD[:2], ("03202", None, *GOOD[2][2:]), *GOOD[3:]], change=lambda s: s.merge_cells("B2:B3")
    )
    assert "L1-12" in broken(report)
    assert "B2:B3" in told(report, "L1-12")


def test_hidden_rows_and_columns_break_1_13() -> None:
    def hide(sheet) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["D"].hidden = True

    report = of_workbook(change=hide)
    assert broken(report) == {"L1-13"}
    assert "3行目、D列" in told(report, "L1-13")


def test_a_hidden_sheet_breaks_1_13_and_is_not_looked_into() -> None:
    def hide(sheet) -> None:
        other = sheet.parent.create_sheet("作業用")
        other["A1"] = "①メモ"
        other.sheet_state = "hidden"

    assert broken(of_workbook(change=hide)) == {"L1-13"}


def test_a_value_over_two_lines_breaks_1_14() -> None:
    report = of_csv(csv().replace("大船渡市", '"大船渡市\n（旧三陸町）"'))
    assert "L1-14" in broken(report)
    assert "4行目2列目" in told(report, "L1-14")


def test_lines_are_those_of_the_file_after_a_broken_value() -> None:
    report = of_csv(csv().replace("盛岡市", '"盛岡\n市"').replace("宮古市", " 宮古市"))
    assert "4行目2列目" in told(report, "L1-06")


def test_a_bare_comma_breaks_1_15() -> None:
    report = of_csv(csv().replace("350", "1,350"))
    assert "L1-15" in broken(report)
    assert "3行目8列目" in told(report, "L1-15")


def test_an_unclosed_quotation_mark_breaks_1_15_and_ends_the_check() -> None:
    report = of_csv(csv().replace("宮古市", '"宮古市'))
    assert broken(report) == {"L1-15"}
    assert "3行目" in told(report, "L1-15")
    assert report.score(2) is None


# --- level 2 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["1,350", "350人", "▲5", "350※1", "３５０"])
def test_a_number_with_anything_else_in_its_cell_breaks_2_01(text: str) -> None:
    rows = [*GOOD[:2], (*GOOD[2][:4], text, *GOOD[2][5:]), *GOOD[3:]]
    assert broken(of_workbook(rows)) == {"L2-01"}


def test_a_minus_shown_by_the_cells_format_is_a_number() -> None:
    def show(sheet) -> None:
        sheet["E3"] = -350
        sheet["E3"].number_format = "#,##0人;▲#,##0人"

    assert of_workbook(change=show).findings == ()


def test_codes_with_leading_zeros_are_no_numbers() -> None:
    assert kept(of_workbook(with_column("課の番号", "0012", "0013", "0014", "0015")), "L2-01")


def test_figures_quoted_in_a_column_of_wording_are_no_numbers() -> None:
    assert kept(of_workbook(with_column("原文", "1,200人", "350人", "210人", "640人")), "L2-01")


def test_ditto_marks_break_2_02() -> None:
    assert broken(of_workbook(with_column("担当", "総務課", "〃", "同上", "財政課"))) == {"L2-02"}


def test_blanks_below_a_name_are_for_a_person_to_look_at() -> None:
    rows = [
        ("区分", "課", "件数"),
        ("総務", "人事課", 3),
        (None, "財政課", 4),
        ("福祉", "医療課", 5),
        (None, "介護課", 6),
    ]
    assert to_look_at(of_workbook(rows)) == {"L2-02"}


def test_a_name_used_twice_breaks_2_03() -> None:
    report = of_workbook([(*HEAD[:6], "指標"), *GOOD[1:]])
    assert broken(report) == {"L2-03"}
    assert "D1、G1" in told(report, "L2-03")


def test_names_in_two_rows_break_2_03_and_3_01() -> None:
    rows = [("課", "職員数（人）", None), (None, "男", "女"), ("総務課", 5, 7), ("財政課", 4, 5)]
    report = of_workbook(rows, change=lambda sheet: sheet.merge_cells("B1:C1"))
    assert {"L1-12", "L2-03", "L3-01"} <= broken(report)


def test_one_choice_in_two_spellings_breaks_2_04() -> None:
    report = of_workbook(with_column("実施", "YES", "ＹＥＳ", "YES", "YES"))
    assert broken(report) == {"L2-04"}
    assert "「YES」、「ＹＥＳ」" in told(report, "L2-04")


def test_look_alike_circles_break_2_04() -> None:
    assert broken(of_workbook(with_column("実施", "○", "〇", "○", "○"))) == {"L2-04"}


def test_words_with_other_break_2_05() -> None:
    rows = [("番号", "利用方法"), (1, "窓口"), (2, "電話"), (3, "窓口"), (4, "その他（郵送）"), (5, "窓口")]
    assert broken(of_workbook(rows)) == {"L2-05"}


def test_formulas_break_2_06() -> None:
    report = of_workbook([*GOOD[:4], (*GOOD[4][:4], "=SUM(E2:E4)", *GOOD[4][5:])])
    assert broken(report) == {"L2-06"}
    assert "E5" in told(report, "L2-06")


# --- level 3 ------------------------------------------------------------------------------------------------


def test_a_table_that_begins_lower_breaks_3_01() -> None:
    assert broken(of_csv("\r\n" + csv())) == {"L1-03", "L3-01"}


def test_data_apart_from_its_header_break_3_01() -> None:
    assert broken(of_workbook([HEAD, (), *GOOD[1:]])) == {"L1-03", "L3-01"}


def test_codes_without_a_table_of_meanings_are_for_a_person_to_look_at() -> None:
    rows = with_column("状態コード", 1, 2, 1, 2)
    assert to_look_at(of_workbook(rows)) == {"L3-02"}
    assert kept(of_workbook(rows, change=lambda sheet: sheet.parent.create_sheet("コード表")), "L3-02")


def test_signs_for_numbers_are_for_a_person_to_look_at_unless_defined() -> None:
    rows = with_column("欠席（人）", 4, "X", 3, 5)
    assert to_look_at(of_workbook(rows)) == {"L3-03"}

    def define(sheet) -> None:
        sheet.parent.create_sheet("説明")["A1"] = "「X」は秘匿した値です。"

    assert kept(of_workbook(rows, change=define), "L3-03")


def test_money_without_a_unit_breaks_3_04() -> None:
    rows = [("課", "歳出額"), ("総務課", 1200), ("財政課", 900)]
    assert broken(of_workbook(rows)) == {"L3-04"}
    assert kept(of_workbook([("課", "歳出額（千円）"), *rows[1:]]), "L3-04")


def test_an_era_alone_breaks_3_05_and_with_the_western_year_not() -> None:
    rows = [("年度", "件数"), ("令和5年度", 3), ("令和6年度", 4)]
    assert broken(of_workbook(rows)) == {"L3-05"}
    both = [("年度", "西暦年度", "件数"), ("令和5年度", 2023, 3), ("令和6年度", 2024, 4)]
    assert of_workbook(both).findings == ()


def test_an_era_in_a_name_breaks_3_05() -> None:
    assert broken(of_workbook([("課", "令和6年度実績（件）"), ("総務課", 3), ("財政課", 4)])) == {"L3-05"}


@pytest.mark.parametrize(("name", "sure"), [("目標値(R6)", True), ("R6目標", True), ("R2値", False)])
def test_a_letter_is_an_era_only_where_the_name_makes_it_one(name: str, sure: bool) -> None:
    report = of_workbook([("課", name, "単位"), ("総務課", 3, "件"), ("財政課", 4, "件")])
    assert ("L3-05" in broken(report), "L3-05" in to_look_at(report)) == (sure, not sure)


def test_a_short_name_of_a_prefecture_breaks_3_06() -> None:
    assert broken(of_workbook([("都道府県", "件数"), ("岩手", 3), ("宮城県", 4)])) == {"L3-06"}


def test_surnames_that_are_prefectures_too_are_no_areas() -> None:
    assert of_workbook([("氏名", "件数"), ("山口", 3), ("佐藤", 4), ("宮崎", 4)]).findings == ()


def test_a_code_that_lost_its_zeros_breaks_3_06() -> None:
    assert broken(of_workbook([("団体コード", "件数"), (3201, 3), (3202, 4)])) == {"L3-06"}


def test_sheets_of_years_with_other_columns_are_for_a_person_to_look_at() -> None:
    def next_year(sheet) -> None:
        sheet.title = "2023年度"
        other = sheet.parent.create_sheet("2024年度")
        for row in (("課", "件数", "備考"), ("総務課", 3, "なし")):
            other.append(row)

    assert to_look_at(of_workbook(change=next_year)) == {"L3-07"}


def test_an_uncommon_encoding_is_for_a_person_to_look_at() -> None:
    assert to_look_at(check_bytes(csv().encode("utf-16"), "a.csv")) == {"L3-08"}


def test_years_over_columns_break_3_09() -> None:
    rows = [
        ("課", "2022年度（件）", "2023年度（件）", "2024年度（件）"),
        ("総務課", 1, 2, 3),
        ("財政課", 4, 5, 6),
    ]
    assert broken(of_workbook(rows)) == {"L3-09"}


# --- our own files, bad files -------------------------------------------------------------------------------


def test_our_own_open_data_break_no_fatal_and_no_critical_rule(tmp_path: Path) -> None:
    printed = sample_folder(tmp_path)
    files = [*printed.glob("data/*.csv"), *printed.glob("data/*.xlsx")]
    assert len(files) > 10
    costly = {
        (file.name, finding.rule.id, finding.where)
        for file in files
        for finding in check_file(file).broken
        if finding.rule.severity in (Severity.FATAL, Severity.CRITICAL)
    }
    assert costly == set()


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(Unreadable, match="0バイト"):
        check_bytes(b"", "a.csv")


def test_a_sheet_that_unpacks_to_too_much_is_refused() -> None:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            content = old.read(entry)
            new.writestr(entry, content + b" " * 80_000_000 if entry.endswith("sheet1.xml") else content)
    with pytest.raises(Unreadable) as refused:
        check_bytes(packed.getvalue(), "a.xlsx")
    assert refused.value.code == "unpacks_too_large"


def test_a_merge_over_the_whole_sheet_is_told_and_costs_no_memory() -> None:
    report = of_workbook(change=lambda sheet: sheet.merged_cells.add("A1:XFD1048576"))
    assert "L1-12" in broken(report)


def test_a_cell_of_many_blanks_is_soon_read() -> None:
    long = "R5" + " " * 30_000 + "x"
    assert "L1-06" in broken(of_workbook([("年度", "値（件）"), (long, 3), ("1" + " " * 30_000 + "x", 4)]))


def test_a_sheet_of_words_alone_has_no_table_and_no_score_for_tables() -> None:
    report = of_workbook([("この資料について",), ("健診の受診者を集計しています。",)])
    assert (report.has_table, report.score(1), report.score(2)) == (False, 100, None)


@given(st.text(alphabet='ab1,\n\r"\t 　年令和5円①〃', max_size=80))
def test_any_small_csv_text_is_checked(text: str) -> None:
    # an "a" at the end: text of blanks alone is an empty file, which has its own sentence
    report = of_csv(text + "a")
    assert all(finding.message.endswith("。") for finding in report.findings)
    assert all(score is None or 0 <= score <= 100 for score in map(report.score, (1, 2, 3)))


CELLS = (
    st.none()
    | st.integers(-5, 2030)
    | st.sampled_from(["", "計", "※1", "R5", "1,000", "-", "その他（a）", " b"])
)


@given(st.lists(st.lists(CELLS, max_size=5), max_size=7))
def test_any_small_table_is_checked(rows: list[list[object]]) -> None:
    out = io.StringIO()
    csv_module.writer(out).writerows(rows)
    if out.getvalue():
        assert of_csv(out.getvalue()).format == "csv"
    assert of_workbook([[cell or None for cell in row] for row in rows]).format == "xlsx"


def test_a_chart_sheet_breaks_1_10() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    book.create_chartsheet("図")
    out = io.BytesIO()
    book.save(out)
    assert "グラフのシート" in told(check_bytes(out.getvalue(), "a.xlsx"), "L1-10")


@pytest.mark.parametrize("name", ["book", "words"])
def test_the_examples_in_the_docstrings_are_true(name: str) -> None:
    module = importlib.import_module(f"kaikaku.readers.machine_readability.{name}")
    assert doctest.testmod(module).failed == 0
