"""The list of a ledger: filtered, sorted and paged by the database, so that 20,000 records stay quick."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, FloatField, QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from kaikaku.ledgers.kind import YES_NO, FieldSpec, Kind
from kaikaku.ledgers.models import Ledger, Record, YearFigure
from kaikaku.ledgers.queries.access import ledgers_for, reads_all, records_for, seen_fields
from kaikaku.ui.search import Wanted

if TYPE_CHECKING:
    from kaikaku.org.models import User

MOST_COLUMNS = 5
MOST_FILTERS = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks of a list: words, a state, a department, choices of fields, an order."""

    words: str = ""
    state: str = ""
    department: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A ledger with how many records of it the user may read."""

    ledger: Ledger
    kind: Kind
    records: int


def ledger_rows(user: User) -> list[LedgerRow]:
    """The ledgers with their counts; two queries."""
    counts = dict(
        records_for(user).order_by().values("ledger").annotate(n=Count("pk")).values_list("ledger", "n")
    )
    return [LedgerRow(one, one.kind, counts.get(one.pk, 0)) for one in ledgers_for(user)]


def filters_of(user: User, kind: Kind) -> tuple[FieldSpec, ...]:
    """The fields by which a list can be narrowed, of those that the user sees; the required ones first."""
    fit = [f for f in seen_fields(user, kind) if not f.yearly and f.type in ("choice", "choices", "yes_no")]
    return tuple(sorted(fit, key=lambda f: not f.required)[:MOST_FILTERS])


def options_of(spec: FieldSpec) -> tuple[tuple[str, str], ...]:
    return YES_NO if spec.type == "yes_no" else spec.choices


def columns_of(user: User, kind: Kind) -> tuple[FieldSpec, ...]:
    """The fields that a list shows beside title, department and state; the required ones first."""
    short = [
        f
        for f in seen_fields(user, kind)
        if not f.yearly and f.type not in ("long", "url", "choices") and f.code != kind.title
    ]
    return tuple(sorted(short, key=lambda f: not f.required)[:MOST_COLUMNS])


def found_records(user: User, ledger: Ledger, asked: Asked) -> QuerySet[Record]:
    """The records of a ledger that the user may read, as asked for; what they cannot see cannot be asked."""
    kind = ledger.kind
    seen = {spec.code: spec for spec in seen_fields(user, kind) if not spec.yearly}
    rows = records_for(user).filter(ledger=ledger)
    key = "staff_key" if reads_all(user) else "public_key"
    for word in Wanted.of(asked.words).keys:
        rows = rows.filter(**{f"{key}__contains": word})
    if asked.state in kind.state_words:
        rows = rows.filter(state=asked.state)
    if asked.department.isdecimal():
        rows = rows.filter(department=int(asked.department))
    for code, choice in asked.chosen.items():
        if code in seen and choice in dict(options_of(seen[code])):
            rows = _holding(rows, seen[code], choice)
    return _sorted(rows, seen, asked.sort)


def _holding(rows: QuerySet[Record], spec: FieldSpec, choice: str) -> QuerySet[Record]:
    name = f"in_{spec.code}"
    rows = rows.alias(**{name: Cast(KT(f"values__{spec.code}"), TextField())})
    # several choices come as the text of a JSON list on both databases
    wanted = {f"{name}__contains": f'"{choice}"'} if spec.type == "choices" else {name: choice}
    return rows.filter(**wanted)


def _sorted(rows: QuerySet[Record], seen: Mapping[str, FieldSpec], sort: str) -> QuerySet[Record]:
    name, down = sort.removeprefix("-"), sort.startswith("-")
    by: Any
    if name in ("title", "state"):
        by = F(name)
    elif name == "department":
        by = F("department__name")
    elif name in seen:
        by = KT(f"values__{name}")
        if seen[name].is_number or seen[name].type == "fiscal_year":
            by = Cast(by, FloatField())
    else:
        return rows.order_by("-pk")
    order = by.desc(nulls_last=True) if down else by.asc(nulls_last=True)
    return rows.order_by(order, "pk")


def yearly_of(records: Iterable[Record]) -> dict[int, list[YearFigure]]:
    """The yearly figures of these records, by record."""
    found: dict[int, list[YearFigure]] = {}
    for figure in YearFigure.objects.filter(record__in=[one.pk for one in records]):
        found.setdefault(figure.record_id, []).append(figure)
    return found


def all_yearly(ledger: Ledger, records: QuerySet[Record]) -> Iterator[YearFigure]:
    """The yearly figures of all these records, by record and year."""
    rows = YearFigure.objects.filter(record__ledger=ledger, record__in=records.order_by())
    return rows.order_by("record", "fiscal_year").iterator(2000)


def departments_used(ledger: Ledger) -> Sequence[tuple[int, str]]:
    """The departments that have records in a ledger."""
    rows = Record.objects.filter(ledger=ledger, department__isnull=False).order_by("department__name")
    return list(rows.values_list("department", "department__name").distinct())
