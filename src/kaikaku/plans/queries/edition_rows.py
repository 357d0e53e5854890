"""All of an edition that pages and papers draw on, and what is worked out of it: marks, results, tallies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kaikaku.core.ratings import Scheme
from kaikaku.core.rollup import Policy
from kaikaku.plans import results, shown
from kaikaku.plans.cells import Line, line
from kaikaku.plans.facts import IndicatorFacts, ItemFacts, PastLine, SectionFacts
from kaikaku.plans.models import Edition
from kaikaku.plans.overall import Standing, rate_sections
from kaikaku.plans.queries.access import policy_of, scheme_of
from kaikaku.plans.queries.rows import (
    Settlements,
    indicators_by_edition,
    items_by_edition,
    past_lines_by_edition,
    sections_by_edition,
    settled_by_edition,
)
from kaikaku.plans.results import Mark, Result
from kaikaku.writers import dataset


@dataclass(frozen=True, slots=True)
class Known:
    """What was worked out before and still holds, each the fruit of one indicator's facts and the scheme."""

    marks: Mapping[int, Mapping[int, Mark]] = field(default_factory=dict)
    results: Mapping[int, Result] = field(default_factory=dict)
    lines: Mapping[int, Line] = field(default_factory=dict)


@dataclass(frozen=True)
class EditionRows:
    """The rows of an edition, read once, and the results of one year."""

    edition: Edition
    scheme: Scheme | None
    sections: list[SectionFacts]
    indicators: list[IndicatorFacts]
    items: Mapping[int, Sequence[ItemFacts]]
    past: list[PastLine]
    year: int | None
    policy: Policy | None = None
    settled: Settlements = field(default_factory=dict)
    known: Known = field(default_factory=Known, repr=False, compare=False)
    # filled as they are asked for; a mapping once put here is never changed
    _marks: dict[int, Mapping[int, Mark]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _tallies: dict[int, dataset.Tally | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _lines: dict[int, Line] = field(default_factory=dict, init=False, repr=False, compare=False)

    def marks(self, year: int) -> Mapping[int, Mark]:
        """The grades of a year by the key of the indicator; nothing without a scheme."""
        if self.scheme is None:
            return {}
        if year not in self._marks:
            known = self.known.marks.get(year, {})
            self._marks[year] = {
                i.key: known.get(i.key) or results.mark_indicator(i, fiscal_year=year, scheme=self.scheme)
                for i in self.indicators
            }
        return self._marks[year]

    @cached_property
    def results(self) -> dict[int, Result]:
        """The results of the year by the key of the indicator."""
        if self.year is None:
            return {}
        known, year, scheme = self.known.results, self.year, self.scheme
        return {
            i.key: known.get(i.key) or results.rate_indicator(i, fiscal_year=year, scheme=scheme)
            for i in self.indicators
        }

    @cached_property
    def overall(self) -> dict[int, Standing]:
        """The overall ratings of the year by the key of the section; nothing where no policy is chosen."""
        if self.policy is None or self.scheme is None:
            return {}
        settled = {section: one for (section, year), one in self.settled.items() if year == self.year}
        rated = self.results.values()
        return rate_sections(self.sections, rated, scheme=self.scheme, policy=self.policy, settled=settled)

    @cached_property
    def year_before(self) -> int | None:
        """The last year before that has results."""
        return next((year for year in self.years if self.year is not None and year < self.year), None)

    def line(self, key: int) -> Line:
        """The row of an indicator, ready to be shown."""
        found = self._lines.get(key) or self.known.lines.get(key)
        if found is None:
            found = line(self.results.get(key) or results.unrated(self._by_key[key]))
        self._lines[key] = found
        return found

    @cached_property
    def _by_key(self) -> dict[int, IndicatorFacts]:
        return {indicator.key: indicator for indicator in self.indicators}

    @cached_property
    def tops(self) -> dict[int, int | None]:
        """The top section of each indicator."""
        of = {section.key: section.top for section in self.sections}
        return {i.key: None if i.section is None else of.get(i.section) for i in self.indicators}

    @cached_property
    def years(self) -> list[int]:
        """The years that have results, latest first."""
        return sorted(_years(self.indicators, self.past), reverse=True)

    @property
    def tally(self) -> dataset.Tally | None:
        """The summary table of the year: computed from single results, else as it was published; None
        without either.
        """
        return self.tally_of(self.year)

    @property
    def tallies(self) -> tuple[dataset.Tally, ...]:
        """The summary tables of all years that have one, oldest first."""
        found = (self.tally_of(year) for year in reversed(self.years))
        return tuple(tally for tally in found if tally is not None)

    def tally_of(self, year: int | None) -> dataset.Tally | None:
        """The summary table of a year."""
        if year is None:
            return None
        if year not in self._tallies:
            self._tallies[year] = self._tally(year)
        return self._tallies[year]

    def _tally(self, year: int) -> dataset.Tally | None:
        if self.scheme is None:
            return None
        marks = self.marks(year)
        if any(mark.is_counted and mark.is_reported for mark in marks.values()):
            counted = results.tally_results(marks, self.tops, scheme=self.scheme)
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

    def under(self, scheme: Scheme) -> EditionRows:
        """The same rows by another rule; nothing worked out by this one holds there."""
        return replace(self, scheme=scheme, known=Known())

    def still_known(self, keys: set[int]) -> Known:
        """What was worked out of these indicators, for rows of the same edition and scheme."""
        rated = self.__dict__.get("results", self.known.results)
        marks = {**self.known.marks, **self._marks}
        lines = {**self.known.lines, **self._lines}
        return Known(
            {year: {k: mark for k, mark in of.items() if k in keys} for year, of in marks.items()},
            {k: result for k, result in rated.items() if k in keys},
            {k: line for k, line in lines.items() if k in keys},
        )


def rows_of(edition: Edition, *, year: int | None = None) -> EditionRows:
    """Read an edition: five queries, however many rows it has; one more where sections are rated."""
    [rows] = read([edition])
    return rows if year is None else of_year(rows, year)


def read(editions: Sequence[Edition]) -> list[EditionRows]:
    """Read editions whole: five queries, however many they are; one more where sections are rated."""
    keys = [edition.pk for edition in editions]
    if not keys:
        return []
    sections, items = sections_by_edition(keys), items_by_edition(keys)
    indicators, past = indicators_by_edition(keys), past_lines_by_edition(keys)
    settled = settled_in(editions)
    return [
        put_together(
            e,
            sections[e.pk],
            indicators.get(e.pk, []),
            items=items[e.pk],
            past=past.get(e.pk, []),
            settled=settled.get(e.pk, {}),
        )
        for e in editions
    ]


def settled_in(editions: Sequence[Edition]) -> dict[int, Settlements]:
    """What people settled in those of the editions that rate their sections."""
    return settled_by_edition([edition.pk for edition in editions if edition.overall_policy])


def put_together(
    edition: Edition,
    sections: list[SectionFacts],
    indicators: list[IndicatorFacts],
    *,
    items: Mapping[int, Sequence[ItemFacts]],
    past: list[PastLine],
    settled: Settlements,
) -> EditionRows:
    """The rows of an edition, in the year it reports on."""
    reported = results.reporting_year(edition.fiscal_year, indicators, [line.fiscal_year for line in past])
    return EditionRows(
        edition=edition,
        scheme=scheme_of(edition),
        sections=sections,
        indicators=indicators,
        items=items,
        past=past,
        year=reported,
        policy=policy_of(edition),
        settled=settled,
    )


def of_year(rows: EditionRows, year: int) -> EditionRows:
    """The same rows with the results of another year."""
    return replace(rows, year=year, known=Known(marks=rows._marks))


def _years(indicators: Sequence[IndicatorFacts], past: Sequence[PastLine]) -> set[int]:
    return {year for i in indicators for year in i.years()} | {line.fiscal_year for line in past}
