"""Reading a file before anything is kept of it, outside any transaction: a long PDF takes seconds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from kaikaku.readers import read_bytes
from kaikaku.readers.document import Document, Place
from kaikaku.readers.outline import Outline, Quotes
from kaikaku.readers.plan import read_plan


@dataclass(frozen=True, slots=True)
class Reading:
    """A file, its text by line and what was read of it."""

    name: str
    data: bytes
    document: Document
    outline: Outline
    quotes: Quotes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    def lines(self) -> list[str]:
        """The text, line n at n - 1; lines that hold nothing are blank."""
        last = max(self.quotes.texts, default=0)
        return [self.quotes.quote(number) for number in range(1, last + 1)]

    def places(self) -> list[str]:
        """Page or sheet of each line, in words; all blank where a format has neither."""
        last = max(self.quotes.texts, default=0)
        return [_where(self.quotes.place(number)) for number in range(1, last + 1)]


def read(*, name: str, data: bytes) -> Reading:
    """Read a file; raises readers.Unreadable with one sentence and keeps nothing."""
    document = read_bytes(data, name)
    return Reading(name, data, document, read_plan(document), Quotes.of(document))


def _where(place: Place) -> str:
    if place.page:
        return f"{place.page}ページ"
    return f"シート「{place.sheet}」" if place.sheet else ""
