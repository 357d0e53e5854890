"""Getting campaigns and what belongs to them, always for a user: a stranger's answers 404.

Nothing here, nor in the queries of triage, reads who proposed: ideas carry no such column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from kaikaku.ideas.models import (
    Campaign,
    Case,
    Casebook,
    Comment,
    Evaluation,
    Idea,
    Milestone,
    Realisation,
    Rollout,
    Theme,
    Trail,
)
from kaikaku.org.access import allowed
from kaikaku.org.queries import department_ids_of, organisation_of
from kaikaku.org.roles import Role

if TYPE_CHECKING:
    from kaikaku.org.models import User

IN_CHARGE = (Role.CHIEF, Role.CLERK)


def campaigns_for(user: User) -> QuerySet[Campaign]:
    """The campaigns the user may see: all for the office, the announced for others who work here."""
    campaigns = Campaign.objects.filter(organisation=organisation_of(user)).defer("statistics")
    campaigns = campaigns.select_related("organisation", "edition")
    return campaigns if allowed(user, Role.SECRETARIAT) else campaigns.filter(announced_at__isnull=False)


def campaign_for(user: User, pk: int) -> Campaign:
    """One campaign, or 404."""
    campaigns = (
        campaigns_for(user).defer(None).select_related("organisation", "edition", "citation__document")
    )
    return get_object_or_404(campaigns, pk=pk)


def ideas_for(user: User) -> QuerySet[Idea]:
    """The sent ideas whose words the user may read.

    The office all of them; an evaluator those put before them; a section in charge those handed to it;
    everybody those with consent.
    """
    ideas = Idea.objects.filter(campaign__organisation=organisation_of(user)).exclude(state="draft")
    ideas = ideas.select_related("campaign__organisation", "theme", "delegated_to").defer("search_key")
    if allowed(user, Role.SECRETARIAT):
        return ideas
    mine = Q(pk__in=Evaluation.objects.filter(evaluator=user).values("idea"))
    if allowed(user, *IN_CHARGE):
        mine |= Q(track="delegated", delegated_to__in=department_ids_of(user, None, *IN_CHARGE))
    open_to_all = Q(may_publish=True, campaign__announced_at__isnull=False) & ~Q(state="withdrawn")
    return ideas.filter(mine | open_to_all)


def idea_for(user: User, pk: int) -> Idea:
    """One sent idea that the user may read, or 404."""
    return get_object_or_404(ideas_for(user), pk=pk)


def open_ideas(user: User) -> QuerySet[Idea]:
    """The ideas that every colleague may read: sent, with consent, not withdrawn."""
    ideas = Idea.objects.filter(campaign__organisation=organisation_of(user), may_publish=True)
    ideas = ideas.exclude(state__in=("draft", "withdrawn")).defer("search_key")
    return ideas.filter(campaign__announced_at__isnull=False).select_related("campaign", "theme")


def milestone_for(user: User, pk: int) -> Milestone:
    """One day of a timeline of the user's government, or 404."""
    rows = Milestone.objects.select_related("campaign__organisation")
    return get_object_or_404(rows, pk=pk, campaign__organisation=organisation_of(user))


def theme_for(user: User, pk: int) -> Theme:
    """One theme of the user's government, or 404."""
    themes = Theme.objects.select_related("campaign__organisation")
    return get_object_or_404(themes, pk=pk, campaign__organisation=organisation_of(user))


def evaluation_for(user: User, pk: int) -> Evaluation:
    """One of the user's own evaluations; 404 to a stranger, 403 to a colleague."""
    rows = Evaluation.objects.select_related("idea__campaign__organisation", "idea__theme", "evaluator")
    found = get_object_or_404(rows, pk=pk, idea__campaign__organisation=organisation_of(user))
    if found.evaluator_id != user.pk:
        raise PermissionDenied("この画面は、評価を依頼された本人だけが使えます。")
    return found


def comment_for(user: User, pk: int) -> Comment:
    """One comment of the user's government, or 404."""
    rows = Comment.objects.select_related("idea__campaign__organisation")
    return get_object_or_404(rows, pk=pk, idea__campaign__organisation=organisation_of(user))


def realisation_for(user: User, pk: int) -> Realisation:
    """One realisation of the user's government, or 404."""
    rows = Realisation.objects.select_related("campaign__organisation", "department", "citation__document")
    found = get_object_or_404(rows, pk=pk, campaign__organisation=organisation_of(user))
    if found.campaign.announced_at is None and not allowed(user, Role.SECRETARIAT):
        raise Http404
    return found


def trail_for(user: User, pk: int) -> Trail:
    """One trail of the user's government, or 404."""
    rows = Trail.objects.select_related("realisation__campaign__organisation")
    return get_object_or_404(rows, pk=pk, realisation__campaign__organisation=organisation_of(user))


def rollout_for(user: User, pk: int) -> Rollout:
    """One rollout of the user's government, or 404."""
    rows = Rollout.objects.select_related("realisation__campaign__organisation", "department")
    return get_object_or_404(rows, pk=pk, realisation__campaign__organisation=organisation_of(user))


def casebook_for(user: User, pk: int) -> Casebook:
    """One casebook: the office's at any time, everyone's once issued; 403 before."""
    rows = Casebook.objects.select_related("campaign__organisation")
    found = get_object_or_404(rows, pk=pk, campaign__organisation=organisation_of(user))
    if found.issued_on is None and not allowed(user, Role.SECRETARIAT):
        raise PermissionDenied("この事例集は編集中です。発行されると読めるようになります。")
    return found


def case_for(user: User, pk: int) -> Case:
    """One case of the user's government, or 404."""
    rows = Case.objects.select_related("casebook__campaign__organisation", "department", "realisation")
    return get_object_or_404(rows, pk=pk, casebook__campaign__organisation=organisation_of(user))
