"""いいね and comments of colleagues. Who liked what is never shown and not recorded; only the number is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from kaikaku.core.errors import RuleViolation
from kaikaku.ideas.models import Comment, Idea, Like
from kaikaku.ideas.queries.own import is_own
from kaikaku.ideas.services.guard import PROPOSER, must_be_office, must_belong, put_on_record
from kaikaku.org.access import allowed
from kaikaku.org.queries import today
from kaikaku.org.roles import Role
from kaikaku.plans.services.guard import require_words

if TYPE_CHECKING:
    from kaikaku.org.models import User


@transaction.atomic
def like(*, idea: Idea, by: User) -> None:
    """Once a person; a second time changes nothing. One's own idea cannot be liked."""
    _must_be_open(idea, by, idea.campaign.likes, "いいね")
    if is_own(by, idea):
        raise RuleViolation("ideas.own_like", "自分の提案に「いいね」はできません。")
    _, created = Like.objects.get_or_create(idea=idea, user=by)
    if created:
        Idea.objects.filter(pk=idea.pk).update(liked=F("liked") + 1)


@transaction.atomic
def unlike(*, idea: Idea, by: User) -> None:
    """Take one's いいね back; without one nothing changes."""
    must_belong(idea.campaign.organisation, by)
    deleted, _ = Like.objects.filter(idea=idea, user=by).delete()
    if deleted:
        Idea.objects.filter(pk=idea.pk).update(liked=F("liked") - 1)


@transaction.atomic
def comment(*, idea: Idea, text: str, by: User) -> Comment:
    """A comment with one's name; the proposer's own goes without, in the row and in the log."""
    _must_be_open(idea, by, idea.campaign.comments, "コメント")
    said = require_words(text, field="text", thing="コメント")
    own = is_own(by, idea)
    written = Comment.objects.create(
        idea=idea, by=None if own else by, from_proposer=own, text=said, written_on=today()
    )
    put_on_record(
        "ideas.comment.written",
        written,
        campaign=idea.campaign,
        by=None if own else by,
        note=PROPOSER if own else "",
    )
    return written


@transaction.atomic
def hide_comment(*, comment: Comment, reason: str, by: User | None) -> Comment:
    """Take a comment out of sight, with the reason in its place."""
    campaign = comment.idea.campaign
    must_be_office(campaign.organisation, by)
    comment.hidden_because = require_words(reason, field="reason", thing="非表示にする理由")
    comment.save(update_fields=["hidden_because"])
    put_on_record("ideas.comment.hidden", comment, campaign=campaign, by=by, note=comment.hidden_because)
    return comment


def _must_be_open(idea: Idea, by: User, taken: bool, what: str) -> None:
    must_belong(idea.campaign.organisation, by)
    if not taken:
        raise RuleViolation("ideas.not_taken", f"この募集では「{what}」を受け付けていません。")
    if not allowed(by, Role.EMPLOYEE) or not idea.may_publish or idea.state in ("draft", "withdrawn"):
        raise RuleViolation("ideas.not_open", f"この提案には「{what}」ができません。")
