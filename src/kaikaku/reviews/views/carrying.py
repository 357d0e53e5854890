"""What is still open when the next edition is drafted: taken up there, or left with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kaikaku.core.errors import RuleViolation
from kaikaku.org.access import found_for, user_of
from kaikaku.org.roles import Role
from kaikaku.plans import queries as plans
from kaikaku.reviews import queries, services, words
from kaikaku.reviews.views.common import item_url, keep_in_view, loop_url, root_crumbs

if TYPE_CHECKING:
    from kaikaku.plans.models import Edition
    from kaikaku.reviews.models import Event, Opinion


def carry_url(draft: Edition) -> str:
    return reverse("reviews:carry", args=[draft.pk])


@found_for(plans.edition_for, Role.SECRETARIAT)
def carry(request: HttpRequest, draft: Edition) -> HttpResponse:
    """The office: what was noticed and said and is still open, by the section of the draft it belongs to.

    「前の版で出た気づきや意見を落としていないか」「今回は見送るものと、その理由を残したい」
    """
    user = user_of(request)
    keep_in_view(request, draft)
    rows = queries.carry_rows(user, draft)
    context = {
        "draft": draft,
        "rows": rows,
        "counts": queries.counts_by_state(rows),
        "pills": queries.STATE_PILLS,
        "may_decide": draft.state == "draft" and draft.locked_at is None,
        "changes_url": reverse("plans:changes", args=[draft.pk]),
        "edition_url": reverse("plans:edition", args=[draft.pk]),
        "words": words,
        "breadcrumbs": [*root_crumbs(), (f"{draft.title}への反映", "")],
    }
    return render(request, "reviews/carry.html", context)


@require_POST
@found_for(plans.edition_for, Role.SECRETARIAT)
def handle(request: HttpRequest, draft: Edition) -> HttpResponse:
    """The office: one of them, taken up or left."""
    user, key = user_of(request), request.POST.get("key", "")[:40]
    thing = queries.carried_thing(user, draft, key)
    if thing is None:
        messages.error(request, "選んだ気づき・意見は、もう残っていません。一覧を見直してください。")
        return HttpResponseRedirect(carry_url(draft))
    choice = request.POST.get("choice", "")
    try:
        services.handle_in_draft(
            draft=draft, thing=thing, choice=choice, reason=request.POST.get("reason", ""), by=user
        )
    except RuleViolation as violation:
        messages.error(request, violation.message)
    else:
        messages.success(request, f"「{words.HANDLINGS[choice]}」としました。")
    return HttpResponseRedirect(f"{carry_url(draft)}#{key}")


@found_for(queries.event_for, Role.EMPLOYEE)
def event(_: HttpRequest, found: Event) -> HttpResponse:
    """The permanent address of an event: its loop, on the page of the item."""
    return HttpResponseRedirect(loop_url(found.loop))


@found_for(queries.opinion_for)
def opinion(_: HttpRequest, found: Opinion) -> HttpResponse:
    """The permanent address of an opinion: the item of the agenda it was written on."""
    return HttpResponseRedirect(item_url(found.item))
