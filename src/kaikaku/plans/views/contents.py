"""Lines, tables and footnotes: changed and taken from view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

from kaikaku.org.access import user_of
from kaikaku.plans import forms, queries, services
from kaikaku.plans.forms.contents import as_cells
from kaikaku.plans.views.common import edition_crumbs, edition_url, section_crumbs, section_url, writing
from kaikaku.ui.views import Crumbs, change_page

if TYPE_CHECKING:
    from kaikaku.plans.models import Edition, Footnote, Item, PlanTable


@writing(queries.item_for)
def revise_item(request: HttpRequest, item: Item) -> HttpResponse:
    """A line's words, kind and year."""
    user = user_of(request)
    names = ("text", "kind", "fiscal_year", "depth", "label", "cross_listed")
    return change_page(
        request,
        forms.ItemForm,
        title="項目を変更する",
        crumbs=section_crumbs(item.section),
        initial={name: getattr(item, name) for name in names},
        save=lambda form: services.revise_item(item=item, fields=form.entry(), by=user),
        back=section_url(item.section),
        message="項目を変更しました。",
    )


@writing(queries.item_for)
def remove_item(request: HttpRequest, item: Item) -> HttpResponse:
    """A line taken from view."""
    user = user_of(request)
    return change_page(
        request,
        forms.ReasonForm,
        title="項目を削除する",
        lead=f"「{item}」が表示されなくなります。",
        submit="削除する",
        danger=True,
        crumbs=section_crumbs(item.section),
        save=lambda form: services.remove_item(item=item, by=user, **form.cleaned_data),
        back=section_url(item.section),
        message="項目を削除しました。",
    )


@writing(queries.table_for)
def revise_table(request: HttpRequest, table: PlanTable) -> HttpResponse:
    """A table's caption, unit and cells."""
    user = user_of(request)
    crumbs, back = _home(table)
    return change_page(
        request,
        forms.TableForm,
        title="表を変更する",
        crumbs=crumbs,
        initial={"caption": table.caption, "unit": table.unit, "cells": as_cells(table.header, table.rows)},
        save=lambda form: services.revise_table(table=table, fields=form.entry(), by=user),
        back=back,
        message="表を変更しました。",
    )


@writing(queries.table_for)
def remove_table(request: HttpRequest, table: PlanTable) -> HttpResponse:
    """A table taken from view."""
    user = user_of(request)
    crumbs, back = _home(table)
    return change_page(
        request,
        forms.ReasonForm,
        title="表を削除する",
        lead=f"「{table}」が表示されなくなります。",
        submit="削除する",
        danger=True,
        crumbs=crumbs,
        save=lambda form: services.remove_table(table=table, by=user, **form.cleaned_data),
        back=back,
        message="表を削除しました。",
    )


def _home(table: PlanTable) -> tuple[Crumbs, str]:
    if table.section is None:
        return edition_crumbs(table.edition), edition_url(table.edition)
    table.section.edition = table.edition
    return section_crumbs(table.section), section_url(table.section)


@writing(queries.edition_for)
def new_footnote(request: HttpRequest, edition: Edition) -> HttpResponse:
    """A footnote of the edition."""
    user = user_of(request)
    return change_page(
        request,
        forms.FootnoteForm,
        title="注記を追加する",
        crumbs=edition_crumbs(edition),
        save=lambda form: services.add_footnote(edition=edition, fields=form.entry(), by=user),
        back=edition_url(edition),
        message="注記を追加しました。",
    )


@writing(queries.footnote_for)
def revise_footnote(request: HttpRequest, footnote: Footnote) -> HttpResponse:
    """A footnote's mark and words."""
    user = user_of(request)
    return change_page(
        request,
        forms.FootnoteForm,
        title="注記を変更する",
        crumbs=edition_crumbs(footnote.edition),
        initial={"mark": footnote.mark, "text": footnote.text},
        save=lambda form: services.revise_footnote(footnote=footnote, fields=form.entry(), by=user),
        back=edition_url(footnote.edition),
        message="注記を変更しました。",
    )


@writing(queries.footnote_for)
def remove_footnote(request: HttpRequest, footnote: Footnote) -> HttpResponse:
    """A footnote taken from view."""
    user = user_of(request)
    return change_page(
        request,
        forms.ReasonForm,
        title="注記を削除する",
        lead=f"「{footnote}」が表示されなくなります。",
        submit="削除する",
        danger=True,
        crumbs=edition_crumbs(footnote.edition),
        save=lambda form: services.remove_footnote(footnote=footnote, by=user, **form.cleaned_data),
        back=edition_url(footnote.edition),
        message="注記を削除しました。",
    )
