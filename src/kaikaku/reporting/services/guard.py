"""What every write of this app passes: who may, whether the round is open, how a step is put on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from kaikaku.audit.services import record
from kaikaku.core import workflow
from kaikaku.core.errors import RuleViolation
from kaikaku.core.workflow import ACTION_LABELS, STATE_LABELS, Action, State
from kaikaku.reporting import queries
from kaikaku.reporting.models import Move, Round, Sheet

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User

ACTIONS = {
    Action.START: "reporting.sheet.started",
    Action.SUBMIT: "reporting.sheet.submitted",
    Action.ANSWER_NONE: "reporting.sheet.answered_none",
    Action.CONFIRM: "reporting.sheet.confirmed",
    Action.BUNDLE: "reporting.sheet.bundled",
    Action.ACCEPT: "reporting.sheet.accepted",
    Action.RETURN: "reporting.sheet.returned",
    Action.REPORT: "reporting.sheet.reported",
    Action.PUBLISH: "reporting.sheet.published",
    Action.CORRECT: "reporting.sheet.corrected",
}


def must_be_office(organisation: Organisation, by: User | None) -> None:
    """Only the secretariat of this government runs rounds; None is the system itself."""
    if by is None:
        return
    if by.organisation_id != organisation.pk or not queries.standing_of(by).is_office:
        raise RuleViolation(
            "reporting.office_only", "照会の手続ができるのは事務局だけです。事務局に依頼してください。"
        )


def must_be_open(round_: Round) -> None:
    """A closed round takes no more changes."""
    if round_.closed_at is not None:
        raise RuleViolation(
            "reporting.round_closed",
            f"「{round_.title}」は締め切られています。変更が必要なときは、事務局に連絡してください。",
        )


def must_read(sheet: Sheet, by: User) -> None:
    """The second lock behind the pages: another section's sheet takes nothing from this person."""
    foreign = by.organisation_id != sheet.round.edition.plan.organisation_id
    if foreign or not queries.standing_of(by).may_read(sheet.department_id):
        raise RuleViolation(
            "reporting.not_yours", "この調書は、ほかの所属のものです。自分の所属の調書を開いてください。"
        )


def target_of(sheet: Sheet, action: Action, *, by: User, reason: str) -> State:
    """The state that the step leads to, by the table of core.workflow; refused with a sentence that says who
    was first, where somebody was.
    """
    standing = queries.standing_of(by)
    roles = standing.roles_for(action, sheet.department_id)
    if action in (Action.CONFIRM, Action.BUNDLE) and "chief" not in roles:
        _must_be_the_final_post(sheet, action)
    if action is Action.BUNDLE and "chief" not in roles:
        raise RuleViolation(
            "reporting.lead_section",
            "取りまとめるのは、上の部局の所属長です。部局の主管課に依頼してください。",
        )
    try:
        return workflow.move(
            State(sheet.state), action, roles=roles, by=by.pk, submitter=sheet.submitted_by_id, reason=reason
        )
    except RuleViolation as refused:
        last = queries.last_move(sheet)
        if refused.code != "workflow.state" or last is None or last.by is None or last.by == by:
            raise
        raise RuleViolation(
            "reporting.moved_already",
            f"この調書は、{last.by.name}さんの「{ACTION_LABELS[Action(last.action)]}」で、すでに"
            f"「{STATE_LABELS[State(sheet.state)]}」になっています。画面を読み込み直して、今の状態を確かめてください。",
            state=sheet.state,
        ) from refused


def _must_be_the_final_post(sheet: Sheet, action: Action) -> None:
    """Say which post makes the step, where the office has named one for this body."""
    posts = queries.posts_of(sheet.round.edition.plan.organisation)
    here = posts.tree.heir(sheet.department_id)
    if here is None or not (action is Action.BUNDLE or posts.final_alone(here)):
        return
    name = posts.chain_of(here).final_name
    if name:
        raise RuleViolation(
            "reporting.final_post",
            f"この部局で「{ACTION_LABELS[action]}」のは「{name}」です。依頼してください。",
        )


def move_sheet(
    sheet: Sheet, action: Action, target: State, *, by: User | None, reason: str = "", **changes: Any
) -> Move:
    """Put the step on record: the state, who, when, why, and for whom a deputy decided (代決)."""
    approves = by is not None and action in (Action.CONFIRM, Action.BUNDLE)
    acting = queries.standing_of(by).deputy_post(action, sheet.department_id) if by and approves else ""
    before = sheet.state
    touch(sheet, by=by, state=target.value, **changes)
    move = Move.objects.create(
        sheet=sheet,
        action=action.value,
        from_state=before,
        to_state=target.value,
        by=by,
        reason=reason.strip(),
        acting=acting,
    )
    log(
        ACTIONS[action],
        sheet,
        by=by,
        old={"state": before},
        new={"state": target.value},
        note=reason.strip(),
        on_behalf=acting,
    )
    return move


def touch(sheet: Sheet, *, by: User | None, **changes: Any) -> None:
    """Change the sheet's row; its version rises, so that a form made before is told apart."""
    values = {**changes, "version": sheet.version + 1, "changed_by": by, "changed_at": timezone.now()}
    for name, value in values.items():
        setattr(sheet, name, value)
    sheet.save(update_fields=list(values))


def log(action: str, sheet: Sheet, *, by: User | None, **more: Any) -> None:
    """The audit row of a change to a sheet."""
    record(action, on=sheet, by=by, organisation=sheet.round.edition.plan.organisation, **more)
