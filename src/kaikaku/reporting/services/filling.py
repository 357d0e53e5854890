"""Filling in a sheet: saving a draft, comments, evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction

from kaikaku.core.errors import RuleViolation
from kaikaku.core.workflow import ACTION_LABELS, STATE_LABELS, Action, State, is_editable
from kaikaku.reporting import checking, queries
from kaikaku.reporting.entries import FigureEntry, PartEntry, SheetEntry, StaleSheet
from kaikaku.reporting.models import Comment, Evidence, Sheet, SheetFigure, SheetPart
from kaikaku.reporting.services.freezing import put_live, untyped
from kaikaku.reporting.services.guard import log, move_sheet, must_be_open, must_read, target_of, touch
from kaikaku.reporting.words import Asked
from kaikaku.sources.services import keep_document

if TYPE_CHECKING:
    from kaikaku.org.models import User
    from kaikaku.plans.facts import IndicatorFacts
    from kaikaku.plans.models import Indicator

LONGEST_TEXT = 20_000
TYPED = ("text", "status", "reason", "reason_note", "external_factor")
SAVED = (*TYPED, "value", "upper", "unit", "shown", "findings", "explanations")


@transaction.atomic
def save_sheet(*, sheet: Sheet, entry: SheetEntry, version: int, by: User) -> Sheet:
    """Keep what was typed, readable or not, and what the checks say of it.

    `version` is the one that the form was made from. Raises StaleSheet where the sheet has moved on since,
    unless the form says just what stands already.
    """
    sheet = queries.lock(sheet)
    must_be_open(sheet.round)
    must_read(sheet, by)
    must_be_editable(sheet, by)
    return keep_entry(sheet, entry, version=version, by=by)


def keep_entry(
    sheet: Sheet,
    entry: SheetEntry,
    *,
    version: int,
    by: User,
    action: str = "reporting.sheet.saved",
    note: str = "",
    on_behalf: str = "",
) -> Sheet:
    """Write an entry into a sheet that is held and whose writer may write it, and put it on record.

    `note` and `on_behalf` say where it came from, and for whom the office has written.
    """
    rows = queries.rows_of(sheet)
    texts, hidden = _answers(sheet, _asked(sheet, each=False), entry)
    parts = _written(sheet, entry.parts)
    changed = put_typed(rows, untyped(sheet, rows, entry.figures))
    changed += [row for row in put_live(sheet, rows) if row not in changed]
    nothing_new = texts == sheet.texts and hidden == sheet.hidden and not changed and not parts
    if nothing_new:
        return sheet
    if version != sheet.version:
        raise StaleSheet(_who(sheet, by), sheet.version)
    old = {"texts": sheet.texts, "hidden": sheet.hidden, "figures": _said(changed, before=True)}
    new = {"texts": texts, "hidden": hidden, "figures": _said(changed, before=False)}
    old["parts"], new["parts"] = _told(parts)
    sheet.texts = texts
    SheetPart.objects.bulk_update(parts, ["texts", "hidden"], batch_size=500)
    check_rows(sheet, rows)
    save_rows(rows)
    if sheet.state in (State.REQUESTED, State.RETURNED):
        move_sheet(sheet, Action.START, State.DRAFT, by=by, reason=note)
    touch(sheet, by=by, texts=texts, hidden=hidden, nothing_to_report=False)
    differing = [name for name in old if old[name] != new[name]]
    log(
        action,
        sheet,
        by=by,
        old={name: old[name] for name in differing},
        new={name: new[name] for name in differing},
        note=note,
        on_behalf=on_behalf,
    )
    return sheet


def _who(sheet: Sheet, by: User) -> str:
    if sheet.changed_by is None:
        return "システム"
    return "別の画面であなた自身" if sheet.changed_by == by else f"{sheet.changed_by.name}さん"


def save_rows(rows: list[SheetFigure]) -> None:
    """Write what was typed, understood and found: an upsert, as a bulk update takes twenty times as long."""
    SheetFigure.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=SAVED, batch_size=500
    )


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
    empty_too: bool = False,
) -> None:
    """`check_rows` where the plan's facts and the sheet's parts have been read already."""
    shared = queries.surroundings_of(sheet, known)
    for row in rows:
        around = shared.saying(queries.words_on(sheet, parts, row.indicator.section_id))
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
    texts = {**row.texts, **{key: _plain(text) for key, text in entry.texts.items()}}
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


def _written(sheet: Sheet, entries: Mapping[int, PartEntry]) -> list[SheetPart]:
    """Put what was written into the parts; returns those that differ."""
    by_key = {part.pk: part for part in queries.parts_of(sheet)}
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


def _plain(text: str) -> str:
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
        new: dict[str, Any] = {name: _plain(getattr(figure, name)) for name in TYPED}
        new["status"] = new["status"] or "confirmed"
        answers = {**row.explanations, **figure.explanations}
        new["explanations"] = {code: _plain(why) for code, why in answers.items() if why.strip()}
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


def must_be_before_submission(sheet: Sheet) -> State:
    """Whoever writes: what has been sent on is not changed under those who read it."""
    state = State(sheet.state)
    if not is_editable(state):
        raise RuleViolation(
            "reporting.not_editable",
            f"この調書は「{STATE_LABELS[state]}」のため、書き換えられません。"
            "直すときは、提出を取り消すか、差し戻しを依頼してください。",
            state=state.value,
        )
    return state


def must_be_editable(sheet: Sheet, by: User) -> None:
    """The clerk's rule: only a clerk of the section fills its sheet in, and only before submission."""
    state = must_be_before_submission(sheet)
    if state is State.DRAFT:
        if "clerk" not in queries.standing_of(by).roles_for(Action.SUBMIT, sheet.department_id):
            raise RuleViolation(
                "workflow.role",
                f"調書に記入できるのは、「{sheet.department.name}」の担当です。担当に依頼してください。",
            )
    else:
        target_of(sheet, Action.START, by=by, reason=ACTION_LABELS[Action.START])


@transaction.atomic
def comment(*, sheet: Sheet, text: str, by: User, indicator: Indicator | None = None) -> Comment:
    """Write beside a sheet or one of its indicators; it stays with the item in later years."""
    sheet = queries.lock(sheet)
    must_read(sheet, by)
    if not text.strip():
        raise RuleViolation("reporting.empty", "コメントを入力してください。", field="text")
    if indicator is not None and not sheet.figures.filter(indicator=indicator).exists():
        raise RuleViolation("reporting.row_unknown", "この調書にない指標です。指標を選び直してください。")
    made = Comment.objects.create(sheet=sheet, indicator=indicator, by=by, text=_plain(text))
    log("reporting.sheet.commented", sheet, by=by, new={"text": made.text})
    return made


@transaction.atomic
def add_evidence(*, sheet: Sheet, name: str, data: bytes, media_type: str, by: User) -> Evidence:
    """Keep a document with the sheet, as received."""
    sheet = queries.lock(sheet)
    must_be_open(sheet.round)
    must_read(sheet, by)
    must_be_editable(sheet, by)
    document = keep_document(
        organisation=sheet.round.edition.plan.organisation,
        name=name,
        data=data,
        title=name,
        media_type=media_type,
        lines=(),
        by=by,
    )
    made, fresh = Evidence.objects.get_or_create(sheet=sheet, document=document, defaults={"by": by})
    if fresh:
        log("reporting.sheet.evidence_added", sheet, by=by, new={"document": str(document)})
    return made
