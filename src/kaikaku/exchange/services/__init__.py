"""Everything written by exchange; one intention each."""

from kaikaku.exchange.services.approving import approve, refuse
from kaikaku.exchange.services.computing import ask_matching, compute, compute_waiting, run_matching
from kaikaku.exchange.services.matching import propose, propose_run
from kaikaku.exchange.services.people import (
    add_absence,
    remove_absence,
    set_busy_months,
    set_profile,
)
from kaikaku.exchange.services.publishing import publish_total
from kaikaku.exchange.services.requests import (
    apply_for,
    close_request,
    make_request,
    revise_request,
    widen_request,
    withdraw_application,
    withdraw_request,
)
from kaikaku.exchange.services.schemes import ensure_schemes, set_scheme
from kaikaku.exchange.services.working import (
    ask_extension,
    cancel,
    file_report,
    log_work,
    start,
)

__all__ = [
    "add_absence",
    "apply_for",
    "approve",
    "ask_extension",
    "ask_matching",
    "cancel",
    "close_request",
    "compute",
    "compute_waiting",
    "ensure_schemes",
    "file_report",
    "log_work",
    "make_request",
    "propose",
    "propose_run",
    "publish_total",
    "refuse",
    "remove_absence",
    "revise_request",
    "run_matching",
    "set_busy_months",
    "set_profile",
    "set_scheme",
    "start",
    "widen_request",
    "withdraw_application",
    "withdraw_request",
]
