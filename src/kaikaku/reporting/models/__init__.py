"""The rows of reporting: a round and its sheets on their way, what a government sets for them, and what
their figures are computed from.
"""

from kaikaku.reporting.models.binding import Binding, Frozen, SetAside
from kaikaku.reporting.models.policy import Chain, CheckPolicy
from kaikaku.reporting.models.way import (
    Comment,
    Evidence,
    Extension,
    Look,
    Move,
    PartItem,
    Reminder,
    Round,
    Sheet,
    SheetFigure,
    SheetPart,
)
from kaikaku.reporting.models.workbooks import Handout, Upload, UploadPart

__all__ = [
    "Binding",
    "Chain",
    "CheckPolicy",
    "Comment",
    "Evidence",
    "Extension",
    "Frozen",
    "Handout",
    "Look",
    "Move",
    "PartItem",
    "Reminder",
    "Round",
    "SetAside",
    "Sheet",
    "SheetFigure",
    "SheetPart",
    "Upload",
    "UploadPart",
]
