"""The register of risks, what is checked of it in a year, and what went wrong."""

from kaikaku.controls.models.incidents import Incident, Rollout
from kaikaku.controls.models.register import Control, Risk, risk_code
from kaikaku.controls.models.years import ControlYear, Deficiency, SampleCheck, SelfCheck

__all__ = [
    "Control",
    "ControlYear",
    "Deficiency",
    "Incident",
    "Risk",
    "Rollout",
    "SampleCheck",
    "SelfCheck",
    "risk_code",
]
