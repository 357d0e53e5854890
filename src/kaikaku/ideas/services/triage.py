"""The office sorts ideas: themes, labels, tracks. Everything takes many ideas at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from kaikaku.core.errors import RuleViolation
from kaikaku.ideas.entries import TriageFields
from kaikaku.ideas.models import Campaign, Idea, Label, Theme, Triage
from kaikaku.ideas.services.answering import give_answer
from kaikaku.ideas.services.guard import (
    changed,
    held,
    must_be_office,
    must_handle,
    put_on_record,
)
from kaikaku.ideas.states import Step, allows, check_triage, move
from kaikaku.org.queries import today
from kaikaku.plans.services.guard import require_words

if TYPE_CHECKING:
    from kaikaku.org.models import User

Seen = Mapping[int, int]
"""The version of each idea as the person saw it."""


@transaction.atomic
def make_theme(*, campaign: Campaign, title: str, by: User | None) -> Theme:
    """A theme of a campaign, or the one that has this name already."""
    must_be_office(campaign.organisation, by)
    title = require_words(title, field="theme", thing="テーマ")[:100]
    found = Theme.objects.filter(campaign=campaign, title=title).first()
    if found is not None:
        return found
    last = Theme.objects.filter(campaign=campaign).aggregate(last=Max("position"))["last"]
    theme = Theme.objects.create(campaign=campaign, title=title, position=0 if last is None else last + 1)
    put_on_record("ideas.theme.made", theme, campaign=campaign, by=by, new={"title": title})
    return theme


@transaction.atomic
def rename_theme(*, theme: Theme, title: str, by: User | None) -> Theme:
    """Give a theme another name; its ideas stay in it."""
    must_be_office(theme.campaign.organisation, by)
    title = require_words(title, field="title", thing="テーマ")[:100]
    if Theme.objects.filter(campaign=theme.campaign_id, title=title).exclude(pk=theme.pk).exists():
        raise RuleViolation(
            "ideas.theme_twice",
            f"「{title}」というテーマがすでにあります。別の名前にしてください。",
            field="title",
        )
    old, theme.title = {"title": theme.title}, title
    theme.save(update_fields=["title"])
    put_on_record("ideas.theme.renamed", theme, campaign=theme.campaign, by=by, old=old, new={"title": title})
    return theme


@transaction.atomic
def put_in_theme(
    *, ideas: Iterable[Idea], theme: Theme, by: User | None, seen: Seen | None = None
) -> list[Idea]:
    """Put ideas into a theme; one that is further on its way keeps its state."""
    rows = _office(ideas, by, seen)
    for idea in rows:
        if idea.campaign_id != theme.campaign_id:
            raise RuleViolation("ideas.theme_elsewhere", "同じ募集のテーマを選んでください。", field="theme")
        old = {"theme": idea.theme}
        state = move(idea.state, Step.CLUSTER) if allows(idea.state, Step.CLUSTER) else idea.state
        changed(idea, theme=theme, state=state)
        new = {"theme": theme}
        put_on_record("ideas.idea.clustered", idea, campaign=idea.campaign, by=by, old=old, new=new)
    return rows


@transaction.atomic
def label_ideas(
    *, ideas: Iterable[Idea], add: Iterable[Label] = (), remove: Iterable[Label] = (), by: User | None
) -> list[Idea]:
    """Mark ideas, or take marks away. A mark decides nothing: the idea is examined like any other."""
    rows = _office(ideas, by, None)
    added, removed = list(add), list(remove)
    organisation = rows[0].campaign.organisation_id
    if any(label.organisation_id != organisation for label in (*added, *removed)):
        raise RuleViolation("ideas.label_elsewhere", "一覧にある目印を選んでください。", field="labels")
    for idea in rows:
        old = [str(label) for label in idea.labels.all()]
        idea.labels.add(*added)
        idea.labels.remove(*removed)
        new = [str(label) for label in idea.labels.order_by("kind", "pk")]
        if old != new:
            changed(idea)
            put_on_record(
                "ideas.idea.labelled",
                idea,
                campaign=idea.campaign,
                by=by,
                old={"labels": old},
                new={"labels": new},
            )
    return rows


@transaction.atomic
def decide(
    *, ideas: Iterable[Idea], fields: TriageFields, by: User | None, seen: Seen | None = None
) -> list[Idea]:
    """Sort ideas into a track, with all that the track must say (Yamaguchi's rules)."""
    check_triage(
        track=fields.track, need=fields.need, budget_step=fields.budget_step, department=fields.department
    )
    rows = _office(ideas, by, seen)
    delegated = fields.department if fields.track == "delegated" else None
    if delegated is not None and delegated.organisation_id != rows[0].campaign.organisation_id:
        raise RuleViolation(
            "ideas.department_elsewhere", "自分の団体の所属を選んでください。", field="department"
        )
    values = {
        "track": fields.track,
        "need": fields.need if fields.track == "start_now" else "",
        "budget_step": fields.budget_step,
    }
    reason = fields.reason.strip()
    for idea in rows:
        old = {"track": idea.track, "state": idea.state}
        changed(idea, state=move(idea.state, Step.DECIDE), delegated_to=delegated, **values)
        Triage.objects.create(
            idea=idea, department=delegated, reason=reason, decided_on=today(), by=by, **values
        )
        new = {**values, "state": idea.state, "delegated_to": delegated}
        put_on_record(
            "ideas.idea.decided", idea, campaign=idea.campaign, by=by, old=old, new=new, note=reason
        )
    return rows


@transaction.atomic
def start(*, ideas: Iterable[Idea], by: User | None, seen: Seen | None = None) -> list[Idea]:
    """Work on these ideas has begun; said by the office, or by the section they were handed to."""
    rows = held(ideas, seen=seen)
    for idea in rows:
        must_handle(idea, by)
        old = {"state": idea.state}
        changed(idea, state=move(idea.state, Step.START))
        new = {"state": idea.state}
        put_on_record("ideas.idea.started", idea, campaign=idea.campaign, by=by, old=old, new=new)
    return rows


@transaction.atomic
def decline(*, ideas: Iterable[Idea], reason: str, by: User | None, seen: Seen | None = None) -> list[Idea]:
    """Let ideas go, with the reason; the reason is the answer that the proposer gets."""
    reason = require_words(reason, field="reason", thing="見送る理由")
    rows = held(ideas, seen=seen)
    for idea in rows:
        must_handle(idea, by)
        old = {"state": idea.state}
        changed(idea, state=move(idea.state, Step.DECLINE))
        new = {"state": idea.state}
        put_on_record(
            "ideas.idea.declined", idea, campaign=idea.campaign, by=by, old=old, new=new, note=reason
        )
        give_answer(idea, reason, by=by)
    return rows


@transaction.atomic
def reopen(*, idea: Idea, reason: str, by: User | None) -> Idea:
    """Take up again what was let go or thought to be done, with the reason."""
    reason = require_words(reason, field="reason", thing="検討に戻す理由")
    found = _office([idea], by, None)[0]
    old = {"state": found.state}
    changed(found, state=move(found.state, Step.REOPEN))
    new = {"state": found.state}
    put_on_record("ideas.idea.reopened", found, campaign=found.campaign, by=by, old=old, new=new, note=reason)
    return found


def _office(ideas: Iterable[Idea], by: User | None, seen: Seen | None) -> list[Idea]:
    rows = held(ideas, seen=seen)
    for idea in rows:
        must_be_office(idea.campaign.organisation, by)
    return rows
