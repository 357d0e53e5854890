"""A bound figure's year: the records behind it and what has changed since it was frozen, for who may see."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Generic, TypeVar

from django.db.models import Q

from kaikaku.org.queries import organisation_of, today
from kaikaku.plans.facts import FigureFacts, IndicatorFacts
from kaikaku.plans.models import Indicator
from kaikaku.reporting import computing, measuring
from kaikaku.reporting.computing import Live
from kaikaku.reporting.freezing import Altered, Content, Differences, Held, compare, read_content
from kaikaku.reporting.measuring import RecordRef
from kaikaku.reporting.models import Binding, Frozen
from kaikaku.reporting.queries.binding import (
    Bound,
    bindings_in,
    bound_of,
    contradicts,
    facts_for,
    frozen_years,
    live_of,
    measured_as,
)
from kaikaku.reporting.queries.changed import settled

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User
    from kaikaku.reporting.measuring import Metric

PER_PAGE = 100
YEARS_SHOWN = 5

Named = TypeVar("Named", Held, Altered)
One = TypeVar("One", Held, Altered, RecordRef)


# no slots: a frozen generic with slots cannot be made by name in Python 3.11
@dataclass(frozen=True)
class Seen(Generic[One]):
    """Those of some records that the person may see; of the others only how many they are: `hidden` from
    the person, and `more` than a page holds.
    """

    shown: tuple[One, ...] = ()
    hidden: int = 0
    more: int = 0

    def __len__(self) -> int:
        return len(self.shown) + self.hidden + self.more


@dataclass(frozen=True, slots=True)
class Since:
    """What records say now against what was frozen."""

    frozen: Frozen
    content: Content
    differences: Differences
    added: Seen[Held]
    gone: Seen[Held]
    altered: Seen[Altered]


@dataclass(frozen=True, slots=True)
class YearPage:
    """One year of a bound indicator. `since` is None while nothing is frozen; `records` are of what was
    frozen, else of what is counted now; `pages` as many as there are.
    """

    indicator: Indicator
    fiscal_year: int
    bound: Bound | None
    metric: Metric | None
    options: tuple[tuple[str, str], ...]
    live: Live
    figure: FigureFacts | None
    since: Since | None
    records: Seen[RecordRef]
    count: int
    page: int
    pages: int

    @property
    def differs(self) -> bool:
        return self.since is not None and bool(self.since.differences)

    @property
    def computed_from(self) -> str:
        """In words, what the value shown was counted from."""
        return self.since.content.computed_from if self.since else self.live.measured.computed_from


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year beside others: what the plan says, what the records say now, and what was frozen."""

    fiscal_year: int
    figure: FigureFacts | None
    live: Live
    frozen: Frozen | None = None
    computed: bool = True

    @property
    def difference(self) -> Decimal | None:
        """By how much the records differ from the plan's figure; None where either has no number."""
        said = self.figure.value if self.figure else None
        return None if said is None or self.live.value is None else self.live.value - said

    @property
    def changed(self) -> bool:
        """Whether the records of a year that was over say something else than what was frozen."""
        kept = self.frozen
        return kept is not None and not kept.is_midway and contradicts(kept, self.live)


def year_page(user: User, indicator: Indicator, fiscal_year: int, *, page: int = 1) -> YearPage | None:
    """The page of one year; None where the indicator was never bound for it."""
    bound, frozen = bound_of(indicator), frozen_years(indicator).get(fiscal_year)
    if bound is None and frozen is not None:
        bound = Bound(frozen.binding)
    if bound is None or (frozen is None and fiscal_year < bound.binding.from_year):
        return None
    organisation = indicator.edition.plan.organisation
    metric = measuring.metric_of(bound.binding.metric, organisation)
    facts = facts_for(indicator)
    live = live_of(bound, facts, fiscal_year=fiscal_year, organisation=organisation)
    held = _held(bound, metric, frozen, live) if frozen else None
    count = frozen.records if frozen else live.count
    pages = max(1, -(-count // PER_PAGE))
    page = min(max(page, 1), pages)
    start, stop = (page - 1) * PER_PAGE, page * PER_PAGE
    kept = held[0].records[start:stop] if held else ()
    refs = [*map(_as_record, kept)] if held else live.measured.records.page(start, stop)
    changed = held[1] if held else Differences()
    told = (changed.added, changed.gone, changed.altered)
    keys = {one.key for one in refs}.union(*({one.key for one in some[:PER_PAGE]} for some in told))
    sight = _sight(user, metric, keys)
    return YearPage(
        indicator=indicator,
        fiscal_year=fiscal_year,
        bound=bound,
        metric=metric,
        options=tuple(option_words(bound, metric, organisation)),
        live=live,
        figure=_actuals(facts).get(fiscal_year),
        since=_since(frozen, held, sight) if frozen and held else None,
        records=_seen(refs, sight),
        count=count,
        page=page,
        pages=pages,
    )


def since_frozen(user: User, indicator: Indicator, fiscal_year: int) -> Since | None:
    """What has changed since a year was frozen; None where it is not."""
    found = year_page(user, indicator, fiscal_year)
    return found.since if found else None


def years_of(bound: Bound, indicator: Indicator, *, last: int) -> list[YearRow]:
    """The last five years beside what was typed, latest first."""
    facts, kept = facts_for(indicator), frozen_years(indicator)
    organisation = indicator.edition.plan.organisation
    actuals = _actuals(facts)
    rows = []
    for year in range(last, last - YEARS_SHOWN, -1):
        live = live_of(bound, facts, fiscal_year=year, organisation=organisation)
        rows.append(YearRow(year, actuals.get(year), live, kept.get(year), bound.computes(year)))
    return rows


@dataclass(frozen=True, slots=True)
class BoundRow:
    """A bound indicator in the office's list: the latest year that was confirmed, and that year now."""

    indicator: Indicator
    bound: Bound
    latest: YearRow | None

    @property
    def changed(self) -> bool:
        return self.latest is not None and self.latest.changed


def bound_list(user: User) -> list[BoundRow]:
    """The bound indicators of the editions that are not closed, and of those that are what was frozen in the
    last years; those whose records have changed at the top. A draft that only carries bindings on has none.

    What was confirmed is measured again: a few queries for each binding, however many records there are.
    """
    organisation = organisation_of(user)
    lately = [one.row.indicator_id for one in settled(organisation, on=today())]
    open_ones = Indicator.objects.filter(
        ~Q(edition__state="closed") | Q(pk__in=lately),
        edition__plan__organisation=organisation,
        removed_at__isnull=True,
    )
    plans = Binding.objects.filter(indicator__edition__plan__organisation=organisation)
    bound = {
        key: one
        for plan in set(plans.values_list("indicator__edition__plan", flat=True))
        for key, one in bindings_in(plan).items()
    }
    rows = open_ones.filter(pk__in=list(bound)).select_related("edition__plan__organisation")
    rows = rows.exclude(pk__in=[key for key, one in bound.items() if one.inherited], edition__state="draft")
    found = [BoundRow(row, bound[row.pk], _latest(bound[row.pk], row)) for row in rows]
    return sorted(found, key=lambda row: not row.changed)


def _latest(bound: Bound, indicator: Indicator) -> YearRow | None:
    kept = frozen_years(indicator)
    if not kept:
        return None
    year, facts = latest_year(kept), facts_for(indicator)
    live = live_of(bound, facts, fiscal_year=year, organisation=indicator.edition.plan.organisation)
    return YearRow(year, _actuals(facts).get(year), live, kept[year])


def latest_year(kept: Mapping[int, Frozen]) -> int:
    """The last year that was over when it was frozen; else the last of all."""
    return max([year for year, one in kept.items() if not one.is_midway] or kept)


def preview(metric: Metric, options: Mapping[str, str], indicator: Indicator, *, last: int) -> list[YearRow]:
    """The five years a metric would give, beside what was typed; latest first."""
    facts, organisation = facts_for(indicator), indicator.edition.plan.organisation
    actuals = _actuals(facts)
    return [
        YearRow(
            year,
            actuals.get(year),
            measured_as(metric, options, facts, fiscal_year=year, organisation=organisation),
        )
        for year in range(last, last - YEARS_SHOWN, -1)
    ]


def option_words(bound: Bound, metric: Metric | None, organisation: Organisation) -> list[tuple[str, str]]:
    """The options of a binding as they are read; by their codes where the metric is gone."""
    if metric is None:
        return list(bound.binding.options.items())
    return measuring.words_of(metric, bound.binding.options, organisation)


def _sight(user: User, metric: Metric | None, keys: Collection[str]) -> frozenset[str]:
    """Which of the records the person may see, by the metric's own rule; none where the metric is gone."""
    return frozenset(metric.visible(user, keys)) if metric and keys else frozenset()


def _seen(records: Sequence[One], sight: Collection[str]) -> Seen[One]:
    """The first page of them as far as they are in sight."""
    near = records[:PER_PAGE]
    shown = tuple(one for one in near if one.key in sight)
    return Seen(shown, len(near) - len(shown), len(records) - len(near))


def _held(bound: Bound, metric: Metric | None, frozen: Frozen, live: Live) -> tuple[Content, Differences]:
    """What was frozen, and what the records say otherwise now."""
    then = read_content(frozen.content)
    if metric is None:
        # the app is switched off: its records are not gone, they are not known
        return then, Differences(old=then.value, new=then.value)
    now = computing.content_of(
        bound.binding.metric,
        live.measured,
        options=bound.binding.options,
        fiscal_year=frozen.fiscal_year,
        named=False,
    )
    return then, _named(compare(then, now), live)


def _named(changed: Differences, live: Live) -> Differences:
    """With the names of those that a page shows; what is gone kept its own."""
    added, altered = changed.added[:PER_PAGE], changed.altered[:PER_PAGE]
    known = live.measured.records.some({one.key for one in added} | {one.key for one in altered})
    nameless = RecordRef("", "", "")

    def name(one: Named) -> Named:
        found = known.get(one.key, nameless)
        return replace(one, label=found.label or one.label, url=found.url or one.url)

    return replace(
        changed,
        added=(*map(name, added), *changed.added[PER_PAGE:]),
        altered=(*map(name, altered), *changed.altered[PER_PAGE:]),
    )


def _since(frozen: Frozen, held: tuple[Content, Differences], sight: Collection[str]) -> Since:
    then, changed = held
    added, gone = _seen(changed.added, sight), _seen(changed.gone, sight)
    return Since(frozen, then, changed, added, gone, _seen(changed.altered, sight))


def _as_record(held: Held) -> RecordRef:
    return RecordRef(held.key, held.label, held.url, held.contribution)


def _actuals(facts: IndicatorFacts) -> dict[int, FigureFacts]:
    return {f.fiscal_year: f for f in facts.figures if f.role == "actual" and f.fiscal_year is not None}
