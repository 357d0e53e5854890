"""Answers: given to many at once, shown to all, told to each proposer by letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse

from kaikaku.core.errors import RuleViolation
from kaikaku.ideas.models import Answer, Authorship, Campaign, Idea
from kaikaku.ideas.services.guard import (
    changed,
    held,
    must_be_office,
    must_handle,
    put_on_record,
)
from kaikaku.org.queries import today
from kaikaku.plans.services.guard import require_words

if TYPE_CHECKING:
    from kaikaku.org.models import User


@dataclass(frozen=True, slots=True)
class Told:
    """What a run of letters did. People are only counted: nobody is named."""

    answers: int
    mails: int
    without_address: int


@transaction.atomic
def answer(*, ideas: Iterable[Idea], text: str, by: User | None) -> list[Answer]:
    """Give these ideas one answer. {題名} and {番号} in it become each idea's own."""
    text = require_words(text, field="text", thing="回答")
    rows = held(ideas)
    for idea in rows:
        must_handle(idea, by)
        if idea.state in ("draft", "withdrawn"):
            raise RuleViolation(
                "ideas.not_answerable",
                f"「{idea}」は取り下げられているため、回答できません。選択から外してください。",
            )
    return [give_answer(idea, text, by=by) for idea in rows]


def give_answer(idea: Idea, text: str, *, by: User | None) -> Answer:
    """One answer, inside the caller's transaction."""
    own = text.replace("{題名}", idea.title).replace("{番号}", f"{idea.number}")
    given = Answer.objects.create(idea=idea, text=own, answered_on=today(), by=by)
    changed(idea, first_answered_on=idea.first_answered_on or given.answered_on)
    put_on_record("ideas.idea.answered", idea, campaign=idea.campaign, by=by, new={"text": own})
    return given


def tell_due(*, on: date | None = None) -> Told:
    """The daily letters of all campaigns (`kaikaku remind`)."""
    waiting = Campaign.objects.filter(ideas__answers__told_on__isnull=True).distinct()
    done = [
        tell_proposers(campaign=campaign, by=None, on=on)
        for campaign in waiting.select_related("organisation")
    ]
    return Told(
        sum(one.answers for one in done),
        sum(one.mails for one in done),
        sum(one.without_address for one in done),
    )


def tell_proposers(*, campaign: Campaign, by: User | None, on: date | None = None) -> Told:
    """Write to everyone whose idea has an answer that they were not yet told of, one letter a person.

    Sent first and noted after: a failure sends twice rather than never. The letter names no idea, so that
    who reads over a shoulder learns nothing.
    """
    must_be_office(campaign.organisation, by)
    waiting = list(
        Answer.objects.filter(idea__campaign=campaign, told_on__isnull=True).values_list("pk", "idea")
    )
    people = _people(idea for _, idea in waiting)
    mails = [_mail(campaign, user, keys) for user, keys in people if user.email]
    _deliver(mails)
    _note(campaign, [pk for pk, _ in waiting], by=by, on=on or today())
    return Told(len(waiting), len(mails), sum(not user.email for user, _ in people))


def _people(ideas: Iterable[int]) -> list[tuple[User, list[int]]]:
    by_person: dict[int, list[int]] = defaultdict(list)
    users: dict[int, User] = {}
    rows = Authorship.objects.filter(idea__in=set(ideas), user__is_active=True).select_related("user")
    for row in rows.order_by("idea"):
        users[row.user_id] = row.user
        by_person[row.user_id].append(row.idea_id)
    return [(users[pk], keys) for pk, keys in by_person.items()]


def _mail(campaign: Campaign, user: User, ideas: list[int]) -> EmailMessage:
    lines = [
        f"{user.name} 様",
        "",
        f"「{campaign.title}」に送っていただいた提案{len(ideas)}件に、回答がありました。",
        "",
        *(f"  {settings.SITE_URL}{reverse('ideas:mine', args=[key])}" for key in ideas),
        "",
        "この知らせは、提案した本人だけに届いています。このメールは Kaikaku から自動で送られています。",
    ]
    return EmailMessage("【職員提案】提案に回答がありました", "\n".join(lines), to=[user.email])


def _deliver(mails: list[EmailMessage]) -> None:
    if not mails:
        return
    try:
        get_connection().send_messages(mails)
    except (OSError, SMTPException) as trouble:
        raise RuleViolation(
            "ideas.mail_failed",
            f"メールを送れませんでした（{trouble}）。メールサーバーの設定（KAIKAKU_SMTP）を、"
            "情報システム担当に確かめてください。",
        ) from trouble


@transaction.atomic
def _note(campaign: Campaign, answers: list[int], *, by: User | None, on: date) -> None:
    if answers:
        Answer.objects.filter(pk__in=answers).update(told_on=on)
        put_on_record("ideas.idea.told", campaign, campaign=campaign, by=by, note=f"{len(answers)}件")
