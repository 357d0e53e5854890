"""A paper as PDF: A4, tagged (PDF/UA-1), the Japanese UD font embedded. Set by typst from one template."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from kaikaku.writers import fonts
from kaikaku.writers.papers.blocks import Block, Bullets, Grid, Heading, Paper, Paragraph, Picture

TEMPLATE = Path(__file__).parent / "templates" / "paper.typ"
GETA = "〓"
"""What a printer sets for a character that the font does not have."""


def write_pdf(paper: Paper, out: Path) -> None:
    """Write `paper` to `out`.

    A character that no embedded font has is printed as 〓 rather than as nothing. Raises RuleViolation where
    there is no Japanese font.
    """
    out.write_bytes(pdf_bytes(paper))


def pdf_bytes(paper: Paper) -> bytes:
    import typst

    folder = fonts.font_folder()
    data = json.dumps(as_data(paper), ensure_ascii=False)
    while True:
        try:
            compiled: bytes = typst.compile(
                str(TEMPLATE),
                root=str(TEMPLATE.parent),
                font_paths=[str(folder)],
                ignore_system_fonts=True,
                sys_inputs={"paper": data},
                pdf_standards=["ua-1"],
            )
        except typst.TypstError as problem:
            replaced = without_missing(data, str(problem))
            if replaced == data:
                raise
            data = replaced
        else:
            return compiled


def without_missing(data: str, message: str) -> str:
    """The text with the characters that typst says it cannot print set as 〓."""
    for run in re.findall(r'the text `?"(.+?)"`? could not be displayed', message):
        for character in run:
            data = data.replace(character, GETA)
    return data


def as_data(paper: Paper) -> dict[str, Any]:
    """The paper as plain data for the template; nothing of it is ever read as markup."""
    return {
        "title": paper.title,
        "kind": paper.kind,
        "organisation": paper.organisation,
        "date": paper.date_shown,
        "running": paper.running,
        "contents": paper.contents,
        "sample": paper.sample,
        "families": list(fonts.FAMILIES),
        "blocks": [block_data(block) for block in paper.blocks],
    }


def block_data(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "text": block.text, "level": block.level, "new-page": block.new_page}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "text": block.text, "style": block.style}
    if isinstance(block, Bullets):
        return {"kind": "bullets", "items": [{"text": b.text, "depth": b.depth} for b in block.items]}
    if isinstance(block, Picture):
        return {"kind": "picture", "svg": block.svg, "alt": block.alt, "width": block.width}
    return grid_data(block)


def grid_data(grid: Grid) -> dict[str, Any]:
    return {
        "kind": "grid",
        "caption": grid.caption,
        "note": grid.note,
        "columns": [{"title": c.title, "width": c.width, "align": c.align} for c in grid.columns],
        "rows": [[{"text": c.text, "bold": c.bold, "slot": c.slot} for c in row] for row in grid.rows],
    }
