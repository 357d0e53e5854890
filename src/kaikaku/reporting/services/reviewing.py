"""What a returning workbook would do to each sheet, cell by cell, with what the checks say of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from kaikaku.core.checks import CHECKS, Level, finding_from_json
from kaikaku.core.numerals import parse_number, show_number
from kaikaku.core.quantities import parse_quantity, show_quantity
from kaikaku.core.text import fold
from kaikaku.reporting.entries import FigureEntry, PartEntry, SheetEntry
from kaikaku.reporting.models import Round, Sheet, SheetFigure, SheetPart, UploadPart
from kaikaku.reporting.queries import workbooks
from kaikaku.reporting.services.writing import LONGEST_TEXT, check_known, put_typed
from kaikaku.reporting.workbooks.merging import CHOOSE as TO_CHOOSE
from kaikaku.reporting.workbooks.merging import MINE, SAME, TAKEN, Merged, merge
from kaikaku.reporting.workbooks.placing import changes_from_json
from kaikaku.reporting.workbooks.reading import FIGURE, columns_of
from kaikaku.reporting.workbooks.values import same_figure

READY, NOTHING, CHOOSE, STOPPED, REFUSED, APPLIED = (
    "ready",
    "same",
    "choose",
    "stopped",
    "refused",
    "applied",
)
STATES = {
    READY: "取り込めます",
    CHOOSE: "選ぶところがあります",
    STOPPED: "直すところがあります",
    REFUSED: "取り込めません",
    NOTHING: "変わりません",
    APPLIED: "取り込み済み",
}
PILLS = {
    READY: "active",
    CHOOSE: "warn",
    STOPPED: "stop",
    REFUSED: "stop",
    NOTHING: "closed",
    APPLIED: "done",
}
LONGEST = {(FIGURE, "text"): 300, (FIGURE, "reason_note"): 300}
WARNINGS = tuple(check.id for check in CHECKS if check.level is Level.REASON)
PLAIN = re.compile(r"-?\d{4,}(\.\d+)?")
FIELDS = ("text", "status", "reason", "reason_note", "external_factor")


@dataclass(frozen=True, slots=True)
class Said:
    """What a check says of a row as it would stand; `why` is the written reason that a warning has."""

    level: str
    message: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class CellReview:
    """One cell on the page: old and new in words, what becomes of it, and what is said of it.

    Of a figure old and new are as they were typed; `theirs_read` and `mine_read` say how that is understood.
    """

    key: str
    row: str
    name: str
    label: str
    place: str
    base: str
    theirs: str
    mine: str
    outcome: str
    note: str = ""
    refused: str = ""
    findings: tuple[Said, ...] = ()
    theirs_read: str = ""
    mine_read: str = ""

    @property
    def is_quantity(self) -> bool:
        """Whether the cell holds the value of a figure."""
        return self.key.startswith(f"{FIGURE}-") and self.key.endswith("-text")

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> CellReview:
        findings = tuple(Said(**one) for one in found["findings"])
        return cls(**{**found, "findings": findings})

    def as_json(self) -> dict[str, Any]:
        names = (
            "key",
            "row",
            "name",
            "label",
            "place",
            "base",
            "theirs",
            "mine",
            "outcome",
            "note",
            "refused",
            "theirs_read",
            "mine_read",
        )
        findings = [{"level": f.level, "message": f.message, "why": f.why} for f in self.findings]
        return {**{name: getattr(self, name) for name in names}, "findings": findings}


@dataclass(frozen=True, slots=True)
class Summary:
    """A part in numbers: cells that change, that are to be chosen, reasons that are wanted, all cells."""

    state: str
    why: str
    version: int
    taken: int
    to_choose: int
    unexplained: int
    cells: int


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A part as it stands: `state`, why it cannot go in, its cells; `version` is that of the sheet."""

    state: str
    why: str
    version: int
    cells: tuple[CellReview, ...]

    @property
    def taken(self) -> int:
        return sum(cell.outcome == TAKEN for cell in self.cells)

    @property
    def to_choose(self) -> int:
        return sum(cell.outcome == TO_CHOOSE for cell in self.cells)

    @property
    def refused(self) -> int:
        return sum(bool(cell.refused) for cell in self.cells)

    @property
    def unexplained(self) -> int:
        """Warnings that want a written reason before the sheet is submitted."""
        return sum(f.level == Level.REASON and not f.why for cell in self.cells for f in cell.findings)

    @property
    def summary(self) -> Summary:
        return Summary(
            self.state, self.why, self.version, self.taken, self.to_choose, self.unexplained, len(self.cells)
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "state": self.state,
            "why": self.why,
            "version": self.version,
            "cells": [cell.as_json() for cell in self.cells],
        }

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Reviewed:
        cells = tuple(CellReview.from_json(cell) for cell in found["cells"])
        return cls(found["state"], found["why"], found["version"], cells)


def review_all(round_: Round, parts: Sequence[UploadPart], forms: Iterable[workbooks.Form]) -> list[Reviewed]:
    """Hold every part against its sheet as it stands; no query of its own but that of the scheme."""
    by_sheet = {form.sheet.pk: form for form in forms}
    found = []
    for part in parts:
        form = by_sheet[part.sheet_id]
        merged = merged_of(part, form)
        found.append(review(round_, part, form, merged=merged, said=_checked(form, merged)))
    return found


def merged_of(part: UploadPart, form: workbooks.Form, picks: Mapping[str, str] | None = None) -> list[Merged]:
    """What becomes of every cell that changes, with what a person has chosen where two changed it."""
    changes = changes_from_json(part.changes)
    return [_picked(one, picks or {}) for one in merge(changes, now=form.contents, units=form.units)]


def review(
    round_: Round,
    part: UploadPart,
    form: workbooks.Form,
    *,
    merged: Sequence[Merged],
    said: Mapping[str, list[Said]],
) -> Reviewed:
    """How a part stands; `said` is what the checks say of its rows, by code."""
    cells = _cells(form, merged, said)
    shut = workbooks.why_shut(round_, form.sheet)
    stops = sum(bool(told["stops"]) for told in part.told) + sum(bool(cell.refused) for cell in cells)
    if shut:
        state, why = (
            REFUSED,
            f"{shut.removesuffix('のため記入不要')}です。直すときは、提出の取消しか差戻しの後に、もう一度取り込んでください。",
        )
    elif stops:
        state, why = (
            STOPPED,
            f"直すところが{stops}か所あります。ファイルを直して、もう一度取り込んでください。",
        )
    elif any(one.outcome == TO_CHOOSE for one in merged):
        state, why = CHOOSE, ""
    else:
        state, why = (READY if any(one.outcome == TAKEN for one in merged) else NOTHING), ""
    return Reviewed(state, why, form.sheet.version, tuple(cells))


def _picked(one: Merged, picks: Mapping[str, str]) -> Merged:
    """A cell that both changed, once a person has chosen."""
    pick = picks.get(one.change.key) if one.outcome == TO_CHOOSE else None
    return one if pick is None else replace(one, outcome=TAKEN if pick == MINE else SAME)


def entry_of(form: workbooks.Form, merged: Iterable[Merged], *, with_open: bool = False) -> SheetEntry:
    """What is taken, as the sheet takes it; what is not among it stays. `with_open` takes mine of what is
    still to be chosen.
    """
    wanted = (TAKEN, TO_CHOOSE) if with_open else (TAKEN,)
    figures: dict[str, dict[str, str]] = defaultdict(dict)
    texts: dict[int | None, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for one in merged:
        change = one.change
        if one.outcome not in wanted:
            continue
        if change.kind == FIGURE:
            figures[change.row][change.field] = change.mine
        else:
            text = form.answers[change.row]
            texts[text.part][change.field][text.asked.key] = change.mine
    places = {part.pk: part for part in form.parts}
    parts = {key: PartEntry(*_words(places[key], new)) for key, new in texts.items() if key is not None}
    said, hidden = _words(form.sheet, texts[None])
    typed = {form.rows[code].pk: _figure(form.rows[code], new) for code, new in figures.items()}
    return SheetEntry(texts=said, hidden=hidden, figures=typed, parts=parts)


def _words(
    row: Sheet | SheetPart, new: Mapping[str, Mapping[str, str]]
) -> tuple[Mapping[str, str], frozenset[str] | None]:
    """New words, and the keys that are not to be published where any of that is new."""
    public = new.get("public", {})
    hidden = {*row.hidden, *(key for key, said in public.items() if said == "no")}
    shown = {key for key, said in public.items() if said == "yes"}
    return new.get("text", {}), frozenset(hidden - shown) if public else None


def _figure(row: SheetFigure, new: Mapping[str, str]) -> FigureEntry:
    """The row as it is with what is new; a new reason answers whatever the checks ask of the row."""
    typed = {name: new.get(name, getattr(row, name)) for name in FIELDS}
    return FigureEntry(**typed, explanations=_explanations(row, new["why"]) if "why" in new else {})


def _explanations(row: SheetFigure, why: str) -> dict[str, str]:
    if not why:
        return dict.fromkeys(row.explanations, "")
    return dict.fromkeys(WARNINGS, why)


def _checked(form: workbooks.Form, merged: Sequence[Merged]) -> dict[str, list[Said]]:
    """What the checks say of the rows that would change, by code; done on copies, so that nothing changes."""
    entry = entry_of(form, merged, with_open=True)
    sheet, rows = copy(form.sheet), [copy(row) for row in form.rows.values()]
    parts = [copy(part) for part in form.parts]
    sheet.texts = {**sheet.texts, **entry.texts}
    for part in parts:
        part.texts = {**part.texts, **(entry.parts[part.pk].texts if part.pk in entry.parts else {})}
    changed = put_typed(rows, entry.figures)
    check_known(sheet, changed, known=form.facts, parts=parts)
    return said_of(changed)


def said_of(rows: Iterable[SheetFigure]) -> dict[str, list[Said]]:
    """What the checks found in rows, by code, with the written reasons."""
    return {row.indicator.code: [_said(one, row) for one in row.findings] for row in rows}


def _said(finding: Mapping[str, Any], row: SheetFigure) -> Said:
    read = finding_from_json(finding)
    return Said(read.level.value, read.message, str(row.explanations.get(read.check, "")))


def _cells(
    form: workbooks.Form, merged: Iterable[Merged], said: Mapping[str, list[Said]]
) -> list[CellReview]:
    """The cells in the order of the sheet; what is said of a row stands at its first cell."""
    names, units = _names(form), form.units
    cells: list[CellReview] = []
    told: set[str] = set()
    for one in merged:
        change = one.change
        first = change.kind == FIGURE and change.row not in told and one.outcome != SAME
        told |= {change.row} if first else set()
        findings = tuple(said.get(change.row, ())) if first else ()
        is_value = (change.kind, change.field) == (FIGURE, "text")
        unit = units[change.row] if is_value else None
        now = form.typed.get(change.row, "") if is_value else one.theirs
        untouched = is_value and same_figure(now, change.base, unit=unit or "")
        cells.append(
            CellReview(
                key=change.key,
                row=change.row,
                name=names[change.row],
                label=_titles(change.kind)[change.field],
                place=change.place,
                base=_shown(change.field, now if untouched else change.base),
                theirs=_shown(change.field, now),
                mine=_shown(change.field, change.mine),
                outcome=one.outcome,
                note=change.note,
                refused=_refused(one, findings),
                findings=findings,
                theirs_read=_read(now, unit),
                mine_read=_read(change.mine, unit),
            )
        )
    return cells


def _read(typed: str, unit: str | None) -> str:
    """How a value is understood in the indicator's unit; "" where that is just what was typed, or nothing."""
    read = parse_quantity(typed, unit=unit or None) if unit is not None else None
    if read is None or read.value is None:
        return ""
    words = show_quantity(read)
    return "" if fold(words).replace(",", "") == fold(typed).replace(",", "") else words


def _names(form: workbooks.Form) -> dict[str, str]:
    """What the rows are called; a field that is asked of several sections with its section."""
    several = len(form.parts) > 1
    names = {row.key: str(row.values["name"]) for row in form.block.figures}
    for row in form.block.texts:
        of = f"{row.values['section']}：" if several and form.answers[row.key].part is not None else ""
        names[row.key] = f"{of}{row.values['name']}"
    return names


def _refused(one: Merged, findings: Iterable[Said]) -> str:
    """Why a cell cannot go in; "" where it can. What is still to be chosen is not refused yet."""
    change = one.change
    longest = LONGEST.get((change.kind, change.field), LONGEST_TEXT)
    if one.outcome == SAME:
        return ""
    if len(change.mine) > longest:
        return f"{longest:,}字までです（{len(change.mine):,}字あります）。要点にまとめてください。"
    if one.outcome == TO_CHOOSE:
        return ""
    return " ".join(found.message for found in findings if found.level == Level.BLOCK)


def _titles(kind: str) -> dict[str, str]:
    return {column.key: column.title for column in columns_of(kind)}


def _shown(name: str, said: str) -> str:
    """A code in its words."""
    labels = dict(workbooks.CHOICES.get(name, ()))
    number = parse_number(said) if name == "text" and PLAIN.fullmatch(said) else None
    return labels.get(said, said) if number is None else show_number(number)
