"""What people type about controls; a form parses and words, and hands its `entry()` to one service."""

from kaikaku.controls.forms.checking import SampleForm, SelfCheckForm
from kaikaku.controls.forms.register import ControlForm, ReasonForm, RiskForm
from kaikaku.controls.forms.wrong import AskForm, DeficiencyForm, IncidentForm, NewDeficiencyForm, RolloutForm
from kaikaku.controls.forms.years import DrawForm, NewYearForm, OpinionForm, YearForm

__all__ = [
    "AskForm",
    "ControlForm",
    "DeficiencyForm",
    "DrawForm",
    "IncidentForm",
    "NewDeficiencyForm",
    "NewYearForm",
    "OpinionForm",
    "ReasonForm",
    "RiskForm",
    "RolloutForm",
    "SampleForm",
    "SelfCheckForm",
    "YearForm",
]
