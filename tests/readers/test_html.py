"""Web pages."""

from __future__ import annotations

import pytest

from kaikaku.readers import Unreadable, read_bytes
from kaikaku.readers.document import Document
from tests.readers.looks import codes, grids, line, only_table, texts


def read(body: str, *, head: str = "") -> Document:
    page = f"<!DOCTYPE html><html lang=ja><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return read_bytes(page.encode(), "plan.html")


def test_headings_have_their_level() -> None:
    document = read("<h1>大綱</h1><h3>目的</h3><p>本文</p>")
    assert [found.heading for found in document.lines()] == [1, 3, None]


def test_inline_marks_do_not_part_a_line_and_bold_is_kept() -> None:
    found = line(read("<p>全体で<b>648</b><a href=x>件</a>\n です</p>"), "648")
    assert found.text == "全体で648件 です"
    assert [span.text for span in found.spans if span.bold] == ["648"]


def test_a_break_ends_a_line() -> None:
    assert texts(read("<p>一<br>二<br/>三</p>")) == ["一", "二", "三"]


def test_list_items_are_bullets_indented_by_their_nesting() -> None:
    document = read("<ul><li>一<ul><li>二</li></ul></li><li><p>三</p><p>三の続き</p></li></ul>")
    assert [(found.text, found.bullet, found.indent) for found in document.lines()] == [
        ("一", True, 0.0),
        ("二", True, 2.0),
        ("三", True, 0.0),
        ("三の続き", False, 0.0),
    ]


def test_an_ordered_list_shows_the_numbers_a_browser_shows() -> None:
    document = read("<ol start=3><li>甲<li>乙<li value=9>丙<li>丁</ol><ol type=i><li>戊</ol>")
    assert texts(document) == ["3. 甲", "4. 乙", "9. 丙", "10. 丁", "i. 戊"]


def test_a_table_keeps_its_merged_cells_and_header() -> None:
    table = only_table(
        read(
            "<table><caption>（単位：人）</caption><thead><tr><th rowspan=2>指標<th colspan=2>値</tr>"
            "<tr><td>目標<td>実績</thead><tr><td>A<td>1<td>2<br>(3)</table>"
        )
    )
    assert table.caption == "（単位：人）"
    assert table.grid() == [["指標", "値", "値"], ["指標", "目標", "実績"], ["A", "1", "2\n(3)"]]
    assert [cell.header for cell in table.cells if cell.row < 2] == [True] * 4


def test_a_rowspan_past_the_end_is_cut_to_the_table() -> None:
    assert only_table(read("<table><tr><td rowspan=99999>a<td>b<tr><td>c</table>")).height == 2


def test_a_table_that_only_lays_out_the_page_is_read_as_lines() -> None:
    document = read("<table><tr><td><h2>目的</h2><td><table><tr><td>a<td>b<tr><td>c<td>d</table></table>")
    assert texts(document) == ["目的"]
    assert grids(document) == [[["a", "b"], ["c", "d"]]]


def test_scripts_styles_and_hidden_parts_are_no_text() -> None:
    body = (
        "<script>var a='x'</script><style>p{}</style><p hidden>隠し</p><p style='display:none'>隠し</p>本文"
    )
    assert texts(read(body)) == ["本文"]


def test_navigation_is_left_out_and_told() -> None:
    document = read("<nav><a>トップ</a></nav><div role=navigation>パンくず</div><p>本文</p>")
    assert (texts(document), codes(document)) == (["本文"], ["furniture_left_out"])


def test_header_and_footer_are_left_out_only_where_the_page_marks_its_main_part() -> None:
    marked = "<header>県</header><main><header>表題</header><p>本文</p></main><footer>連絡先</footer>"
    assert texts(read(marked)) == ["表題", "本文"]
    assert texts(read("<header>県</header><p>本文</p>")) == ["県", "本文"]


def test_the_reading_of_a_word_is_left_out() -> None:
    assert texts(read("<p><ruby>大綱<rp>(</rp><rt>たいこう</rt><rp>)</rp></ruby>の案</p>")) == ["大綱の案"]


def test_preformatted_lines_stay_lines() -> None:
    assert texts(read("<pre>一\n  二\n</pre>")) == ["一", "二"]


def test_the_title_is_a_property() -> None:
    assert read("<p>本文</p>", head="<title>改革 \n プラン</title>").properties["title"] == "改革 プラン"


def test_the_declared_encoding_is_believed_where_it_is_true() -> None:
    data = '<html><head><meta charset="Shift_JIS"><title>㈱</title></head><body><p>髙い①</p></body>'.encode(
        "cp932"
    )
    assert texts(read_bytes(data, "a.htm")) == ["髙い①"]


def test_a_false_declaration_is_not_believed() -> None:
    data = '<html><head><meta charset="Shift_JIS"></head><body><p>改革プラン</p></body>'.encode()
    assert texts(read_bytes(data, "a.html")) == ["改革プラン"]


def test_an_xhtml_declaration_is_no_obstacle() -> None:
    data = '<?xml version="1.0" encoding="EUC-JP"?><html><body><p>改革</p></body></html>'.encode("euc_jp")
    assert texts(read_bytes(data, "a.html")) == ["改革"]


def test_deep_nesting_is_read_to_its_end() -> None:
    assert "底" in texts(read("<div>" * 900 + "底" + "</div>" * 900 + "<p>後</p>"))


def test_absurd_nesting_ends_in_a_document_or_a_sentence() -> None:
    try:
        document = read("<p>先頭</p>" + "<div>" * 60_000 + "底")
    except Unreadable:
        return
    assert "先頭" in texts(document)


def test_a_page_without_words_is_refused() -> None:
    with pytest.raises(Unreadable, match="読み取れる文字がありません"):
        read("<img src=a.png>")
