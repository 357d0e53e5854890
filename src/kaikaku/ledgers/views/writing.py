"""What a section or the office writes in ledgers: a record, the values of a year, a withdrawal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from kaikaku.core.eras import fiscal_year_of
from kaikaku.ledgers import forms, queries, services
from kaikaku.ledgers.entries import RecordFields
from kaikaku.ledgers.views import conflict
from kaikaku.ledgers.views.common import OFFICE, at_ledger, at_record, found, link
from kaikaku.org import queries as org
from kaikaku.org.access import user_of
from kaikaku.org.queries import today
from kaikaku.ui.views import change_page, press

if TYPE_CHECKING:
    from kaikaku.ledgers.models import Ledger, Record
    from kaikaku.org.models import User


@found(queries.ledger_for, *queries.WRITERS)
def new(request: HttpRequest, part: Ledger) -> HttpResponse:
    """A section or the office: a new record."""
    user, kind = user_of(request), part.kind
    own = org.departments_of(user)
    return change_page(
        request,
        forms.RecordForm,
        title=f"{part.name}に記録する",
        crumbs=at_ledger(part),
        lead=kind.about,
        submit="記録する",
        save=lambda form: services.write_record(ledger=part, fields=_entry(user, form), by=user),
        back=link("ledger", part),
        success_url=lambda made: link("record", made),
        message="記録しました。",
        initial={"state": kind.states[0][0], "department": str(own[0].pk) if own else ""},
        form_kwargs=_form_kwargs(user, part),
    )


@found(queries.record_for, *queries.WRITERS)
def revise(request: HttpRequest, part: Record) -> HttpResponse:
    """The section in charge or the office: change a record; of two at once each sees the other's."""
    user = user_of(request)
    _must_write(user, part)
    of = conflict.OfRecord(user, part)
    if request.method == "POST" and conflict.SETTLED in request.POST:
        return conflict.settle(request, of)
    kwargs = {**_form_kwargs(user, part.ledger), "stand_in": part.stand_in}
    saving = conflict.Saving(of)
    response = change_page(
        request,
        forms.RecordForm,
        title="記録を変更する",
        crumbs=at_record(part),
        save=lambda form: saving.save(form, lambda: _revise(user, part, form)),
        back=link("record", part),
        message="変更を保存しました。",
        initial={
            "department": str(part.department_id or ""),
            "state": part.state,
            "public": part.public,
            "stand_in": part.stand_in,
            "version": str(part.version),
            "base": json.dumps(of.stands()),
            **forms.initial_of(kwargs["specs"], part.values),
        },
        form_kwargs=kwargs,
    )
    return saving.page(request) or response


def _revise(user: User, record: Record, form: forms.RecordForm) -> None:
    version = form.cleaned_data["version"]
    services.revise_record(
        record=record,
        fields=_entry(user, form),
        version=int(version) if version.isdecimal() else None,
        by=user,
    )


@found(queries.record_for, *queries.WRITERS)
def figures(request: HttpRequest, part: Record) -> HttpResponse:
    """The section in charge or the office: the figures of a year."""
    user = user_of(request)
    _must_write(user, part)
    sent = request.POST if request.method == "POST" else request.GET
    text = sent.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else fiscal_year_of(today())
    of = conflict.OfYear(user, part, year)
    if request.method == "POST" and conflict.SETTLED in request.POST:
        return conflict.settle(request, of)
    saving = conflict.Saving(of)
    response = change_page(
        request,
        forms.FiguresForm,
        title="年度の値を記録する",
        crumbs=at_record(part),
        save=lambda form: saving.save(form, lambda: _write_year(user, part, form)),
        back=link("record", part),
        message="年度の値を保存しました。",
        initial={
            "fiscal_year": year,
            "year": str(year),
            "version": str(of.version),
            "base": json.dumps(of.stands()),
            **forms.initial_of(of.specs, of.stands()),
        },
        form_kwargs={"specs": of.specs, "departments": _department_choices(user)},
    )
    return saving.page(request) or response


def _write_year(user: User, record: Record, form: forms.FiguresForm) -> None:
    data = form.cleaned_data
    # the form was made from the values of one year; of another that was typed the person saw nothing
    version = data["version"] if str(data["fiscal_year"]) == data["year"] else "0"
    services.write_figures(
        record=record,
        fiscal_year=data["fiscal_year"],
        values=form.values,
        by=user,
        version=int(version) if version.isdecimal() else 0,
    )


@found(queries.record_for, *queries.WRITERS)
def withdraw(request: HttpRequest, part: Record) -> HttpResponse:
    """The section in charge or the office: a record that should not be there."""
    user = user_of(request)
    _must_write(user, part)
    return change_page(
        request,
        forms.ReasonForm,
        title="記録を取り消す",
        crumbs=at_record(part),
        lead="誤って作った記録だけを取り消してください。終わったものは、状態を変えて残します。",
        submit="取り消す",
        save=lambda form: services.withdraw_record(record=part, reason=form.cleaned_data["reason"], by=user),
        back=link("record", part),
        success_url=lambda _: link("ledger", part.ledger),
        message="記録を取り消しました。一覧と集計から外れました。",
        context={"danger": True},
    )


@require_POST
@found(queries.record_for, OFFICE)
def restore(request: HttpRequest, part: Record) -> HttpResponse:
    """The office: bring a withdrawn record back."""
    by = user_of(request)
    return press(
        request,
        lambda: services.restore_record(record=part, by=by),
        done="取消しを戻しました。",
        back=link("record", part),
    )


def _must_write(user: User, record: Record) -> None:
    if not queries.may_write(user, record):
        raise PermissionDenied("この記録を変更できるのは、所管の所属の所属長・担当と事務局だけです。")


def _department_choices(user: User) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in org.department_choices(user)]


def _form_kwargs(user: User, ledger: Ledger) -> dict[str, Any]:
    specs = [field for field in queries.seen_fields(user, ledger.kind) if not field.yearly]
    return {"kind": ledger.kind, "specs": specs, "departments": _department_choices(user)}


def _entry(user: User, form: forms.RecordForm) -> RecordFields:
    data = form.cleaned_data
    key = data["department"]
    return RecordFields(
        department=org.department_for(user, int(key)) if key else None,
        state=data["state"],
        public=data["public"],
        values=form.values,
        stand_in=data.get("stand_in"),
    )
