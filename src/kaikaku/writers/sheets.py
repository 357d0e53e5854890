"""A file of a publication before it is written: its path, what it depends on, and how it is made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

CORE = Path(__file__).parents[1] / "core"
WRITERS = Path(__file__).parent
_KIT = (".py", ".html", ".css", ".js", ".json", ".svg", ".typ")
# what a page's footer says of the publication is put between these when the page is written
STAMP, STAMP_END = b"<!--stamp-->", b"<!--/stamp-->"


# a part of a file: text, or text already in UTF-8
Chunk = str | bytes


@dataclass(frozen=True, slots=True)
class Sheet:
    """`key` changes whenever the content may change: same key, same bytes (but for a stamped page's stamp).

    `make` yields the text in parts, so that a large table never stands in memory whole; a `draw` writes the
    file itself, for formats that come from an engine.
    """

    path: str
    key: str
    make: Callable[[], Iterable[Chunk]] | None = None
    draw: Callable[[Path], None] | None = None
    stamped: bool = False


def digest(*parts: str | bytes) -> str:
    """32 hexadecimal digits that stand for the parts, each told apart from the next."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big"))
        total.update(data)
    return total.hexdigest()[:32]


@lru_cache(maxsize=1)
def kit() -> str:
    """Stands for the printing program itself: after an update of templates or rules all is drawn again."""
    files = sorted(p for home in (WRITERS, CORE) for p in home.rglob("*") if p.suffix in _KIT and p.is_file())
    return digest(*(part for path in files for part in (path.name, path.read_bytes())))
