"""What every write of this app passes: whose it is, whether the words are there, how it is put on record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.db import models

from kaikaku.audit.services import record
from kaikaku.core.errors import RuleViolation
from kaikaku.org.queries import today

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.plans.models import Edition, Indicator, Section


def must_belong(edition: Edition, by: User | None) -> None:
    """Refuse a person of another government; pages answer 404 long before (this is the second lock)."""
    if by is not None and by.organisation_id != edition.plan.organisation_id:
        raise RuleViolation(
            "foreign_organisation",
            "ほかの団体のプランには記録できません。自分の団体のプランを選んでください。",
        )


def require_words(text: str, *, field: str, thing: str) -> str:
    """The text without blanks around it; refused when nothing is left."""
    stripped = text.strip()
    if not stripped:
        raise RuleViolation("words_missing", f"{thing}を入力してください。", field=field)
    return stripped


def not_to_come(day: date, *, field: str = "happened_on") -> date:
    """The day; refused when it has not come yet, since only what has happened is recorded."""
    if day > today():
        raise RuleViolation(
            "day_to_come", "日付がまだ来ていません。今日までの日付を入力してください。", field=field
        )
    return day


def still_to_come(day: date | None, *, after: date) -> date | None:
    """A day to look again; refused unless it is later than what it follows."""
    if day is not None and day <= after:
        raise RuleViolation(
            "review_before_decision",
            "見直しの期限が、決めた日より前になっています。決めた日より後の日付を入力してください。",
            field="review_by",
        )
    return day


def edition_of(subject: Section | Indicator) -> Edition:
    """The edition of an item in sight; refused for what has been removed from view."""
    if subject.removed_at is not None:
        raise RuleViolation(
            "subject_removed", f"「{subject}」は削除済みのため記録できません。ほかの項目を選んでください。"
        )
    return subject.edition


def about(subject: Section | Indicator) -> dict[str, Any]:
    """The columns of a row about this item."""
    return {"edition": subject.edition, subject._meta.model_name or "": subject}


def leading_to(target: Section | Indicator | None, *, from_: Section | Indicator) -> dict[str, Any]:
    """The columns that point at the line that was changed; refused outside the same plan."""
    if target is not None and (
        target.edition.plan_id != from_.edition.plan_id or target.removed_at is not None
    ):
        raise RuleViolation("target_elsewhere", "同じプランの見出しか指標を選んでください。", field="target")
    columns: dict[str, Any] = {"to_section": None, "to_indicator": None}
    if target is not None:
        columns[f"to_{target._meta.model_name}"] = target
    return columns


def put_on_record(
    action: str,
    row: models.Model,
    *,
    edition: Edition,
    by: User | None,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    note: str = "",
) -> None:
    """One entry of the log; empty values are left out."""
    record(
        action,
        on=row,
        by=by,
        organisation=edition.plan.organisation,
        old=None if old is None else {name: plain(value) for name, value in old.items()},
        new={name: plain(value) for name, value in (new or {}).items() if value not in (None, "", [], ())},
        note=note,
    )


def plain(value: Any) -> Any:
    """A value as the log keeps it: other rows by name and key, days as text."""
    if isinstance(value, models.Model):
        return f"{value}（#{value.pk}）"
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return value
