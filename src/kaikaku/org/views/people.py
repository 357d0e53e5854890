"""Accounts: who may sign in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kaikaku.audit.actions import sentence
from kaikaku.audit.queries import history_of
from kaikaku.org import forms, queries, services
from kaikaku.org.access import OFFICE, only, user_of
from kaikaku.org.views.paging import cut
from kaikaku.ui.views import form_page

FORM = "ui/form_page.html"
# The one-time password waits here for the page that shows it once.
TOLD_ONCE = "org_password_to_tell"


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        ("組織と利用者", reverse("org:departments")),
        ("利用者", reverse("org:people")),
        *more,
    ]


def _person_url(pk: int) -> str:
    return reverse("org:person", args=[pk])


@only(*OFFICE)
def people(request: HttpRequest) -> HttpResponse:
    """Everyone with an account, found by name."""
    words = request.GET.get("q", "").strip()
    found = queries.accounts_for(user_of(request), words)
    context = {"people": cut(request, found, words=words), "breadcrumbs": _crumbs()}
    return render(request, "org/people.html", context)


@only(*OFFICE)
@never_cache
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: posts held, what may be done with it, what happened to it."""
    user = user_of(request)
    shown = queries.account_for(user, pk)
    context = {
        "person": shown,
        "history": history_of(user, shown)[:20],
        "sentence": sentence,
        "own": shown.pk == user.pk,
        "breadcrumbs": _crumbs((shown.name, "")),
    }
    return render(request, "org/person.html", context)


@only(*OFFICE)
def new_person(request: HttpRequest) -> HttpResponse:
    """Make an account; the next page tells its first password."""
    user = user_of(request)

    def save(form: forms.NewPersonForm) -> Any:
        made, password = services.open_account(
            organisation=queries.organisation_of(user), by=user, **form.cleaned_data
        )
        request.session[TOLD_ONCE] = [made.pk, password]
        return made

    return form_page(
        request,
        forms.NewPersonForm,
        FORM,
        save=save,
        success_url=lambda made: reverse("org:told", args=[made.pk]),
        context={
            "title": "利用者を登録する",
            "submit": "登録する",
            "next": "次の画面に最初のパスワードを表示します。",
            "cancel_url": reverse("org:people"),
            "breadcrumbs": _crumbs(("利用者を登録する", "")),
        },
    )


@only(*OFFICE)
def revise_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Change name or address."""
    shown = queries.account_for(user_of(request), pk)
    return form_page(
        request,
        forms.RevisePersonForm,
        FORM,
        initial={"name": shown.name, "email": shown.email},
        save=lambda form: services.revise_user(user=shown, by=user_of(request), **form.cleaned_data),
        success_url=_person_url(pk),
        message="利用者の情報を改めました。",
        context={
            "title": "利用者の情報を改める",
            "cancel_url": _person_url(pk),
            "breadcrumbs": _crumbs((shown.name, _person_url(pk)), ("情報を改める", "")),
        },
    )


@only(*OFFICE)
@require_POST
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a one-time password and go where it is told."""
    shown = queries.account_for(user_of(request), pk)
    request.session[TOLD_ONCE] = [pk, services.reset_password(user=shown, by=user_of(request))]
    return redirect("org:told", pk)


@only(*OFFICE)
@never_cache
def told(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the one-time password this once; opened again it is gone."""
    shown = queries.account_for(user_of(request), pk)
    waiting = request.session.get(TOLD_ONCE)
    if not waiting or waiting[0] != pk:
        return redirect("org:person", pk)
    del request.session[TOLD_ONCE]
    context = {
        "person": shown,
        "password": waiting[1],
        "breadcrumbs": _crumbs((shown.name, _person_url(pk)), ("パスワード", "")),
    }
    return render(request, "org/told.html", context)


@only(*OFFICE)
@require_POST
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Shut an account."""
    services.deactivate_user(user=queries.account_for(user_of(request), pk), by=user_of(request))
    return redirect("org:person", pk)


@only(*OFFICE)
@require_POST
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Open it again."""
    services.reactivate_user(user=queries.account_for(user_of(request), pk), by=user_of(request))
    return redirect("org:person", pk)
