"""Which frozen figures the records contradict by now: for the office's list of what waits, and for its pages.

Only a year that was over when it was frozen can be contradicted: in the midst of a year records go on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.urls import reverse

from kaikaku.audit.queries import latest_of
from kaikaku.core.eras import fiscal_year_of, show_fiscal_year
from kaikaku.org.access import allowed
from kaikaku.org.queries import organisation_of, today
from kaikaku.org.roles import Role
from kaikaku.plans.queries.rows import indicators_by_key
from kaikaku.reporting.queries.binding import Bound, contradicts, live_of, standing
from kaikaku.ui.tasks import Task

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User
    from kaikaku.plans.models import Indicator
    from kaikaku.reporting.models import Frozen

# older figures are looked at on their own pages; nobody is asked about them every day
YEARS_BACK = 2
# seconds for which an answer is kept that nothing has changed
KEEP = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Contradicted:
    """A frozen figure and what its records say instead."""

    indicator: Indicator
    frozen: Frozen
    says: str


def settled(organisation: Organisation, *, on: date) -> list[Frozen]:
    """What was frozen after its year, of the last years; one for an indicator and year."""
    first = fiscal_year_of(on) - YEARS_BACK
    rows = standing().filter(
        row__sheet__round__edition__plan__organisation=organisation,
        fiscal_year__gte=first,
        binding__ended_at__isnull=True,
    )
    kept = rows.select_related("row__indicator__edition__plan__organisation", "binding").order_by("pk")
    last = {(one.row.indicator_id, one.fiscal_year): one for one in kept if not one.is_midway}
    return list(last.values())


def contradicted(user: User, *, on: date | None = None) -> list[Contradicted]:
    """The figures that the records contradict, for the office; nothing for others.

    An answer is kept until an app writes something: who opens the page ten times counts once. Two queries
    where nothing is frozen, else a few for each binding whose app has written since.
    """
    if not allowed(user, Role.SECRETARIAT):
        return []
    day, organisation = on or today(), organisation_of(user)
    kept = settled(organisation, on=day)
    if not kept:
        return []
    marks = latest_of(organisation, {_app(one) for one in kept} | {"org"})
    keys = {one.pk: _key(one, marks, day) for one in kept}
    known = cache.get_many(list(keys.values()))
    fresh = _compared([one for one in kept if keys[one.pk] not in known], organisation)
    if fresh:
        cache.set_many({keys[pk]: says for pk, says in fresh.items()}, KEEP)
    said = {pk: known[key] for pk, key in keys.items() if key in known} | fresh
    return [Contradicted(one.row.indicator, one, said[one.pk]) for one in kept if said[one.pk]]


def contradictions(user: User, *, on: date | None = None) -> list[Task]:
    """The same as tasks: to look at the records, and to correct the figure or let it stand."""
    return [
        Task(
            what="記録との違いを確かめる",
            title=f"{one.indicator.name}（{show_fiscal_year(one.frozen.fiscal_year)}）",
            url=reverse("reporting:bound_year", args=[one.indicator.pk, one.frozen.fiscal_year]),
            state=f"確認した値「{one.frozen.shown}」、いまの記録では「{one.says}」",
        )
        for one in contradicted(user, on=on)
    ]


def _app(frozen: Frozen) -> str:
    return frozen.binding.metric.partition(".")[0]


def _key(frozen: Frozen, marks: dict[str, int], day: date) -> str:
    mark = f"{marks.get(_app(frozen), 0)}:{marks.get('org', 0)}"
    return f"contradicted:{frozen.pk}:{frozen.sha256[:16]}:{mark}:{day.isoformat()}"


def _compared(kept: Collection[Frozen], organisation: Organisation) -> dict[int, str]:
    """By the key of what is frozen what the records say instead; "" where they agree."""
    facts = indicators_by_key(_indicators(kept)) if kept else {}
    found = {}
    for one in kept:
        live = live_of(
            Bound(one.binding),
            facts[one.row.indicator_id],
            fiscal_year=one.fiscal_year,
            organisation=organisation,
        )
        found[one.pk] = live.says if contradicts(one, live) else ""
    return found


def _indicators(kept: Iterable[Frozen]) -> list[int]:
    return [one.row.indicator_id for one in kept]
