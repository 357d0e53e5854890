"""An edition as a tree with its grades: rows are read once, everything shown is worked out in Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kaikaku.audit.models import ChainHead
from kaikaku.core.ratings import Scheme
from kaikaku.core.text import fold
from kaikaku.org.queries import department_ids_of
from kaikaku.plans import results, shown
from kaikaku.plans.cells import Line, line
from kaikaku.plans.facts import IndicatorFacts, ItemFacts, PastLine, SectionFacts
from kaikaku.plans.models import Edition
from kaikaku.plans.queries.access import scheme_of
from kaikaku.plans.queries.rows import (
    indicators_of,
    items_of,
    past_lines_of,
    sections_of,
)
from kaikaku.plans.results import Result
from kaikaku.writers import dataset

if TYPE_CHECKING:
    from kaikaku.org.models import User

SHORTEST_SEARCH = 2
# Editions kept in a process; one of 1,000 indicators over ten years takes some 20 MB.
MOST_KEPT = 8
_KEPT: dict[tuple[int, int | None, tuple[str] | None], EditionRows] = {}


@dataclass(frozen=True, slots=True)
class Filter:
    """What part of the tree is wanted; blank means all. `year` None is the year the edition reports on."""

    words: str = ""
    grade: str = ""
    owner: int | None = None
    year: int | None = None

    @property
    def too_short(self) -> bool:
        """Whether the search text has fewer letters than can be looked for sensibly."""
        return 0 < len(fold(self.words)) < SHORTEST_SEARCH

    @property
    def is_on(self) -> bool:
        return bool(self.grade or self.owner or (self.words and not self.too_short))


@dataclass(frozen=True, slots=True)
class Node:
    """A section with what is shown of it; `indicators` are its own, with their results."""

    facts: SectionFacts
    level_name: str
    is_mine: bool
    items: tuple[ItemFacts, ...]
    indicators: tuple[Result, ...]
    again: tuple[IndicatorFacts, ...]
    children: tuple[Node, ...]

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def has_indicators(self) -> bool:
        return any(node.indicators or node.again for node in self.walk())


@dataclass(frozen=True)
class EditionRows:
    """All of an edition that its pages and papers draw on, and the results of one year."""

    edition: Edition
    scheme: Scheme | None
    sections: list[SectionFacts]
    indicators: list[IndicatorFacts]
    items: Mapping[int, Sequence[ItemFacts]]
    past: list[PastLine]
    year: int | None

    @cached_property
    def results(self) -> dict[int, Result]:
        """The results of the year by the key of the indicator."""
        return results.rate_all(self.indicators, fiscal_year=self.year, scheme=self.scheme)

    @cached_property
    def before(self) -> dict[int, Result]:
        """The results of the last year before that has any, by the key of the indicator."""
        earlier = [year for year in self.years if self.year is not None and year < self.year]
        last = earlier[0] if earlier else None
        return results.rate_all(self.indicators, fiscal_year=last, scheme=self.scheme)

    @cached_property
    def lines(self) -> dict[int, Line]:
        """The row of each indicator by its key, ready to be shown."""
        return {i.key: line(self.results.get(i.key) or results.unrated(i)) for i in self.indicators}

    @cached_property
    def tops(self) -> dict[int, int | None]:
        """The top section of each indicator."""
        of = {section.key: section.top for section in self.sections}
        return {i.key: None if i.section is None else of.get(i.section) for i in self.indicators}

    @property
    def years(self) -> list[int]:
        """The years that have results, latest first."""
        found = {year for i in self.indicators for year in i.years()} | {
            line.fiscal_year for line in self.past
        }
        return sorted(found, reverse=True)

    @cached_property
    def tally(self) -> dataset.Tally | None:
        """The summary table of the year: computed from single results, else as it was published; None
        without either.
        """
        return self.tally_of(self.year)

    @cached_property
    def tallies(self) -> tuple[dataset.Tally, ...]:
        """The summary tables of all years that have one, oldest first."""
        found = (self.tally if year == self.year else self.tally_of(year) for year in reversed(self.years))
        return tuple(tally for tally in found if tally is not None)

    def tally_of(self, year: int | None) -> dataset.Tally | None:
        """The summary table of a year."""
        if self.scheme is None or year is None:
            return None
        rated = (
            self.results
            if year == self.year
            else results.rate_all(self.indicators, fiscal_year=year, scheme=self.scheme)
        )
        if any(result.is_counted and result.actual for result in rated.values()):
            counted = results.tally_results(rated, self.tops, scheme=self.scheme)
            tops = [section for section in self.sections if section.depth == 1]
            return shown.tally(counted, tops, fiscal_year=year)
        lines = [line for line in self.past if line.fiscal_year == year]
        if not lines:
            return None
        counted = results.tally_past(lines, scheme=self.scheme)
        return shown.past_tally(counted, lines, codes={s.key: s.code for s in self.sections})

    @property
    def columns(self) -> list[dataset.Band]:
        """The grades that head the summary table."""
        return shown.columns(self.scheme, self.tally.columns) if self.scheme and self.tally else []


def rows_of(edition: Edition, *, year: int | None = None) -> EditionRows:
    """Read an edition: six queries, however many rows it has."""
    sections, indicators, past = sections_of(edition.pk), indicators_of(edition.pk), past_lines_of(edition.pk)
    reported = results.reporting_year(edition.fiscal_year, indicators, [line.fiscal_year for line in past])
    return EditionRows(
        edition=edition,
        scheme=scheme_of(edition),
        sections=sections,
        indicators=indicators,
        items=items_of(edition.pk),
        past=past,
        year=reported if year is None else year,
    )


def rows_kept(edition: Edition, *, year: int | None = None) -> EditionRows:
    """As `rows_of`, kept in memory until anything of the government changes, for the page that everyone
    opens.

    The hash of the audit log's last entry tells: no write is without its entry, in the same transaction,
    so that equal hashes mean equal rows. Not for use inside a change that has not yet written its entry.
    """
    head = ChainHead.objects.filter(organisation=edition.plan.organisation_id).values_list("hash").first()
    key = (edition.pk, year, head)
    found = _KEPT.get(key)
    if found is None:
        found = rows_of(edition, year=year)
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)), None)
        _KEPT[key] = found
    return found


def tree(user: User, rows: EditionRows, wanted: Filter | None = None) -> list[Node]:
    """The sections as a tree, with the results of the year; filtered, a section stays if it or something
    in it fits.
    """
    wanted = wanted or Filter()
    owned = any(section.owner for section in rows.sections)
    mine: frozenset[int] = department_ids_of(user) if owned else frozenset()
    by_section: dict[int | None, list[Result]] = defaultdict(list)
    again: dict[int, list[IndicatorFacts]] = defaultdict(list)
    for facts in rows.indicators:
        for other in facts.cross_listed:
            again[other].append(facts)
        result = rows.results.get(facts.key) or results.unrated(facts)
        by_section[facts.section].append(result)
    below: dict[int | None, list[SectionFacts]] = defaultdict(list)
    for section in rows.sections:
        below[section.parent].append(section)
    builder = _Builder(rows, wanted, mine, by_section, again, below)
    return list(builder.nodes(None))


def loose_indicators(rows: EditionRows, wanted: Filter | None = None) -> list[Result]:
    """The indicators that hang on no section, with their results."""
    wanted = wanted or Filter()
    found = (rows.results.get(i.key) or results.unrated(i) for i in rows.indicators if i.section is None)
    return [result for result in found if not wanted.is_on or _fits(result, wanted, fold(wanted.words))]


@dataclass
class _Builder:
    rows: EditionRows
    wanted: Filter
    mine: frozenset[int]
    by_section: Mapping[int | None, list[Result]]
    again: Mapping[int, list[IndicatorFacts]]
    below: Mapping[int | None, list[SectionFacts]]

    def nodes(self, parent: int | None) -> Iterator[Node]:
        names = self.rows.edition.plan.level_names
        for facts in self.below.get(parent, ()):
            children = tuple(self.nodes(facts.key))
            node = Node(
                facts=facts,
                level_name=names[facts.depth - 1] if facts.depth <= len(names) else "",
                is_mine=facts.owner in self.mine,
                items=tuple(self.rows.items.get(facts.key, ())),
                indicators=tuple(self.by_section.get(facts.key, ())),
                again=tuple(self.again.get(facts.key, ())),
                children=children,
            )
            kept = node if not self.wanted.is_on else self._narrowed(node)
            if kept is not None:
                yield kept

    def _narrowed(self, node: Node) -> Node | None:
        """The node with what fits the filter; None if nothing does."""
        words = fold(self.wanted.words) if not self.wanted.too_short else ""
        fitting = tuple(result for result in node.indicators if _fits(result, self.wanted, words))
        items = tuple(item for item in node.items if words and words in fold(item.text)) if words else ()
        itself = self._section_fits(node.facts, words)
        if not (fitting or items or itself or node.children):
            return None
        return Node(node.facts, node.level_name, node.is_mine, items, fitting, (), node.children)

    def _section_fits(self, facts: SectionFacts, words: str) -> bool:
        """A section fits by itself when its words or its owner do and no grade is asked for."""
        if self.wanted.grade:
            return False
        if self.wanted.owner is not None and facts.owner != self.wanted.owner:
            return False
        return not words or words in fold(f"{facts.number}{facts.title}{facts.subtitle}{facts.body}")


def _fits(result: Result, wanted: Filter, words: str) -> bool:
    facts = result.indicator
    if wanted.grade and (result.band.code if result.band else "") != wanted.grade:
        return False
    if wanted.owner is not None and facts.owner != wanted.owner:
        return False
    return not words or words in fold(f"{facts.name}{facts.definition}{facts.note}")


def notes_of(rows: EditionRows) -> tuple[str, ...]:
    """What is printed under the summary table: the denominator's policy and how shares were closed."""
    if rows.scheme is None:
        return ()
    printed = shown.scheme(rows.scheme)
    return printed.denominator, printed.shares_method


def owners(rows: EditionRows) -> list[tuple[int, str]]:
    """The departments in charge of something in the edition, in order of appearance."""
    parts: Iterable[SectionFacts | IndicatorFacts] = (*rows.sections, *rows.indicators)
    return list({part.owner: part.owner_name for part in parts if part.owner is not None}.items())
