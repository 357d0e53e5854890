"""What every write passes: whose it is, who may, and whether someone was faster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kaikaku.core.errors import RuleViolation
from kaikaku.ledgers.models import Ledger, Record
from kaikaku.ledgers.queries.access import IN_CHARGE, seen_fields
from kaikaku.org.access import allowed
from kaikaku.org.queries import department_ids_of
from kaikaku.org.roles import Role

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User


def must_belong(organisation: Organisation | int, by: User | None) -> None:
    """Refuse a person of another government (pages answer 404 long before)."""
    key = organisation if isinstance(organisation, int) else organisation.pk
    if by is not None and by.organisation_id != key:
        raise RuleViolation(
            "foreign_organisation", "ほかの団体の台帳には記録できません。自分の団体の台帳を選んでください。"
        )


def must_be_office(organisation: Organisation | int, by: User | None) -> None:
    """Only the office makes and changes ledgers; None is the system itself."""
    must_belong(organisation, by)
    if by is not None and not allowed(by, Role.SECRETARIAT):
        raise RuleViolation(
            "ledgers.office_only", "台帳の項目を変えられるのは事務局だけです。事務局に依頼してください。"
        )


MOVED = "ledgers.moved_already"


@dataclass(frozen=True, slots=True)
class Hand:
    """Who writes, looked up once for as many records as they write: the office keeps all records, a section
    its own, and each changes only the fields that they see.
    """

    departments: frozenset[int] | None
    fields: frozenset[str]

    @classmethod
    def of(cls, ledger: Ledger, by: User | None) -> Hand:
        must_belong(ledger.organisation_id, by)
        if by is None:
            return cls(None, frozenset(ledger.kind.by_code))
        fields = frozenset(field.code for field in seen_fields(by, ledger.kind))
        office = allowed(by, Role.SECRETARIAT)
        return cls(None if office else frozenset(department_ids_of(by, None, *IN_CHARGE)), fields)

    def must_keep(self, department_id: int | None) -> None:
        if self.departments is not None and department_id not in self.departments:
            raise RuleViolation(
                "ledgers.section_only",
                "記録できるのは、所管の所属の所属長・担当と事務局だけです。所管を自分の所属にしてください。",
                field="department",
            )


def must_be_in_use(ledger: Ledger) -> None:
    if ledger.retired_at is not None:
        raise RuleViolation(
            "ledgers.retired", f"台帳「{ledger}」は使用を終えています。事務局が再び始めると記録できます。"
        )


def held_ledger(ledger: Ledger) -> Ledger:
    """The ledger as it is now, its kind held until the transaction ends: no value goes by an old one."""
    return Ledger.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=ledger.pk)


def held(record: Record, *, version: int | None) -> Record:
    """The record, its row and its kind held until the transaction ends; refused where someone was faster."""
    ledger = held_ledger(record.ledger)  # first, as whoever changes the kind does: nobody waits for the other
    row = (
        Record.objects.select_for_update(of=("self",))
        .select_related("citation__document")
        .get(pk=record.pk, ledger=ledger)
    )
    row.ledger = ledger
    if version is not None and row.version != version:
        raise moved_already(str(row))
    return row


def moved_already(what: str) -> RuleViolation:
    """Someone was faster."""
    return RuleViolation(
        MOVED,
        f"記録「{what}」は、画面を開いた後にほかの人が変更しました。画面を読み込み直して、今の内容を確かめてください。",
    )
