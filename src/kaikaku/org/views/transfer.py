"""The transfer in April: many posts at once, and the history of one post."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from kaikaku.core import eras
from kaikaku.core.errors import RuleViolation
from kaikaku.org import forms, queries, services
from kaikaku.org.access import OFFICE, only, user_of
from kaikaku.org.services import Change, Transferred
from kaikaku.ui.views import form_page

CRUMB = ("組織と利用者", "/departments/")
WHOLE = 0


@only(*OFFICE)
def start_transfer(request: HttpRequest) -> HttpResponse:
    """Which part of the government, and from which day."""
    user = user_of(request)
    on = queries.today()
    april = date(on.year if on < date(on.year, 4, 2) else on.year + 1, 4, 1)
    return form_page(
        request,
        partial(forms.TransferStartForm, user=user),
        "ui/form_page.html",
        initial={"from_day": april},
        save=lambda form: form.cleaned_data,
        success_url=lambda asked: reverse(
            "org:transfer",
            args=[asked["department"].pk if asked["department"] else WHOLE, asked["from_day"].isoformat()],
        ),
        context={
            "title": "人事異動をまとめて登録する",
            "lead": "部局と異動の日を選ぶと、職の一覧が出ます。ここではまだ登録されません。",
            "submit": "職の一覧へ進む",
            "cancel_url": reverse("org:departments"),
            "breadcrumbs": [CRUMB, ("人事異動", "")],
        },
    )


@only(*OFFICE)
def transfer(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    """「4月1日から誰がどの職に就くか」: all posts of a part of the government on one page."""
    user = user_of(request)
    department = queries.department_for(user, pk) if pk != WHOLE else None
    try:
        from_day = date.fromisoformat(day)
    except ValueError as unread:
        raise Http404 from unread
    posts = queries.posts_below(user, department, from_day)
    start, shown = reverse("org:start_transfer"), eras.show_date(from_day)
    return form_page(
        request,
        partial(forms.TransferForm, user=user, posts=posts),
        "org/transfer.html",
        initial={"leave_old_posts": True},
        save=lambda form: _transfer(form, from_day),
        success_url=reverse("org:departments"),
        message=_said,
        context={
            "title": f"{shown}の人事異動",
            "posts": posts,
            "from_day": from_day,
            "submit": "まとめて登録する",
            "cancel_url": start,
            "breadcrumbs": [
                CRUMB,
                ("人事異動", reverse("org:start_transfer")),
                (eras.show_date(from_day), ""),
            ],
        },
    )


def _transfer(form: forms.TransferForm, from_day: date) -> Transferred:
    changes = [Change(post, holder) for post, holder in form.changes()]
    if not changes:
        raise RuleViolation("org.nothing_to_transfer", "新しい人が1人も入力されていません。")
    leave = form.cleaned_data["leave_old_posts"]
    return services.transfer(changes=changes, from_day=from_day, by=form.user, leave_old_posts=leave)


def _said(done: Transferred) -> str:
    said = f"{len(done.appointed)}人の異動を登録しました。"
    if done.vacant:
        said += f"空席になる職：{'、'.join(str(post) for post in done.vacant)}。"
    return said
