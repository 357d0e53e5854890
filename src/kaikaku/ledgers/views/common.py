"""What the pages of ledgers share: who may, where one is, how a form's page works."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kaikaku.core.errors import RuleViolation
from kaikaku.org.access import require, user_of
from kaikaku.org.roles import Role
from kaikaku.ui.views import form_page

if TYPE_CHECKING:
    from kaikaku.ledgers.models import Ledger, Record
    from kaikaku.org.models import User

Part = TypeVar("Part")
Crumbs = list[tuple[str, str]]
STAFF = Role.EMPLOYEE
OFFICE = Role.SECRETARIAT
LABEL = "台帳"


def found(
    find: Callable[[User, int], Part], *roles: Role
) -> Callable[[Callable[[HttpRequest, Part], HttpResponse]], Callable[[HttpRequest, int], HttpResponse]]:
    """A page about one thing for these roles: found first, so that a stranger gets 404 and not 403."""

    def decorate(
        view: Callable[[HttpRequest, Part], HttpResponse],
    ) -> Callable[[HttpRequest, int], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, pk: int) -> HttpResponse:
            part = find(user_of(request), pk)
            require(request.user, *(roles or (STAFF,)))
            return view(request, part)

        return guarded

    return decorate


def link(name: str, row: Any) -> str:
    return reverse(f"ledgers:{name}", args=[row.pk])


def root() -> Crumbs:
    return [(LABEL, reverse("ledgers:index"))]


def at_ledger(ledger: Ledger) -> Crumbs:
    return [*root(), (ledger.name, link("ledger", ledger))]


def at_record(record: Record) -> Crumbs:
    return [*at_ledger(record.ledger), (record.title, link("record", record))]


def change_page(
    request: HttpRequest,
    make_form: Any,
    *,
    title: str,
    crumbs: Crumbs,
    save: Callable[[Any], Any],
    back: str,
    **more: Any,
) -> HttpResponse:
    """A page with one form that goes back to where it came from; `more` may say lead, submit, message,
    initial, next, form_kwargs, template, success_url, context.
    """
    context = {
        "title": title,
        "lead": more.pop("lead", ""),
        "submit": more.pop("submit", "保存する"),
        "cancel_url": back,
        "next": more.pop("next", ""),
        "breadcrumbs": [*crumbs, (title, "")],
        **more.pop("context", {}),
    }
    more.setdefault("success_url", lambda _: back)
    make_form = partial(make_form, **more.pop("form_kwargs", {}))
    template = more.pop("template", "ui/form_page.html")
    return form_page(request, make_form, template, save=save, context=context, **more)


def press(request: HttpRequest, do: Callable[[], Any], *, done: str, back: str) -> HttpResponse:
    """A button that does one thing and comes back, with what was done or why not."""
    try:
        do()
    except RuleViolation as violation:
        messages.error(request, violation.message)
    else:
        messages.success(request, done)
    return HttpResponseRedirect(back)
