"""What bpr counts: hours saved by year and in all, projects started and completed; by tool and 部局."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse

from kaikaku.bpr import queries, words
from kaikaku.bpr.queries import ProjectFacts
from kaikaku.core.bpr import MINUTES
from kaikaku.core.eras import show_fiscal_year
from kaikaku.core.indicators import Accumulation
from kaikaku.org.queries import today, tree_of
from kaikaku.reporting.measuring import Measured, Metric, Option, RecordRef, Records, insiders, uncounted

if TYPE_CHECKING:
    from kaikaku.bpr.models import PublishedTotal
    from kaikaku.org.models import Organisation

HOURS = "時間"


def _tools(organisation: Organisation) -> Sequence[tuple[str, str]]:
    return list(words.TOOLS.items())


def _departments(organisation: Organisation) -> Sequence[tuple[str, str]]:
    return [
        (str(branch.department.pk), branch.department.name) for branch in tree_of(organisation).branches()
    ]


OPTIONS = (Option("tool", "道具", _tools), Option("department", "部局", _departments))


def _chosen(organisation: Organisation, options: Mapping[str, str]) -> list[ProjectFacts]:
    """The projects of a tool and a 部局, whose departments are those of today and their predecessors."""
    facts = queries.facts_of_government(organisation)
    tool, department = options.get("tool", ""), options.get("department", "")
    if tool:
        facts = [one for one in facts if tool in one.tools]
    if department:
        tree = tree_of(organisation)
        inside = {int(department), *(one.pk for one in tree.below(int(department)))}
        theirs = tree.with_predecessors(inside)
        facts = [one for one in facts if one.department in theirs]
    return facts


def _record(one: ProjectFacts, contribution: Decimal) -> RecordRef:
    return RecordRef(
        f"project:{one.key}", one.title, queries.url_of(one.key), contribution, words.STAGES[one.stage]
    )


def _hours(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    facts = _chosen(organisation, options)
    since = queries.first_year(facts)
    if none := uncounted(fiscal_year, HOURS, on=today(), since=since, what="使い始めた業務"):
        return none
    found = [
        (one, minutes)
        for one in facts
        if one.started and (minutes := one.in_use.minutes(fiscal_year)) is not None
    ]
    return _sum(found, f"{show_fiscal_year(fiscal_year)}に使われ、効果を確かめた業務")


def _cumulative(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    told = [one for one in _told(organisation, options) if one.hours is not None]
    facts = _chosen(organisation, options)
    first = min((one.first_year for one in told), default=queries.first_year(facts))
    if none := uncounted(fiscal_year, HOURS, on=today(), since=first, what="使い始めた業務"):
        return none
    if (within := _within(told, fiscal_year, HOURS)) is not None:
        return within
    told = [one for one in told if one.last_year <= fiscal_year]
    since = told[0].first_year if told else first or fiscal_year
    # the hours of the years told of are in the total already
    counted = told[-1].last_year + 1 if told else since
    found = [
        (one, minutes)
        for one in facts
        if one.started and (minutes := one.in_use.minutes_since(counted, fiscal_year)) is not None
    ]
    return _sum(found, f"{show_fiscal_year(since)}からの累計", since=since, told=told)


def _sum(
    found: list[tuple[ProjectFacts, Decimal]],
    said: str,
    *,
    since: int | None = None,
    told: Sequence[PublishedTotal] = (),
) -> Measured:
    if not found and not told:
        return Measured.unknown(HOURS, "効果を確かめた業務の記録がありません。")
    totals = [_total(one, one.hours or Decimal(0)) for one in told]
    # minutes are added before they are divided, so that no third of an hour is lost
    minutes = sum((part for _, part in found), Decimal(0))
    hours = sum((one.hours or Decimal(0) for one in told), minutes / MINUTES)
    records = Records.of([*totals, *(_record(one, part / MINUTES) for one, part in found)])
    words = f"{said}{len(found)}件の合計" + (f"と、公表された合計{len(told)}件" if told else "")
    return Measured(hours, HOURS, records, words, cumulative_from=since)


def _told(organisation: Organisation, options: Mapping[str, str]) -> list[PublishedTotal]:
    """What documents tell of years whose projects are not all on the register, in order and none twice.

    A total is of all tools and departments: narrowed, only the register counts.
    """
    if any(options.values()):
        return []
    found: list[PublishedTotal] = []
    for one in queries.published_totals(organisation):
        if not found or one.first_year > found[-1].last_year:
            found.append(one)
    return found


def _within(told: Sequence[PublishedTotal], fiscal_year: int, unit: str) -> Measured | None:
    """Why a year in the midst of a published total has no value of its own."""
    for one in told:
        if one.first_year <= fiscal_year < one.last_year:
            return Measured.unknown(unit, f"{_years(one)}の合計だけが公表され、年度ごとの内訳がありません。")
    return None


def _years(one: PublishedTotal) -> str:
    return f"{show_fiscal_year(one.first_year)}から{show_fiscal_year(one.last_year)}まで"


def _total(one: PublishedTotal, contribution: Decimal) -> RecordRef:
    """A published total as a record; the page on which it stands leads to its source."""
    return RecordRef(
        f"total:{one.pk}", f"公表された合計（{_years(one)}）", reverse("bpr:summary"), contribution
    )


def _started(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    return _count(organisation, fiscal_year, options, completed=False)


def _completed(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    return _count(organisation, fiscal_year, options, completed=True)


def _count(
    organisation: Organisation, fiscal_year: int, options: Mapping[str, str], *, completed: bool
) -> Measured:
    told = [(one, n) for one in _told(organisation, options) if (n := _number(one, completed)) is not None]
    since = queries.first_started(organisation)
    if told:
        since = min(told[0][0].first_year, since or told[0][0].first_year)
    if none := uncounted(fiscal_year, "件", on=today(), since=since, what="着手した業務"):
        return none
    if (within := _within([one for one, _ in told], fiscal_year, "件")) is not None:
        return within
    told = [(one, n) for one, n in told if one.last_year <= fiscal_year]
    # the projects of the years told of are in the total already
    after = queries.last_day(told[-1][0].last_year) if told else date.min
    days = queries.stage_days(organisation, completed=completed)
    last = queries.last_day(fiscal_year)
    found = [
        one
        for one in _chosen(organisation, options)
        if (one.completed if completed else one.started)
        and (day := days.get(one.key))
        and after < day <= last
    ]
    what = "完了した" if completed else "着手した（完了したものを含む）"
    words = f"{show_fiscal_year(fiscal_year)}末までに{what}業務の件数"
    if told:
        words += f"（{'、'.join(_years(one) for one, _ in told)}は公表された合計）"
    totals = [_total(one, Decimal(n)) for one, n in told]
    records = Records.of([*totals, *(_record(one, Decimal(1)) for one in found)])
    return Measured(Decimal(len(found) + sum(n for _, n in told)), "件", records, words)


def _number(one: PublishedTotal, completed: bool) -> int | None:
    return one.completed if completed else one.started


METRICS = (
    Metric(
        code="bpr.hours_saved",
        name="業務改革による削減時間（年度）",
        definition="その年度に新しい方法を使った月の分だけ、確かめた年間の効果を数えます。1件の業務は1度だけ数えます。",
        unit=HOURS,
        accumulation=Accumulation.FLOW,
        measure=_hours,
        visible=insiders,
        options=OPTIONS,
    ),
    Metric(
        code="bpr.hours_saved_together",
        name="業務改革による削減時間（累計）",
        definition="最初の業務が新しい方法を使い始めた年度から、その年度までの削減時間の合計です。公表された合計があるときは、その分を含みます。",
        unit=HOURS,
        accumulation=Accumulation.CUMULATIVE,
        measure=_cumulative,
        visible=insiders,
        options=OPTIONS,
    ),
    Metric(
        code="bpr.started",
        name="業務改革に着手した件数",
        definition="年度末までに着手した業務の件数です。完了したものも含みます。公表された合計があるときは、その分を含みます。",
        unit="件",
        accumulation=Accumulation.STOCK,
        measure=_started,
        visible=insiders,
        options=OPTIONS,
    ),
    Metric(
        code="bpr.completed",
        name="業務改革が完了した件数",
        definition="年度末までに完了した業務の件数です。",
        unit="件",
        accumulation=Accumulation.STOCK,
        measure=_completed,
        visible=insiders,
        options=OPTIONS,
    ),
)
