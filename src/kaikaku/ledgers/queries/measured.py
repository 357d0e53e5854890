"""Counting records for a metric: only the fields that its expression names are read from the database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models.fields.json import KT

from kaikaku.ledgers.expressions import Counted, Year
from kaikaku.ledgers.kind import STATE, Kind, MetricSpec
from kaikaku.ledgers.models import Ledger, Record, YearFigure
from kaikaku.ledgers.values import as_counted

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation


def ledgers_in_use(organisation: Organisation) -> list[Ledger]:
    """The government's ledgers that are not retired."""
    return list(Ledger.objects.filter(organisation=organisation, retired_at__isnull=True))


def count(ledger: Ledger, metric: MetricSpec, fiscal_year: int) -> Counted | None:
    """What a metric's expression makes of the records; None where there is not one. At most two queries."""
    rows = list(_rows(ledger, ledger.kind, metric, fiscal_year))
    return metric.expression.measure(rows, Year(fiscal_year)) if rows else None


def _rows(
    ledger: Ledger, kind: Kind, metric: MetricSpec, fiscal_year: int
) -> Iterator[tuple[int, dict[str, Any]]]:
    named = sorted(metric.expression.fields - {STATE})
    lasting = [kind.by_code[code] for code in named if not kind.by_code[code].yearly]
    yearly = [kind.by_code[code] for code in named if kind.by_code[code].yearly]
    records = Record.objects.filter(ledger=ledger, withdrawn_at__isnull=True).order_by("pk")
    columns = [KT(f"values__{spec.code}") for spec in lasting]
    by_year = _figures(ledger, fiscal_year) if yearly else {}
    for pk, state, *texts in records.values_list("pk", "state", *columns).iterator(5000):
        values = {
            spec.code: as_counted(spec, json.loads(text) if spec.type == "choices" and text else text)
            for spec, text in zip(lasting, texts, strict=True)
        }
        values[STATE] = state
        figures = by_year.get(pk, {})
        values.update((spec.code, as_counted(spec, figures.get(spec.code))) for spec in yearly)
        yield pk, values


def _figures(ledger: Ledger, fiscal_year: int) -> dict[int, dict[str, Any]]:
    rows = YearFigure.objects.filter(record__ledger=ledger, fiscal_year=fiscal_year)
    return dict(rows.values_list("record", "values").iterator(5000))


def titles(ledger: Ledger, keys: list[int]) -> dict[int, str]:
    """The titles of these records."""
    return dict(Record.objects.filter(ledger=ledger, pk__in=keys).values_list("pk", "title"))
