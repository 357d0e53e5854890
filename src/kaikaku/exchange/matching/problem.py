"""The pairs that may be, what each is worth, and what one person may take on together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kaikaku.core.staffing import Commitment, Need, Person, Scheme, fit, may_help

# Filling a place counts before every wish: no sum of points of one pair comes near it.
FILLED = 10_000


@dataclass(frozen=True, slots=True)
class Problem:
    """`worth[need][person]` is what a pair is worth; a pair that is not there may not be.

    `promised` is what people give already, for those who give something.
    """

    needs: Mapping[int, Need]
    scheme: Scheme
    worth: Mapping[int, Mapping[int, int]]
    promised: Mapping[int, Sequence[Commitment]]

    @property
    def pairs(self) -> int:
        """How many pairs may be."""
        return sum(len(found) for found in self.worth.values())

    def fits(self, person: int, needs: Sequence[int]) -> bool:
        """Whether one person may take on all these together."""
        return all(
            sum(self.needs[n].minutes for n in now) <= left for now, left in self.meetings(person, needs)
        )

    def meetings(self, person: int, needs: Sequence[int]) -> Iterator[tuple[tuple[int, ...], int]]:
        """The needs that run at one time, with the minutes a week that the person has left for them.

        Whatever runs at one time does so on the first day of one of them, so those days are all that counts.
        """
        given = self.promised.get(person, ())
        days = {self.needs[n].period.first for n in needs} | {one.period.first for one in given}
        for day in sorted(days):
            now = tuple(n for n in needs if _runs(self.needs[n].period.first, self.needs[n].period.last, day))
            if now:
                spent = sum(one.minutes for one in given if _runs(one.period.first, one.period.last, day))
                yield now, self.scheme.cap - spent


def pose(needs: Sequence[Need], people: Sequence[Person], scheme: Scheme) -> Problem:
    """What may be matched with what: every hard rule is asked of every pair."""
    worth: dict[int, dict[int, int]] = {}
    for need in needs:
        worth[need.key] = {
            person.key: FILLED + fit(need, person, scheme)
            for person in people
            if may_help(need, person, scheme)
        }
    promised = {person.key: person.commitments for person in people if person.commitments}
    return Problem({need.key: need for need in needs}, scheme, worth, promised)


def _runs(first: date, last: date, day: date) -> bool:
    return first <= day <= last
