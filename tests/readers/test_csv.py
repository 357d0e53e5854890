"""CSV and TSV."""

from __future__ import annotations

import pytest

from kaikaku.readers import Unreadable, read_bytes
from tests.readers.looks import grids, only_table, texts


def test_a_csv_file_is_one_table() -> None:
    document = read_bytes("指標,目標,実績\nオンライン率,100%,71.5%\n".encode(), "a.csv")
    assert grids(document) == [[["指標", "目標", "実績"], ["オンライン率", "100%", "71.5%"]]]
    assert document.media_type == "text/csv"


def test_shift_jis_as_excel_saves_it_is_read() -> None:
    document = read_bytes("指標,①達成\r\n髙齢者,㈱\r\n".encode("cp932"), "a.csv")
    assert grids(document) == [[["指標", "①達成"], ["髙齢者", "㈱"]]]


def test_titles_and_notes_around_the_table_are_lines() -> None:
    text = "令和2年度の実績,,\n（単位：人）,,\n指標,目標,実績\nA,1,2\n※速報値,,\n"
    document = read_bytes(text.encode(), "a.csv")
    assert texts(document) == ["令和2年度の実績", "（単位：人）", "※速報値"]
    assert grids(document) == [[["指標", "目標", "実績"], ["A", "1", "2"]]]


def test_rows_know_their_physical_line_after_a_cell_with_line_breaks() -> None:
    document = read_bytes('名,値\n"二行の\n名",1\n次,2\n'.encode(), "a.csv")
    table = only_table(document)
    assert [cell.place.line for cell in table.cells if cell.column == 0] == [1, 2, 4]
    assert table.grid()[1] == ["二行の\n名", "1"]


def test_an_empty_row_parts_two_tables() -> None:
    document = read_bytes(b"a,b\n1,2\n,\nc,d\n3,4\n", "a.csv")
    assert [table.grid()[0] for table in document.tables()] == [["a", "b"], ["c", "d"]]


def test_an_empty_column_does_not_part_a_table() -> None:
    document = read_bytes(b"a,,b\n1,,2\n", "a.csv")
    assert len(list(document.tables())) == 1


@pytest.mark.parametrize("sign", ["\t", ";"])
def test_another_delimiter_is_told_by_even_rows(sign: str) -> None:
    text = "\n".join(
        sign.join(row) for row in (["指標", "値"], ["人口", "1,200"], ["件数", "3,400"], ["額", "500"])
    )
    assert grids(read_bytes(text.encode(), "a.csv"))[0][1] == ["人口", "1,200"]


def test_tsv_is_parted_by_tabs_alone() -> None:
    assert grids(read_bytes(b"a,b\tc\n1\t2\n", "a.tsv")) == [[["a,b", "c"], ["1", "2"]]]


def test_an_unclosed_quotation_mark_is_told_with_its_line() -> None:
    with pytest.raises(Unreadable, match="2行目") as refused:
        read_bytes(b'a,b\n"c,d\ne,f\n', "a.csv")
    assert refused.value.code == "bad_csv"
