"""What the pages of reviews share: who may, where one is, how a form's page works."""

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
from kaikaku.reviews import queries
from kaikaku.ui.views import form_page

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.plans.models import Edition, Indicator, Section
    from kaikaku.reviews.models import AgendaItem, Loop, Meeting

Part = TypeVar("Part")
Crumbs = list[tuple[str, str]]
FORM = "reviews/form.html"
LABEL = "点検・見直し"


def found_for(
    find: Callable[[User, int], Part], *roles: Role
) -> Callable[[Callable[[HttpRequest, Part], HttpResponse]], Callable[[HttpRequest, int], HttpResponse]]:
    """A page about one thing for these roles: found first, so that a stranger gets 404 and not 403."""

    def decorate(
        view: Callable[[HttpRequest, Part], HttpResponse],
    ) -> Callable[[HttpRequest, int], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, pk: int) -> HttpResponse:
            part = find(user_of(request), pk)
            if roles:
                require(request.user, *roles)
            return view(request, part)

        return guarded

    return decorate


def keep_in_view(request: HttpRequest, edition: Edition) -> None:
    """Tell the frame around the page which edition the header's switch stands at."""
    request.edition_in_view = edition.pk  # type: ignore[attr-defined]


def subject_url(subject: Section | Indicator) -> str:
    return reverse(f"reviews:{subject._meta.model_name}", args=[subject.pk])


def loop_url(loop: Loop) -> str:
    return f"{subject_url(loop.subject)}#loop-{loop.pk}"


def meeting_url(meeting: Meeting) -> str:
    return reverse("reviews:meeting", args=[meeting.pk])


def item_url(item: AgendaItem) -> str:
    return reverse("reviews:item", args=[item.pk])


def root_crumbs() -> Crumbs:
    return [(LABEL, reverse("reviews:index"))]


def subject_crumbs(subject: Section | Indicator) -> Crumbs:
    return [*root_crumbs(), (subject.edition.title, ""), (str(subject), subject_url(subject))]


def meeting_crumbs(meeting: Meeting) -> Crumbs:
    return [("会議", reverse("reviews:meetings")), (meeting.title, meeting_url(meeting))]


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
    initial, quoted (what the form is about, above it).
    """
    context = {
        "title": title,
        "lead": more.pop("lead", ""),
        "submit": more.pop("submit", "記録する"),
        "cancel_url": back,
        "next": more.pop("next", ""),
        "quoted": more.pop("quoted", ()),
        "breadcrumbs": [*crumbs, (title, "")],
        **more.pop("context", {}),
    }
    more.setdefault("success_url", lambda _: back)
    make_form = partial(make_form, **more.pop("form_kwargs", {}))
    return form_page(request, make_form, more.pop("template", FORM), save=save, context=context, **more)


def small_step(request: HttpRequest, do: Callable[[], Any], *, done: str, back: str) -> HttpResponse:
    """A button that does one thing and comes back, with what was done or why not."""
    try:
        do()
    except RuleViolation as violation:
        messages.error(request, violation.message)
    else:
        messages.success(request, done)
    return HttpResponseRedirect(back)


def quoted_events(loop: Loop) -> tuple[tuple[str, str], ...]:
    """What has been recorded so far, to be read above the form of the next step."""
    return tuple((event.get_kind_display(), event.text) for event in queries.events_of(loop))
