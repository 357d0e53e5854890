"""Overall ratings of an edition's sections: what its policy gives, and what people settled. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kaikaku.core.ratings import Scheme
from kaikaku.core.rollup import HELD, Member, Overall, Policy, roll_up
from kaikaku.plans.facts import SectionFacts
from kaikaku.plans.results import Result

# What the three kinds of indicators are called beside a rating.
OUTCOME, OUTPUT, OTHER = "outcome", "output", ""


@dataclass(frozen=True, slots=True)
class Settled:
    """What people decided: the level (blank for 判定保留), and what the policy had given then."""

    level: str
    slot: int
    automatic: str
    working: str
    reason: str
    decider: str
    by: str
    decided_at: datetime

    @property
    def label(self) -> str:
        return self.level or HELD


@dataclass(frozen=True, slots=True)
class Standing:
    """The overall rating of a section: what the policy gives now, and what was settled, if anything was."""

    key: int
    automatic: Overall
    settled: Settled | None

    @property
    def label(self) -> str:
        return self.settled.label if self.settled else self.automatic.label

    @property
    def slot(self) -> int:
        return self.settled.slot if self.settled else self.automatic.slot

    @property
    def is_final(self) -> bool:
        return self.settled is not None

    @property
    def differs(self) -> bool:
        """Whether people decided otherwise than the policy did then."""
        return self.settled is not None and self.settled.label != self.settled.automatic

    @property
    def is_outdated(self) -> bool:
        """Whether the policy gives something else now than when it was settled: figures have changed."""
        return self.settled is not None and self.settled.automatic != self.automatic.label

    @property
    def reason(self) -> str:
        return self.settled.reason if self.settled else ""

    def part(self, kind: str) -> str:
        """The rating of the outputs or of the outcomes alone; "" where there are none."""
        return next((part.label for part in self.automatic.parts if part.kind == kind), "")


def rate_sections(
    sections: Sequence[SectionFacts],
    results: Iterable[Result],
    *,
    scheme: Scheme | None,
    policy: Policy | None,
    settled: Mapping[int, Settled],
) -> dict[int, Standing]:
    """Rate every section that has a rated indicator at or below it; 再掲 counts where it stands first.

    Without a scheme or a policy nothing is rated.
    """
    if scheme is None or policy is None:
        return {}
    members: dict[int, list[Member]] = defaultdict(list)
    above = {section.key: section.parent for section in sections}
    for result in results:
        here = result.indicator.section
        while result.is_counted and here is not None and here in above:
            members[here].append(_member(result))
            here = above[here]
    found = {}
    for section in sections:
        rated = roll_up(members[section.key], policy=policy, scheme=scheme)
        if rated is not None:
            found[section.key] = Standing(section.key, rated, settled.get(section.key))
    return found


def _member(result: Result) -> Member:
    facts = result.indicator
    kind = facts.kind if facts.kind in (OUTPUT, OUTCOME) else OTHER
    rate = result.achievement.rate
    return Member(facts.name, kind, rate, result.band, facts.weight)
