"""What people type about reviews; a form parses and words, and hands its `entry()` to one service."""

from kaikaku.reviews.forms.loops import (
    ActForm,
    DecisionForm,
    FreshObservationForm,
    NoteForm,
    ObservationForm,
    OrientationForm,
    ReasonForm,
)
from kaikaku.reviews.forms.meetings import AgendaForm, MeetingForm, ResolutionForm
from kaikaku.reviews.forms.opinions import AnswerForm, OpinionForm

__all__ = [
    "ActForm",
    "AgendaForm",
    "AnswerForm",
    "DecisionForm",
    "FreshObservationForm",
    "MeetingForm",
    "NoteForm",
    "ObservationForm",
    "OpinionForm",
    "OrientationForm",
    "ReasonForm",
    "ResolutionForm",
]
