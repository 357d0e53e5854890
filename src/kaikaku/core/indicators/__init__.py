"""From baseline, target and actual to the achievement rate (達成率), by the formulas of domain.md §1.

>>> from decimal import Decimal
>>> online = achieve(actual=Decimal("71.5"), target=Decimal(100), baseline=Decimal("1.5"))
>>> online.formula_label, online.rate_shown()
('基準値比', '71.1')
>>> online.working()
'(71.5 − 1.5) ÷ (100 − 1.5) × 100 = 71.1%'
"""

from kaikaku.core.indicators.achievement import Achievement, NamedValue, achieve, rate_many, rate_one
from kaikaku.core.indicators.choice import Choice, choose_formula, infer_direction
from kaikaku.core.indicators.formulas import (
    FORMULA_LABELS,
    Accumulation,
    Direction,
    Formula,
    Observation,
    Status,
)
from kaikaku.core.indicators.reasons import REASONS, Outcome, Reason, reason, reason_of_sign
from kaikaku.core.indicators.statuses import (
    STATUS_LABELS,
    Accumulated,
    Reading,
    Settlement,
    TwoTargets,
    accumulate,
    achieve_both,
    current,
    elapsed_share,
    settle,
)
from kaikaku.core.indicators.working import percent_text, plain, round_half_up

__all__ = [
    "FORMULA_LABELS",
    "REASONS",
    "STATUS_LABELS",
    "Accumulated",
    "Accumulation",
    "Achievement",
    "Choice",
    "Direction",
    "Formula",
    "NamedValue",
    "Observation",
    "Outcome",
    "Reading",
    "Reason",
    "Settlement",
    "Status",
    "TwoTargets",
    "accumulate",
    "achieve",
    "achieve_both",
    "choose_formula",
    "current",
    "elapsed_share",
    "infer_direction",
    "percent_text",
    "plain",
    "rate_many",
    "rate_one",
    "reason",
    "reason_of_sign",
    "round_half_up",
    "settle",
]
