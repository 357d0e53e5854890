"""An edition as a tree with its grades, whole or narrowed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kaikaku.core.text import fold
from kaikaku.org.queries import department_ids_of
from kaikaku.plans import results, shown
from kaikaku.plans.facts import IndicatorFacts, ItemFacts, SectionFacts
from kaikaku.plans.queries.edition_rows import EditionRows
from kaikaku.plans.results import Result

if TYPE_CHECKING:
    from kaikaku.org.models import User

SHORTEST_SEARCH = 2


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
