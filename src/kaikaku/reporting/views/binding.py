"""Bound figures: from an indicator to its records; binding, letting go, correcting."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial, wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaikaku.core.eras import fiscal_year_of, show_fiscal_year
from kaikaku.core.numerals import show_number
from kaikaku.org.access import allowed, only, require, user_of
from kaikaku.org.queries import today
from kaikaku.org.roles import Role
from kaikaku.plans import cells, words
from kaikaku.plans.queries import indicator_for
from kaikaku.reporting import choosing, computing, forms, forms_binding, measuring, queries, services
from kaikaku.reporting.views.common import BOARD_READERS, FORM, HOME, page_of
from kaikaku.ui.search import LONGEST
from kaikaku.ui.views import Crumbs, form_page

if TYPE_CHECKING:
    from kaikaku.plans.models import Indicator
    from kaikaku.reporting.measuring import Metric

View = Callable[..., HttpResponse]


def on_indicator(*roles: Role) -> Callable[[View], View]:
    """A page of one indicator for these roles: found first, so that a stranger gets 404 and not 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
            indicator = indicator_for(user_of(request), pk)
            require(request.user, *roles)
            return view(request, indicator, **more)

        return guarded

    return decorate


def bound_url(indicator: Indicator) -> str:
    return reverse("reporting:binding", args=[indicator.pk])


def crumbs_of(indicator: Indicator) -> Crumbs:
    plain = reverse("plans:indicator", args=[indicator.pk])
    return [HOME, (indicator.name, plain), ("記録との結び付け", bound_url(indicator))]


def last_year_of(indicator: Indicator) -> int:
    """The latest year worth looking at: of the edition, of a result, or the one that runs."""
    years = queries.facts_for(indicator).years()
    known = [year for year in (indicator.edition.fiscal_year, *years) if year is not None]
    return max(known, default=fiscal_year_of(today()))


def to_places(value: Decimal) -> str:
    """A record's part as it is read: no more than two places, none that says nothing."""
    return show_number(value, 2).rstrip("0").rstrip(".")


def _shared(request: HttpRequest, indicator: Indicator) -> dict[str, Any]:
    return {
        "indicator": indicator,
        "edition": indicator.edition,
        "cells": cells,
        "words": words,
        "to_places": to_places,
        "is_office": allowed(request.user, Role.SECRETARIAT),
    }


@only(*BOARD_READERS)
def bindings(request: HttpRequest) -> HttpResponse:
    """「どの指標が記録につながり、どれが確認した後に変わったか」."""
    context = {
        "rows": queries.bound_list(user_of(request)),
        "breadcrumbs": [HOME, ("記録に結び付けた指標", "")],
    }
    return render(request, "reporting/bindings.html", context)


@on_indicator(*queries.READERS)
def binding(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """「この値は何から計算され、記録と合っているか」: five years, and what may be done."""
    bound = queries.bound_of(indicator)
    organisation = indicator.edition.plan.organisation
    metric = measuring.metric_of(bound.binding.metric, organisation) if bound else None
    context = {
        **_shared(request, indicator),
        "bound": bound,
        "metric": metric,
        "options": queries.option_words(bound, metric, organisation) if bound else (),
        "years": queries.years_of(bound, indicator, last=last_year_of(indicator)) if bound else (),
        "ended": queries.ended_bindings(indicator),
        "breadcrumbs": crumbs_of(indicator),
    }
    return render(request, "reporting/binding.html", context)


@on_indicator(*queries.READERS)
def bound_year(request: HttpRequest, indicator: Indicator, year: int) -> HttpResponse:
    """「この数字は、どの記録からできているか。確認した後に何が変わったか」."""
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    shown = queries.year_page(user_of(request), indicator, year, page=number)
    if shown is None:
        raise Http404
    context = {
        **_shared(request, indicator),
        "shown": shown,
        "breadcrumbs": [*crumbs_of(indicator), (show_fiscal_year(year), "")],
    }
    return render(request, "reporting/bound_year.html", context)


@on_indicator(Role.SECRETARIAT)
def choose_metric(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """What the apps can count, each with its definition; what does not fit says why."""
    typed = request.GET.get("q", "")[:LONGEST]
    context = {
        **_shared(request, indicator),
        "typed": typed,
        "offer": choosing.offer(
            measuring.offered(indicator.edition.plan.organisation),
            queries.wanted_of(queries.facts_for(indicator)),
            name=indicator.name,
            words=typed,
        ),
        "breadcrumbs": [*crumbs_of(indicator), ("計算のもとを選ぶ", "")],
    }
    return render(request, "reporting/choose_metric.html", context)


@on_indicator(Role.SECRETARIAT)
def bind(request: HttpRequest, indicator: Indicator, code: str) -> HttpResponse:
    """Five years of a metric beside what was typed; then the button that binds it."""
    organisation = indicator.edition.plan.organisation
    metric = measuring.metric_of(code, organisation)
    if metric is None:
        raise Http404
    asked = request.POST if request.method == "POST" else request.GET
    narrowing = forms_binding.OptionsForm(asked or None, metric=metric, organisation=organisation)
    options = narrowing.chosen()
    last = last_year_of(indicator)
    user = user_of(request)
    return form_page(
        request,
        partial(forms_binding.BindForm, metric=metric),
        "reporting/bind.html",
        save=lambda form: services.bind(indicator=indicator, fields=form.entry(), by=user),
        initial={"from_year": last, **{forms_binding.OPTION + key: v for key, v in options.items()}},
        success_url=lambda _: bound_url(indicator),
        message=f"「{metric.name}」に結び付けました。これから開く照会では、値が記録から計算されます。",
        context={
            **_shared(request, indicator),
            **_preview(metric, options, indicator, last),
            "narrowing": narrowing,
            "cancel_url": reverse("reporting:choose_metric", args=[indicator.pk]),
            "breadcrumbs": [*crumbs_of(indicator), ("結び付ける", "")],
        },
    )


def _preview(metric: Metric, options: dict[str, str], indicator: Indicator, last: int) -> dict[str, Any]:
    rows = queries.preview(metric, options, indicator, last=last)
    windows = [row.live.measured.cumulative_from for row in rows if row.live.measured.cumulative_from]
    wanted = queries.wanted_of(queries.facts_for(indicator))
    against = computing.disagreements(metric, wanted, cumulative_from=next(iter(windows), None))
    return {"title": "記録に結び付ける", "metric": metric, "years": rows, "against": against}


@on_indicator(Role.SECRETARIAT)
def unbind(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """The actuals are typed again."""
    user, bound = user_of(request), queries.bound_of(indicator)
    if bound is None:
        raise Http404
    return form_page(
        request,
        forms.ReasonForm,
        FORM,
        save=lambda form: services.unbind(indicator=indicator, by=user, **form.cleaned_data),
        success_url=lambda _: bound_url(indicator),
        message="結び付けを解きました。これからは値を手で入力します。",
        context=page_of(
            "結び付けを解く",
            crumbs_of(indicator),
            cancel=bound_url(indicator),
            lead=f"「{bound.binding.metric_name}」との結び付けを解きます。これまでに固定した値と記録は残ります。"
            "引き継いだ次の版でも、手で入力するようになります。",
            submit="結び付けを解く",
        ),
    )


@on_indicator(Role.SECRETARIAT)
def correct_bound(request: HttpRequest, indicator: Indicator, year: int) -> HttpResponse:
    """The plan's figure follows the records, with the reason that an erratum will print."""
    user = user_of(request)
    shown = queries.year_page(user, indicator, year)
    if shown is None or shown.since is None:
        raise Http404
    frozen, back = shown.since.frozen, reverse("reporting:bound_year", args=[indicator.pk, year])
    return form_page(
        request,
        forms.ReasonForm,
        FORM,
        save=lambda form: services.correct_from_records(frozen=frozen, by=user, **form.cleaned_data),
        success_url=lambda _: back,
        message="記録に合わせて訂正しました。公表済みのときは、次の公表で正誤表に載ります。",
        context=page_of(
            "記録に合わせて訂正する",
            [*crumbs_of(indicator), (show_fiscal_year(year), back)],
            cancel=back,
            lead=f"{show_fiscal_year(year)}の値を「{frozen.shown}」から「{shown.live.says}」に訂正し、"
            "今の記録で固定し直します。ここに書いた理由は、訂正の記録と正誤表に使われます。",
            submit="訂正する",
        ),
    )
