"""How an entry becomes the text that is hashed. Changing anything here breaks every chain ever written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model


@dataclass(frozen=True, slots=True)
class Sealed:
    """All of an entry that its hash covers."""

    organisation: int | None
    number: int
    at: datetime
    by: int | None
    on_behalf: str
    action: str
    subject_type: str
    subject_id: str
    subject_label: str
    old: Any
    new: Any
    note: str
    previous_hash: str

    def hash(self) -> str:
        """SHA-256 over the canonical JSON: keys sorted, no blanks, UTF-8, the instant in UTC."""
        content = {name: getattr(self, name) for name in self.__slots__}
        content["at"] = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def plain(value: Any) -> Any:
    """`value` as JSON that both databases give back unchanged.

    Decimals and dates become text; a row becomes its name and number, readable when it has long been renamed;
    a float is refused, because PostgreSQL's jsonb prints it in its own way.
    """
    if value is None or isinstance(value, bool | int | str):
        # jsonb cannot hold NUL; keep a visible mark of it
        return value.replace("\x00", "\ufffd") if isinstance(value, str) else value
    if isinstance(value, Model):
        return f"{plain(str(value))} (#{value.pk})"
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in (sorted(value) if isinstance(value, set | frozenset) else value)]
    raise TypeError(
        f"{type(value).__name__} cannot be recorded; give text, a number, a date, a list or a dict"
    )
