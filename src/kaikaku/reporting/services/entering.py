"""What an accepted sheet gives to the plan: its figures, and what was done and is planned next."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kaikaku.core.workflow import Action
from kaikaku.plans import services as plans
from kaikaku.plans.entries import ItemFields
from kaikaku.reporting import checking, queries
from kaikaku.reporting.lines import FLOWS, lines_of
from kaikaku.reporting.models import PartItem, Sheet, SheetFigure, SheetPart
from kaikaku.reporting.services.citing import citations_of
from kaikaku.reporting.services.freezing import provenance_of

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.plans.models import Item, Section


def enter_figures(sheet: Sheet, rows: list[SheetFigure], by: User) -> None:
    """Every value becomes the plan's actual of the year: entered, settled, or corrected with its reason."""
    stood = queries.standing_figures(sheet.round)
    known = queries.facts_of(row.indicator_id for row in rows)
    sources, cited = provenance_of(rows), citations_of(sheet, rows)
    year = sheet.round.fiscal_year
    for row in rows:
        typed, facts = queries.typed_of(row, year), known.get(row.indicator_id)
        if typed is None or facts is None:
            continue
        fields = replace(
            checking.fields_of(typed, year),
            provenance=sources.get(row.pk, ""),
            citation=cited.get(row.pk),
        )
        before = stood.get(row.indicator_id)
        if before is None or before.value is None or before.status not in checking.SETTLED:
            plans.set_figure(indicator=row.indicator, fields=fields, by=by)
        elif (
            before.text != row.text
            or row.status not in checking.SETTLED
            or fields.provenance not in ("", before.provenance)
        ):
            plans.correct_figure(figure=before, fields=fields, reason=_why(sheet, row), by=by)
        if row.external_factor != facts.external_factor:
            plans.set_external_factor(indicator=row.indicator, note=row.external_factor, by=by)


def _why(sheet: Sheet, row: SheetFigure) -> str:
    """Why a settled value changes: what the clerk wrote, else what the sheet was last returned for."""
    last = sheet.moves.filter(action=Action.RETURN, undone_at__isnull=True).order_by("-pk").first()
    return f"{sheet.round.title}：{row.reason_note or (last.reason if last else '調書による訂正')}"


def enter_lines(sheet: Sheet, by: User) -> None:
    """What was done and what is planned next become lines of the sections, where they may be published.

    Only an annual round tells of a whole year. What an earlier acceptance of this sheet entered is replaced;
    lines of others stay. A section taken out of the plan meanwhile gets none.
    """
    if sheet.round.kind != "annual":
        return
    before: dict[tuple[int, str], list[Item]] = defaultdict(list)
    for one in PartItem.objects.filter(part__sheet=sheet).select_related("item").order_by("pk"):
        before[one.part_id, one.key].append(one.item)
    asked = {one.key for one in sheet.round.asked if one.each}
    for part in queries.parts_of(sheet):
        section = part.section
        if section is None or section.removed_at is not None:
            continue
        for key in FLOWS:
            if key in asked or before[part.pk, key]:
                _enter(sheet, part, section, key, before[part.pk, key], by)


def _enter(sheet: Sheet, part: SheetPart, section: Section, key: str, before: list[Item], by: User) -> None:
    flow = FLOWS[key]
    told = part.texts.get(key, "") if key not in part.hidden and not sheet.nothing_to_report else ""
    lines = [
        ItemFields(
            text=line.text,
            depth=line.depth,
            kind=flow.kind,
            fiscal_year=sheet.round.fiscal_year + flow.years_ahead,
            # whose line it is, where the section is another department's (医療局)
            label="" if part.in_charge else sheet.department.name,
        )
        for line in lines_of(told)
    ]
    stand = plans.replace_items(section=section, before=before, lines=lines, reason=str(sheet), by=by)
    kept = {item.pk for item in before}
    PartItem.objects.filter(part=part, key=key).exclude(item__in=stand).delete()
    PartItem.objects.bulk_create(
        PartItem(part=part, key=key, item=item) for item in stand if item.pk not in kept
    )
