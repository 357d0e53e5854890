"""Requests: the list, one request, asking, applying, choosing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kaikaku.audit.queries import history_of
from kaikaku.core.staffing import show_minutes
from kaikaku.exchange import forms, queries, services, words
from kaikaku.exchange.actions import SENTENCES
from kaikaku.exchange.entries import RequestFields
from kaikaku.exchange.views.common import OFFICE, STAFF, at_request, change_page, found, link, root
from kaikaku.org.access import only, user_of
from kaikaku.org.queries import account_for, today
from kaikaku.org.roles import Role
from kaikaku.ui.listing import Field, csv_response, listing
from kaikaku.ui.views import press

if TYPE_CHECKING:
    from kaikaku.exchange.models import Application, Request

LIST = (
    Field[Any]("title", "業務", lambda row: row.request.title, search=True),
    Field[Any]("scheme", "制度", lambda row: str(row.request.scheme), search=True),
    Field[Any]("department", "依頼した所属", lambda row: row.request.department.name, search=True),
    Field[Any]("first", "期間", lambda row: row.request.first),
    Field[Any]("minutes", "週の時間", lambda row: row.request.minutes, number=True),
    Field[Any]("taken", "選定", lambda row: row.taken, unit="人", number=True),
    Field[Any]("state", "状態", lambda row: words.STANDINGS[row.standing]),
)


@only(STAFF)
def index(request: HttpRequest) -> HttpResponse:
    """Everyone who works here: what waits for me, whom do I help, where is help wanted.

    「どこが人を探しているか」「自分の応援はいまどうなっているか」「承認を待っているのはどれか」
    """
    user = user_of(request)
    rows = queries.request_rows(user)
    view = request.GET.get("view", "open")
    view = view if view in queries.VIEWS else "open"
    page = listing(
        request, [row for row in rows if queries.in_view(row, view)], fields=LIST, default_sort="first"
    )
    if page.wants_csv:
        return csv_response(page, "応援の依頼")
    context = {
        "listing": page,
        "view": view,
        "counts": {one: sum(queries.in_view(row, one) for row in rows) for one in queries.VIEWS},
        "waiting": list(queries.waiting_for(user)),
        "own": queries.own_help(user),
        "applied": queries.own_applications(user),
        "schemes": list(queries.schemes_for(user)),
        "is_office": queries.is_office(user),
        "may_ask": bool(queries.chief_of(user)),
        "profile": queries.profile_of(user),
        "words": words,
        "minutes": show_minutes,
        "breadcrumbs": [],
    }
    return render(request, "exchange/index.html", context)


@found(queries.request_for)
def request_page(request: HttpRequest, asked: Request) -> HttpResponse:
    """Everyone who works here: what is asked for, by whom; those concerned see who helps."""
    user = user_of(request)
    standing = queries.standing_of(asked, queries.taken_of(asked), today())
    may_ask, application = queries.may_ask(user, asked), queries.own_application(user, asked)
    wanted = standing == "open" and not (may_ask or application)
    context = {
        "asked": asked,
        "standing": standing,
        "wanted": wanted,
        "refusals": queries.refusals_for(user, asked) if wanted else [],
        "rules": asked.scheme.read,
        "chosen": queries.chosen_for(user, asked),
        "application": application,
        "may_ask": may_ask,
        "is_office": queries.is_office(user),
        "history": list(history_of(user, asked)) if may_ask else [],
        "sentences": SENTENCES,
        "words": words,
        "minutes": show_minutes,
        "breadcrumbs": at_request(asked),
    }
    return render(request, "exchange/request.html", context)


@only(Role.CHIEF)
def new_request(request: HttpRequest) -> HttpResponse:
    """The chief of a section asks for help."""
    user = user_of(request)

    def save(form: forms.NewRequestForm) -> Request:
        return services.make_request(
            scheme=queries.scheme_for(user, form.cleaned_data["scheme"]),
            department=queries.department_asking(user, form.cleaned_data["department"]),
            fields=form.entry(),
            by=user,
        )

    return change_page(
        request,
        forms.NewRequestForm,
        title="応援を依頼する",
        crumbs=root(),
        save=save,
        back=reverse("exchange:index"),
        submit="依頼する",
        next="事務局（人事担当）が候補を探し、本人と所属長の承認を経て始まります。",
        form_kwargs={
            "schemes": [(one.pk, one.name) for one in queries.schemes_for(user)],
            "departments": queries.asking_choices(user),
        },
        success_url=lambda made: link("request", made),
        message="応援を依頼しました。",
    )


def _asking(request: HttpRequest, asked: Request) -> None:
    if not queries.may_ask(user_of(request), asked):
        raise PermissionDenied("この手続ができるのは、依頼した所属の所属長と事務局だけです。")


@found(queries.request_for)
def revise_request(request: HttpRequest, asked: Request) -> HttpResponse:
    """The section that asks: change what is asked for."""
    _asking(request, asked)
    user = user_of(request)
    return change_page(
        request,
        forms.RequestForm,
        title="依頼の内容を変更する",
        crumbs=at_request(asked),
        save=lambda form: services.revise_request(request=asked, fields=form.entry(), by=user),
        back=link("request", asked),
        initial={name: getattr(asked, name) for name in RequestFields.__slots__},
        message="依頼の内容を変更しました。",
    )


@found(queries.request_for)
def withdraw_request(request: HttpRequest, asked: Request) -> HttpResponse:
    """The section that asks: it is not needed any more."""
    _asking(request, asked)
    user = user_of(request)
    return change_page(
        request,
        forms.ReasonForm,
        title="依頼を取り下げる",
        crumbs=at_request(asked),
        save=lambda form: services.withdraw_request(request=asked, by=user, **form.cleaned_data),
        back=link("request", asked),
        submit="取り下げる",
        message="依頼を取り下げました。",
    )


@require_POST
@found(queries.request_for)
def close_request(request: HttpRequest, asked: Request) -> HttpResponse:
    """The section that asks: nobody more is looked for."""
    _asking(request, asked)
    user = user_of(request)
    return press(
        request,
        lambda: services.close_request(request=asked, by=user),
        done="募集を終えました。",
        back=link("request", asked),
    )


@require_POST
@found(queries.request_for, OFFICE)
def widen_request(request: HttpRequest, asked: Request) -> HttpResponse:
    """人事: look in the whole government."""
    user = user_of(request)
    return press(
        request,
        lambda: services.widen_request(request=asked, by=user),
        done="対象を全庁に広げました。",
        back=link("candidates", asked),
    )


@found(queries.request_for)
def apply_for(request: HttpRequest, asked: Request) -> HttpResponse:
    """Everyone who works here: I should like to help."""
    user = user_of(request)
    return change_page(
        request,
        forms.ApplicationForm,
        title=f"「{asked}」に応募する",
        crumbs=at_request(asked),
        save=lambda form: services.apply_for(request=asked, by=user, **form.cleaned_data),
        back=link("request", asked),
        submit="応募する",
        next="事務局（人事担当）と、選ばれたときは所属長が読みます。",
        message="応募しました。",
    )


@require_POST
@found(queries.application_for)
def withdraw_application(request: HttpRequest, application: Application) -> HttpResponse:
    """One's own application is taken back."""
    user = user_of(request)
    return press(
        request,
        lambda: services.withdraw_application(application=application, by=user),
        done="応募を取り下げました。",
        back=link("request", application.request),
    )


CANDIDATES = (
    Field[Any]("name", "氏名", lambda row: row.user.name, search=True),
    Field[Any]("home", "所属", lambda row: str(row.home or ""), search=True),
    Field[Any]("score", "点", lambda row: None if row.told.refusals else row.told.score, number=True),
    Field[Any]("why", "理由", lambda row: row.told.why, sortable=False),
)


@found(queries.request_for, OFFICE)
def candidates(request: HttpRequest, asked: Request) -> HttpResponse:
    """人事: who could help, how well it fits and why, and which rule keeps the others out."""
    user = user_of(request)
    key = request.GET.get("run", "")
    run = queries.run_for(user, int(key)) if key.isdecimal() and len(key) < 12 else None
    run = run if run is not None and run.state == "done" else None
    rows = queries.candidates(user, asked, run)
    view = "refused" if request.GET.get("view") == "refused" else "possible"
    counts = {
        "possible": sum(not row.told.refusals for row in rows),
        "refused": sum(bool(row.told.refusals) for row in rows),
    }
    wanted = [row for row in rows if bool(row.told.refusals) == (view == "refused")]
    context = {
        "asked": asked,
        "run": run,
        "listing": listing(request, wanted, fields=CANDIDATES, per_page=50),
        "view": view,
        "counts": counts,
        "taken": sum(one.state in ("approving", "approved", "active", "ended") for one in
                     queries.chosen_for(user, asked)),
        "minutes": show_minutes,
        "words": words,
        "breadcrumbs": [*at_request(asked), ("候補", "")],
    }  # fmt: skip
    return render(request, "exchange/candidates.html", context)


@require_POST
@found(queries.request_for, OFFICE)
def choose(request: HttpRequest, asked: Request) -> HttpResponse:
    """人事: this person, please."""
    user = user_of(request)
    key = request.POST.get("user", "")
    if not key.isdecimal() or len(key) > 11:
        messages.error(request, "選ぶ職員が分かりませんでした。一覧の「選ぶ」を押してください。")
        return HttpResponseRedirect(link("candidates", asked))
    person = account_for(user, int(key))
    return press(
        request,
        lambda: services.propose(request=asked, user=person, by=user),
        done=f"{person}さんを選びました。承認に進みます。",
        back=link("candidates", asked),
    )
