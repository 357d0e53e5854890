"""What both papers are made from: the overall result, a pillar, the indicator table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kaikaku.core import eras
from kaikaku.writers import charts
from kaikaku.writers.dataset import (
    COMPUTED,
    Band,
    EditionDataset,
    Figure,
    Indicator,
    Item,
    Overall,
    PlainTable,
    Rated,
    Section,
    Tally,
)
from kaikaku.writers.papers.blocks import (
    Block,
    Bullet,
    Bullets,
    Cell,
    Column,
    Grid,
    Heading,
    Paragraph,
    Picture,
)

KINDS = {"achievement": "主な取組実績", "plan": "取組計画", "result": "成果", "issue": "課題"}
STATUS_MARKS = {"projected": "（見込）", "preliminary": "（速報）", "revised": "（改定）"}
FULL_WIDTH = 2.2


@dataclass(frozen=True)
class Material:
    """A dataset with the look-ups that writing a paper needs."""

    dataset: EditionDataset

    @cached_property
    def bands(self) -> dict[str, Band]:
        return {band.code: band for band in self.dataset.scheme.bands} if self.dataset.scheme else {}

    @cached_property
    def children(self) -> dict[str | None, list[Section]]:
        found: dict[str | None, list[Section]] = {}
        for section in self.dataset.sections:
            found.setdefault(section.parent, []).append(section)
        return found

    @cached_property
    def indicators(self) -> dict[str, list[Indicator]]:
        found: dict[str, list[Indicator]] = {}
        for indicator in self.dataset.indicators:
            found.setdefault(indicator.section, []).append(indicator)
        return found

    @cached_property
    def tally(self) -> Tally | None:
        """The latest year's table."""
        return max(self.dataset.tallies, key=lambda t: t.fiscal_year, default=None)

    def subtree(self, section: Section) -> Iterator[Section]:
        yield section
        for child in self.children.get(section.id, []):
            yield from self.subtree(child)

    def indicators_under(self, section: Section) -> list[Indicator]:
        return [one for part in self.subtree(section) for one in self.indicators.get(part.id, [])]

    def result(self, indicator: Indicator) -> Rated | None:
        """The result of the edition's year, or the latest before it."""
        year = self.dataset.fiscal_year
        fitting = [r for r in indicator.results if year is None or r.fiscal_year <= year] or indicator.results
        return max(fitting, key=lambda r: r.fiscal_year, default=None)

    @cached_property
    def pillars(self) -> list[Section]:
        """The sections that head the plan's parts: those the summary table counts, else the first level."""
        if self.tally:
            named = {row.section for row in self.tally.rows if row.section}
            counted = [section for section in self.dataset.sections if section.id in named]
            if counted:
                return counted
        return self.children.get(None, [])


def running_head(dataset: EditionDataset, kind: str) -> str:
    """Government, edition and kind of paper; the kind once, where the edition's own name ends with it."""
    return f"{dataset.organisation}　{dataset.edition.removesuffix(kind).strip()}　{kind}"


def heading_of(section: Section) -> str:
    return f"{section.number}　{section.title}" if section.number else section.title


def overall(material: Material) -> Iterator[Block]:
    """The overall result: the sentence, the bar, the table, how to read it, and the lists by grade."""
    tally, scheme = material.tally, material.dataset.scheme
    sentence = at_least_sentence(material, tally) if tally else ""
    told = [tally is not None and says_count(text, tally) for text in material.dataset.summary]
    for text, leads in zip(material.dataset.summary, told, strict=True):
        yield Paragraph(text, "lead" if leads else "body")
    if tally is None or scheme is None:
        return
    if sentence and not any(told):
        yield Paragraph(sentence, "lead")
    chart = charts.share_chart(tally, bands=scheme.bands)
    if chart:
        yield Picture(
            chart, f"{eras.show_fiscal_year(tally.fiscal_year, style='era')}の評価ごとの指標の割合", 88
        )
    yield tally_grid(material, tally)
    yield Paragraph(f"達成度の見方　{scheme.rule}", "note")
    if tally.computed:
        yield Paragraph(f"{scheme.denominator}{scheme.shares_method}", "note")
    for named in material.dataset.lists:
        yield Heading(named.title, 2)
        yield Bullets(tuple(Bullet(name.name + ("＊" if name.marked else "")) for name in named.names))
        if named.footnote:
            yield Paragraph(named.footnote, "note")


def says_count(text: str, tally: Tally) -> bool:
    """Whether the plan's own words already say how many indicators reached the band."""
    return tally.at_least_count is not None and f"{tally.at_least_count}指標" in text


def at_least_sentence(material: Material, tally: Tally) -> str:
    """「【令和2年度の実績】4つの区分に置いた57指標のうち「概ね達成」以上は、49指標（86.0%）です。」"""
    if tally.at_least is None or tally.at_least_count is None:
        return ""
    total = next((row.total for row in tally.rows if row.section is None), 0)
    band = material.bands.get(tally.at_least)
    label = band.label if band else tally.at_least.partition("【")[0]
    share = f"（{tally.at_least_share:.1f}%）" if tally.at_least_share is not None else ""
    year = eras.show_fiscal_year(tally.fiscal_year, style="era")
    return f"【{year}の実績】{total}指標のうち「{label}」以上は、{tally.at_least_count}指標{share}です。"


def tally_grid(material: Material, tally: Tally) -> Grid:
    """The summary table, one row a pillar; counts with their share below, as such papers print it."""
    heads = [material.bands[c].name if c in material.bands else c for c in tally.columns]
    ratings: dict[str | None, Overall | None] = {s.id: s.overall for s in material.dataset.sections}
    columns: tuple[Column, ...] = (
        Column("区分", FULL_WIDTH),
        Column("指標数", 0.8, "right"),
        *(Column(head, 1.0, "right") for head in heads),
    )
    rows: list[tuple[Cell, ...]] = []
    for row in tally.rows:
        label = f"{row.number}　{row.label}" if row.number else row.label
        shares = row.shares or (None,) * len(row.counts)
        counts = [
            Cell(f"{count}" + (f"\n（{share:.1f}%）" if share is not None else ""), bold=row.section is None)
            for count, share in zip(row.counts, shares, strict=True)
        ]
        whole = row.section is None
        rows.append((Cell(label, bold=whole), Cell(f"{row.total}", bold=whole), *counts))
    if any(ratings.values()):
        columns = (*columns, Column("総合評価", 1.0))
        rows = [
            (*cells, level_cell(ratings.get(row.section)))
            for row, cells in zip(tally.rows, rows, strict=True)
        ]
    year = eras.show_fiscal_year(tally.fiscal_year, style="era")
    return Grid(columns, tuple(rows), f"達成度別の指標数（{year}の実績）")


def level_cell(one: Overall | None) -> Cell:
    """An overall rating as a cell; one that nobody has settled says so."""
    if one is None:
        return Cell("—")
    return Cell(one.label if one.is_final else f"{one.label}\n（自動判定）", slot=one.slot)


def overall_words(one: Overall) -> str:
    """「総合評価：概ね順調（自動判定は「やや遅れ」。理由：…）」"""
    if not one.is_final:
        return f"総合評価：{one.label}（自動判定）"
    otherwise = f"自動判定は「{one.automatic}」。" if one.label != one.automatic else ""
    why = f"理由：{one.reason}" if one.reason else ""
    return f"総合評価：{one.label}" + (f"（{otherwise}{why}）" if otherwise or why else "")


def overall_ratings(material: Material, *, brief: bool) -> Iterator[Block]:
    """The overall ratings (総括表): 成果 and 活動 apart, what the rule gives, what was settled and why.

    `brief` keeps to the pillars; without any rating there is nothing.
    """
    pillars = {section.id for section in material.pillars}
    rows = []
    for section in material.dataset.sections:
        one = section.overall
        if one is None or (brief and section.id not in pillars):
            continue
        said = (one.reason,) if brief else (one.reason, *one.parts)
        why = "\n".join(text for text in said if text) or "—"
        rows.append(
            (
                Cell(heading_of(section), bold=section.id in pillars),
                Cell(one.outcome or "—"),
                Cell(one.output or "—"),
                Cell(one.automatic),
                level_cell(one),
                Cell(why),
            )
        )
    if not rows:
        return
    columns = (
        Column("区分", 1.8),
        Column("成果", 0.8),
        Column("活動", 0.8),
        Column("自動判定", 0.8),
        Column("総合評価", 0.9),
        Column("理由" if brief else "理由・自動判定の計算", 2.2),
    )
    yield Heading("総合評価", 2)
    yield Grid(columns, tuple(rows), "総合評価の一覧")
    yield Paragraph(f"総合評価の見方　{material.dataset.overall_rule}", "note")


def indicator_grid(material: Material, indicators: Sequence[Indicator], caption: str) -> Grid:
    """Name, baseline, target, actual, rate and grade, each figure with its year."""
    rows = []
    for indicator in indicators:
        result = material.result(indicator)
        shown = [figure_text(indicator, role, result) for role in ("baseline", "target", "actual")]
        rate = f"{result.rate_shown}%" if result and result.rate is not None else "—"
        rows.append(
            (
                Cell(name_of(indicator)),
                *(Cell(text) for text in shown),
                Cell(rate),
                grade_cell(material, result),
            )
        )
    columns = (
        Column("指標", FULL_WIDTH),
        Column("基準値", 1.0, "right"),
        Column("目標値", 1.05, "right"),
        Column("実績値", 1.05, "right"),
        Column("達成率", 0.75, "right"),
        Column("達成度", 0.85),
    )
    return Grid(columns, tuple(rows), caption, _marks_told(material, indicators))


def _marks_told(material: Material, indicators: Sequence[Indicator]) -> str:
    """What the marks in a grid of indicators mean; nothing where there is none."""
    actuals = [figure_for(one, "actual", material.result(one)) for one in indicators]
    told = (
        (
            any(one.external_factor for one in indicators),
            "＊は、外的な要因の影響を受けた指標です。評価は変えていません。",
        ),
        (
            any(COMPUTED in one.qualifiers for one in actuals if one),
            f"「{COMPUTED}」は、業務の記録から計算した値です。",
        ),
    )
    return "".join(words for is_there, words in told if is_there)


def name_of(indicator: Indicator) -> str:
    return indicator.name + ("＊" if indicator.external_factor else "")


def figure_text(indicator: Indicator, role: str, result: Rated | None) -> str:
    figure = figure_for(indicator, role, result)
    if figure is None:
        return "—"
    year = f"（{year_words(figure)}）" if figure.fiscal_year is not None else ""
    text = figure.shown if figure.value is not None else (figure.reason or "—")
    mark = STATUS_MARKS.get(figure.status, "")
    made = f"（{COMPUTED}）" if COMPUTED in figure.qualifiers else ""
    return "\n".join(part for part in (text, mark, made, year) if part)


def figure_for(indicator: Indicator, role: str, result: Rated | None) -> Figure | None:
    """The figure that went into the result, else the last of its role."""
    fitting = [figure for figure in indicator.figures if figure.role == role]
    wanted = {"target": result and result.target_year, "actual": result and result.fiscal_year}.get(role)
    exact = [figure for figure in fitting if wanted is not None and figure.fiscal_year == wanted]
    found = exact or fitting
    return found[-1] if found else None


def year_words(figure: Figure) -> str:
    year = eras.show_fiscal_year(figure.fiscal_year or 0, style="short")
    if figure.cumulative_from is None:
        return year
    return f"{eras.show_fiscal_year(figure.cumulative_from, style='short')}～{year}累計"


def grade_cell(material: Material, result: Rated | None) -> Cell:
    band = material.bands.get(result.grade) if result and result.grade else None
    if band is None:
        return Cell("—")
    mark = STATUS_MARKS.get(result.status if result else "", "")
    return Cell(f"{band.name}\n{mark}" if mark else band.name, slot=band.slot)


def pillar(material: Material, section: Section, *, brief: bool, level: int) -> Iterator[Block]:
    """All of one pillar: words, what was done and is planned by year, tables, indicators.

    `level` is that of the headings below the pillar's own; `brief` leaves out running text and tables.
    """
    if section.subtitle:
        yield Paragraph(section.subtitle)
    if section.overall is not None:
        yield Paragraph(overall_words(section.overall), "lead")
    groups = item_groups(material, section) or {(None, None): {}}
    for position, ((kind, year), items_of) in enumerate(groups.items()):
        labelled = bool(kind or year)
        if labelled:
            yield Heading(group_title(kind, year), level)
        texts = position == 0 and not (brief and labelled)
        for part in material.subtree(section):
            title = None if part is section else Heading(heading_of(part), level + labelled)
            yield from section_blocks(part, items_of.get(part.id, ()), title=title, texts=texts)
    for part in material.subtree(section):
        yield from (plain_grid(table) for table in part.tables if not brief)
    indicators = material.indicators_under(section)
    if indicators:
        yield indicator_grid(material, indicators, "目標指標")


def item_groups(
    material: Material, section: Section
) -> dict[tuple[str | None, int | None], dict[str, list[Item]]]:
    """The items below a pillar, by kind and year and then by section, in the order first met."""
    groups: dict[tuple[str | None, int | None], dict[str, list[Item]]] = {}
    for part in material.subtree(section):
        for item in part.items:
            groups.setdefault((item.kind, item.fiscal_year), {}).setdefault(part.id, []).append(item)
    return groups


def group_title(kind: str | None, year: int | None) -> str:
    name = KINDS.get(kind or "", "取組")
    return f"{name}（{eras.show_fiscal_year(year, style='era')}）" if year is not None else name


def section_blocks(
    section: Section, items: Sequence[Item], *, title: Heading | None, texts: bool
) -> Iterator[Block]:
    words = section.text if texts else ()
    if title and (items or words):
        yield title
    for text in words:
        yield Paragraph(text)
    if items:
        yield Bullets(tuple(Bullet(item.text, item.depth) for item in items))


def plain_grid(table: PlainTable) -> Grid:
    """A table as the document has it; a column of short cells gets less room."""
    width = max((len(row) for row in (table.header, *table.rows)), default=0)
    lengths = [
        max((len(row[i]) for row in (table.header, *table.rows) if i < len(row)), default=1)
        for i in range(width)
    ]
    head = [*table.header, *([""] * (width - len(table.header)))]
    columns = tuple(Column(t, min(max(n, 5), 30) / 10) for t, n in zip(head, lengths, strict=True))
    rows = tuple(tuple(Cell(c) for c in [*row, *([""] * (width - len(row)))]) for row in table.rows)
    unit = f"（単位：{table.unit}）" if table.unit else ""
    return Grid(columns, rows, table.caption + unit)


def back_matter(material: Material, *, level: int) -> Iterator[Block]:
    """Notes, errata, sources and how it was rated: what lets a reader check the paper."""
    dataset = material.dataset
    if dataset.errata:
        yield Heading("正誤表", level)
        yield errata_grid(material)
    if dataset.footnotes:
        yield Heading("注", level)
        yield Bullets(tuple(Bullet(f"{note.mark}　{note.text}") for note in dataset.footnotes))
    yield Heading("出典とデータ", level)
    yield Bullets(tuple(Bullet(text) for text in source_lines(dataset)))


def errata_grid(material: Material) -> Grid:
    rows = [
        (
            Cell(f"{e.number}"),
            Cell(eras.show_date(e.decided_on, style="era")),
            Cell(e.where),
            Cell(e.old),
            Cell(e.new),
            Cell(e.reason),
        )
        for e in material.dataset.errata
    ]
    titles = (("番号", 0.4), ("日付", 1.0), ("箇所", 1.6), ("誤", 0.9), ("正", 0.9), ("理由", 1.6))
    return Grid(tuple(Column(title, width) for title, width in titles), tuple(rows))


def source_lines(dataset: EditionDataset) -> Iterable[str]:
    for source in dataset.sources:
        parts = (source.organisation, f"「{source.title}」", source.published or "")
        yield "".join(parts) + f"（{source.file_name}）"
    yield f"この資料の数値は、公表データ（SHA-256：{dataset.sha256()[:16]}…）と同じものです。"
    yield f"利用条件：{dataset.licence}"
