"""What was noticed, decided and changed; the meetings where it was; what experts said of it.

Every row is about one section or one indicator of an edition.
"""

from kaikaku.reviews.models.loops import About, Attachment, Event, Loop
from kaikaku.reviews.models.meetings import AgendaItem, Answer, Handling, Meeting, Opinion

__all__ = [
    "About",
    "AgendaItem",
    "Answer",
    "Attachment",
    "Event",
    "Handling",
    "Loop",
    "Meeting",
    "Opinion",
]
