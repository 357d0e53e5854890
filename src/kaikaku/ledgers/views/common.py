"""What the pages of ledgers share: who may, where one is, how a form's page works."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.urls import reverse

from kaikaku.org.access import PageOf, found_for
from kaikaku.org.roles import Role
from kaikaku.ui.views import Crumbs

if TYPE_CHECKING:
    from kaikaku.ledgers.models import Ledger, Record
    from kaikaku.org.models import User

Part = TypeVar("Part")
STAFF = Role.EMPLOYEE
OFFICE = Role.SECRETARIAT
LABEL = "台帳"


def found(find: Callable[[User, int], Part], *roles: Role) -> PageOf[Part]:
    """A page about one thing for these roles; for all who work here where none is named."""
    return found_for(find, *(roles or (STAFF,)))


def link(name: str, row: Any) -> str:
    return reverse(f"ledgers:{name}", args=[row.pk])


def root() -> Crumbs:
    return [(LABEL, reverse("ledgers:index"))]


def at_ledger(ledger: Ledger) -> Crumbs:
    return [*root(), (ledger.name, link("ledger", ledger))]


def at_record(record: Record) -> Crumbs:
    return [*at_ledger(record.ledger), (record.title, link("record", record))]
