"""Everything written by controls; one intention each."""

from kaikaku.controls.services.checking import check_sample, draw_sample, reopen_self_check, self_check
from kaikaku.controls.services.deficiencies import record_deficiency, revise_deficiency
from kaikaku.controls.services.incidents import answer_rollout, ask_sections, record_incident, revise_incident
from kaikaku.controls.services.register import (
    add_control,
    add_risk,
    adopt_slip,
    retire_control,
    retire_risk,
    revise_control,
    revise_risk,
)
from kaikaku.controls.services.years import issue_report, note_opinion, open_year, revise_year

__all__ = [
    "add_control",
    "add_risk",
    "adopt_slip",
    "answer_rollout",
    "ask_sections",
    "check_sample",
    "draw_sample",
    "issue_report",
    "note_opinion",
    "open_year",
    "record_deficiency",
    "record_incident",
    "reopen_self_check",
    "retire_control",
    "retire_risk",
    "revise_control",
    "revise_deficiency",
    "revise_incident",
    "revise_risk",
    "revise_year",
    "self_check",
]
