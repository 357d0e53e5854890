"""Files that cannot be read end in one Japanese sentence: what, where, what next."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from kaikaku.readers import Unreadable, limits, open_document, read_bytes
from tests.readers.looks import codes, grids, texts
from tests.readers.samples import sample
from tests.readers.test_excel import part, rewritten

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
MAIN = "xl/worksheets/sheet1.xml"


def refused(data: bytes, name: str) -> Unreadable:
    """What the reader says, which is always whole sentences naming the file."""
    with pytest.raises(Unreadable) as found:
        read_bytes(data, name)
    assert found.value.message.startswith(f"「{name}」")
    assert found.value.message.endswith("。")
    return found.value


def zipped(**parts: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), body)
    return data.getvalue()


def test_a_missing_file_a_folder_and_an_empty_file_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    found = []
    for path in (tmp_path / "none.pdf", tmp_path, tmp_path / "empty.pdf"):
        with pytest.raises(Unreadable) as told:
            open_document(path)
        found.append(told.value.code)
    assert found == ["missing", "directory", "empty"]


def test_a_file_that_may_not_be_opened_is_told(tmp_path: Path) -> None:
    path = tmp_path / "locked.txt"
    path.write_text("本文", encoding="utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read every file, so none can be locked")
    with pytest.raises(Unreadable, match="権限"):
        open_document(path)


def test_a_name_no_file_system_takes_is_told() -> None:
    with pytest.raises(Unreadable):
        open_document(Path("a" * 5000))


def test_a_file_of_200_megabytes_is_refused_with_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.truncate(200 * limits.MEGABYTE)
    with pytest.raises(Unreadable, match=r"200\.0MB.*100MB") as told:
        open_document(path)
    assert told.value.code == "too_large"


def test_a_text_larger_than_its_own_limit_is_refused() -> None:
    assert "50MB" in refused(b"a\n" * (26 * limits.MEGABYTE), "long.txt").message


def test_a_text_of_too_many_lines_is_refused() -> None:
    assert refused(b"a\n" * (limits.MAX_LINES + 1), "long.txt").code == "too_long"


def test_a_pdf_behind_a_password_is_told() -> None:
    # An /Encrypt entry whose hashes fit no password.
    body = sample("pdf").replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4"
        b" /O <%s> /U <%s> >>" % (b"11" * 32, b"22" * 32),
    )
    assert refused(body, "plan.pdf").code == "encrypted"


def test_a_torn_pdf_is_told() -> None:
    assert refused(sample("pdf")[:40], "plan.pdf").code == "torn"


def test_an_office_file_behind_a_password_is_told() -> None:
    assert refused(OLE + "EncryptedPackage".encode("utf-16-le"), "plan.xlsx").code == "encrypted"


@pytest.mark.parametrize(
    ("stream", "name", "way"),
    [
        ("Workbook", "plan.xls", "Excelブック（*.xlsx）"),
        ("WordDocument", "plan.doc", "Word文書（*.docx）"),
        ("PowerPoint Document", "plan.ppt", "PDF"),
    ],
)
def test_an_old_office_file_is_refused_with_the_way_to_save_it(stream: str, name: str, way: str) -> None:
    assert way in refused(OLE + stream.encode("utf-16-le"), name).message


def test_a_macro_workbook_is_refused_under_any_name() -> None:
    data = rewritten(sample("xlsx"), {"xl/vbaProject.bin": "x"})
    assert [refused(data, name).code for name in ("plan.xlsm", "plan.xlsx")] == ["macro", "macro"]
    assert "マクロ付き" in refused(data, "plan.xlsm").message


@pytest.mark.parametrize(
    ("head", "name", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "scan.png", "文字認識（OCR）"),
        (b"{\\rtf1\\ansi", "plan.rtf", "docx"),
        (b"\x1f\x8b\x08" + bytes(50), "plan.gz", "展開"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "plan.xml", "xlsx"),
    ],
)
def test_known_formats_that_are_not_read_come_with_a_way_out(head: bytes, name: str, words: str) -> None:
    assert words in refused(head, name).message


def test_a_plain_zip_is_to_be_unpacked() -> None:
    assert "展開して" in refused(zipped(a_xml=b"x"), "plans.zip").message


def test_a_workbook_named_pdf_is_read_as_a_workbook_with_a_notice() -> None:
    document = read_bytes(sample("xlsx"), "plan.pdf")
    assert grids(document)[0][1] == ["A", "1", "71.5%"]
    assert codes(document)[0] == "wrong_extension"
    assert "拡張子は.pdfですが、中身はExcelブックです。" in document.notices[0].message


def test_a_workbook_with_its_own_name_has_no_notice() -> None:
    assert read_bytes(sample("xlsx"), "PLAN.XLSX").notices == ()


def test_a_web_page_named_pdf_is_refused_as_a_failed_download() -> None:
    assert "ダウンロード" in refused(sample("html"), "plan.pdf").message


def test_a_text_named_as_a_workbook_is_refused() -> None:
    assert refused("本文".encode(), "plan.xlsx").code == "not_what_it_says"


def test_a_web_page_named_xls_is_read_as_what_it_is() -> None:
    document = read_bytes(sample("html"), "list.xls")
    assert (texts(document)[0], codes(document)) == ("大綱", ["wrong_extension"])


def test_a_text_in_shift_jis_under_an_unknown_name_is_read() -> None:
    assert texts(read_bytes("行財政改革プランの本文です。".encode("cp932"), "plan.dat")) == [
        "行財政改革プランの本文です。"
    ]


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = rewritten(sample("xlsx"), {MAIN: " " * (60 * limits.MEGABYTE)})
    assert len(bomb) < limits.MEGABYTE
    assert refused(bomb, "plan.xlsx").code == "unpacks_too_large"


@pytest.mark.slow
def test_a_workbook_of_too_many_cells_is_refused() -> None:
    row = "<row>" + "<c><v>1</v></c>" * 1000 + "</row>"
    sheet = part(sample("xlsx"), MAIN)
    start, end = sheet.index("<sheetData>"), sheet.index("</sheetData>")
    rows = row * (limits.MAX_CELLS // 1000 + 1)
    wide = sheet[: start + len("<sheetData>")] + rows + sheet[end:]
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sample("xlsx"))) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            new.writestr(name, wide if name == MAIN else old.read(name))
    assert refused(data.getvalue(), "plan.xlsx").code == "too_long"


def test_entities_that_multiply_do_not_multiply() -> None:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    document = part(sample("docx"), "word/document.xml").replace(
        "<w:document", f"<!DOCTYPE x [{entities}]><w:document", 1
    )
    laughing = document.replace("</w:body>", "<w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body>")
    try:
        found = read_bytes(rewritten(sample("docx"), {"word/document.xml": laughing}), "plan.docx")
    except Unreadable:
        return
    assert sum(map(len, texts(found))) < 1000


def test_an_entity_does_not_fetch_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密の言葉", encoding="utf-8")
    shared = (
        f'<!DOCTYPE x [<!ENTITY s SYSTEM "file://{secret}">]>'
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&s;</t></si></sst>'
    )
    try:
        found = read_bytes(rewritten(sample("xlsx"), {"xl/sharedStrings.xml": shared}), "plan.xlsx")
    except Unreadable:
        return
    assert "秘密" not in str(found)


def test_a_page_of_too_many_tags_is_refused_before_it_is_parsed() -> None:
    assert refused(b"<html><body>" + b"<b>" * (limits.MAX_TAGS + 1), "page.html").code == "too_many_tags"


def test_a_word_file_nested_without_end_is_told() -> None:
    deep = "<w:sdt><w:sdtContent>" * 3000 + "</w:sdtContent></w:sdt>" * 3000
    document = part(sample("docx"), "word/document.xml").replace("<w:body>", "<w:body>" + deep, 1)
    refused(rewritten(sample("docx"), {"word/document.xml": document}), "plan.docx")


def test_a_workbook_without_its_sheets_is_told() -> None:
    data = zipped(xl__workbook_xml=b"<workbook/>")
    refused(data, "plan.xlsx")


def test_a_pdf_of_too_many_pages_is_refused() -> None:
    document = pypdfium2.PdfDocument.new()
    for _ in range(limits.MAX_PAGES + 1):
        document.new_page(100, 100)
    data = io.BytesIO()
    document.save(data)
    document.close()
    assert refused(data.getvalue(), "plan.pdf").code == "too_long"


def test_what_the_user_reads_names_the_file_as_they_know_it(tmp_path: Path) -> None:
    path = tmp_path / "3f2a.tmp"
    path.write_bytes(OLE)
    with pytest.raises(Unreadable, match=r"「行革プラン\.xls」"):
        open_document(path, name="行革プラン.xls")
