"""The casebook in the blocks that PDF and Word print alike (writers.papers)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from kaikaku.core.eras import show_date
from kaikaku.writers.papers.blocks import (
    Block,
    Bullet,
    Bullets,
    Cell,
    Column,
    Grid,
    Heading,
    Paper,
    Paragraph,
    without_skips,
)

if TYPE_CHECKING:
    from kaikaku.ideas.models import Case, Casebook

MANY_CASES = 6
"""From this many cases on the book begins with a table of contents."""

PARTS = (("before", "これまで"), ("after", "これから"), ("effect", "効果"))


def by_category(cases: Sequence[Case]) -> list[tuple[str, list[Case]]]:
    """The cases under their categories, both in the book's order."""
    groups: dict[str, list[Case]] = {}
    for case in cases:
        groups.setdefault(case.category, []).append(case)
    return list(groups.items())


def adopters(case: Case) -> list[str]:
    """The sections that took it over."""
    if case.realisation is None:
        return []
    return [rollout.department.name for rollout in case.realisation.rollouts.all()]


def casebook_paper(casebook: Casebook, cases: Sequence[Case], *, day: date) -> Paper:
    """The whole book: what is in it at a glance, then a chapter a category."""
    campaign = casebook.campaign
    organisation = campaign.organisation
    return Paper(
        title=casebook.title,
        kind="実践事例集",
        organisation=organisation.name,
        date_shown=show_date(casebook.issued_on or day, style="era"),
        running=f"{organisation.name}　{casebook.title}",
        blocks=tuple(without_skips(_blocks(casebook, cases))),
        contents=len(cases) >= MANY_CASES,
        sample=organisation.sample,
    )


def _blocks(casebook: Casebook, cases: Sequence[Case]) -> Iterator[Block]:
    yield Heading("はじめに")
    said = (
        casebook.introduction or f"「{casebook.campaign.title}」から生まれた{len(cases)}の事例を紹介します。"
    )
    for text in said.splitlines():
        if text.strip():
            yield Paragraph(text)
    if casebook.issued_on is None:
        yield Paragraph("この事例集は編集中です。", "note")
    columns = (Column("番号", 0.4, "right"), Column("カテゴリ", 1.1), Column("題名", 2.4))
    rows = tuple((Cell(f"{n}"), Cell(case.category), Cell(case.title)) for n, case in enumerate(cases, 1))
    yield Grid(columns, rows, "事例の一覧")
    numbers = {case.pk: n for n, case in enumerate(cases, 1)}
    for category, group in by_category(cases):
        yield Heading(category)
        for case in group:
            yield Heading(f"{numbers[case.pk]}　{case.title}", 2)
            yield from _case(case)


def _case(case: Case) -> Iterator[Block]:
    if case.summary:
        yield Paragraph(case.summary)
    told = [(name, getattr(case, part)) for part, name in PARTS if getattr(case, part)]
    if told:
        yield Grid((Column("", 0.5), Column("", 3.0)), tuple((Cell(name), Cell(text)) for name, text in told))
    steps = [line.strip() for line in case.steps.splitlines() if line.strip()]
    if steps:
        yield Heading("進め方", 3)
        yield Bullets(tuple(Bullet(step) for step in steps))
    sections = adopters(case)
    facts = []
    if sections:
        facts.append(f"取り入れた所属：{'、'.join(sections)}")
    if case.department is not None:
        facts.append(f"問い合わせ先：{case.department.name}")
    if case.citation is not None:
        facts.append(f"出典：{case.citation.document.title} {case.citation.place}")
    if facts:
        yield Paragraph("　".join(facts), "note")
