"""What else the rules are held against: OpenDocument, JSON and XML; and the picture beside the findings."""

from __future__ import annotations

import io
import zipfile

import pytest

from kaikaku.readers import Unreadable
from kaikaku.readers.machine_readability import Verdict, check_bytes, examine
from kaikaku.readers.machine_readability.picture import FIRST_ROWS
from tests.readers.sheets import GOOD, broken, csv, of_csv, workbook

_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)
_YELLOW = (
    '<style:style style:name="ce1" style:family="table-cell">'
    '<style:table-cell-properties fo:background-color="#ffff00"/></style:style>'
)


def cell(value: object, more: str = "", inside: str = "") -> str:
    kind = f'office:value-type="float" office:value="{value}"' if isinstance(value, int) else ""
    return f"<table:table-cell {kind} {more}>{inside}<text:p>{value}</text:p></table:table-cell>"


def ods(rows: str, *, table: str = "", styles: str = _YELLOW) -> bytes:
    """A spreadsheet of one sheet, as LibreOffice packs it."""
    content = (
        f"<office:document-content {_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f'<office:body><office:spreadsheet><table:table table:name="表">{table}{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
    return out.getvalue()


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def good() -> str:
    return "".join(row(*(cell(value) for value in values)) for values in GOOD)


def broken_in(rows: str, **more: str) -> set[str]:
    return broken(check_bytes(ods(rows, **more), "表.ods"))


def test_a_good_table_is_good_as_ods_too() -> None:
    report = check_bytes(ods(good()), "表.ods")
    assert broken(report) == set()
    assert (report.format, report.sheets) == ("ods", ("表",))


def test_the_million_empty_rows_at_the_end_of_a_sheet_are_nothing() -> None:
    end = row("<table:table-cell/>", more='table:number-rows-repeated="1048570"')
    assert broken_in(good() + end) == set()


def test_repeated_cells_are_each_there() -> None:
    twice = row(cell("〃", 'table:number-columns-repeated="2"'), more='table:number-rows-repeated="2"')
    findings = check_bytes(ods(good() + twice), "a.ods").findings
    assert [f.cells for f in findings if f.rule.id == "L2-02"] == [("A6～A7",), ("B6～B7",)]


@pytest.mark.parametrize(
    ("rule", "rows"),
    [
        ("L1-12", row(cell("見出し", 'table:number-columns-spanned="2"'), "<table:covered-table-cell/>")),
        ("L1-13", row(cell("9"), more='table:visibility="collapse"')),
        ("L1-10", row(cell("x", inside="<draw:frame><draw:image/></draw:frame>"))),
        ("L2-06", row(cell("x"), cell("y"), cell(2, 'table:formula="of:=1+1"'))),
        ("L1-11", row(*(cell(v, 'table:style-name="ce1"' if n == 4 else "") for n, v in enumerate(GOOD[1])))),
    ],
)
def test_what_breaks_a_workbook_breaks_an_ods_file(rule: str, rows: str) -> None:
    assert rule in broken_in(good() + rows)


def test_blanks_and_breaks_that_odf_writes_as_elements_are_read() -> None:
    words = "見<text:s text:c='2'/>込<text:line-break/>値"
    spaced = f"<table:table-cell><text:p>{words}</text:p></table:table-cell>"
    assert "L1-06" in broken_in(good() + row(spaced))


def test_more_cells_than_can_be_held_are_refused() -> None:
    many = row(cell("1", 'table:number-columns-repeated="1000"'), more='table:number-rows-repeated="1000"')
    with pytest.raises(Unreadable, match="多すぎます"):
        check_bytes(ods(many), "大きい.ods")


@pytest.mark.parametrize(("name", "data"), [("a.json", b'[{"a": 1}]'), ("a.xml", b"<a><b>1</b></a>")])
def test_json_and_xml_are_formats_a_machine_reads(name: str, data: bytes) -> None:
    report = check_bytes(data, name)
    assert report.verdicts["L1-01"] is Verdict.KEPT
    assert set(report.verdicts.values()) <= {Verdict.KEPT, Verdict.NOT_CHECKED, Verdict.NOT_FOR}


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.json", b'{"a": }', "1行目7文字目"),
        ("a.json", b"[" * 100_000, "入れ子が深すぎます"),
        ("a.json", b"\xff\xfe\xff", "文字コード|誤り"),
        ("a.xml", b"<a><b></a>", "1行目"),
    ],
)
def test_what_is_not_well_formed_is_refused_with_its_place(name: str, data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        check_bytes(data, name)


def test_an_entity_bomb_is_not_unfolded() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>'
    assert check_bytes(bomb, "a.xml").verdicts["L1-01"] is Verdict.KEPT


def marks(data: bytes, name: str) -> dict[str, tuple[int, ...]]:
    """The marks of the first picture, by column letter and row number."""
    _, pictures = examine(data, name)
    [picture] = pictures
    return {
        f"{column}{line.number}": square.marks
        for line in picture.lines
        for column, square in zip(picture.columns, line.squares, strict=True)
        if square.marks
    }


def test_each_finding_is_marked_on_its_cells() -> None:
    rows = [*GOOD, ("〃", "〃", 2023, "健診の受診者", 1, "人", "確定")]
    report, _ = examine(workbook(rows), "a.xlsx")
    numbers = {n for n, f in enumerate(report.findings, 1) if f.rule.id == "L2-02"}
    found = marks(workbook(rows), "a.xlsx")
    assert {place for place, on in found.items() if set(on) & numbers} == {"A6", "B6"}


def test_the_lines_of_a_csv_file_are_marked_by_their_number() -> None:
    text = csv([*GOOD, ("〃", "盛岡市", 2023, "健診の受診者", 1, "人", "確定")])
    assert "16" in marks(text.encode(), "a.csv")
    assert of_csv(text).findings


def test_a_finding_far_down_is_drawn_after_a_gap() -> None:
    rows = [*GOOD, *([GOOD[1]] * 100), ("〃", *GOOD[1][1:])]
    _, [picture] = examine(workbook(rows), "a.xlsx")
    assert len(picture.lines) == FIRST_ROWS + 1
    assert (picture.lines[-1].number, picture.lines[-1].gap) == (106, 106 - FIRST_ROWS - 1)
    assert picture.rows_left == 106 - FIRST_ROWS - 1
