"""What reporting has to say beside an indicator: whether its figures come from records, and whether these
still say so (collected by the indicator's page in plans).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

from kaikaku.core.eras import show_fiscal_year
from kaikaku.org.access import allowed
from kaikaku.org.roles import Role
from kaikaku.reporting.queries.binding import bound_of, contradicts, facts_for, frozen_years, live_of
from kaikaku.reporting.queries.people import READERS
from kaikaku.reporting.queries.records import latest_year
from kaikaku.ui.beside import Beside

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.plans.models import Indicator
    from kaikaku.reporting.models import Frozen
    from kaikaku.reporting.queries.binding import Bound

HEADING = "記録との結び付け"


def beside_indicator(user: User, indicator: Indicator) -> Iterator[Beside]:
    """The binding in words, a way to the records beside each year that has them, and a warning where the
    latest frozen value is not what the records say now. Nothing for an indicator that is typed, but to the
    office the way to bind it.
    """
    bound, frozen = bound_of(indicator), frozen_years(indicator)
    here = reverse("reporting:binding", args=[indicator.pk])
    reads = allowed(user, *READERS)
    years = {
        year: (
            "もとの記録を見る",
            reverse("reporting:bound_year", args=[indicator.pk, year]) if reads else "",
        )
        for year in frozen
    }
    if bound is None:
        if frozen or allowed(user, Role.SECRETARIAT):
            said = "実績値は手で入力しています。アプリの記録から計算するように結び付けられます。"
            yield Beside(HEADING, (said,), here if reads else "", "記録との結び付けを見る", years=years)
        return
    binding = bound.binding
    said = (
        f"{show_fiscal_year(binding.from_year)}からの実績値は、"
        f"「{binding.metric_name}」（{binding.app_name}）の記録から計算しています。"
    )
    since = _since(bound, indicator, frozen[latest_year(frozen)]) if frozen and reads else ""
    lines = (since, said) if since else (said,)
    yield Beside(HEADING, lines, here if reads else "", "5年間の値ともとの記録を見る", bool(since), years)


def _since(bound: Bound, indicator: Indicator, kept: Frozen) -> str:
    """What the records of a frozen year say now, where that is something else."""
    year, organisation = kept.fiscal_year, indicator.edition.plan.organisation
    now = live_of(bound, facts_for(indicator), fiscal_year=year, organisation=organisation)
    if kept.is_midway or not contradicts(kept, now):
        return ""
    return (
        f"{show_fiscal_year(year)}の記録が、確認した後に変わっています"
        f"（確認した値「{kept.shown}」、いまの記録では「{now.says}」）。"
    )
