"""A dataset opened for printing: who stands under whom, on which page, and which result is this year's."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kaikaku.writers.dataset import Band, EditionDataset, Indicator, Rated, Section, Tally

# a page with more than this is cut: what stands below gets pages of its own
LARGE_INDICATORS, LARGE_ITEMS = 60, 150
_SAFE = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|index)")


@lru_cache(maxsize=16384)
def file_name(identifier: str) -> str:
    """The file name (without ending) of an id: the id where every file server takes it, else safe and unique.

    Windows servers know neither case nor names such as `con`: what is not plainly safe gets a digest.
    """
    if _SAFE.fullmatch(identifier) and not _RESERVED.fullmatch(identifier):
        return identifier
    plain = re.sub(r"[^a-z0-9_-]+", "-", identifier.lower()).strip("-")[:40]
    digest = hashlib.sha256(identifier.encode()).hexdigest()[:10]
    return f"{plain}-{digest}" if plain else f"x-{digest}"


@dataclass(frozen=True, slots=True)
class Book:
    """The indexes that every writer needs; made once for a dataset by `open_book`."""

    data: EditionDataset
    sections: Mapping[str, Section]
    children: Mapping[str | None, Sequence[Section]]
    indicators: Mapping[str, Sequence[Indicator]]
    listed: Mapping[str, Sequence[Indicator]]
    by_id: Mapping[str, Indicator]
    bands: Mapping[str, Band]
    homes: Mapping[str, str]

    def path(self, section: str | None) -> tuple[Section, ...]:
        """The sections from the top down to `section`."""
        way: list[Section] = []
        while section is not None and section in self.sections and len(way) < 20:
            way.append(self.sections[section])
            section = self.sections[section].parent
        return tuple(reversed(way))

    def subtree(self, section: Section) -> Iterator[Section]:
        """The section and all below it, in document order."""
        yield section
        for child in self.children.get(section.id, ()):
            yield from self.subtree(child)

    def number_of(self, section: str | None) -> str:
        """The numbers down to a section, I-1-(1): how people find it on paper."""
        return "-".join(one.number for one in self.path(section) if one.number)

    def address(self, section: str) -> str:
        """The page of a section from the site's root, with its anchor where it has no page of its own."""
        home = self.homes[section]
        page = f"sections/{file_name(home)}.html"
        return page if home == section else f"{page}#{anchor(section)}"

    def result(self, indicator: Indicator) -> Rated | None:
        """The result of the edition's fiscal year; of the last year rated where the edition names none."""
        if not indicator.results:
            return None
        wanted = self.data.fiscal_year
        this = [r for r in indicator.results if r.fiscal_year == wanted]
        return this[-1] if this else max(indicator.results, key=lambda r: r.fiscal_year)

    def band(self, result: Rated | None) -> Band | None:
        """The band of a result; None where it is not rated."""
        return None if result is None or result.grade is None else self.bands.get(result.grade)

    def columns(self, tally: Tally) -> tuple[Band, ...]:
        """The bands of a table's columns, named by code, label or both; an unknown name stands for itself."""
        known = {name: band for band in self.bands.values() for name in (band.name, band.label, band.code)}
        return tuple(known.get(c) or Band(c, c, None, slot=min(n, 4)) for n, c in enumerate(tally.columns, 1))

    @property
    def loose(self) -> tuple[Indicator, ...]:
        """Indicators that stand under no section of the plan."""
        return tuple(one for one in self.data.indicators if one.section not in self.sections)


def anchor(identifier: str) -> str:
    """The id of a section within a page; stable, and never one that the page itself uses."""
    return f"s-{file_name(identifier)}"


def open_book(data: EditionDataset) -> Book:
    """Index a dataset: one pass over sections and one over indicators."""
    sections = {one.id: one for one in data.sections}
    children: dict[str | None, list[Section]] = defaultdict(list)
    for section in data.sections:
        children[section.parent if section.parent in sections else None].append(section)
    indicators: dict[str, list[Indicator]] = defaultdict(list)
    listed: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in data.indicators:
        indicators[indicator.section].append(indicator)
        for other in indicator.cross_listed_in:
            listed[other].append(indicator)
    return Book(
        data=data,
        sections=sections,
        children=dict(children),
        indicators=dict(indicators),
        listed=dict(listed),
        by_id={one.id: one for one in data.indicators},
        bands={} if data.scheme is None else {band.code: band for band in data.scheme.bands},
        homes=_homes(children, indicators),
    )


def _homes(
    children: Mapping[str | None, Sequence[Section]], indicators: Mapping[str, Sequence[Indicator]]
) -> dict[str, str]:
    """On whose page each section is printed: the top section's, until that page would grow large."""
    homes: dict[str, str] = {}

    def weigh(section: Section) -> tuple[int, int]:
        below = [weigh(child) for child in children.get(section.id, ())]
        own = len(indicators.get(section.id, ())), len(section.items)
        return own[0] + sum(n for n, _ in below), own[1] + sum(n for _, n in below)

    def settle(section: Section, home: str) -> None:
        homes[section.id] = home
        figures, items = weigh(section)
        cut = section.id == home and (figures > LARGE_INDICATORS or items > LARGE_ITEMS)
        for child in children.get(section.id, ()):
            settle(child, child.id if cut else home)

    for top in children.get(None, ()):
        settle(top, top.id)
    return homes
