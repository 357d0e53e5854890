"""Everything written by reviews; one intention each."""

from kaikaku.reviews.services.carrying import handle_in_draft
from kaikaku.reviews.services.loops import (
    act,
    close_loop,
    decide,
    observe,
    observe_again,
    orient,
    reopen_loop,
)
from kaikaku.reviews.services.meetings import (
    choose_agenda,
    conclude_meeting,
    open_meeting,
    plan_meeting,
    report_sheets,
    resolve_item,
    revise_meeting,
)
from kaikaku.reviews.services.opinions import answer_opinion, set_publicity, write_opinion

__all__ = [
    "act",
    "answer_opinion",
    "choose_agenda",
    "close_loop",
    "conclude_meeting",
    "decide",
    "handle_in_draft",
    "observe",
    "observe_again",
    "open_meeting",
    "orient",
    "plan_meeting",
    "reopen_loop",
    "report_sheets",
    "resolve_item",
    "revise_meeting",
    "set_publicity",
    "write_opinion",
]
