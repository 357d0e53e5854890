"""What the apps of the reform work add to the site: a page a chapter, and each of its tables as a file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kaikaku.writers.dataset import Chapter, PlainTable, canonical_part
from kaikaku.writers.opendata import csv_line
from kaikaku.writers.sheets import Sheet, digest, kit
from kaikaku.writers.site import Download, PageInfo, Site

_BOM = "\ufeff"
# as people read numbers; a file has them plain (行政データの機械可読性に関するルール L2-01)
_SHOWN = re.compile(r"△?\d{1,3}(,\d{3})*(\.\d+)?")


def page_of(place: int) -> str:
    """The page of the chapter at this place (from 1), from the site's root."""
    return f"chapters/{place}.html"


def chapter_pages(site: Site) -> Iterator[Sheet]:
    """A page for each chapter, and a CSV for each of its tables (with BOM, as Excel opens it)."""
    for place, chapter in enumerate(site.book.data.chapters, 1):
        yield _page(site, place, chapter)
        for number, table in enumerate(chapter.tables, 1):
            yield _csv(_file(place, number), table)


def _file(place: int, number: int) -> str:
    return f"chapters/{place}-{number}-excel.csv"


def _page(site: Site, place: int, chapter: Chapter) -> Sheet:
    info = PageInfo(
        page_of(place),
        chapter.title,
        "index",
        short=chapter.title,
        description="".join(chapter.paragraphs[:1]) or chapter.title,
        crumbs=(("概要", "index.html"),),
        data=tuple(
            Download(_file(place, number), f"{table.caption or '表'}（CSV）", "text/csv")
            for number, table in enumerate(chapter.tables, 1)
        ),
    )
    return site.sheet(info, "chapter", lambda: {"chapter": chapter}, canonical_part(chapter))


def _csv(path: str, table: PlainTable) -> Sheet:
    def lines() -> Iterator[str]:
        yield _BOM + csv_line(table.header)
        yield from (csv_line(tuple(_datum(cell) for cell in row)) for row in table.rows)

    return Sheet(path, digest(kit(), canonical_part(table)), lines)


def _datum(cell: str) -> str:
    return cell.replace(",", "").replace("△", "-") if _SHOWN.fullmatch(cell) else cell
