"""What became real, where it leads, who took it over, and the casebooks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from kaikaku.ideas import words
from kaikaku.ideas.entries import TrailFields
from kaikaku.ideas.models import Campaign, Case, Casebook, Fulfilment, Listed, Realisation, Rollout
from kaikaku.ideas.queries.access import IN_CHARGE
from kaikaku.ideas.queries.linking import Credit, TrailShown, credits_of, trails_of
from kaikaku.org.access import allowed
from kaikaku.org.queries import department_ids_of, organisation_of
from kaikaku.org.roles import Role
from kaikaku.plans import queries as plans
from kaikaku.ui.linking import linkable_for

if TYPE_CHECKING:
    from kaikaku.ideas.models import Idea
    from kaikaku.org.models import User
    from kaikaku.plans.models import Edition


@dataclass(frozen=True, slots=True)
class ListedCounts:
    """The rows of the list and the realisations behind: 再掲 is shown again and counted once."""

    rows: int
    distinct: int

    @property
    def words(self) -> str:
        again = self.rows - self.distinct
        return (
            f"{self.distinct}件（一覧の{self.rows}行のうち{again}行は再掲）"
            if again
            else f"{self.distinct}件"
        )


@dataclass(frozen=True, slots=True)
class RealisationPage:
    """All that stands about a realisation."""

    realisation: Realisation
    listed: tuple[Listed, ...]
    fulfilments: tuple[Fulfilment, ...]
    trails: tuple[TrailShown, ...]
    credit: Credit
    rollouts: tuple[Rollout, ...]
    cases: tuple[Case, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many sections gave each answer."""
        return {code: sum(row.outcome == code for row in self.rollouts) for code in words.ROLLOUTS}


def listed_of(campaign: Campaign) -> list[Listed]:
    """The published list of what was realised, in its order."""
    rows = Listed.objects.filter(realisation__campaign=campaign)
    return list(rows.select_related("realisation__department", "realisation__citation"))


def listed_counts(rows: list[Listed]) -> ListedCounts:
    """How many rows, and how many realisations behind them."""
    return ListedCounts(len(rows), len({row.realisation_id for row in rows}))


def realisations_of(campaign: Campaign) -> QuerySet[Realisation]:
    """The campaign's realisations with how many ideas they fulfil and sections took them over."""
    return (
        Realisation.objects.filter(campaign=campaign)
        .select_related("department")
        .annotate(
            ideas=Count("fulfilments", distinct=True),
            offered=Count("rollouts", distinct=True),
            adopters=Count("rollouts", filter=Q(rollouts__outcome__in=words.ADOPTERS), distinct=True),
        )
    )


def realisation_page(user: User, realisation: Realisation) -> RealisationPage:
    """One realisation for this reader: ideas without consent are shown by number only."""
    ties = realisation.fulfilments.select_related("idea__theme").order_by("idea__number")
    return RealisationPage(
        realisation=realisation,
        listed=tuple(realisation.listed.all()),
        fulfilments=tuple(ties),
        trails=trails_of(user, realisation),
        credit=credits_of(organisation_of(user), [realisation]).by_key[realisation.pk],
        rollouts=tuple(realisation.rollouts.select_related("department", "by")),
        cases=tuple(
            case
            for case in realisation.cases.select_related("casebook")
            if case.casebook.issued_on is not None or allowed(user, Role.SECRETARIAT)
        ),
    )


def trail_choices(user: User, campaign: Campaign) -> list[tuple[str, list[tuple[str, str]]]]:
    """Where a realisation of the campaign may lead, for a select: its edition's sections and indicators, and
    what other apps offer.
    """
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    if campaign.edition is not None:
        sections = campaign.edition.sections.filter(removed_at__isnull=True)
        groups.append(("プランの取組", [(f"s{one.pk}", str(one)) for one in sections]))
        indicators = campaign.edition.indicators.filter(removed_at__isnull=True)
        groups.append(("プランの指標", [(f"i{one.pk}", str(one)) for one in indicators]))
    records: dict[str, list[tuple[str, str]]] = {}
    for one in linkable_for(user):
        records.setdefault(one.kind, []).append((f"r{one.key}", f"{one.label}（{one.note}）"))
    return [(name, choices) for name, choices in [*groups, *records.items()] if choices]


def trail_fields(user: User, target: str, *, label: str, url: str) -> TrailFields:
    """What was chosen of `trail_choices`, or the address typed; 404 for what is not the user's."""
    kind, rest = target[:1], target[1:]
    if kind == "s" and rest.isdecimal():
        return TrailFields(section=plans.section_for(user, int(rest)), label=label)
    if kind == "i" and rest.isdecimal():
        return TrailFields(indicator=plans.indicator_for(user, int(rest)), label=label)
    record = next((one for one in linkable_for(user) if f"r{one.key}" == target), None)
    if record is not None:
        return TrailFields(label=label or record.label, key=record.key, url=record.url)
    return TrailFields(label=label, url=url.strip())


def fulfilment_for(user: User, pk: int) -> Fulfilment:
    """One tie of an idea and a realisation of the user's government, or 404."""
    rows = Fulfilment.objects.select_related("idea__campaign__organisation", "realisation__campaign")
    return get_object_or_404(rows, pk=pk, idea__campaign__organisation=organisation_of(user))


def listed_for(user: User, pk: int) -> Listed:
    """One row of the list of the user's government, or 404."""
    rows = Listed.objects.select_related("realisation__campaign__organisation")
    return get_object_or_404(rows, pk=pk, realisation__campaign__organisation=organisation_of(user))


def my_rollouts(user: User) -> list[Rollout]:
    """What was offered to the sections that the user speaks for, the unanswered first."""
    mine = department_ids_of(user, None, *IN_CHARGE)
    rows = Rollout.objects.filter(department__in=mine).select_related("realisation__campaign", "department")
    return sorted(
        rows, key=lambda row: (row.outcome != "offered", row.due is None, row.due or row.offered_on, row.pk)
    )


def may_answer_rollout(user: User, rollout: Rollout) -> bool:
    """Whether the user speaks for the section, or for the office."""
    office = allowed(user, Role.SECRETARIAT)
    return office or rollout.department_id in department_ids_of(user, None, *IN_CHARGE)


def handed_ideas(user: User) -> list[Idea]:
    """The ideas handed to the sections that the user speaks for, those that wait first."""
    from kaikaku.ideas.models import Idea

    mine = department_ids_of(user, None, *IN_CHARGE)
    ideas = Idea.objects.filter(track="delegated", delegated_to__in=mine).exclude(
        state__in=("draft", "withdrawn")
    )
    rows = ideas.select_related("campaign", "theme", "delegated_to").defer("search_key")
    return sorted(rows, key=lambda idea: (idea.state in ("realised", "declined"), idea.pk))


def may_handle(user: User, idea: Idea) -> bool:
    """Whether the user may begin, realise, decline or answer the idea."""
    if allowed(user, Role.SECRETARIAT):
        return True
    mine = department_ids_of(user, None, *IN_CHARGE)
    return idea.track == "delegated" and idea.delegated_to_id in mine


def casebooks_for(user: User, campaign: Campaign) -> QuerySet[Casebook]:
    """The campaign's casebooks that the user may read."""
    books = campaign.casebooks.annotate(count=Count("cases"))
    return books if allowed(user, Role.SECRETARIAT) else books.filter(issued_on__isnull=False)


def casebook_cases(casebook: Casebook) -> list[Case]:
    """The cases in their order."""
    cases = casebook.cases.select_related("department", "realisation", "citation__document")
    done = Prefetch(
        "realisation__rollouts",
        Rollout.objects.filter(outcome__in=words.ADOPTERS).select_related("department"),
    )
    return list(cases.prefetch_related(done))


def campaigns_on(edition: Edition) -> list[Campaign]:
    """The announced campaigns whose results an edition carries."""
    if edition._state.adding:
        return []
    campaigns = Campaign.objects.filter(edition=edition, announced_at__isnull=False)
    return list(campaigns.select_related("organisation", "citation__document").order_by("opens_on"))
