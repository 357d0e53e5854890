"""Sheets that came back more than once: what a meeting may have to settle."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Subquery

from kaikaku.core.workflow import Action
from kaikaku.plans.models import Edition
from kaikaku.reporting.models import Move, Round, SheetPart

OFTEN = 2


@dataclass(frozen=True, slots=True)
class Returned:
    """How often a section's sheet came back within one round, and the reason given last."""

    times: int
    reason: str


def returned_often(edition: Edition, *, least: int = OFTEN) -> dict[int, Returned]:
    """The sections whose sheet was returned at least so often in one round of the latest year, by key; two
    queries. A return that was taken back does not count.
    """
    latest = Round.objects.filter(edition=edition).order_by("-fiscal_year").values("fiscal_year")[:1]
    moves = Move.objects.filter(
        sheet__round__edition=edition,
        sheet__round__fiscal_year=Subquery(latest),
        action=Action.RETURN.value,
        undone_at__isnull=True,
    )
    reasons: dict[int, list[str]] = defaultdict(list)
    for sheet, reason in moves.order_by("pk").values_list("sheet", "reason"):
        reasons[sheet].append(reason)
    often = {sheet: said for sheet, said in reasons.items() if len(said) >= least}
    parts = SheetPart.objects.filter(sheet__in=often, in_charge=True, section__isnull=False)
    found: dict[int, Returned] = {}
    for section, sheet in parts.order_by("pk").values_list("section", "sheet"):
        said = often[sheet]
        if section is not None and (section not in found or found[section].times < len(said)):
            found[section] = Returned(len(said), said[-1])
    return found
