"""Counting records for a metric: only the fields that its expression names are read from the database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet
from django.db.models.fields.json import KT

from kaikaku.core.eras import fiscal_year_of, show_fiscal_year
from kaikaku.ledgers.expressions import Counted, Year
from kaikaku.ledgers.kind import STATE, FieldSpec, Kind, MetricSpec
from kaikaku.ledgers.models import Ledger, Record, YearFigure
from kaikaku.ledgers.values import as_counted
from kaikaku.org.queries import today

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation


def ledgers_in_use(organisation: Organisation) -> list[Ledger]:
    """The government's ledgers that are not retired."""
    return list(Ledger.objects.filter(organisation=organisation, retired_at__isnull=True))


def count(ledger: Ledger, metric: MetricSpec, fiscal_year: int) -> Counted | None:
    """What a metric's expression makes of the records; None where there is not one. At most two queries."""
    if reason := _not_covered(ledger, metric, fiscal_year):
        return Counted(None, (), reason)
    by_year = _figures(ledger, fiscal_year) if _yearly(ledger.kind, metric) else None
    if by_year is not None and not by_year:
        return Counted(None, (), f"{show_fiscal_year(fiscal_year)}の値が、まだ記録されていません。")
    rows = list(_rows(ledger, metric, by_year or {}))
    return metric.expression.measure(rows, Year(fiscal_year)) if rows else None


def totals(
    ledger: Ledger, metrics: Sequence[MetricSpec], years: Sequence[int]
) -> dict[tuple[str, int], Counted | None]:
    """The values alone, by metric and year. Records that are alike are read as one, with their number."""
    plain = [metric for metric in metrics if not _yearly(ledger.kind, metric)]
    rows = _alike(ledger, plain) if plain else []
    found = {
        (one.code, year): Counted(None, (), reason)
        if (reason := _not_covered(ledger, one, year))
        else _weighed(one, rows, year)
        for one in plain
        for year in years
    }
    others = [metric for metric in metrics if metric not in plain]
    return found | {(one.code, year): count(ledger, one, year) for one in others for year in years}


def _not_covered(ledger: Ledger, metric: MetricSpec, fiscal_year: int) -> str:
    """Why records as they are do not tell of this year; "" where they do."""
    first, last = ledger.covers_from, ledger.covers_to
    if (first and fiscal_year < first) or (last and fiscal_year > last):
        begin, end = (show_fiscal_year(year) if year else "" for year in (first, last))
        years = begin if begin == end else f"{begin}～{end}"
        return f"台帳「{ledger}」に記録が揃っている年度は、{years}です。"
    if not metric.expression.timed and not _yearly(ledger.kind, metric):
        now = fiscal_year_of(today())
        if fiscal_year < now - 1:
            return "記録の今の状態を数える集計です。前の年度の値は計算できません。"
    return ""


def _yearly(kind: Kind, metric: MetricSpec) -> bool:
    return any(kind.by_code[code].yearly for code in metric.expression.fields - {STATE})


def _lasting(kind: Kind, metrics: Iterable[MetricSpec]) -> list[FieldSpec]:
    named = {code for metric in metrics for code in metric.expression.fields}
    return [kind.by_code[code] for code in sorted(named - {STATE}) if not kind.by_code[code].yearly]


def _standing(ledger: Ledger) -> QuerySet[Record]:
    return Record.objects.filter(ledger=ledger, withdrawn_at__isnull=True)


def _alike(ledger: Ledger, metrics: Sequence[MetricSpec]) -> list[tuple[dict[str, Any], int]]:
    specs = _lasting(ledger.kind, metrics)
    columns = {f"c_{spec.code}": KT(f"values__{spec.code}") for spec in specs}
    rows = _standing(ledger).order_by().annotate(**columns).values_list("state", *columns)
    return [
        (_counted(specs, state, texts), n)
        for state, *texts, n in rows.annotate(n=Count("pk")).values_list("state", *columns, "n")
    ]


def _weighed(
    metric: MetricSpec, rows: Sequence[tuple[dict[str, Any], int]], fiscal_year: int
) -> Counted | None:
    if not rows:
        return None
    alike = enumerate(values for values, _ in rows)
    counted = metric.expression.measure(alike, Year(fiscal_year))
    if counted.value is None:
        return counted
    parts = [(rows[key][1], part) for key, part in counted.parts]
    total = sum((n * part for n, part in parts), Decimal(0))
    expression = metric.expression
    if expression.function == "ratio":
        whole = sum((rows[key][1] * rows[key][0][expression.under] for key, _ in counted.parts), Decimal(0))
        return Counted(total * 100 / whole, (), "", whole)
    number = sum(n for n, _ in parts)
    per_cent = {"share": 100, "mean": 1}.get(expression.function)
    return Counted(total if per_cent is None else total * per_cent / number, ())


def _rows(
    ledger: Ledger, metric: MetricSpec, by_year: Mapping[int, dict[str, Any]]
) -> Iterator[tuple[int, dict[str, Any]]]:
    kind = ledger.kind
    specs = _lasting(kind, [metric])
    yearly = [kind.by_code[c] for c in metric.expression.fields - {STATE} if kind.by_code[c].yearly]
    columns = [KT(f"values__{spec.code}") for spec in specs]
    # most records are like another in what is counted; each kind of them is read once
    known: dict[tuple[Any, ...], dict[str, Any]] = {}
    for pk, *raw in _standing(ledger).order_by("pk").values_list("pk", "state", *columns).iterator(5000):
        key = tuple(raw)
        values = known.get(key)
        if values is None:
            values = known[key] = _counted(specs, raw[0], raw[1:])
        if yearly:
            figures = by_year.get(pk, {})
            values = values | {spec.code: as_counted(spec, figures.get(spec.code)) for spec in yearly}
        yield pk, values


def _counted(specs: Sequence[FieldSpec], state: str, texts: Sequence[Any]) -> dict[str, Any]:
    values = {
        spec.code: as_counted(spec, json.loads(text) if spec.type == "choices" and text else text)
        for spec, text in zip(specs, texts, strict=True)
    }
    return values | {STATE: state}


def _figures(ledger: Ledger, fiscal_year: int) -> dict[int, dict[str, Any]]:
    rows = YearFigure.objects.filter(record__ledger=ledger, fiscal_year=fiscal_year)
    return dict(rows.values_list("record", "values").iterator(5000))


def titles(ledger: Ledger, keys: list[int]) -> dict[int, str]:
    """The titles of these records."""
    return dict(Record.objects.filter(ledger=ledger, pk__in=keys).values_list("pk", "title"))
