"""Files in: any document a government publishes → `document.Document`, or one sentence saying why not.

    open_document(path)      a file on disk
    read_bytes(data, name)   a file that was uploaded

Both raise `errors.Unreadable` and nothing else. No reader fetches anything, runs a macro or follows a link.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kaikaku.readers import limits
from kaikaku.readers.document import Document, Notice
from kaikaku.readers.errors import Unreadable
from kaikaku.readers.sniff import Kind, disagreement, kind_of

__all__ = ["Unreadable", "open_document", "read_bytes", "read_file"]


def open_document(path: Path, *, name: str | None = None) -> Document:
    """Read the file at `path`; `name` is what people call it, where that is not the path's own.

    Raises Unreadable for a missing file, a folder, a file that may not be opened, and as `read_bytes` does.
    """
    shown = name or path.name or str(path)
    return read_bytes(read_file(path, shown), shown)


def read_file(path: Path, shown: str) -> bytes:
    """The bytes of a file that people call `shown`, within the limits. Raises Unreadable."""
    try:
        if path.is_dir():
            raise Unreadable(
                "directory",
                f"「{shown}」はフォルダーです。フォルダーの中のファイルを1つずつ指定してください。",
                name=shown,
            )
        size = path.stat().st_size
        limits.check_bytes(size, limits.MAX_PDF_BYTES, name=shown)
        with path.open("rb") as file:
            return file.read(limits.MAX_PDF_BYTES + 1)
    except FileNotFoundError as error:
        message = f"「{shown}」が見つかりません。ファイルの名前と場所を確かめてください。"
        raise Unreadable("missing", message, name=shown) from error
    except (OSError, ValueError) as error:
        message = (
            f"「{shown}」を開けません。読み取りの権限と、ほかのソフトで開いていないかを確かめてください。"
        )
        raise Unreadable("cannot_open", message, name=shown) from error


def read_bytes(data: bytes, name: str) -> Document:
    """Read a file's bytes; what they are is told by the bytes, and `name` only settles what those cannot.

    A readable file under a wrong extension is read as what it is, with a notice: refusing it would only make
    the user rename it. Text or a web page under the name of a PDF, Word or Excel file is refused, because
    that is what a failed download leaves behind. Here alone does an exception of a parser become a sentence.
    """
    if not data:
        raise Unreadable(
            "empty",
            f"「{name}」は空のファイル（0バイト）です。"
            "元のファイルを保存し直してから、もう一度指定してください。",
            name=name,
        )
    try:
        kind = kind_of(data, name=name)
        limit = limits.MAX_PDF_BYTES if kind is Kind.PDF else limits.MAX_BYTES
        limits.check_bytes(len(data), limit, name=name)
        document = _reader(kind)(data, name)
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(
            "unexpected",
            f"「{name}」を読み取れませんでした。ファイルが壊れているか、想定していない作りになっています。"
            "元のソフトで開いて保存し直してから、もう一度指定してください。",
            name=name,
            cause=type(error).__name__,
        ) from error
    told = disagreement(name, kind)
    if told:
        document = replace(document, notices=(Notice("wrong_extension", told), *document.notices))
    return document


def _reader(kind: Kind) -> Callable[[bytes, str], Document]:
    """The reader of a kind, imported when it is wanted."""
    if kind is Kind.PDF:
        from kaikaku.readers.pdf import read_pdf

        return lambda data, name: read_pdf(data, name=name)
    if kind is Kind.WORD:
        from kaikaku.readers.word import read_word

        return lambda data, name: read_word(data, name=name)
    if kind is Kind.EXCEL:
        from kaikaku.readers.excel import read_excel

        return lambda data, name: read_excel(data, name=name)
    if kind is Kind.HTML:
        from kaikaku.readers.html import read_html

        return lambda data, name: read_html(data, name=name)
    if kind in (Kind.CSV, Kind.TSV):
        from kaikaku.readers.csv import read_csv

        return lambda data, name: read_csv(data, name=name, tabs=kind is Kind.TSV)
    from kaikaku.readers.text import read_text

    return lambda data, name: read_text(data, name=name, markdown=kind is Kind.MARKDOWN)
