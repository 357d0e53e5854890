"""Excel out, Excel in: the workbook of a sheet or a round, what a returned one would do, and doing it."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from kaikaku.core.lineage import word_diff
from kaikaku.org.access import require, user_of
from kaikaku.org.roles import Role
from kaikaku.reporting import forms_workbooks as forms
from kaikaku.reporting import queries, services
from kaikaku.reporting.queries import uploads, workbooks
from kaikaku.reporting.queries.holding import may_open
from kaikaku.reporting.services import reviewing
from kaikaku.reporting.views.common import (
    on_round,
    on_sheet,
    page_of,
    round_crumbs,
    round_url,
    sheet_crumbs,
    sheet_url,
)
from kaikaku.ui.views import form_page
from kaikaku.writers.workbook import write_workbook

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.reporting.models import Round, Sheet, Upload, UploadPart
    from kaikaku.reporting.services.reviewing import Summary

TITLE, ALL_TITLE = "Excelで記入する", "Excelでまとめて記入する"
# beyond this the cells stand on a page of each section's own
CELLS_AT_ONCE = 300
LONG = 12


@require_safe
@on_sheet(*queries.READERS)
def sheet_file(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """The workbook of one sheet."""
    return _file(request, sheet.round, [sheet], f"{sheet.round.title}（{sheet.department.name}）.xlsx")


@require_safe
@on_round(Role.SECRETARIAT)
def round_file(request: HttpRequest, round_: Round) -> HttpResponse:
    """The workbook of all sections of a round."""
    return _file(request, round_, workbooks.sheets_of(round_), f"{round_.title}（全所属）.xlsx")


def _file(request: HttpRequest, round_: Round, sheets: list[Sheet], name: str) -> HttpResponse:
    book = services.hand_out(round_=round_, sheets=sheets, by=user_of(request))
    out = io.BytesIO()
    write_workbook(book, out)
    return HttpResponse(
        out.getvalue(),
        content_type=services.XLSX,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"},
    )


@on_sheet(Role.CLERK)
def sheet_workbook(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """「様式を受け取る」「記入したものを戻す」「前に何を入れたか」"""
    return _bring_in(
        request,
        sheet.round,
        sheet=sheet,
        crumbs=sheet_crumbs(request, sheet),
        links=(sheet_url(sheet), sheet_url(sheet, "sheet_workbook_file")),
        success=lambda made: reverse("reporting:sheet_upload", args=[sheet.pk, made.pk]),
    )


@on_round(Role.SECRETARIAT)
def round_workbook(request: HttpRequest, round_: Round) -> HttpResponse:
    """「全所属の様式を1冊で」「戻ったものをまとめて入れる」「代わりに入れたことが残る」"""
    return _bring_in(
        request,
        round_,
        sheet=None,
        crumbs=round_crumbs(round_),
        links=(round_url(round_), reverse("reporting:round_workbook_file", args=[round_.pk])),
        success=lambda made: reverse("reporting:round_upload", args=[round_.pk, made.pk]),
    )


def _bring_in(
    request: HttpRequest,
    round_: Round,
    *,
    sheet: Sheet | None,
    crumbs: Any,
    links: tuple[str, str],
    success: Any,
) -> HttpResponse:
    """`links` are the way back and the address of the workbook."""
    user = user_of(request)

    def save(form: forms.WorkbookForm) -> Upload:
        file = form.cleaned_data["file"]
        return services.receive(round_=round_, sheet=sheet, name=file.name, data=file.read(), by=user)

    earlier = uploads.uploads_of(round_, sheet)[:20]
    context = {
        **page_of(TITLE if sheet else ALL_TITLE, crumbs, cancel=links[0], submit="変わるところを確かめる"),
        "round": round_,
        "sheet": sheet,
        "file_url": links[1],
        "why_shut": workbooks.why_shut(round_, sheet) if sheet else ("締切済み" if round_.closed_at else ""),
        "uploads": [(upload, success(upload)) for upload in earlier],
    }
    page = "reporting/workbook.html"
    return form_page(
        request, forms.WorkbookForm, page, save=save, success_url=success, context=context, atomic=False
    )


def sheet_upload(request: HttpRequest, pk: int, upload: int) -> HttpResponse:
    """「何が変わるか」「何が直すところか」「これで入る」 for a clerk's own sheet."""
    sheet = queries.sheet_for(user_of(request), pk)
    require(request.user, Role.CLERK)
    found = uploads.upload_for(sheet.round, upload, sheet)
    here = reverse("reporting:sheet_workbook", args=[sheet.pk])
    return _part_page(
        request,
        found,
        sheet,
        crumbs=[*sheet_crumbs(request, sheet), (TITLE, here)],
        back=here,
        success=sheet_url(sheet, "submit"),
    )


def round_part(request: HttpRequest, pk: int, upload: int, sheet: int) -> HttpResponse:
    """One section's part of the office's workbook."""
    round_ = queries.round_for(user_of(request), pk)
    require(request.user, Role.SECRETARIAT)
    found = uploads.upload_for(round_, upload)
    whole = reverse("reporting:round_upload", args=[round_.pk, found.pk])
    return _part_page(
        request,
        found,
        queries.sheet_for(user_of(request), sheet),
        crumbs=[*round_crumbs(round_), (found.document.file_name, whole)],
        back=whole,
        success=whole,
    )


def _part_page(
    request: HttpRequest, upload: Upload, sheet: Sheet, *, crumbs: Any, back: str, success: str
) -> HttpResponse:
    user = user_of(request)
    found = services.reviews_of(upload, only=sheet)
    if not found:
        raise Http404
    part, reviewed = found[0]
    return form_page(
        request,
        partial(forms.PickForm, cells=[cell for cell in reviewed.cells if cell.outcome == reviewing.CHOOSE]),
        "reporting/workbook_part.html",
        save=lambda form: services.apply(
            upload=upload,
            chosen={sheet.pk: form.cleaned_data["version"]},
            picks={sheet.pk: form.picks()},
            by=user,
        ),
        initial={"version": reviewed.version},
        success_url=success,
        message=_message,
        atomic=False,
        context={
            **_about(upload, user),
            **page_of(f"取り込む内容を確かめる：{part.sheet.department.name}", crumbs, cancel=back),
            "part": part,
            "reviewed": reviewed,
            "on_behalf": upload.sheet_id is None,
            "version": reviewed.version,
        },
    )


def _message(done: services.Applied) -> str:
    more = len(done.departments) - 10
    names = "、".join(done.departments[:10]) + (f" ほか{more}件" if more > 0 else "")
    return f"{names}の調書に、{done.cells}か所を取り込みました。まだ提出されていません。"


def round_upload(request: HttpRequest, pk: int, upload: int) -> HttpResponse:
    """「どの所属が入るか、だめか、なぜか」 and the button that takes in those that were chosen."""
    user = user_of(request)
    round_ = queries.round_for(user, pk)
    require(request.user, Role.SECRETARIAT)
    found = uploads.upload_for(round_, upload)
    reviews = services.summaries_of(found)
    ready = [(p, r) for p, r in reviews if r.state == reviewing.READY]
    back = reverse("reporting:round_workbook", args=[round_.pk])
    offered = [part.sheet_id for part, _ in ready]
    show_cells = sum(reviewed.cells for _, reviewed in reviews) <= CELLS_AT_ONCE
    return form_page(
        request,
        partial(forms.ApplyForm, offered=offered),
        "reporting/workbook_upload.html",
        save=lambda form: services.apply(upload=found, chosen=form.chosen(), by=user),
        initial={"sheet": [f"{p.sheet_id}:{r.version}" for p, r in ready]},
        success_url=reverse("reporting:round_upload", args=[round_.pk, found.pk]),
        message=_message,
        atomic=False,
        context={
            **_about(found, user),
            **page_of(
                "取り込む内容を確かめる",
                [*round_crumbs(round_), (ALL_TITLE, back)],
                cancel=back,
            ),
            "round": round_,
            "reviews": reviews,
            "ready": ready,
            "counts": _counts(reviews),
            "cells": services.reviews_of(found) if show_cells else None,
        },
    )


def _counts(reviews: list[tuple[UploadPart, Summary]]) -> dict[str, int]:
    return {state: sum(r.state == state for _, r in reviews) for state in reviewing.STATES}


def _about(upload: Upload, user: User) -> dict[str, Any]:
    """What both pages of a returned workbook need to speak."""
    return {
        "upload": upload,
        "may_open": may_open(user, upload),
        "states": reviewing.STATES,
        "pills": reviewing.PILLS,
        "diff": _diff,
    }


def _diff(old: str, new: str) -> list[tuple[str, str]] | None:
    """What has changed in the words of a longer text; None where old and new speak for themselves."""
    return word_diff(old, new) if min(len(old), len(new)) > LONG else None
