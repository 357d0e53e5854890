"""What every write of this app passes: whose edition it is, whether it is open, and how a change is put on
record.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from kaikaku.audit.services import record
from kaikaku.core.errors import RuleViolation
from kaikaku.plans.models import Edition, Plan, Section

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User


def open_edition(edition: Edition, by: User | None) -> Edition:
    """The edition, its row held until the transaction ends; refused when it is another's or locked.

    `by` None is the system itself (a command run on the machine).
    """
    held = (
        Edition.objects.select_for_update(of=("self",))
        .select_related("plan__organisation")
        .get(pk=edition.pk)
    )
    must_belong(held.plan.organisation, by)
    if held.locked_at is not None:
        raise RuleViolation(
            "edition_locked",
            f"「{held.title}」は確定済みのため変更できません。"
            "変更が必要なときは、事務局が版の画面で確定を解除してください。",
            edition=held.pk,
        )
    return held


def must_belong(organisation: Organisation, by: User | None) -> None:
    """Refuse a person of another organisation; pages answer 404 long before, so that this is the second
    lock.
    """
    if by is not None and by.organisation_id != organisation.pk:
        raise RuleViolation(
            "foreign_organisation", "ほかの団体のプランは変更できません。自分の団体のプランを選んでください。"
        )


def take_codes(plan: Plan, prefix: str, *, count: int = 1) -> list[str]:
    """Draw `count` opaque codes from the plan's counter, which only rises: a code is never used again."""
    held = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    first = held.last_code + 1
    held.last_code += count
    held.save(update_fields=["last_code"])
    return [f"{prefix}{number:05d}" for number in range(first, first + count)]


def require_words(text: str, *, field: str, thing: str) -> str:
    """The text without blanks around it; refused when nothing is left."""
    stripped = text.strip()
    if not stripped:
        raise RuleViolation("words_missing", f"{thing}を入力してください。", field=field)
    return stripped


def next_position(rows: models.QuerySet[Any]) -> int:
    """The position after the last of `rows`; those removed count too, so that the order of history stands."""
    last: int | None = rows.aggregate(last=models.Max("position"))["last"]
    return 0 if last is None else last + 1


def change(
    row: models.Model, values: dict[str, Any], *, action: str, by: User | None, note: str = ""
) -> bool:
    """Set what differs, save just that and put old and new on record; False when nothing differs."""
    edition = getattr(row, "edition", None)
    old = {name: plain(getattr(row, name)) for name in values}
    new = {name: plain(value) for name, value in values.items()}
    changed = [name for name in values if old[name] != new[name]]
    if not changed:
        return False
    for name in changed:
        setattr(row, name, values[name])
    row.save(update_fields=changed)
    record(
        action,
        on=row,
        by=by,
        organisation=_organisation_of(row, edition),
        old={name: old[name] for name in changed},
        new={name: new[name] for name in changed},
        note=note,
    )
    return True


def added(row: models.Model, values: dict[str, Any], *, action: str, by: User | None, note: str = "") -> None:
    """Put a new row on record with what was given for it."""
    new = {name: plain(value) for name, value in values.items()}
    record(
        action,
        on=row,
        by=by,
        organisation=_organisation_of(row, getattr(row, "edition", None)),
        old=None,
        new={name: value for name, value in new.items() if value not in (None, "", [], {})},
        note=note,
    )


def take_from_view(row: models.Model, *, action: str, by: User | None, reason: str) -> None:
    """Remove a row from view with its reason; the row and its history stay."""
    said = require_words(reason, field="reason", thing="削除する理由")
    values = {"removed_at": timezone.now().replace(microsecond=0), "end_reason": said}
    change(row, values, action=action, by=by, note=said)


def plain(value: Any) -> Any:
    """A field's value as the log keeps it: JSON, numbers as text, other rows as name and key."""
    if isinstance(value, models.Model):
        return f"{value}（#{value.pk}）"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    return value


def keys_below(section: Section) -> set[int]:
    """The keys of a section and of all below it."""
    children: dict[int | None, list[int]] = {}
    rows = Section.objects.filter(edition_id=section.edition_id).values_list("pk", "parent_id")
    for key, parent in rows:
        children.setdefault(parent, []).append(key)
    found, waiting = set(), [section.pk]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting.extend(children.get(key, ()))
    return found


def directions_stay(edition: Edition) -> None:
    """Refuse a change of the first level where the edition keeps it as it is."""
    if edition.directions_fixed:
        name = next(iter(edition.plan.level_names), "いちばん上の見出し")
        raise RuleViolation(
            "directions_fixed",
            f"この版では、{name}を変えないことにしています。変えるときは、先に版の画面で固定を解除してください。",
            field="title",
        )


def _organisation_of(row: Any, edition: Edition | None) -> Organisation:
    if isinstance(row, Plan):
        return row.organisation
    if isinstance(row, Edition):
        return row.plan.organisation
    if edition is not None:
        return edition.plan.organisation
    above = next(getattr(row, name) for name in ("section", "indicator", "plan") if hasattr(row, name))
    return _organisation_of(above, getattr(above, "edition", None))
