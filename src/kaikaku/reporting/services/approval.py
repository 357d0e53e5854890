"""The way of a sheet from submission to acceptance: every step one function, undone until the next acted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from kaikaku.core.checks import Level, finding_from_json, standing
from kaikaku.core.errors import RuleViolation
from kaikaku.core.workflow import ACTION_LABELS, ROLE_LABELS, STATE_LABELS, Action, State, possible
from kaikaku.reporting import queries
from kaikaku.reporting.models import Look, Move, Sheet, SheetFigure
from kaikaku.reporting.services.entering import enter_figures, enter_lines
from kaikaku.reporting.services.freezing import freeze, must_be_live, take_back, thaw
from kaikaku.reporting.services.guard import log, move_sheet, must_be_open, must_read, target_of, touch
from kaikaku.reporting.services.writing import check_rows, save_rows

if TYPE_CHECKING:
    from kaikaku.org.models import User

NO_LEAD = "上の部局に所属長の職がないため、所属長の確認で取りまとめまで済みました。"
NO_BUNDLE = "この部局は取りまとめの段階を置いていないため、所属長の確認で済みました。"


@transaction.atomic
def submit_sheet(
    *,
    sheet: Sheet,
    by: User,
    version: int | None = None,
    explanations: Mapping[int, Mapping[str, str]] | None = None,
) -> Sheet:
    """Send a sheet to the chief. Blocks (E) stop it; every warning (W) wants a written reason.

    `explanations` answer warnings, by the key of the row and the code. All checks run again, since the plan
    may have changed.
    """
    sheet = _held(sheet, by, version, Action.SUBMIT)
    target = target_of(sheet, Action.SUBMIT, by=by, reason="")
    rows = queries.rows_of(sheet)
    for row in rows:
        row.explanations = {**row.explanations, **(explanations or {}).get(row.pk, {})}
    must_be_live(sheet, rows)
    check_rows(sheet, rows, empty_too=True)
    _must_have_its_texts(sheet)
    must_pass(rows)
    save_rows(rows)
    move_sheet(
        sheet,
        Action.SUBMIT,
        target,
        by=by,
        submitted_by=by,
        submitted_at=timezone.now(),
        nothing_to_report=False,
    )
    _look(sheet, rows, by)
    return sheet


@transaction.atomic
def answer_none(*, sheet: Sheet, reason: str, by: User, version: int | None = None) -> Sheet:
    """該当なし: an answer with its reason, which goes the same way."""
    sheet = _held(sheet, by, version, Action.ANSWER_NONE)
    target = target_of(sheet, Action.ANSWER_NONE, by=by, reason=reason)
    move_sheet(
        sheet,
        Action.ANSWER_NONE,
        target,
        by=by,
        reason=reason,
        submitted_by=by,
        submitted_at=timezone.now(),
        nothing_to_report=True,
    )
    return sheet


@transaction.atomic
def confirm(*, sheet: Sheet, by: User, version: int | None = None) -> Sheet:
    """The chief's confirmation, which freezes what was computed from records. Where no chief stands above,
    the department's part ends with it.
    """
    sheet = _held(sheet, by, version, Action.CONFIRM)
    target = target_of(sheet, Action.CONFIRM, by=by, reason="")
    posts = queries.posts_of(sheet.round.edition.plan.organisation)
    alone = not posts.has_lead(sheet.department_id)
    reason = _why_alone(posts, sheet) if alone else ""
    rows = queries.rows_of(sheet)
    if not sheet.nothing_to_report:
        freeze(sheet, rows, by=by)
    move_sheet(sheet, Action.CONFIRM, State.BUNDLED if alone else target, by=by, reason=reason)
    _look(sheet, rows, by)
    return sheet


def _why_alone(posts: queries.Posts, sheet: Sheet) -> str:
    """Why the confirmation is the department's last step."""
    here = posts.tree.heir(sheet.department_id)
    chain = posts.chain_of(here) if here is not None else queries.AUTOMATIC
    if chain.final_name:
        return f"この部局では「{chain.final_name}」の確認で取りまとめまで済みます。"
    return NO_LEAD if chain.bundles else NO_BUNDLE


@transaction.atomic
def bundle(*, sheet: Sheet, by: User, version: int | None = None) -> Sheet:
    """The lead section's approval (主管課の取りまとめ)."""
    sheet = _held(sheet, by, version, Action.BUNDLE)
    target = target_of(sheet, Action.BUNDLE, by=by, reason="")
    move_sheet(sheet, Action.BUNDLE, target, by=by)
    _look(sheet, queries.rows_of(sheet), by)
    return sheet


@transaction.atomic
def accept(*, sheet: Sheet, by: User, version: int | None = None) -> Sheet:
    """The secretariat takes it: figures and words become the plan's, in the same transaction."""
    sheet = _held(sheet, by, version, Action.ACCEPT)
    target = target_of(sheet, Action.ACCEPT, by=by, reason="")
    rows = queries.rows_of(sheet)
    if not sheet.nothing_to_report:
        enter_figures(sheet, rows, by)
    enter_lines(sheet, by)
    move_sheet(sheet, Action.ACCEPT, target, by=by)
    _look(sheet, rows, by)
    return sheet


@transaction.atomic
def return_sheet(*, sheet: Sheet, reason: str, by: User, version: int | None = None) -> Sheet:
    """Send a sheet back to the clerks with a reason that they read on top of it."""
    sheet = _held(sheet, by, version, Action.RETURN)
    target = target_of(sheet, Action.RETURN, by=by, reason=reason)
    thaw(sheet, move_sheet(sheet, Action.RETURN, target, by=by, reason=reason))
    _look(sheet, queries.rows_of(sheet), by)
    return sheet


@transaction.atomic
def undo(*, sheet: Sheet, by: User) -> Sheet:
    """Take one's own last step back, as long as nobody has acted on it."""
    sheet = _held(sheet, by)
    last = queries.last_move(sheet)
    if last is None or last.by_id != by.pk or last.to_state != sheet.state:
        who = f"{last.by.name}さん" if last is not None and last.by is not None else "ほかの人"
        raise RuleViolation(
            "reporting.acted_on",
            f"取り消せません。この調書には、すでに{who}が次の手続をしています。"
            "直すときは、差し戻しを依頼してください。",
        )
    action = Action(last.action)
    if action is Action.ACCEPT:
        raise RuleViolation(
            "reporting.accepted",
            "受理した値はプランに入っているため、取り消せません。直すときは、理由を付けて差し戻してください。",
        )
    if action in (Action.REPORT, Action.PUBLISH, Action.CORRECT):
        raise RuleViolation(
            "reporting.gone_on",
            f"「{STATE_LABELS[State(sheet.state)]}」になった調書の手続は取り消せません。"
            "公表の前に直すときは、理由を付けて差し戻してください。",
        )
    if action is Action.START:
        raise RuleViolation("reporting.started", "作成の開始は取り消せません。そのまま作成を続けてください。")
    _take_back(sheet, last, by)
    return sheet


def _take_back(sheet: Sheet, last: Move, by: User) -> None:
    last.undone_at = timezone.now()
    last.save(update_fields=["undone_at"])
    changes: dict[str, Any] = {"state": last.from_state}
    if last.action in (Action.SUBMIT, Action.ANSWER_NONE):
        changes |= {"submitted_by": None, "submitted_at": None, "nothing_to_report": False}
    take_back(sheet, last)
    touch(sheet, by=by, **changes)
    note = f"「{ACTION_LABELS[Action(last.action)]}」の取消し"
    log(
        "reporting.sheet.undone",
        sheet,
        by=by,
        old={"state": last.to_state},
        new={"state": last.from_state},
        note=note,
    )


@transaction.atomic
def mark_read(*, sheet: Sheet, by: User) -> None:
    """Note what the sheet says now as read, so that the person is shown what changes after this."""
    sheet = queries.lock(sheet)
    must_read(sheet, by)
    _look(sheet, queries.rows_of(sheet), by)


def _held(sheet: Sheet, by: User, version: int | None = None, action: Action | None = None) -> Sheet:
    """The sheet's row, locked; refused where it is not the one that the person has seen.

    Where the step is not to be made any more, the table of states says so better than the version.
    """
    sheet = queries.lock(sheet)
    must_be_open(sheet.round)
    must_read(sheet, by)
    in_time = action in possible(State(sheet.state), roles=ROLE_LABELS)
    if version is not None and version != sheet.version and in_time:
        who = sheet.changed_by.name if sheet.changed_by else "システム"
        raise RuleViolation(
            "reporting.changed_since",
            f"開いている間に、{who}さんがこの調書を変更しました。画面を読み込み直し、変わったところを確かめてください。",
        )
    return sheet


def _must_have_its_texts(sheet: Sheet) -> None:
    told = queries.labelled(sheet, queries.parts_of(sheet))
    missing = [(label, text) for label, text in told if text.wanted and not text.value.strip()]
    if missing:
        labels = "、".join(f"「{label}」" for label, _ in missing)
        raise RuleViolation(
            "reporting.text_missing",
            f"{labels}が書かれていません。記入してから提出してください。",
            field=f"text-{missing[0][1].field}",
        )


def must_pass(rows: list[SheetFigure]) -> None:
    """Refuse while a block stands, or a warning that has no written reason."""
    left = [
        (row, finding)
        for row in rows
        for finding in standing(map(finding_from_json, row.findings), reasons=row.explanations)
    ]
    if not left:
        return
    blocks = [(row, finding) for row, finding in left if finding.level is Level.BLOCK]
    row, first = (blocks or left)[0]
    more = f"（ほかに{len(left) - 1}件あります）" if len(left) > 1 else ""
    said = f"「{row.indicator.name}」：{first.message}{more}"
    if blocks:
        raise RuleViolation("reporting.blocked", said, field=f"figure-{row.pk}-text", found=len(blocks))
    raise RuleViolation("reporting.unexplained", said, field=f"why-{row.pk}-{first.check}", found=len(left))


def _look(sheet: Sheet, rows: list[SheetFigure], by: User) -> None:
    contents = queries.contents_of(sheet, rows, queries.parts_of(sheet))
    values = {"contents": contents, "at": timezone.now()}
    Look.objects.update_or_create(sheet=sheet, user=by, defaults=values)
