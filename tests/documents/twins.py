"""Makes a PDF, Word, Excel and web twin of a plain-text plan: the same words in the layout of that format.

The maker knows only what a typist sees: a line that stands alone and begins with a number is a heading, a
bold bullet is bold, tabs make a table, a number alone at the foot is the page. It shares no code with the
readers.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from pathlib import Path

from tests.fonts import font_path

_NUMBERED = re.compile(
    r"(?:(第\d+)|(I{1,3}V?|IV|[ⅠⅡⅢⅣ])|(\(\d+\))|([①-⑳])|(【[IVX]+】)|(\d{1,2}))(?:[ 　]+|(?<=[①-⑳]))(?=\S)"
)
_STYLES = ("第", "I", "(1)", "①", "【I】", "1")
_BULLET = re.compile(r"(?P<indent>\s*)- (?P<dot>・\s*)?(?P<text>\S.*)")
_PART = re.compile(r"(?:令和|平成)\d+年度の(?:主な)?取組(?:実績|計画)$")


@dataclass(frozen=True)
class Block:
    """One block of the layout: title, heading, part, text, bullet, table, contents or page."""

    kind: str
    text: str = ""
    level: int = 1
    bold: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    leader: str = ""


def layout(source: str) -> list[Block]:
    """The layout of a text document as a typist would set it."""
    lines = source.split("\n")
    blocks: list[Block] = []
    styles: list[str] = []
    position = 0
    while position < len(lines):
        line = lines[position].rstrip()
        if not line.strip():
            position += 1
            continue
        taken, found = _block_at(lines, position, blocks, styles)
        blocks += found
        position += taken
    return blocks


def _block_at(
    lines: list[str], position: int, blocks: list[Block], styles: list[str]
) -> tuple[int, list[Block]]:
    line = lines[position].rstrip()
    if "\t" in line.strip() or line.startswith("\t"):
        run = _run(lines, position, lambda text: "\t" in text)
        rows = [[cell.strip() for cell in text.rstrip("\n").split("\t")] for text in run]
        width = max(map(len, rows))
        table = tuple(tuple(row + [""] * (width - len(row))) for row in rows)
        if blocks and blocks[-1].text == "目次":
            return len(run), [_contents_line(row) for row in table]
        return len(run), [Block("table", rows=table)]
    if re.match(r"-? ?\|", line.strip()):
        run = _run(lines, position, lambda text: bool(text.strip()))
        return len(run), [Block("table", rows=_pipe_rows(run))]
    bullet = _BULLET.fullmatch(line)
    if bullet:
        return _bullet(lines, position, bullet, blocks)
    if re.fullmatch(r"\d{1,2}", line.strip()) and not _text(lines, position + 1):
        return 1, [Block("page")]
    apart = not _text(lines, position + 1) and not _text(lines, position - 1)
    heading = _NUMBERED.match(line)
    if heading and apart and not line.endswith("。"):
        style = next(mark for mark, group in zip(_STYLES, heading.groups(), strict=True) if group)
        return 1, [Block("heading", line, level=_level(style, styles))]
    if not any(block.kind == "title" for block in blocks) and apart:
        return 1, [Block("title", line)]
    if _PART.match(line) and apart:
        return 1, [Block("part", line)]
    run = _run(lines, position, lambda text: bool(text.strip()) and not _BULLET.fullmatch(text))
    plain = (
        len(run) <= 2
        and apart_run(lines, position, len(run))
        and _plain_title("".join(run), lines, position + len(run))
    )
    text = "\n".join(part.strip() for part in run)
    return len(run), [Block("plain" if plain else "text", text.replace("**", ""))]


def apart_run(lines: list[str], position: int, length: int) -> bool:
    return not _text(lines, position - 1) and not _text(lines, position + length)


def _plain_title(text: str, lines: list[str], after: int) -> bool:
    """A short line without number that a typist sets bold, because something follows that it heads."""
    following = next((line for line in lines[after:] if line.strip()), "")
    short = (
        len(text) <= 48
        and re.search(r"[。、：\d]|[はがをにでもし]$|件$|する$|^[<（～【「→※■○・]", text) is None
    )
    long_body = (
        len(following) > 48 or re.match(r"\s*- |■|○|\d |I |.*\t", following) is not None or following == "1年"
    )
    return short and long_body


def _text(lines: list[str], position: int) -> bool:
    return 0 <= position < len(lines) and bool(lines[position].strip())


def _run(lines: list[str], position: int, wanted: object) -> list[str]:
    assert callable(wanted)
    end = position
    while end < len(lines) and wanted(lines[end]):
        end += 1
    return lines[position:end]


def _level(style: str, styles: list[str]) -> int:
    if style not in styles:
        styles.append(style)
    return min(styles.index(style) + 1, 4)


def _contents_line(row: tuple[str, ...]) -> Block:
    number, title, page = (*row, "", "", "")[:3]
    return Block(
        "contents",
        " ".join(filter(None, (number, title))),
        level=1 if number else 2,
        leader=re.sub(r"\D", "", page),
    )


def _pipe_rows(run: list[str]) -> tuple[tuple[str, ...], ...]:
    text = re.sub(r"(?m)^-? ?\|[ |\-]*\|?\s*$\n?", "", "\n".join(run))
    rows = re.findall(r"^\|\s*([^|\n]*?)\s*\|\s*(.*?)\s*\|$", text, re.MULTILINE | re.DOTALL)
    return tuple((first, second) for first, second in rows)


def _bullet(
    lines: list[str], position: int, match: re.Match[str], blocks: list[Block]
) -> tuple[int, list[Block]]:
    text, taken = match["text"], 1
    while _text(lines, position + taken) and not _BULLET.fullmatch(lines[position + taken]):
        text += "\n" + lines[position + taken].strip()
        taken += 1
    bold = text.endswith("**") and text.count("**") == 1
    text = text.replace("**", "")
    above = next((block for block in reversed(blocks) if block.kind != "bullet" or block.level != 2), None)
    level = 2 if match["dot"] and above is not None and above.kind == "bullet" else 1
    return taken, [Block("bullet", text, level=level, bold=bold)]


# Word


def write_docx(blocks: list[Block], path: Path, *, headings: bool = True) -> Path:
    """A Word file; without `headings` the typist made titles bold and larger by hand, as most do."""
    import docx
    from docx.shared import Pt

    document = docx.Document()
    for block in blocks:
        if block.kind == "page":
            document.add_page_break()
        elif block.kind == "table":
            _docx_table(document, block)
        elif block.kind == "title" and headings:
            document.add_paragraph(block.text, style="Title")
        elif block.kind in ("heading", "part", "plain") and headings:
            level = {"heading": block.level + 1, "part": 1, "plain": 5}[block.kind]
            document.add_heading(block.text.replace("\n", ""), level=level)
        elif block.kind == "contents":
            document.add_paragraph(f"{block.text}\t{block.leader}")
        elif block.kind == "bullet":
            style = "List Bullet" if block.level == 1 else "List Bullet 2"
            _styled(document.add_paragraph(style=style), block.text, bold=block.bold)
        else:
            paragraph = document.add_paragraph()
            _styled(paragraph, block.text, bold=block.kind != "text")
            if block.kind in ("title", "heading", "part", "plain"):
                for run in paragraph.runs:
                    run.font.size = Pt(
                        {"title": 18, "part": 15, "plain": 12}.get(block.kind, 15 - block.level)
                    )
    document.save(str(path))
    return path


def _styled(paragraph: object, text: str, *, bold: bool) -> None:
    for number, part in enumerate(text.split("\n")):
        run = paragraph.add_run(part)  # type: ignore[attr-defined]
        run.bold = bold
        if number < text.count("\n"):
            run.add_break()


def _docx_table(document: object, block: Block) -> None:
    table = document.add_table(len(block.rows), len(block.rows[0]), style="Table Grid")  # type: ignore[attr-defined]
    for row, cells in enumerate(block.rows):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text


# Excel


def write_xlsx(blocks: list[Block], path: Path) -> Path:
    """A workbook: words in column A, bullets one column in, tables ruled, an empty row between blocks."""
    from openpyxl import Workbook
    from openpyxl.styles import Border, Font, Side

    workbook = Workbook()
    sheet = workbook.active
    thin = Side(style="thin")
    row, previous = 1, ""
    for block in blocks:
        if block.kind != "bullet" or previous != "bullet":
            row += 1
        previous = block.kind
        if block.kind == "table":
            for cells in block.rows:
                for column, text in enumerate(cells, start=1):
                    cell = sheet.cell(row, column, text or None)
                    cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
                row += 1
            continue
        if block.kind == "page":
            continue
        for part in block.text.split("\n"):
            mark = "・" if block.kind == "bullet" and part == block.text.split("\n")[0] else ""
            leader = f" …… {block.leader}" if block.leader else ""
            cell = sheet.cell(row, block.level if block.kind == "bullet" else 1, mark + part + leader)
            strong = block.kind in ("title", "heading", "part", "plain") or block.bold
            cell.font = Font(bold=strong, size=18 if block.kind == "title" else 11)
            row += 1
    workbook.save(path)
    return path


# the web


def write_html(blocks: list[Block], path: Path) -> Path:
    """A web page with heading elements, nested lists and tables, breadcrumbs above and an address below."""
    parts = ['<p><a href="/">ホーム</a> &gt; <a href="/kensei/">県政情報</a> &gt; 行政改革</p><main>']
    for position, block in enumerate(blocks):
        text = html.escape(block.text).replace("\n", "<br>")
        if block.kind == "title":
            parts.append(f"<h1>{text}</h1>")
        elif block.kind in ("heading", "part", "plain"):
            level = {"heading": min(block.level + 2, 6), "part": 2, "plain": 6}[block.kind]
            parts.append(f"<h{level}>{text}</h{level}>")
        elif block.kind == "table":
            parts.append(_html_table(block))
        elif block.kind == "contents":
            parts.append(f"<p>{text} ・・・ {block.leader}</p>" if block.leader else f"<p>{text}</p>")
        elif block.kind == "bullet":
            parts.append(_html_bullet(blocks, position, text))
        elif block.kind == "text":
            parts.append(f"<p>{text}</p>")
    parts.append("</main>")
    title = next((block.text for block in blocks if block.kind == "title"), "")
    head = f'<meta charset="utf-8"><title>{html.escape(title)}</title>'
    page = f'<!DOCTYPE html><html lang="ja"><head>{head}</head><body>'
    path.write_text(page + "\n".join(parts) + "</body></html>", encoding="utf-8")
    return path


def _html_bullet(blocks: list[Block], position: int, text: str) -> str:
    block = blocks[position]
    before = blocks[position - 1].level if position and blocks[position - 1].kind == "bullet" else 0
    after = (
        blocks[position + 1].level
        if position + 1 < len(blocks) and blocks[position + 1].kind == "bullet"
        else 0
    )
    words = f"<strong>{text}</strong>" if block.bold else text
    opening = "<ul>" * (block.level - before) if block.level > before else ""
    closing = "</ul>" * (block.level - after) if block.level > after else ""
    return f"{opening}<li>{words}</li>{closing}"


def _html_table(block: Block) -> str:
    rows = []
    for number, cells in enumerate(block.rows):
        tag = "th" if number == 0 and not re.match(r"令和|平成", cells[0]) else "td"
        shown = "".join(f"<{tag}>{html.escape(cell).replace(chr(10), '<br>')}</{tag}>" for cell in cells)
        rows.append(f"<tr>{shown}</tr>")
    return f"<table>{''.join(rows)}</table>"


# PDF

_TYPST = """
#let blocks = json("blocks.json")
#set page(paper: "a4", margin: (x: 25mm, y: 22mm), numbering: "- 1 -")
#set text(font: "BIZ UDPGothic", size: 10.5pt, lang: "ja")
#set par(leading: 0.7em, spacing: 1.3em)
#let lines(body) = body.split("\\n").join(linebreak())
#let strong(size, b) = block(text(size: size, weight: "bold", lines(b.text)))
#let weight(b) = if b.bold { "bold" } else { "regular" }
#for b in blocks {
  if b.kind == "title" { align(center, strong(16pt, b)) }
  else if b.kind == "part" { strong(14pt, b) }
  else if b.kind == "heading" { strong((13pt, 12pt, 11.5pt, 11pt).at(b.level - 1), b) }
  else if b.kind == "plain" { strong(10.5pt, b) }
  else if b.kind == "contents" {
    block(h((b.level - 1) * 2em) + b.text + " " + box(width: 1fr, repeat("…")) + " " + b.leader)
  }
  else if b.kind == "bullet" {
    let words = text(weight: weight(b), "・" + lines(b.text))
    block(spacing: 0.9em, pad(left: (b.level - 1) * 1.5em, par(hanging-indent: 1em, words)))
  }
  else if b.kind == "table" {
    let cells = b.rows.flatten().map(c => text(size: 9pt, lines(c)))
    table(columns: b.rows.at(0).map(c => auto), inset: 4pt, ..cells)
  }
  else if b.kind == "page" { pagebreak(weak: true) }
  else { par(lines(b.text)) }
}
"""


def write_pdf(blocks: list[Block], path: Path) -> Path:
    """A PDF set in A4 with page numbers; the fonts are those that set-up fetches."""
    import typst

    fonts = font_path().parent
    folder = path.parent / f"{path.stem}-typst"
    folder.mkdir(exist_ok=True)
    data = [
        {
            "kind": b.kind,
            "text": b.text,
            "level": b.level,
            "bold": b.bold,
            "leader": b.leader,
            "rows": [list(r) for r in b.rows],
        }
        for b in blocks
    ]
    (folder / "blocks.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    (folder / "main.typ").write_text(_TYPST, encoding="utf-8")
    path.write_bytes(typst.compile(str(folder / "main.typ"), font_paths=[str(fonts)]))
    return path


WRITERS = {"docx": write_docx, "xlsx": write_xlsx, "html": write_html, "pdf": write_pdf}
