"""What is accepted of a plan. All rows belong to an organisation through their plan."""

from kaikaku.plans.models.figures import Figure, Indicator, PastResult
from kaikaku.plans.models.plan import Edition, Footnote, Item, Plan, PlanTable, Section
from kaikaku.plans.models.policy import Cause, Lineage, OverallRating, RatingScheme

__all__ = [
    "Cause",
    "Edition",
    "Figure",
    "Footnote",
    "Indicator",
    "Item",
    "Lineage",
    "OverallRating",
    "PastResult",
    "Plan",
    "PlanTable",
    "RatingScheme",
    "Section",
]
