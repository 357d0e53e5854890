"""本部会議資料: what the headquarters decides on; results beside next plans, every rate with its sum."""

from __future__ import annotations

from collections.abc import Iterator

from kaikaku.core import eras
from kaikaku.writers.dataset import EditionDataset, Indicator, PlainTable, Rated
from kaikaku.writers.papers.blocks import Block, Cell, Column, Grid, Heading, Paper, Paragraph, without_skips
from kaikaku.writers.papers.parts import (
    STATUS_MARKS,
    Material,
    back_matter,
    grade_cell,
    heading_of,
    name_of,
    overall,
    overall_ratings,
    pillar,
    plain_grid,
    running_head,
)

WEAK = (3, 4)
"""Slots of the grades that the headquarters is asked about."""

MOST_ROWS = 50
"""A chapter's table of more rows is for looking things up: it stands on the site, with its data."""


def headquarters_paper(dataset: EditionDataset) -> Paper:
    material = Material(dataset)
    return Paper(
        title=dataset.title,
        kind="本部会議資料",
        organisation=dataset.organisation,
        date_shown=eras.show_date(dataset.published_on, style="era"),
        running=running_head(dataset, "本部会議資料"),
        blocks=tuple(without_skips(blocks(material))),
        contents=len(dataset.sections) > 6,
        sample=dataset.sample,
    )


def blocks(material: Material) -> Iterator[Block]:
    chapter = 0

    def number(title: str) -> str:
        nonlocal chapter
        chapter += 1
        return f"{chapter}　{title}"

    if material.tally is not None or material.dataset.summary:
        yield Heading(number("全体の取組状況"))
        yield from overall(material)
        yield from overall_ratings(material, brief=False)
    questions = open_questions(material)
    if questions:
        yield Heading(number("確認・決定いただきたい事項"))
        yield questions
    pillars = {section.id for section in material.pillars}
    for section in material.children.get(None, []):
        yield Heading(number(heading_of(section)), 1)
        below = [child for child in material.children.get(section.id, []) if child.id in pillars]
        if not below:
            yield from pillar(material, section, brief=False, level=2)
        for child in below:
            yield Heading(heading_of(child), 2)
            yield from pillar(material, child, brief=False, level=3)
    if any(indicator.results for indicator in material.dataset.indicators):
        yield Heading(number("達成率の計算"), 1)
        yield Paragraph("各指標の達成率は次のとおり計算しています。読む人が同じ計算をたどれます。")
        yield workings(material)
    for extra in material.dataset.chapters:
        yield Heading(number(extra.title), 1)
        yield from (Paragraph(text) for text in extra.paragraphs)
        yield from (_printed(table, extra.title) for table in extra.tables)
    yield Heading(number("資料"), 1)
    yield from back_matter(material, level=2)


def _printed(table: PlainTable, chapter: str) -> Block:
    """A table of a chapter; one of very many rows is told of, and stands on the site with its data."""
    if len(table.rows) <= MOST_ROWS:
        return plain_grid(table)
    told = f"「{table.caption}」は{len(table.rows):,}行あるため、公開サイトの「{chapter}」に載せています。"
    return Paragraph(told, "note")


def open_questions(material: Material) -> Grid | None:
    """What needs a decision: weak grades, 測定不能, values still projected."""
    rows = []
    for indicator in material.dataset.indicators:
        result = material.result(indicator)
        why = question(material, indicator, result)
        if result and why:
            rate = f"{result.rate_shown}%" if result.rate is not None else "—"
            rows.append(
                (
                    Cell(name_of(indicator)),
                    grade_cell(material, result),
                    Cell(rate),
                    Cell(indicator.owner or "—"),
                    Cell(why),
                )
            )
    if not rows:
        return None
    columns = (
        Column("指標", 2.2),
        Column("達成度", 0.9),
        Column("達成率", 0.8, "right"),
        Column("担当", 1.0),
        Column("理由", 2.0),
    )
    return Grid(columns, tuple(rows), "確認が必要な指標")


def question(material: Material, indicator: Indicator, result: Rated | None) -> str:
    if result is None:
        return ""
    band = material.bands.get(result.grade or "")
    parts = []
    if band and not band.measurable:
        parts.append(result.reason or "測定できません。")
    elif band and band.slot in WEAK:
        parts.append("対応の検討が必要です。")
    if result.status == "projected":
        parts.append("見込みの値です。確定後に評価が変わることがあります。")
    if parts and indicator.external_factor:
        parts.append(indicator.external_factor)
    return "".join(parts)


def workings(material: Material) -> Grid:
    rows = []
    for indicator in material.dataset.indicators:
        result = material.result(indicator)
        if result is None:
            continue
        target = (
            f"{eras.show_fiscal_year(result.target_year, style='short')}目標" if result.target_year else ""
        )
        formula = "・".join(part for part in (result.formula_label, target) if part)
        status = STATUS_MARKS.get(result.status, "")
        rows.append(
            (Cell(indicator.name), Cell(formula + status), Cell(result.working or result.reason or "—"))
        )
    return Grid((Column("指標", 1.6), Column("計算方法", 1.0), Column("計算", 2.6)), tuple(rows))
