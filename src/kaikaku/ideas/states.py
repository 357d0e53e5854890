"""The course of an idea: what may follow what. Pure; tested without a database.

Every idea that is sent is examined and gets a fate; nothing but a draft can be deleted. Labels mark and never
decide. An idea may be answered at any point of the way, and again at its end.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from kaikaku.core.errors import RuleViolation
from kaikaku.ideas import words


class Step(StrEnum):
    """What people do to an idea."""

    SEND = "send"
    CLUSTER = "cluster"
    DECIDE = "decide"
    START = "start"
    REALISE = "realise"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


_UNDECIDED = ("received", "clustered")
_OPEN = (*_UNDECIDED, "decided", "in_progress")

# step → (from which states, to which)
MOVES: Mapping[Step, tuple[tuple[str, ...], str]] = MappingProxyType(
    {
        Step.SEND: (("draft",), "received"),
        Step.CLUSTER: (_UNDECIDED, "clustered"),
        Step.DECIDE: ((*_UNDECIDED, "decided"), "decided"),
        Step.START: (("decided",), "in_progress"),
        Step.REALISE: (("decided", "in_progress", "realised"), "realised"),
        Step.DECLINE: (_OPEN, "declined"),
        Step.WITHDRAW: ((*_UNDECIDED, "decided"), "withdrawn"),
        Step.REOPEN: (("declined", "realised"), "decided"),
    }
)
# What a person wanted to do, for the sentence that refuses it.
WISHES = {
    Step.SEND: "送る",
    Step.CLUSTER: "テーマに分類する",
    Step.DECIDE: "仕分ける",
    Step.START: "着手とする",
    Step.REALISE: "実現とする",
    Step.DECLINE: "見送る",
    Step.WITHDRAW: "取り下げる",
    Step.REOPEN: "検討に戻す",
}
FINAL = ("realised", "declined", "withdrawn")
SENT = tuple(state for state in words.STATES if state != "draft")


def allows(state: str, step: Step) -> bool:
    """Whether the step may be taken from this state."""
    return state in MOVES[step][0]


def move(state: str, step: Step) -> str:
    """The state that the step leads to; RuleViolation, saying what can be done, where it may not be taken."""
    sources, target = MOVES[step]
    if state not in sources:
        ways = "、".join(f"「{words.STATES[source]}」" for source in sources)
        raise RuleViolation(
            "ideas.step",
            f"この提案はいま「{words.STATES[state]}」のため、{WISHES[step]}ことができません。"
            f"{WISHES[step]}ことができるのは{ways}のときです。",
        )
    return target


def check_triage(*, track: str, need: str, budget_step: str, department: object | None) -> None:
    """Refuse a triage that leaves open what its track must say (山口県 提案募集の実現について)."""
    if track not in words.TRACKS:
        raise RuleViolation("ideas.track", "仕分けを一覧から選んでください。", field="track")
    if track == "start_now" and need not in words.NEEDS:
        raise RuleViolation(
            "ideas.need",
            "「今年度に着手」とするときは、先に要ること（BPR、事前調整、ルールづくり）を選んでください。",
            field="need",
        )
    if track in words.LATER and budget_step not in words.BUDGET_STEPS:
        raise RuleViolation(
            "ideas.budget_step",
            "来年度以降とするときは、予算の段階を選んでください（要らないときは「予算は要らない」）。",
            field="budget_step",
        )
    if track == "delegated" and department is None:
        raise RuleViolation("ideas.delegated_to", "検討を依頼する所属を選んでください。", field="department")
