"""One person's help: approvals, the order, the days worked, extension, the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from kaikaku.audit.queries import history_of
from kaikaku.core.staffing import APPROVALS, needs_order, show_minutes
from kaikaku.exchange import forms, queries, services, words
from kaikaku.exchange.actions import SENTENCES
from kaikaku.exchange.states import Step, allows
from kaikaku.exchange.views.common import OFFICE, at_assignment, change_page, found, link
from kaikaku.org.access import user_of
from kaikaku.org.queries import today
from kaikaku.ui.views import press

if TYPE_CHECKING:
    from kaikaku.exchange.models import Assignment


@found(queries.assignment_for)
def assignment(request: HttpRequest, helped: Assignment) -> HttpResponse:
    """Those concerned: how far the approvals are, what was worked, what comes next."""
    user = user_of(request)
    office = queries.is_office(user)
    receiving = helped.request.department_id in queries.chief_of(user)
    mine = helped.user_id == user.pk
    context = {
        "helped": helped,
        "page": queries.assignment_page(helped),
        "week": queries.week_of(helped, today()) if helped.state == "active" else None,
        "order": needs_order(helped.period, helped.request.scheme.read),
        "waiting": APPROVALS.get(helped.waiting, ""),
        "may_decide": queries.may_decide(user, helped),
        "may_start": office and allows(helped.state, Step.START),
        "may_log": mine and allows(helped.state, Step.LOG),
        "may_extend": receiving and allows(helped.state, Step.EXTEND) and helped.extend_to is None,
        "may_report": receiving and allows(helped.state, Step.END),
        "may_cancel": office and allows(helped.state, Step.CANCEL),
        "report": getattr(helped, "report", None),
        "application": helped.request.applications.filter(
            user=helped.user_id, withdrawn_at__isnull=True
        ).first(),
        "history": list(history_of(user, helped)),
        "sentences": SENTENCES,
        "words": words,
        "minutes": show_minutes,
        "breadcrumbs": at_assignment(helped),
    }
    return render(request, "exchange/assignment.html", context)


def _deciding(request: HttpRequest, helped: Assignment) -> None:
    if helped.waiting and not queries.may_decide(user_of(request), helped):
        raise PermissionDenied(f"いま承認できるのは「{APPROVALS[helped.waiting]}」だけです。")


@require_POST
@found(queries.assignment_for)
def approve(request: HttpRequest, helped: Assignment) -> HttpResponse:
    """Whoever it waits for: yes."""
    _deciding(request, helped)
    user = user_of(request)
    return press(
        request,
        lambda: services.approve(assignment=helped, step=request.POST.get("step", ""), by=user),
        done="承認しました。",
        back=link("assignment", helped),
    )


@found(queries.assignment_for)
def refuse(request: HttpRequest, helped: Assignment) -> HttpResponse:
    """Whoever it waits for: no, with the reason and the day."""
    _deciding(request, helped)
    user = user_of(request)
    return change_page(
        request,
        forms.RefusalForm,
        title="承認しない",
        crumbs=at_assignment(helped),
        save=lambda form: services.refuse(assignment=helped, by=user, **form.cleaned_data),
        back=link("assignment", helped),
        submit="不承認とする",
        next="理由は、本人、双方の所属長、事務局が読みます。",
        initial={"decided_on": today(), "step": helped.waiting},
        message="不承認としました。",
    )


@found(queries.assignment_for, OFFICE)
def start(request: HttpRequest, helped: Assignment) -> HttpResponse:
    """人事: it begins, with the order where one is needed."""
    user = user_of(request)
    needed = needs_order(helped.period, helped.request.scheme.read)
    return change_page(
        request,
        forms.StartForm,
        title="応援を始める",
        crumbs=at_assignment(helped),
        lead="期間が長いため、命令書が要ります。" if needed else "命令書は要りません。番号は空欄で進めます。",
        save=lambda form: services.start(assignment=helped, by=user, **form.cleaned_data),
        back=link("assignment", helped),
        submit="始める",
        message="応援を始めました。",
    )


@found(queries.assignment_for)
def log_work(request: HttpRequest, helped: Assignment) -> HttpResponse:
    """Who helps: what I did on a day."""
    user = user_of(request)
    if helped.user_id != user.pk:
        raise PermissionDenied("従事した時間を記録できるのは本人だけです。")
    week = queries.week_of(helped, today())
    return change_page(
        request,
        forms.WorkForm,
        title="従事した時間を記録する",
        crumbs=at_assignment(helped),
        lead=(
            f"今週は{show_minutes(week.minutes)}を記録済みです。"
            f"上限の{show_minutes(week.cap)}まで、残りは{show_minutes(week.left)}です。"
        ),
        save=lambda form: services.log_work(assignment=helped, fields=form.entry(), by=user),
        back=link("assignment", helped),
        submit="記録する",
        next="双方の所属長と事務局が読みます。同じ日をもう一度記録すると、置き換わります。",
        initial={"day": today()},
        message="記録しました。",
    )


def _receiving(request: HttpRequest, helped: Assignment) -> None:
    if helped.request.department_id not in queries.chief_of(user_of(request)):
        raise PermissionDenied("この手続ができるのは、応援を受ける所属の所属長だけです。")


@found(queries.assignment_for)
def extend(request: HttpRequest, helped: Assignment) -> HttpResponse:
    """The receiving chief: some more time, please."""
    _receiving(request, helped)
    user = user_of(request)
    return change_page(
        request,
        forms.ExtensionForm,
        title="期間の延長を求める",
        crumbs=at_assignment(helped),
        save=lambda form: services.ask_extension(assignment=helped, by=user, **form.cleaned_data),
        back=link("assignment", helped),
        submit="延長を求める",
        next="はじめと同じ順に承認を受けます。承認までは、今の終わりの日のままです。",
        message="延長を求めました。",
    )


@found(queries.assignment_for)
def report(request: HttpRequest, helped: Assignment) -> HttpResponse:
    """The receiving chief: it is over, and this came of it."""
    _receiving(request, helped)
    user = user_of(request)
    return change_page(
        request,
        forms.ReportForm,
        title="応援の終了を報告する",
        crumbs=at_assignment(helped),
        save=lambda form: services.file_report(assignment=helped, fields=form.entry(), by=user),
        back=link("assignment", helped),
        submit="報告する",
        next="本人、本人の所属長、事務局が読みます。",
        initial={"ended_on": min(helped.last, today())},
        message="終了を報告しました。",
    )


@found(queries.assignment_for, OFFICE)
def cancel(request: HttpRequest, helped: Assignment) -> HttpResponse:
    """人事: it is taken back."""
    user = user_of(request)
    return change_page(
        request,
        forms.ReasonForm,
        title="応援を取り消す",
        crumbs=at_assignment(helped),
        save=lambda form: services.cancel(assignment=helped, by=user, **form.cleaned_data),
        back=link("assignment", helped),
        submit="取り消す",
        message="応援を取り消しました。",
        context={"danger": True},
    )
