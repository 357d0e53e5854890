"""An edition's rows with the look-ups that agendas and papers need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kaikaku.plans import results
from kaikaku.plans.queries import EditionRows
from kaikaku.plans.results import Result
from kaikaku.reviews.shown import Shown, lines_of, overall_words


class Reading:
    """An edition's rows, with the look-ups that agendas need."""

    def __init__(self, rows: EditionRows) -> None:
        self.rows = rows
        self.sections = {section.key: section for section in rows.sections}
        self.indicators = {facts.key: facts for facts in rows.indicators}
        self.below: dict[int, list[Result]] = defaultdict(list)
        for facts in rows.indicators:
            result = rows.results.get(facts.key) or results.unrated(facts)
            here = self.sections.get(facts.section or 0)
            while here is not None:
                self.below[here.key].append(result)
                here = self.sections.get(here.parent or 0)

    def under(self, section: int) -> list[Result]:
        """The results of a section and all below it."""
        return self.below.get(section, [])

    def own(self, section: int) -> list[Result]:
        """The results of a section's own indicators; a pillar always holds good and bad ones."""
        return [result for result in self.under(section) if result.indicator.section == section]

    def result(self, indicator: int) -> Result | None:
        facts = self.indicators.get(indicator)
        if facts is None:
            return None
        return self.rows.results.get(indicator) or results.unrated(facts)

    def heading(self, section: int | None) -> str:
        facts = self.sections.get(section or 0)
        return f"{facts.number} {facts.title}".strip() if facts else ""

    def owner(self, section: int | None) -> str:
        """The department of a section, or of the nearest above it that has one."""
        facts = self.sections.get(section or 0)
        while facts is not None and not facts.owner_name:
            facts = self.sections.get(facts.parent or 0)
        return facts.owner_name if facts else ""

    def indicator(self, key: int, *, reasons: Sequence[str] = (), question: str = "") -> Shown | None:
        result = self.result(key)
        if result is None:
            return None
        facts = result.indicator
        return Shown(
            name=facts.name,
            above=self.heading(facts.section),
            owner=facts.owner_name or self.owner(facts.section),
            fiscal_year=self.rows.year,
            lines=lines_of([result]),
            reasons=tuple(reasons),
            question=question,
        )

    def section(self, key: int, *, reasons: Sequence[str] = (), question: str = "") -> Shown | None:
        facts = self.sections.get(key)
        if facts is None:
            return None
        return Shown(
            name=self.heading(key),
            above=self.heading(facts.parent),
            owner=self.owner(key),
            fiscal_year=self.rows.year,
            lines=lines_of(self.under(key)),
            reasons=tuple(reasons),
            question=question,
            overall=overall_words(self.rows.overall.get(key)),
        )
