"""What the pages of imports share: who may, where one is, where one goes back to."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from kaikaku.org.access import require, user_of
from kaikaku.org.roles import Role
from kaikaku.ui.views import form_page

if TYPE_CHECKING:
    from kaikaku.ingest.models import Import, Proposal
    from kaikaku.org.models import User

Part = TypeVar("Part")


def office(
    find: Callable[[User, int], Part],
) -> Callable[[Callable[[HttpRequest, Part], HttpResponse]], Callable[[HttpRequest, int], HttpResponse]]:
    """A page of the secretariat about one thing: found first, so that a stranger gets 404 and not 403."""

    def decorate(
        view: Callable[[HttpRequest, Part], HttpResponse],
    ) -> Callable[[HttpRequest, int], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, pk: int) -> HttpResponse:
            part = find(user_of(request), pk)
            require(request.user, Role.SECRETARIAT)
            return view(request, part)

        return guarded

    return decorate


def form_about(request: HttpRequest, shown: Import, make: Any, *, title: str, **more: Any) -> HttpResponse:
    """A page with one form about an import; what form_page does not know goes into its context."""
    back = url_of(shown)
    known = ("save", "initial", "success_url", "message")
    given = {name: more.pop(name) for name in known if name in more}
    given.setdefault("success_url", lambda _: back)
    context = {
        "title": title,
        "cancel_url": back,
        "imported": shown,
        "breadcrumbs": crumbs((str(shown), back), (title, "")),
        **more,
    }
    return form_page(request, make, more.get("template", "ui/form_page.html"), context=context, **given)


def url_of(shown: Import) -> str:
    return reverse("ingest:import", args=[shown.pk])


def row_url(row: Proposal) -> str:
    """The review, opened at a row, whichever page of it that is on."""
    return reverse("ingest:at", args=[row.pk])


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("プラン", reverse("plans:index")), ("取り込み", reverse("ingest:imports")), *more]
