"""The first page: the plan in three sentences, the summary, what went well and what did not, the outline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from kaikaku.writers.book import Book
from kaikaku.writers.charts import share_chart
from kaikaku.writers.dataset import Band, Item, Section, Tally, TallyRow
from kaikaku.writers.jinja_filters import number, share
from kaikaku.writers.site_views import Row

WELL, POOR = 5, 10
# a tree deeper or longer than a reader can use is cut at its second level
TREE_SECTIONS = 300


@dataclass(frozen=True, slots=True)
class Tile:
    label: str
    value: str
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A section in the outline; `count` indicators stand in it and below."""

    number: str | None
    title: str
    subtitle: str | None
    url: str
    children: tuple[Node, ...]
    count: int


def latest_tally(book: Book) -> Tally | None:
    """The summary table of the edition's fiscal year; the newest where the edition names none."""
    tallies = book.data.tallies
    this = [one for one in tallies if one.fiscal_year == book.data.fiscal_year]
    return this[-1] if this else max(tallies, key=lambda one: one.fiscal_year, default=None)


def index_context(book: Book, rows: Mapping[str, Row], papers: Sequence[Any]) -> dict[str, Any]:
    """The values of site/index.html."""
    data, tally = book.data, latest_tally(book)
    bands = book.columns(tally) if tally else ()
    listed = {name.indicator for one in data.lists for name in one.names}
    well = sorted((r for r in rows.values() if r.band and r.band.slot == 1), key=_rate, reverse=True)
    poor = sorted((r for r in rows.values() if _is_poor(r) and r.indicator.id not in listed), key=_how_poor)
    tops = book.children.get(None, ())
    return {
        "period": data.period,
        "summary": data.summary or _opening(book),
        "tiles": _tiles(book, tally, bands),
        "tally": tally,
        "bands": bands,
        "share_svg": Markup(share_chart(tally, bands=bands)) if tally else "",  # noqa: S704 - our own drawing
        "level_name": tops[0].level_name if tops else "柱",
        "section_urls": {one.id: book.address(one.id) for one in data.sections},
        "overall": {one.id: (one.overall.label, one.overall.slot) for one in data.sections if one.overall},
        "site_scheme": data.scheme,
        "well": well[:WELL],
        "well_more": len(well) > WELL,
        "poor": poor[:POOR],
        "poor_more": len(poor) > POOR,
        "achievements": _achievements(book),
        "lists": data.lists,
        "list_links": {one: row.href for one, row in rows.items()},
        "tree": tuple(_node(book, top, deep=len(data.sections) <= TREE_SECTIONS) for top in tops),
        "loose": len(book.loose),
        "chapters": data.chapters,
        "papers": papers,
        "footnotes": data.footnotes,
    }


def _tiles(book: Book, tally: Tally | None, bands: Sequence[Band]) -> tuple[Tile, ...]:
    if tally is None:
        return (Tile("指標", number(len(book.data.indicators)), "指標"),) if book.data.indicators else ()
    total = next((row for row in tally.rows if row.section is None), None)
    if total is None:
        return ()
    tiles = [Tile("指標の数", number(total.total), "指標")]
    if tally.at_least is not None and tally.at_least_count is not None:
        tiles.append(
            Tile(f"{tally.at_least}以上", number(tally.at_least_count), "指標", share(tally.at_least_share))
        )
    tiles += [_tile(total, band, place) for place, band in enumerate(bands) if band.slot in (0, 3, 4)]
    return tuple(tiles)


def _tile(total: TallyRow, band: Band, place: int) -> Tile:
    note = share(total.shares[place]) if place < len(total.shares) else ""
    return Tile(band.name, number(total.counts[place]), "指標", note)


def _rate(row: Row) -> float:
    return float(row.rated.rate) if row.rated and row.rated.rate is not None else float("-inf")


def _is_poor(row: Row) -> bool:
    return row.band is not None and (row.band.slot in (3, 4) or not row.band.measurable)


def _how_poor(row: Row) -> tuple[int, float]:
    slot = row.band.slot if row.band else 0
    return (-slot, _rate(row))


def _achievements(book: Book) -> tuple[tuple[Item, str, str], ...]:
    """The first achievement of each pillar with its section, for a plan whose indicators carry no grades.

    A report may hold its pillars under one heading, so the first level that has several to tell of is taken.
    """
    found: list[tuple[Item, str, str]] = []
    level = list(book.children.get(None, ()))
    while level and len(found) < 2:
        found = [told for section in level if (told := _first_achievement(book, section)) is not None]
        level = [child for section in level for child in book.children.get(section.id, ())]
    return tuple(found[:WELL])


def _first_achievement(book: Book, above: Section) -> tuple[Item, str, str] | None:
    for section in book.subtree(above):
        for item in section.items:
            if item.kind == "achievement" and item.depth == 1:
                return item, section.title, book.address(section.id)
    return None


def _opening(book: Book) -> tuple[str, ...]:
    """What can be said of a plan that brings no summary of its own: how it is built, and for how long."""
    tops = book.children.get(None, ())
    if not tops:
        return ()
    below = [child for top in tops for child in book.children.get(top.id, ())]
    parts = f"{len(tops)}の{tops[0].level_name or '項目'}"
    if below:
        parts += f"と、その下の{len(below)}の{below[0].level_name or '項目'}"
    counted = len(book.data.indicators)
    return (f"{parts}からなります。", *((f"{counted}の指標で進み具合を測ります。",) if counted else ()))


def _node(book: Book, section: Section, *, deep: bool, level: int = 1) -> Node:
    count = sum(len(book.indicators.get(one.id, ())) for one in book.subtree(section))
    below = book.children.get(section.id, ()) if deep or level < 2 else ()
    children = tuple(_node(book, child, deep=deep, level=level + 1) for child in below)
    return Node(section.number, section.title, section.subtitle, book.address(section.id), children, count)
