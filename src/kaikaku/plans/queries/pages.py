"""What the page of one section and of one indicator shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kaikaku.org.queries import department_ids_of
from kaikaku.plans import results, shown
from kaikaku.plans.facts import FigureFacts, IndicatorFacts, ItemFacts, SectionFacts, TableFacts
from kaikaku.plans.models import Indicator, Section
from kaikaku.plans.overall import Standing
from kaikaku.plans.queries.access import scheme_of
from kaikaku.plans.queries.kept import rows_kept
from kaikaku.plans.queries.rows import indicators_of, tables_of
from kaikaku.plans.results import Result
from kaikaku.sources.models import Citation
from kaikaku.sources.queries import closed_citations
from kaikaku.ui.beside import Beside
from kaikaku.ui.collecting import offers
from kaikaku.writers import dataset

if TYPE_CHECKING:
    from kaikaku.org.models import User

PLAN_KINDS = frozenset({"plan"})


@dataclass(frozen=True, slots=True)
class Column:
    """The lines of one year and kind, 実績 or 計画, that stand side by side on the page."""

    fiscal_year: int | None
    kind: str
    items: tuple[ItemFacts, ...]


@dataclass(frozen=True, slots=True)
class SectionPage:
    """A section with all that stands in it."""

    facts: SectionFacts
    level_name: str
    is_mine: bool
    columns: tuple[Column, ...]
    tables: tuple[TableFacts, ...]
    results: tuple[Result, ...]
    again: tuple[IndicatorFacts, ...]
    children: tuple[SectionFacts, ...]
    before: SectionFacts | None
    after: SectionFacts | None
    year: int | None
    overall: Standing | None


def section_page(user: User, section: Section) -> SectionPage:
    """Read what the page of a section shows."""
    edition = section.edition
    rows = rows_kept(edition)
    sections = rows.sections
    place = next(place for place, facts in enumerate(sections) if facts.key == section.pk)
    facts = sections[place]
    names = edition.plan.level_names
    own = [indicator for indicator in rows.indicators if indicator.section == section.pk]
    rated = results.rate_all(own, fiscal_year=rows.year, scheme=rows.scheme)
    return SectionPage(
        facts=facts,
        level_name=names[facts.depth - 1] if facts.depth <= len(names) else "",
        is_mine=facts.owner in department_ids_of(user),
        columns=_columns(rows.items.get(section.pk, ())),
        tables=tuple(tables_of(edition.pk, section=section.pk)),
        results=tuple(rated.get(i.key) or results.unrated(i) for i in own),
        again=tuple(i for i in rows.indicators if section.pk in i.cross_listed),
        children=tuple(s for s in sections if s.parent == section.pk),
        before=sections[place - 1] if place else None,
        after=sections[place + 1] if place + 1 < len(sections) else None,
        year=rows.year,
        overall=rows.overall.get(section.pk),
    )


def _columns(items: Sequence[ItemFacts]) -> tuple[Column, ...]:
    """Lines by year and by whether they are plans, earliest first, results before plans of one year."""
    found: dict[tuple[int | None, str], list[ItemFacts]] = defaultdict(list)
    for item in items:
        found[item.fiscal_year, "plan" if item.kind in PLAN_KINDS else ""].append(item)
    order = sorted(found, key=lambda key: (key[0] is None, key[0] or 0, key[1]))
    return tuple(Column(year, kind, tuple(found[year, kind])) for year, kind in order)


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure on its indicator's page: as printed and as understood, with the page of its citation, where
    the reader may open it.
    """

    facts: FigureFacts
    figure: dataset.Figure
    citation: int | None


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """An indicator with its figures, its results by year (latest first) and its data for the chart."""

    facts: IndicatorFacts
    figures: tuple[ShownFigure, ...]
    results: tuple[tuple[Result, dataset.Rated], ...]
    chart: dataset.Indicator
    why: str
    doubt: str | None
    notes: tuple[str, ...]

    @property
    def latest(self) -> tuple[Result, dataset.Rated] | None:
        return self.results[0] if self.results else None


def indicator_page(user: User, indicator: Indicator) -> IndicatorPage:
    """Read what the page of an indicator shows."""
    edition = indicator.edition
    [facts] = indicators_of(edition.pk, only=indicator.pk)
    scheme = scheme_of(edition)
    years = facts.years()
    if not years and edition.fiscal_year is not None and facts.figures:
        years = [edition.fiscal_year]
    rated = [results.rate_indicator(facts, fiscal_year=year, scheme=scheme) for year in reversed(years)]
    figures = _shown(user, facts)
    choice = rated[0].achievement.choice if rated and rated[0].target else None
    return IndicatorPage(
        facts=facts,
        figures=figures,
        results=tuple((result, shown.rated(result)) for result in rated),
        chart=_for_chart(facts, figures),
        why=choice.why if choice else "",
        doubt=choice.doubt if choice else None,
        notes=tuple(shown.notes(facts)),
    )


def beside(user: User, indicator: Indicator) -> list[Beside]:
    """What the apps above have to say of the indicator."""
    return [one for offered in offers("beside_indicator") for one in offered(user, indicator)]


def _shown(user: User, facts: IndicatorFacts) -> tuple[ShownFigure, ...]:
    ordered = shown.in_order(facts.figures)
    keys = {f.citation for f in ordered if f.citation is not None}
    keys -= closed_citations(user, keys)
    cites = Citation.objects.select_related("document").defer("document__text_lines", "document__places")
    known = {
        key: dataset.Cite(str(cite.document_id), f"{cite.document.title} {cite.place}", cite.quote)
        for key, cite in cites.in_bulk(list(keys)).items()
    }
    return tuple(
        ShownFigure(
            f,
            shown.figure(f, known.get(f.citation or 0), decimals=facts.decimals),
            f.citation if f.citation in known else None,
        )
        for f in ordered
    )


def _for_chart(facts: IndicatorFacts, figures: tuple[ShownFigure, ...]) -> dataset.Indicator:
    return dataset.Indicator(
        id=facts.code,
        section="",
        name=facts.name,
        unit=facts.unit,
        direction=facts.direction or None,
        kind=facts.kind or None,
        definition=facts.definition,
        owner=facts.owner_name,
        figures=tuple(one.figure for one in figures),
        results=(),
    )
