"""Who may: the helpers every view asks.

Another organisation's object answers 404 (it does not exist for the stranger); one's own organisation's
page that one's role may not use answers 403 with a sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from . import queries
from .models import Organisation, User
from .roles import Role

P = ParamSpec("P")
Part = TypeVar("Part")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
# Turns a page that gets the thing itself into one that gets its key.
PageOf = Callable[[Callable[[HttpRequest, Part], HttpResponse]], Callable[[HttpRequest, int], HttpResponse]]

OFFICE = (Role.SECRETARIAT, Role.IT)
# Everyone who works here, and the experts who advise: those with any post at all.
INSIDERS = tuple(Role)


def user_of(request: HttpRequest) -> User:
    """The signed-in user. LoginRequiredMiddleware has turned everyone else away before a view runs."""
    if isinstance(request.user, AnonymousUser):
        raise PermissionDenied("ログインしてください。")
    return request.user


def roles(user: User | AnonymousUser) -> frozenset[Role]:
    """The user's roles today, looked up once per request (a request has a user object of its own)."""
    if isinstance(user, AnonymousUser):
        return frozenset()
    known: frozenset[Role] | None = user.__dict__.get("_roles_today")
    if known is None:
        known = user.__dict__["_roles_today"] = queries.roles_of(user)
    return known


def allowed(user: User | AnonymousUser, *wanted: Role) -> bool:
    """Whether the user has any of the roles today."""
    return not roles(user).isdisjoint(wanted)


def require(user: User | AnonymousUser, *wanted: Role) -> User:
    """The user, if they have any of the roles today; else PermissionDenied naming who may."""
    if isinstance(user, AnonymousUser) or not allowed(user, *wanted):
        who = "、".join(role.label for role in wanted)
        raise PermissionDenied(f"この画面は{who}だけが使えます。")
    return user


def only(*wanted: Role) -> Callable[[View[P]], View[P]]:
    """A view for these roles: `@only(Role.SECRETARIAT)`. It says itself to whom it is open (`open_to`), so
    that nobody is sent to a page that is closed to them.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            require(request.user, *wanted)
            return view(request, *args, **kwargs)

        guarded.open_to = lambda user: allowed(user, *wanted)  # type: ignore[attr-defined]
        return guarded

    return decorate


def found_for(find: Callable[[User, int], Part], *wanted: Role) -> PageOf[Part]:
    """A page about one thing, for these roles (all, where none is named): the thing is found first, so that
    a stranger gets 404 and not 403.
    """

    def decorate(
        view: Callable[[HttpRequest, Part], HttpResponse],
    ) -> Callable[[HttpRequest, int], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, pk: int) -> HttpResponse:
            part = find(user_of(request), pk)
            if wanted:
                require(request.user, *wanted)
            return view(request, part)

        return guarded

    return decorate


def own_or_404(user: User | AnonymousUser, organisation: Organisation | int | None) -> None:
    """404 unless `organisation` (or its pk) is the user's own."""
    pk = organisation.pk if isinstance(organisation, Organisation) else organisation
    if isinstance(user, AnonymousUser) or pk is None or user.organisation_id != pk:
        raise Http404
