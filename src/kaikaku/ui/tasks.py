"""What apps announce to the person's page: one shape for all that waits, was sent, is late or is undecided.

`home` collects by name, through the app registry, what the `queries` of an installed app offer:

    tasks_for(user)       what waits for this person, by when
    sent_for(user)        what this person has sent on, and where it stands
    late_sheets(user)     who is late (for the dashboard)
    open_decisions(user)  what is still to be decided (for the dashboard)
    handover_of(post, on=)  what belongs to a post and is handed over with it, under its headings
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits: what is to be done, with what, where, until when, and how it stands."""

    what: str
    title: str
    url: str
    due: date | None = None
    late: bool = False
    state: str = ""


@dataclass(frozen=True, slots=True)
class Handed:
    """What a post hands over under one heading; `nothing` is said where there is none."""

    title: str
    tasks: Sequence[Task]
    nothing: str
