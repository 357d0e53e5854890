"""The counts by axis: made once from the proposers' rows, and read as they were kept."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from kaikaku.ideas.axes import read_axes
from kaikaku.ideas.models import Authorship, AxisValue, Campaign, PersonalValue
from kaikaku.ideas.statistics import Sent, Statistics, count


def frozen_statistics(campaign: Campaign) -> dict[str, Any]:
    """The safe tables of all ideas sent, as JSON for the campaign's row; nobody sees the counts behind."""
    sent = Authorship.objects.filter(idea__campaign=campaign).exclude(idea__state="draft")
    people = dict(sent.values_list("idea", "user"))
    values: dict[int, dict[str, str]] = defaultdict(dict)
    for model in (AxisValue, PersonalValue):
        rows = model._default_manager.filter(idea__campaign=campaign).order_by()
        for idea, axis, value in rows.values_list("idea", "axis", "value").iterator(chunk_size=5000):
            values[idea][axis] = value
    ideas = (Sent(person, values.get(idea, {})) for idea, person in people.items())
    return count(ideas, read_axes(campaign.axes)).as_json()


def statistics_of(campaign: Campaign) -> Statistics | None:
    """The tables as kept when the campaign was closed; None before."""
    return None if campaign.statistics is None else Statistics.from_json(campaign.statistics)
