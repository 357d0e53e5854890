"""Why a thing read cannot be accepted as it is, in a sentence that says what to do about it.

What is checked here is what the plans would refuse, so that one row does not stop a thousand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kaikaku.core.errors import RuleViolation
from kaikaku.ingest.drafts import Draft
from kaikaku.ingest.filling import figure_fields
from kaikaku.ingest.payloads import (
    FactPayload,
    FigurePayload,
    FootnotePayload,
    IndicatorPayload,
    ItemPayload,
    Payload,
    ResultLine,
    ResultPayload,
    SectionPayload,
    TablePayload,
)
from kaikaku.plans.facts import IndicatorFacts
from kaikaku.plans.figures import Known, figure_values

# How long a column of the plans is, and what it is called on the page.
LONGEST: dict[type, dict[str, tuple[int, str]]] = {
    SectionPayload: {"title": (500, "見出し"), "subtitle": (500, "副題"), "number": (40, "番号")},
    ItemPayload: {"label": (100, "区分"), "number": (40, "番号"), "marks": (20, "注の記号")},
    IndicatorPayload: {"name": (300, "名称"), "unit": (40, "単位")},
    FigurePayload: {"text": (300, "値"), "unit": (40, "単位")},
    TablePayload: {"caption": (300, "表題"), "unit": (40, "単位")},
    FootnotePayload: {"mark": (20, "記号")},
    FactPayload: {"name": (300, "名称"), "text": (300, "値"), "unit": (40, "単位")},
}
NEEDED: dict[type, tuple[str, str]] = {
    SectionPayload: ("title", "見出し"),
    ItemPayload: ("text", "本文"),
    IndicatorPayload: ("name", "指標の名称"),
    FootnotePayload: ("text", "注記の本文"),
    FactPayload: ("name", "名称"),
}


def with_problems(drafts: Sequence[Draft], standing: Mapping[int, IndicatorFacts]) -> list[Draft]:
    """The drafts, each with the sentence that says why it cannot be accepted, or none.

    `standing` are the indicators of the edition by key, which new values must agree with.
    """
    checked = [replace(draft, problem=problem_of(draft.payload)) for draft in drafts]
    groups: dict[int, list[int]] = defaultdict(list)
    for index, draft in enumerate(checked):
        if draft.kind == "figure" and draft.parent is not None and _counts(draft):
            groups[draft.parent].append(index)
    for parent, indexes in groups.items():
        indicator = checked[parent]
        facts = standing.get(indicator.matched) if indicator.matched is not None else None
        _check_figures(checked, indicator, indexes, facts)
    return checked


def problem_of(payload: Payload) -> str:
    """What is wrong with a payload by itself."""
    for name, (longest, label) in LONGEST.get(type(payload), {}).items():
        length = len(getattr(payload, name))
        if length > longest:
            return f"{label}が{length}字あります。{longest}字以内に訂正するか、分割してください。"
    name, label = NEEDED.get(type(payload), ("", ""))
    if name and not getattr(payload, name).strip():
        return f"{label}が空です。訂正で入力するか、外してください。"
    if isinstance(payload, ItemPayload) and payload.depth < 1:
        return "段は1以上の数にしてください。"
    if isinstance(payload, FactPayload) and payload.fiscal_year is None:
        return "年度が読み取れません。取り込むときは、訂正で年度を入力してください。"
    if isinstance(payload, ResultPayload):
        return _result_problem(payload)
    return ""


def _counts(draft: Draft) -> bool:
    return draft.decision != "dropped" and draft.difference != "missing"


def _check_figures(
    drafts: list[Draft], indicator: Draft, indexes: Sequence[int], facts: IndicatorFacts | None
) -> None:
    """Put on each value of an indicator what the plans would say against it, the others being there."""
    assert isinstance(indicator.payload, IndicatorPayload)
    payloads = {index: p for index in indexes if isinstance(p := drafts[index].payload, FigurePayload)}
    windows = [p.cumulative_from for p in payloads.values() if p.cumulative_from is not None]
    window = windows[0] if windows else None
    accumulation = facts.accumulation if facts else ""
    if facts is not None:
        window = next((f.cumulative_from for f in facts.figures if f.cumulative_from), window)
    known = Known(
        indicator.payload.name,
        indicator.payload.unit,
        accumulation or ("cumulative" if windows else ""),
        window,
    )
    seen: set[tuple[str, int | None]] = set()
    for index, payload in payloads.items():
        place = (payload.role, payload.fiscal_year)
        if place in seen:
            problem = "同じ種類・同じ年度の値がほかにあります。どちらか一方を外してください。"
        else:
            problem = drafts[index].problem or _refusal(known, payload)
        seen.add(place)
        if problem:
            drafts[index] = replace(drafts[index], problem=problem)


def _refusal(known: Known, payload: FigurePayload) -> str:
    try:
        figure_values(known, figure_fields(payload, citation=None))
    except RuleViolation as violation:
        return violation.message
    return ""


def _result_problem(payload: ResultPayload) -> str:
    if payload.fiscal_year is None:
        return "何年度の結果か読み取れません。訂正で年度を入力してください。"
    if payload.scheme is None:
        return "評価の決まり（達成度の区分）が読み取れません。表題などの訂正で選んでください。"
    for line in payload.lines:
        if line.total is None or None in line.counts:
            return f"「{line.label}」に読み取れない数があります。訂正で入力してください。"
        found = sum(count for count in line.counts if count is not None)
        if found != line.total:
            return (
                f"「{line.label}」の内訳の合計は{found}ですが、指標数は{line.total}です。"
                "訂正で数を直してください。"
            )
    return _sum_problem(payload)


def _sum_problem(payload: ResultPayload) -> str:
    parts = [line for line in payload.lines if not line.is_total]
    for whole in (line for line in payload.lines if line.is_total and parts):
        for place, code in enumerate(payload.codes):
            found = sum(_count(line, place) for line in parts)
            if found != _count(whole, place):
                return (
                    f"「{whole.label}」の{code}は{_count(whole, place)}ですが、内訳の合計は{found}です。"
                    "訂正で数を直してください。"
                )
    return ""


def _count(line: ResultLine, place: int) -> int:
    return (line.counts[place] or 0) if place < len(line.counts) else 0
