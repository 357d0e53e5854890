"""Every write of bpr: one function per intention, each with its audit row in the same transaction."""

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
    "enter_measurement",
    "publish_total",
    "register_project",
    "retire",
    "revise_project",
    "set_policy",
    "set_steps",
    "verify_measurement",
    "withdraw_measurement",
]
