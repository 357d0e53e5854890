"""What a part came from in an earlier edition (加除修正)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

from kaikaku.org.access import user_of
from kaikaku.plans import forms, queries, services
from kaikaku.plans.views.changes import match_url
from kaikaku.plans.views.common import indicator_crumbs, indicator_url, section_crumbs, section_url, writing
from kaikaku.ui.views import change_page

if TYPE_CHECKING:
    from kaikaku.plans.models import Edition, Indicator, Lineage, Section

TITLE = "前の版とのつながり"
LEAD = "番号が同じでも、同じ取組とは限りません。前の版のどの項目から来たかを選び、変えた理由を残します。"


def _proposed(request: HttpRequest) -> dict[str, str]:
    """The proposal that the page of proposals hands over; the person may choose otherwise."""
    return {name: request.GET[name][:20] for name in ("kind", "origin") if name in request.GET}


def _back(request: HttpRequest, edition: Edition) -> str:
    """Back to the proposals, for whoever came from there."""
    asked = request.GET.get("from", "")
    if not (asked.isdecimal() and len(asked) < 12):
        return ""
    return match_url(edition, queries.edition_for(user_of(request), int(asked)))


@writing(queries.section_for)
def link_section(request: HttpRequest, section: Section) -> HttpResponse:
    """Where a section comes from."""
    user = user_of(request)
    plan = section.edition.plan
    return change_page(
        request,
        forms.LineageForm,
        title=TITLE,
        lead=LEAD,
        crumbs=section_crumbs(section),
        form_kwargs={"origins": queries.earlier_parts(section)},
        initial=_proposed(request),
        save=lambda form: services.link_lineage(
            plan=plan,
            kind=form.cleaned_data["kind"],
            origin=queries.section_in_plan(plan, key) if (key := form.origin_key()) else None,
            heir=section,
            reason=form.cleaned_data["reason"],
            by=user,
        ),
        back=_back(request, section.edition) or section_url(section),
        message="つながりを記録しました。",
    )


@writing(queries.indicator_for)
def link_indicator(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """Where an indicator comes from."""
    user = user_of(request)
    plan = indicator.edition.plan
    return change_page(
        request,
        forms.LineageForm,
        title=TITLE,
        lead=LEAD,
        crumbs=indicator_crumbs(indicator),
        form_kwargs={"origins": queries.earlier_parts(indicator)},
        initial=_proposed(request),
        save=lambda form: services.link_lineage(
            plan=plan,
            kind=form.cleaned_data["kind"],
            origin=queries.indicator_in_plan(plan, key) if (key := form.origin_key()) else None,
            heir=indicator,
            reason=form.cleaned_data["reason"],
            by=user,
        ),
        back=_back(request, indicator.edition) or indicator_url(indicator),
        message="つながりを記録しました。",
    )


@writing(queries.link_for)
def unlink(request: HttpRequest, link: Lineage) -> HttpResponse:
    """A link drawn by mistake."""
    user = user_of(request)
    section, indicator = link.to_section or link.from_section, link.to_indicator or link.from_indicator
    if section is not None:
        crumbs, back = section_crumbs(section), section_url(section)
    else:
        assert indicator is not None
        crumbs, back = indicator_crumbs(indicator), indicator_url(indicator)
    return change_page(
        request,
        forms.ReasonForm,
        title="つながりを取り消す",
        submit="取り消す",
        crumbs=crumbs,
        save=lambda form: services.unlink_lineage(link=link, by=user, **form.cleaned_data),
        back=back,
        message="つながりを取り消しました。",
    )
