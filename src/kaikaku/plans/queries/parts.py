"""An edition as the dataset that a publication freezes and writers print (`writers.dataset`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kaikaku.plans import results, shown, words
from kaikaku.plans.facts import IndicatorFacts, ItemFacts, PastLine, SectionFacts, TableFacts
from kaikaku.plans.models import Edition
from kaikaku.plans.queries.edition_rows import EditionRows, rows_of
from kaikaku.plans.queries.rows import footnotes_of, tables_of
from kaikaku.sources.audience import Audience
from kaikaku.sources.models import Citation
from kaikaku.writers import dataset


@dataclass(frozen=True, slots=True)
class EditionParts:
    """All of a dataset that the plan itself gives; the publication adds number, day, errata, licence and
    contact.
    """

    organisation: str
    organisation_code: str | None
    plan: str
    edition: str
    title: str
    fiscal_year: int | None
    period: tuple[int, int] | None
    summary: tuple[str, ...]
    sections: tuple[dataset.Section, ...]
    indicators: tuple[dataset.Indicator, ...]
    scheme: dataset.Scheme | None
    tallies: tuple[dataset.Tally, ...]
    lists: tuple[dataset.NamedList, ...]
    footnotes: tuple[dataset.Footnote, ...]
    sources: tuple[dataset.Source, ...]
    overall_rule: str
    sample: bool


def dataset_parts(edition: Edition) -> EditionParts:
    """Everything of an edition that is printed, in a constant number of queries."""
    rows = rows_of(edition)
    tables = tables_of(edition.pk)
    cites, sources = _cited(rows, tables)
    plan = edition.plan
    organisation = plan.organisation
    return EditionParts(
        organisation=organisation.name,
        organisation_code=organisation.code,
        plan=plan.name,
        edition=edition.title,
        title=edition.full_name,
        fiscal_year=rows.year if rows.year is not None else edition.fiscal_year,
        period=_period(edition),
        summary=_paragraphs(edition.summary),
        sections=_sections(rows, tables, cites),
        indicators=_indicators(rows, cites),
        scheme=shown.scheme(rows.scheme) if rows.scheme else None,
        tallies=rows.tallies,
        lists=lists_of(rows),
        footnotes=tuple(dataset.Footnote(note.mark, note.text) for note in footnotes_of(edition.pk)),
        sources=sources,
        overall_rule=rows.policy.rule if rows.policy and rows.overall else "",
        sample=organisation.sample,
    )


Cites = Mapping[int, dataset.Cite]
REPORT = dataset.Source("report", "所管の報告", "", None, "庁内の資料のため公表していません", None)
REPORT_CITE = dataset.Cite(REPORT.id, "庁内の資料", "")


def _cited(rows: EditionRows, tables: Iterable[TableFacts]) -> tuple[Cites, tuple[dataset.Source, ...]]:
    """The citations by key, and the documents they point into, in the order in which they were kept. What is
    printed may be published: a document that is not for all is one of the government's own reports.
    """
    parts: list[SectionFacts | IndicatorFacts | ItemFacts | TableFacts | PastLine] = [
        *rows.sections,
        *rows.indicators,
        *(item for items in rows.items.values() for item in items),
        *tables,
        *rows.past,
    ]
    keys = {part.citation for part in parts if part.citation is not None}
    keys |= {f.citation for i in rows.indicators for f in i.figures if f.citation is not None}
    found = Citation.objects.select_related("document__organisation").defer(
        "document__text_lines", "document__places"
    )
    citations = found.in_bulk(list(keys))
    cited = {citation.document.pk: citation.document for citation in citations.values()}
    documents = {pk: one for pk, one in cited.items() if one.audience == Audience.INSIDERS}
    ids = {pk: f"source-{number}" for number, pk in enumerate(sorted(documents), 1)}
    sources = tuple(
        dataset.Source(
            id=ids[pk],
            title=documents[pk].title,
            organisation=documents[pk].organisation.name,
            published=published.isoformat() if (published := documents[pk].published_on) else None,
            file_name=documents[pk].file_name,
            sha256=documents[pk].sha256,
        )
        for pk in sorted(documents)
    )
    cites = {
        key: dataset.Cite(ids[c.document_id], c.place, c.quote) if c.document_id in ids else REPORT_CITE
        for key, c in citations.items()
    }
    closed = [one for pk, one in cited.items() if pk not in documents]
    return cites, (*sources, replace(REPORT, organisation=closed[0].organisation.name)) if closed else sources


def _sections(rows: EditionRows, tables: list[TableFacts], cites: Cites) -> tuple[dataset.Section, ...]:
    names = rows.edition.plan.level_names
    codes = {section.key: section.code for section in rows.sections}
    by_section: dict[int | None, list[dataset.PlainTable]] = {}
    for table in tables:
        by_section.setdefault(table.section, []).append(_table(table, cites))
    return tuple(
        dataset.Section(
            id=facts.code,
            parent=codes[facts.parent] if facts.parent is not None else None,
            depth=facts.depth,
            level_name=names[facts.depth - 1] if facts.depth <= len(names) else "",
            number=facts.number or None,
            title=facts.title,
            subtitle=facts.subtitle or None,
            text=(*_paragraphs(facts.body), *_ended(facts)),
            items=tuple(_item(item, cites) for item in rows.items.get(facts.key, ())),
            tables=tuple(by_section.get(facts.key, ())),
            owner=facts.owner_name,
            cite=_cite(cites, facts.citation),
            overall=_overall(rows, facts.key),
        )
        for facts in rows.sections
    )


def _overall(rows: EditionRows, section: int) -> dataset.Overall | None:
    one = rows.overall.get(section)
    if one is None or rows.year is None:
        return None
    return dataset.Overall(
        fiscal_year=rows.year,
        label=one.label,
        slot=one.slot,
        automatic=one.settled.automatic if one.settled else one.automatic.label,
        parts=tuple(part.sentence for part in one.automatic.parts),
        outcome=one.part("outcome") or None,
        output=one.part("output") or None,
        is_final=one.is_final,
        reason=one.reason,
        decider=one.settled.decider if one.settled else "",
    )


def item_text(item: ItemFacts) -> str:
    """A line as it is printed: number, label in brackets, text, marks, and 【再掲】 where it stands
    elsewhere too.
    """
    label = f"【{item.label}】" if item.label else ""
    number = f"{item.number} " if item.number else ""
    return f"{number}{label}{item.text}{item.marks}{'【再掲】' if item.cross_listed else ''}"


def _item(item: ItemFacts, cites: Cites) -> dataset.Item:
    kind, cite = item.kind or None, _cite(cites, item.citation)
    return dataset.Item(item_text(item), item.depth, kind, item.fiscal_year, cite)


def _table(table: TableFacts, cites: Cites) -> dataset.PlainTable:
    cite = _cite(cites, table.citation)
    return dataset.PlainTable(table.caption, table.header, table.rows, table.unit or None, cite)


def _indicators(rows: EditionRows, cites: Cites) -> tuple[dataset.Indicator, ...]:
    codes = {section.key: section.code for section in rows.sections}
    return tuple(_indicator(facts, rows, codes, cites=cites) for facts in rows.indicators)


def _indicator(
    facts: IndicatorFacts, rows: EditionRows, codes: Mapping[int, str], *, cites: Cites
) -> dataset.Indicator:
    years = facts.years()
    if rows.year is not None and rows.year not in years and any(f.role == "target" for f in facts.figures):
        years = sorted([*years, rows.year])
    rated = (results.rate_indicator(facts, fiscal_year=year, scheme=rows.scheme) for year in years)
    return dataset.Indicator(
        id=facts.code,
        section=codes.get(facts.section or 0, ""),
        name=facts.name,
        unit=facts.unit,
        direction=facts.direction or None,
        kind=facts.kind or None,
        definition=facts.definition,
        owner=facts.owner_name,
        figures=tuple(
            shown.figure(f, _cite(cites, f.citation), decimals=facts.decimals)
            for f in shown.in_order(facts.figures)
        ),
        results=tuple(shown.rated(result) for result in rated),
        external_factor=facts.external_factor or None,
        notes=tuple(shown.notes(facts)),
        cross_listed_in=tuple(codes[key] for key in facts.cross_listed if key in codes),
        cite=_cite(cites, facts.citation),
    )


def lists_of(rows: EditionRows) -> tuple[dataset.NamedList, ...]:
    """The lists by grade of the year: from single results, or as the published table carries them."""
    if rows.scheme is None or rows.tally is None:
        return ()
    if rows.tally.computed:
        return tuple(shown.lists(rows.results.values(), rows.scheme))
    return _printed_lists(rows)


def _printed_lists(rows: EditionRows) -> tuple[dataset.NamedList, ...]:
    """The lists a published summary table came with."""
    return tuple(
        dataset.NamedList(
            printed["title"],
            tuple(dataset.MarkedName(name["name"], name["marked"]) for name in printed["names"]),
            printed.get("footnote") or None,
        )
        for line in rows.past
        if line.fiscal_year == rows.year
        for printed in line.lists
    )


def _cite(cites: Cites, key: int | None) -> dataset.Cite | None:
    return None if key is None else cites.get(key)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _ended(facts: SectionFacts) -> tuple[str, ...]:
    if not facts.ended_as:
        return ()
    return (f"終了（{words.END_OUTCOMES.get(facts.ended_as, facts.ended_as)}）：{facts.end_reason}",)


def _period(edition: Edition) -> tuple[int, int] | None:
    if edition.period_from is None or edition.period_to is None:
        return None
    return edition.period_from, edition.period_to
