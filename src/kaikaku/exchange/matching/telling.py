"""Why a person goes where they go, and why others do not, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kaikaku.core.staffing import Need, Person, Said, judge, show_minutes
from kaikaku.exchange.matching.problem import FILLED, Problem
from kaikaku.exchange.matching.solving import Solution


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one person for one need. `refusals` are the hard rules that speak against it; `why` is
    the sentence that sums it up.
    """

    person: int
    matched: bool
    score: int
    why: str
    reasons: tuple[Said, ...] = ()
    refusals: tuple[Said, ...] = ()
    warnings: tuple[Said, ...] = ()


def explain(problem: Problem, solution: Solution, need: Need, people: Sequence[Person]) -> list[Told]:
    """Each person's standing for one need: those matched first, then by what they are worth, then those whom
    a rule keeps out.
    """
    taken: dict[int, list[int]] = {}
    for key, helper in solution.pairs:
        taken.setdefault(helper, []).append(key)
    here = {helper for key, helper in solution.pairs if key == need.key}
    lowest = min((problem.worth[need.key][helper] - FILLED for helper in here), default=None)
    full = len(here) >= need.people
    told = []
    for person in people:
        judged = judge(need, person, problem.scheme)
        matched = person.key in here
        if judged.refusals:
            why = judged.refusals[0].message
        elif matched:
            why = "この依頼に選ばれました。"
        else:
            why = _why_not(problem, need, person.key, taken.get(person.key, []), full, lowest, judged.score)
        told.append(
            Told(person.key, matched, judged.score, why, judged.reasons, judged.refusals, judged.warnings)
        )
    return sorted(told, key=lambda one: (not one.matched, bool(one.refusals), -one.score, one.person))


def _why_not(
    problem: Problem,
    need: Need,
    person: int,
    elsewhere: Sequence[int],
    full: bool,
    lowest: int | None,
    score: int,
) -> str:
    if elsewhere and not problem.fits(person, [*elsewhere, need.key]):
        minutes = sum(problem.needs[one].minutes for one in elsewhere)
        return f"別の依頼（週{show_minutes(minutes)}）に選ばれ、この依頼を加えると時間の上限を超えます。"
    if full and lowest is not None and score < lowest:
        return f"より合う人で人数が満ちました（この人は{score}点、選ばれた人は{lowest}点以上）。"
    if full and score == lowest:
        return f"同じ{score}点の人で人数が満ちました。"
    if full:
        return "この人をここに置くと、ほかの依頼が満たせないか、全体の点が下がります。"
    return "全体の組合せの中で選ばれませんでした。手で加えることができます。"
