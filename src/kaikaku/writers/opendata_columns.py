"""What every table, column and code of the open data means; read from `assets/opendata/tables.json`.

The same words are printed on the data page, in columns.csv and in codes.csv. A name never changes its
meaning: a new meaning is a new column, and `CHANGES` says when (machine-readability rule L3-07).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "assets" / "opendata" / "tables.json"


@dataclass(frozen=True, slots=True)
class Column:
    """kind: text | code | number | integer | year | date. Not required: blank where unknown."""

    name: str
    title: str
    kind: str
    required: bool
    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file of the open data: `name`.csv."""

    name: str
    title: str
    words: str
    columns: tuple[Column, ...]


def _table(record: dict[str, Any]) -> Table:
    columns = tuple(
        Column(name, title, kind, filled == "required", words)
        for name, title, kind, filled, words in record["columns"]
    )
    return Table(record["name"], record["title"], record["words"], columns)


_DEFINED = json.loads(_FILE.read_text(encoding="utf-8"))
TABLES: tuple[Table, ...] = tuple(_table(record) for record in _DEFINED["tables"])
CODES: tuple[tuple[str, str, str, str], ...] = tuple(
    (column, code, title, words) for column, code, title, words in _DEFINED["codes"]
)
CHANGES: tuple[tuple[str, str], ...] = tuple((day, words) for day, words in _DEFINED["changes"])
FORMULAS = {code: (title, words) for column, code, title, words in CODES if column == "formula"}
