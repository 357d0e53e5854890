"""What forms of controls offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaikaku.controls.models import Control
from kaikaku.controls.queries.access import incidents_for, risks_for, writes_for
from kaikaku.org.queries import department_choices, organisation_of

if TYPE_CHECKING:
    from kaikaku.controls.models import Incident
    from kaikaku.org.models import User

Choices = list[tuple[int, str]]
MOST = 60


def section_choices(user: User) -> Choices:
    """The sections for which the user may write."""
    own = writes_for(user)
    return [(pk, name) for pk, name in department_choices(user) if own is None or pk in own]


def risk_choices(user: User) -> Choices:
    """The risks looked after."""
    return [(risk.pk, str(risk)[:MOST]) for risk in risks_for(user).filter(retired_on__isnull=True)]


def control_choices(user: User, *, near: int | None = None, after: Incident | None = None) -> Choices:
    """The controls in use, with the number of their risk: those of the same risk as `near`; after an incident
    those of its risks, or of the section where it happened.
    """
    rows = Control.objects.filter(
        risk__organisation=organisation_of(user), retired_on__isnull=True, risk__retired_on__isnull=True
    ).select_related("risk")
    if near is not None:
        rows = rows.filter(risk__controls=near)
    elif after is not None:
        risks = after.risks.all()
        rows = rows.filter(risk__in=risks) if risks else rows.filter(risk__department=after.department_id)
    return [(row.pk, f"{row.risk.code} {row.text}"[:MOST]) for row in rows]


def incident_choices(user: User) -> Choices:
    """The incidents, latest first."""
    return [(row.pk, row.title[:MOST]) for row in incidents_for(user)]
