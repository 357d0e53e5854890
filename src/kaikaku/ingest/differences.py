"""What a document says against what an edition holds: new, the same, changed, or missing in the document.

Likeness decides, by title and place, never a printed number (domain.md §2). Whatever was accepted from the
same line of the same document before is known by that (`Known.rows`), however the office has corrected it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kaikaku.core.lineage import Entry, propose
from kaikaku.core.text import fold
from kaikaku.ingest.changes import missing_of, what_differs
from kaikaku.ingest.drafts import Draft
from kaikaku.ingest.payloads import FigurePayload, ItemPayload, ResultPayload, TablePayload
from kaikaku.plans.facts import (
    FigureFacts,
    FootnoteFacts,
    IndicatorFacts,
    ItemFacts,
    PastLine,
    SectionFacts,
    TableFacts,
)

# Beyond this many pairs likeness is not looked for: equal titles are found at any size.
MOST_PAIRS = 250_000


@dataclass(frozen=True, slots=True)
class Standing:
    """All that an edition holds."""

    sections: Sequence[SectionFacts] = ()
    items: Sequence[ItemFacts] = ()
    indicators: Sequence[IndicatorFacts] = ()
    tables: Sequence[TableFacts] = ()
    footnotes: Sequence[FootnoteFacts] = ()
    past: Sequence[PastLine] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier imports of the same document settled, by index of the draft: the row it became."""

    rows: Mapping[int, int] = field(default_factory=dict)


def compare(
    drafts: Sequence[Draft], standing: Standing, *, known: Known | None = None, next_edition: bool = False
) -> list[Draft]:
    """The drafts with their difference to `standing`, and after them what only `standing` holds.

    Of the same edition only likenesses that leave no doubt are taken as changes; of a next edition, after
    these, all that `core.lineage` proposes, since the office decides on each anyway.
    """
    comparison = _Comparison(list(drafts), standing, known or Known(), next_edition)
    comparison.match_sections()
    comparison.match_items()
    comparison.match_indicators()
    comparison.match_figures()
    comparison.match_tables()
    comparison.match_footnotes()
    comparison.match_results()
    return [*comparison.drafts, *comparison.missing()]


class _Comparison:
    """Matches kind by kind, from the top down; `found` maps a draft's index to the key of its row."""

    def __init__(self, drafts: list[Draft], standing: Standing, known: Known, next_edition: bool) -> None:
        self.drafts = drafts
        self.standing = standing
        self.known = known
        self.next_edition = next_edition
        self.found: dict[int, int] = {}
        self.used: dict[str, set[int]] = defaultdict(set)
        self.spoken_for: set[str] = set()

    def of(self, kind: str) -> list[int]:
        return [index for index, draft in enumerate(self.drafts) if draft.kind == kind]

    def section_of(self, draft: Draft) -> int | None:
        """The row that the section above a draft was found to be."""
        return None if draft.parent is None else self.found.get(draft.parent)

    def take(self, index: int, key: int, facts: Any, *, link: str = "") -> None:
        """Say that a draft is a row, and what differs."""
        draft = self.drafts[index]
        changes = what_differs(draft.payload, facts)
        self.found[index] = key
        self.used[draft.kind].add(key)
        self.drafts[index] = replace(
            draft, matched=key, changes=changes, difference="changed" if changes else "same", link=link
        )

    # --- sections --------------------------------------------------------------------------------------

    def match_sections(self) -> None:
        rows = {section.key: section for section in self.standing.sections}
        waiting = self._take_known(self.of("section"), rows)
        titles = {key: section.title for key, section in rows.items()}
        self.spoken_for = {fold(self.drafts[index].name) for index in waiting}
        self.spoken_for &= {fold(title) for title in titles.values()}
        for depth in sorted({self._depth(index) for index in waiting}):
            level = [index for index in waiting if self._depth(index) == depth]
            self._match_level(level, rows)
        left = [index for index in waiting if index not in self.found]
        for index, key in self._equal(left, {key: fold(titles[key]) for key in rows}, "section"):
            self.take(index, key, rows[key], link="moved")
        if self.next_edition:
            left = [index for index in left if index not in self.found]
            free = [section for section in rows.values() if section.key not in self.used["section"]]
            self._match_alike(left, free, rows, doubtful=True)

    def _match_level(self, level: list[int], rows: Mapping[int, SectionFacts]) -> None:
        """Sections of one depth, each among the rows under the row that its parent was found to be."""
        by_parent: dict[int | None, list[int]] = defaultdict(list)
        for index in level:
            parent = self.drafts[index].parent
            if parent is None or parent in self.found:
                by_parent[self.section_of(self.drafts[index])].append(index)
        for parent, indexes in by_parent.items():
            below = [s for s in rows.values() if s.parent == parent and s.key not in self.used["section"]]
            for index, key in self._equal(indexes, {s.key: fold(s.title) for s in below}, "section"):
                self.take(index, key, rows[key], link="carried")
            # a title that stands elsewhere word for word has moved there, and is no likeness of this one
            left = [i for i in indexes if i not in self.found and self._is_free(self.drafts[i].name)]
            free = [s for s in below if s.key not in self.used["section"] and self._is_free(s.title)]
            self._match_alike(left, free, rows, doubtful=False)

    def _is_free(self, title: str) -> bool:
        return fold(title) not in self.spoken_for

    def _match_alike(
        self,
        indexes: list[int],
        free: Sequence[SectionFacts],
        rows: Mapping[int, SectionFacts],
        *,
        doubtful: bool,
    ) -> None:
        titles = {section.key: section.title for section in rows.values()}
        olds = [Entry(s.title, titles.get(s.parent or 0, ""), s.body) for s in free]
        news = [self._entry(index) for index in indexes]
        for old, new, link in self._alike(olds, news, doubtful=doubtful):
            self.take(indexes[new], free[old].key, free[old], link=link)

    def _entry(self, index: int) -> Entry:
        draft = self.drafts[index]
        parent = "" if draft.parent is None else self.drafts[draft.parent].name
        return Entry(draft.name, parent, getattr(draft.payload, "body", ""))

    def _depth(self, index: int) -> int:
        parent = self.drafts[index].parent
        return 1 if parent is None else 1 + self._depth(parent)

    # --- what stands under sections ----------------------------------------------------------------------

    def match_items(self) -> None:
        rows = {item.key: item for item in self.standing.items}
        waiting = self._take_known(self.of("item"), rows)
        groups: dict[Hashable, list[int]] = defaultdict(list)
        for index in waiting:
            draft = self.drafts[index]
            section = self.section_of(draft)
            if section is not None and isinstance(draft.payload, ItemPayload):
                groups[section, self._year(draft.payload.fiscal_year)].append(index)
        by_place: dict[Hashable, list[ItemFacts]] = defaultdict(list)
        for item in rows.values():
            by_place[item.section, self._year(item.fiscal_year)].append(item)
        for place, indexes in groups.items():
            self._match_named(indexes, {i.key: (i.text, i) for i in by_place[place]}, "item")

    def match_indicators(self) -> None:
        rows = {indicator.key: indicator for indicator in self.standing.indicators}
        waiting = self._take_known(self.of("indicator"), rows)
        groups: dict[int | None, list[int]] = defaultdict(list)
        for index in waiting:
            groups[self.section_of(self.drafts[index])].append(index)
        for section, indexes in groups.items():
            here = {i.key: (i.name, i) for i in rows.values() if i.section == section}
            self._match_named(indexes, here, "indicator")
        left = [index for index in waiting if index not in self.found]
        names = {key: fold(row.name) for key, row in rows.items() if key not in self.used["indicator"]}
        for index, key in self._equal(left, names, "indicator"):
            self.take(index, key, rows[key], link="moved")

    def match_figures(self) -> None:
        rows = {i.key: {(f.role, f.fiscal_year): f for f in i.figures} for i in self.standing.indicators}
        for index in self.of("figure"):
            draft = self.drafts[index]
            indicator = None if draft.parent is None else self.found.get(draft.parent)
            payload = draft.payload
            if indicator is None or not isinstance(payload, FigurePayload) or draft.decision == "dropped":
                continue
            figure = rows[indicator].get((payload.role, payload.fiscal_year))
            if figure is not None and figure.key not in self.used["figure"]:
                self.take(index, figure.key, figure)

    def match_tables(self) -> None:
        rows = {table.key: table for table in self.standing.tables}
        for index in self._take_known(self.of("table"), rows):
            draft = self.drafts[index]
            assert isinstance(draft.payload, TablePayload)
            place = (self.section_of(draft), fold(draft.payload.caption), draft.payload.header)
            for table in rows.values():
                here = (table.section, fold(table.caption), table.header)
                if here == place and table.key not in self.used["table"]:
                    self.take(index, table.key, table)
                    break

    def match_footnotes(self) -> None:
        rows = {note.key: note for note in self.standing.footnotes}
        waiting = self._take_known(self.of("footnote"), rows)
        self._match_named(waiting, {note.key: (note.text, note) for note in rows.values()}, "footnote")

    def match_results(self) -> None:
        by_year: dict[int, list[PastLine]] = defaultdict(list)
        for line in self.standing.past:
            by_year[line.fiscal_year].append(line)
        for index in self.of("past_result"):
            payload = self.drafts[index].payload
            if isinstance(payload, ResultPayload) and payload.fiscal_year in by_year:
                lines = by_year[payload.fiscal_year]
                if lines[0].key not in self.used["past_result"]:
                    self.take(index, lines[0].key, lines)

    # --- ways of finding ---------------------------------------------------------------------------------

    def _take_known(self, indexes: list[int], rows: Mapping[int, Any]) -> list[int]:
        """Take what an earlier import of the same document made of these; the rest is given back."""
        for index in indexes:
            key = self.known.rows.get(index)
            if key is not None and key in rows and key not in self.used[self.drafts[index].kind]:
                self.take(index, key, rows[key], link="carried")
        return [index for index in indexes if index not in self.found]

    def _match_named(self, indexes: list[int], rows: Mapping[int, tuple[str, Any]], kind: str) -> None:
        """Equal names first, then names so alike that there is no doubt."""
        free = {key: fold(name) for key, (name, _) in rows.items() if key not in self.used[kind]}
        for index, key in self._equal(indexes, free, kind):
            self.take(index, key, rows[key][1], link="carried")
        left = [index for index in indexes if index not in self.found]
        keys = [key for key in free if key not in self.used[kind]]
        news = [Entry(self.drafts[index].name) for index in left]
        olds = [Entry(rows[key][0]) for key in keys]
        for old, new, link in self._alike(olds, news, doubtful=self.next_edition):
            self.take(left[new], keys[old], rows[keys[old]][1], link=link)

    def _equal(
        self, indexes: Iterable[int], names: Mapping[int, str], kind: str
    ) -> Iterable[tuple[int, int]]:
        """Pairs of equal folded names, in order, each row once."""
        by_name: dict[str, list[int]] = defaultdict(list)
        for key, name in names.items():
            if key not in self.used[kind]:
                by_name[name].append(key)
        pairs = []
        for index in indexes:
            rows = by_name.get(fold(self.drafts[index].name))
            if rows:
                pairs.append((index, rows.pop(0)))
        return pairs

    def _alike(
        self, olds: Sequence[Entry], news: Sequence[Entry], *, doubtful: bool
    ) -> Iterable[tuple[int, int, str]]:
        """One-to-one pairs by likeness: old, new, what became of it; only sure ones, or `doubtful` too."""
        if not olds or not news or len(olds) * len(news) > MOST_PAIRS:
            return []
        taken: set[int] = set()
        pairs: list[tuple[int, int, str]] = []
        for link in propose(olds, news):
            if link.old is None or link.new is None or link.old in taken:
                continue
            if (link.sure or doubtful) and link.new not in {pair[1] for pair in pairs}:
                taken.add(link.old)
                pairs.append((link.old, link.new, str(link.kind)))
        return pairs

    def _year(self, year: int | None) -> int | None:
        """Lines of another year are other lines; in a next edition every line is of another year."""
        return None if self.next_edition else year

    # --- what the document does not have -------------------------------------------------------------------

    def missing(self) -> list[Draft]:
        """Rows that no draft is, where the document speaks of their kind and year: only shown."""
        place = {key: index for index, key in self.found.items() if self.drafts[index].kind == "section"}
        rows: list[tuple[str, Any, int | None]] = [("section", s, s.parent) for s in self.standing.sections]
        years = {d.payload.fiscal_year for d in self.drafts if isinstance(d.payload, ItemPayload)}
        rows += [
            ("item", i, i.section) for i in self.standing.items if self.next_edition or i.fiscal_year in years
        ]
        spoken = {draft.kind for draft in self.drafts}
        rows += [("indicator", i, i.section) for i in self.standing.indicators if "indicator" in spoken]
        rows += [("table", t, t.section) for t in self.standing.tables if "table" in spoken]
        found = [
            missing_of(kind, facts, parent=place.get(section or 0))
            for kind, facts, section in rows
            if facts.key not in self.used[kind]
        ]
        return found + self._missing_figures()

    def _missing_figures(self) -> list[Draft]:
        """Values of indicators that the document has, in a column that the document has."""
        places = {key: index for index, key in self.found.items() if self.drafts[index].kind == "indicator"}
        columns = {
            (d.payload.role, d.payload.fiscal_year)
            for d in self.drafts
            if isinstance(d.payload, FigurePayload)
        }
        figures: list[tuple[int, FigureFacts]] = [
            (places[i.key], figure)
            for i in self.standing.indicators
            if i.key in places
            for figure in i.figures
            if figure.key not in self.used["figure"] and (figure.role, figure.fiscal_year) in columns
        ]
        return [missing_of("figure", figure, parent=place) for place, figure in figures]
