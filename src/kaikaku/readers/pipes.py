"""Markdown's pipe tables, as converters leave them: list marks before them, cells broken over lines."""

from __future__ import annotations

import re

_CELL_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_LEAD = re.compile(r"^\s*(?:[-*+]\s+)?(?=\|)")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_PIPE = re.compile(r"(?<!\\)\|")
_LONGEST_ROW = 20  # physical lines that one broken row may take before it is no row


def pipe_table_at(lines: list[str]) -> bool:
    """Whether a table begins here: a line of cells over a line of dashes with as many columns.

    >>> pipe_table_at(["| 日付 | 内容 |", "|---|---|"])
    True
    >>> pipe_table_at(["甲 | 乙", "---"])
    False
    """
    if len(lines) < 2 or "|" not in lines[0] or "|" not in lines[1] or not _RULE.fullmatch(lines[1]):
        return False
    return len(_cells(lines[0])) == len(_cells(lines[1]))


class PipeTable:
    """The pipe table that `lines` begins with.

    `rows` are its texts, `offsets` the line each row begins on (0 is the header's), `headers` how many rows
    are header (0 where the header was left blank, and is dropped), `length` the physical lines it takes.
    """

    def __init__(self, lines: list[str]) -> None:
        self.rows: list[list[str]] = []
        self.offsets: list[int] = []
        header = _cells(lines[0])
        self.headers = int(any(header))
        if self.headers:
            self._add(header, 0)
        self.length = 2
        width = len(header)
        while self.length < len(lines):
            taken = self._row_lines(lines[self.length : self.length + _LONGEST_ROW])
            if not taken:
                break
            row = _cells("\n".join(lines[self.length : self.length + taken]))
            self._add((row + [""] * width)[: max(width, len(row))], self.length)
            self.length += taken
        widest = max((len(row) for row in self.rows), default=0)
        self.rows = [row + [""] * (widest - len(row)) for row in self.rows]

    def _add(self, row: list[str], offset: int) -> None:
        self.rows.append(row)
        self.offsets.append(offset)

    @staticmethod
    def _row_lines(lines: list[str]) -> int:
        """How many lines the next row takes; 0 where the table has ended.

        A row that opens with a bar and does not close with one goes on until a line closes it, unless a blank
        line or another row comes first.
        """
        if "|" not in lines[0]:
            return 0
        if not lines[0].lstrip().startswith("|") or lines[0].rstrip().endswith("|"):
            return 1
        for position, line in enumerate(lines[1:], start=1):
            if not line.strip() or line.lstrip().startswith("|"):
                break
            if line.rstrip().endswith("|"):
                return position + 1
        return 1


def _cells(row: str) -> list[str]:
    text = _LEAD.sub("", row).strip()
    text = text[1:] if text.startswith("|") else text
    if text.endswith("|") and not text.endswith("\\|"):
        text = text[:-1]
    cells = [cell.replace("\\|", "|").strip() for cell in _PIPE.split(text)]
    return [_CELL_BREAK.sub("\n", cell) for cell in cells]
