"""Where a sheet's figures stand in the workbooks that were taken in: their trail once the plan has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kaikaku.reporting.models import Sheet, SheetFigure
from kaikaku.reporting.queries import uploads
from kaikaku.reporting.workbooks.placing import Change, changes_from_json
from kaikaku.reporting.workbooks.reading import FIGURE
from kaikaku.sources.services import Spot, cite

if TYPE_CHECKING:
    from kaikaku.sources.models import Citation, SourceDocument


def citations_of(sheet: Sheet, rows: Iterable[SheetFigure]) -> dict[int, Citation]:
    """The cell that each figure was taken from, by row; none for one that has been typed anew since."""
    found: dict[int, Citation] = {}
    rows = list(rows)
    for part in uploads.applied_to(sheet):
        cells = {c.row: c for c in changes_from_json(part.changes) if (c.kind, c.field) == (FIGURE, "text")}
        for row in rows:
            cell = cells.get(row.indicator.code)
            if row.pk in found or cell is None or not row.text or cell.mine != row.text:
                continue
            spot = _spot(part.upload.document, cell)
            if spot is not None:
                found[row.pk] = cite(document=part.upload.document, spot=spot)
    return found


def _spot(document: SourceDocument, change: Change) -> Spot | None:
    """The line of the kept file in which the cell stands."""
    sheet, _, cell = change.place.rpartition(" ")
    place = f"シート「{sheet}」 {cell.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}行目"
    line = document.places.index(place) + 1 if place in document.places else None
    return None if line is None else Spot(line, change.mine, sheet=sheet, cell=cell)
