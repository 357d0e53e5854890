"""What the pages of controls share: who may, where one is, how a form's page works."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from kaikaku.controls import queries
from kaikaku.org.access import require
from kaikaku.org.roles import Role
from kaikaku.ui import views
from kaikaku.ui.views import Crumbs

if TYPE_CHECKING:
    from kaikaku.controls.models import ControlYear, Incident, Risk
    from kaikaku.org.models import User

STAFF = Role.EMPLOYEE
OFFICE = Role.SECRETARIAT
# Who writes lines of the register and reports incidents: the office, and those who answer for a section.
WRITERS = (Role.SECRETARIAT, *queries.CHECKERS)
LABEL = "内部統制"
change_page = partial(views.change_page, template="controls/form.html")


def link(name: str, row: Any) -> str:
    return reverse(f"controls:{name}", args=[row.pk])


def root() -> Crumbs:
    return [(LABEL, reverse("controls:index"))]


def at_risk(risk: Risk) -> Crumbs:
    return [*root(), (risk.code, link("risk", risk))]


def at_year(year: ControlYear) -> Crumbs:
    return [*root(), ("年度の評価", reverse("controls:years")), (str(year), link("year", year))]


def at_incidents() -> Crumbs:
    return [*root(), ("事故・ミス", reverse("controls:incidents"))]


def at_incident(incident: Incident) -> Crumbs:
    return [*at_incidents(), (incident.title, link("incident", incident))]


def must_write(user: User, department: int) -> None:
    """403 to whoever does not answer for this section."""
    require(user, *WRITERS)
    if not queries.may_edit(user, department):
        raise PermissionDenied("この所属の記録を書けるのは、その所属の担当・所属長と事務局です。")


def initial_of(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
