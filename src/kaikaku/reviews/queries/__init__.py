"""Everything read of reviews; what a screen shows takes the user."""

from kaikaku.reviews.queries.access import (
    item_for,
    loop_for,
    meeting_for,
    meetings_for,
    opinion_for,
    sees_meetings,
)
from kaikaku.reviews.queries.agenda import Candidate, candidates, shown_of
from kaikaku.reviews.queries.chapter import chapter_for
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
    sheets_to_report,
)
from kaikaku.reviews.queries.opinions import (
    ReportRow,
    answer_of,
    may_answer,
    my_opinion,
    owner_of,
    report_rows,
    stance_counts,
)
from kaikaku.reviews.queries.subjects import (
    SubjectPage,
    document_choices,
    entry_choices,
    entry_in,
    events_of,
    key_of,
    subject_choices,
    subject_in,
    subject_page,
    target_choices,
    target_in,
)
from kaikaku.reviews.queries.tasks import tasks_for
from kaikaku.reviews.queries.undecided import open_decisions

__all__ = [
    "VIEWS",
    "Candidate",
    "ItemPage",
    "LoopRow",
    "MeetingPage",
    "ReportRow",
    "SubjectPage",
    "answer_of",
    "candidates",
    "chapter_for",
    "counts_of",
    "decisions_of",
    "document_choices",
    "entry_choices",
    "entry_in",
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
    "open_decisions",
    "opinion_for",
    "owner_of",
    "report_rows",
    "sees_meetings",
    "sheets_to_report",
    "shown_of",
    "stance_counts",
    "subject_choices",
    "subject_in",
    "subject_page",
    "target_choices",
    "target_in",
    "tasks_for",
    "things_for",
]
