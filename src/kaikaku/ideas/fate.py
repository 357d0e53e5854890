"""What has become of an idea, in words that may be published. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kaikaku.ideas import words

UNDER_STUDY = "検討中"
NO_CONSENT = "（本文は非公表）"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a fate is read from. `extent` is the fullest of what realises it: full, partial or ""."""

    state: str
    track: str = ""
    need: str = ""
    budget_step: str = ""
    department: str = ""
    extent: str = ""


def fate(standing: Standing) -> str:
    """One short phrase: 実現, 一部実現, 今年度に着手（事前調整）, 所管の所属で検討（税務課）, 見送り …"""
    if standing.state in ("received", "clustered"):
        return UNDER_STUDY
    if standing.state == "realised":
        return words.EXTENTS.get(standing.extent, words.EXTENTS["full"])
    if standing.state == "decided":
        more = _more(standing)
        return words.TRACKS[standing.track] + (f"（{more}）" if more else "")
    return words.STATES[standing.state]


def _more(standing: Standing) -> str:
    if standing.track == "start_now":
        return words.NEEDS.get(standing.need, "")
    if standing.track == "delegated":
        return standing.department
    if standing.track in words.LATER and standing.budget_step not in ("", "none"):
        return words.BUDGET_STEPS[standing.budget_step]
    return ""


def share(part: int, whole: int) -> Decimal | None:
    """A part of a whole in percent, exact as far as Decimal goes; None of nothing."""
    return Decimal(part) * 100 / Decimal(whole) if whole else None


def median(counts: dict[int, int]) -> Decimal | None:
    """The middle of whole numbers given as number → how often; half way between the two middle ones."""
    total = sum(counts.values())
    if not total:
        return None
    low, high = _at(counts, (total - 1) // 2), _at(counts, total // 2)
    middle = Fraction(low + high, 2)
    return Decimal(middle.numerator) / Decimal(middle.denominator)


def _at(counts: dict[int, int], place: int) -> int:
    for number in sorted(counts):
        place -= counts[number]
        if place < 0:
            return number
    raise IndexError(place)
