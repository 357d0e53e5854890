"""The demo lives its year on the days of the year: what is done in a scene is dated on the scene's day.

Only the command that loads the sample uses this, in a process of its own: Django's clock is set for the
moment and given back. Every row and every entry of the log is written by the same services as in real work,
and scenes are played in the order of their days, so that the log runs on as time does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

STEP = timedelta(seconds=1)  # between two looks at the clock, so that entries have an order in time
FRIDAY = 4


def workday(day: date) -> date:
    """The day, or the Friday before a weekend.

    >>> workday(date(2026, 11, 21))
    datetime.date(2026, 11, 20)
    """
    return day - timedelta(days=max(0, day.weekday() - FRIDAY))


class Clock:
    """The hands: they go on a little whenever somebody looks, and never back."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        self._now += STEP
        return self._now

    def go_on_to(self, moment: datetime) -> None:
        self._now = max(self._now, moment)


@contextmanager
def clock(start: datetime) -> Iterator[Clock]:
    """A clock that everybody in this process reads until the block ends."""
    real, hands = timezone.now, Clock(start)
    timezone.now = hands.now
    try:
        yield hands
    finally:
        timezone.now = real


def moment_of(day: date, hour: int) -> datetime:
    """This hour of this day in Japan."""
    return datetime.combine(day, time(hour), tzinfo=timezone.get_default_timezone())


@dataclass(slots=True)
class Story:
    """Scenes, told in any order and played by their days; those of one hour in the order told.

    What is told of a weekend happens on the Friday before, after all that is told of that Friday: on no
    weekday does the order of a story change.
    """

    _scenes: list[tuple[date, int, Callable[[], object]]] = field(default_factory=list)

    def on(self, day: date, scene: Callable[[], object], *, hour: int = 10) -> None:
        """What happens on the day, or on the Friday before it."""
        self._scenes.append((day, hour, scene))

    def play(self) -> None:
        scenes = sorted(self._scenes, key=lambda told: told[:2])
        with clock(moment_of(workday(scenes[0][0]), scenes[0][1])) as hands:
            for day, hour, scene in scenes:
                hands.go_on_to(moment_of(workday(day), hour))
                scene()
