"""Which indicators are bound, what their records say now, and what was frozen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from kaikaku.plans.carrying import AUTOMATIC
from kaikaku.plans.models import Indicator, Lineage
from kaikaku.plans.queries.rows import indicators_by_key
from kaikaku.reporting import computing, measuring
from kaikaku.reporting.computing import Live, Wanted
from kaikaku.reporting.models import Binding, Frozen, SetAside, Sheet, SheetFigure

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation
    from kaikaku.plans.facts import IndicatorFacts
    from kaikaku.reporting.measuring import Metric


@dataclass(frozen=True, slots=True)
class Bound:
    """A binding as it holds for an indicator; `inherited` from an earlier edition."""

    binding: Binding
    inherited: bool = False
    aside: Mapping[int, SetAside] = field(default_factory=dict)

    def computes(self, fiscal_year: int) -> bool:
        """Whether the year's value comes from records."""
        return fiscal_year >= self.binding.from_year and fiscal_year not in self.aside


@dataclass(frozen=True, slots=True)
class Computed:
    """A sheet's figure that is bound: what the records say, what was frozen, or why it is typed."""

    bound: Bound
    live: Live
    frozen: Frozen | None = None
    aside: SetAside | None = None
    stored: str = ""

    @property
    def is_typed(self) -> bool:
        """Set aside for the year: the clerk types it."""
        return self.aside is not None and self.frozen is None

    @property
    def differs(self) -> bool:
        """Whether the records say something else now than what was frozen, or else than the sheet says."""
        if self.frozen is not None:
            return contradicts(self.frozen, self.live)
        return not self.is_typed and self.stored != self.live.text


def contradicts(frozen: Frozen, live: Live) -> bool:
    """Whether the records say something else than what was frozen: the value, or how many they are."""
    return live.known and (frozen.value != live.value or frozen.records != live.count)


def bindings_in(*plans: int) -> dict[int, Bound]:
    """The bindings of plans by indicator, those carried on by later editions among them.

    An indicator's own row decides, be it one that has ended; one without any follows the indicator that it
    carries on. One query where nothing is bound, else one more for each edition that follows.
    """
    rows = Binding.objects.filter(indicator__edition__plan__in=plans).prefetch_related("set_aside")
    own: dict[int, Binding] = {}
    for row in rows.select_related("bound_by"):
        own[row.indicator_id] = row
    found = {key: _bound(row) for key, row in own.items() if row.ended_at is None}
    edge = dict(found)
    while edge:
        links = Lineage.objects.filter(
            from_indicator__in=list(edge), to_indicator__isnull=False, kind__in=AUTOMATIC
        )
        heirs = {
            heir: _bound(edge[origin].binding, inherited=True)
            for origin, heir in links.values_list("from_indicator", "to_indicator")
            if origin is not None and heir is not None and heir not in own and heir not in found
        }
        found |= heirs
        edge = heirs
    return found


def bound_of(indicator: Indicator) -> Bound | None:
    """The binding that holds for an indicator."""
    return bindings_in(indicator.edition.plan_id).get(indicator.pk)


def bound_rows(sheet: Sheet) -> set[int]:
    """The keys of the sheet's figures that are computed from records: no one types them."""
    found = bindings_in(sheet.round.edition.plan_id)
    keys = [key for key, bound in found.items() if bound.computes(sheet.round.fiscal_year)]
    return set(sheet.figures.filter(indicator__in=keys).values_list("pk", flat=True)) if keys else set()


def live_of(bound: Bound, facts: IndicatorFacts, *, fiscal_year: int, organisation: Organisation) -> Live:
    """What the records say of a year, as it would go into the sheet."""
    binding = bound.binding
    metric = measuring.metric_of(binding.metric, organisation)
    if metric is None:
        why = measuring.why_missing(binding.metric, app_name=binding.app_name, name=binding.metric_name)
        return computing.nothing(binding.unit, why)
    return measured_as(metric, binding.options, facts, fiscal_year=fiscal_year, organisation=organisation)


def measured_as(
    metric: Metric,
    options: Mapping[str, str],
    facts: IndicatorFacts,
    *,
    fiscal_year: int,
    organisation: Organisation,
) -> Live:
    """What a metric says of a year, rounded and worded for an indicator."""
    measured = measuring.measure(metric, organisation=organisation, fiscal_year=fiscal_year, options=options)
    return computing.live(metric, measured, wanted_of(facts), fiscal_year=fiscal_year)


def wanted_of(facts: IndicatorFacts) -> Wanted:
    """What an indicator asks of a metric."""
    window = next((f.cumulative_from for f in facts.figures if f.cumulative_from), None)
    return Wanted(facts.unit, facts.accumulation, facts.decimals, window)


def live_rows(
    sheet: Sheet, rows: Iterable[SheetFigure], *, bound: Mapping[int, Bound] | None = None
) -> dict[int, Live]:
    """What the records say of those figures of a sheet that are computed, by the key of the row."""
    year, plan = sheet.round.fiscal_year, sheet.round.edition.plan
    found = bindings_in(plan.pk) if bound is None else bound
    mine = {
        row.pk: (row.indicator_id, found[row.indicator_id])
        for row in rows
        if row.indicator_id in found and found[row.indicator_id].computes(year)
    }
    known = indicators_by_key([key for key, _ in mine.values()]) if mine else {}
    return {
        row: live_of(one, known[key], fiscal_year=year, organisation=plan.organisation)
        for row, (key, one) in mine.items()
        if key in known
    }


def computed_of(
    sheet: Sheet, rows: Collection[SheetFigure], known: Mapping[int, IndicatorFacts]
) -> dict[int, Computed]:
    """How the bound figures of a sheet stand, by the key of the row."""
    year, plan = sheet.round.fiscal_year, sheet.round.edition.plan
    bound = bindings_in(plan.pk)
    frozen = frozen_of(rows)
    found: dict[int, Computed] = {}
    for row in rows:
        one, kept = bound.get(row.indicator_id), frozen.get(row.pk)
        if kept is not None and (one is None or one.binding.pk != kept.binding_id):
            one = Bound(kept.binding)
        if one is None or row.indicator_id not in known or year < one.binding.from_year:
            continue
        now = live_of(one, known[row.indicator_id], fiscal_year=year, organisation=plan.organisation)
        found[row.pk] = Computed(one, now, kept, one.aside.get(year), row.text)
    return found


def how_made(sheets: Iterable[Sheet], rows: Iterable[SheetFigure]) -> dict[int, str]:
    """Which figures of sheets are bound, by the key of the row: "" where they are computed, else why they are
    typed for the year. Nothing is measured; as many queries for many plans and years as for one.
    """
    asked = {sheet.pk: sheet.round for sheet in sheets}
    bound = bindings_in(*{round_.edition.plan_id for round_ in asked.values()})
    found = {}
    for row in rows:
        one = bound.get(row.indicator_id)
        fiscal_year = asked[row.sheet_id].fiscal_year
        if one is not None and fiscal_year >= one.binding.from_year:
            found[row.pk] = "" if one.computes(fiscal_year) else one.aside[fiscal_year].reason
    return found


def frozen_of(rows: Iterable[SheetFigure]) -> dict[int, Frozen]:
    """What stands frozen, by the key of the sheet's figure; without the contents, which may be long."""
    kept = standing().filter(row__in=[row.pk for row in rows])
    return {one.row_id: one for one in kept}


def frozen_years(indicator: Indicator) -> dict[int, Frozen]:
    """What stands frozen of an indicator, by fiscal year; the last where several rounds asked."""
    kept = standing().filter(row__indicator=indicator).order_by("pk")
    return {one.fiscal_year: one for one in kept}


def lock_frozen(row: SheetFigure) -> Frozen | None:
    """What stands frozen of a sheet's figure, held until the transaction ends."""
    return (
        Frozen.objects.select_for_update(of=("self",))
        .filter(row=row, thawed_by__isnull=True, superseded_at__isnull=True)
        .first()
    )


def ended_bindings(indicator: Indicator) -> list[Binding]:
    """What the indicator was bound to before, latest first."""
    rows = Binding.objects.filter(indicator=indicator, ended_at__isnull=False)
    return list(rows.select_related("bound_by", "ended_by").order_by("-pk"))


def facts_for(indicator: Indicator) -> IndicatorFacts:
    """What the plan knows of one indicator."""
    return indicators_by_key([indicator.pk])[indicator.pk]


def standing() -> QuerySet[Frozen]:
    """What is frozen and neither thawed nor superseded, without the contents."""
    kept = Frozen.objects.filter(thawed_by__isnull=True, superseded_at__isnull=True).defer("content")
    return kept.select_related("binding", "by", "row__sheet__round")


def _bound(row: Binding, *, inherited: bool = False) -> Bound:
    aside = {one.fiscal_year: one for one in row.set_aside.all() if one.resumed_at is None}
    return Bound(row, inherited, aside)
