"""What the pages of plans share: who may write, where one is, where one goes back to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from django.http import HttpRequest
from django.urls import reverse

from kaikaku.org.access import PageOf, allowed, found_for
from kaikaku.org.roles import Role
from kaikaku.plans import queries
from kaikaku.ui.views import Crumbs

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.plans.models import Edition, Indicator, Plan, Section

Part = TypeVar("Part")
FORM = "ui/form_page.html"


def writing(find: Callable[[User, int], Part]) -> PageOf[Part]:
    """A page where the secretariat changes something."""
    return found_for(find, Role.SECRETARIAT)


def may_write(request: HttpRequest, edition: Edition | None = None) -> bool:
    """Whether to offer what changes an edition: the secretariat, while it is not locked."""
    return allowed(request.user, Role.SECRETARIAT) and (edition is None or edition.locked_at is None)


def sees_causes(request: HttpRequest) -> bool:
    """Whether what led to a change is shown: to those who work here, who may read all that was noticed."""
    return allowed(request.user, Role.EMPLOYEE)


def keep_in_view(request: HttpRequest, edition: Edition) -> None:
    """Tell the frame around the page which edition the header's switch stands at."""
    request.edition_in_view = edition.pk  # type: ignore[attr-defined]


def plan_crumbs(plan: Plan) -> Crumbs:
    return [("プラン", reverse("plans:index")), (plan.name, reverse("plans:plan", args=[plan.pk]))]


def edition_crumbs(edition: Edition) -> Crumbs:
    """Down to the edition, by its own name beside the plan's."""
    return [*plan_crumbs(edition.plan), (edition.own_name, edition_url(edition))]


def section_crumbs(section: Section) -> Crumbs:
    """From the edition down to the section: its own title last."""
    path = queries.path_of(section)
    return [*edition_crumbs(section.edition), *((str(one), section_url(one)) for one in path)]


def indicator_crumbs(indicator: Indicator) -> Crumbs:
    above = section_crumbs(indicator.section) if indicator.section else edition_crumbs(indicator.edition)
    return [*above, (indicator.name, indicator_url(indicator))]


def edition_url(edition: Edition) -> str:
    return reverse("plans:edition", args=[edition.pk])


def section_url(section: Section) -> str:
    return reverse("plans:section", args=[section.pk])


def indicator_url(indicator: Indicator) -> str:
    return reverse("plans:indicator", args=[indicator.pk])


def is_draft(edition: Edition) -> bool:
    """Whether an edition is being drafted from the one before it."""
    return edition.drafted_from_id is not None and edition.state == "draft"


def after_ending(edition: Edition, stays: str) -> str:
    """Where an end leads: what ends in a draft of a next edition is seen only in its list of changes."""
    if is_draft(edition):
        return reverse("plans:changes", args=[edition.pk])
    return stays


def redirect_keeping(request: HttpRequest, default: str) -> str:
    """Where a small button leads back to; only an address of our own is followed."""
    asked = request.POST.get("back", "")
    return asked if asked.startswith("/") and not asked.startswith("//") else default
