"""Reading: the five samples in each format and a PDF of 300 pages, beside what bare parsers need."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tools.benchmarks.measure import (
    ROOT,
    Figures,
    Row,
    duration,
    in_process,
    median_of,
    peak_mib,
    row,
    seconds,
)

SAMPLES = ROOT / "src" / "kaikaku" / "samples"
KINDS = ("txt", "docx", "xlsx", "html", "pdf")
BARE = {
    "txt": "str.splitlines",
    "docx": "python-docx",
    "xlsx": "calamine",
    "html": "lxml",
    "pdf": "pdfium text",
}
PAGES = 300
PEER_PAGES = 30


def twins(kind: str, folder: Path) -> list[Path]:
    """The five samples in a format, the same words set anew (tests/documents/twins.py)."""
    sources = sorted(SAMPLES.glob("*.txt"))
    if kind == "txt":
        return sources
    from tests.documents.twins import WRITERS, layout

    write = WRITERS[kind]
    return [write(layout(one.read_text(encoding="utf-8")), folder / f"{one.stem}.{kind}") for one in sources]


def long_pdf(pages: int, folder: Path) -> Path:
    """A PDF of at least `pages` pages, set by typst: the five samples over and over."""
    from tests.documents.twins import Block, layout, write_pdf

    once = [
        block
        for one in sorted(SAMPLES.glob("*.txt"))
        for block in (*layout(one.read_text(encoding="utf-8")), Block("page"))
    ]
    length = page_count(write_pdf(once, folder / "once.pdf"))
    return write_pdf(once * -(-pages // length), folder / "long.pdf")


def page_count(path: Path) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def read(path: Path) -> int:
    """Read a document to the plan's outline, as `kaikaku read` does; how many sections and indicators."""
    from kaikaku.readers import open_document
    from kaikaku.readers.plan import read_plan

    outline = read_plan(open_document(path))
    json.dumps(outline.as_json(), ensure_ascii=False)
    return len(outline.sections) + len(outline.indicators)


def samples(kind: str, runs: int) -> Figures:
    """CPU seconds for all five: the first time in a process (with imports) and afterwards (median)."""
    with tempfile.TemporaryDirectory(prefix="kaikaku-bench-") as folder:
        paths = [Path(one) for one in in_process("reading:make_twins", kind, folder)["paths"]]

        def all_five() -> None:
            for path in paths:
                read(path)

        first = seconds(all_five)
        used, peak = median_of(all_five, runs=runs), peak_mib()
        bare = median_of(lambda: [parse(kind, path.read_bytes()) for path in paths], runs=runs)
    return {"cpu": used, "first": first, "peak": peak, "bare": bare}


def make_twins(kind: str, folder: str) -> Figures:
    """In a process of its own, so that the writers' memory is not counted as the reader's."""
    return {"paths": [str(path) for path in twins(kind, Path(folder))]}


def parse(kind: str, data: bytes) -> int:
    """The floor: what the parser below us needs to hand out all the words, with no structure made of them."""
    parsers: dict[str, Callable[[bytes], int]] = {
        "txt": lambda given: len(given.decode().splitlines()),
        "docx": _words_of_docx,
        "xlsx": _cells_of_xlsx,
        "html": _words_of_html,
        "pdf": _words_of_pdf,
    }
    return parsers[kind](data)


def _words_of_docx(data: bytes) -> int:
    import docx

    document = docx.Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return sum(map(len, (*(paragraph.text for paragraph in document.paragraphs), *cells)))


def _cells_of_xlsx(data: bytes) -> int:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return sum(len(line) for name in book.sheet_names for line in book.get_sheet_by_name(name).to_python())


def _words_of_html(data: bytes) -> int:
    from lxml import html

    return len(html.document_fromstring(data).text_content())


def _words_of_pdf(data: bytes) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        return sum(len(page.get_textpage().get_text_bounded()) for page in document)


def make_long(pages: int, folder: str) -> Figures:
    path = long_pdf(pages, Path(folder))
    return {"path": str(path), "pages": page_count(path)}


def long_document(pages: int, runs: int) -> Figures:
    """CPU seconds for a long PDF, and for the bare text of the same."""
    with tempfile.TemporaryDirectory(prefix="kaikaku-bench-") as folder:
        made = in_process("reading:make_long", pages, folder)
        path = Path(made["path"])
        used, peak = median_of(partial(read, path), runs=runs), peak_mib()
        bare = seconds(lambda: _words_of_pdf(path.read_bytes()))
        peer = in_process("reading:plumbed", str(path), min(PEER_PAGES, made["pages"]))["page"]
    return {"cpu": used, "peak": peak, "pages": made["pages"], "bare": bare, "peer": peer}


def plumbed(path: str, pages: int) -> Figures:
    """CPU seconds a page of pdfplumber's text and tables, for the first pages."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        used = seconds(lambda: [(p.extract_text(), p.extract_tables()) for p in document.pages[:pages]])
    return {"page": used / pages}


def rows(*, quick: bool) -> Iterator[Row]:
    """Each format, then the long PDF."""
    for kind in KINDS:
        found = in_process("reading:samples", kind, 1 if quick else 5)
        yield row(
            f"read the five samples as {kind}",
            found["cpu"],
            against=found["bare"],
            name=f"bare words by {BARE[kind]}",
            source="floor",
            more=f"{duration(found['first'])} the first time, imports included; {found['peak']:.0f} MiB",
        )
    pages = PEER_PAGES if quick else PAGES
    found = in_process("reading:long_document", pages, 1 if quick else 2)
    per_page = found["cpu"] / found["pages"]
    yield row(
        f"read a PDF of {found['pages']} pages",
        found["cpu"],
        against=found["bare"],
        name="bare words by pdfium",
        source="floor",
        goal="300 pages < 30 s; < 1 GB",
        met=per_page * PAGES < 30 and found["peak"] < 950,
        more=f"{1 / per_page:.0f} pages/s; {found['peak']:.0f} MiB",
    )
    yield row(
        "… a page",
        per_page,
        against=found["peer"],
        name=f"text and tables by pdfplumber (first {min(PEER_PAGES, found['pages'])} pages)",
        source="peer",
    )
