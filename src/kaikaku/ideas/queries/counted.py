"""What the metrics of ideas count, by fiscal year."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from kaikaku.core.eras import days_of_fiscal_year, fiscal_year_of
from kaikaku.ideas import words
from kaikaku.ideas.models import Campaign, Fulfilment, Idea, Realisation, Rollout
from kaikaku.ideas.queries.access import ideas_for

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User


def first_year(organisation: Organisation) -> int | None:
    """The fiscal year of the first call for ideas."""
    first = Campaign.objects.filter(organisation=organisation).aggregate(day=Min("opens_on"))["day"]
    return None if first is None else fiscal_year_of(first)


def received(organisation: Organisation, fiscal_year: int) -> QuerySet[Idea]:
    """The ideas that came in the year, in order."""
    first, last = days_of_fiscal_year(fiscal_year)
    ideas = Idea.objects.filter(campaign__organisation=organisation, sent_on__range=(first, last))
    return ideas.exclude(state="draft").defer("search_key").order_by("pk")


def published(organisation: Organisation, fiscal_year: int) -> list[Campaign]:
    """The campaigns begun in the year of which a document tells the number of ideas."""
    days = days_of_fiscal_year(fiscal_year)
    campaigns = Campaign.objects.filter(organisation=organisation, opens_on__range=days)
    return list(campaigns.filter(published_total__isnull=False).defer("statistics"))


def realised(organisation: Organisation, fiscal_year: int, *, extent: str = "") -> QuerySet[Idea]:
    """The ideas whose first realisation came about in the year; with `extent` the full or partial ones."""
    days = days_of_fiscal_year(fiscal_year)
    done = Q(fulfilments__realisation__progress="done")
    first = Min("fulfilments__realisation__realised_on", filter=done)
    ideas = Idea.objects.filter(campaign__organisation=organisation, state="realised").annotate(
        first_done=first
    )
    ideas = ideas.filter(first_done__range=days).defer("search_key").order_by("pk")
    wholly = Exists(
        Fulfilment.objects.filter(idea=OuterRef("pk"), extent="full", realisation__progress="done")
    )
    if extent == "full":
        return ideas.filter(wholly)
    return ideas.filter(~wholly) if extent == "partial" else ideas


def realisations(organisation: Organisation, fiscal_year: int) -> QuerySet[Realisation]:
    """What came about in the year, each once however often the list shows it."""
    days = days_of_fiscal_year(fiscal_year)
    rows = Realisation.objects.filter(campaign__organisation=organisation, progress="done")
    return rows.filter(realised_on__range=days).order_by("pk")


def offered(organisation: Organisation, fiscal_year: int) -> QuerySet[Realisation]:
    """What was offered to other sections in the year, with how many took it over (`adopters`)."""
    days = days_of_fiscal_year(fiscal_year)
    asked = Q(rollouts__offered_on__range=days)
    taken = Count("rollouts", filter=asked & Q(rollouts__outcome__in=words.ADOPTERS))
    rows = Realisation.objects.filter(campaign__organisation=organisation)
    in_year = Rollout.objects.filter(realisation=OuterRef("pk"), offered_on__range=days)
    return rows.filter(Exists(in_year)).annotate(adopters=taken).order_by("pk")


def answered(ideas: QuerySet[Idea]) -> QuerySet[Idea]:
    """Those that have an answer, with the days it took (`waited`)."""
    return ideas.filter(first_answered_on__isnull=False).annotate(
        waited=F("first_answered_on") - F("sent_on")
    )


def readable(user: User, keys: Collection[int]) -> set[int]:
    """The ideas among these whose words the user may read."""
    return set(ideas_for(user).filter(pk__in=keys).values_list("pk", flat=True))
