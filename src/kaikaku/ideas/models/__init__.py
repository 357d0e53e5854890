"""What is asked, sent, decided, done and told; who sent an idea stands apart from it (authorship.py)."""

from kaikaku.ideas.models.authorship import Authorship, PersonalValue
from kaikaku.ideas.models.campaign import Campaign, Milestone
from kaikaku.ideas.models.casebook import Case, Casebook
from kaikaku.ideas.models.idea import AxisValue, Comment, Idea, Label, Like, Theme
from kaikaku.ideas.models.index import Gram, GramFrequency, Vector
from kaikaku.ideas.models.realisation import Fulfilment, Listed, Realisation, Rollout, Trail
from kaikaku.ideas.models.work import Answer, Evaluation, Note, Triage

__all__ = [
    "Answer",
    "Authorship",
    "AxisValue",
    "Campaign",
    "Case",
    "Casebook",
    "Comment",
    "Evaluation",
    "Fulfilment",
    "Gram",
    "GramFrequency",
    "Idea",
    "Label",
    "Like",
    "Listed",
    "Milestone",
    "Note",
    "PersonalValue",
    "Realisation",
    "Rollout",
    "Theme",
    "Trail",
    "Triage",
    "Vector",
]
