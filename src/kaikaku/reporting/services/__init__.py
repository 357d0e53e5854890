"""Every write of reporting: one function per intention, each with its audit row in the same transaction."""

from kaikaku.reporting.services.applying import Applied, apply
from kaikaku.reporting.services.approval import (
    accept,
    answer_none,
    bundle,
    confirm,
    mark_read,
    return_sheet,
    submit_sheet,
    undo,
)
from kaikaku.reporting.services.binding import (
    bind,
    correct_from_records,
    recompute,
    resume,
    set_aside,
    unbind,
)
from kaikaku.reporting.services.chains import clear_chain, set_chain
from kaikaku.reporting.services.filling import add_evidence, comment, save_sheet
from kaikaku.reporting.services.importing import (
    XLSX,
    Looked,
    hand_out,
    look_at,
    receive,
    reviews_of,
    summaries_of,
)
from kaikaku.reporting.services.onward import mark_corrected, mark_published, mark_reported, mark_withdrawn
from kaikaku.reporting.services.policy import set_checks, set_edition_checks
from kaikaku.reporting.services.reminding import Reminded, remind, remind_due, remind_late
from kaikaku.reporting.services.rounds import (
    close_round,
    extend_deadline,
    open_round,
    reassign_sheet,
    revise_round,
)

__all__ = [
    "XLSX",
    "Applied",
    "Looked",
    "Reminded",
    "accept",
    "add_evidence",
    "answer_none",
    "apply",
    "bind",
    "bundle",
    "clear_chain",
    "close_round",
    "comment",
    "confirm",
    "correct_from_records",
    "extend_deadline",
    "hand_out",
    "look_at",
    "mark_corrected",
    "mark_published",
    "mark_read",
    "mark_reported",
    "mark_withdrawn",
    "open_round",
    "reassign_sheet",
    "receive",
    "recompute",
    "remind",
    "remind_due",
    "remind_late",
    "resume",
    "return_sheet",
    "reviews_of",
    "revise_round",
    "save_sheet",
    "set_aside",
    "set_chain",
    "set_checks",
    "set_edition_checks",
    "submit_sheet",
    "summaries_of",
    "unbind",
    "undo",
]
