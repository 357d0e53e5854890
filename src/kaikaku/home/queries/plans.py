"""The plans of the person's government, each with the edition to open and what of it is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from kaikaku.org.queries import department_ids_of
from kaikaku.plans.models import Edition, Indicator, Section
from kaikaku.plans.queries import editions_for

if TYPE_CHECKING:
    from kaikaku.org.models import User


@dataclass(frozen=True, slots=True)
class MyPlan:
    """A plan's edition in force (else its newest), with how much of it the person's departments have."""

    edition: Edition
    sections: int
    indicators: int

    @property
    def is_mine(self) -> bool:
        return bool(self.sections or self.indicators)


def plans_of(user: User) -> list[MyPlan]:
    """One line for each plan, those first in which the person has a part; constant queries."""
    if user.organisation_id is None:
        return []
    chosen: dict[int, Edition] = {}
    for edition in editions_for(user):
        first = chosen.setdefault(edition.plan_id, edition)
        if first.state != "in_force" and edition.state == "in_force":
            chosen[edition.plan_id] = edition
    mine, keys = department_ids_of(user), [edition.pk for edition in chosen.values()]
    sections = Section.objects.filter(edition__in=keys, removed_at__isnull=True, owner__in=mine)
    owned = Q(owner__in=mine) | Q(owner__isnull=True, section__owner__in=mine)
    indicators = Indicator.objects.filter(owned, edition__in=keys, removed_at__isnull=True)
    in_charge = dict(sections.order_by().values_list("edition").annotate(Count("pk")))
    measured = dict(indicators.order_by().values_list("edition").annotate(Count("pk")))
    found = [MyPlan(e, in_charge.get(e.pk, 0), measured.get(e.pk, 0)) for e in chosen.values()]
    return sorted(found, key=lambda plan: (not plan.is_mine, plan.edition.plan.name))
