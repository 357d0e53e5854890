"""The list of plans at a glance, and what a change of the rating rule would do."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kaikaku.core.ratings import Flip, Scheme
from kaikaku.plans import results
from kaikaku.plans.models import Edition, Plan
from kaikaku.plans.queries.access import editions_for, plans_for
from kaikaku.plans.queries.edition_rows import EditionRows, rows_of
from kaikaku.plans.queries.kept import rows_kept_of
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
    new = old.under(scheme)
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
    newest = rows_kept_of([editions[0] for editions in by_plan.values()])
    rows = {one.edition.plan_id: one for one in newest}
    cards = [_card(plan, rows.get(plan.pk), others=len(by_plan[plan.pk]) - 1) for plan in plans]
    return sorted(cards, key=lambda card: card.edition is None)


def _card(plan: Plan, rows: EditionRows | None, *, others: int) -> Card:
    if rows is None:
        return Card(plan, None, 0, 0, None, [])
    published = sum(line.total for line in rows.past if line.is_total and line.fiscal_year == rows.year)
    counted = len(rows.indicators) or published
    return Card(plan, rows.edition, others, counted, rows.tally, rows.columns)
