"""The next edition: drafting it from the last, joining and splitting its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from kaikaku.core.errors import RuleViolation
from kaikaku.org.access import user_of
from kaikaku.plans import forms, queries, services
from kaikaku.plans.views.citing import cited_change
from kaikaku.plans.views.common import (
    edition_crumbs,
    edition_url,
    indicator_crumbs,
    indicator_url,
    section_crumbs,
    section_url,
    writing,
)
from kaikaku.ui.views import change_page

if TYPE_CHECKING:
    from kaikaku.plans.models import Edition, Indicator, Lineage, Section


def changes_url(edition: Edition) -> str:
    """The list of what changes in an edition against the one before."""
    return reverse("plans:changes", args=[edition.pk])


@writing(queries.edition_for)
def next_edition(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The draft of the next edition, copied from this one."""
    user = user_of(request)
    return change_page(
        request,
        forms.NextEditionForm,
        title="次の版を作成する",
        lead=f"「{edition}」の見出し・計画・指標・目標値と最後の実績を引き継いだ案を作ります。"
        "終了にした項目は引き継ぎません。期間の途中の見直しにも使えます。",
        submit="案を作成する",
        next="案は事務局だけが変更できます。「実施中」にするまで、今の版はそのまま残ります。",
        crumbs=edition_crumbs(edition),
        initial=forms.next_face(edition),
        save=lambda form: services.draft_next_edition(
            edition=edition,
            fields=form.entry(),
            directions_fixed=form.cleaned_data["directions_fixed"],
            by=user,
        ),
        back=edition_url(edition),
        success_url=edition_url,
        message="次の版の案を作成しました。見出しを開いて変更すると、前の版との違いが自動で記録されます。",
    )


@require_POST
@writing(queries.edition_for)
def fix_directions(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Whether the first level may be changed in this edition."""
    fixed = request.POST.get("fixed") == "1"
    try:
        services.fix_directions(edition=edition, fixed=fixed, by=user_of(request))
    except RuleViolation as violation:
        messages.error(request, violation.message)
    else:
        words = "いちばん上の段を固定しました。" if fixed else "いちばん上の段の固定を解除しました。"
        messages.success(request, words)
    return HttpResponseRedirect(edition_url(edition))


@writing(queries.section_for)
def merge_section(request: HttpRequest, section: Section) -> HttpResponse:
    """Other sections of the draft into this one."""
    user, edition = user_of(request), section.edition
    others = [(key, title) for key, title in queries.section_choices(edition) if key != section.pk]
    return cited_change(
        request,
        forms.MergeForm,
        edition=edition,
        part=section,
        title="ほかの見出しを統合する",
        lead=f"「{section}」に、ほかの見出しを統合します。",
        submit="統合する",
        crumbs=section_crumbs(section),
        form_kwargs={"others": others},
        save=lambda form: services.merge_sections(
            into=section,
            others=queries.sections_in(edition, form.cleaned_data["others"]),
            reason=form.cleaned_data["reason"],
            by=user,
        ),
        back=section_url(section),
        message="統合しました。",
    )


@writing(queries.section_for)
def split_section(request: HttpRequest, section: Section) -> HttpResponse:
    """A further section of the same origin, right after this one."""
    user = user_of(request)
    return cited_change(
        request,
        forms.SplitSectionForm,
        edition=section.edition,
        part=section,
        is_new=True,
        title="見出しを分割する",
        lead=f"「{section}」から分かれる見出しを、すぐ後に置きます。どちらも同じ前の項目から来たと記録します。",
        submit="分割する",
        crumbs=section_crumbs(section),
        form_kwargs={"user": user},
        initial={"owner": section.owner_id},
        save=lambda form: services.split_section(
            section=section, fields=form.entry(), reason=form.cleaned_data["reason"], by=user
        ),
        back=section_url(section),
        success_url=section_url,
        message="分割しました。もとの見出しの本文や項目を、必要に応じて直してください。",
    )


@writing(queries.indicator_for)
def merge_indicator(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """Other indicators of the draft into this one."""
    user = user_of(request)
    return cited_change(
        request,
        forms.MergeForm,
        edition=indicator.edition,
        part=indicator,
        title="ほかの指標を統合する",
        lead=f"「{indicator}」に、ほかの指標を統合します。値は足し合わせません。定義と目標値を見直してください。",
        submit="統合する",
        crumbs=indicator_crumbs(indicator),
        form_kwargs={"others": queries.indicator_choices(indicator)},
        save=lambda form: services.merge_indicators(
            into=indicator,
            others=queries.indicators_in(indicator.edition, form.cleaned_data["others"]),
            reason=form.cleaned_data["reason"],
            by=user,
        ),
        back=indicator_url(indicator),
        message="統合しました。",
    )


@writing(queries.indicator_for)
def split_indicator(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """A further indicator of the same origin."""
    user = user_of(request)
    return cited_change(
        request,
        forms.SplitIndicatorForm,
        edition=indicator.edition,
        part=indicator,
        is_new=True,
        title="指標を分割する",
        lead=f"「{indicator}」から分かれる指標を加えます。値は、分割した後に入力します。",
        submit="分割する",
        crumbs=indicator_crumbs(indicator),
        form_kwargs={"user": user},
        initial={"unit": indicator.unit, "direction": indicator.direction, "owner": indicator.owner_id},
        save=lambda form: services.split_indicator(
            indicator=indicator, fields=form.entry(), reason=form.cleaned_data["reason"], by=user
        ),
        back=indicator_url(indicator),
        success_url=indicator_url,
        message="分割しました。次に、基準値・目標値を入力してください。",
    )


@require_POST
@writing(queries.link_for)
def resume(request: HttpRequest, link: Lineage) -> HttpResponse:
    """An end decided in the draft, taken back."""
    draft = queries.draft_after(user_of(request), link)
    try:
        services.resume_part(link=link, draft=draft, by=user_of(request))
    except RuleViolation as violation:
        messages.error(request, violation.message)
    else:
        messages.success(request, "終了を取り消し、次の版に戻しました。")
    return HttpResponseRedirect(changes_url(draft))
