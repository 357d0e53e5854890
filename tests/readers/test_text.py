"""Plain text and Markdown."""

from __future__ import annotations

import pytest

from kaikaku.readers import Unreadable, open_document, read_bytes
from kaikaku.readers.document import Document, Span
from tests.readers.looks import codes, grids, line, only_table, texts
from tests.shared import shared_path

SAMPLE = "第1 県民の視点に立った行政サービス\n① 生成ＡＩの活用（㈱・髙﨑）\nカタカナとひらがなの文です。\n"


def read(text: str, name: str = "plan.txt") -> Document:
    return read_bytes(text.encode(), name)


def test_a_line_keeps_its_physical_line_number_over_blank_lines() -> None:
    document = read("表題\n\n\n第1 目的\n")
    assert [(found.text, found.place.line) for found in document.lines()] == [("表題", 1), ("第1 目的", 4)]


def test_windows_and_old_macintosh_line_ends_count_as_one_line() -> None:
    assert [found.place.line for found in read("一\r\n二\r三\n四").lines()] == [1, 2, 3, 4]


def test_only_line_ends_end_a_line_and_not_other_separators() -> None:
    assert [found.place.line for found in read("一\u2028二\x85三\n四").lines()] == [1, 2]


def test_a_form_feed_begins_a_page() -> None:
    document = read("一ページ目\n\f二ページ目\n")
    assert [found.place.page for found in document.lines()] == [1, 2]
    assert document.pages == 2


def test_a_text_without_form_feeds_has_no_pages() -> None:
    assert read("一\n").pages is None


def test_indent_counts_leading_blanks_and_a_tab_as_four() -> None:
    assert [found.indent for found in read("一\n  二\n\t三\n　四").lines()] == [0, 2, 4, 1]


def test_a_list_mark_stays_in_the_text_and_makes_a_bullet() -> None:
    found = line(read(" - ・知事と若者の地域創生ミーティング：10市町村"), "知事")
    assert (found.text, found.bullet, found.indent) == (
        "- ・知事と若者の地域創生ミーティング：10市町村",
        True,
        1.0,
    )


def test_a_negative_number_is_no_bullet() -> None:
    assert not line(read("-33.5％の減"), "33.5").bullet


def test_stars_make_bold_and_leave_the_text() -> None:
    found = line(read("全体提案件数 **648** 件"), "648")
    assert found.text == "全体提案件数 648 件"
    assert found.spans == (Span("全体提案件数 "), Span("648", bold=True), Span(" 件"))
    assert found.quote == "全体提案件数 **648** 件"


def test_a_bold_bullet_is_bold_with_its_mark() -> None:
    assert line(read("- **市町村との連携**"), "市町村").bold


def test_a_closing_mark_that_lost_its_partner_makes_the_line_bold() -> None:
    found = line(read("- 市町村との連携を推進します**"), "市町村")
    assert (found.text, found.bold) == ("- 市町村との連携を推進します", True)


def test_a_single_star_after_a_name_is_kept() -> None:
    assert texts(read("- ・ 新規招聘医師数*")) == ["- ・ 新規招聘医師数*"]


def test_markdown_headings_have_their_level() -> None:
    document = read("# 大綱\n### 目的\n#番号ではない\n", "plan.md")
    assert [(found.text, found.heading) for found in document.lines()] == [
        ("大綱", 1),
        ("目的", 3),
        ("#番号ではない", None),
    ]


def test_markdown_links_and_pictures_leave_their_words() -> None:
    assert texts(read("[県の資料](https://example.jp/a.pdf)と![図1](x.png)", "plan.md")) == ["県の資料と図1"]


def test_lines_with_as_many_tabs_make_a_table_with_its_empty_cells() -> None:
    document = read("指標\t基準値\t実績\nオンライン率\t\t71.5%\n")
    assert grids(document) == [[["指標", "基準値", "実績"], ["オンライン率", "", "71.5%"]]]
    assert [cell.place.line for cell in only_table(document).cells] == [1, 1, 1, 2, 2, 2]


def test_a_table_may_begin_with_an_empty_cell() -> None:
    assert grids(read("\tカテゴリ\t内容\nAI導入\t軽減\t推進\n")) == [
        [["", "カテゴリ", "内容"], ["AI導入", "軽減", "推進"]]
    ]


def test_a_single_tab_that_indents_makes_no_table() -> None:
    document = read("\t本文の一行目\n\t本文の二行目\n")
    assert not list(document.tables())
    assert texts(document) == ["本文の一行目", "本文の二行目"]


def test_one_tabbed_line_alone_is_a_line() -> None:
    found = line(read("第1\t目的"), "目的")
    assert (found.text, found.quote) == ("第1 目的", "第1\t目的")


def test_list_marks_before_a_tab_make_no_table() -> None:
    assert texts(read("①\t人財の確保\n②\t能力の活用\n")) == ["① 人財の確保", "② 能力の活用"]


def test_a_row_that_lost_its_last_cells_is_filled_up_and_told() -> None:
    document = read("指標\t目標\t実績\nA\t1\t2\nB\t3\n")
    assert grids(document)[0][2] == ["B", "3", ""]
    assert codes(document) == ["short_row"]
    assert document.notices[0].line == 3


def test_stretches_with_different_tabs_are_different_tables() -> None:
    document = read("A\tB\nC\tD\nE\tF\tG\nH\tI\tJ\n")
    assert [table.width for table in document.tables()] == [2, 3]


def test_a_pipe_table_has_its_header_and_loses_its_rule() -> None:
    table = only_table(read("| 指標 | 値 |\n|---|:-:|\n| **人口** | 1\\|2 |\n\n後\n", "plan.md"))
    assert table.grid() == [["指標", "値"], ["人口", "1|2"]]
    assert [cell.header for cell in table.cells] == [True, True, False, False]


def test_a_pipe_table_with_a_list_mark_an_empty_header_and_broken_rows_is_read() -> None:
    text = "- | | |\n|----|---|\n| 10月27日 | セミナー\n募集 締切日 |\n| 1月 | 意見交換会 |\n本文\n"
    document = read(text)
    assert grids(document) == [[["10月27日", "セミナー\n募集 締切日"], ["1月", "意見交換会"]]]
    assert [cell.place.line for cell in only_table(document).cells] == [3, 3, 5, 5]
    assert texts(document) == ["本文"]


def test_bars_in_prose_make_no_table() -> None:
    assert texts(read("甲 | 乙\n丙 | 丁\n")) == ["甲 | 乙", "丙 | 丁"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "cp932", "euc_jis_2004", "iso2022_jp_2004"]
)
def test_the_encodings_of_japanese_offices_are_told_apart(encoding: str) -> None:
    text = SAMPLE.replace("㈱・髙﨑", "株・高崎") if "iso2022" in encoding or "euc" in encoding else SAMPLE
    data = b"\xff\xfe" + text.encode("utf-16-le") if encoding == "utf-16-le-bom" else text.encode(encoding)
    assert "".join(f"{found}\n" for found in texts(read_bytes(data, "plan.txt"))) == text


def test_iso_2022_jp_with_the_nec_row_is_read() -> None:
    data = b"\x1b$B-!4|4V\x1b(B"  # the NEC row begins with a circled one, which Python's codec refuses
    assert texts(read_bytes(data, "plan.txt")) == ["①期間"]


def test_a_torn_byte_in_a_long_text_is_shown_and_told() -> None:
    data = bytearray((SAMPLE * 50).encode())
    data[300] = 0xFF
    document = read_bytes(bytes(data), "plan.txt")
    assert "broken_characters" in codes(document)


def test_bytes_that_are_no_text_are_refused_with_the_encodings_that_are_read() -> None:
    with pytest.raises(Unreadable, match="文字コードを判別できません") as refused:
        read_bytes(bytes(range(1, 256)) * 20, "data.txt")
    assert refused.value.code == "unknown_encoding"


def test_control_characters_do_not_reach_the_text() -> None:
    assert texts(read("改\x02革\x0bプラン")) == ["改革 プラン"]


def test_the_five_real_plans_keep_every_filled_line() -> None:
    for path in sorted(shared_path("seeds").glob("*.txt")):
        document = open_document(path)
        lines = path.read_text(encoding="utf-8").split("\n")
        places = {found.place.line for found in document.lines()}
        places |= {cell.place.line for table in document.tables() for cell in table.cells}
        missing = [number for number, text in enumerate(lines, 1) if text.strip() and number not in places]
        in_broken_rows = [
            number for number in missing if "|" in lines[number - 1] or "|" in lines[number - 2]
        ]
        assert missing == in_broken_rows


def test_the_table_of_iwate_has_six_rows_and_eight_columns() -> None:
    path = next(shared_path("seeds").glob("004*.txt"))
    table = only_table(open_document(path))
    assert (table.height, table.width) == (6, 8)
    assert table.grid()[5] == [
        "全体",
        "",
        "57指標",
        "36指標 (63.2%)",
        "13指標 (22.8%)",
        "1指標 (1.7%)",
        "5指標 (8.8%)",
        "2指標 (3.5%)",
    ]
