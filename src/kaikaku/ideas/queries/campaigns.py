"""Campaigns as people see them: the list, one campaign's face, its numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kaikaku.ideas import words
from kaikaku.ideas.fate import median, share
from kaikaku.ideas.models import Campaign, Fulfilment, Idea, Realisation, Rollout
from kaikaku.ideas.queries.access import campaigns_for
from kaikaku.org.queries import today

if TYPE_CHECKING:
    from kaikaku.org.models import User

STAGES = {
    "planned": "準備中",
    "announced": "まもなく募集",
    "open": "募集中",
    "ended": "締切後の処理待ち",
    "closed": "検討・実現",
}
STAGE_PILLS = {
    "planned": "waiting",
    "announced": "waiting",
    "open": "active",
    "ended": "warn",
    "closed": "done",
}


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a campaign has come to. `answer_days` is the median to the first answer."""

    received: int
    answered: int
    answer_days: Decimal | None
    realised_full: int
    realised_partial: int
    in_progress: int
    realisations: int
    offered: int
    adopters: int
    rolled_out: int

    @property
    def realised(self) -> int:
        return self.realised_full + self.realised_partial

    @property
    def answered_share(self) -> Decimal | None:
        return share(self.answered, self.received)

    @property
    def realised_share(self) -> Decimal | None:
        return share(self.realised, self.received)

    @property
    def adopters_each(self) -> Decimal | None:
        """Sections that took over, for each realisation that was offered."""
        return Decimal(self.adopters) / Decimal(self.rolled_out) if self.rolled_out else None


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A campaign in a list."""

    campaign: Campaign
    stage: str
    received: int


def stage_of(campaign: Campaign, on: date | None = None) -> str:
    """Where a campaign stands on the day, a code of STAGES."""
    on = on or today()
    if campaign.announced_at is None:
        return "planned"
    if campaign.closed_at is not None:
        return "closed"
    if on < campaign.opens_on:
        return "announced"
    return "open" if on <= campaign.closes_on else "ended"


def campaign_rows(user: User) -> list[CampaignRow]:
    """The campaigns the user may see, latest first, with how many ideas came."""
    rows = campaigns_for(user).annotate(sent=how_many(~Q(state="draft")))
    return [CampaignRow(row, stage_of(row), row.published_total or row.sent) for row in rows]


def how_many(which: Q) -> Coalesce:
    """Of a query of campaigns: how many of each one's ideas these are; a join would group 100,000 rows."""
    ideas = Idea.objects.filter(which, campaign=OuterRef("pk")).order_by().values("campaign")
    return Coalesce(Subquery(ideas.annotate(count=Count("pk")).values("count")), 0)


def numbers_of(ideas: QuerySet[Idea], realisations: QuerySet[Realisation]) -> Numbers:
    """The numbers of these ideas and realisations; a fixed handful of queries however many there are."""
    full = Fulfilment.objects.filter(idea=OuterRef("pk"), extent="full", realisation__progress="done")
    sent = ideas.exclude(state="draft").order_by()
    realised = Q(state="realised")
    counted = sent.annotate(wholly=Exists(full)).aggregate(
        received=Count("pk"),
        answered=Count("pk", filter=Q(first_answered_on__isnull=False)),
        realised=Count("pk", filter=realised),
        full=Count("pk", filter=realised & Q(wholly=True)),
        in_progress=Count("pk", filter=Q(state="in_progress")),
    )
    offered = Rollout.objects.filter(realisation__in=realisations.order_by()).aggregate(
        offered=Count("pk"),
        adopters=Count("pk", filter=Q(outcome__in=words.ADOPTERS)),
        rolled_out=Count("realisation", distinct=True),
    )
    return Numbers(
        received=counted["received"],
        answered=counted["answered"],
        answer_days=median(answer_days(sent)),
        realised_full=counted["full"],
        realised_partial=counted["realised"] - counted["full"],
        in_progress=counted["in_progress"],
        realisations=realisations.filter(progress="done").count(),
        **offered,
    )


def answer_days(ideas: QuerySet[Idea]) -> dict[int, int]:
    """Days from sending to the first answer → how many ideas took as long; counted by the database."""
    rows = ideas.filter(first_answered_on__isnull=False, sent_on__isnull=False).order_by()
    found: Counter[int] = Counter()
    pairs = rows.values_list("first_answered_on", "sent_on").annotate(count=Count("pk"))
    for answered, sent, count in pairs:
        found[(answered - sent).days] += count
    return dict(found)


def campaign_numbers(campaign: Campaign) -> Numbers:
    """The numbers of one campaign."""
    return numbers_of(Idea.objects.filter(campaign=campaign), Realisation.objects.filter(campaign=campaign))
