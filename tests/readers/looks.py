"""What the tests of the readers ask of a Document."""

from __future__ import annotations

from kaikaku.readers.document import Document, Line, Table


def texts(document: Document) -> list[str]:
    """The texts of the lines, tables left out."""
    return [line.text for line in document.lines()]


def line(document: Document, text: str) -> Line:
    """The first line that holds `text`."""
    return next(found for found in document.lines() if text in found.text)


def only_table(document: Document) -> Table:
    (table,) = document.tables()
    return table


def grids(document: Document) -> list[list[list[str]]]:
    """Each table as its grid, a merged cell's text in its first place only."""
    return [table.grid(repeat_merged=False) for table in document.tables()]


def codes(document: Document) -> list[str]:
    """The codes of the notices."""
    return [notice.code for notice in document.notices]
