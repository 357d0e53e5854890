"""A section's page, and everything that is done to a section and to what stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kaikaku.audit.actions import sentence
from kaikaku.audit.queries import changed
from kaikaku.core.errors import RuleViolation
from kaikaku.org.access import user_of
from kaikaku.plans import forms, queries, services
from kaikaku.plans.cells import line
from kaikaku.plans.views.citing import cited_change
from kaikaku.plans.views.common import (
    after_ending,
    edition_crumbs,
    edition_url,
    indicator_url,
    is_draft,
    keep_in_view,
    may_write,
    redirect_keeping,
    section_crumbs,
    section_url,
    writing,
)
from kaikaku.ui.linking import leading_to
from kaikaku.ui.views import change_page

if TYPE_CHECKING:
    from kaikaku.plans.models import Edition, Section


def section(request: HttpRequest, pk: int) -> HttpResponse:
    """Everyone here: the words of one part, what was done and what is planned side by side, its indicators.

    「この取組では何をしたのか」「来年は何をするのか」「自分の課の文を直してもらいたい」
    """
    user = user_of(request)
    found = queries.section_for(user, pk)
    keep_in_view(request, found.edition)
    shown = queries.section_page(user, found)
    context = {
        "section": found,
        "edition": found.edition,
        "shown": shown,
        "lines": [line(result) for result in shown.results],
        "links": queries.links_of(found),
        "sentence": sentence,
        "changed": changed,
        "history": queries.history_for(user, found),
        "may_write": may_write(request, found.edition),
        "is_draft": is_draft(found.edition),
        "base": reverse("plans:index"),
        "item_text": queries.item_text,
        "leads": leading_to(user, f"plans.section:{found.pk}"),
        "breadcrumbs": section_crumbs(found),
    }
    return render(request, "plans/section.html", context)


@writing(queries.edition_for)
def new_section(request: HttpRequest, edition: Edition) -> HttpResponse:
    """At the top, or under ?parent=."""
    user = user_of(request)
    asked = request.GET.get("parent", "")
    parent = queries.section_in(edition, int(asked)) if asked.isdecimal() and len(asked) < 12 else None
    return cited_change(
        request,
        forms.SectionForm,
        edition=edition,
        part=None,
        is_new=True,
        title=f"「{parent}」の下に見出しを追加する" if parent else "見出しを追加する",
        crumbs=section_crumbs(parent) if parent else edition_crumbs(edition),
        form_kwargs={"user": user},
        save=lambda form: services.add_section(edition=edition, parent=parent, fields=form.entry(), by=user),
        back=section_url(parent) if parent else edition_url(edition),
        success_url=section_url,
        message="見出しを追加しました。",
    )


@writing(queries.section_for)
def revise_section(request: HttpRequest, section: Section) -> HttpResponse:
    """Number, title, text, owner."""
    user = user_of(request)
    initial = {name: getattr(section, name) for name in ("number", "title", "subtitle", "body")}
    return cited_change(
        request,
        forms.SectionForm,
        edition=section.edition,
        part=section,
        title="見出しと本文を変更する",
        crumbs=section_crumbs(section),
        form_kwargs={"user": user},
        initial={**initial, "owner": section.owner_id},
        save=lambda form: services.revise_section(section=section, fields=form.entry(), by=user),
        back=section_url(section),
        message="見出しを変更しました。",
    )


@require_POST
@writing(queries.section_for)
def shift_section(request: HttpRequest, section: Section) -> HttpResponse:
    """One step up or down."""
    steps = -1 if request.POST.get("to") == "up" else 1
    try:
        services.shift_section(section=section, steps=steps, by=user_of(request))
    except RuleViolation as violation:
        messages.error(request, violation.message)
    return HttpResponseRedirect(redirect_keeping(request, section_url(section)))


@writing(queries.section_for)
def move_section(request: HttpRequest, section: Section) -> HttpResponse:
    """Under another section, first or last."""
    user = user_of(request)
    edition = section.edition
    return change_page(
        request,
        forms.SectionPlaceForm,
        title="見出しを移動する",
        lead="下にある見出し・項目・指標も一緒に移動します。",
        submit="移動する",
        crumbs=section_crumbs(section),
        form_kwargs={"sections": queries.section_choices(edition, without=section)},
        initial={"parent": section.parent_id or "", "place": "last"},
        save=lambda form: services.move_section(
            section=section,
            parent=queries.section_in(edition, form.parent_key()),
            index=0 if form.cleaned_data["place"] == "first" else 1_000_000,
            by=user,
        ),
        back=section_url(section),
        message="見出しを移動しました。",
    )


@writing(queries.section_for)
def end_section(request: HttpRequest, section: Section) -> HttpResponse:
    """What has run its course stays in sight, marked."""
    user = user_of(request)
    return cited_change(
        request,
        forms.EndForm,
        edition=section.edition,
        part=section,
        title="終了にする",
        lead="終了した取組は、実績とともに表示し続け、「終了」の印と理由を添えます。",
        submit="終了にする",
        crumbs=section_crumbs(section),
        save=lambda form: services.end_section(section=section, by=user, **form.end()),
        back=section_url(section),
        success_url=lambda _: after_ending(section.edition, section_url(section)),
        message="終了にしました。",
    )


@writing(queries.section_for)
def remove_section(request: HttpRequest, section: Section) -> HttpResponse:
    """A slip, taken from view with what is below it."""
    user = user_of(request)
    return change_page(
        request,
        forms.ReasonForm,
        title="見出しを削除する",
        lead=f"「{section}」と、その下の見出し・項目・指標が表示されなくなります。入力の誤りを消すときに使います。",
        submit="削除する",
        danger=True,
        crumbs=section_crumbs(section),
        save=lambda form: services.remove_section(section=section, by=user, **form.cleaned_data),
        back=section_url(section),
        success_url=lambda _: edition_url(section.edition),
        message="見出しを削除しました。",
    )


@writing(queries.section_for)
def new_item(request: HttpRequest, section: Section) -> HttpResponse:
    """A line of what was done or is planned."""
    user = user_of(request)
    return change_page(
        request,
        forms.ItemForm,
        title="項目を追加する",
        crumbs=section_crumbs(section),
        initial={"fiscal_year": section.edition.fiscal_year, "kind": "achievement", "depth": 1},
        save=lambda form: services.add_item(section=section, fields=form.entry(), by=user),
        back=section_url(section),
        message="項目を追加しました。",
    )


@writing(queries.section_for)
def new_table(request: HttpRequest, section: Section) -> HttpResponse:
    """A table, pasted from a spreadsheet."""
    user = user_of(request)
    return change_page(
        request,
        forms.TableForm,
        title="表を追加する",
        crumbs=section_crumbs(section),
        save=lambda form: services.add_table(
            edition=section.edition, section=section, fields=form.entry(), by=user
        ),
        back=section_url(section),
        message="表を追加しました。",
    )


@writing(queries.edition_for)
def new_indicator(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Under ?section=, or to the edition itself."""
    user = user_of(request)
    asked = request.GET.get("section", "")
    section = queries.section_in(edition, int(asked)) if asked.isdecimal() and len(asked) < 12 else None
    return cited_change(
        request,
        forms.IndicatorForm,
        edition=edition,
        part=section,
        is_new=True,
        title="指標を追加する",
        lead="先に指標の名称と単位を決めます。基準値・目標値・実績値は、追加した後に入力します。",
        crumbs=section_crumbs(section) if section else edition_crumbs(edition),
        form_kwargs={"user": user},
        save=lambda form: services.add_indicator(
            edition=edition, section=section, fields=form.entry(), by=user
        ),
        back=section_url(section) if section else edition_url(edition),
        success_url=indicator_url,
        message="指標を追加しました。次に、基準値・目標値・実績値を入力してください。",
    )
