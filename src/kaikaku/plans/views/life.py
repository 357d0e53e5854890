"""The life of one part through all editions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kaikaku.org.access import user_of
from kaikaku.plans import queries, words
from kaikaku.plans.views.common import (
    indicator_crumbs,
    indicator_url,
    keep_in_view,
    section_crumbs,
    section_url,
    sees_causes,
)
from kaikaku.ui.views import Crumbs
from kaikaku.writers.charts import trend_chart

if TYPE_CHECKING:
    from kaikaku.plans.models import Indicator, Section


def section_life(request: HttpRequest, pk: int) -> HttpResponse:
    """Everyone here: what a part was called in each edition, what became of it, its figures year by year.

    「この取組はいつからあるのか」「名前が変わる前は何だったのか」「数字は伸びているのか」
    """
    section = queries.section_for(user_of(request), pk)
    return _life(request, section, section_crumbs(section), section_url(section), "section")


def indicator_life(request: HttpRequest, pk: int) -> HttpResponse:
    """Everyone here: the same for one indicator."""
    indicator = queries.indicator_for(user_of(request), pk)
    return _life(request, indicator, indicator_crumbs(indicator), indicator_url(indicator), "indicator")


def _life(
    request: HttpRequest, part: Section | Indicator, crumbs: Crumbs, back: str, sort: str
) -> HttpResponse:
    keep_in_view(request, part.edition)
    life = queries.life_of(part)
    context = {
        "part": part,
        "sort": sort,
        "life": life,
        "back": back,
        "charts": {line.key: trend_chart(line.chart) for line in life.lines},
        "sees_causes": sees_causes(request),
        "marks": words.LINK_MARKS,
        "breadcrumbs": [*crumbs, ("これまでの経過", "")],
    }
    return render(request, "plans/life.html", context)
