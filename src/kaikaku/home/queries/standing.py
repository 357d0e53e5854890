"""How an edition stands as a whole: the grades by pillar, the years before, what moves and what does not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from kaikaku.core.eras import show_fiscal_year
from kaikaku.core.ratings import Band
from kaikaku.plans.models import Edition
from kaikaku.plans.queries import EditionRows, editions_for, lists_of, rows_kept, rows_kept_of
from kaikaku.plans.results import Mark, Result
from kaikaku.writers.dataset import NamedList, Tally, TallyRow

if TYPE_CHECKING:
    from kaikaku.org.models import User

YEARS = 5
# a governor's page holds so many of each kind on one A4
MOST = 6
# the lower half of a scale: grades from this slot on
LOW = 3


@dataclass(frozen=True, slots=True)
class Trend:
    """The whole of each year as one table, oldest first; `at_least` is the share of 概ね達成以上 as each year
    closed it, `left_out` are years of another scale.
    """

    tally: Tally
    at_least: tuple[Decimal | None, ...]
    left_out: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """An edition's year in numbers."""

    edition: Edition
    rows: EditionRows
    trend: Trend | None

    @property
    def whole(self) -> TallyRow | None:
        return self.rows.tally.rows[-1] if self.rows.tally else None


@dataclass(frozen=True, slots=True)
class Moved:
    """An indicator with its grade, and the grade of the year before where that was another."""

    key: int
    name: str
    rate: str
    band: Band
    before: Band | None
    external_factor: str

    @property
    def is_still(self) -> bool:
        """Whether it fell, or stands in the lower half of the scale and has not risen."""
        if self.before is not None:
            return self.before.slot < self.band.slot
        return self.band.slot >= LOW


@dataclass(frozen=True, slots=True)
class Movement:
    """What moves, what does not and how many of each there are; `lists` where only a published table
    exists.
    """

    better: tuple[Moved, ...]
    better_total: int
    low: tuple[Moved, ...]
    low_total: int
    lists: tuple[NamedList, ...]
    year_before: int | None


def edition_in_force(user: User) -> Edition | None:
    """The newest edition in force, else the newest of all."""
    editions = list(editions_for(user))
    return next((e for e in editions if e.state == "in_force"), editions[0] if editions else None)


def standing(user: User, edition: Edition) -> Standing:
    """The edition's year, and its plan's last five years."""
    rows = rows_kept(edition)
    return Standing(edition, rows, _trend(user, rows))


def _trend(user: User, rows: EditionRows) -> Trend | None:
    """Each of the last five years from the newest edition that has it, this one first; a plan that is made
    anew every year (宮城県) has one edition for each.
    """
    if rows.tally is None or rows.year is None:
        return None
    by_year = {tally.fiscal_year: tally for tally in rows.tallies if tally.fiscal_year <= rows.year}
    if len(by_year) < YEARS:
        earlier = editions_for(user).filter(plan=rows.edition.plan_id, fiscal_year__lt=rows.year)
        for other in rows_kept_of(list(earlier.exclude(pk=rows.edition.pk)[: YEARS - 1])):
            for tally in other.tallies:
                by_year.setdefault(tally.fiscal_year, tally)
    tallies = [by_year[year] for year in sorted(by_year)][-YEARS:]
    codes = rows.tally.columns
    fitting = [tally for tally in tallies if set(tally.columns) <= set(codes)]
    lines = tuple(_line(tally, codes) for tally in fitting)
    left_out = tuple(tally.fiscal_year for tally in tallies if tally not in fitting)
    at_least = tuple(tally.at_least_share for tally in fitting)
    return Trend(replace(rows.tally, rows=lines), at_least, left_out) if len(lines) > 1 else None


def _line(tally: Tally, codes: tuple[str, ...]) -> TallyRow:
    """The whole of a year in the columns of the edition's scale, its shares as they were closed."""
    whole = tally.rows[-1]
    counts = dict(zip(tally.columns, whole.counts, strict=True))
    shares = dict(zip(tally.columns, whole.shares, strict=True)) if whole.shares else {}
    return TallyRow(
        section=str(tally.fiscal_year),
        number=None,
        label=show_fiscal_year(tally.fiscal_year),
        total=whole.total,
        counts=tuple(counts.get(code, 0) for code in codes),
        shares=tuple(shares.get(code, Decimal(0)) for code in codes) if shares else (),
    )


def movement(rows: EditionRows) -> Movement:
    """What rose or stands high, and what fell or stays low: by grade, then by rate."""
    by_rate = sorted(rows.results.values(), key=_rate)
    before = rows.marks(rows.year_before) if rows.year_before is not None else {}
    graded = [_moved(r, r.band, before.get(r.indicator.key)) for r in by_rate if r.band and _is_graded(r)]
    low = [moved for moved in graded if moved.is_still]
    better = [moved for moved in reversed(graded) if not moved.is_still]
    return Movement(
        better=tuple(sorted(better, key=lambda moved: (moved.before is None, moved.band.slot))[:MOST]),
        better_total=len(better),
        low=tuple(sorted(low, key=lambda moved: -moved.band.slot)[:MOST]),
        low_total=len(low),
        lists=lists_of(rows) if rows.tally and not rows.tally.computed else (),
        year_before=rows.year_before,
    )


def _is_graded(result: Result | Mark) -> bool:
    return result.is_counted and result.band is not None and result.band.measurable


def _rate(result: Result) -> Decimal:
    return result.achievement.rate or Decimal(0)


def _moved(result: Result, band: Band, earlier: Mark | None) -> Moved:
    facts = result.indicator
    before = earlier.band if earlier and _is_graded(earlier) else None
    return Moved(
        key=facts.key,
        name=facts.name,
        rate=f"{result.rate_shown}%" if result.achievement.rate is not None else "",
        band=band,
        before=before if before is not None and before.code != band.code else None,
        external_factor=facts.external_factor,
    )
