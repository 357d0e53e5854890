"""The list of plans at a glance, and what a change of the rating rule would do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kaikaku.core.ratings import Flip, Scheme
from kaikaku.plans import results
from kaikaku.plans.facts import IndicatorFacts, PastLine
from kaikaku.plans.models import Edition, Plan
from kaikaku.plans.queries.access import editions_for, plans_for, scheme_of
from kaikaku.plans.queries.rows import indicators_by_edition, past_lines_by_edition
from kaikaku.plans.queries.tree import EditionRows, rows_of
from kaikaku.writers import dataset

if TYPE_CHECKING:
    from kaikaku.org.models import User


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change of the rule would do: the grades that flip, and the summary before and after."""

    flips: list[Flip]
    rated: int
    before: dataset.Tally | None
    after: dataset.Tally | None
    before_columns: list[dataset.Band]
    after_columns: list[dataset.Band]


def preview_scheme(edition: Edition, scheme: Scheme) -> Preview:
    """Rate the edition's year by its own rule and by another, and hold the two together."""
    old = rows_of(edition)
    new = replace(old, scheme=scheme)
    flips = results.preview(old.indicators, fiscal_year=old.year, old=old.scheme, new=scheme)
    rated = sum(1 for result in new.results.values() if result.is_counted)
    return Preview(flips, rated, old.tally, new.tally, old.columns, new.columns)


@dataclass(frozen=True, slots=True)
class Card:
    """A plan in the list: its newest edition with the summary of its year."""

    plan: Plan
    edition: Edition | None
    others: int
    indicators: int
    tally: dataset.Tally | None
    columns: list[dataset.Band]

    @property
    def codes(self) -> list[str]:
        """What stands in the bar: letters, and nothing where only a word would do."""
        return [band.code if len(band.code) <= 2 else "" for band in self.columns]


def cards_for(user: User) -> list[Card]:
    """The plans of the user's government, each with its newest edition, those without last; constant
    queries.
    """
    plans = list(plans_for(user))
    by_plan: dict[int, list[Edition]] = defaultdict(list)
    for edition in editions_for(user):
        by_plan[edition.plan_id].append(edition)
    newest = [editions[0] for editions in by_plan.values()]
    keys = [edition.pk for edition in newest]
    indicators, past = indicators_by_edition(keys), past_lines_by_edition(keys)
    cards = [_card(plan, by_plan[plan.pk], indicators, past) for plan in plans]
    return sorted(cards, key=lambda card: card.edition is None)


def _card(
    plan: Plan,
    editions: list[Edition],
    indicators: Mapping[int, list[IndicatorFacts]],
    past: Mapping[int, list[PastLine]],
) -> Card:
    if not editions:
        return Card(plan, None, 0, 0, None, [])
    edition = editions[0]
    mine, lines = indicators.get(edition.pk, []), past.get(edition.pk, [])
    year = results.reporting_year(edition.fiscal_year, mine, [line.fiscal_year for line in lines])
    rows = EditionRows(edition, scheme_of(edition), [], mine, {}, lines, year)
    counted = len(mine) or sum(line.total for line in lines if line.is_total and line.fiscal_year == year)
    return Card(plan, edition, len(editions) - 1, counted, rows.tally, rows.columns)
