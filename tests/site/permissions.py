"""Who may open what. Each app lists its own addresses in tests/<app>/permissions.py as `ROWS`.

ROWS = {
    "org:departments": Row(OFFICE),
    "org:department": Row(OFFICE, lambda cast: {"pk": cast.zeimu.pk}),
    "org:deactivate": Row(OFFICE, lambda cast: {"pk": cast.sato.pk}, post={}),
}
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from kaikaku.org.roles import Role
from tests.cast import Cast

EVERYONE = tuple(Role)
OFFICE = (Role.SECRETARIAT, Role.IT)
PUBLIC = ()


@dataclass(frozen=True)
class Row:
    """One address: who may (PUBLIC: even nobody), its arguments, and what to send if it only takes POST.

    `make` builds in さくら県 what the address needs and returns its arguments; `query` is put after it.
    `own` marks an address whose arguments name nothing of an organisation's: a stranger gets their own.
    """

    allowed: tuple[Role, ...]
    make: Callable[[Cast], Mapping[str, Any]] | None = None
    post: Mapping[str, Any] | None = None
    query: str = ""
    own: bool = False


def rows() -> dict[str, Row]:
    """All rows of all apps."""
    found: dict[str, Row] = {}
    for app in settings.KAIKAKU_APPS:
        if find_spec(f"tests.{app}") and find_spec(f"tests.{app}.permissions"):
            found.update(import_module(f"tests.{app}.permissions").ROWS)
    found.update(import_module("tests.site.own_permissions").ROWS)
    return found


def names() -> list[str]:
    """The names of all addresses but the admin's, `app:name`."""
    return sorted(_names(get_resolver().url_patterns, ""))


def _names(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}" if pattern.name else f"(no name) {pattern.pattern}"
        elif pattern.namespace != "admin":
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern.url_patterns, space)
