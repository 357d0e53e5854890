"""【再掲】: an indicator that is shown in several sections is asked once, and shown in all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kaikaku.plans.models import Indicator, Section
from kaikaku.plans.queries.rows import indicators_by_key
from kaikaku.reporting.models import Sheet, SheetFigure, SheetPart

if TYPE_CHECKING:
    from kaikaku.plans.facts import IndicatorFacts


@dataclass(frozen=True, slots=True)
class ShownAgain:
    """An indicator as it is reported elsewhere in the round; `asked_in` says where, `asked_of` of whom."""

    row: SheetFigure
    facts: IndicatorFacts
    asked_in: str
    asked_of: str


def shown_again(sheet: Sheet, parts: Sequence[SheetPart]) -> dict[int, list[ShownAgain]]:
    """By section, the indicators of other sections that are shown again there; none costs one query."""
    sections = [part.section_id for part in parts if part.section_id is not None]
    links = Indicator.cross_listed.through.objects.filter(
        section__in=sections, indicator__removed_at__isnull=True, indicator__ended_as=""
    )
    pairs = list(links.order_by("indicator__position").values_list("section", "indicator"))
    if not pairs:
        return {}
    known = indicators_by_key({indicator for _, indicator in pairs})
    rows = {
        row.indicator_id: row
        for row in SheetFigure.objects.filter(
            sheet__round=sheet.round_id, indicator__in=list(known)
        ).select_related("sheet__department")
    }
    homes = {facts.section for facts in known.values() if facts.section is not None}
    names = {section.pk: str(section) for section in Section.objects.filter(pk__in=homes)}
    found: dict[int, list[ShownAgain]] = defaultdict(list)
    for section, key in pairs:
        facts, row = known[key], rows.get(key)
        found[section].append(
            ShownAgain(
                row=row or _as_accepted(facts, sheet.round.fiscal_year),
                facts=facts,
                asked_in=names.get(facts.section or 0, ""),
                asked_of=row.sheet.department.name if row is not None else facts.owner_name,
            )
        )
    return found


def _as_accepted(facts: IndicatorFacts, fiscal_year: int) -> SheetFigure:
    """What the plan has for the year, where the round asks nobody for it; never saved."""
    row = SheetFigure(indicator_id=facts.key)
    for figure in facts.figures:
        if figure.role == "actual" and figure.fiscal_year == fiscal_year:
            for name in ("text", "value", "upper", "unit", "shown", "status", "reason", "reason_note"):
                setattr(row, name, getattr(figure, name))
    return row
