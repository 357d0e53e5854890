"""What a file is, by what stands in it; the name is only believed where the content cannot tell."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath
from typing import Final

from kaikaku.readers.archive import Archive
from kaikaku.readers.errors import Unreadable


class Kind(StrEnum):
    """The kinds of file that are read; the last three are data, which only the rules on spreadsheets know."""

    TEXT = "text"
    MARKDOWN = "markdown"
    CSV = "csv"
    TSV = "tsv"
    HTML = "html"
    PDF = "pdf"
    WORD = "word"
    EXCEL = "excel"
    ODS = "ods"
    JSON = "json"
    XML = "xml"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS: Final = {
    Kind.TEXT: "テキスト",
    Kind.MARKDOWN: "Markdown",
    Kind.CSV: "CSV",
    Kind.TSV: "TSV",
    Kind.HTML: "HTML（ウェブページ）",
    Kind.PDF: "PDF",
    Kind.WORD: "Word文書",
    Kind.EXCEL: "Excelブック",
    Kind.ODS: "OpenDocumentの表計算",
    Kind.JSON: "JSON",
    Kind.XML: "XML",
}
_SUFFIXES: Final = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".csv": Kind.CSV,
    ".tsv": Kind.TSV,
    ".tab": Kind.TSV,
    ".htm": Kind.HTML,
    ".html": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".pdf": Kind.PDF,
    ".docx": Kind.WORD,
    ".xlsx": Kind.EXCEL,
}
READABLE: Final = "txt、md、csv、tsv、html、pdf、docx、xlsx"
_TYPED: Final = frozenset({Kind.TEXT, Kind.MARKDOWN, Kind.CSV, Kind.TSV})
_OLD_OFFICE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_PICTURES: Final = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM",
    b"\0\0\0\x18ftyphei", b"\0\0\0\x1cftyphei", b"\0\0\0\x24ftyphei", b"\0\0\0 ftypavif",
)  # fmt: skip
_PACKED: Final = (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\xfd7zXZ", b"BZh", b"MSCF")
_NEVER_TEXT: Final = frozenset(
    (".doc", ".xls", ".ppt", ".xlsm", ".docm", ".pptx", ".ods", ".odt", ".jtd", ".zip", ".png", ".jpg")
)
_ODS: Final = "application/vnd.oasis.opendocument.spreadsheet"
_HTML_START: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_ANY_TAG: Final = re.compile(rb"<\s*(?:p|div|table|h[1-6]|ul|ol|br|span|body|html)\b[^>]*>", re.IGNORECASE)
_AS_XLSX: Final = "Excelで開き、「名前を付けて保存」で種類を「Excelブック（*.xlsx）」にして"
_SAVE_AS: Final = {
    "Excel 97-2003ブック（.xls）": _AS_XLSX,
    "Word 97-2003文書（.doc）": "Wordで開き、「名前を付けて保存」で種類を「Word文書（*.docx）」にして",
    "PowerPoint 97-2003（.ppt）": "PowerPointで開き、「エクスポート」でPDFに",
    "PowerPointプレゼンテーション（.pptx）": "PowerPointで開き、「エクスポート」でPDFに",
    "バイナリ形式のExcelブック（.xlsb）": _AS_XLSX,
    "Excel 2003のXML": _AS_XLSX,
    "OpenDocumentの表計算（.ods）": "LibreOfficeで開き、「名前を付けて保存」で種類を「Excel（.xlsx）」にして",
    "OpenDocumentの文書（.odt）": "LibreOfficeで開き、「名前を付けて保存」で種類を「Word（.docx）」にして",
    "リッチテキスト（.rtf）": "Wordで開き、「名前を付けて保存」で種類を「Word文書（*.docx）」にして",
    "一太郎文書": "一太郎で開き、PDFまたはWord文書（.docx）に",
    "画像": "文字認識（OCR）をかけたPDFか、元の文書ファイルを用意して",
    "圧縮ファイル": "展開して、中のファイルを1つずつ",
}


def kind_of(data: bytes, *, name: str) -> Kind:
    """What `data` is. Raises Unreadable, with the way out, for what is known and not read."""
    suffix = PurePath(name).suffix.lower()
    head = data[:1024]
    if b"%PDF-" in head:
        return Kind.PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data, name)
    if head.startswith(_OLD_OFFICE):
        raise _old_office(data, name)
    if head.startswith(_PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        raise _refused(name, "picture", "画像")
    if head.startswith(_PACKED):
        raise _refused(name, "packed", "圧縮ファイル")
    if head.startswith(b"{\\rtf"):
        raise _refused(name, "rtf", "リッチテキスト（.rtf）")
    if b'progid="Excel.Sheet"' in head:
        raise _refused(name, "excel_xml", "Excel 2003のXML")
    return _written(data, suffix, name)


def data_kind(data: bytes, *, name: str) -> Kind | None:
    """Whether `data` is one of the kinds of data that are no documents; None for all others.

    JSON and XML are believed by their names, as other text is; a page is HTML whatever it is called.
    """
    suffix = PurePath(name).suffix.lower()
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        archive = Archive(data, name=name)
        kind = archive.text("mimetype") if archive.has("mimetype") else ""
        return Kind.ODS if kind.startswith(_ODS) else None
    if _HTML_START.match(data[:4096]) or b'progid="Excel.Sheet"' in data[:1024]:
        return None
    return {".json": Kind.JSON, ".xml": Kind.XML}.get(suffix)


def claimed(name: str) -> Kind | None:
    """What the name says the file is, None where it says nothing we know."""
    return _SUFFIXES.get(PurePath(name).suffix.lower())


def _written(data: bytes, suffix: str, name: str) -> Kind:
    """The kind of a file of text: only HTML shows what it is, for the others the name is believed."""
    named = _SUFFIXES.get(suffix)
    if _HTML_START.match(data[:4096]) or (named is Kind.HTML and _ANY_TAG.search(data[:65536])):
        if named in (Kind.PDF, Kind.WORD, Kind.EXCEL):
            raise Unreadable(
                "web_page_instead",
                f"「{name}」の拡張子は{suffix}ですが、中身は{named.label}ではなくHTML（ウェブページ）です。"
                "ダウンロードのときにエラー画面やログイン画面が保存された可能性があります。"
                "元のファイルを保存し直してから、もう一度指定してください。",
                name=name,
            )
        return Kind.MARKDOWN if named is Kind.MARKDOWN else Kind.HTML
    if named in (Kind.PDF, Kind.WORD, Kind.EXCEL):
        raise Unreadable(
            "not_what_it_says",
            f"「{name}」の拡張子は{suffix}ですが、中身は{named.label}ではないか、先頭が壊れています。"
            "元のファイルを保存し直してから、もう一度指定してください。",
            name=name,
        )
    if suffix in _NEVER_TEXT:
        raise Unreadable(
            "unknown_kind",
            f"「{name}」は、読み取れる種類のファイルではありません。{READABLE}のどれかに保存し直してから、"
            "もう一度指定してください。",
            name=name,
        )
    return Kind.TEXT if named in (None, Kind.HTML) else named


def _zipped(data: bytes, name: str) -> Kind:
    archive = Archive(data, name=name)
    names = set(archive.names())
    types = archive.text("[Content_Types].xml") if "[Content_Types].xml" in names else ""
    if "macroEnabled" in types or any(entry.endswith("vbaProject.bin") for entry in names):
        kind = "Word文書" if any(entry.startswith("word/") for entry in names) else "Excelブック"
        wanted = "docx" if kind == "Word文書" else "xlsx"
        raise Unreadable(
            "macro",
            f"「{name}」はマクロ付きの{kind}です。安全のため読み取りません。マクロを含まない形式（.{wanted}）で"
            "保存し直してから、もう一度指定してください。",
            name=name,
        )
    if "wordprocessingml.document.main" in types or "word/document.xml" in names:
        return Kind.WORD
    if "spreadsheetml.sheet.main" in types or "xl/workbook.xml" in names:
        return Kind.EXCEL
    if "xl/workbook.bin" in names:
        raise _refused(name, "excel_binary", "バイナリ形式のExcelブック（.xlsb）")
    if any(entry.startswith("ppt/") for entry in names):
        raise _refused(name, "powerpoint", "PowerPointプレゼンテーション（.pptx）")
    mimetype = archive.text("mimetype") if "mimetype" in names else ""
    if "opendocument.spreadsheet" in mimetype:
        raise _refused(name, "opendocument", "OpenDocumentの表計算（.ods）")
    if "opendocument" in mimetype:
        raise _refused(name, "opendocument", "OpenDocumentの文書（.odt）")
    raise _refused(name, "packed", "圧縮ファイル")


def _old_office(data: bytes, name: str) -> Unreadable:
    """A compound file: an Office document of before 2007, or a newer one behind a password."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return Unreadable(
            "encrypted",
            f"「{name}」はパスワードで保護されているため読み取れません。元のソフトで開き、パスワードを解除して"
            "保存し直してから、もう一度指定してください。",
            name=name,
        )
    if PurePath(name).suffix.lower() in (".jtd", ".jtdc"):
        return _refused(name, "ichitaro", "一太郎文書")
    if holds("WordDocument"):
        return _refused(name, "old_word", "Word 97-2003文書（.doc）")
    if holds("PowerPoint Document"):
        return _refused(name, "old_powerpoint", "PowerPoint 97-2003（.ppt）")
    return _refused(name, "old_excel", "Excel 97-2003ブック（.xls）")


def _refused(name: str, code: str, what: str) -> Unreadable:
    way = _SAVE_AS[what]
    saving = "" if what in ("画像", "圧縮ファイル") else "保存し直してから、もう一度"
    return Unreadable(
        code,
        f"「{name}」は{what}のため、そのままでは読み取れません。{way}{saving}指定してください。",
        name=name,
    )


def disagreement(name: str, kind: Kind) -> str | None:
    """The sentence for a file read as `kind` under a name that says something else; None where they agree."""
    named = claimed(name)
    suffix = PurePath(name).suffix
    if not suffix or named is kind or (kind in _TYPED and named in (None, Kind.HTML)):
        return None
    return (
        f"拡張子は{suffix}ですが、中身は{kind.label}です。{kind.label}として読み取りました。"
        "正しいファイルかどうかを確かめてください。"
    )
