"""What ideas add to a publication: campaigns, what was realised, the fate of every idea, cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kaikaku.core.eras import show_date
from kaikaku.ideas.fate import share
from kaikaku.ideas.models import Campaign, Milestone, Realisation
from kaikaku.ideas.queries.campaigns import campaign_numbers
from kaikaku.ideas.queries.fates import fate_counts, fate_rows, public_rows
from kaikaku.ideas.queries.linking import credits_of
from kaikaku.ideas.queries.results import campaigns_on, listed_counts, listed_of
from kaikaku.ideas.queries.statistics import statistics_of
from kaikaku.writers.dataset import Chapter, PlainTable

if TYPE_CHECKING:
    from kaikaku.plans.models import Edition

TITLE = "職員提案"
HIDDEN = "x"
NONE = "—"


def chapter_for(edition: Edition) -> Chapter | None:
    """The chapter of an edition's publication; None where no campaign's results are published with it."""
    campaigns = campaigns_on(edition)
    if not campaigns:
        return None
    paragraphs = tuple(line for campaign in campaigns for line in _paragraphs(campaign))
    alone = len(campaigns) == 1
    tables = tuple(
        table for campaign in campaigns for table in _tables(campaign, "" if alone else f"（{campaign}）")
    )
    return Chapter(TITLE, paragraphs, tables)


def _paragraphs(campaign: Campaign) -> Iterator[str]:
    window = f"{show_date(campaign.opens_on)}から{show_date(campaign.closes_on)}まで"
    rows = fate_rows(campaign)
    total = campaign.published_total or len(rows)
    yield (
        f"{_quoted(campaign.title)}は、{campaign.audience}を対象に{window}提案を募り、{total:,}件の提案がありました。"
        f"テーマは「{campaign.theme.strip()}」です。"
    )
    if rows:
        numbers = campaign_numbers(campaign)
        counted = "、".join(f"「{name}」{count}件" for name, count in fate_counts(campaign).items())
        answered = _percent(numbers.answered, numbers.received)
        days = (
            f"、最初の回答までの日数の中央値は{numbers.answer_days.normalize():f}日"
            if numbers.answer_days is not None
            else ""
        )
        yield f"提案の状況は、{counted}です。回答した提案は{numbers.answered}件（{answered}）{days}です。"
    listed = listed_of(campaign)
    if listed:
        yield f"実現した取組は{listed_counts(listed).words}です。{campaign.list_note}"
    made = Realisation.objects.filter(campaign=campaign, progress="done")
    if said := credits_of(campaign.organisation, made).words:
        yield said


def _tables(campaign: Campaign, of: str) -> Iterator[PlainTable]:
    """`of` tells the campaign where the edition carries several."""
    listed = listed_of(campaign)
    if listed:
        yield PlainTable(
            caption=f"実現した取組の一覧{of}",
            header=("カテゴリ", "提案", "内容"),
            rows=tuple(
                (row.category, row.title, f"{row.realisation.title}{'【再掲】' if row.cross_listed else ''}")
                for row in listed
            ),
        )
    yield from _statistics(campaign, of)
    yield from _cases(campaign)
    milestones = list(Milestone.objects.filter(campaign=campaign))
    if milestones:
        yield PlainTable(
            caption=f"募集と実現の予定{of}",
            header=("時期", "予定", "説明"),
            rows=tuple((day_words(one), one.title, one.note or NONE) for one in milestones),
        )
    fates = tuple(public_rows(campaign))
    if fates:
        yield PlainTable(
            caption=f"すべての提案とその結果{of}",
            header=("番号", "提案", "テーマ", "結果", "回答"),
            rows=fates,
        )


def _statistics(campaign: Campaign, of: str) -> Iterator[PlainTable]:
    made = statistics_of(campaign)
    for table in made.tables if made is not None else ():
        shares = table.shares or (NONE,) * len(table.rows)
        yield PlainTable(
            caption=f"{table.label}別の提案件数{of}",
            header=(table.label, "件数", "割合（%）"),
            rows=tuple(
                (value, HIDDEN if count is None else f"{count:,}", part)
                for (value, count), part in zip(table.rows, shares, strict=True)
            ),
        )


def _cases(campaign: Campaign) -> Iterator[PlainTable]:
    for book in campaign.casebooks.filter(issued_on__isnull=False).prefetch_related("cases"):
        yield PlainTable(
            caption=book.title,
            header=("カテゴリ", "題名", "内容"),
            rows=tuple((case.category, case.title, case.summary or NONE) for case in book.cases.all()),
        )


def day_words(milestone: Milestone) -> str:
    """A day of the timeline as printed."""
    if milestone.text:
        return milestone.text
    first = show_date(milestone.first)
    return first if milestone.first == milestone.last else f"{first}～{show_date(milestone.last)}"


def _quoted(title: str) -> str:
    return f"『{title}』" if "「" in title else f"「{title}」"


def _percent(part: int, whole: int) -> str:
    found = share(part, whole)
    return NONE if found is None else f"{found:.1f}%"
