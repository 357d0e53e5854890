"""PDF files: lines with their page, size and weight in reading order, tables ruled or aligned.

Read with pdfium alone. Its glyphs and paths are what a table finder needs, and a second parser in Python
would take some 0.1 s a page, which is minutes for a book of plans.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from kaikaku.readers import limits
from kaikaku.readers.building import Builder, trimmed
from kaikaku.readers.document import Cell, Document, Line, Place, Span, Table
from kaikaku.readers.errors import Unreadable
from kaikaku.readers.pdf_columns import AlignedTable, aligned_tables
from kaikaku.readers.pdf_lines import (
    Run,
    gutter,
    in_columns,
    merged_rows,
    rows_of,
    runs_of,
    turned_runs,
    with_vertical,
)
from kaikaku.readers.pdf_page import Glyph, PageContent, page_content
from kaikaku.readers.pdf_rules import CellFinder, RuledCell, ruled_grids

_PDFIUM = threading.Lock()  # pdfium keeps state of its own and must not be entered twice
_Row = tuple[int, int, int, int, str]  # row, column, row span, column span, text
_FILLED_SHARE: Final = 0.3  # of a ruled table's cells hold words; a chart's grid holds none


@dataclass(slots=True)
class _Piece:
    """A line or (with `rows`) a table on a page, before the document's margin and body size are known."""

    page: int
    top: float
    bottom: float
    height: float
    left: float = 0.0
    size: float = 0.0
    spans: tuple[Span, ...] = ()
    rows: list[_Row] | None = None


def read_pdf(data: bytes, *, name: str) -> Document:
    """Read a PDF; `page_position` is the height of a line's middle, `indent` counts from the usual left edge.

    Raises Unreadable for a file behind a password, a torn one, and one whose pages are pictures. A page
    without words among others, and glyphs the file gives no character for, are told in notices.
    """
    builder = Builder(name)
    pieces: list[_Piece] = []
    without_words: list[int] = []
    unknown: list[int] = []
    characters = 0
    with _PDFIUM:
        document = _opened(data, name)
        try:
            pages = len(document)
            limits.check_count(pages, limits.MAX_PAGES, name=name, what="ページ", unit="ページ")
            for number in range(1, pages + 1):
                content = _content(document, number, name)
                characters += len(content.glyphs) + len(content.turned)
                limits.check_count(characters, limits.MAX_PDF_CHARACTERS, name=name, what="文字", unit="字")
                if not content.glyphs and not content.turned:
                    without_words.append(number)
                if content.unknown > 0.05 * (len(content.glyphs) + 20):
                    unknown.append(number)
                pieces += _pieces(content, number)
            builder.properties.update(_properties(document))
        finally:
            document.close()
    if not pieces:
        raise _only_pictures(name)
    _add(pieces, builder)
    _tell(without_words, unknown, builder)
    return builder.document("application/pdf", pages=pages)


def _opened(data: bytes, name: str) -> Any:
    import pypdfium2
    import pypdfium2.raw

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable(
                "encrypted",
                f"「{name}」はパスワードで保護されているため読み取れません。パスワードを解除したPDFを"
                "保存し直してから、もう一度指定してください。",
                name=name,
            ) from error
        raise Unreadable(
            "torn",
            f"「{name}」は壊れているか、途中で切れています。もう一度ダウンロードするか、"
            "元のソフトからPDFを作り直してから指定してください。",
            name=name,
        ) from error


def _content(document: Any, number: int, name: str) -> PageContent:
    import pypdfium2

    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError as error:
        raise Unreadable(
            "torn_page",
            f"「{name}」の{number}ページ目が壊れていて読み取れません。もう一度ダウンロードするか、"
            "元のソフトからPDFを作り直してから指定してください。",
            name=name,
            page=number,
        ) from error
    try:
        return page_content(page, name=name)
    finally:
        page.close()


def _properties(document: Any) -> Iterator[tuple[str, str]]:
    title = (document.get_metadata_value("Title") or "").strip()
    if title:
        yield "title", title


def _only_pictures(name: str) -> Unreadable:
    return Unreadable(
        "no_text",
        f"「{name}」には文字が含まれていません（紙を読み取った画像と思われます）。"
        "文字認識（OCR）をかけたPDFか、元の文書から作ったPDFを指定してください。",
        name=name,
    )


def _tell(without_words: list[int], unknown: list[int], builder: Builder) -> None:
    if without_words:
        builder.notice(
            "pages_without_text",
            f"{_listed(without_words)}ページには文字が含まれていません（画像か白紙です）。"
            "読み取るには文字認識（OCR）をかけたPDFが必要です。",
        )
    if unknown:
        builder.notice(
            "unknown_glyphs",
            f"{_listed(unknown)}ページに、文字コードの分からない字があり、読み飛ばしました。元の文書で確かめてください。",
        )


def _listed(pages: list[int]) -> str:
    shown = "、".join(str(page) for page in pages[:10])
    return shown if len(pages) <= 10 else f"{shown}など{len(pages)}"


def _pieces(content: PageContent, page: int) -> list[_Piece]:
    """The lines and tables of a page in reading order."""
    pieces: list[_Piece] = []
    free = content.glyphs
    for grid in ruled_grids(content.rules):
        table, rest = _ruled_table(grid, free, page, content.height)
        if table:
            pieces.append(table)
            free = rest
    runs = runs_of(free)
    for aligned in aligned_tables(runs):
        taken = {id(glyph) for run in aligned.runs() for glyph in run.glyphs}
        runs = [run for run in runs if id(run.glyphs[0]) not in taken]
        pieces.append(_aligned_piece(aligned, page, content.height))
    middle = gutter(runs, content.width)
    runs = with_vertical(runs) if middle is None else in_columns(runs, middle)
    lines = merged_rows(runs) if middle is None else runs
    in_order = [_line_piece(run, page, content.height) for run in lines]
    if middle is not None:
        return _with_tables(in_order, pieces)
    turned = [_line_piece(run, page, content.height) for run in turned_runs(content.turned)]
    return _in_reading_order([*in_order, *turned], pieces)


def _line_piece(run: Run, page: int, height: float) -> _Piece:
    return _Piece(page, run.y1, run.y0, height, left=run.x0, size=run.size, spans=trimmed(run.spans()))


def _in_reading_order(lines: list[_Piece], tables: list[_Piece]) -> list[_Piece]:
    """The file's own order, in which a piece is only moved up past pieces that lie wholly below it.

    So a heading printed last comes first, and boxes side by side stay whole.
    """
    result: list[_Piece] = []
    for piece in lines:
        at = len(result)
        while at and result[at - 1].top <= piece.bottom + 0.3 * (piece.top - piece.bottom):
            at -= 1
        result.insert(at, piece)
    return _with_tables(result, tables)


def _with_tables(lines: list[_Piece], tables: list[_Piece]) -> list[_Piece]:
    """The tables put before the first line that lies wholly below them."""
    result = list(lines)
    for table in sorted(tables, key=lambda table: -table.top):
        tolerance = 2.0
        at = next((i for i, p in enumerate(result) if p.top <= table.bottom + tolerance), len(result))
        result.insert(at, table)
    return result


def _ruled_table(
    grid: list[RuledCell], glyphs: list[Glyph], page: int, height: float
) -> tuple[_Piece | None, list[Glyph]]:
    """The table a ruled grid makes of the glyphs inside it, and the glyphs left over."""
    finder = CellFinder(grid)
    inside: dict[int, list[Glyph]] = {}
    rest: list[Glyph] = []
    for glyph in glyphs:
        at = finder.at(*glyph.middle)
        if at is None:
            rest.append(glyph)
        else:
            inside.setdefault(at, []).append(glyph)
    if len(inside) < max(2, _FILLED_SHARE * len(grid)):
        return None, glyphs
    rows = [
        (cell.row, cell.column, cell.row_span, cell.column_span, _cell_text(inside.get(index, [])))
        for index, cell in enumerate(grid)
    ]
    high, low = max(cell.y1 for cell in grid), min(cell.y0 for cell in grid)
    return _Piece(page, high, low, height, rows=rows), rest


def _cell_text(glyphs: list[Glyph]) -> str:
    """The words of a cell, a line for each row; vertical writing is one line."""
    runs = with_vertical(runs_of(glyphs))
    upright = [run for run in runs if run.upright]
    lines = [" ".join(run.text for run in row) for row in rows_of(upright)]
    return "\n".join([*(run.text for run in runs if not run.upright), *lines])


def _aligned_piece(table: AlignedTable, page: int, height: float) -> _Piece:
    runs = table.runs()
    rows = [
        (row, column, 1, 1, cell.text if cell else "")
        for row, cells in enumerate(table.rows)
        for column, cell in enumerate(cells)
    ]
    return _Piece(page, max(run.y1 for run in runs), min(run.y0 for run in runs), height, rows=rows)


def _add(pieces: list[_Piece], builder: Builder) -> None:
    """The pieces as blocks, with indents measured by the document's own margin and body size."""
    sizes: Counter[float] = Counter()
    for piece in pieces:
        if piece.spans:
            sizes[round(piece.size * 2) / 2] += sum(len(span.text) for span in piece.spans)
    body = sizes.most_common(1)[0][0] if sizes else 10.5
    lefts = sorted(piece.left for piece in pieces if piece.spans)
    margin = lefts[len(lefts) // 20] if lefts else 0.0
    for piece in pieces:
        if piece.rows:
            builder.add(_table(piece.rows, piece.page, builder))
        elif piece.spans:
            builder.add(_line(piece, builder.next_place(page=piece.page), margin, body))


def _line(piece: _Piece, place: Place, margin: float, body: float) -> Line:
    middle = (piece.top + piece.bottom) / 2
    return Line(
        "".join(span.text for span in piece.spans),
        place,
        spans=piece.spans,
        indent=max(0.0, round((piece.left - margin) / max(body, 1.0), 1)),
        size=piece.size,
        page_position=min(1.0, max(0.0, round(1 - middle / max(piece.height, 1.0), 4))),
    )


def _table(rows: list[_Row], page: int, builder: Builder) -> Table:
    places: dict[int, Place] = {}
    cells = []
    for row, column, height, width, text in sorted(rows):
        if row not in places:
            places[row] = builder.next_place(page=page)
        cells.append(Cell(text, places[row], row, column, row_span=height, column_span=width))
    return Table(tuple(cells), cells[0].place)
