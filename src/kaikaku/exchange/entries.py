"""What the services of exchange take in: frozen values, made by a form or by a script."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kaikaku.org.models import Department
    from kaikaku.sources.models import Citation


@dataclass(frozen=True, slots=True)
class RequestFields:
    """What a section asks for. `minutes` is the time a week of each of `people`."""

    title: str
    duties: str
    first: date
    last: date
    minutes: int
    people: int = 1
    skills: tuple[str, ...] = ()
    reconsulted: str = ""


@dataclass(frozen=True, slots=True)
class ProfileFields:
    """A person's own entry in the talent bank; `overtime` in hours of the last month."""

    grade: str
    occupation: str
    skills: tuple[str, ...] = ()
    wishes: tuple[Department, ...] = ()
    note: str = ""
    listed: bool = True
    overtime: int = 0


@dataclass(frozen=True, slots=True)
class WorkFields:
    """A day's work. `over_because` is needed where the week's cap is passed."""

    day: date
    minutes: int
    text: str
    over_because: str = ""


@dataclass(frozen=True, slots=True)
class ReportFields:
    """The receiving chief's report at the end, with the evaluation."""

    ended_on: date
    outcome: str
    text: str
    learnt: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a document tells of a scheme; a change is up | down | same, "" where it does not say."""

    scheme: str
    citation: Citation
    fiscal_year: int | None = None
    projects: int | None = None
    projects_change: str = ""
    participants: int | None = None
    participants_change: str = ""
    note: str = ""
