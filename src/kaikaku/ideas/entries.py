"""What the services of ideas take in: frozen values, made by a form or by a script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from kaikaku.ideas.axes import Axis

if TYPE_CHECKING:
    from kaikaku.ideas.models import Realisation
    from kaikaku.org.models import Department
    from kaikaku.plans.models import Edition, Indicator, Section
    from kaikaku.sources.models import Citation


@dataclass(frozen=True, slots=True)
class CampaignFields:
    """What is asked of whom until when; `edition` is where the results are published."""

    title: str
    theme: str
    opens_on: date
    closes_on: date
    audience: str = "全職員"
    rules: str = ""
    axes: tuple[Axis, ...] = ()
    likes: bool = True
    comments: bool = True
    edition: Edition | None = None
    policy: str = ""
    list_note: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneFields:
    """A day of the timeline; `text` is how it is printed where that is not one plain day."""

    title: str
    first: date
    last: date
    text: str = ""
    note: str = ""
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class IdeaFields:
    """What a proposer writes; `values` by the key of the campaign's axes."""

    title: str
    proposal: str
    problem: str = ""
    effect: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    may_publish: bool = False


@dataclass(frozen=True, slots=True)
class TriageFields:
    """A decision on ideas; what its track must say besides is checked by states.check_triage."""

    track: str
    need: str = ""
    budget_step: str = ""
    department: Department | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EvaluationFields:
    """What an evaluator found."""

    feasibility: str
    benefit: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class RealisationFields:
    """Something that became real; `hours` only where no linked record counts them."""

    title: str
    text: str = ""
    progress: str = "done"
    since: str = ""
    realised_on: date | None = None
    department: Department | None = None
    hours: Decimal | None = None
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class ListedFields:
    """A row of the published list of what was realised."""

    category: str
    title: str
    cross_listed: bool = False


@dataclass(frozen=True, slots=True)
class TrailFields:
    """Where a realisation leads: exactly one of a section, an indicator, a record's key, an address."""

    label: str = ""
    section: Section | None = None
    indicator: Indicator | None = None
    key: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class CaseFields:
    """A case of the casebook."""

    category: str
    title: str
    summary: str = ""
    before: str = ""
    after: str = ""
    steps: str = ""
    effect: str = ""
    department: Department | None = None
    realisation: Realisation | None = None
    citation: Citation | None = None
