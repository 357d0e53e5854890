"""Ledgers, their lists, one record's page, and what a section writes in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from kaikaku.audit import queries as audit
from kaikaku.audit.actions import sentence
from kaikaku.core.eras import fiscal_year_of
from kaikaku.ledgers import forms, queries, services
from kaikaku.ledgers.entries import RecordFields
from kaikaku.ledgers.values import show_value
from kaikaku.ledgers.views.common import OFFICE, STAFF, at_ledger, at_record, found, link
from kaikaku.org import queries as org
from kaikaku.org.access import allowed, only, user_of
from kaikaku.org.queries import today
from kaikaku.ui.listing import Field, Listing
from kaikaku.ui.views import change_page, press

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kaikaku.ledgers.kind import FieldSpec
    from kaikaku.ledgers.models import Ledger, Record
    from kaikaku.org.models import User

PER_PAGE = 50
YEARS_SHOWN = 5


@dataclass(frozen=True)
class Records(Listing[Any]):
    """A listing whose filter, order and page the database has made."""

    matched: int = 0

    @property
    def summary(self) -> str:
        return f"{self.matched:,}件"


@only(STAFF)
def index(request: HttpRequest) -> HttpResponse:
    """Everyone who works here: which registers are there, and which are mine to keep.

    「うちの所属が書く台帳はどれ」「県の協定はいくつあるか」
    """
    user = user_of(request)
    context = {
        "rows": queries.ledger_rows(user),
        "tasks": queries.tasks_for(user),
        "is_office": allowed(user, OFFICE),
        "reads_all": queries.reads_all(user),
    }
    return render(request, "ledgers/index.html", context)


@found(queries.ledger_for)
def ledger(request: HttpRequest, part: Ledger) -> HttpResponse:
    """A ledger's records: find one, narrow them, take them along.

    「期限の近い協定はどれ」「オンライン化していない手続だけを見たい」
    """
    user, kind = user_of(request), part.kind
    asked = asked_of(request, user, part)
    rows = queries.found_records(user, part, asked)
    context = {
        "ledger": part,
        "kind": kind,
        "listing": _listing(request, rows, user=user, ledger=part),
        "filters": [
            (f, queries.options_of(f), asked.chosen.get(f.code, "")) for f in queries.filters_of(user, kind)
        ],
        "asked": asked,
        "departments": queries.departments_used(part) if queries.reads_all(user) else [],
        "reads_all": queries.reads_all(user),
        "may_add": allowed(user, *queries.WRITERS) and part.retired_at is None,
        "is_office": allowed(user, OFFICE),
        "breadcrumbs": at_ledger(part),
    }
    return render(request, "ledgers/ledger.html", context)


def asked_of(request: HttpRequest, user: User, ledger: Ledger) -> queries.Asked:
    """What the address asks of the list."""
    query = request.GET
    return queries.Asked(
        words=query.get("q", "").strip(),
        state=query.get("state", ""),
        department=query.get("department", "") if queries.reads_all(user) else "",
        chosen={f.code: query.get(f"f_{f.code}", "") for f in queries.filters_of(user, ledger.kind)},
        sort=query.get("sort", ""),
    )


def _listing(request: HttpRequest, rows: QuerySet[Record], *, user: User, ledger: Ledger) -> Records:
    matched = rows.count()
    pages = max(1, -(-matched // PER_PAGE))
    text = request.GET.get("page", "1")
    page = min(max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1, pages)
    cut = rows.select_related("department")[(page - 1) * PER_PAGE : page * PER_PAGE]
    return Records(
        fields=_columns(user, ledger),
        found=(),
        rows=tuple(cut),
        total=matched,
        words=request.GET.get("q", "").strip(),
        sort=request.GET.get("sort", ""),
        page=page,
        pages=pages,
        query=request.GET,
        wants_csv=False,
        matched=matched,
    )


def _columns(user: User, ledger: Ledger) -> tuple[Field[Any], ...]:
    kind = ledger.kind
    departments = queries.departments_in(ledger.organisation)

    def column(spec: FieldSpec) -> Field[Any]:
        return Field[Any](
            spec.code,
            spec.label,
            lambda row: show_value(spec, row.values.get(spec.code), departments),
            unit=spec.unit,
            number=spec.is_number,
        )

    return (
        Field[Any]("title", kind.by_code[kind.title].label, lambda row: row.title),
        *(
            [Field[Any]("department", "所管", lambda row: row.department or "")]
            if queries.reads_all(user)
            else []
        ),
        *(column(spec) for spec in queries.columns_of(user, kind)),
        Field[Any]("state", "状態", lambda row: kind.state_words.get(row.state, row.state)),
    )


@found(queries.ledger_for)
def measures(request: HttpRequest, part: Ledger) -> HttpResponse:
    """What the ledger counts, for five years: the same figures to which indicators are bound.

    「この5年で協定はいくつ増えたか」「率はどの記録から出ているか」
    """
    user = user_of(request)
    this = fiscal_year_of(today())
    years = list(range(this - YEARS_SHOWN + 1, this + 1))
    reads_all = queries.reads_all(user)
    seen = {field.code for field in queries.seen_fields(user, part.kind)} | {"state"}
    shown = [
        metric
        for metric in part.kind.metrics
        if (metric.public or reads_all) and (metric.public or metric.expression.fields <= seen)
    ]
    found = queries.totals(part, shown, years)
    rows = [(m, [found[m.code, year] for year in years]) for m in shown]
    reasons = {one.reason: None for one in found.values() if one is not None and one.reason}
    context = {
        "ledger": part,
        "rows": rows,
        "years": years,
        "reasons": list(reasons),
        "breadcrumbs": [*at_ledger(part), ("集計", "")],
    }
    return render(request, "ledgers/measures.html", context)


@found(queries.record_for)
def record(request: HttpRequest, part: Record) -> HttpResponse:
    """One record: its values, its years, what happened to it.

    「いつまでの協定か」「だれがいつ変えたか」
    """
    user, kind = user_of(request), part.ledger.kind
    departments = queries.departments_in(part.ledger.organisation)
    seen = queries.seen_fields(user, kind)
    yearly = [field for field in seen if field.yearly]
    reads_all = queries.reads_all(user)
    context = {
        "record": part,
        "kind": kind,
        "shown": queries.shown_values([f for f in seen if not f.yearly], part.values, departments),
        "yearly": yearly,
        "figures": [
            (one.fiscal_year, queries.shown_values(yearly, one.values, departments))
            for one in queries.figures_of(part)
        ]
        if yearly
        else [],
        "history": audit.history_of(user, part) if reads_all else (),
        "sentence": sentence,
        "changed": audit.changed,
        "reads_all": reads_all,
        "may_write": queries.may_write(user, part) and part.ledger.retired_at is None,
        "is_office": allowed(user, OFFICE),
        "today": today(),
        "breadcrumbs": at_record(part),
    }
    return render(request, "ledgers/record.html", context)


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
    """The section in charge or the office: change a record."""
    user = user_of(request)
    _must_write(user, part)
    kwargs = {**_form_kwargs(user, part.ledger), "stand_in": part.stand_in}

    def save(form: forms.RecordForm) -> Record:
        version = form.cleaned_data["version"]
        return services.revise_record(
            record=part,
            fields=_entry(user, form),
            version=int(version) if version.isdecimal() else None,
            by=user,
        )

    return change_page(
        request,
        forms.RecordForm,
        title="記録を変更する",
        crumbs=at_record(part),
        save=save,
        back=link("record", part),
        message="変更を保存しました。",
        initial={
            "department": str(part.department_id or ""),
            "state": part.state,
            "public": part.public,
            "stand_in": part.stand_in,
            "version": str(part.version),
            **forms.initial_of(kwargs["specs"], part.values),
        },
        form_kwargs=kwargs,
    )


@found(queries.record_for, *queries.WRITERS)
def figures(request: HttpRequest, part: Record) -> HttpResponse:
    """The section in charge or the office: the figures of a year."""
    user = user_of(request)
    _must_write(user, part)
    specs = [field for field in queries.seen_fields(user, part.ledger.kind) if field.yearly]
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else fiscal_year_of(today())
    known = {one.fiscal_year: one.values for one in queries.figures_of(part)}
    return change_page(
        request,
        forms.FiguresForm,
        title="年度の値を記録する",
        crumbs=at_record(part),
        save=lambda form: services.write_figures(
            record=part, fiscal_year=form.cleaned_data["fiscal_year"], values=form.values, by=user
        ),
        back=link("record", part),
        message="年度の値を保存しました。",
        initial={"fiscal_year": year, **forms.initial_of(specs, known.get(year, {}))},
        form_kwargs={"specs": specs, "departments": _department_choices(user)},
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
