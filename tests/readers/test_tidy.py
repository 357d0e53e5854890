"""Taking away what extraction and printing added, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kaikaku.readers import read_bytes
from kaikaku.readers.clean import clean_text
from kaikaku.readers.document import Cell, Document, Line, Place, Table
from kaikaku.readers.pieces import Grid, Text, Tidied
from kaikaku.readers.tidy import tidy

LETTERS = st.text(
    alphabet="行財政改革県民の第1２(3)①Ⅰ・-～※ 　AI【】「」。、\u2ea0\uf0b7\t年度%", max_size=40
)


def read(text: str) -> Tidied:
    return tidy(read_bytes(text.encode(), "plan.txt"))


def texts(tidied: Tidied) -> list[str]:
    return [piece.text for piece in tidied.pieces if isinstance(piece, Text)]


def pages(*lines: tuple[int, float, str]) -> Document:
    blocks = tuple(
        Line(text, Place(number, page=page), size=10.5, page_position=height)
        for number, (page, height, text) in enumerate(lines, start=1)
    )
    return Document("plan.pdf", "application/pdf", blocks, pages=max(page for page, _, _ in lines))


@given(LETTERS)
def test_cleaning_a_line_twice_changes_nothing_more(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once


@given(st.lists(LETTERS, min_size=1, max_size=30))
def test_tidying_a_document_twice_changes_nothing_more(lines: list[str]) -> None:
    blocks = tuple(Line(text, Place(number)) for number, text in enumerate(lines, start=1))
    document = Document("plan.docx", "application/msword", blocks)
    once = tidy(document)
    twice = tidy(once.document(document))
    assert texts(twice) == texts(once)


def test_bold_printed_twice_is_printed_once() -> None:
    assert clean_text("行行財財政政改改革革大大綱綱") == "行財政改革大綱"
    assert clean_text("様々な人々") == "様々な人々"


def test_look_alike_radicals_become_the_common_characters() -> None:
    assert clean_text("⺠間の⼒と⾏政の⻑") == "民間の力と行政の長"


def test_letters_set_apart_are_joined_and_grades_in_a_row_are_not() -> None:
    assert clean_text("A I 会議録") == "AI 会議録"
    assert clean_text("A B C D") == "A B C D"
    assert clean_text("達 成") == "達成"


def test_formula_debris_becomes_a_minus() -> None:
    assert clean_text(r"県債残高 $\triangle 1,743$ 億円") == "県債残高 △1,743 億円"


def test_a_marker_alone_takes_the_line_after_it() -> None:
    assert texts(read("第1\n計画の趣旨\n\n②\n歳入の確保")) == ["第1 計画の趣旨", "② 歳入の確保"]


def test_a_number_in_brackets_alone_is_no_page_number() -> None:
    assert texts(read("(1)\n窓口の改革\n\n本文です。")) == ["(1) 窓口の改革", "本文です。"]


def test_page_numbers_go_and_what_follows_opens_a_page() -> None:
    tidied = read("はじめの文です。\n\n1\n\n次の文です。\n\n- 2 -\n\n終わりの文です。")
    assert texts(tidied) == ["はじめの文です。", "次の文です。", "終わりの文です。"]
    assert [piece.top for piece in tidied.pieces if isinstance(piece, Text)] == [False, True, True]


def test_a_figure_alone_out_of_order_is_no_page_number() -> None:
    assert "648" in texts(read("応募の件数\n\n648\n\n件でした。"))


def test_a_running_head_of_a_text_stands_by_page_numbers() -> None:
    body = "".join(
        f"計画の本文{mark}です。\n\nみほん県大綱\n\n- {page} -\n\n"
        for page, mark in ((1, "あ"), (2, "い"), (3, "う"))
    )
    assert texts(read(body)) == ["計画の本文あです。", "計画の本文いです。", "計画の本文うです。"]


def test_running_heads_of_pages_go_but_a_heading_stays_once() -> None:
    lines = []
    for page in (1, 2, 3):
        lines += [
            (page, 0.05, "Ⅲ 改革の視点"),
            (page, 0.4, f"本文{page}はここにある。"),
            (page, 0.96, f"みほん県 {page}"),
        ]
    assert texts(tidy(pages(*lines))) == [
        "Ⅲ 改革の視点",
        "本文1はここにある。",
        "本文2はここにある。",
        "本文3はここにある。",
    ]


def test_a_contents_page_is_taken_out_and_remembered() -> None:
    tidied = read("目次\n\nⅠ 策定の趣旨 …… 1\nⅡ 参考資料 ・・・ 12\n\nⅠ 策定の趣旨\n\n本文です。")
    assert texts(tidied) == ["Ⅰ 策定の趣旨", "本文です。"]
    assert [entry.text for entry in tidied.contents] == ["Ⅰ 策定の趣旨", "Ⅱ 参考資料"]


def test_leaders_without_the_word_contents_are_known_by_three_lines() -> None:
    assert texts(read("1 趣旨 ‥‥ 1\n2 期間 ‥‥ 2\n3 方法 ‥‥ 3\n\n1 趣旨\n\n本文です。")) == [
        "1 趣旨",
        "本文です。",
    ]


def test_a_sentence_broken_in_the_middle_is_one_line_again() -> None:
    assert texts(read("職員が成長と働きがいを実感でき、\n多くの人が働きたいと思う職場")) == [
        "職員が成長と働きがいを実感でき、多くの人が働きたいと思う職場"
    ]


def test_two_names_below_each_other_stay_two_lines() -> None:
    assert texts(read("総合企画部 デジタル推進課\n総務部 人事課")) == [
        "総合企画部 デジタル推進課",
        "総務部 人事課",
    ]


def test_a_sentence_that_runs_over_the_page_is_joined() -> None:
    full = "県民の視点に立った行政サービスを提供するため、窓口の改革を全庁で進めて"
    tidied = tidy(pages((1, 0.90, full), (1, 0.96, "- 1 -"), (2, 0.08, "いきます。"), (2, 0.96, "- 2 -")))
    assert texts(tidied) == [f"{full}いきます。"]


def test_a_table_over_two_pages_is_one_with_its_header_once() -> None:
    def part(page: int, line: int, rows: list[list[str]]) -> Table:
        place = Place(line, page=page)
        cells = [Cell(text, place, r, c) for r, row in enumerate(rows) for c, text in enumerate(row)]
        return Table(tuple(cells), place)

    upper = part(1, 1, [["指標", "目標"], ["甲", "1件"]])
    lower = part(2, 3, [["指標", "目標"], ["乙", "2件"]])
    tidied = tidy(Document("plan.pdf", "application/pdf", (upper, lower), pages=2))
    (grid,) = tidied.pieces
    assert isinstance(grid, Grid)
    assert grid.table.grid() == [["指標", "目標"], ["甲", "1件"], ["乙", "2件"]]


def test_words_that_a_narrow_cell_broke_are_whole_again_and_entries_stay_apart() -> None:
    place = Place(1, page=1)
    texts_ = ["達成に向けた取\n組を全庁で進め\nる", "会議の開催\n(第2回)"]
    cells = tuple(Cell(text, place, 0, column) for column, text in enumerate(texts_))
    (grid,) = tidy(Document("plan.pdf", "application/pdf", (Table(cells, place),), pages=1)).pieces
    assert isinstance(grid, Grid)
    assert grid.table.grid()[0] == ["達成に向けた取組を全庁で進める", "会議の開催\n(第2回)"]
