"""The course of one person's help: what may follow what. Pure; tested without a database.

Approvals go in the order of the scheme's rules, one row for each. An extension asks the same people again,
while the help goes on until its old last day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from kaikaku.core.errors import RuleViolation
from kaikaku.exchange import words


class Step(StrEnum):
    """What people do to an assignment."""

    PASS = "pass"  # noqa: S105  (an approval, not a password)
    REFUSE = "refuse"
    START = "start"
    LOG = "log"
    EXTEND = "extend"
    END = "end"
    CANCEL = "cancel"


# step → (from which states, to which)
MOVES: Mapping[Step, tuple[tuple[str, ...], str]] = MappingProxyType(
    {
        Step.PASS: (("approving",), "approved"),
        Step.REFUSE: (("approving",), "refused"),
        Step.START: (("approved",), "active"),
        Step.LOG: (("active",), "active"),
        Step.EXTEND: (("active",), "active"),
        Step.END: (("active",), "ended"),
        Step.CANCEL: (("approving", "approved", "active"), "cancelled"),
    }
)
WISHES = {
    Step.PASS: "承認する",
    Step.REFUSE: "不承認とする",
    Step.START: "支援を始める",
    Step.LOG: "従事した時間を記録する",
    Step.EXTEND: "期間を延ばす",
    Step.END: "終了を報告する",
    Step.CANCEL: "取り消す",
}
# the time of these is promised to somebody
HOLDING = ("approving", "approved", "active")
# these took place
BEGUN = ("active", "ended")


def allows(state: str, step: Step) -> bool:
    """Whether the step may be taken from this state."""
    return state in MOVES[step][0]


def move(state: str, step: Step) -> str:
    """The state that the step leads to; RuleViolation, saying when it can be taken, where it may not be."""
    sources, target = MOVES[step]
    if state not in sources:
        ways = "、".join(f"「{words.STATES[source]}」" for source in sources)
        raise RuleViolation(
            "exchange.step",
            f"いま「{words.STATES[state]}」のため、{WISHES[step]}ことができません。"
            f"{WISHES[step]}ことができるのは{ways}のときです。",
        )
    return target


def next_approval(order: Sequence[str], given: Sequence[str]) -> str:
    """The approval that is waited for, "" when all are given."""
    return next((one for one in order if one not in given), "")
