"""What ledgers tell the apps above: what waits for a person, what a search finds, the chapter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from kaikaku.core.eras import show_fiscal_year
from kaikaku.core.numerals import show_number
from kaikaku.ledgers.kind import FieldSpec, Kind
from kaikaku.ledgers.models import Ledger, Record
from kaikaku.ledgers.queries import measured
from kaikaku.ledgers.queries.access import IN_CHARGE, reads_all, records_for
from kaikaku.ledgers.queries.lists import yearly_of
from kaikaku.ledgers.queries.shown import departments_in
from kaikaku.ledgers.values import Departments, show_value
from kaikaku.org.access import allowed
from kaikaku.org.queries import department_ids_of, today
from kaikaku.org.roles import Role
from kaikaku.ui.search import MOST_SHOWN, Group, Hit, Wanted, address_of
from kaikaku.ui.tasks import Task
from kaikaku.writers.dataset import Chapter, PlainTable

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.plans.models import Edition

TITLE = "台帳"
MOST_TOLD = 100
MOST_PRINTED = 1000
"""Records of one ledger in a publication; of a longer one the states are counted."""


def tasks_for(user: User, *, on: date | None = None) -> list[Task]:
    """The days by which something must be done: to the section, and to the office those of no section."""
    if user.organisation_id is None:
        return []
    office = allowed(user, Role.SECRETARIAT)
    if not office and not allowed(user, *IN_CHARGE):
        return []
    day = on or today()
    rows = Record.objects.filter(
        ledger__organisation=user.organisation_id,
        ledger__retired_at__isnull=True,
        withdrawn_at__isnull=True,
        alert_from__lte=day,
    )
    mine = rows.filter(department__in=department_ids_of(user, None, *IN_CHARGE))
    if office:
        mine = mine | rows.filter(department__isnull=True)
    url = address_of("ledgers:record")
    found = mine.select_related("ledger").order_by("alert_due")[:MOST_TOLD]
    return [_task(row, day, url.format(row.pk)) for row in found]


def _task(row: Record, on: date, url: str) -> Task:
    kind, due = row.ledger.kind, row.alert_due
    alert = next((one for one in kind.alerts if one.field == row.alert_field), None)
    left = (due - on).days if due else 0
    words = alert.words if alert else "期限を確かめる"
    state = f"あと{left}日" if left >= 0 else f"{-left}日過ぎています"
    return Task(words, f"{row.title}（{row.ledger}）", url, due, left < 0, state)


def found_for(user: User, wanted: Wanted) -> Iterator[Group]:
    """Records with all the words in fields that the user may see."""
    if not allowed(user, Role.EMPLOYEE):
        return
    key = "staff_key" if reads_all(user) else "public_key"
    rows = records_for(user).filter(ledger__retired_at__isnull=True)
    for word in wanted.keys:
        rows = rows.filter(**{f"{key}__contains": word})
    url = address_of("ledgers:record")
    first = rows.select_related("ledger").order_by("title")[:MOST_SHOWN]
    hits = tuple(Hit(row.title, url.format(row.pk), "", row.ledger.name) for row in first)
    total = len(hits) if len(hits) < MOST_SHOWN else rows.count()
    yield Group(TITLE, hits, total, order=74)


def chapter_for(edition: Edition) -> Chapter | None:
    """The public ledgers: their counts in words, their public records, and what each column means."""
    organisation = edition.plan.organisation
    departments = departments_in(organisation)
    said, tables = [], []
    for ledger in measured.ledgers_in_use(organisation):
        kind = ledger.kind
        if not kind.public:
            continue
        records = list(public_records(ledger))
        stand_ins = _standing_in(ledger)
        if records or stand_ins:
            said.append(_said(ledger, kind, len(records), stand_ins, fiscal_year=edition.fiscal_year))
        if records:
            tables += [_records_table(kind, records, departments), *_years_table(kind, records, departments)]
            tables.append(_dictionary(kind))
    return Chapter(TITLE, tuple(said), tuple(tables)) if said else None


def public_records(ledger: Ledger) -> Iterator[Record]:
    """What residents may see of a ledger, each by its name."""
    return (
        Record.objects.filter(ledger=ledger, public=True, stand_in=False, withdrawn_at__isnull=True)
        .order_by("pk")
        .iterator(2000)
    )


def _standing_in(ledger: Ledger) -> int:
    """How many records hold the place of one whose name is not published."""
    return Record.objects.filter(ledger=ledger, public=True, stand_in=True, withdrawn_at__isnull=True).count()


def _said(ledger: Ledger, kind: Kind, records: int, stand_ins: int, *, fiscal_year: int | None) -> str:
    public = [metric for metric in kind.metrics if metric.public] if fiscal_year else []
    found = measured.totals(ledger, public, [fiscal_year or 0])
    counted = [
        f"{metric.name}{show_number(one.value, metric.decimals)}{metric.unit}"
        for metric in public
        if (one := found[metric.code, fiscal_year or 0]) is not None and one.value is not None
    ]
    words = (
        f"{show_fiscal_year(fiscal_year)}は、{'、'.join(counted)}です。" if counted and fiscal_year else ""
    )
    unnamed = (
        f"名称のわからない{stand_ins:,}件は、公表された合計に合わせて数えています。" if stand_ins else ""
    )
    listed = f"公開している記録は{records:,}件です。" if records else ""
    return f"{kind.name}：{listed}{unnamed}{words}"


def _records_table(kind: Kind, records: list[Record], departments: Departments) -> PlainTable:
    if len(records) > MOST_PRINTED:
        counts = {words: sum(one.state == code for one in records) for code, words in kind.states}
        rows = tuple((words, f"{count:,}") for words, count in counts.items() if count)
        return PlainTable(f"{kind.name}（状態ごとの件数）", ("状態", "件数"), rows)
    fields = _public(kind.lasting)
    header = tuple(f.heading for f in fields)

    def cells(one: Record) -> tuple[str, ...]:
        shown = (show_value(f, one.values.get(f.code), departments) or "—" for f in fields)
        return (*shown, kind.state_words.get(one.state, one.state))

    return PlainTable(kind.name, (*header, "状態"), tuple(cells(one) for one in records))


def _years_table(kind: Kind, records: list[Record], departments: Departments) -> Iterator[PlainTable]:
    """The public values of each year, where the records themselves are listed."""
    fields = _public(kind.yearly)
    if not fields or len(records) > MOST_PRINTED:
        return
    figures = yearly_of(records)
    rows = tuple(
        (
            record.title,
            show_fiscal_year(one.fiscal_year),
            *(show_value(f, one.values.get(f.code), departments) or "—" for f in fields),
        )
        for record in records
        for one in figures.get(record.pk, ())
    )
    if rows:
        header = (kind.by_code[kind.title].label, "年度", *(f.heading for f in fields))
        yield PlainTable(f"{kind.name}の年度ごとの値", header, rows)


def _dictionary(kind: Kind) -> PlainTable:
    rows = tuple(
        (f.label, f.type_words, f.unit or "—", "、".join(words for _, words in f.choices) or f.help or "—")
        for f in (*_public(kind.lasting), *_public(kind.yearly))
    )
    return PlainTable(f"{kind.name}の項目の説明", ("項目", "種類", "単位", "選択肢・説明"), rows)


def _public(fields: Iterable[FieldSpec]) -> tuple[FieldSpec, ...]:
    return tuple(field for field in fields if field.public)
