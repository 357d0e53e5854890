"""The rows of reporting: a round and its sheets on their way."""

from kaikaku.reporting.models.way import (
    Comment,
    Evidence,
    Extension,
    Look,
    Move,
    Reminder,
    Round,
    Sheet,
    SheetFigure,
)

__all__ = [
    "Comment",
    "Evidence",
    "Extension",
    "Look",
    "Move",
    "Reminder",
    "Round",
    "Sheet",
    "SheetFigure",
]
