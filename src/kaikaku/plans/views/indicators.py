"""An indicator's page, and everything that is done to an indicator and its figures."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kaikaku.audit.actions import sentence
from kaikaku.audit.queries import changed
from kaikaku.org.access import user_of
from kaikaku.plans import cells, forms, queries, services, words
from kaikaku.plans.entries import IndicatorFields
from kaikaku.plans.views.citing import cited_change
from kaikaku.plans.views.common import (
    after_ending,
    edition_url,
    indicator_crumbs,
    indicator_url,
    is_draft,
    keep_in_view,
    may_write,
    section_url,
    writing,
)
from kaikaku.ui.linking import leading_to
from kaikaku.ui.views import change_page
from kaikaku.writers.charts import trend_chart

if TYPE_CHECKING:
    from kaikaku.plans.models import Figure, Indicator


KEPT = tuple(one.name for one in dataclasses.fields(IndicatorFields) if one.name != "citation")


def indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """Everyone here: one figure's whole story: what it is, how it stands, how that was worked out, where
    it is from.

    「なぜこの評価なのか」「この数字の出どころを見たい」「今年の実績を入れたい」
    """
    user = user_of(request)
    found = queries.indicator_for(user, pk)
    keep_in_view(request, found.edition)
    shown = queries.indicator_page(user, found)
    context = {
        "indicator": found,
        "edition": found.edition,
        "shown": shown,
        "chart": trend_chart(shown.chart),
        "beside": queries.beside(user, found),
        "leads": leading_to(user, f"plans.indicator:{found.pk}"),
        "superseded": queries.figures_superseded(found),
        "links": queries.links_of(found),
        "history": queries.history_for(user, found),
        "sentence": sentence,
        "changed": changed,
        "words": words,
        "cells": cells,
        "may_write": may_write(request, found.edition),
        "is_draft": is_draft(found.edition),
        "breadcrumbs": indicator_crumbs(found),
    }
    return render(request, "plans/indicator.html", context)


@writing(queries.indicator_for)
def revise_indicator(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """What is measured and how."""
    user = user_of(request)
    return cited_change(
        request,
        forms.IndicatorForm,
        edition=indicator.edition,
        part=indicator,
        title="指標を変更する",
        crumbs=indicator_crumbs(indicator),
        form_kwargs={"user": user},
        initial={
            **{name: getattr(indicator, name) for name in KEPT},
            "owner": indicator.owner_id,
        },
        save=lambda form: services.revise_indicator(indicator=indicator, fields=form.entry(), by=user),
        back=indicator_url(indicator),
        message="指標を変更しました。",
    )


@writing(queries.indicator_for)
def new_figure(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """A baseline, a target or an actual; a projected value is settled here too."""
    user = user_of(request)
    role = request.GET.get("role", "actual")
    return change_page(
        request,
        forms.FigureForm,
        title="値を入力する",
        lead=f"「{indicator.name}」の値を入力します。全角の数字、カンマ、万・億、△も使えます。",
        crumbs=indicator_crumbs(indicator),
        form_kwargs={"unit": indicator.unit, "accumulation": indicator.accumulation},
        initial={
            "role": role if role in words.ROLES else "actual",
            "fiscal_year": indicator.edition.fiscal_year if role == "actual" else None,
        },
        save=lambda form: services.set_figure(indicator=indicator, fields=form.entry(), by=user),
        back=indicator_url(indicator),
        message="値を入力しました。",
    )


@writing(queries.figure_for)
def correct_figure(request: HttpRequest, figure: Figure) -> HttpResponse:
    """A value that stands is wrong."""
    user = user_of(request)
    indicator = figure.indicator
    names = ("role", "fiscal_year", "text", "reason", "reason_note", "cumulative_from")
    return change_page(
        request,
        forms.CorrectionForm,
        title="値を訂正する",
        lead=f"{figure}「{figure.text}」を訂正します。",
        submit="訂正する",
        crumbs=indicator_crumbs(indicator),
        form_kwargs={"unit": indicator.unit, "accumulation": indicator.accumulation},
        initial={
            **{name: getattr(figure, name) for name in names},
            "status": "confirmed" if figure.status == "revised" else figure.status,
        },
        save=lambda form: services.correct_figure(
            figure=figure, fields=form.entry(), reason=form.cleaned_data["change_reason"], by=user
        ),
        back=indicator_url(indicator),
        message="値を訂正しました。訂正前の値も記録に残っています。",
    )


@writing(queries.indicator_for)
def move_indicator(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """Under another section."""
    user = user_of(request)
    edition = indicator.edition
    return change_page(
        request,
        forms.IndicatorPlaceForm,
        title="指標を移動する",
        submit="移動する",
        crumbs=indicator_crumbs(indicator),
        form_kwargs={"sections": queries.section_choices(edition)},
        initial={"section": indicator.section_id or ""},
        save=lambda form: services.move_indicator(
            indicator=indicator, section=queries.section_in(edition, form.section_key()), by=user
        ),
        back=indicator_url(indicator),
        message="指標を移動しました。",
    )


@writing(queries.indicator_for)
def external_factor(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """The mark ※ and its note."""
    user = user_of(request)
    return change_page(
        request,
        forms.ExternalFactorForm,
        title="外的要因の注記",
        crumbs=indicator_crumbs(indicator),
        initial={"note": indicator.external_factor},
        save=lambda form: services.set_external_factor(indicator=indicator, by=user, **form.cleaned_data),
        back=indicator_url(indicator),
        message="外的要因の注記を変更しました。",
    )


@writing(queries.indicator_for)
def cross_listing(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """Where else it is shown (再掲)."""
    user = user_of(request)
    edition = indicator.edition
    choices = [c for c in queries.section_choices(edition) if c[0] != indicator.section_id]
    return change_page(
        request,
        forms.CrossListingForm,
        title="再掲先を決める",
        crumbs=indicator_crumbs(indicator),
        form_kwargs={"sections": choices},
        initial={"sections": [str(key) for key in indicator.cross_listed.values_list("pk", flat=True)]},
        save=lambda form: services.set_cross_listing(
            indicator=indicator, sections=queries.sections_in(edition, form.keys()), by=user
        ),
        back=indicator_url(indicator),
        message="再掲先を変更しました。",
    )


@writing(queries.indicator_for)
def end_indicator(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """No longer measured, with its results in sight."""
    user = user_of(request)
    return cited_change(
        request,
        forms.EndForm,
        edition=indicator.edition,
        part=indicator,
        title="指標を終了にする",
        lead="終了した指標は、実績とともに表示し続け、「終了」の印と理由を添えます。",
        submit="終了にする",
        crumbs=indicator_crumbs(indicator),
        save=lambda form: services.end_indicator(indicator=indicator, by=user, **form.end()),
        back=indicator_url(indicator),
        success_url=lambda _: after_ending(indicator.edition, indicator_url(indicator)),
        message="終了にしました。",
    )


@writing(queries.indicator_for)
def remove_indicator(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """A slip, taken from view."""
    user = user_of(request)
    after = section_url(indicator.section) if indicator.section else edition_url(indicator.edition)
    return change_page(
        request,
        forms.ReasonForm,
        title="指標を削除する",
        lead=f"「{indicator}」が表示されなくなります。入力の誤りを消すときに使います。",
        submit="削除する",
        danger=True,
        crumbs=indicator_crumbs(indicator),
        save=lambda form: services.remove_indicator(indicator=indicator, by=user, **form.cleaned_data),
        back=indicator_url(indicator),
        success_url=lambda _: after,
        message="指標を削除しました。",
    )
