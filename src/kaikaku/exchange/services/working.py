"""The help itself: the order, the days worked, an extension, the report at the end."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from kaikaku.core.errors import RuleViolation
from kaikaku.core.staffing import Need, Period, busiest, must_fit_scheme, needs_order, show_minutes
from kaikaku.exchange import words
from kaikaku.exchange.models import Assignment, EndReport, Profile, WorkEntry
from kaikaku.exchange.queries.people import person_of
from kaikaku.exchange.queries.weeks import week_of
from kaikaku.exchange.services.guard import (
    changed,
    held_assignment,
    must_be_chief,
    must_be_office,
    must_belong,
    put_on_record,
    require_words,
)
from kaikaku.exchange.states import Step, move, next_approval
from kaikaku.org.queries import today

if TYPE_CHECKING:
    from kaikaku.exchange.entries import ReportFields, WorkFields
    from kaikaku.org.models import User

LONGEST_DAY = 12 * 60


@transaction.atomic
def start(*, assignment: Assignment, order_number: str = "", by: User | None) -> Assignment:
    """人事 lets the approved help begin: with the order's number where the scheme needs a written order."""
    held = held_assignment(assignment)
    must_be_office(held.home.organisation_id, by)
    state = move(held.state, Step.START)
    number = order_number.strip()
    if needs_order(held.period, held.request.scheme.read) and not number:
        days = held.request.scheme.read.order_from_days
        raise RuleViolation(
            "exchange.order_missing",
            f"期間が{days}日以上のため、命令書が要ります。命令書の番号を入力してください。",
            field="order_number",
        )
    changed(held, state=state, order_number=number, started_on=today())
    new = {"order_number": number, "started_on": held.started_on}
    put_on_record("exchange.assignment.started", held, organisation=held.home.organisation, by=by, new=new)
    return held


@transaction.atomic
def log_work(*, assignment: Assignment, fields: WorkFields, by: User) -> WorkEntry:
    """A day's work by the person who helps. Refused over the week's cap, over all schemes, without a reason.

    Logging a day again replaces it.
    """
    held = held_assignment(assignment)
    if held.user_id != by.pk:
        raise RuleViolation("exchange.own_only", "従事した時間を記録できるのは本人だけです。")
    move(held.state, Step.LOG)
    Profile.objects.select_for_update().filter(user=by).first()
    if not held.first <= fields.day <= min(held.last, today()):
        raise RuleViolation(
            "exchange.day_outside",
            f"応援の期間（{held.period}）のうち、今日までの日付を入力してください。",
            field="day",
        )
    if not 0 < fields.minutes <= LONGEST_DAY:
        raise RuleViolation(
            "exchange.minutes", "1日の時間は、1分〜12時間の間で入力してください。", field="minutes"
        )
    week = week_of(held, fields.day, without=fields.day)
    over = week.minutes + fields.minutes > week.cap
    if over and not fields.over_because.strip():
        raise RuleViolation(
            "exchange.week_over",
            f"この週は{show_minutes(week.minutes)}を記録済みで、{show_minutes(fields.minutes)}を加えると"
            f"上限の{show_minutes(week.cap)}を超えます。時間を確かめ、正しいときは理由を入力してください。",
            field="over_because",
        )
    old = WorkEntry.objects.filter(assignment=held, day=fields.day).first()
    entry, _ = WorkEntry.objects.update_or_create(
        assignment=held,
        day=fields.day,
        defaults={
            "minutes": fields.minutes,
            "text": require_words(fields.text, field="text", thing="従事した内容"),
            "over_because": fields.over_because.strip() if over else "",
        },
    )
    put_on_record(
        "exchange.work.logged",
        entry,
        organisation=held.home.organisation,
        by=by,
        old={"minutes": old.minutes, "text": old.text} if old else None,
        new={"day": entry.day, "minutes": entry.minutes, "over_because": entry.over_because},
    )
    return entry


@transaction.atomic
def ask_extension(
    *, assignment: Assignment, last: date, reason: str, reconsulted: bool = False, by: User
) -> Assignment:
    """The receiving chief asks for more time; the same people approve it again.

    Beyond the scheme's limit only after 再協議; never over the person's cap.
    """
    held = held_assignment(assignment)
    must_belong(held.home.organisation_id, by)
    must_be_chief(held.request.department_id, by)
    move(held.state, Step.EXTEND)
    if held.extend_to is not None:
        raise RuleViolation("exchange.extending", "延長の承認を待っています。結果が出てから求めてください。")
    if last <= held.last:
        raise RuleViolation(
            "exchange.not_longer", "延長後の終わりの日は、今の終わりの日より後にしてください。", field="last"
        )
    scheme = held.request.scheme.read
    need = Need(
        key=0,
        department=held.request.department_id,
        division=0,
        period=Period(held.first, last),
        minutes=held.minutes,
    )
    must_fit_scheme(need, scheme, reconsulted=reconsulted)
    others = person_of(held.user, without=held).commitments
    if busiest(others, Period(held.first, last)) + held.minutes > scheme.cap:
        raise RuleViolation(
            "exchange.cap", "延ばすと、ほかの応援と合わせて時間の上限を超えます。", field="last"
        )
    said = require_words(reason, field="reason", thing="延長の理由")
    waiting = next_approval(scheme.approvals, ())
    changed(held, extend_to=last, extend_because=said, turn=held.turn + 1, waiting=waiting)
    put_on_record(
        "exchange.assignment.extension_asked",
        held,
        organisation=held.home.organisation,
        by=by,
        new={"extend_to": last, "reconsulted": reconsulted},
        note=said,
    )
    return held


@transaction.atomic
def cancel(*, assignment: Assignment, reason: str, by: User | None) -> Assignment:
    """人事 takes it back, with the reason; what was worked stays on record."""
    held = held_assignment(assignment)
    must_be_office(held.home.organisation_id, by)
    state = move(held.state, Step.CANCEL)
    said = require_words(reason, field="reason", thing="取り消す理由")
    changed(held, state=state, waiting="", extend_to=None, closing=said)
    put_on_record(
        "exchange.assignment.cancelled", held, organisation=held.home.organisation, by=by, note=said
    )
    return held


@transaction.atomic
def file_report(*, assignment: Assignment, fields: ReportFields, by: User) -> EndReport:
    """The receiving chief reports the end, with what came of it."""
    held = held_assignment(assignment)
    must_belong(held.home.organisation_id, by)
    must_be_chief(held.request.department_id, by)
    state = move(held.state, Step.END)
    if fields.outcome not in words.OUTCOMES:
        raise RuleViolation("exchange.outcome", "評価を一覧から選んでください。", field="outcome")
    if not held.first <= fields.ended_on <= today():
        raise RuleViolation(
            "exchange.day_outside",
            "終わった日は、始まりの日から今日までの日付にしてください。",
            field="ended_on",
        )
    if held.work.filter(day__gt=fields.ended_on).exists():
        raise RuleViolation(
            "exchange.work_after",
            "終わった日より後に、従事した時間の記録があります。終わった日を確かめてください。",
            field="ended_on",
        )
    report = EndReport.objects.create(
        assignment=held,
        ended_on=fields.ended_on,
        outcome=fields.outcome,
        text=require_words(fields.text, field="text", thing="成果"),
        learnt=fields.learnt.strip(),
        by=by,
    )
    changed(held, state=state, last=fields.ended_on, waiting="", extend_to=None)
    put_on_record(
        "exchange.report.filed",
        report,
        organisation=held.home.organisation,
        by=by,
        new={"ended_on": fields.ended_on, "outcome": report.get_outcome_display(), "text": report.text},
    )
    return report
