"""How many indicators got which grade: counts, shares that close, and the count of 「概ね達成以上」."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kaikaku.core.errors import RuleViolation
from kaikaku.core.schemes import DENOMINATOR_TEXTS, Band, Denominator, Scheme
from kaikaku.core.shares import CLOSING_LABELS, Closing, close, share

PENDING = "未確定"
"""The column of indicators whose figure is still to come, where the scheme counts them."""


@dataclass(frozen=True, slots=True)
class TallyRow:
    """One group (pillar), or all of them (group None). `excluded` are the indicators left out of `total`.

    `shares` and `at_least_share` are in percent; None where no indicator is counted.
    """

    group: str | None
    total: int
    counts: tuple[int, ...]
    shares: tuple[Decimal, ...] | None
    excluded: int
    at_least_count: int | None
    at_least_share: Decimal | None


@dataclass(frozen=True, slots=True)
class Tally:
    """The table of grades; `columns` are the band codes counted, with 未確定 last where it is counted."""

    scheme: Scheme
    columns: tuple[str, ...]
    rows: tuple[TallyRow, ...]
    whole: TallyRow

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be printed under the table: the policy of the denominator and how shares were closed."""
        notes = [DENOMINATOR_TEXTS[self.scheme.denominator]]
        if self.whole.excluded:
            counted = self.whole.total
            notes[0] += f"全{counted + self.whole.excluded}指標のうち{counted}指標を分母としています。"
        notes.append(CLOSING_LABELS[Closing(self.scheme.shares_method)])
        return tuple(notes)

    @property
    def at_least_text(self) -> str | None:
        """「57指標のうち「概ね達成」以上の指標は、49指標（86.0%）」, as 岩手県 prints it."""
        row, code = self.whole, self.scheme.at_least
        if code is None or row.at_least_share is None:
            return None
        label = self.scheme.band(code).label
        return (
            f"{row.total}指標のうち「{label}」以上の指標は、{row.at_least_count}指標（{row.at_least_share}%）"
        )


def tally(
    grades: Mapping[str, Sequence[Band | str | None]],
    scheme: Scheme,
    *,
    whole: Sequence[Band | str | None] | None = None,
) -> Tally:
    """Count grades by group: a band or its code each, None for pending; leave out what is not to be rated.

    `whole` gives the grades of all where an indicator is listed in several groups (再掲) and must count once.
    Raises RuleViolation for a code the scheme does not have.
    """
    counts = {group: _count(members, scheme) for group, members in grades.items()}
    return tally_counts(counts, scheme, whole=None if whole is None else _count(whole, scheme))


def tally_counts(
    counts: Mapping[str, Sequence[int]], scheme: Scheme, *, whole: Sequence[int] | None = None
) -> Tally:
    """As `tally`, from counts by band in the scheme's order, then pending (may be left off)."""
    width = len(scheme.bands) + 1
    full: dict[str, tuple[int, ...]] = {}
    for group, row in counts.items():
        if len(row) not in (width - 1, width):
            raise RuleViolation(
                "tally_width",
                f"「{group}」の件数が{len(row)}列あります。評価区分の数（{width - 1}）に合わせてください。",
                field="counts",
            )
        full[group] = (*row, 0)[:width]
    everything = tuple(map(sum, zip(*full.values(), strict=True))) or (0,) * width
    if whole is not None:
        everything = (*whole, 0)[:width]
    columns = tuple(name for name, counted in _columns(scheme) if counted)
    rows = tuple(_row(group, row, scheme) for group, row in full.items())
    return Tally(scheme, columns, rows, _row(None, everything, scheme))


def _columns(scheme: Scheme) -> list[tuple[str, bool]]:
    """Every column of a full row of counts, and whether the scheme's denominator takes it in."""
    columns = [(b.code, b.measurable or scheme.denominator is not Denominator.MEASURED) for b in scheme.bands]
    return [*columns, (PENDING, scheme.denominator is Denominator.ALL)]


def _count(grades: Sequence[Band | str | None], scheme: Scheme) -> tuple[int, ...]:
    counts = dict.fromkeys((band.code for band in scheme.bands), 0)
    pending = 0
    for one in grades:
        if one is None:
            pending += 1
        else:
            counts[scheme.band(one if isinstance(one, str) else one.code).code] += 1
    return (*counts.values(), pending)


def _row(group: str | None, full: Sequence[int], scheme: Scheme) -> TallyRow:
    counted = tuple(n for n, (_, taken) in zip(full, _columns(scheme), strict=True) if taken)
    total = sum(counted)
    shares = close(counted, method=scheme.shares_method) if total else None
    good = None
    if scheme.at_least is not None:
        codes = [band.code for band in scheme.measured_bands]
        good = sum(counted[: codes.index(scheme.at_least) + 1])
    good_share = share(good, total) if good is not None and total else None
    return TallyRow(group, total, counted, shares, sum(full) - total, good, good_share)
