"""Counting help so that nobody can be found behind a number. Pure; tested without a database.

Cells count participants (延べ人数), so one person may stand behind several: what decides is how many
different people do. All cells of a year are made safe together, since schemes and 部 add up to one whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kaikaku.core.disclosure import FLOOR_K, Tie, suppress_few

K = FLOOR_K
TOTAL = ("計", "")
SCHEME, LENT, BORROWED = "制度", "出した", "受けた"

Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Help:
    """One person's help in a year: `home` and `host` are 部, `minutes` what is on record of that year."""

    request: int
    scheme: str
    home: str
    host: str
    person: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Projects and participants apart (宮城県 R8); None is hidden for being few."""

    name: str
    projects: int | None
    participants: int | None


@dataclass(frozen=True, slots=True)
class Flow:
    """A 部: participants and minutes lent to others and borrowed from them; None is hidden."""

    name: str
    lent: int | None
    lent_minutes: int | None
    borrowed: int | None
    borrowed_minutes: int | None


@dataclass(frozen=True, slots=True)
class YearFigures:
    """A year as residents may read it."""

    together: Counted
    minutes: int | None
    schemes: tuple[Counted, ...]
    flows: tuple[Flow, ...]

    @property
    def hidden(self) -> bool:
        """Whether anything is."""
        told = [self.minutes, self.together.projects, self.together.participants]
        told += [value for row in self.schemes for value in (row.projects, row.participants)]
        for row in self.flows:
            told += [row.lent, row.lent_minutes, row.borrowed, row.borrowed_minutes]
        return None in told


def figures_of(helps: Iterable[Help], *, k: int = K) -> YearFigures:
    """The figures of a year, small cells hidden together with those that would give them away."""
    given = list(helps)
    schemes = list(dict.fromkeys(one.scheme for one in given))
    divisions = sorted({name for one in given for name in (one.home, one.host)})
    keys = [TOTAL, *((SCHEME, name) for name in schemes)]
    keys += [(side, name) for side in (LENT, BORROWED) for name in divisions]
    ties = [Tie(TOTAL, tuple((SCHEME, name) for name in schemes))]
    ties += [Tie(TOTAL, tuple((side, name) for name in divisions)) for side in (LENT, BORROWED)]
    inside = {key: [one for one in given if key in _cells(one)] for key in keys}
    counts = {key: len(inside[key]) for key in keys}
    people = _shown(counts, ties, {key: {one.person for one in rows} for key, rows in inside.items()}, k)
    # hours are of those who have some on record: two of ten who helped may have logged none yet
    worked = {key: {one.person for one in rows if one.minutes} for key, rows in inside.items()}
    hours = _shown(
        counts, ties, worked, k, values={key: sum(one.minutes for one in inside[key]) for key in keys}
    )
    projects = {key: len({one.request for one in rows}) for key, rows in inside.items()}
    return YearFigures(
        together=Counted(TOTAL[0], projects_told(projects[TOTAL], people[TOTAL], k=k), people[TOTAL]),
        minutes=hours[TOTAL],
        schemes=tuple(
            # hidden along with the people: there are never more projects than participants
            Counted(name, projects[at] if people[at] is not None else None, people[at])
            for name in schemes
            if (at := (SCHEME, name))
        ),
        flows=tuple(
            Flow(name, people[LENT, name], hours[LENT, name], people[BORROWED, name], hours[BORROWED, name])
            for name in divisions
        ),
    )


def projects_told(projects: int, participants: int | None, *, k: int = K) -> int | None:
    """The projects of a year: hidden where they would say how few took part, who are hidden and not fewer."""
    return projects if participants is not None or projects <= k // 2 else None


def _cells(one: Help) -> tuple[Cell, ...]:
    return (TOTAL, (SCHEME, one.scheme), (LENT, one.home), (BORROWED, one.host))


def _shown(
    counts: Mapping[Cell, int],
    ties: Sequence[Tie[Cell]],
    people: Mapping[Cell, set[int]],
    k: int,
    *,
    values: Mapping[Cell, int] | None = None,
) -> dict[Cell, int | None]:
    hidden = suppress_few(counts, ties, people=people, k=k)
    told = counts if values is None else values
    return {key: None if key in hidden else told[key] for key in counts}
