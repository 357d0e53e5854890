"""The log of an item: what was noticed, what it means, what was decided, what was done (OODA)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from kaikaku.core.eras import fiscal_year_of
from kaikaku.core.errors import RuleViolation
from kaikaku.plans import services as plans
from kaikaku.reviews import words
from kaikaku.reviews.entries import Act, Decision, Observation, Orientation, Upload
from kaikaku.reviews.models import AgendaItem, Attachment, Event, Loop
from kaikaku.reviews.queries.causes import event_cause
from kaikaku.reviews.services.guard import (
    about,
    edition_of,
    leading_to,
    must_belong,
    not_to_come,
    put_on_record,
    require_words,
    still_to_come,
)
from kaikaku.sources.services import keep_document

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.plans.models import Indicator, Section

LONGEST_TITLE = 80


@transaction.atomic
def observe(
    *,
    subject: Section | Indicator,
    fields: Observation,
    title: str = "",
    fiscal_year: int | None = None,
    by: User | None,
) -> Loop:
    """Begin a loop on an item with something noticed.

    Without `title` its first line heads it; `fiscal_year` None is the year in which it was noticed.
    """
    edition = edition_of(subject)
    must_belong(edition, by)
    values = _observation(fields)
    loop = Loop.objects.create(
        **about(subject),
        title=title.strip() or _headline(values["text"]),
        fiscal_year=fiscal_year if fiscal_year is not None else fiscal_year_of(fields.happened_on),
        stage="observation",
        opened_by=by,
    )
    event = Event.objects.create(loop=loop, kind="observation", by=by, **values)
    about_it = {"title": loop.title, "subject": str(subject), "fiscal_year": loop.fiscal_year}
    put_on_record("reviews.loop.opened", loop, edition=edition, by=by, new={**about_it, **values})
    _attach(event, fields.upload, by)
    return loop


@transaction.atomic
def observe_again(*, loop: Loop, fields: Observation, by: User | None) -> Event:
    """Add something noticed to a loop: a further sign, or what came of the act. The loop turns once more."""
    loop = _held(loop, by)
    event = _recorded(loop, "observation", _observation(fields), by=by, review_by=None)
    _attach(event, fields.upload, by)
    return event


@transaction.atomic
def orient(*, loop: Loop, fields: Orientation, by: User | None) -> Event:
    """Say what the observations mean, and what else could be done."""
    loop = _held(loop, by)
    values = {
        "text": require_words(fields.text, field="text", thing="状況判断の内容"),
        "happened_on": not_to_come(fields.happened_on),
        "alternatives": fields.alternatives.strip(),
    }
    return _recorded(loop, "orientation", values, by=by, review_by=loop.review_by)


@transaction.atomic
def decide(*, loop: Loop, fields: Decision, agenda_item: AgendaItem | None = None, by: User | None) -> Event:
    """Record who decided what, what was not chosen, and by when it is looked at again.

    Refused while nobody has said what the latest observation means.
    """
    loop = _held(loop, by)
    if loop.stage == "observation":
        raise RuleViolation(
            "decision_before_orientation",
            "気づきの意味がまだ書かれていません。先に「状況判断」を記録してから、決定を記録してください。",
        )
    day = not_to_come(fields.happened_on)
    values = {
        "text": require_words(fields.text, field="text", thing="決定の内容"),
        "happened_on": day,
        "decider": require_words(fields.decider, field="decider", thing="決めた人・会議"),
        "rejected": fields.rejected.strip(),
        "review_by": still_to_come(fields.review_by, after=day),
        "agenda_item": agenda_item,
    }
    return _recorded(loop, "decision", values, by=by, review_by=fields.review_by)


@transaction.atomic
def act(*, loop: Loop, fields: Act, by: User | None) -> Event:
    """Record what was done on a decision, with the change it made; with `closes` the loop ends with it."""
    loop = _held(loop, by)
    if loop.stage not in ("decision", "act"):
        raise RuleViolation(
            "act_before_decision",
            "まだ決定が記録されていません。先に「決定」を記録してから、実行を記録してください。",
        )
    organisation = loop.edition.plan.organisation_id
    if fields.entry is not None and fields.entry.organisation_id != organisation:
        raise RuleViolation("entry_elsewhere", "一覧にある操作の記録を選んでください。", field="entry")
    values = {
        "text": require_words(fields.text, field="text", thing="実行した内容"),
        "happened_on": not_to_come(fields.happened_on),
        "entry": fields.entry,
        **leading_to(fields.target, from_=loop.subject),
    }
    event = _recorded(loop, "act", values, by=by, review_by=loop.review_by)
    _cite(loop, fields.target, by)
    if fields.closes:
        close_loop(loop=loop, reason=f"実行した：{values['text']}", by=by)
    return event


def _cite(loop: Loop, target: Section | Indicator | None, by: User | None) -> None:
    """Let the line that was changed name the decision it came of, as far as its edition is open."""
    decision = loop.events.filter(kind="decision").last()
    if target is not None and decision is not None and target.edition.locked_at is None:
        plans.cite_cause(edition=target.edition, part=target, cause=event_cause(decision), by=by)


@transaction.atomic
def close_loop(*, loop: Loop, reason: str, by: User | None) -> Loop:
    """End a loop with the reason; it stays in sight with the item."""
    loop = _held(loop, by)
    loop.closing = require_words(reason, field="reason", thing="終える理由")
    loop.closed_at = timezone.now()
    loop.review_by = None
    loop.save(update_fields=["closing", "closed_at", "review_by"])
    put_on_record("reviews.loop.closed", loop, edition=loop.edition, by=by, note=loop.closing)
    return loop


@transaction.atomic
def reopen_loop(*, loop: Loop, reason: str, by: User | None) -> Loop:
    """Take up again what had ended, with the reason."""
    loop = _locked(loop, by)
    if loop.closed_at is None:
        raise RuleViolation("loop_open", f"「{loop}」はまだ終わっていません。続きを記録できます。")
    said = require_words(reason, field="reason", thing="再び始める理由")
    old = {"closing": loop.closing}
    loop.closed_at, loop.closing = None, ""
    loop.save(update_fields=["closed_at", "closing"])
    put_on_record("reviews.loop.reopened", loop, edition=loop.edition, by=by, old=old, note=said)
    return loop


def _locked(loop: Loop, by: User | None) -> Loop:
    held = (
        Loop.objects.select_for_update(of=("self",))
        .select_related("edition__plan__organisation", "section__edition", "indicator__edition")
        .get(pk=loop.pk)
    )
    must_belong(held.edition, by)
    return held


def _held(loop: Loop, by: User | None) -> Loop:
    """The loop, its row held until the transaction ends; refused once it has ended."""
    held = _locked(loop, by)
    if held.closed_at is not None:
        raise RuleViolation(
            "loop_closed",
            f"「{held}」は終わっているため、続きを記録できません。"
            "新しい気づきとして記録するか、事務局に再開を相談してください。",
        )
    return held


def _recorded(
    loop: Loop, kind: str, values: dict[str, Any], *, by: User | None, review_by: date | None
) -> Event:
    event = Event.objects.create(loop=loop, kind=kind, by=by, **values)
    loop.stage, loop.review_by = kind, review_by
    loop.save(update_fields=["stage", "review_by"])
    put_on_record("reviews.event.recorded", event, edition=loop.edition, by=by, new={"kind": kind, **values})
    return event


def _observation(fields: Observation) -> dict[str, Any]:
    if fields.source not in words.SOURCES:
        raise RuleViolation("source_unknown", "きっかけを一覧から選んでください。", field="source")
    if not fields.evidence.strip() and fields.citation is None and fields.upload is None:
        raise RuleViolation(
            "evidence_missing",
            "根拠がありません。何を見聞きしたのかを文章で書くか、文書の行かファイルを選んでください。",
            field="evidence",
        )
    return {
        "text": require_words(fields.text, field="text", thing="気づいたこと"),
        "happened_on": not_to_come(fields.happened_on),
        "source": fields.source,
        "evidence": fields.evidence.strip(),
        "citation": fields.citation,
    }


def _attach(event: Event, upload: Upload | None, by: User | None) -> None:
    """Keep a file with what was noticed, as received."""
    if upload is None:
        return
    edition = event.loop.edition
    document = keep_document(
        organisation=edition.plan.organisation,
        name=upload.name,
        data=upload.data,
        title=upload.name,
        media_type=upload.media_type,
        lines=(),
        by=by,
    )
    made = Attachment.objects.create(event=event, document=document)
    put_on_record(
        "reviews.observation.attached", made, edition=edition, by=by, new={"document": str(document)}
    )


def _headline(text: str) -> str:
    """The first sentence, cut where it would not fit a list."""
    first = text.splitlines()[0].partition("。")[0]
    return first if len(first) <= LONGEST_TITLE else f"{first[: LONGEST_TITLE - 1]}…"
