"""What every write of this app passes: whose it is, whether the words are there, how it is put on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields as fields_of
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models

from kaikaku.audit.services import record
from kaikaku.controls.models import ControlYear
from kaikaku.core.errors import RuleViolation
from kaikaku.org.queries import today

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from kaikaku.org.models import Department, Organisation, User


def must_belong(organisation: Organisation, by: User | None, *departments: Department) -> None:
    """Refuse a person or a section of another government (pages answer 404 long before)."""
    if by is not None and by.organisation_id != organisation.pk:
        raise RuleViolation(
            "controls.foreign", "ほかの団体には記録できません。自分の団体のものを選んでください。"
        )
    if any(one.organisation_id != organisation.pk for one in departments):
        raise RuleViolation(
            "controls.foreign_department", "自分の団体の所属を選んでください。", field="department"
        )


def require_words(text: str, *, field: str, thing: str) -> str:
    """The text without blanks around it; refused when nothing is left."""
    said = text.strip()
    if not said:
        raise RuleViolation("controls.words", f"{thing}を入力してください。", field=field)
    return said


def not_to_come(day: date | None, *, field: str) -> None:
    """Refuse a day on which something is said to have happened and which has not come."""
    if day is not None and day > today():
        raise RuleViolation(
            "controls.day_to_come", "まだ来ていない日付です。今日までの日付にしてください。", field=field
        )


def open_year_row(year: ControlYear) -> ControlYear:
    """The year, locked; refused once its report is issued."""
    year = ControlYear.objects.select_for_update().select_related("organisation").get(pk=year.pk)
    if year.issued_at is not None:
        raise RuleViolation(
            "controls.issued", "この年度の評価報告書は確定しています。記録は次の年度に加えてください。"
        )
    return year


def values_of(entry: DataclassInstance) -> dict[str, Any]:
    """The columns that an entry gives, texts without blanks around them."""
    found = {one.name: getattr(entry, one.name) for one in fields_of(entry)}
    return {name: value.strip() if isinstance(value, str) else value for name, value in found.items()}


def revise(row: models.Model, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Put values on a row and save it; what changed, as it was and as it is."""
    old = {name: getattr(row, name) for name, value in values.items() if getattr(row, name) != value}
    for name in old:
        setattr(row, name, values[name])
    if old:
        row.save(update_fields=list(old))
    return old, {name: values[name] for name in old}


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
    record(
        action,
        on=row,
        by=by,
        organisation=organisation,
        old=None if old is None else {name: _plain(value) for name, value in old.items()},
        new={name: _plain(value) for name, value in (new or {}).items() if value not in (None, "", [], ())},
        note=note,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return f"{value}（#{value.pk}）"
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else value
