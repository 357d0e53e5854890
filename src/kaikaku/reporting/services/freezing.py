"""What the way of a sheet does to its bound figures: computed while it is filled in, frozen when the chief
confirms it, thawed when it is returned. Every function runs inside the step's own transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kaikaku.core.errors import RuleViolation
from kaikaku.core.workflow import Action
from kaikaku.reporting import computing, queries
from kaikaku.reporting.entries import FigureEntry
from kaikaku.reporting.freezing import digest
from kaikaku.reporting.models import Frozen, Move, Sheet, SheetFigure
from kaikaku.reporting.services.guard import log

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.reporting.computing import Live
    from kaikaku.reporting.queries import Bound


def untyped(
    sheet: Sheet,
    rows: Iterable[SheetFigure],
    typed: Mapping[int, FigureEntry],
    *,
    bound: Mapping[int, Bound],
) -> dict[int, FigureEntry]:
    """What was typed, less the values of bound figures: whatever a form or a file says of them, they stay."""
    year = sheet.round.fiscal_year
    computed = {key for key, one in bound.items() if one.computes(year)}
    by_key = {row.pk: row for row in rows if row.indicator_id in computed}
    return {
        key: replace(entry, text=by_key[key].text, reason=by_key[key].reason) if key in by_key else entry
        for key, entry in typed.items()
    }


def put_live(
    sheet: Sheet, rows: Iterable[SheetFigure], *, bound: Mapping[int, Bound] | None = None
) -> list[SheetFigure]:
    """Put what the records say into the bound figures; returns those that differ. Nothing is saved yet."""
    rows = list(rows)
    found = queries.live_rows(sheet, rows, bound=bound)
    changed = []
    for row in rows:
        new = _columns(row, found[row.pk]) if row.pk in found else {}
        if any(getattr(row, name) != value for name, value in new.items()):
            kept = {name: getattr(row, name) for name in ("status", "external_factor", "explanations")}
            before = {**kept, **{name: getattr(row, name) for name in new}}
            row.before = getattr(row, "before", before)  # type: ignore[attr-defined]
            for name, value in new.items():
                setattr(row, name, value)
            changed.append(row)
    return changed


def _columns(row: SheetFigure, live: Live) -> dict[str, str]:
    """Why there is no value is the metric's to say; beside a value, the note is the clerk's."""
    if live.text:
        note = row.reason_note if not row.reason else ""
        return {"text": live.text, "reason": "", "reason_note": note}
    return {"text": "", "reason": computing.REASON_CODE, "reason_note": live.reason}


def must_be_live(sheet: Sheet, rows: Iterable[SheetFigure]) -> dict[int, Live]:
    """Refuse where the records say something else by now than the sheet does: nobody has seen that yet."""
    rows = list(rows)
    found = queries.live_rows(sheet, rows)
    for row in rows:
        live = found.get(row.pk)
        if live is not None and (row.text, row.reason_note if row.reason else "") != (live.text, live.reason):
            was = row.text or row.reason_note or "（まだ計算していません）"
            raise RuleViolation(
                "reporting.records_changed",
                f"「{row.indicator.name}」のもとになる記録が変わり、値が「{was}」から「{live.says}」になりました。"
                "調書の「記録から計算し直す」を押し、新しい値を確かめてから、もう一度進めてください。",
                field=f"figure-{row.pk}-text",
                row=row.pk,
            )
    return found


def freeze(sheet: Sheet, rows: Iterable[SheetFigure], *, by: User | None) -> list[Frozen]:
    """Keep what the records say with every record behind it; the sheet says just that (must_be_live)."""
    rows = list(rows)
    found = must_be_live(sheet, rows)
    if not found:
        return []
    bound = queries.bindings_in(sheet.round.edition.plan_id)
    made = [
        freeze_row(row, bound[row.indicator_id], found[row.pk], year=sheet.round.fiscal_year, by=by)
        for row in rows
        if row.pk in found
    ]
    log("reporting.sheet.frozen", sheet, by=by, new=said_of(made))
    return made


def freeze_row(row: SheetFigure, bound: Bound, live: Live, *, year: int, by: User | None) -> Frozen:
    """Freeze one figure of a sheet."""
    binding = bound.binding
    content = computing.content_of(binding.metric, live.measured, options=binding.options, fiscal_year=year)
    text = content.canonical()
    return Frozen.objects.create(
        binding=binding,
        row=row,
        fiscal_year=year,
        value=live.value,
        shown=live.says,
        content=text,
        sha256=digest(text),
        records=len(content.records),
        by=by,
    )


def said_of(frozen: Iterable[Frozen]) -> dict[str, Any]:
    """What the log says of frozen values: what stands for the content is its hash."""
    return {
        one.row.indicator.name: f"{one.shown}（記録{one.records:,}件 {one.sha256[:12]}）" for one in frozen
    }


def thaw(sheet: Sheet, move: Move) -> None:
    """A returned sheet computes its figures anew; what was frozen stays as history of that move."""
    Frozen.objects.filter(row__sheet=sheet, thawed_by__isnull=True, superseded_at__isnull=True).update(
        thawed_by=move
    )


def take_back(sheet: Sheet, move: Move) -> None:
    """Undo a move's part: a confirmation taken back thaws, a return taken back freezes what it thawed."""
    if move.action == Action.CONFIRM:
        thaw(sheet, move)
    elif move.action == Action.RETURN:
        Frozen.objects.filter(thawed_by=move).update(thawed_by=None)


def provenance_of(rows: Iterable[SheetFigure]) -> dict[int, str]:
    """What the plan's figures say of where they come from, by the key of the sheet's figure."""
    return {
        key: computing.provenance(one.binding.metric_name, records=one.records, sha256=one.sha256)
        for key, one in queries.frozen_of(rows).items()
    }
