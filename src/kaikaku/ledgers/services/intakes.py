"""Workbooks that come back: every cell compared with what stands, shown, then taken in or dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from kaikaku.audit.services import record as log
from kaikaku.core.errors import RuleViolation
from kaikaku.ledgers.entries import RecordFields
from kaikaku.ledgers.kind import FieldSpec
from kaikaku.ledgers.models import Intake, Ledger, Record, YearFigure
from kaikaku.ledgers.queries.access import seen_fields
from kaikaku.ledgers.queries.shown import department_of, departments_in
from kaikaku.ledgers.services.guard import MOVED, Hand, must_be_in_use, must_belong
from kaikaku.ledgers.services.records import revise_record, write_figures, write_record
from kaikaku.ledgers.values import read_value, show_value
from kaikaku.ledgers.workbook import (
    DEPARTMENT,
    NUMBER,
    PUBLIC,
    SHOWN_PUBLIC,
    STATE,
    VERSION,
    YEAR,
    RowIn,
    read_workbook,
)

if TYPE_CHECKING:
    from kaikaku.org.models import User

OWN = {DEPARTMENT: "department", STATE: "state", PUBLIC: "public"}


@dataclass(frozen=True, slots=True)
class CellIn:
    """A cell that would change something, or cannot. `group` keeps the cells of one row together."""

    group: str
    place: str
    title: str
    code: str
    label: str
    was: str
    now: str
    stored: Any = None
    record: int | None = None
    version: int | None = None
    year: int | None = None
    error: str = ""


@transaction.atomic
def receive_workbook(*, ledger: Ledger, name: str, data: bytes, by: User) -> Intake:
    """Read a workbook and keep what its cells would change. Nothing is changed yet."""
    must_belong(ledger.organisation, by)
    must_be_in_use(ledger)
    cells = _Comparison(ledger, by).cells(read_workbook(data, name))
    return Intake.objects.create(
        ledger=ledger, uploaded_by=by, file_name=name[:255], cells=[asdict(cell) for cell in cells]
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """How many cells were taken in, and how many were not, for their record changed in the meantime."""

    cells: int
    moved: int


@transaction.atomic
def take_intake(*, intake: Intake, by: User) -> Taken:
    """Take in every row without a trouble, each by the service that a form would use. A row whose record was
    changed since the workbook was read is left as it is, and its cells say so.
    """
    held = _waiting(intake, by)
    groups: dict[str, list[CellIn]] = {}
    for raw in held.cells:
        cell = CellIn(**raw)
        if not cell.error:
            groups.setdefault(cell.group, []).append(cell)
    moved = {group: why for group, cells in groups.items() if (why := _refusal(held.ledger, cells, by))}
    held.cells = [{**raw, "error": raw["error"] or moved.get(raw["group"], "")} for raw in held.cells]
    held.settled_at, held.taken = timezone.now(), True
    held.save(update_fields=["settled_at", "taken", "cells"])
    taken = sum(len(cells) for group, cells in groups.items() if group not in moved)
    log(
        "ledgers.intake.taken",
        on=held.ledger,
        by=by,
        organisation=held.ledger.organisation,
        new={"file_name": held.file_name},
        note=f"{taken}か所",
    )
    return Taken(taken, sum(len(groups[group]) for group in moved))


def _refusal(ledger: Ledger, cells: list[CellIn], by: User) -> str:
    """Take in one row; why not, where someone was faster."""
    try:
        with transaction.atomic():
            _take(ledger, cells, by)
    except RuleViolation as refused:
        if refused.code != MOVED:
            raise
        return "Excelを送った後に、ほかの人が記録を変更しました。新しいExcelで送ってください。"
    return ""


@transaction.atomic
def drop_intake(*, intake: Intake, by: User) -> None:
    """Leave everything as it is."""
    held = _waiting(intake, by)
    held.settled_at = timezone.now()
    held.save(update_fields=["settled_at"])


def _waiting(intake: Intake, by: User) -> Intake:
    """The workbook, its row held; refused where it is settled."""
    held = (
        Intake.objects.select_for_update(of=("self",))
        .select_related("ledger__organisation")
        .get(pk=intake.pk)
    )
    must_belong(held.ledger.organisation, by)
    if held.settled_at is not None:
        raise RuleViolation(
            "ledgers.intake_settled", "このExcelは、もう処理されています。一覧で結果を確かめてください。"
        )
    return held


def _take(ledger: Ledger, cells: list[CellIn], by: User) -> None:
    first = cells[0]
    typed = {cell.code: cell.stored for cell in cells if cell.code not in OWN.values()}
    if first.year is not None and first.record is not None:
        row = Record.objects.select_related("ledger__organisation").get(pk=first.record, ledger=ledger)
        write_figures(record=row, fiscal_year=first.year, values=typed, by=by, version=first.version)
        return
    own = {cell.code: cell.stored for cell in cells if cell.code in OWN.values()}
    if first.record is None:
        fields = _fields(ledger, own, {}, typed)
        write_record(ledger=ledger, fields=fields, by=by)
        return
    row = Record.objects.select_related("ledger__organisation").get(pk=first.record, ledger=ledger)
    before = {"department": row.department_id, "state": row.state, "public": row.public}
    fields = _fields(ledger, own, before, typed)
    revise_record(record=row, fields=fields, version=first.version, by=by)


def _fields(
    ledger: Ledger, own: Mapping[str, Any], before: Mapping[str, Any], typed: Mapping[str, Any]
) -> RecordFields:
    key = own["department"] if "department" in own else before.get("department")
    department = department_of(ledger, int(key)) if key else None
    state = own.get("state") or before.get("state") or ledger.kind.states[0][0]
    public = own["public"] if "public" in own else before.get("public", False)
    return RecordFields(department=department, state=state, public=bool(public), values=typed)


class _Comparison:
    """The cells of a workbook against what stands; read once for all rows."""

    def __init__(self, ledger: Ledger, by: User) -> None:
        self.ledger, self.by, self.kind = ledger, by, ledger.kind
        self.hand = Hand.of(ledger, by)
        self.departments = departments_in(ledger.organisation)
        self.fields = {spec.heading: spec for spec in seen_fields(by, ledger.kind)}
        rows = Record.objects.filter(ledger=ledger, withdrawn_at__isnull=True)
        self.records = {row.pk: row for row in rows.iterator(2000)}
        years = YearFigure.objects.filter(record__ledger=ledger).iterator(2000)
        self.years = {(one.record_id, one.fiscal_year): one for one in years}

    def cells(self, rows: list[RowIn]) -> list[CellIn]:
        found: list[CellIn] = []
        seen: set[tuple[int, int | None]] = set()
        for row in rows:
            found += self._row(row, seen)
        return found

    def _row(self, row: RowIn, seen: set[tuple[int, int | None]]) -> Iterator[CellIn]:
        text, place = row.cells[NUMBER]
        record = self.records.get(int(text)) if text.isdecimal() else None
        if record is None and (text or row.yearly):
            yield self._trouble(row, place, f"記録番号「{text}」の記録は、この台帳にありません。")
            return
        year = self._year(row) if row.yearly else None
        if row.yearly and year is None:
            yield self._trouble(row, place, "年度を読み取れません。2026 のように書いてください。")
            return
        if record is not None:
            if (record.pk, year) in seen:
                yield self._trouble(row, place, "同じ記録の行が2つあります。1つにしてください。")
                return
            seen.add((record.pk, year))
        yield from self._changes(row, record, year)

    def _year(self, row: RowIn) -> int | None:
        text = row.cells.get(YEAR, ("", ""))[0]
        try:
            found = read_value(FieldSpec("year", YEAR, "fiscal_year"), text)
        except RuleViolation:
            return None
        return found if isinstance(found, int) else None

    def _changes(self, row: RowIn, record: Record | None, year: int | None) -> Iterator[CellIn]:
        figures = self.years.get((record.pk, year)) if record and year else None
        stands = (figures.values if figures else {}) if year else record.values if record else {}
        title = record.title if record else "（新しい記録）"
        known = (figures.version if figures else 0) if year else record.version if record else None
        stale = self._stale(row, known)
        key = record.pk if record else None
        refused = stale or self._refused(record)
        for head, (text, place) in row.cells.items():
            cell = CellIn(row.place, place, title, "", head, "", text, record=key, year=year)
            found = self._own(head, text, record) if year is None and head in OWN else None
            if head in self.fields and self.fields[head].yearly == (year is not None):
                found = self._value(self.fields[head], text, stands)
            if found is None:
                continue
            code, was, now, stored, error = found
            yield CellIn(
                row.place,
                place,
                title,
                code,
                cell.label,
                was,
                now,
                stored,
                key,
                known,
                year,
                error or refused,
            )

    def _value(
        self, spec: FieldSpec, text: str, stands: Mapping[str, Any]
    ) -> tuple[str, str, str, Any, str] | None:
        """(code, was, now, stored, error) where the cell says something else than what stands."""
        before = stands.get(spec.code)
        was = show_value(spec, before, self.departments)
        try:
            now = read_value(spec, text, self.departments)
        except RuleViolation as refused:
            return spec.code, was, text, None, refused.message
        if now == before:
            return None
        if now is None and spec.required:
            return spec.code, was, "", None, f"{spec.label}は必須です。"
        return spec.code, was, show_value(spec, now, self.departments), now, ""

    def _own(self, head: str, text: str, record: Record | None) -> tuple[str, str, str, Any, str] | None:
        code = OWN[head]
        before: Any
        now: Any
        if head == STATE:
            words = {label: code for code, label in self.kind.states}
            before, was = (record.state, self.kind.state_words.get(record.state, "")) if record else ("", "")
            now = words.get(text)
            error = "" if now else f"「{text}」という状態はありません。"
            if not text and record is None:
                return None
        elif head == PUBLIC:
            shown = {label: flag for flag, label in SHOWN_PUBLIC.items()}
            before, was = (record.public, SHOWN_PUBLIC[record.public]) if record else (False, "")
            now = shown.get(text or SHOWN_PUBLIC[False])
            error = "" if now is not None else "「公開する」か「公開しない」と書いてください。"
        else:
            before = str(record.department_id or "") if record else ""
            was = self.departments.names.get(before, "")
            now = (self.departments.key_of(text) or "") if text else ""
            error = f"「{text}」という所属は、1つに決まりません。" if text and not now else ""
            error = error or self._not_mine(now)
        if now == before and not error:
            return None
        return code, was, text, now, error

    def _stale(self, row: RowIn, known: int | None) -> str:
        if known is None:
            return ""
        text = row.cells.get(VERSION, ("", ""))[0] or "0"
        if text != str(known):
            return "このExcelを受け取った後に、記録が変更されています。新しいExcelで送ってください。"
        return ""

    def _refused(self, record: Record | None) -> str:
        """Why the person may not change this record."""
        return "" if record is None else self._not_mine(str(record.department_id or ""))

    def _not_mine(self, key: str) -> str:
        try:
            self.hand.must_keep(int(key) if key else None)
        except RuleViolation as refused:
            return refused.message
        return ""

    def _trouble(self, row: RowIn, place: str, why: str) -> CellIn:
        return CellIn(row.place, place, "", "", NUMBER, "", row.cells[NUMBER][0], error=why)
