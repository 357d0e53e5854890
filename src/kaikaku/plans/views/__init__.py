"""Pages of plans, a module for each thing they are about."""

from kaikaku.plans.views import contents, editions, indicators, lineage, plans, schemes, sections

__all__ = ["contents", "editions", "indicators", "lineage", "plans", "schemes", "sections"]
