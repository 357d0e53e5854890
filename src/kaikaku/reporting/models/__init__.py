"""The rows of reporting: a round and its sheets on their way, and what a government sets for them."""

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
    "Chain",
    "CheckPolicy",
    "Comment",
    "Evidence",
    "Extension",
    "Handout",
    "Look",
    "Move",
    "PartItem",
    "Reminder",
    "Round",
    "Sheet",
    "SheetFigure",
    "SheetPart",
    "Upload",
    "UploadPart",
]
