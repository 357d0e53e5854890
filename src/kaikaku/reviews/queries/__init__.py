"""Everything read of reviews; what a screen shows takes the user."""

from kaikaku.reviews.queries.access import (
    documents_read_by,
    event_for,
    item_for,
    loop_for,
    meeting_for,
    meetings_for,
    opinion_for,
    sees_meetings,
)
from kaikaku.reviews.queries.agenda import Candidate, candidates, shown_of
from kaikaku.reviews.queries.carrying import (
    STATE_PILLS,
    CarryRow,
    carried_thing,
    carry_rows,
    counts_by_state,
    still_open,
)
from kaikaku.reviews.queries.causes import causes_for, event_cause, opinion_cause
from kaikaku.reviews.queries.chapter import chapter_for
from kaikaku.reviews.queries.choices import (
    document_choices,
    entry_choices,
    entry_in,
    events_of,
    key_of,
    subject_choices,
    subject_in,
    target_choices,
    target_in,
)
from kaikaku.reviews.queries.following import followed_types, things_for
from kaikaku.reviews.queries.found import found_for
from kaikaku.reviews.queries.handover import handover_of
from kaikaku.reviews.queries.loops import VIEWS, LoopRow, counts_of, in_view, loops_shown
from kaikaku.reviews.queries.meetings import (
    ItemPage,
    MeetingPage,
    decisions_of,
    item_page,
    meeting_page,
    next_undecided,
    sheets_to_report,
)
from kaikaku.reviews.queries.notes import Note, notes_of, sent_for
from kaikaku.reviews.queries.opinions import (
    ReportRow,
    answer_of,
    may_answer,
    my_opinion,
    owner_of,
    report_rows,
    stance_counts,
)
from kaikaku.reviews.queries.subjects import SubjectPage, subject_page
from kaikaku.reviews.queries.tasks import tasks_for
from kaikaku.reviews.queries.undecided import open_decisions

__all__ = [
    "STATE_PILLS",
    "VIEWS",
    "Candidate",
    "CarryRow",
    "ItemPage",
    "LoopRow",
    "MeetingPage",
    "Note",
    "ReportRow",
    "SubjectPage",
    "answer_of",
    "candidates",
    "carried_thing",
    "carry_rows",
    "causes_for",
    "chapter_for",
    "counts_by_state",
    "counts_of",
    "decisions_of",
    "document_choices",
    "documents_read_by",
    "entry_choices",
    "entry_in",
    "event_cause",
    "event_for",
    "events_of",
    "followed_types",
    "found_for",
    "handover_of",
    "in_view",
    "item_for",
    "item_page",
    "key_of",
    "loop_for",
    "loops_shown",
    "may_answer",
    "meeting_for",
    "meeting_page",
    "meetings_for",
    "my_opinion",
    "next_undecided",
    "notes_of",
    "open_decisions",
    "opinion_cause",
    "opinion_for",
    "owner_of",
    "report_rows",
    "sees_meetings",
    "sent_for",
    "sheets_to_report",
    "shown_of",
    "stance_counts",
    "still_open",
    "subject_choices",
    "subject_in",
    "subject_page",
    "target_choices",
    "target_in",
    "tasks_for",
    "things_for",
]
