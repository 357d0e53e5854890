"""What the services of bpr take in: frozen values, made by a form or by a script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from kaikaku.core.bpr import Work

if TYPE_CHECKING:
    from kaikaku.org.models import Department
    from kaikaku.sources.models import Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFields:
    """The face of a project. Times are minutes: `upkeep` and `exceptions` a year, `build` once."""

    department: Department
    title: str
    summary: str = ""
    fiscal_year: int | None = None
    tools: tuple[str, ...] = ()
    upkeep: Decimal = Decimal(0)
    exceptions: Decimal = Decimal(0)
    build: Decimal = Decimal(0)
    build_yen: Decimal | None = None
    upkeep_yen: Decimal | None = None
    is_public: bool = True
    origin: str = ""
    origin_url: str = ""
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class StepFields:
    """A step of the work; None where it is new, or gone. `lane_after` empty: the same hands as before."""

    name: str
    lane: str = ""
    lane_after: str = ""
    before: Work | None = None
    after: Work | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found on an occasion. `minutes` a year; None takes what the steps say."""

    occasion: str
    method: str
    counted_from: date
    minutes: Decimal | None = None
    measured_from: date | None = None
    measured_to: date | None = None
    sample: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What a document tells of a register for its years: projects started, completed, hours, by tool."""

    first_year: int
    last_year: int
    started: int | None = None
    completed: int | None = None
    hours: Decimal | None = None
    by_tool: Mapping[str, int] = field(default_factory=dict)
    note: str = ""
    citation: Citation | None = None
