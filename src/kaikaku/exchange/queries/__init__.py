"""Everything read of exchange; what a screen shows takes the user."""

from kaikaku.exchange.queries.access import (
    absence_for,
    application_for,
    asking_choices,
    assignment_for,
    assignments_for,
    chief_of,
    department_asking,
    is_office,
    may_ask,
    may_decide,
    profile_of,
    profiles_for,
    request_for,
    run_for,
    scheme_for,
    schemes_for,
    waiting_for,
)
from kaikaku.exchange.queries.chapter import chapter_for
from kaikaku.exchange.queries.flows import busy_of, busy_rows, flow_page
from kaikaku.exchange.queries.found import found_for
from kaikaku.exchange.queries.people import home_of, needs_of
from kaikaku.exchange.queries.published import published_totals
from kaikaku.exchange.queries.shown import (
    VIEWS,
    assignment_page,
    candidates,
    chosen_for,
    in_view,
    own_application,
    own_applications,
    own_help,
    request_rows,
    run_rows,
    runs_for,
)
from kaikaku.exchange.queries.tasks import sent_for, tasks_for
from kaikaku.exchange.queries.weeks import week_of

__all__ = [
    "VIEWS",
    "absence_for",
    "application_for",
    "asking_choices",
    "assignment_for",
    "assignment_page",
    "assignments_for",
    "busy_of",
    "busy_rows",
    "candidates",
    "chapter_for",
    "chief_of",
    "chosen_for",
    "department_asking",
    "flow_page",
    "found_for",
    "home_of",
    "in_view",
    "is_office",
    "may_ask",
    "may_decide",
    "needs_of",
    "own_application",
    "own_applications",
    "own_help",
    "profile_of",
    "profiles_for",
    "published_totals",
    "request_for",
    "request_rows",
    "run_for",
    "run_rows",
    "runs_for",
    "scheme_for",
    "schemes_for",
    "sent_for",
    "tasks_for",
    "waiting_for",
    "week_of",
]
