"""What people type about ideas; a form parses and words, and hands its `entry()` to one service."""

from kaikaku.ideas.forms.acts import (
    AnswerForm,
    DecideForm,
    DeclineForm,
    EvaluatorsForm,
    LabelForm,
    RealiseForm,
    StartForm,
    ThemeForm,
)
from kaikaku.ideas.forms.campaigns import CampaignForm, MilestoneForm, ThemeNameForm
from kaikaku.ideas.forms.common import ReasonForm
from kaikaku.ideas.forms.results import (
    CasebookForm,
    CaseForm,
    ListedForm,
    OfferForm,
    RealisationForm,
    RolloutForm,
    TrailForm,
)
from kaikaku.ideas.forms.writing import CommentForm, EvaluationForm, IdeaForm, NoteForm

__all__ = [
    "AnswerForm",
    "CampaignForm",
    "CaseForm",
    "CasebookForm",
    "CommentForm",
    "DecideForm",
    "DeclineForm",
    "EvaluationForm",
    "EvaluatorsForm",
    "IdeaForm",
    "LabelForm",
    "ListedForm",
    "MilestoneForm",
    "NoteForm",
    "OfferForm",
    "RealisationForm",
    "RealiseForm",
    "ReasonForm",
    "RolloutForm",
    "StartForm",
    "ThemeForm",
    "ThemeNameForm",
    "TrailForm",
]
