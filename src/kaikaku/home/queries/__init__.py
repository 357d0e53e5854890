"""What home shows, read from the apps below; always for a user."""

from kaikaku.home.queries.collecting import (
    decisions_of,
    late_of,
    search,
    sent_of,
    tasks_of,
)
from kaikaku.home.queries.following import Change, Group, Notices, chosen_by, notices_for, standing_of
from kaikaku.home.queries.handover import Handover, handover, posts_to_hand_over
from kaikaku.home.queries.plans import MyPlan, plans_of
from kaikaku.home.queries.standing import (
    MOST,
    Moved,
    Movement,
    Standing,
    edition_in_force,
    movement,
    standing,
)

__all__ = [
    "MOST",
    "Change",
    "Group",
    "Handover",
    "Moved",
    "Movement",
    "MyPlan",
    "Notices",
    "Standing",
    "chosen_by",
    "decisions_of",
    "edition_in_force",
    "handover",
    "late_of",
    "movement",
    "notices_for",
    "plans_of",
    "posts_to_hand_over",
    "search",
    "sent_of",
    "standing",
    "standing_of",
    "tasks_of",
]
