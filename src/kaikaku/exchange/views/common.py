"""What the pages of exchange share: who may, where one is, how a form's page works."""

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
    from kaikaku.exchange.models import Assignment, Request
    from kaikaku.org.models import User

Part = TypeVar("Part")
STAFF = Role.EMPLOYEE
OFFICE = Role.SECRETARIAT
LABEL = "庁内の応援"
change_page = partial(views.change_page, template="exchange/form.html")


def found(find: Callable[[User, int], Part], *roles: Role) -> PageOf[Part]:
    """A page about one thing for these roles; for all who work here where none is named."""
    return found_for(find, *(roles or (STAFF,)))


def link(name: str, row: Any) -> str:
    return reverse(f"exchange:{name}", args=[row.pk])


def root() -> Crumbs:
    return [(LABEL, reverse("exchange:index"))]


def at_request(asked: Request) -> Crumbs:
    return [*root(), (asked.title, link("request", asked))]


def at_assignment(assignment: Assignment) -> Crumbs:
    return [*at_request(assignment.request), (f"{assignment.user}さん", link("assignment", assignment))]
