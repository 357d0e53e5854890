"""The events of an item by year, beside its targets, results and ratings (PDCA)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kaikaku.plans import queries as plans
from kaikaku.plans import results
from kaikaku.plans.facts import IndicatorFacts
from kaikaku.plans.models import Edition, Indicator, Section
from kaikaku.plans.queries.rows import indicators_by_key, items_of
from kaikaku.reviews.models import Event, Loop
from kaikaku.reviews.shown import Line, line_of

# The two halves of a yearly table: what was found, and what was done about it.
FOUND = ("observation", "orientation")
DONE = ("decision", "act")
Texts = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Year:
    """A year of an item: planned (目標), done (実績), rated (評価), and the events on it (改善)."""

    fiscal_year: int
    lines: tuple[Line, ...]
    plans: tuple[str, ...]
    done: tuple[str, ...]
    found: tuple[Event, ...]
    improved: tuple[Event, ...]


def years_of(
    parts: Sequence[Section | Indicator], loops: Iterable[tuple[Loop, Sequence[Event]]]
) -> list[Year]:
    """The years that have figures, lines or events, latest first.

    `parts` are the item and all it comes from: a year is told by the newest edition that knows of it.
    """
    ordered = sorted(parts, key=lambda part: _age(part.edition), reverse=True)
    events: dict[int, list[Event]] = defaultdict(list)
    for loop, steps in loops:
        events[loop.fiscal_year].extend(steps)
    lines, texts = _lines(ordered), _texts(ordered)
    found = []
    for year in sorted({*lines, *texts, *events}, reverse=True):
        steps = sorted(events[year], key=lambda event: (event.happened_on, event.pk))
        found.append(
            Year(
                fiscal_year=year,
                lines=lines.get(year, ()),
                plans=tuple(texts.get(year, {}).get("plan", ())),
                done=tuple(texts.get(year, {}).get("done", ())),
                found=tuple(event for event in steps if event.kind in FOUND),
                improved=tuple(event for event in steps if event.kind in DONE),
            )
        )
    return found


def _age(edition: Edition) -> tuple[int, int]:
    return edition.fiscal_year or edition.period_from or 0, edition.pk


def _lines(parts: Sequence[Section | Indicator]) -> dict[int, tuple[Line, ...]]:
    """The rows of the indicators by year; three queries, and one for the indicators of sections."""
    homes: dict[int, list[int]] = defaultdict(list)
    sections = [part.pk for part in parts if isinstance(part, Section)]
    rows = Indicator.objects.filter(section__in=sections, removed_at__isnull=True).order_by("position", "pk")
    for key, section in rows.values_list("pk", "section") if sections else ():
        homes[section or 0].append(key)
    every = {part.pk for part in parts if isinstance(part, Indicator)}
    facts = indicators_by_key(every.union(*homes.values()))
    found: dict[int, tuple[Line, ...]] = {}
    for part in parts:
        keys = [part.pk] if isinstance(part, Indicator) else homes[part.pk]
        mine = [facts[key] for key in keys if key in facts]
        for year, shown in _rated(mine, part.edition).items():
            found.setdefault(year, shown)
    return found


def _rated(indicators: Sequence[IndicatorFacts], edition: Edition) -> dict[int, tuple[Line, ...]]:
    scheme = plans.scheme_of(edition)
    found = {}
    for year in {year for one in indicators for year in one.years()}:
        rated = [results.rate_indicator(one, fiscal_year=year, scheme=scheme) for one in indicators]
        lines = tuple(line_of(result) for result in rated if result.actual or result.target)
        if lines:
            found[year] = lines
    return found


def _texts(parts: Sequence[Section | Indicator]) -> dict[int, Texts]:
    """A section's own lines by year: what was planned, what was done; one query an edition."""
    found: dict[int, Texts] = {}
    for part in parts:
        if not isinstance(part, Section):
            continue
        by_year: dict[int, Texts] = defaultdict(lambda: defaultdict(list))
        for item in items_of(part.edition_id, section=part.pk).get(part.pk, []):
            if item.fiscal_year is not None:
                side = "plan" if item.kind == "plan" else "done"
                by_year[item.fiscal_year][side].append(plans.item_text(item))
        for year, texts in by_year.items():
            known = found.setdefault(year, {})
            for side, said in texts.items():
                known.setdefault(side, said)
    return found
