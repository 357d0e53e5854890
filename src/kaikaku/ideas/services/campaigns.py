"""The call for ideas: planned, announced, closed; its timeline."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from kaikaku.core.errors import RuleViolation
from kaikaku.ideas import axes as axis_rules
from kaikaku.ideas import words
from kaikaku.ideas.entries import CampaignFields, MilestoneFields
from kaikaku.ideas.models import Campaign, Label, Milestone
from kaikaku.ideas.queries.statistics import frozen_statistics
from kaikaku.ideas.services.guard import must_be_office, put_on_record
from kaikaku.org.queries import today
from kaikaku.plans.services.guard import require_words

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User
    from kaikaku.sources.models import Citation


@transaction.atomic
def plan_campaign(*, organisation: Organisation, fields: CampaignFields, by: User | None) -> Campaign:
    """Put a campaign down, seen by the office only until it is announced. Labels come with the first."""
    must_be_office(organisation, by)
    values = _values(organisation, fields, other_than=None)
    campaign = Campaign.objects.create(organisation=organisation, **values)
    for code, name, kind, reason in words.SHIPPED_LABELS:
        Label.objects.get_or_create(
            organisation=organisation, code=code, defaults={"name": name, "kind": kind, "reason": reason}
        )
    put_on_record("ideas.campaign.planned", campaign, campaign=campaign, by=by, new=values)
    return campaign


@transaction.atomic
def revise_campaign(*, campaign: Campaign, fields: CampaignFields, by: User | None) -> Campaign:
    """Change a campaign. Its axes are fixed by the first idea sent, its start by its announcement."""
    campaign = _held(campaign)
    must_be_office(campaign.organisation, by)
    sent = campaign.ideas.exclude(state="draft").exists()
    if sent and axis_rules.read_axes(campaign.axes) != fields.axes:
        raise RuleViolation(
            "ideas.axes_fixed",
            "提案を受け付けた後は、集計の区分を変えられません。元の区分のまま保存してください。",
            field="axes",
        )
    values = _values(campaign.organisation, fields, other_than=campaign)
    old = {name: getattr(campaign, name) for name in values if getattr(campaign, name) != values[name]}
    if old:
        for name in old:
            setattr(campaign, name, values[name])
        campaign.save(update_fields=list(old))
        new = {name: values[name] for name in old}
        put_on_record("ideas.campaign.revised", campaign, campaign=campaign, by=by, old=old, new=new)
    return campaign


@transaction.atomic
def announce_campaign(*, campaign: Campaign, by: User | None) -> Campaign:
    """Show a campaign to everyone who works here; from its first day on ideas are taken."""
    campaign = _held(campaign)
    must_be_office(campaign.organisation, by)
    if campaign.announced_at is not None:
        raise RuleViolation("ideas.announced", f"「{campaign}」はすでに職員に公開されています。")
    campaign.announced_at = timezone.now()
    campaign.save(update_fields=["announced_at"])
    put_on_record("ideas.campaign.announced", campaign, campaign=campaign, by=by)
    return campaign


@transaction.atomic
def close_campaign(*, campaign: Campaign, by: User | None) -> Campaign:
    """Once the last day has passed: count the ideas by axis, made safe, once and for all.

    Drafts that were never sent stay their writers'.
    """
    campaign = _held(campaign)
    must_be_office(campaign.organisation, by)
    if campaign.closed_at is not None:
        raise RuleViolation("ideas.closed", f"「{campaign}」の締切の処理は終わっています。")
    if campaign.closes_on >= today():
        raise RuleViolation(
            "ideas.still_open",
            "募集を終える日がまだ過ぎていません。翌日以降に締め切ってください。早めるときは、募集を終える日を変えてください。",
        )
    campaign.closed_at = timezone.now()
    if campaign.published_total is None:
        campaign.statistics = frozen_statistics(campaign)
    campaign.save(update_fields=["closed_at", "statistics"])
    sent = campaign.ideas.exclude(state="draft").count()
    put_on_record("ideas.campaign.closed", campaign, campaign=campaign, by=by, note=f"{sent}件")
    return campaign


@transaction.atomic
def note_published_total(
    *, campaign: Campaign, total: int, citation: Citation | None, by: User | None
) -> Campaign:
    """Keep a number of ideas that only a published document tells; no ideas are made up for it."""
    campaign = _held(campaign)
    must_be_office(campaign.organisation, by)
    campaign.published_total, campaign.citation = total, citation
    campaign.save(update_fields=["published_total", "citation"])
    new = {"published_total": total, "citation": citation}
    put_on_record("ideas.campaign.total_noted", campaign, campaign=campaign, by=by, new=new)
    return campaign


@transaction.atomic
def add_milestone(*, campaign: Campaign, fields: MilestoneFields, by: User | None) -> Milestone:
    """Put a day on the timeline."""
    must_be_office(campaign.organisation, by)
    if fields.last < fields.first:
        raise RuleViolation(
            "ideas.milestone_order", "終わりの日が始まりの日より前です。日付を直してください。", field="last"
        )
    title = require_words(fields.title, field="title", thing="予定")
    values = {"title": title, "first": fields.first, "last": fields.last, "text": fields.text.strip()}
    values |= {"note": fields.note.strip(), "citation": fields.citation}
    milestone = Milestone.objects.create(campaign=campaign, **values)
    put_on_record("ideas.milestone.added", milestone, campaign=campaign, by=by, new=values)
    return milestone


@transaction.atomic
def remove_milestone(*, milestone: Milestone, by: User | None) -> None:
    """Take a day off the timeline; what it was stays in the log."""
    must_be_office(milestone.campaign.organisation, by)
    old = {"title": milestone.title, "first": milestone.first, "last": milestone.last}
    put_on_record("ideas.milestone.removed", milestone, campaign=milestone.campaign, by=by, old=old)
    milestone.delete()


def next_number(campaign: Campaign) -> int:
    """The next 受付番号, drawn from the campaign's held row: two who send at once get two numbers."""
    held = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    held.last_number += 1
    held.save(update_fields=["last_number"])
    return held.last_number


def ideas_taken(campaign: Campaign) -> bool:
    """Whether ideas may be sent today."""
    announced = campaign.announced_at is not None and campaign.closed_at is None
    return announced and campaign.opens_on <= today() <= campaign.closes_on


def _held(campaign: Campaign) -> Campaign:
    rows = Campaign.objects.select_for_update(of=("self",)).select_related("organisation", "edition")
    return rows.get(pk=campaign.pk)


def _values(
    organisation: Organisation, fields: CampaignFields, *, other_than: Campaign | None
) -> dict[str, Any]:
    title = require_words(fields.title, field="title", thing="名称")
    same = Campaign.objects.filter(organisation=organisation, title=title)
    if (same.exclude(pk=other_than.pk) if other_than else same).exists():
        raise RuleViolation(
            "ideas.title_twice",
            f"「{title}」という募集がすでにあります。別の名称にしてください。",
            field="title",
        )
    if fields.closes_on < fields.opens_on:
        raise RuleViolation(
            "ideas.window", "募集を終える日が、始める日より前です。日付を直してください。", field="closes_on"
        )
    edition = fields.edition
    if edition is not None and edition.plan.organisation_id != organisation.pk:
        raise RuleViolation("ideas.edition_elsewhere", "自分の団体の版を選んでください。", field="edition")
    fields = replace(fields, axes=axis_rules.check_axes(fields.axes))
    return {
        "title": title,
        "theme": require_words(fields.theme, field="theme", thing="募集テーマ"),
        "audience": require_words(fields.audience, field="audience", thing="対象者"),
        "rules": fields.rules.strip(),
        "opens_on": fields.opens_on,
        "closes_on": fields.closes_on,
        "axes": [axis.as_json() for axis in fields.axes],
        "likes": fields.likes,
        "comments": fields.comments,
        "edition": edition,
        "policy": fields.policy.strip(),
        "list_note": fields.list_note.strip(),
    }
