"""Reminders by e-mail: one press for those who are late, and the daily ones at T-7, T-1 and after the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse

from kaikaku.audit.services import record
from kaikaku.core.eras import show_date
from kaikaku.core.errors import RuleViolation
from kaikaku.core.workflow import State
from kaikaku.org.queries import today
from kaikaku.reporting import queries, words
from kaikaku.reporting.calendar import STEP_LABELS, STEP_OF, due_of, is_late, reminder_for
from kaikaku.reporting.models import Reminder, Round, Sheet
from kaikaku.reporting.services.guard import must_be_office, must_be_open

if TYPE_CHECKING:
    from kaikaku.org.models import User


@dataclass(frozen=True, slots=True)
class Reminded:
    """What a reminder did: sheets, e-mails sent, and the people who have no address."""

    sheets: int
    mails: int
    without_address: tuple[str, ...]
    without_anyone: tuple[str, ...]


def remind(*, round_: Round, sheets: Iterable[Sheet], by: User | None, on: date | None = None) -> Reminded:
    """Write to whoever's turn it is with these sheets. Sent first and recorded after: a failure sends twice
    rather than never.
    """
    must_be_office(round_.edition.plan.organisation, by)
    must_be_open(round_)
    return _send([(sheet, "manual") for sheet in sheets], by, on or today())


def remind_late(*, round_: Round, by: User | None, on: date | None = None) -> Reminded:
    """Write to everyone of the round who is late."""
    late = [row.sheet for row in queries.board(round_, on=on).late]
    if not late:
        raise RuleViolation("reporting.nobody_late", "期限を過ぎている所属はありません。")
    return remind(round_=round_, sheets=late, by=by, on=on)


def remind_due(*, on: date | None = None) -> Reminded:
    """The daily reminders of all open rounds: 7 days before, the day before, and once the day has passed."""
    on = on or today()
    chosen = []
    sheets = list(queries.open_sheets())
    sent = set(Reminder.objects.filter(sheet__in=[s.pk for s in sheets]).values_list("sheet", "kind", "due"))
    for sheet in sheets:
        due = due_of(State(sheet.state), sheet.round.dates, extended_to=sheet.extended_to)
        kind = reminder_for(due, today=on)
        if kind and (sheet.pk, kind, due) not in sent:
            chosen.append((sheet, kind))
    by_organisation: dict[int, list[tuple[Sheet, str]]] = defaultdict(list)
    for sheet, kind in chosen:
        by_organisation[sheet.round.edition.plan.organisation_id].append((sheet, kind))
    done = [_send(found, None, on) for found in by_organisation.values()]
    return Reminded(
        sum(one.sheets for one in done),
        sum(one.mails for one in done),
        tuple(name for one in done for name in one.without_address),
        tuple(name for one in done for name in one.without_anyone),
    )


def _send(chosen: list[tuple[Sheet, str]], by: User | None, on: date) -> Reminded:
    turns = queries.people_to_move((sheet for sheet, _ in chosen), on=on)
    lists: dict[int, list[Sheet]] = defaultdict(list)
    people: dict[int, User] = {}
    for sheet, _ in chosen:
        for user in turns.get(sheet.pk, ()):
            people[user.pk] = user
            lists[user.pk].append(sheet)
    mails = [_mail(user, lists[pk], on) for pk, user in people.items() if user.email]
    _deliver(mails)
    _note(chosen, turns, by)
    return Reminded(
        sheets=len(chosen),
        mails=len(mails),
        without_address=tuple(user.name for user in people.values() if not user.email),
        without_anyone=tuple(sheet.department.name for sheet, _ in chosen if not turns.get(sheet.pk)),
    )


def _deliver(mails: list[EmailMessage]) -> None:
    if not mails:
        return
    try:
        get_connection().send_messages(mails)
    except (OSError, SMTPException) as trouble:
        raise RuleViolation(
            "reporting.mail_failed",
            f"メールを送れませんでした（{trouble}）。メールサーバーの設定（KAIKAKU_SMTP）を、"
            "情報システム担当に確かめてください。",
        ) from trouble


def _mail(user: User, sheets: list[Sheet], on: date) -> EmailMessage:
    """One letter a person, however many sheets wait for them."""
    lines = [f"{user.name} 様", "", "進捗管理調書について、次の手続をお待ちしています。", ""]
    for sheet in sheets:
        state = State(sheet.state)
        due = due_of(state, sheet.round.dates, extended_to=sheet.extended_to)
        day = show_date(due, style="weekday") if due else "期限なし"
        passed = "（期限を過ぎています）" if is_late(due, today=on) else ""
        lines.append(f"・{sheet}：{STEP_LABELS[STEP_OF[state]]}　期限 {day}{passed}")
        lines.append(f"  {settings.SITE_URL}{reverse('reporting:sheet', args=[sheet.pk])}")
    lines += ["", "このメールは Kaikaku から自動で送られています。"]
    subject = f"【{sheets[0].round.title}】手続のお願い（{len(sheets)}件）"
    return EmailMessage(subject, "\n".join(lines), to=[user.email])


@transaction.atomic
def _note(chosen: list[tuple[Sheet, str]], turns: Mapping[int, list[User]], by: User | None) -> None:
    Reminder.objects.bulk_create(
        (
            Reminder(
                sheet=sheet,
                kind=kind,
                due=due_of(State(sheet.state), sheet.round.dates, extended_to=sheet.extended_to),
                people=len(turns.get(sheet.pk, ())),
            )
            for sheet, kind in chosen
        ),
        ignore_conflicts=True,
    )
    by_round: dict[int, list[tuple[Sheet, str]]] = defaultdict(list)
    for sheet, kind in chosen:
        by_round[sheet.round_id].append((sheet, kind))
    for found in by_round.values():
        round_ = found[0][0].round
        names = [f"{sheet.department.name}（{words.REMINDERS[kind]}）" for sheet, kind in found]
        record(
            "reporting.round.reminded",
            on=round_,
            by=by,
            organisation=round_.edition.plan.organisation,
            new={"departments": names},
        )
