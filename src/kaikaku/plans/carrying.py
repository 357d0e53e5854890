"""What the next edition takes over from the last, and what a change makes of a link (加除修正). Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from kaikaku.core.text import fold
from kaikaku.plans import words
from kaikaku.plans.facts import FigureFacts, IndicatorFacts, ItemFacts, SectionFacts
from kaikaku.plans.shown import in_order
from kaikaku.writers.jinja_filters import era

# What a line must be to belong to the plan itself; results and issues belong to the year that is over.
CARRIED_ITEMS = frozenset({"", "plan", "note"})
# Kinds that follow from what differs; the others are a person's word.
AUTOMATIC = frozenset({"carried", "revised", "renamed", "moved"})


def carried_items(items: Iterable[ItemFacts]) -> list[ItemFacts]:
    """The lines that stand in the next edition too: of plans, only those of the latest year."""
    kept = [item for item in items if item.kind in CARRIED_ITEMS]
    years = [item.fiscal_year for item in kept if item.kind == "plan" and item.fiscal_year is not None]
    latest = max(years, default=None)
    return [item for item in kept if item.kind != "plan" or item.fiscal_year in (None, latest)]


def year_of_item(item_year: int | None, edition_year: int | None) -> int | None:
    """A plan that was for last year becomes the plan of the next edition's year; a later one stays."""
    if item_year is None or edition_year is None:
        return item_year
    return max(item_year, edition_year)


def carried_figures(figures: Sequence[FigureFacts], *, period_from: int | None) -> list[FigureFacts]:
    """Baseline and targets, the last result as history, and all results of a period that runs on.

    A revision in the middle of a five-year period keeps that period's results: its running totals rest on
    them.
    """
    last = max((f.fiscal_year or 0 for f in figures if f.role == "actual"), default=0)
    return [
        figure
        for figure in figures
        if figure.role != "actual"
        or (figure.fiscal_year or 0) == last
        or (period_from is not None and (figure.fiscal_year or 0) >= period_from)
    ]


def section_text(section: SectionFacts, items: Sequence[ItemFacts]) -> str:
    """All that a section says below its title, a line for each line."""
    lines = [section.subtitle, section.body, *(item_words(item) for item in carried_items(items))]
    return "\n".join(line for line in lines if line)


def item_words(item: ItemFacts) -> str:
    """A line without the marks of its level."""
    label = f"【{item.label}】" if item.label else ""
    return f"{'　' * (item.depth - 1)}・{label}{item.text}"


def indicator_text(indicator: IndicatorFacts, *, years: Collection[int | None] | None = None) -> str:
    """What an indicator measures and aims at, a line for each; of targets, with `years` only theirs."""
    lines = [
        indicator.definition,
        f"単位：{indicator.unit}" if indicator.unit else "",
        f"向き：{words.DIRECTIONS.get(indicator.direction, '')}" if indicator.direction else "",
        f"数え方：{words.ACCUMULATIONS.get(indicator.accumulation, '')}" if indicator.accumulation else "",
        *(
            f"目標値（{era(f.fiscal_year)}）：{f.shown or f.text}" if f.fiscal_year else f"目標値：{f.text}"
            for f in in_order(indicator.figures)
            if f.role == "target" and (years is None or f.fiscal_year in years)
        ),
    ]
    return "\n".join(line for line in lines if line)


def target_years(indicator: IndicatorFacts) -> set[int | None]:
    """The years an indicator has targets for."""
    return {figure.fiscal_year for figure in indicator.figures if figure.role == "target"}


def kind_between(old: tuple[str, str], new: tuple[str, str], *, same_place: bool) -> str:
    """What became of a part: `old` and `new` are its title and its text; width and blanks do not count.

    >>> kind_between(("庁内複業", "試行する"), ("庁内複業", "広げる"), same_place=True)
    'revised'
    """
    same_title, same_text = fold(old[0]) == fold(new[0]), fold(old[1]) == fold(new[1])
    if not same_text:
        return "revised"
    if not same_title:
        return "renamed"
    return "carried" if same_place else "moved"
