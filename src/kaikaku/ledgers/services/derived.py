"""What is kept beside a record's values so that it can be found: title, search keys, the nearest alert."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from kaikaku.ledgers.kind import FieldSpec, Kind
from kaikaku.ledgers.models import Record
from kaikaku.ledgers.values import Departments, show_value
from kaikaku.ui.search import search_key

DERIVED = ("title", "staff_key", "public_key", "alert_field", "alert_due", "alert_from")


def derive(record: Record, kind: Kind, departments: Departments) -> None:
    """Set what follows from the record's values and state."""

    def key_of(fields: Iterable[FieldSpec]) -> str:
        shown = (show_value(field, record.values.get(field.code), departments) for field in fields)
        return search_key("\n".join(filter(None, shown)))

    record.title = str(record.values.get(kind.title, ""))[:300] or "（無題）"
    record.staff_key = key_of(field for field in kind.lasting if not field.roles)
    record.public_key = key_of(field for field in kind.lasting if field.public)
    record.alert_field, record.alert_due, record.alert_from = _nearest(record, kind)


def _nearest(record: Record, kind: Kind) -> tuple[str, date | None, date | None]:
    if record.state in kind.closed or record.withdrawn_at is not None:
        return "", None, None
    found = []
    for alert in kind.alerts:
        stored = record.values.get(alert.field)
        if stored is not None:
            due = date.fromisoformat(stored)
            found.append((due - timedelta(days=alert.days[0]), due, alert.field))
    if not found:
        return "", None, None
    first, due, field = min(found)
    return field, due, first
