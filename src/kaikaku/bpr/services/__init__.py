"""Every write of bpr: one function per intention, each with its audit row in the same transaction."""

from kaikaku.bpr.services.intakes import drop_intake, receive_workbook, take_intake
from kaikaku.bpr.services.measuring import (
    enter_measurement,
    publish_total,
    set_policy,
    verify_measurement,
    withdraw_measurement,
)
from kaikaku.bpr.services.projects import (
    advance_project,
    begin_use,
    register_project,
    retire,
    revise_project,
    set_steps,
)

__all__ = [
    "advance_project",
    "begin_use",
    "drop_intake",
    "enter_measurement",
    "publish_total",
    "receive_workbook",
    "register_project",
    "retire",
    "revise_project",
    "set_policy",
    "set_steps",
    "take_intake",
    "verify_measurement",
    "withdraw_measurement",
]
