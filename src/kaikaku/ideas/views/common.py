"""What the pages of ideas share: who may, where one is, how a form's page works."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from django.urls import reverse

from kaikaku.org.access import PageOf, found_for
from kaikaku.org.roles import Role
from kaikaku.ui import views
from kaikaku.ui.views import Crumbs

if TYPE_CHECKING:
    from kaikaku.ideas.models import Campaign, Casebook, Idea, Realisation
    from kaikaku.org.models import User

Part = TypeVar("Part")
STAFF = Role.EMPLOYEE
OFFICE = Role.SECRETARIAT
LABEL = "職員提案"
change_page = partial(views.change_page, template="ideas/form.html")


def found(find: Callable[[User, int], Part], *roles: Role) -> PageOf[Part]:
    """A page about one thing for these roles; for all who work here where none is named."""
    return found_for(find, *(roles or (STAFF,)))


def link(name: str, row: Any) -> str:
    return reverse(f"ideas:{name}", args=[row.pk])


def root() -> Crumbs:
    return [(LABEL, reverse("ideas:index"))]


def at_campaign(campaign: Campaign) -> Crumbs:
    return [*root(), (campaign.title, link("campaign", campaign))]


def at_idea(idea: Idea) -> Crumbs:
    return [*at_campaign(idea.campaign), (idea.title, link("idea", idea))]


def at_realisation(realisation: Realisation) -> Crumbs:
    return [*at_campaign(realisation.campaign), (realisation.title, link("realisation", realisation))]


def at_casebook(casebook: Casebook) -> Crumbs:
    return [*at_campaign(casebook.campaign), (casebook.title, link("casebook", casebook))]


def keys_of(values: list[str]) -> list[int]:
    """The whole numbers among what came along."""
    return [int(value) for value in values if value.isdecimal() and len(value) < 12]
