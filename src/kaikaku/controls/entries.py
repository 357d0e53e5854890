"""What the services of controls take in: frozen values, made by a form or by a script."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kaikaku.controls.models import Incident
    from kaikaku.org.models import Department


@dataclass(frozen=True, slots=True)
class YearFields:
    """What is decided for a year: the policy, what is in scope, and until when sections answer."""

    policy: str
    scope: str
    due: date
    system: str = ""


@dataclass(frozen=True, slots=True)
class RiskFields:
    """A line of the register. `money` is the loss to be expected, in 円; `quality` the harm in words."""

    department: Department
    process: str
    event: str
    cause: str
    category: str
    likelihood: int
    impact: int
    response: str = "reduce"
    money: Decimal | None = None
    quality: str = ""
    owner: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class ControlFields:
    """What is done about a risk: what, of which type, by whom, and by what one sees that it was done."""

    text: str
    type: str
    means: str
    evidence: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class DeficiencyFields:
    """A deficiency: `void` says why it is none after all."""

    kind: str
    found_on: date
    text: str
    cause: str = ""
    remedy: str = ""
    material: bool = False
    mended_on: date | None = None
    source: str = "audit"
    void: str = ""
    incident: Incident | None = None


@dataclass(frozen=True, slots=True)
class IncidentFields:
    """What went wrong, when, in which work of which section, why, and what was done."""

    department: Department
    title: str
    happened_on: date
    process: str
    what: str
    cause: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class OpinionFields:
    """監査委員の意見, and the days on which the report went on its way."""

    opinion: str
    opinion_on: date | None = None
    assembly_on: date | None = None
