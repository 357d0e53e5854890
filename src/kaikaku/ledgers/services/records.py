"""Writing records: new, revised, withdrawn; the figures of a year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from kaikaku.audit.services import record as log
from kaikaku.core.eras import show_fiscal_year
from kaikaku.core.errors import RuleViolation
from kaikaku.ledgers.entries import RecordFields
from kaikaku.ledgers.models import Ledger, Record, YearFigure
from kaikaku.ledgers.queries.shown import departments_in
from kaikaku.ledgers.services.derived import derive
from kaikaku.ledgers.services.guard import (
    Hand,
    held,
    held_ledger,
    moved_already,
    must_be_in_use,
    must_be_office,
)
from kaikaku.ledgers.values import Departments, read_values, show_value

if TYPE_CHECKING:
    from kaikaku.ledgers.kind import FieldSpec, Kind
    from kaikaku.org.models import User

KEPT_BACK, WRITTEN = "見る人を限った項目", "（内容は記録の画面で見られます）"
"""What the log says in place of a field that only some roles may see, and of its value."""


def write_record(*, ledger: Ledger, fields: RecordFields, by: User | None) -> Record:
    """A new record. Raises RuleViolation on the field that is wrong or missing."""
    [row] = write_records(ledger=ledger, records=[fields], by=by)
    return row


@transaction.atomic
def write_records(*, ledger: Ledger, records: Iterable[RecordFields], by: User | None) -> list[Record]:
    """New records, all or none. Raises RuleViolation for the first with a field that is wrong or missing."""
    ledger = held_ledger(ledger)
    must_be_in_use(ledger)
    hand, departments = Hand.of(ledger, by), departments_in(ledger.organisation)
    return [_write(ledger, fields, hand, departments, by=by) for fields in records]


def _write(
    ledger: Ledger, fields: RecordFields, hand: Hand, departments: Departments, *, by: User | None
) -> Record:
    hand.must_keep(fields.department.pk if fields.department else None)
    row, kind = Record(ledger=ledger), ledger.kind
    now = _set(row, fields, hand, departments)
    row.save()
    years = [
        YearFigure(
            record=row,
            fiscal_year=_checked_year(year),
            values=_merged(kind.yearly, {}, values, hand, kind, departments),
        )
        for year, values in fields.years.items()
    ]
    YearFigure.objects.bulk_create(years)
    for figures in years:
        shown = (
            f"{f.label}：{show_value(f, figures.values.get(f.code), departments)}"
            for f in kind.yearly
            if f.code in figures.values and not f.roles
        )
        now[show_fiscal_year(figures.fiscal_year)] = "、".join(shown) or WRITTEN
    kept_back = _kept_back(kind)
    said = dict(_told(label, words, kept_back) for label, words in now.items())
    log("ledgers.record.written", on=row, by=by, organisation=ledger.organisation, new=said)
    return row


@transaction.atomic
def revise_record(*, record: Record, fields: RecordFields, version: int | None, by: User | None) -> Record:
    """Change a record; `version` is the one that the person had before them."""
    row = held(record, version=version)
    hand = Hand.of(row.ledger, by)
    hand.must_keep(row.department_id)
    hand.must_keep(fields.department.pk if fields.department else None)
    must_be_in_use(row.ledger)
    departments = departments_in(row.ledger.organisation)
    before = _shown(row, row.ledger.kind, departments)
    now = _set(row, fields, hand, departments)
    changed = [name for name in {**before, **now} if before.get(name) != now.get(name)]
    if not changed:
        return row
    row.version += 1
    row.save()
    kept_back = _kept_back(row.ledger.kind)
    log(
        "ledgers.record.revised",
        on=row,
        by=by,
        organisation=row.ledger.organisation,
        old=dict(_told(n, before.get(n, ""), kept_back) for n in changed),
        new=dict(_told(n, now.get(n, ""), kept_back) for n in changed),
    )
    return row


@transaction.atomic
def write_figures(
    *,
    record: Record,
    fiscal_year: int,
    values: Mapping[str, Any],
    by: User | None,
    version: int | None = None,
) -> None:
    """The yearly values of one fiscal year, as typed or stored; a field left out stays as it is. `version` is
    that of the year's values which the person had before them, 0 where there were none.
    """
    row = held(record, version=None)
    hand = Hand.of(row.ledger, by)
    hand.must_keep(row.department_id)
    must_be_in_use(row.ledger)
    kind, departments = row.ledger.kind, departments_in(row.ledger.organisation)
    figures, made = YearFigure.objects.select_for_update().get_or_create(
        record=row, fiscal_year=_checked_year(fiscal_year)
    )
    if version is not None and version != (0 if made else figures.version):
        raise moved_already(f"{row}（{show_fiscal_year(fiscal_year)}）")
    before = dict(figures.values)
    figures.values = _merged(kind.yearly, before, values, hand, kind, departments)
    if figures.values == before:
        return
    if not made:
        figures.version += 1
    figures.save(update_fields=["values", "version"])
    changed = [f for f in kind.yearly if before.get(f.code) != figures.values.get(f.code)]

    def words(stored: Mapping[str, Any]) -> dict[str, str]:
        kept_back = _kept_back(kind)
        shown = ((f.label, show_value(f, stored.get(f.code), departments)) for f in changed)
        return dict(_told(label, said, kept_back) for label, said in shown)

    log(
        "ledgers.figures.written",
        on=row,
        by=by,
        organisation=row.ledger.organisation,
        old=words(before),
        new={"fiscal_year": fiscal_year, **words(figures.values)},
    )


def _checked_year(fiscal_year: int) -> int:
    if not 1950 <= fiscal_year <= 2200:
        raise RuleViolation("ledgers.year_wrong", "年度を確かめてください。", field="fiscal_year")
    return fiscal_year


@transaction.atomic
def withdraw_record(*, record: Record, reason: str, by: User | None) -> None:
    """Take a record off all lists and counts; it stays in the database and can be restored."""
    row = held(record, version=None)
    Hand.of(row.ledger, by).must_keep(row.department_id)
    if not reason.strip():
        raise RuleViolation("ledgers.reason_missing", "取り消す理由を入力してください。", field="reason")
    row.withdrawn_at = timezone.now()
    row.version += 1
    derive(row, row.ledger.kind, departments_in(row.ledger.organisation))
    row.save()
    log("ledgers.record.withdrawn", on=row, by=by, organisation=row.ledger.organisation, note=reason)


@transaction.atomic
def restore_record(*, record: Record, by: User | None) -> None:
    """Undo a withdrawal (the office)."""
    row = held(record, version=None)
    must_be_office(row.ledger.organisation, by)
    row.withdrawn_at = None
    row.version += 1
    derive(row, row.ledger.kind, departments_in(row.ledger.organisation))
    row.save()
    log("ledgers.record.restored", on=row, by=by, organisation=row.ledger.organisation)


def _told(label: str, words: str, kept_back: set[str]) -> tuple[str, str]:
    return (KEPT_BACK, WRITTEN) if label in kept_back else (label, words)


def _kept_back(kind: Kind) -> set[str]:
    return {field.label for field in kind.fields if field.roles}


def _set(row: Record, fields: RecordFields, hand: Hand, departments: Departments) -> dict[str, str]:
    """Put the fields on the row; what it then shows, by label."""
    ledger = row.ledger
    kind = ledger.kind
    if fields.department is not None and fields.department.organisation_id != ledger.organisation_id:
        raise RuleViolation(
            "foreign_organisation", "所管は自分の団体の所属にしてください。", field="department"
        )
    if fields.state not in kind.state_words:
        raise RuleViolation(
            "ledgers.state_unknown", "状態は、一覧にあるものから選んでください。", field="state"
        )
    row.values = _merged(kind.lasting, row.values, fields.values, hand, kind, departments)
    row.department, row.state, row.public = fields.department, fields.state, fields.public
    if fields.stand_in is not None:
        row.stand_in = fields.stand_in
    if fields.citation is not None:
        if fields.citation.document.organisation_id != ledger.organisation_id:
            raise RuleViolation("foreign_organisation", "出典は自分の団体の資料にしてください。")
        row.citation = fields.citation
    derive(row, kind, departments)
    return _shown(row, kind, departments)


def _merged(
    specs: tuple[FieldSpec, ...],
    before: Mapping[str, Any],
    typed: Mapping[str, Any],
    hand: Hand,
    kind: Kind,
    departments: Departments,
) -> dict[str, Any]:
    """The stored values with the typed ones in: what the person cannot see they cannot change."""
    unknown = [code for code in typed if code not in kind.by_code]
    if unknown:
        raise RuleViolation("ledgers.field_unknown", f"「{unknown[0]}」という項目はこの台帳にありません。")
    mine = [spec for spec in specs if spec.code in hand.fields and (spec.code in typed or spec.required)]
    given = {spec.code: typed[spec.code] if spec.code in typed else before.get(spec.code) for spec in mine}
    codes = {spec.code for spec in mine}
    kept = {code: value for code, value in before.items() if code not in codes}
    return kept | read_values(mine, given, departments)


def _shown(row: Record, kind: Kind, departments: Departments) -> dict[str, str]:
    shown = {spec.label: show_value(spec, row.values.get(spec.code), departments) for spec in kind.lasting}
    return {
        "所管": departments.names.get(str(row.department_id), ""),
        "状態": kind.state_words.get(row.state, row.state),
        "公開": "公開する" if row.public else "公開しない",
        **({"公表された合計の内訳": "はい"} if row.stand_in else {}),
        **({"出典": str(row.citation)} if row.citation else {}),
        **{label: words for label, words in shown.items() if words},
    }
