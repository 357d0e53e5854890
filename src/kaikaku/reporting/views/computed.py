"""Bound figures in a sheet: computing them anew, typing one for a year, going back to the records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from kaikaku.core.eras import show_fiscal_year
from kaikaku.core.errors import RuleViolation
from kaikaku.org.access import require, user_of
from kaikaku.org.roles import Role
from kaikaku.reporting import forms, forms_binding, queries, services
from kaikaku.reporting.views.common import FORM, on_sheet, page_of, sheet_crumbs, sheet_url
from kaikaku.ui.views import form_page

if TYPE_CHECKING:
    from kaikaku.reporting.models import Sheet

MAY_TYPE = (Role.CLERK, Role.SECRETARIAT)


@require_POST
@on_sheet(Role.CLERK, Role.CHIEF, Role.SECRETARIAT)
def recompute(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """What the records say now, into the sheet."""
    try:
        services.recompute(sheet=sheet, by=user_of(request))
    except RuleViolation as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, "記録から計算し直しました。値を確かめてください。")
    return HttpResponseRedirect(sheet_url(sheet))


def set_aside(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Typed for this year all the same; the approver reads why."""
    user = user_of(request)
    sheet = queries.sheet_for(user, pk)
    require(request.user, *MAY_TYPE)
    figure = get_object_or_404(sheet.figures.select_related("indicator__edition__plan"), pk=row)
    year = show_fiscal_year(sheet.round.fiscal_year)
    return form_page(
        request,
        forms.ReasonForm,
        FORM,
        save=lambda form: services.set_aside(sheet=sheet, row=figure, by=user, **form.cleaned_data),
        success_url=lambda _: f"{sheet_url(sheet, 'fill')}#figure-{row}",
        message="この年度は手で入力します。値を入力してください。",
        context=page_of(
            "この年度は手で入力する",
            sheet_crumbs(request, sheet),
            cancel=sheet_url(sheet, "fill"),
            lead=f"「{figure.indicator.name}」の{year}の値を、記録から計算せずに手で入力します。"
            "理由は、確認する所属長と事務局が読みます。ほかの年度は、これまでどおり記録から計算します。",
            submit="手で入力する",
        ),
    )


def resume(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Back to the records for this year."""
    user = user_of(request)
    sheet = queries.sheet_for(user, pk)
    require(request.user, *MAY_TYPE)
    figure = get_object_or_404(sheet.figures.select_related("indicator__edition__plan"), pk=row)
    return form_page(
        request,
        forms_binding.NoFields,
        FORM,
        save=lambda form: services.resume(sheet=sheet, row=figure, by=user),
        success_url=lambda _: f"{sheet_url(sheet, 'fill')}#figure-{row}",
        message="記録から計算した値に戻しました。",
        context=page_of(
            "記録からの計算に戻す",
            sheet_crumbs(request, sheet),
            cancel=sheet_url(sheet, "fill"),
            lead=f"「{figure.indicator.name}」の値を、記録から計算した値に置き換えます。"
            f"手で入力した「{figure.text or '（なし）'}」は、操作の記録に残ります。",
            submit="記録からの計算に戻す",
        ),
    )
