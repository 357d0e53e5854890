"""Meetings: planned, their agenda chosen, opened to members, decided on, concluded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from kaikaku.core.errors import RuleViolation
from kaikaku.org.queries import today
from kaikaku.reporting import services as reporting
from kaikaku.reviews import words
from kaikaku.reviews.entries import AgendaEntry, Decision, MeetingFields, Observation, Orientation, Resolution
from kaikaku.reviews.models import AgendaItem, Event, Meeting
from kaikaku.reviews.queries.agenda import shown_of
from kaikaku.reviews.services.guard import about, must_belong, put_on_record, require_words
from kaikaku.reviews.services.loops import decide, observe, orient

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.plans.models import Edition


@transaction.atomic
def plan_meeting(*, edition: Edition, fields: MeetingFields, by: User | None) -> Meeting:
    """Put a meeting on an edition, its agenda still empty."""
    must_belong(edition, by)
    values = _values(edition, fields, other_than=None)
    meeting = Meeting.objects.create(edition=edition, **values)
    put_on_record("reviews.meeting.planned", meeting, edition=edition, by=by, new=values)
    return meeting


@transaction.atomic
def revise_meeting(*, meeting: Meeting, fields: MeetingFields, by: User | None) -> Meeting:
    """Change a meeting's name, day or the day until which opinions are taken."""
    meeting = _held(meeting, by)
    if fields.kind != meeting.kind:
        raise RuleViolation(
            "kind_fixed",
            "会議の種類は後から変えられません。別の種類の会議は、新しく登録してください。",
            field="kind",
        )
    values = _values(meeting.edition, fields, other_than=meeting)
    old = {name: getattr(meeting, name) for name in values if getattr(meeting, name) != values[name]}
    if old:
        for name, value in values.items():
            setattr(meeting, name, value)
        meeting.save(update_fields=list(values))
        new = {name: values[name] for name in old}
        put_on_record("reviews.meeting.revised", meeting, edition=meeting.edition, by=by, old=old, new=new)
    return meeting


@transaction.atomic
def choose_agenda(*, meeting: Meeting, entries: Sequence[AgendaEntry], by: User | None) -> list[AgendaItem]:
    """Make these, in this order, the agenda. What opinions or decisions hang on cannot be taken off."""
    meeting = _held(meeting, by)
    known = {_key(item.subject): item for item in _items(meeting)}
    before = [str(item) for item in known.values() if item.removed_at is None]
    chosen = []
    for position, entry in enumerate(entries):
        if entry.subject.edition_id != meeting.edition_id or entry.subject.removed_at is not None:
            raise RuleViolation("subject_elsewhere", "この版にある見出しか指標を選んでください。")
        item = known.pop(_key(entry.subject), None) or AgendaItem(meeting=meeting, **about(entry.subject))
        item.position, item.removed_at = position, None
        item.reasons, item.question = list(entry.reasons), entry.question.strip()
        item.loop = item.loop or entry.loop
        item.save()
        chosen.append(item)
    for item in known.values():
        _take_off(item)
    after = [str(item) for item in chosen]
    if before != after:
        old, new = {"agenda": before}, {"agenda": after}
        put_on_record("reviews.agenda.chosen", meeting, edition=meeting.edition, by=by, old=old, new=new)
    return chosen


@transaction.atomic
def open_meeting(*, meeting: Meeting, by: User | None) -> Meeting:
    """Let the committee's members read the agenda and write their opinions, until the due day."""
    meeting = _held(meeting, by)
    if meeting.kind != "committee":
        raise RuleViolation("not_a_committee", "委員に公開できるのは推進委員会の資料だけです。")
    if not any(item.removed_at is None for item in _items(meeting)):
        raise RuleViolation("agenda_empty", "議題がまだありません。先に議題を選んでください。")
    if meeting.opened_at is None:
        meeting.opened_at = timezone.now()
        meeting.save(update_fields=["opened_at"])
        put_on_record("reviews.meeting.opened", meeting, edition=meeting.edition, by=by)
    return meeting


@transaction.atomic
def resolve_item(*, item: AgendaItem, fields: Resolution, by: User | None) -> Event:
    """Record a meeting's decision on an item, as an event of the item's loop.

    An item that came of its figures has no loop yet: what the paper says is then its observation, and the
    gist of the discussion its orientation.
    """
    meeting = _held(item.meeting, by, concluded=True)
    if not meeting.decides:
        raise RuleViolation(
            "committee_does_not_decide",
            "推進委員会は意見をいただく会議です。決定は本部会議か幹事会の議題に記録してください。",
        )
    if meeting.held_on > today():
        raise RuleViolation("meeting_to_come", "会議の日がまだ来ていません。会議の後に記録してください。")
    item = AgendaItem.objects.select_related(
        "loop", "section__edition", "indicator__edition", "meeting__edition__plan__organisation"
    ).get(pk=item.pk)
    if item.removed_at is not None:
        raise RuleViolation("item_off_agenda", "議題から外されているため、決定を記録できません。")
    if item.loop is None or item.loop.closed_at is not None:
        item.loop = _begin(item, by)
        item.save(update_fields=["loop"])
    said = Orientation(text=fields.discussion, happened_on=meeting.held_on)
    require_words(fields.discussion, field="discussion", thing="議論の要旨")
    orient(loop=item.loop, fields=said, by=by)
    decision = Decision(
        text=fields.text,
        happened_on=meeting.held_on,
        decider=meeting.title,
        rejected=fields.rejected,
        review_by=fields.review_by,
    )
    return decide(loop=item.loop, fields=decision, agenda_item=item, by=by)


@transaction.atomic
def conclude_meeting(*, meeting: Meeting, by: User | None) -> Meeting:
    """Keep the papers as they are now; figures that change later no longer change them."""
    meeting = _held(meeting, by)
    items = [item for item in _items(meeting) if item.removed_at is None]
    if not items:
        raise RuleViolation("agenda_empty", "議題がないため確定できません。先に議題を選んでください。")
    for item, shown in zip(items, shown_of(meeting, items), strict=True):
        item.shown = shown.as_json()
    AgendaItem.objects.bulk_update(items, ["shown"])
    meeting.concluded_at = timezone.now()
    meeting.save(update_fields=["concluded_at"])
    put_on_record("reviews.meeting.concluded", meeting, edition=meeting.edition, by=by)
    if meeting.reports and meeting.held_on <= today():
        _report(meeting, by)
    return meeting


@transaction.atomic
def report_sheets(*, meeting: Meeting, by: User | None) -> int:
    """Say of the plan's accepted sheets that the headquarters has dealt with them; returns how many."""
    meeting = _held(meeting, by, concluded=True)
    if not meeting.reports:
        raise RuleViolation("not_headquarters", "調書を報告済みにできるのは、本部会議だけです。")
    if meeting.held_on > today():
        raise RuleViolation("meeting_to_come", "会議の日がまだ来ていません。会議の後に記録してください。")
    return _report(meeting, by)


def _report(meeting: Meeting, by: User | None) -> int:
    return len(reporting.mark_reported(edition=meeting.edition, meeting=str(meeting), by=by))


def _begin(item: AgendaItem, by: User | None) -> Any:
    [shown] = shown_of(item.meeting, [item])
    noticed = Observation(
        text=item.question or f"{item.meeting.title}で取り上げました。",
        happened_on=min(item.meeting.held_on, today()),
        source="evaluation",
        evidence=shown.evidence or "会議資料による。",
    )
    year = shown.fiscal_year
    return observe(subject=item.subject, fields=noticed, fiscal_year=year, title=shown.name, by=by)


def _held(meeting: Meeting, by: User | None, *, concluded: bool = False) -> Meeting:
    """The meeting, its row held until the transaction ends; refused once its papers are fixed."""
    held = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("edition__plan__organisation", "edition__scheme")
        .get(pk=meeting.pk)
    )
    must_belong(held.edition, by)
    if held.concluded_at is not None and not concluded:
        raise RuleViolation(
            "meeting_concluded",
            f"「{held.title}」の資料は確定済みのため変更できません。新しい会議を登録してください。",
        )
    return held


def _items(meeting: Meeting) -> list[AgendaItem]:
    rows = AgendaItem.objects.filter(meeting=meeting).select_related(
        "section__edition", "indicator__edition", "loop"
    )
    return list(rows)


def _key(subject: Any) -> tuple[str, int]:
    return subject._meta.model_name, subject.pk


def _take_off(item: AgendaItem) -> None:
    if item.removed_at is not None:
        return
    if item.opinions.exists() or item.decisions.exists():
        raise RuleViolation(
            "item_in_use",
            f"「{item}」には意見か決定が記録されているため、議題から外せません。",
        )
    item.removed_at = timezone.now()
    item.save(update_fields=["removed_at"])


def _values(edition: Edition, fields: MeetingFields, *, other_than: Meeting | None) -> dict[str, Any]:
    if fields.kind not in words.MEETINGS:
        raise RuleViolation("kind_unknown", "会議の種類を一覧から選んでください。", field="kind")
    title = require_words(fields.title, field="title", thing="会議の名称")
    same = Meeting.objects.filter(edition=edition, title=title)
    if other_than is not None:
        same = same.exclude(pk=other_than.pk)
    if same.exists():
        raise RuleViolation(
            "meeting_exists", f"「{title}」は登録済みです。別の名称にしてください。", field="title"
        )
    due = fields.opinions_due if fields.kind == "committee" else None
    if fields.kind == "committee" and due is None:
        raise RuleViolation("due_missing", "委員の意見の締切を入力してください。", field="opinions_due")
    if due is not None and due > fields.held_on:
        raise RuleViolation(
            "due_after_meeting",
            "意見の締切が開催日より後になっています。開催日までの日付を入力してください。",
            field="opinions_due",
        )
    return {
        "kind": fields.kind,
        "title": title,
        "held_on": fields.held_on,
        "opinions_due": due,
        "starts_at": fields.starts_at,
        "place": fields.place.strip(),
    }
