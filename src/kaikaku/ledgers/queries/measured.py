"""Counting records for a metric: only the fields that its expression names are read from the database.

A value needs no record by itself: those that are alike in these fields are counted first, and the expression
is asked once for each kind of them. Which records they are (`parts`) is read only when somebody asks.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.db.models.fields.json import KT

from kaikaku.core.eras import fiscal_year_of, show_fiscal_year
from kaikaku.ledgers.expressions import Expression, Year
from kaikaku.ledgers.kind import STATE, FieldSpec, Kind, MetricSpec
from kaikaku.ledgers.models import Ledger, Record, YearFigure
from kaikaku.ledgers.values import as_counted
from kaikaku.org.queries import today

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation

Part = tuple[int, Decimal]
Texts = tuple[Any, ...]
"""A record's state and the texts of the fields that are counted."""


@dataclass(frozen=True, slots=True)
class Total:
    """What a metric says of a year: its value, of how many records, what they add up to, of what whole."""

    value: Decimal | None
    number: int = 0
    met: Decimal = Decimal(0)
    whole: Decimal = Decimal(0)
    reason: str = ""


def ledgers_in_use(organisation: Organisation) -> list[Ledger]:
    """The government's ledgers that are not retired."""
    return list(Ledger.objects.filter(organisation=organisation, retired_at__isnull=True))


def total(ledger: Ledger, metric: MetricSpec, fiscal_year: int) -> Total | None:
    """What a metric counts in a year; None where there is no record. At most two queries."""
    return totals(ledger, [metric], [fiscal_year])[metric.code, fiscal_year]


def totals(
    ledger: Ledger, metrics: Sequence[MetricSpec], years: Sequence[int]
) -> dict[tuple[str, int], Total | None]:
    """By metric and year; two queries however many of either."""
    reasons = {(one.code, year): _not_covered(ledger, one, year) for one in metrics for year in years}
    asked = [one for one in metrics if not all(reasons[one.code, year] for year in years)]
    alike = _Alike(ledger, asked, years) if asked else None
    return {
        (one.code, year): Total(None, reason=reasons[one.code, year])
        if alike is None or reasons[one.code, year]
        else alike.total(one, year)
        for one in metrics
        for year in years
    }


class _Alike:
    """How many records are alike in the fields that each of these metrics names, in each of these years."""

    def __init__(self, ledger: Ledger, metrics: Sequence[MetricSpec], years: Sequence[int]) -> None:
        self.kind = ledger.kind
        lasting = _named(self.kind, metrics, yearly=False)
        self.everyone = _Table(["state"], lasting, [], _texts(_standing(ledger), _columns(lasting), "state"))
        self.written: _Table | None = None
        yearly = _named(self.kind, metrics, yearly=True)
        if yearly:
            lasting = _named(self.kind, [one for one in metrics if _yearly(self.kind, one)], yearly=False)
            figures = YearFigure.objects.filter(
                record__ledger=ledger, record__withdrawn_at__isnull=True, fiscal_year__in=years
            )
            columns = _columns(lasting, "record__") | _columns(yearly)
            own = ["fiscal_year", "record__state"]
            self.written = _Table(own, lasting, yearly, _texts(figures, columns, *own))

    def total(self, metric: MetricSpec, fiscal_year: int) -> Total | None:
        if not self.everyone.number:
            return None
        lasting, yearly = (_named(self.kind, [metric], yearly=each) for each in (False, True))
        left = self.everyone.counted(metric, lasting).copy()
        groups = []
        if self.written is not None and yearly:
            written = self.written.counted(metric, [*lasting, *yearly])
            width = 2 + len(lasting)
            of_year = [(texts, n) for texts, n in written.items() if texts[0] == fiscal_year]
            if not of_year:
                reason = f"{show_fiscal_year(fiscal_year)}の値が、まだ記録されていません。"
                return Total(None, reason=reason)
            for texts, n in of_year:
                left[texts[1:width]] -= n
                groups.append((_read(lasting, texts[1:width]) | _read_fields(yearly, texts[width:]), n))
        groups += [(_read(lasting, texts), n) for texts, n in left.items() if n > 0]
        return _weighed(metric.expression, groups, fiscal_year)


class _Table:
    """The texts of some fields, by column, and how many rows are alike in those that a metric names."""

    def __init__(
        self,
        own: Sequence[str],
        lasting: Sequence[FieldSpec],
        yearly: Sequence[FieldSpec],
        rows: Sequence[Texts],
    ) -> None:
        self.number = len(rows)
        names = [*own, *(spec.code for spec in (*lasting, *yearly))]
        self.own = own
        self.columns = (
            dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(names, ())
        )
        self.by_year: dict[str, list[Any]] = {}
        self.known: dict[str, Counter[Texts]] = {}

    def counted(self, metric: MetricSpec, specs: Sequence[FieldSpec]) -> Counter[Texts]:
        """Of rows that are alike, how many: (its own columns, these fields)."""
        if metric.code not in self.known:
            asked: list[Sequence[Any]] = [self.columns[name] for name in self.own]
            asked += [self._texts(spec, metric.expression) for spec in specs]
            self.known[metric.code] = Counter(zip(*asked, strict=True))
        return self.known[metric.code]

    def _texts(self, spec: FieldSpec, expression: Expression) -> Sequence[Any]:
        if spec.type != "date" or spec.code in expression.compared:
            return self.columns[spec.code]
        if spec.code not in self.by_year:
            days = self.columns[spec.code]
            short = {day: _by_year(day) for day in set(days)}
            self.by_year[spec.code] = [short[day] for day in days]
        return self.by_year[spec.code]


def _by_year(day: str | None) -> str | None:
    """The first day of its fiscal year, which no question about years can tell from the day itself; the last
    day of one is kept, for what ends on it stands on it.

    >>> _by_year("2026-03-30"), _by_year("2026-03-31"), _by_year("2026-04-01"), _by_year(None)
    ('2025-04-01', '2026-03-31', '2026-04-01', None)
    """
    if not day or day.endswith("-03-31"):
        return day
    return f"{int(day[:4]) - (day[5:7] < '04')}-04-01"


def _weighed(expression: Expression, groups: Sequence[tuple[dict[str, Any], int]], fiscal_year: int) -> Total:
    """The value over groups of records that are alike, each so many."""
    alike = enumerate(values for values, _ in groups)
    counted = expression.measure(alike, Year(fiscal_year))
    if counted.value is None:
        return Total(None, reason=counted.reason)
    number = sum(groups[key][1] for key, _ in counted.parts)
    met = sum((groups[key][1] * part for key, part in counted.parts), Decimal(0))
    if expression.function == "ratio":
        under = ((groups[key][1], groups[key][0][expression.under]) for key, _ in counted.parts)
        whole = sum((n * value for n, value in under), Decimal(0))
        return Total(met * 100 / whole, number, met, whole)
    per = {"share": 100, "mean": 1}.get(expression.function)
    return Total(met if per is None else met * per / number, number, met, Decimal(number))


def parts(ledger: Ledger, metric: MetricSpec, fiscal_year: int) -> tuple[Part, ...]:
    """(record, its contribution) of all that count, in the order of their numbers; at most two queries."""
    if _not_covered(ledger, metric, fiscal_year):
        return ()
    lasting, yearly = (_named(ledger.kind, [metric], yearly=each) for each in (False, True))
    by_year: dict[int, dict[str, Any]] = {}
    if yearly:
        figures = YearFigure.objects.filter(record__ledger=ledger, fiscal_year=fiscal_year)
        texts = figures.order_by().annotate(**(columns := _columns(yearly))).values_list("record", *columns)
        by_year = {pk: _read_fields(yearly, found) for pk, *found in texts.iterator(5000)}
        if not by_year:
            return ()
    known: dict[Texts, dict[str, Any]] = {}
    rows = []
    asked = _standing(ledger).order_by("pk").annotate(**(columns := _columns(lasting)))
    for pk, *found in asked.values_list("pk", "state", *columns).iterator(5000):
        key = tuple(found)
        values = known.get(key)
        if values is None:
            values = known[key] = _read(lasting, key)
        rows.append((pk, values | by_year.get(pk, {}) if yearly else values))
    return metric.expression.measure(rows, Year(fiscal_year)).parts


def _not_covered(ledger: Ledger, metric: MetricSpec, fiscal_year: int) -> str:
    """Why records as they are do not tell of this year; "" where they do."""
    first, last = ledger.covers_from, ledger.covers_to
    if (first and fiscal_year < first) or (last and fiscal_year > last):
        begin, end = (show_fiscal_year(year) if year else "" for year in (first, last))
        years = begin if begin == end else "".join((begin and f"{begin}から", end and f"{end}まで"))
        return f"台帳「{ledger}」に記録が揃っている年度は、{years}です。"
    if not metric.expression.timed and not _yearly(ledger.kind, metric):
        now = fiscal_year_of(today())
        if fiscal_year < now - 1:
            return "記録の今の状態を数える集計です。前の年度の値は計算できません。"
    return ""


def _yearly(kind: Kind, metric: MetricSpec) -> bool:
    return any(kind.by_code[code].yearly for code in metric.expression.fields - {STATE})


def _named(kind: Kind, metrics: Iterable[MetricSpec], *, yearly: bool) -> list[FieldSpec]:
    """The fields that the expressions name, of those with one value or of those with one a year."""
    codes = {code for metric in metrics for code in metric.expression.fields} - {STATE}
    return [kind.by_code[code] for code in sorted(codes) if kind.by_code[code].yearly == yearly]


def _standing(ledger: Ledger) -> QuerySet[Record]:
    return Record.objects.filter(ledger=ledger, withdrawn_at__isnull=True)


def _columns(specs: Iterable[FieldSpec], prefix: str = "") -> dict[str, Any]:
    return {f"c_{spec.code}": KT(f"{prefix}values__{spec.code}") for spec in specs}


def _texts(rows: QuerySet[Any], columns: Mapping[str, Any], *own: str) -> list[Texts]:
    """Its own columns and these of all rows. Alike ones are counted here: a database would have to sort."""
    return list(rows.order_by().annotate(**columns).values_list(*own, *columns))


def _read(specs: Sequence[FieldSpec], texts: Texts) -> dict[str, Any]:
    return {STATE: texts[0]} | _read_fields(specs, texts[1:])


def _read_fields(specs: Sequence[FieldSpec], texts: Sequence[Any]) -> dict[str, Any]:
    return {
        spec.code: as_counted(spec, json.loads(text) if spec.type == "choices" and text else text)
        for spec, text in zip(specs, texts, strict=False)
    }


def titles(ledger: Ledger, keys: list[int]) -> dict[int, str]:
    """The titles of these records."""
    return dict(Record.objects.filter(ledger=ledger, pk__in=keys).values_list("pk", "title"))
