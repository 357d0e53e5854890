"""Plain text and Markdown: lines as typed, runs of tab-separated lines and pipe tables as tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kaikaku.readers import limits
from kaikaku.readers.building import Builder, joined, table_of
from kaikaku.readers.document import Document, Line, Place, Span, Table
from kaikaku.readers.encoding import decode
from kaikaku.readers.pipes import PipeTable, pipe_table_at

TAB_WIDTH: Final = 4
_LONGEST_TABLE: Final = 2_000  # physical lines of a pipe table
_BREAK = re.compile(r"\r\n|\r|\n")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_HALF_BOLD = re.compile(r"\*\*$")
_HEADING = re.compile(r"(#{1,6})[ \t　]+(.*?)[ \t]*#*$")
_BULLET = re.compile(r"(?:[-*+](?=[ \t　])|[・･•◦‣⁃▪▫])[ \t　]*")
_MARKER_ALONE = re.compile(r"\s*(?:[-*+・･•◦‣○●■□◆◇]|[①-⑳㋐-㋾]|[(（]?[0-9０-９ア-ンa-zA-Z]{1,2}[)）.．])\s*")
_IMAGE_OR_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_BLANKS = re.compile(r"[\t\v]+")


@dataclass(frozen=True, slots=True)
class _Typed:
    """One physical line of the file: its number from 1, its page where form feeds make pages."""

    text: str
    number: int
    page: int | None

    @property
    def place(self) -> Place:
        return Place(self.number, page=self.page)


def read_text(data: bytes, *, name: str, markdown: bool = False) -> Document:
    """Read a text file; `markdown` also takes links and pictures down to their words.

    Blank lines make no block, but they are counted, so that `place.line` is the line an editor shows and a
    jump in it is a gap between paragraphs. The marks `**…**`, `# ` and a lone closing `**` (left where a
    converter lost its partner) are understood in .txt too, because published plans pass through such
    converters; `Line.raw` keeps the line as typed.
    """
    decoded = decode(data, name=name)
    builder = Builder(name)
    ends = decoded.text.count("\n") + decoded.text.count("\r") - decoded.text.count("\r\n")
    limits.check_count(ends, limits.MAX_LINES, name=name, what="行", unit="行")
    if decoded.broken:
        builder.notice(
            "broken_characters",
            f"読み取れない文字が{decoded.broken}か所あり、「�」で示しました。元のファイルを確かめてください。",
        )
    typed = list(_typed(decoded.text))
    position = 0
    while position < len(typed):
        position += _take(typed, position, builder, markdown)
    builder.properties["encoding"] = decoded.encoding
    pages = typed[-1].page if typed else None
    return builder.document("text/markdown" if markdown else "text/plain", pages=pages)


def _typed(text: str) -> Iterator[_Typed]:
    paged = "\f" in text.rstrip("\f\r\n ")
    page = 1
    for number, line in enumerate(_BREAK.split(text), start=1):
        page += line.count("\f") if paged else 0
        yield _Typed(line.replace("\f", ""), number, page if paged else None)


def _take(typed: list[_Typed], start: int, builder: Builder, markdown: bool) -> int:
    """Read the block that begins at `start` and say how many physical lines it took."""
    if not typed[start].text.strip():
        return 1
    pipes = pipe_table_at([line.text for line in typed[start : start + 2]])
    if pipes:
        table = PipeTable([line.text for line in typed[start : start + _LONGEST_TABLE]])
        places = [typed[start + offset].place for offset in table.offsets]
        if places:
            texts = [[_clean(cell, markdown) for cell in row] for row in table.rows]
            builder.add(table_of(texts, places, headers=table.headers))
        return table.length
    run = _tabbed_run(typed, start)
    if len(run) >= 2:
        for block in _tables_in(run, builder, markdown):
            builder.add(block)
        return len(run)
    builder.add(_line(typed[start], markdown))
    return 1


def _tabs_inside(text: str) -> int:
    """How many tabs a line has, leading ones included; 0 where they only indent."""
    return text.count("\t") if "\t" in text.strip() or "\t" in text.rstrip(" ").lstrip() else 0


def _tabbed_run(typed: list[_Typed], start: int) -> list[_Typed]:
    run: list[_Typed] = []
    for line in (typed[at] for at in range(start, len(typed))):
        if not _tabs_inside(line.text) or (run and line.page != run[0].page):
            break
        run.append(line)
    return run


def _tables_in(run: list[_Typed], builder: Builder, markdown: bool) -> Iterator[Line | Table]:
    """A run of tabbed lines as one table, or as several, or as lines where the tabs do not agree.

    A row is filled up at its end only where most rows of the run have the same, larger number of tabs (an
    editor took the empty last cells away); otherwise each stretch of equal rows is a table, and a row alone
    is a line.
    """
    counts = [_tabs_inside(line.text) for line in run]
    widest = max(counts)
    if counts.count(widest) * 2 > len(run) and counts.count(widest) >= 2:
        groups = [run]
    else:
        groups = list(_equal_stretches(run, counts))
    for group in groups:
        cells = [[_clean(cell, markdown) for cell in line.text.split("\t")] for line in group]
        width = max(len(row) for row in cells)
        if len(group) < 2 or (width == 2 and all(_MARKER_ALONE.fullmatch(row[0]) for row in cells)):
            yield from (_line(line, markdown) for line in group)
            continue
        for line, row in zip(group, cells, strict=True):
            if len(row) < width:
                message = (
                    f"{line.number}行目は列が{width - len(row)}つ足りません。右端を空欄として読み取りました。"
                )
                builder.notice("short_row", message, line=line.number)
        padded = [row + [""] * (width - len(row)) for row in cells]
        yield table_of(padded, [line.place for line in group])


def _equal_stretches(run: list[_Typed], counts: list[int]) -> Iterator[list[_Typed]]:
    stretch: list[_Typed] = []
    for position, line in enumerate(run):
        if stretch and counts[position] != counts[position - 1]:
            yield stretch
            stretch = []
        stretch.append(line)
    yield stretch


def _line(typed: _Typed, markdown: bool) -> Line:
    text = typed.text.rstrip()
    shown = text.lstrip()
    indent = sum(TAB_WIDTH if blank == "\t" else 1 for blank in text[: len(text) - len(shown)])
    heading = _HEADING.fullmatch(shown)
    if heading:
        shown = heading.group(2)
    shown = _BLANKS.sub(" ", _without_links(shown, markdown))
    bullet = _BULLET.match(shown)
    spans = _spans(shown, marker=len(bullet.group()) if bullet else 0)
    clean = "".join(span.text for span in spans)
    return Line(
        clean,
        typed.place,
        spans=spans,
        indent=float(indent),
        heading=len(heading.group(1)) if heading else None,
        bullet=bullet is not None,
        raw=typed.text if typed.text != clean else "",
    )


def _spans(text: str, *, marker: int) -> tuple[Span, ...]:
    """The runs of a line; a list mark takes the style of the words it marks, as it does in print."""
    mark, words = text[:marker], text[marker:]
    runs: list[Span] = []
    half = _HALF_BOLD.search(words)
    if half and words.count("**") == 1:
        runs = [Span(words[: half.start()].rstrip(), bold=True)]
    else:
        end = 0
        for match in _BOLD.finditer(words):
            runs += [Span(words[end : match.start()]), Span(match.group(1), bold=True)]
            end = match.end()
        runs.append(Span(words[end:]))
    runs = list(joined(runs))
    return joined([Span(mark, bold=bool(runs) and runs[0].bold), *runs])


def _clean(cell: str, markdown: bool) -> str:
    """The words of a table cell without marks of style."""
    return _BOLD.sub(r"\1", _without_links(cell, markdown)).strip()


def _without_links(text: str, markdown: bool) -> str:
    return _IMAGE_OR_LINK.sub(r"\1", text) if markdown and "](" in text else text
