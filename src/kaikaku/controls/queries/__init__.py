"""Everything read of controls; what a screen shows takes the user."""

from kaikaku.controls.queries.access import (
    CHECKERS,
    READERS,
    control_for,
    deficiency_for,
    incident_for,
    incidents_for,
    may_edit,
    risk_for,
    risks_for,
    rollout_for,
    sample_for,
    writes_for,
    year_for,
    years_for,
)
from kaikaku.controls.queries.asked import controls_asked, self_checks_of
from kaikaku.controls.queries.board import Board, Section, board, my_sections, samples_of, with_answers
from kaikaku.controls.queries.chapter import chapter_for
from kaikaku.controls.queries.choices import control_choices, incident_choices, risk_choices, section_choices
from kaikaku.controls.queries.found import found_for
from kaikaku.controls.queries.register import Cell, Register, RiskRow, register, same_process
from kaikaku.controls.queries.report import Facts, facts_of, report_facts
from kaikaku.controls.queries.slips import Offer, SlipSheet, offers, sheets_of
from kaikaku.controls.queries.tasks import sent_for, tasks_for

__all__ = [
    "CHECKERS",
    "READERS",
    "Board",
    "Cell",
    "Facts",
    "Offer",
    "Register",
    "RiskRow",
    "Section",
    "SlipSheet",
    "board",
    "chapter_for",
    "control_choices",
    "control_for",
    "controls_asked",
    "deficiency_for",
    "facts_of",
    "found_for",
    "incident_choices",
    "incident_for",
    "incidents_for",
    "may_edit",
    "my_sections",
    "offers",
    "register",
    "report_facts",
    "risk_choices",
    "risk_for",
    "risks_for",
    "rollout_for",
    "same_process",
    "sample_for",
    "samples_of",
    "section_choices",
    "self_checks_of",
    "sent_for",
    "sheets_of",
    "tasks_for",
    "with_answers",
    "writes_for",
    "year_for",
    "years_for",
]
