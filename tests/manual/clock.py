"""A fixed day for the pictures: what is asked of Django's clock is answered from here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

JAPAN = ZoneInfo("Asia/Tokyo")


class Clock:
    """Stands for the class that `django.utils.timezone.now` asks; it moves only when told to."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self, tz: tzinfo | None = None) -> datetime:
        return self.at.astimezone(tz or UTC)

    def set(self, year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> None:
        self.at = datetime(year, month, day, hour, minute, tzinfo=JAPAN)

    def pass_minutes(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)


@contextmanager
def standing() -> Iterator[Clock]:
    """Stop the clock. The function itself is kept in the defaults of models, so what it asks is replaced."""
    clock = Clock(datetime(2026, 4, 1, 9, 0, tzinfo=JAPAN))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "datetime", clock)
        yield clock
