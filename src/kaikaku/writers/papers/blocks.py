"""The blocks a paper is made of. They carry finished words; a renderer only sets them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 is a chapter; `new_page` starts a page with it."""

    text: str
    level: int = 1
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `style` lead (the sentence to be read first), body, or note (small)."""

    text: str
    style: Literal["lead", "body", "note"] = "body"


@dataclass(frozen=True, slots=True)
class Bullet:
    text: str
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Bullet, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column head; `width` is its part of the page width relative to the other columns."""

    title: str
    width: float = 1.0
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; `slot` colours it as a grade (1 best to 4 worst, 0 not measurable)."""

    text: str
    bold: bool = False
    slot: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; its head is repeated on every page, and the first cell of a row heads the row."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing; `alt` says in words what it shows, `width` is in percent of the text width."""

    svg: str
    alt: str
    width: int = 100


Block = Heading | Paragraph | Bullets | Grid | Picture


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper. `date_shown` and `running` are printed as they are."""

    title: str
    kind: str
    organisation: str
    date_shown: str
    running: str
    blocks: tuple[Block, ...]
    contents: bool = False
    sample: bool = False


def without_skips(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with heading levels that never skip one downwards (PDF/UA-1 and WCAG 1.3.1 ask for that)."""
    level = 0
    for block in blocks:
        if isinstance(block, Heading):
            level = min(block.level, level + 1)
            yield block if level == block.level else replace(block, level=level)
        else:
            yield block
