"""What a person has proposed: the only reads, with the letters and the statistics, that know who did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, QuerySet
from django.shortcuts import get_object_or_404

from kaikaku.ideas.models import Authorship, Idea, PersonalValue
from kaikaku.org.queries import departments_of, organisation_of, today, tree_of

if TYPE_CHECKING:
    from kaikaku.org.models import User


@dataclass(frozen=True, slots=True)
class OwnIdea:
    """One of one's own ideas, with how many answers have come that one has not opened yet."""

    idea: Idea
    answers: int
    unread: int


def own_ideas(user: User) -> list[OwnIdea]:
    """All ideas and drafts of the user, latest first."""
    rows = (
        Authorship.objects.filter(user=user, idea__campaign__organisation=organisation_of(user))
        .select_related("idea__campaign", "idea__theme", "idea__delegated_to")
        .annotate(answers=Count("idea__answers"))
        .order_by("-idea")
    )
    return [OwnIdea(row.idea, row.answers, max(row.answers - row.read_answers, 0)) for row in rows]


def own_idea_for(user: User, pk: int) -> Idea:
    """One of one's own ideas; 404 to a stranger, 403 to a colleague."""
    ideas = Idea.objects.filter(campaign__organisation=organisation_of(user))
    idea = get_object_or_404(ideas.select_related("campaign__organisation", "theme", "delegated_to"), pk=pk)
    if not is_own(user, idea):
        raise PermissionDenied("この画面は、提案した本人だけが使えます。")
    return idea


def own_values(idea: Idea) -> dict[str, str]:
    """What the proposer chose on each axis, for their own form."""
    found = dict(idea.values.values_list("axis", "value"))
    return found | dict(PersonalValue.objects.filter(idea=idea).values_list("axis", "value"))


def is_own(user: User, idea: Idea) -> bool:
    """Whether the user sent this idea."""
    return Authorship.objects.filter(user=user, idea=idea).exists()


def unread_answers(user: User) -> QuerySet[Authorship]:
    """The user's ideas with an answer that they have not opened."""
    rows = Authorship.objects.filter(user=user).annotate(answers=Count("idea__answers"))
    return rows.filter(answers__gt=F("read_answers")).select_related("idea__campaign")


def unread_of(user: User, idea: Idea) -> int:
    """How many answers to one's own idea one has not read."""
    return sum(one.unread for one in own_ideas(user) if one.idea.pk == idea.pk)


def lead_department_of(user: User) -> str:
    """The 部局 the user belongs to today: the top of the tree above their post; "" without one."""
    if user.organisation is None:
        return ""
    departments = departments_of(user)
    if not departments:
        return ""
    tree = tree_of(user.organisation, today())
    return tree.path(tree.by_pk[departments[0].pk])[0].name
