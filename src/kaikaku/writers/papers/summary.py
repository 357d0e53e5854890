"""概要版: what a resident or an assembly member reads; the overall result, then a page a pillar."""

from __future__ import annotations

from collections.abc import Iterator

from kaikaku.core import eras
from kaikaku.writers.dataset import EditionDataset
from kaikaku.writers.papers.blocks import Block, Heading, Paper, without_skips
from kaikaku.writers.papers.parts import (
    Material,
    back_matter,
    heading_of,
    overall,
    overall_ratings,
    pillar,
    running_head,
)

ROOMY = 6
"""From this many indicators on a pillar fills a page of its own."""


def summary_paper(dataset: EditionDataset) -> Paper:
    material = Material(dataset)
    return Paper(
        title=dataset.title,
        kind="概要版",
        organisation=dataset.organisation,
        date_shown=eras.show_date(dataset.published_on, style="era"),
        running=running_head(dataset, "概要版"),
        blocks=tuple(without_skips(blocks(material))),
        sample=dataset.sample,
    )


def blocks(material: Material) -> Iterator[Block]:
    rated = material.tally is not None
    if rated or material.dataset.summary:
        yield Heading("1　全体の取組状況" if rated else "1　プランのあらまし")
        yield from overall(material)
        yield from overall_ratings(material, brief=True)
    pillars = material.pillars
    if pillars:
        name = pillars[0].level_name or "柱"
        yield Heading(f"2　{name}ごとの取組状況" if rated else f"2　{name}ごとの取組", 1)
    for position, section in enumerate(pillars):
        full = len(material.indicators_under(section)) >= ROOMY
        yield Heading(heading_of(section), 2, new_page=full and position > 0)
        yield from pillar(material, section, brief=True, level=3)
    yield from back_matter(material, level=2)
