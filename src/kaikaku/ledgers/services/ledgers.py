"""Opening a ledger, changing its kind without losing a value, ending and resuming its use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from kaikaku.audit.services import record
from kaikaku.core.errors import RuleViolation
from kaikaku.ledgers.changing import Plan, plan_change, stock_of
from kaikaku.ledgers.models import Ledger, Record, YearFigure
from kaikaku.ledgers.queries.shown import departments_in
from kaikaku.ledgers.reading import read_kind
from kaikaku.ledgers.services.derived import DERIVED, derive
from kaikaku.ledgers.services.guard import must_be_office

if TYPE_CHECKING:
    from kaikaku.ledgers.kind import Kind
    from kaikaku.org.models import Organisation, User

BATCH = 1000


@transaction.atomic
def open_ledger(*, organisation: Organisation, text: str, by: User | None) -> Ledger:
    """A new ledger of the kind that `text` describes. Raises RuleViolation with the line of what is wrong."""
    must_be_office(organisation, by)
    kind = read_kind(text)
    if Ledger.objects.filter(organisation=organisation, code=kind.code).exists():
        raise RuleViolation(
            "ledgers.code_taken",
            f"記号「{kind.code}」の台帳はもうあります。別の記号にしてください。",
            field="code",
        )
    ledger = Ledger.objects.create(organisation=organisation, code=kind.code, name=kind.name, text=text)
    record(
        "ledgers.ledger.opened", on=ledger, by=by, organisation=organisation, new={"version": 1, "text": text}
    )
    return ledger


def planned_change(*, ledger: Ledger, text: str) -> tuple[Kind, Plan]:
    """What a change of the kind would do to its records. Raises RuleViolation for a bad text."""
    old, new = ledger.kind, read_kind(text)
    rows = Record.objects.filter(ledger=ledger).values_list("state", "values")
    years = YearFigure.objects.filter(record__ledger=ledger).values_list("values", flat=True)
    return new, plan_change(old, new, stock_of(old, rows.iterator(2000), years.iterator(2000)))


@transaction.atomic
def change_ledger(*, ledger: Ledger, text: str, version: int, by: User | None) -> Plan:
    """Give a ledger another kind and move all its values; refused, with every reason, where one were lost."""
    must_be_office(ledger.organisation, by)
    ledger = Ledger.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=ledger.pk)
    if ledger.version != version:
        raise RuleViolation(
            "ledgers.moved_already",
            "この台帳の項目は、画面を開いた後にほかの人が変更しました。画面を読み込み直してください。",
        )
    kind, plan = planned_change(ledger=ledger, text=text)
    if not plan.possible:
        raise RuleViolation("ledgers.change_loses", " ".join(plan.refusals), refusals=plan.refusals)
    before = {"version": ledger.version, "text": ledger.text}
    ledger.text, ledger.name, ledger.version = text, kind.name, ledger.version + 1
    ledger.save(update_fields=["text", "name", "version"])
    _move(ledger, kind, plan)
    record(
        "ledgers.ledger.changed",
        on=ledger,
        by=by,
        organisation=ledger.organisation,
        old=before,
        new={"version": ledger.version, "text": text},
        note=" ".join(plan.steps),
    )
    return plan


def _move(ledger: Ledger, kind: Kind, plan: Plan) -> None:
    departments = departments_in(ledger.organisation)
    rows = []
    for row in Record.objects.select_for_update().filter(ledger=ledger).iterator(BATCH):
        row.values = plan.apply(row.values)
        derive(row, kind, departments)
        rows.append(row)
    Record.objects.bulk_update(rows, ["values", *DERIVED], batch_size=200)
    if plan.moves or plan.wrap:
        years = list(YearFigure.objects.filter(record__ledger=ledger))
        for year in years:
            year.values = plan.apply(year.values)
        YearFigure.objects.bulk_update(years, ["values"], batch_size=BATCH)


@transaction.atomic
def set_coverage(*, ledger: Ledger, first: int | None, last: int | None, by: User | None) -> None:
    """Between which fiscal years its records are whole; of others nothing is counted. None: no bound."""
    must_be_office(ledger.organisation, by)
    if first is not None and last is not None and first > last:
        raise RuleViolation(
            "ledgers.years_reversed", "最後の年度を、最初の年度より後にしてください。", field="last"
        )
    old = {"first": ledger.covers_from, "last": ledger.covers_to}
    ledger.covers_from, ledger.covers_to = first, last
    ledger.save(update_fields=["covers_from", "covers_to"])
    new = {"first": first, "last": last}
    record("ledgers.ledger.covered", on=ledger, by=by, organisation=ledger.organisation, old=old, new=new)


@transaction.atomic
def retire_ledger(*, ledger: Ledger, by: User | None) -> None:
    """End its use: the records stay as they are, none is added or changed."""
    must_be_office(ledger.organisation, by)
    ledger.retired_at = timezone.now()
    ledger.save(update_fields=["retired_at"])
    record("ledgers.ledger.retired", on=ledger, by=by, organisation=ledger.organisation)


@transaction.atomic
def resume_ledger(*, ledger: Ledger, by: User | None) -> None:
    """Use it again."""
    must_be_office(ledger.organisation, by)
    ledger.retired_at = None
    ledger.save(update_fields=["retired_at"])
    record("ledgers.ledger.resumed", on=ledger, by=by, organisation=ledger.organisation)
