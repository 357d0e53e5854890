"""A change of the workbook beside what the sheet says now: three ways, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kaikaku.reporting.workbooks.placing import Change, Contents
from kaikaku.reporting.workbooks.reading import FIGURE
from kaikaku.reporting.workbooks.values import same_cell

TAKEN, SAME, CHOOSE = "taken", "same", "choose"
MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class Merged:
    """A change with what stands in the sheet now (`theirs`) and what becomes of it.

    `choose`: somebody has changed the same cell otherwise since the workbook was made; a person decides.
    """

    change: Change
    theirs: str
    outcome: str


def merge(changes: Iterable[Change], *, now: Contents, units: Mapping[str, str]) -> list[Merged]:
    """Hold every change against the sheet's contents now; `units` are those of the figures, by code."""
    return [_merged(change, now=now, units=units) for change in changes]


def _merged(change: Change, *, now: Contents, units: Mapping[str, str]) -> Merged:
    rows = now["figures" if change.kind == FIGURE else "texts"]
    theirs = rows.get(change.row, {}).get("typed", {}).get(change.field, "")
    unit = units.get(change.row, "") if (change.kind, change.field) == (FIGURE, "text") else None
    if same_cell(theirs, change.mine, unit=unit):
        return Merged(change, theirs, SAME)
    return Merged(change, theirs, TAKEN if same_cell(theirs, change.base, unit=unit) else CHOOSE)
