"""Pages of plans, a module for each thing they are about."""

from kaikaku.plans.views import (
    changes,
    contents,
    drafting,
    editions,
    indicators,
    life,
    lineage,
    plans,
    schemes,
    sections,
)

__all__ = [
    "changes",
    "contents",
    "drafting",
    "editions",
    "indicators",
    "life",
    "lineage",
    "plans",
    "schemes",
    "sections",
]
