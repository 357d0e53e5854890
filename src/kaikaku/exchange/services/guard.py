"""What every write passes: whose it is, who may, that the row is held, how it is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models

from kaikaku.audit.services import record
from kaikaku.core.errors import RuleViolation
from kaikaku.exchange.models import Assignment, Request
from kaikaku.org.access import allowed
from kaikaku.org.queries import department_ids_of
from kaikaku.org.roles import Role

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User


def must_belong(organisation_id: int | None, by: User | None) -> None:
    """Refuse a person of another government; pages answer 404 long before (this is the second lock)."""
    if by is not None and by.organisation_id != organisation_id:
        raise RuleViolation(
            "foreign_organisation",
            "ほかの団体の応援には記録できません。自分の団体の依頼を選んでください。",
        )


def must_be_office(organisation_id: int | None, by: User | None) -> None:
    """Only 人事担当 (the secretariat); None is the system itself."""
    must_belong(organisation_id, by)
    if by is not None and not allowed(by, Role.SECRETARIAT):
        raise RuleViolation("exchange.office_only", "この手続ができるのは事務局（人事担当）だけです。")


def must_be_chief(department_id: int, by: User | None) -> None:
    """Only the 所属長 of the section, or one above it."""
    if by is not None and department_id not in department_ids_of(by, None, Role.CHIEF):
        raise RuleViolation("exchange.chief_only", "この手続ができるのは、その所属の所属長だけです。")


def must_ask(request: Request, by: User | None) -> None:
    """The chief of the section that asked, or the office on their behalf."""
    must_belong(request.department.organisation_id, by)
    if by is not None and not allowed(by, Role.SECRETARIAT):
        must_be_chief(request.department_id, by)


def held_request(request: Request) -> Request:
    """The request, its row held until the transaction ends."""
    return (
        Request.objects.select_for_update(of=("self",))
        .select_related("scheme", "department__organisation")
        .get(pk=request.pk)
    )


def open_request(request: Request) -> Request:
    """As `held_request`; refused once it is no longer open."""
    held = held_request(request)
    if held.state != "open":
        raise RuleViolation(
            "exchange.request_closed",
            f"「{held}」は{held.get_state_display()}のため、変更できません。新しい依頼として登録してください。",
        )
    return held


def held_assignment(assignment: Assignment) -> Assignment:
    """The assignment, its row held until the transaction ends."""
    return (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("request__scheme", "request__department__organisation", "user", "home")
        .get(pk=assignment.pk)
    )


def require_words(text: str, *, field: str, thing: str) -> str:
    """The text without blanks around it; refused when nothing is left."""
    stripped = text.strip()
    if not stripped:
        raise RuleViolation("words_missing", f"{thing}を入力してください。", field=field)
    return stripped


def in_order(first: date, last: date) -> None:
    """Refuse a period that ends before it starts."""
    if last < first:
        raise RuleViolation("exchange.period", "終わりの日は、始まりの日より前にはできません。", field="last")


def changed(row: models.Model, **values: Any) -> None:
    """Write these columns."""
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))


def put_on_record(
    action: str,
    row: models.Model,
    *,
    organisation: Organisation,
    by: User | None,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    note: str = "",
) -> None:
    """One entry of the log; empty values are left out."""
    empty: tuple[Any, ...] = (None, "", [], ())
    record(
        action,
        on=row,
        by=by,
        organisation=organisation,
        old=None if old is None else {name: plain(value) for name, value in old.items()},
        new={name: plain(value) for name, value in (new or {}).items() if value not in empty},
        note=note,
    )


def plain(value: Any) -> Any:
    """A value as the log keeps it: rows by name and key, days as text."""
    if isinstance(value, models.Model):
        return f"{value}（#{value.pk}）"
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
