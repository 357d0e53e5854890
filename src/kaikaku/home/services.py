"""Following, reading up to a point, and the letter of the day."""

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

from kaikaku.audit.services import record
from kaikaku.core.errors import RuleViolation
from kaikaku.home.models import Following, Reading
from kaikaku.home.queries.following import Group, Notices, notices_for
from kaikaku.org.queries import today
from kaikaku.ui.following import Thing
from kaikaku.writers.jinja_filters import moment

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User

MOST_THINGS = 30


@dataclass(frozen=True, slots=True)
class Sent:
    """How many letters went out, and whose address is missing."""

    mails: int
    without_address: tuple[str, ...]


@transaction.atomic
def follow(*, thing: Thing, follows: bool, by: User) -> Following:
    """Follow a thing from now on, or no longer, whatever would be so by itself."""
    kind, key = thing.subject
    chosen, _ = Following.objects.select_for_update().get_or_create(
        user=by, subject_type=kind, subject_id=key, defaults={"follows": not follows}
    )
    if chosen.follows != follows:
        chosen.follows = follows
        chosen.save(update_fields=["follows", "chosen_at"])
        action = "home.following.started" if follows else "home.following.stopped"
        record(action, on=None, by=by, organisation=by.organisation, note=f"{thing.kind}「{thing.label}」")
    return chosen


@transaction.atomic
def read_up_to(*, number: int, by: User) -> Reading:
    """Put the mark at a number of the log; never back, whichever of two tabs comes last."""
    reading, _ = Reading.objects.select_for_update().get_or_create(user=by)
    if number > reading.number:
        reading.number = number
        reading.save(update_fields=["number"])
    return reading


@transaction.atomic
def set_digest(*, wanted: bool, by: User) -> Reading:
    """Ask for the letter of the day, or no longer. Raises RuleViolation without an address to send it to."""
    if wanted and not by.email:
        raise RuleViolation(
            "home.no_address",
            "メールアドレスが登録されていないため、メールで受け取れません。情報システム担当に登録を依頼してください。",
            field="digest",
        )
    head = notices_for(by).head
    reading, _ = Reading.objects.select_for_update().get_or_create(user=by)
    if reading.digest != wanted:
        reading.digest = wanted
        # the first letter tells what happens from now on, not of weeks ago
        reading.digest_number = max(reading.digest_number, head)
        reading.save(update_fields=["digest", "digest_number"])
        old, new = {"digest": not wanted}, {"digest": wanted}
        record("home.digest.set", on=None, by=by, organisation=by.organisation, old=old, new=new)
    return reading


def send_digests(*, on: date | None = None) -> Sent:
    """A letter to each who asked for it and of whose things something has changed; one a day at most.

    Sent first and marked after: a failure sends twice rather than never.
    """
    on = on or today()
    wanting = Reading.objects.filter(digest=True, user__is_active=True).exclude(digest_on=on)
    letters: dict[Organisation, list[tuple[Reading, Notices]]] = defaultdict(list)
    without: list[str] = []
    for reading in wanting.select_related("user__organisation"):
        user = reading.user
        notices = notices_for(user, after=max(reading.number, reading.digest_number))
        if not notices.groups or user.organisation is None:
            continue
        if user.email:
            letters[user.organisation].append((reading, notices))
        else:
            without.append(user.name)
    _deliver(_letter(reading.user, notices) for found in letters.values() for reading, notices in found)
    for organisation, found in letters.items():
        _mark(organisation, found, on)
    return Sent(sum(len(found) for found in letters.values()), tuple(without))


@transaction.atomic
def _mark(organisation: Organisation, found: list[tuple[Reading, Notices]], on: date) -> None:
    for reading, notices in found:
        Reading.objects.filter(pk=reading.pk).update(digest_on=on, digest_number=notices.head)
    record("home.digest.sent", on=None, by=None, organisation=organisation, new={"people": len(found)})


def _letter(user: User, notices: Notices) -> EmailMessage:
    lines = [f"{user.name} 様", "", "フォローしているものに、次の変更がありました。", ""]
    for group in notices.groups[:MOST_THINGS]:
        lines += _told(group)
    if len(notices.groups) > MOST_THINGS:
        lines.append(f"ほかに{len(notices.groups) - MOST_THINGS}件あります。")
    page = f"{settings.SITE_URL}{reverse('home:notices')}"
    lines += ["", f"すべての変更と、このメールをやめる手続：{page}"]
    lines.append("このメールは Kaikaku から自動で送られています。")
    subject = f"【Kaikaku】フォローしているものの変更（{len(notices.groups)}件）"
    return EmailMessage(subject, "\n".join(lines), to=[user.email])


def _told(group: Group) -> list[str]:
    lines = [f"■ {group.thing.kind}「{group.thing.label}」"]
    for change in group.changes:
        times = f"（{change.times}回）" if change.times > 1 else ""
        lines.append(f"・{change.what}{times}　{change.who}　{moment(change.at)}")
    if group.thing.url:
        lines.append(f"  {settings.SITE_URL}{group.thing.url}")
    return [*lines, ""]


def _deliver(mails: Iterable[EmailMessage]) -> None:
    found = list(mails)
    if not found:
        return
    try:
        get_connection().send_messages(found)
    except (OSError, SMTPException) as trouble:
        raise RuleViolation(
            "home.mail_failed",
            f"メールを送れませんでした（{trouble}）。メールサーバーの設定（KAIKAKU_SMTP）を、"
            "情報システム担当に確かめてください。",
        ) from trouble
