"""What the services of reviews take in: frozen values, made by a form or by a script."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kaikaku.audit.models import Entry
    from kaikaku.plans.models import Indicator, Section
    from kaikaku.reviews.models import Loop
    from kaikaku.sources.models import Citation


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent."""

    name: str
    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Observation:
    """Something noticed: where from, and the evidence for it in words, as a cited place or as a file."""

    text: str
    happened_on: date
    source: str = "work"
    evidence: str = ""
    citation: Citation | None = None
    upload: Upload | None = None


@dataclass(frozen=True, slots=True)
class Orientation:
    """What it means, and what else it might mean or what could be done."""

    text: str
    happened_on: date
    alternatives: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided by whom, what was not chosen, and by when it is looked at again."""

    text: str
    happened_on: date
    decider: str
    rejected: str = ""
    review_by: date | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """What was done: the entry of the log that shows the change, or the line that it became."""

    text: str
    happened_on: date
    entry: Entry | None = None
    target: Section | Indicator | None = None
    closes: bool = False


@dataclass(frozen=True, slots=True)
class MeetingFields:
    """A meeting's face; a committee's has the day until which opinions are taken."""

    kind: str
    title: str
    held_on: date
    opinions_due: date | None = None
    starts_at: time | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """An item to be put on an agenda: why, and what is asked; `loop` where it comes of an observation."""

    subject: Section | Indicator
    reasons: tuple[str, ...] = ()
    question: str = ""
    loop: Loop | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a meeting settled on one item: the gist of the discussion, and the decision."""

    discussion: str
    text: str
    rejected: str = ""
    review_by: date | None = None


@dataclass(frozen=True, slots=True)
class AnswerFields:
    """対応方針; `target` is the line of another edition that the opinion changed."""

    stance: str
    text: str
    target: Section | Indicator | None = None
