"""Every write of ledgers."""

from kaikaku.ledgers.services.guard import MOVED
from kaikaku.ledgers.services.intakes import drop_intake, receive_workbook, take_intake
from kaikaku.ledgers.services.ledgers import (
    change_ledger,
    open_ledger,
    planned_change,
    resume_ledger,
    retire_ledger,
    set_coverage,
)
from kaikaku.ledgers.services.records import (
    restore_record,
    revise_record,
    withdraw_record,
    write_figures,
    write_record,
    write_records,
)

__all__ = [
    "MOVED",
    "change_ledger",
    "drop_intake",
    "open_ledger",
    "planned_change",
    "receive_workbook",
    "restore_record",
    "resume_ledger",
    "retire_ledger",
    "revise_record",
    "set_coverage",
    "take_intake",
    "withdraw_record",
    "write_figures",
    "write_record",
    "write_records",
]
