"""What an entry makes of sheets: worked out on rows in memory first, then written, for one sheet or for all
of a government, in as many statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from kaikaku.audit.services import Draft, record_all
from kaikaku.core.errors import RuleViolation
from kaikaku.core.workflow import Action, State
from kaikaku.reporting import checking, queries
from kaikaku.reporting.entries import FigureEntry, PartEntry, SheetEntry
from kaikaku.reporting.models import Move, Sheet, SheetFigure, SheetPart
from kaikaku.reporting.services.freezing import put_live, untyped
from kaikaku.reporting.services.guard import ACTIONS
from kaikaku.reporting.words import Asked

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.plans.facts import IndicatorFacts
    from kaikaku.reporting.queries import Bound

Row = TypeVar("Row", bound=Model)

LONGEST_TEXT = 20_000
TYPED = ("text", "status", "reason", "reason_note", "external_factor")
SAVED = (*TYPED, "value", "upper", "unit", "shown", "findings", "explanations")
TOUCHED = ("state", "texts", "hidden", "nothing_to_report", "version", "changed_by", "changed_at")


@dataclass(slots=True)
class Written:
    """What an entry makes of a sheet; nothing of it is in the database yet.

    `parts` and `changed` are those that say something new, `rows` those to be saved: what the checks find of
    a figure may change with the words beside it. `note` and `on_behalf` go on record with it.
    """

    sheet: Sheet
    texts: dict[str, str]
    hidden: list[str]
    parts: list[SheetPart]
    changed: list[SheetFigure]
    rows: list[SheetFigure]
    note: str = ""
    on_behalf: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether the sheet says all this already."""
        same = self.texts == self.sheet.texts and self.hidden == self.sheet.hidden
        return same and not self.changed and not self.parts


def work_out(
    sheet: Sheet,
    entry: SheetEntry,
    *,
    rows: list[SheetFigure],
    parts: Sequence[SheetPart],
    known: Mapping[int, IndicatorFacts],
    bound: Mapping[int, Bound],
) -> Written:
    """Put an entry into the rows and parts given, with what is understood of it and what the checks say.

    `known` are the plan's facts of the indicators, `bound` the plan's bindings (`queries.bindings_in`).
    """
    texts, hidden = _answers(sheet, _asked(sheet, each=False), entry)
    written = _written(sheet, parts, entry.parts)
    before = {row.pk: _columns(row) for row in rows}
    changed = put_typed(rows, untyped(sheet, rows, entry.figures, bound=bound))
    changed += [row for row in put_live(sheet, rows, bound=bound) if row not in changed]
    made = Written(sheet, texts, hidden, written, changed, rows)
    if not made.is_empty:
        check_known(sheet, rows, known=known, parts=parts, texts=texts)
        made.rows = [row for row in rows if _columns(row) != before[row.pk]]
    return made


def _columns(row: SheetFigure) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in SAVED)


def write_all(written: Sequence[Written], *, by: User | None, action: str) -> None:
    """Write what was worked out for sheets that are held and whose writer may write them, and put it on
    record; as many statements for two hundred sheets as for one, but for batches.
    """
    if not written:
        return
    upsert([part for one in written for part in one.parts], ("texts", "hidden"))
    save_rows([row for one in written for row in one.rows])
    moves, drafts = [], []
    for one in written:
        said = [_draft(action, one)]
        if one.sheet.state in (State.REQUESTED, State.RETURNED):
            moves.append(_start(one, by))
            said.insert(0, _draft_of_start(one))
        drafts += said
        _touch(one, by, times=len(said))
    Move.objects.bulk_create(moves)
    upsert([one.sheet for one in written], TOUCHED)
    record_all(drafts, by=by, organisation=written[0].sheet.round.edition.plan.organisation)


def _draft_of_start(one: Written) -> Draft:
    states = {"state": one.sheet.state}, {"state": State.DRAFT.value}
    return Draft(ACTIONS[Action.START], on=one.sheet, old=states[0], new=states[1], note=one.note)


def _start(one: Written, by: User | None) -> Move:
    return Move(
        sheet=one.sheet,
        action=Action.START.value,
        from_state=one.sheet.state,
        to_state=State.DRAFT.value,
        by=by,
        reason=one.note,
    )


def _touch(one: Written, by: User | None, *, times: int) -> None:
    """As guard.touch, for many at once: each step raises the version."""
    sheet = one.sheet
    sheet.state, sheet.nothing_to_report = State.DRAFT.value, False
    sheet.texts, sheet.hidden = one.texts, one.hidden
    sheet.version += times
    sheet.changed_by, sheet.changed_at = by, timezone.now()


def _draft(action: str, one: Written) -> Draft:
    """What of the sheet has become what, for the log."""
    sheet, changed = one.sheet, one.changed
    old = {"texts": sheet.texts, "hidden": sheet.hidden, "figures": _said(changed, before=True)}
    new = {"texts": one.texts, "hidden": one.hidden, "figures": _said(changed, before=False)}
    old["parts"], new["parts"] = _told(one.parts)
    differing = [name for name in old if old[name] != new[name]]
    return Draft(
        action,
        on=sheet,
        old={name: old[name] for name in differing},
        new={name: new[name] for name in differing},
        note=one.note,
        on_behalf=one.on_behalf,
    )


def upsert(rows: Sequence[Row], columns: Sequence[str]) -> None:
    """Write these columns of rows that are there: an upsert, as a bulk update takes twenty times as long."""
    if rows:
        type(rows[0])._default_manager.bulk_create(
            rows, update_conflicts=True, unique_fields=["id"], update_fields=columns, batch_size=500
        )


def save_rows(rows: Sequence[SheetFigure]) -> None:
    """Write what was typed, understood and found."""
    upsert(rows, SAVED)


def check_rows(sheet: Sheet, rows: list[SheetFigure], *, empty_too: bool = False) -> None:
    """Set what is understood of each row and what the checks say of it; nothing is saved yet.

    An empty row has nothing to be found until the sheet is submitted (`empty_too`).
    """
    known = queries.facts_of(row.indicator_id for row in rows)
    check_known(sheet, rows, known=known, parts=queries.parts_of(sheet), empty_too=empty_too)


def check_known(
    sheet: Sheet,
    rows: list[SheetFigure],
    *,
    known: Mapping[int, IndicatorFacts],
    parts: Sequence[SheetPart],
    texts: Mapping[str, str] | None = None,
    empty_too: bool = False,
) -> None:
    """`check_rows` where the plan's facts and the sheet's parts have been read already; `texts` are what the
    sheet will say once, where that is not what it says now.
    """
    said = sheet.texts if texts is None else texts
    shared = queries.surroundings_of(sheet, known)
    for row in rows:
        around = shared.saying(queries.words_on(said, parts, row.indicator.section_id))
        typed, facts = queries.typed_of(row, around.fiscal_year), known.get(row.indicator_id)
        if typed is None and empty_too:
            typed = checking.nothing_typed(around.fiscal_year)
        if facts is None or typed is None:
            _keep(row, checking.Read(checking.BLANK, ()))
        else:
            _keep(row, checking.check(facts, typed, around, external=row.external_factor))


def _keep(row: SheetFigure, found: checking.Read) -> None:
    """A written reason belongs to what was found: where that has changed, only a new reason stays."""
    said = {finding["check"]: finding["message"] for finding in row.findings}
    answered = getattr(row, "before", {}).get("explanations", row.explanations)
    kept = {}
    for finding in found.findings:
        why = row.explanations.get(finding.check, "")
        stale = finding.check in said and said[finding.check] != finding.message
        if why and not (stale and why == answered.get(finding.check)):
            kept[finding.check] = why
    for name, value in found.values.items():
        setattr(row, name, value)
    row.findings = [finding.as_json() for finding in found.findings]
    row.explanations = kept


def _asked(sheet: Sheet, *, each: bool) -> list[Asked]:
    return [asked for asked in sheet.round.asked if asked.each is each]


def _answers(
    row: Sheet | SheetPart, asked: list[Asked], entry: SheetEntry | PartEntry
) -> tuple[dict[str, str], list[str]]:
    """What the row will say and hide, by the keys that are asked there."""
    keys = {one.key for one in asked}
    unknown = set(entry.texts) - keys
    if unknown:
        raise RuleViolation(
            "reporting.field_unknown", f"この照会にない欄があります：{'、'.join(sorted(unknown))}"
        )
    texts = {**row.texts, **{key: plain_text(text) for key, text in entry.texts.items()}}
    for one in asked:
        if len(texts.get(one.key, "")) > LONGEST_TEXT:
            place = f"{row.pk}-" if isinstance(row, SheetPart) else ""
            raise RuleViolation(
                "reporting.text_too_long",
                f"「{one.label}」は{LONGEST_TEXT:,}字までです。要点にまとめ、資料は根拠資料に付けてください。",
                field=f"text-{place}{one.key}",
            )
    hidden = row.hidden if entry.hidden is None else sorted(keys & entry.hidden)
    return texts, hidden


def _written(sheet: Sheet, parts: Iterable[SheetPart], entries: Mapping[int, PartEntry]) -> list[SheetPart]:
    """Put what was written into the parts; returns those that differ."""
    by_key = {part.pk: part for part in parts}
    if set(entries) - set(by_key):
        raise RuleViolation(
            "reporting.part_unknown", "この調書にない取組の内容が含まれています。画面を開き直してください。"
        )
    changed, asked = [], _asked(sheet, each=True)
    for key, entry in entries.items():
        part = by_key[key]
        texts, hidden = _answers(part, asked, entry)
        if (texts, hidden) != (part.texts, part.hidden):
            part.before = {"texts": part.texts, "hidden": part.hidden}  # type: ignore[attr-defined]
            part.texts, part.hidden = texts, hidden
            changed.append(part)
    return changed


def _told(parts: list[SheetPart]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the changed parts said and say, for the log."""
    old = {str(part): part.before for part in parts}  # type: ignore[attr-defined]
    return old, {str(part): {"texts": part.texts, "hidden": part.hidden} for part in parts}


def plain_text(text: str) -> str:
    """What was typed, its line ends as ours and no blanks around it."""
    return text.replace("\r\n", "\n").strip()


def put_typed(rows: list[SheetFigure], figures: Mapping[int, FigureEntry]) -> list[SheetFigure]:
    """Put what was typed into the rows; returns those that differ."""
    by_key = {row.pk: row for row in rows}
    unknown = set(figures) - set(by_key)
    if unknown:
        raise RuleViolation(
            "reporting.row_unknown", "この調書にない指標の値が含まれています。画面を開き直してください。"
        )
    changed = []
    for key, figure in figures.items():
        row = by_key[key]
        new: dict[str, Any] = {name: plain_text(getattr(figure, name)) for name in TYPED}
        new["status"] = new["status"] or "confirmed"
        answers = {**row.explanations, **figure.explanations}
        new["explanations"] = {code: plain_text(why) for code, why in answers.items() if why.strip()}
        if any(getattr(row, name) != value for name, value in new.items()):
            row.before = {name: getattr(row, name) for name in new}  # type: ignore[attr-defined]
            for name, value in new.items():
                setattr(row, name, value)
            changed.append(row)
    return changed


def _said(changed: list[SheetFigure], *, before: bool) -> dict[str, str]:
    """What the changed rows said, or say, for the log."""
    sides = ((row.indicator.name, row.before if before else vars(row)) for row in changed)  # type: ignore[attr-defined]
    return {name: " ".join(str(side[key]) for key in TYPED if side[key]) for name, side in sides}
