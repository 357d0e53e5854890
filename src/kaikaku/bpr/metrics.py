"""What bpr counts: hours saved by year and in all, projects started and completed; by tool and 部局."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from kaikaku.bpr import queries, words
from kaikaku.bpr.queries import ProjectFacts
from kaikaku.core.bpr import MINUTES
from kaikaku.core.eras import show_fiscal_year
from kaikaku.core.indicators import Accumulation
from kaikaku.org.queries import today, tree_of
from kaikaku.reporting.measuring import Measured, Metric, Option, RecordRef, Records, has_begun, insiders

if TYPE_CHECKING:
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


def _unknown(fiscal_year: int, unit: str) -> Measured | None:
    if has_begun(fiscal_year, today()):
        return None
    return Measured.unknown(unit, f"{show_fiscal_year(fiscal_year)}は、まだ始まっていません。")


def _hours(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    if (early := _unknown(fiscal_year, HOURS)) is not None:
        return early
    found = [
        (one, minutes)
        for one in _chosen(organisation, options)
        if one.started and (minutes := one.in_use.minutes(fiscal_year)) is not None
    ]
    return _sum(found, f"{show_fiscal_year(fiscal_year)}に使われ、効果を確かめた業務")


def _cumulative(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    if (early := _unknown(fiscal_year, HOURS)) is not None:
        return early
    facts = _chosen(organisation, options)
    first = queries.first_year(facts)
    if first is None:
        return Measured.unknown(HOURS, "使い始めた業務の記録がありません。")
    found = [
        (one, minutes)
        for one in facts
        if one.started and (minutes := one.in_use.minutes_since(first, fiscal_year)) is not None
    ]
    return _sum(found, f"{show_fiscal_year(first)}からの累計", since=first)


def _sum(found: list[tuple[ProjectFacts, Decimal]], told: str, *, since: int | None = None) -> Measured:
    if not found:
        return Measured.unknown(HOURS, "効果を確かめた業務の記録がありません。")
    minutes = sum((part for _, part in found), Decimal(0))
    records = Records.of([_record(one, part / MINUTES) for one, part in found])
    return Measured(minutes / MINUTES, HOURS, records, f"{told}{len(found)}件の合計", cumulative_from=since)


def _started(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    return _count(organisation, fiscal_year, options, completed=False)


def _completed(organisation: Organisation, fiscal_year: int, options: Mapping[str, str]) -> Measured:
    return _count(organisation, fiscal_year, options, completed=True)


def _count(
    organisation: Organisation, fiscal_year: int, options: Mapping[str, str], *, completed: bool
) -> Measured:
    if (early := _unknown(fiscal_year, "件")) is not None:
        return early
    days = queries.stage_days(organisation, completed=completed)
    last = queries.last_day(fiscal_year)
    found = [
        one
        for one in _chosen(organisation, options)
        if (one.completed if completed else one.started) and (day := days.get(one.key)) and day <= last
    ]
    what = "完了した" if completed else "着手した（完了したものを含む）"
    records = Records.of([_record(one, Decimal(1)) for one in found])
    return Measured(
        Decimal(len(found)), "件", records, f"{show_fiscal_year(fiscal_year)}末までに{what}業務の件数"
    )


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
        definition="最初の業務が新しい方法を使い始めた年度から、その年度までの削減時間の合計です。",
        unit=HOURS,
        accumulation=Accumulation.CUMULATIVE,
        measure=_cumulative,
        visible=insiders,
        options=OPTIONS,
    ),
    Metric(
        code="bpr.started",
        name="業務改革に着手した件数",
        definition="年度末までに着手した業務の件数です。完了したものも含みます。",
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
