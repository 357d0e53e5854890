"""What of ideas waits for a person, by when (collected by home)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from kaikaku.ideas import words
from kaikaku.ideas.models import Authorship, Campaign, Evaluation, Idea, Rollout
from kaikaku.ideas.queries.access import IN_CHARGE
from kaikaku.ideas.queries.campaigns import how_many
from kaikaku.ideas.queries.own import unread_answers
from kaikaku.org.access import allowed
from kaikaku.org.queries import department_ids_of, today
from kaikaku.org.roles import Role
from kaikaku.ui.tasks import Task

if TYPE_CHECKING:
    from kaikaku.org.models import User


def tasks_for(user: User, *, on: date | None = None) -> list[Task]:
    """What waits for the person, what is due first at the top; constant queries."""
    if user.organisation_id is None or not allowed(user, Role.EMPLOYEE):
        return []
    day = on or today()
    found = [*_own(user, day), *_evaluations(user, day), *_sections(user, day), *_office(user, day)]
    return sorted(found, key=lambda task: (task.due is None, task.due or date.max, task.title))


def _own(user: User, on: date) -> Iterator[Task]:
    """Answers that came, and drafts while they can still be sent."""
    for row in unread_answers(user):
        url = reverse("ideas:mine", args=[row.idea_id])
        yield Task("提案への回答を読む", row.idea.title, url, None, False, words.STATES[row.idea.state])
    drafts = Authorship.objects.filter(user=user, idea__state="draft", idea__campaign__closed_at__isnull=True)
    drafts = drafts.filter(idea__campaign__opens_on__lte=on, idea__campaign__closes_on__gte=on)
    for row in drafts.select_related("idea__campaign"):
        url = reverse("ideas:edit", args=[row.idea_id])
        due = row.idea.campaign.closes_on
        yield Task("下書きの提案を送る", row.idea.title or "（題名なし）", url, due, False, "下書き")


def _evaluations(user: User, on: date) -> Iterator[Task]:
    waiting = Evaluation.objects.filter(evaluator=user, done_on__isnull=True)
    waiting = waiting.exclude(idea__state__in=("realised", "declined", "withdrawn"))
    for row in waiting.select_related("idea"):
        late = row.due is not None and row.due < on
        url = reverse("ideas:evaluation", args=[row.pk])
        yield Task("提案を評価する", row.idea.title, url, row.due, late, "評価待ち")


def _sections(user: User, on: date) -> Iterator[Task]:
    """For those who speak for a section: what was handed or offered to it."""
    if not allowed(user, *IN_CHARGE):
        return
    mine = department_ids_of(user, None, *IN_CHARGE)
    handed = Idea.objects.filter(
        track="delegated", delegated_to__in=mine, state__in=("decided", "in_progress")
    )
    for idea in handed.only("title", "state"):
        url = reverse("ideas:idea", args=[idea.pk])
        yield Task("所管の提案を検討する", idea.title, url, None, False, words.STATES[idea.state])
    offered = Rollout.objects.filter(department__in=mine, outcome="offered")
    for row in offered.select_related("realisation"):
        late = row.due is not None and row.due < on
        url = reverse("ideas:rollout", args=[row.pk])
        yield Task("水平展開に回答する", row.realisation.title, url, row.due, late, "回答待ち")


def _office(user: User, on: date) -> Iterator[Task]:
    """For the office: a campaign to close, ideas nobody has sorted or answered, letters to be sent."""
    if not allowed(user, Role.SECRETARIAT):
        return
    unanswered = Q(first_answered_on__isnull=True) & ~Q(state__in=("draft", "withdrawn"))
    campaigns = Campaign.objects.filter(organisation=user.organisation_id, announced_at__isnull=False)
    campaigns = campaigns.defer("statistics").annotate(
        unsorted=how_many(Q(state__in=("received", "clustered"))), unanswered=how_many(unanswered)
    )
    for campaign in campaigns:
        if campaign.closed_at is None and campaign.closes_on < on:
            url = reverse("ideas:campaign", args=[campaign.pk])
            yield Task(
                "提案の募集を締め切る", campaign.title, url, campaign.closes_on, True, "締切後の処理待ち"
            )
        if campaign.unsorted:
            url = f"{reverse('ideas:triage', args=[campaign.pk])}?view=unsorted"
            yield Task("提案を仕分ける", campaign.title, url, None, False, f"{campaign.unsorted}件")
        elif campaign.unanswered:
            url = f"{reverse('ideas:triage', args=[campaign.pk])}?unanswered=1"
            yield Task("提案に回答する", campaign.title, url, None, False, f"{campaign.unanswered}件")
