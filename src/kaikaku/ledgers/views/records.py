"""Ledgers, their lists, and one record's page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kaikaku.audit import queries as audit
from kaikaku.audit.actions import sentence
from kaikaku.core.eras import fiscal_year_of
from kaikaku.ledgers import queries
from kaikaku.ledgers.values import show_value
from kaikaku.ledgers.views.common import OFFICE, STAFF, at_ledger, at_record, found
from kaikaku.org.access import allowed, only, user_of
from kaikaku.org.queries import today
from kaikaku.ui.listing import Field, Listing

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kaikaku.audit.models import Entry
    from kaikaku.ledgers.kind import FieldSpec, Kind
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
    reasons: dict[str, list[str]] = {}
    for metric, totals in rows:
        for reason in dict.fromkeys(one.reason for one in totals if one is not None and one.reason):
            reasons.setdefault(reason, []).append(metric.name)
    context = {
        "ledger": part,
        "rows": rows,
        "years": years,
        "reasons": reasons,
        "is_office": allowed(user, OFFICE),
        "breadcrumbs": [*at_ledger(part), ("集計", "")],
    }
    return render(request, "ledgers/measures.html", context)


def _changed_for(kind: Kind, seen: Iterable[FieldSpec]) -> Callable[[Entry], list[tuple[str, str, str]]]:
    """What an entry of the log says changed, less the fields that the person may not see today."""
    hidden = {field.label for field in kind.fields} - {field.label for field in seen}
    return lambda entry: [change for change in audit.changed(entry) if change[0] not in hidden]


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
        "changed": _changed_for(kind, seen),
        "reads_all": reads_all,
        "may_write": queries.may_write(user, part) and part.ledger.retired_at is None,
        "is_office": allowed(user, OFFICE),
        "today": today(),
        "breadcrumbs": at_record(part),
    }
    return render(request, "ledgers/record.html", context)
