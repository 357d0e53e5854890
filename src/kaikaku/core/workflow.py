"""The way of a yearly report (進捗管理調書) from request to publication, as one table (domain.md §2).

Who moved it when is the audit log's; this module says only what may be done, by whom, and what must be said
with it.

>>> move(State.SUBMITTED, Action.CONFIRM, roles={"chief"}, by="鈴木", submitter="佐藤").value
'chief_confirmed'
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from kaikaku.core.errors import RuleViolation


class State(StrEnum):
    """Where a report stands."""

    REQUESTED = "requested"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHIEF_CONFIRMED = "chief_confirmed"
    BUNDLED = "bundled"
    ACCEPTED = "accepted"
    REPORTED = "reported"
    PUBLISHED = "published"
    RETURNED = "returned"


class Action(StrEnum):
    """What can be done with a report; ANSWER_NONE is 該当なし, which is an answer."""

    START = "start"
    SUBMIT = "submit"
    ANSWER_NONE = "answer_none"
    CONFIRM = "confirm"
    BUNDLE = "bundle"
    ACCEPT = "accept"
    REPORT = "report"
    PUBLISH = "publish"
    RETURN = "return"
    CORRECT = "correct"


STATE_LABELS: dict[State, str] = {
    State.REQUESTED: "照会中",
    State.DRAFT: "作成中",
    State.SUBMITTED: "提出済み",
    State.CHIEF_CONFIRMED: "所属長確認済み",
    State.BUNDLED: "部局取りまとめ済み",
    State.ACCEPTED: "事務局受理",
    State.REPORTED: "本部会議報告済み",
    State.PUBLISHED: "公表済み",
    State.RETURNED: "差戻し",
}
ACTION_LABELS: dict[Action, str] = {
    Action.START: "作成を始める",
    Action.SUBMIT: "提出する",
    Action.ANSWER_NONE: "該当なしと回答する",
    Action.CONFIRM: "確認する",
    Action.BUNDLE: "取りまとめる",
    Action.ACCEPT: "受理する",
    Action.REPORT: "報告済みにする",
    Action.PUBLISH: "公表する",
    Action.RETURN: "差し戻す",
    Action.CORRECT: "公表後に訂正する",
}
ROLE_LABELS: dict[str, str] = {"clerk": "担当", "chief": "所属長", "secretariat": "事務局"}


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table: in these states these roles may do this, which leads there."""

    action: Action
    sources: frozenset[State]
    target: State
    roles: frozenset[str]
    needs_reason: bool = False
    not_the_submitter: bool = False


def _move(
    action: Action,
    sources: str,
    target: State,
    roles: str,
    *,
    reason: bool = False,
    other_person: bool = False,
) -> Move:
    states = frozenset(State(name) for name in sources.split())
    return Move(action, states, target, frozenset(roles.split()), reason, other_person)


MOVES: tuple[Move, ...] = (
    _move(Action.START, "requested returned", State.DRAFT, "clerk"),
    _move(Action.SUBMIT, "draft returned", State.SUBMITTED, "clerk"),
    _move(Action.ANSWER_NONE, "requested draft returned", State.SUBMITTED, "clerk", reason=True),
    _move(Action.CONFIRM, "submitted", State.CHIEF_CONFIRMED, "chief", other_person=True),
    # the lead section (主管課) and its director (部局長) hold the post of a chief one department up
    _move(Action.BUNDLE, "chief_confirmed", State.BUNDLED, "chief", other_person=True),
    _move(Action.ACCEPT, "bundled", State.ACCEPTED, "secretariat", other_person=True),
    _move(Action.REPORT, "accepted", State.REPORTED, "secretariat"),
    # what was published is so whether or not a meeting was put on record before
    _move(Action.PUBLISH, "accepted reported", State.PUBLISHED, "secretariat"),
    _move(
        Action.RETURN, "submitted chief_confirmed bundled", State.RETURNED, "chief secretariat", reason=True
    ),
    _move(Action.RETURN, "accepted reported", State.RETURNED, "secretariat", reason=True),
    # after publication a figure changes by 正誤表 only, with old, new, reason and date
    _move(Action.CORRECT, "published", State.PUBLISHED, "secretariat", reason=True),
)


def possible(state: State, *, roles: Collection[str]) -> tuple[Action, ...]:
    """What somebody with these roles may do now, in the order of the table: the buttons of a page."""
    held = set(roles)
    return tuple(move.action for move in MOVES if state in move.sources and held & move.roles)


def is_editable(state: State) -> bool:
    """Whether the contents may be changed without anything but saving: before submission and after a
    return."""
    return state in (State.REQUESTED, State.DRAFT, State.RETURNED)


def move(
    state: State,
    action: Action,
    *,
    roles: Collection[str],
    by: object,
    submitter: object = None,
    reason: str = "",
) -> State:
    """The state that the action leads to.

    `by` and `submitter` are compared only: the person acting, and the one who submitted the report last.
    Raises RuleViolation for a move that the table does not have, for a role that may not make it, for a
    missing reason, and where the submitter would confirm their own report.
    """
    found = _find(state, action, set(roles))
    if found.not_the_submitter and submitter is not None and by == submitter:
        raise RuleViolation(
            "workflow.own_report",
            "提出した本人は、この調書を確認できません。別の人が確認してください。",
            state=state.value,
            action=action.value,
        )
    if found.needs_reason and not reason.strip():
        raise RuleViolation(
            "workflow.reason",
            f"「{ACTION_LABELS[action]}」ときは、理由を入力してください。相手に表示されます。",
            field="reason",
            state=state.value,
            action=action.value,
        )
    return found.target


def _find(state: State, action: Action, roles: set[str]) -> Move:
    fitting = [move for move in MOVES if move.action is action and state in move.sources]
    if not fitting:
        raise RuleViolation("workflow.state", _not_now(state, action), state=state.value, action=action.value)
    for one in fitting:
        if roles & one.roles:
            return one
    allowed = "、".join(ROLE_LABELS[role] for role in sorted(set().union(*(m.roles for m in fitting))))
    raise RuleViolation(
        "workflow.role",
        f"「{ACTION_LABELS[action]}」ことができるのは{allowed}です。{allowed}に依頼してください。",
        state=state.value,
        action=action.value,
    )


def _not_now(state: State, action: Action) -> str:
    if state is State.PUBLISHED:
        return "この調書は公表済みのため、変更できません。公表後の訂正は、正誤表で行ってください。"
    label, doing = STATE_LABELS[state], ACTION_LABELS[action]
    what_next = "画面を読み込み直して、今の状態を確かめてください。"
    return f"この調書は「{label}」のため、「{doing}」ことはできません。{what_next}"
