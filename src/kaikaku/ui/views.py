"""form_page(), change_page() and press(): the one way in which a page with a form, or a button, works."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from functools import partial
from typing import Any, Protocol, TypedDict, TypeVar, Unpack

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm as DjangoForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from kaikaku.core.errors import RuleViolation
from kaikaku.ui import once

Result = TypeVar("Result")
Crumbs = list[tuple[str, str]]
"""Where one is: (words, address) from the top down; the page itself without an address."""
FORM = "ui/form_page.html"
SAVED_COOKIE = "kaikaku_saved"


class MakesForm(Protocol):
    """A form class, or a function that makes a form of it with more arguments."""

    def __call__(self, *args: Any, **kwargs: Any) -> DjangoForm: ...


def form_page(  # noqa: PLR0913 - keyword-only, each a choice of the page
    request: HttpRequest,
    make_form: MakesForm,
    template: str,
    *,
    save: Callable[[Any], Result],
    success_url: str | Callable[[Result], str],
    initial: Mapping[str, Any] | None = None,
    context: Mapping[str, Any] | None = None,
    message: str | Callable[[Result], str] = "",
    atomic: bool = True,
) -> HttpResponse:
    """Show a form; on POST check it, save it once, and go on to `success_url`.

    `save` gets the valid form and calls one service; a RuleViolation it raises is put on its field and the
    page is shown again with status 400, everything typed still in it. A second arrival of the same form is
    led to where the first one went. `success_url` and `message` may be made from what `save` returns;
    `success_url` may be the name of a page without arguments. A form that needs more arguments comes as
    functools.partial. Not `atomic` is a `save` that works long before it writes: its service opens the
    transaction itself, so that nobody waits for a lock meanwhile.
    """
    if request.method != "POST":
        form = make_form(initial=dict(initial or {}))
        return _show(request, form, template, context, token=once.new_token())
    form = make_form(request.POST, request.FILES, initial=dict(initial or {}))
    submission = once.Submission.of(request)
    if not submission.first():
        return _again(request, form, template, context, submission)
    try:
        result = _save(form, save, atomic=atomic)
    except BaseException:
        submission.release()
        raise
    if form.errors:
        submission.release()
        return _show(request, form, template, context, token=request.POST.get(once.FIELD, ""), status=400)
    address = _address(success_url(result) if callable(success_url) else success_url)  # type: ignore[arg-type]
    submission.done(address)
    words = message(result) if callable(message) else message  # type: ignore[arg-type]
    if words:
        messages.success(request, words)
    return _leave(address, request)


class Change(TypedDict, total=False):
    """What the page of a change may say besides: a sentence under its title, the words of its button, who
    sees it next, whether it takes something away; more arguments of its form, more for a template of its
    own; and what form_page takes.
    """

    lead: str
    submit: str
    next: str
    danger: bool
    form_kwargs: Mapping[str, Any]
    context: Mapping[str, Any]
    initial: Mapping[str, Any] | None
    message: str | Callable[[Any], str]
    success_url: str | Callable[[Any], str]


def change_page(
    request: HttpRequest,
    make_form: MakesForm,
    *,
    title: str,
    crumbs: Crumbs,
    save: Callable[[Any], Any],
    back: str,
    template: str = FORM,
    **more: Unpack[Change],
) -> HttpResponse:
    """A page whose one form changes something and goes back to where it came from, unless a `success_url`
    is given; `crumbs` end above this page.
    """
    context = {
        "title": title,
        "lead": more.get("lead", ""),
        "submit": more.get("submit", "保存する"),
        "danger": more.get("danger", False),
        "next": more.get("next", ""),
        "cancel_url": back,
        "breadcrumbs": [*crumbs, (title, "")],
        **more.get("context", {}),
    }
    return form_page(
        request,
        partial(make_form, **more.get("form_kwargs", {})),
        template,
        save=save,
        success_url=more.get("success_url", back),
        initial=more.get("initial"),
        context=context,
        message=more.get("message", ""),
    )


def press(request: HttpRequest, do: Callable[[], Any], *, done: str, back: str) -> HttpResponse:
    """A button that does one thing and comes back, with what was done or why not."""
    try:
        do()
    except RuleViolation as violation:
        messages.error(request, violation.message)
    else:
        messages.success(request, done)
    return HttpResponseRedirect(back)


def _save(form: DjangoForm, save: Callable[[Any], Result], *, atomic: bool) -> Result | None:
    if not form.is_valid():
        return None
    try:
        with transaction.atomic() if atomic else nullcontext():
            return save(form)
    except RuleViolation as violation:
        put_violation(form, violation)
        return None


def put_violation(form: DjangoForm, violation: RuleViolation) -> None:
    """Put the sentence of a broken rule on the field it names, or on the whole form."""
    form.add_error(violation.field if violation.field in form.fields else None, violation.message)


def _again(
    request: HttpRequest,
    form: DjangoForm,
    template: str,
    context: Mapping[str, Any] | None,
    submission: once.Submission,
) -> HttpResponse:
    address = submission.outcome()
    if address:
        return _leave(address, request)
    form.add_error(None, "同じ内容を受け付けて処理しています。少し待ってから、一覧で結果を確かめてください。")
    return _show(request, form, template, context, token=request.POST.get(once.FIELD, ""), status=409)


def _show(
    request: HttpRequest,
    form: DjangoForm,
    template: str,
    context: Mapping[str, Any] | None,
    *,
    token: str,
    status: int = 200,
) -> HttpResponse:
    form.once = token  # type: ignore[attr-defined]
    return render(request, template, {**(context or {}), "form": form}, status=status)


def _address(target: str) -> str:
    return target if "/" in target else reverse(target)


def _leave(address: str, request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect(address)
    token = request.POST.get(once.FIELD, "")
    if token:
        # read by enhance.js, which then forgets the draft it kept in this tab; says nothing to anyone else
        response.set_cookie(SAVED_COOKIE, token[:64], max_age=120, samesite="Lax", secure=request.is_secure())
    return response
