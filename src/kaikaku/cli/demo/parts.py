"""The parts of an edition by the names they have in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaikaku.plans import queries as plans

if TYPE_CHECKING:
    from kaikaku.plans.models import Edition, Indicator, Section


def indicators_of(edition: Edition) -> dict[str, Indicator]:
    keys = [facts.key for facts in plans.rows_of(edition).indicators]
    return {indicator.name: indicator for indicator in plans.indicators_in(edition, keys)}


def sections_of(edition: Edition) -> dict[str, Section]:
    keys = [facts.key for facts in plans.rows_of(edition).sections]
    return {section.title: section for section in plans.sections_in(edition, keys)}
