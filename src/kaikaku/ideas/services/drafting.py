"""What a proposer does: writes, sends, withdraws, reads the answers. The log keeps no name of theirs.

Drafts are their writer's alone and are not recorded: nothing has been said to anyone yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kaikaku.core.errors import RuleViolation
from kaikaku.ideas.axes import Axis, check_values, read_axes
from kaikaku.ideas.entries import IdeaFields
from kaikaku.ideas.models import Authorship, AxisValue, Campaign, Idea, PersonalValue
from kaikaku.ideas.queries.own import lead_department_of
from kaikaku.ideas.services.campaigns import ideas_taken, next_number
from kaikaku.ideas.services.guard import PROPOSER, changed, held, must_belong, put_on_record
from kaikaku.ideas.services.indexing import index_idea
from kaikaku.ideas.states import Step, move
from kaikaku.org.access import allowed
from kaikaku.org.queries import today
from kaikaku.org.roles import Role
from kaikaku.plans.services.guard import require_words
from kaikaku.ui.search import search_key

if TYPE_CHECKING:
    from kaikaku.org.models import User

MOST_DRAFTS = 50


@transaction.atomic
def start_draft(*, campaign: Campaign, fields: IdeaFields, by: User) -> Idea:
    """Keep what has been written so far; half a sentence is enough."""
    _must_be_staff(campaign, by)
    _must_be_open(campaign)
    drafts = Authorship.objects.filter(user=by, idea__campaign=campaign, idea__state="draft").count()
    if drafts >= MOST_DRAFTS:
        raise RuleViolation(
            "ideas.many_drafts",
            f"下書きは{MOST_DRAFTS}件までです。使わない下書きを捨ててから書いてください。",
        )
    idea = Idea.objects.create(campaign=campaign, **_texts(fields))
    Authorship.objects.create(idea=idea, user=by)
    _keep_values(idea, fields, strict=False, by=by)
    return idea


@transaction.atomic
def keep_draft(*, idea: Idea, fields: IdeaFields, by: User) -> Idea:
    """Keep a draft as it stands now."""
    idea = _own_draft(idea, by)
    changed(idea, **_texts(fields))
    _keep_values(idea, fields, strict=False, by=by)
    return idea


@transaction.atomic
def discard_draft(*, idea: Idea, by: User) -> None:
    """Throw a draft away. Only drafts can be: what has been sent is never deleted."""
    _own_draft(idea, by).delete()


@transaction.atomic
def send_idea(*, idea: Idea, fields: IdeaFields, by: User) -> Idea:
    """Send an idea: it gets its number, and from now on nothing on it tells who sent it."""
    idea = _own_draft(idea, by)
    campaign = idea.campaign
    _must_be_open(campaign)
    texts = _texts(fields)
    require_words(fields.title, field="title", thing="題名")
    require_words(fields.proposal, field="proposal", thing="提案")
    _keep_values(idea, fields, strict=True, by=by)
    state = move(idea.state, Step.SEND)
    changed(idea, **texts, state=state, number=next_number(campaign), sent_on=today())
    index_idea(idea=idea)
    put_on_record(
        "ideas.idea.sent", idea, campaign=campaign, by=None, new={"number": idea.number}, note=PROPOSER
    )
    return idea


@transaction.atomic
def change_consent(*, idea: Idea, may_publish: bool, by: User) -> Idea:
    """Give or take back the consent to show the words; what was published before stays published."""
    idea = _own(idea, by)
    if idea.may_publish != may_publish:
        old = {"may_publish": idea.may_publish}
        changed(idea, may_publish=may_publish)
        new = {"may_publish": may_publish}
        put_on_record(
            "ideas.idea.consent_changed",
            idea,
            campaign=idea.campaign,
            by=None,
            old=old,
            new=new,
            note=PROPOSER,
        )
    return idea


@transaction.atomic
def withdraw_idea(*, idea: Idea, by: User) -> Idea:
    """Take an idea back before anyone has begun; its number stays, with 取下げ as its fate."""
    idea = _own(idea, by)
    old = {"state": idea.state}
    changed(idea, state=move(idea.state, Step.WITHDRAW))
    new = {"state": idea.state}
    put_on_record(
        "ideas.idea.withdrawn", idea, campaign=idea.campaign, by=None, old=old, new=new, note=PROPOSER
    )
    return idea


@transaction.atomic
def read_answers(*, idea: Idea, by: User) -> None:
    """Remember that the proposer has opened the answers given so far."""
    count = idea.answers.count()
    Authorship.objects.filter(idea=idea, user=by).update(read_answers=count)


def _own(idea: Idea, by: User) -> Idea:
    if not Authorship.objects.filter(idea=idea, user=by).exists():
        raise RuleViolation("ideas.not_yours", "この手続ができるのは、提案した本人だけです。")
    return held([idea])[0]


def _own_draft(idea: Idea, by: User) -> Idea:
    found = _own(idea, by)
    if found.state != "draft":
        raise RuleViolation(
            "ideas.sent_already",
            "この提案はすでに送られています。直したいときは、取り下げてから新しく提案してください。",
        )
    return found


def _must_be_staff(campaign: Campaign, by: User) -> None:
    must_belong(campaign.organisation, by)
    if not allowed(by, Role.EMPLOYEE):
        raise RuleViolation("ideas.staff_only", "提案できるのは、この団体で働く職員です。")


def _must_be_open(campaign: Campaign) -> None:
    if not ideas_taken(campaign):
        raise RuleViolation(
            "ideas.window_shut",
            f"「{campaign}」は、いま提案を受け付けていません。募集の期間を確かめてください。",
        )


def _texts(fields: IdeaFields) -> dict[str, str | bool]:
    texts = {
        "title": fields.title.strip()[:100],
        "problem": fields.problem.strip(),
        "proposal": fields.proposal.strip(),
        "effect": fields.effect.strip(),
    }
    return {**texts, "may_publish": fields.may_publish, "search_key": search_key("\n".join(texts.values()))}


def _keep_values(idea: Idea, fields: IdeaFields, *, strict: bool, by: User) -> None:
    """The values on the axes, those that tell something of the proposer apart from the others."""
    axes = read_axes(idea.campaign.axes)
    own = [axis for axis in axes if axis.kind == "department"]
    given = dict(fields.values)
    if own:
        department = lead_department_of(by)
        given |= {axis.key: department for axis in own}
    kept = check_values(axes if strict else [_optional(axis) for axis in axes], given)
    for model, personal in ((AxisValue, False), (PersonalValue, True)):
        wanted = {axis.key: kept[axis.key] for axis in axes if axis.personal is personal and axis.key in kept}
        model._default_manager.filter(idea=idea).exclude(axis__in=wanted).delete()
        for axis, value in wanted.items():
            model._default_manager.update_or_create(idea=idea, axis=axis, defaults={"value": value})


def _optional(axis: Axis) -> Axis:
    return Axis(axis.key, axis.label, axis.choices, axis.kind, axis.personal)
