"""What the checks look at, and what they say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any

from kaikaku.core.errors import RuleViolation
from kaikaku.core.indicators import (
    Accumulation,
    Achievement,
    Direction,
    Formula,
    Observation,
    Status,
    rate_one,
)
from kaikaku.core.quantities import Quantity, parse_quantity, split_unit
from kaikaku.core.ratings import Band, Scheme, grade_of
from kaikaku.core.text import fold

# Beyond this a number is a slip of cells glued together (numerals.MOST_DIGITS is 24), and sums of such would
# cost more than they tell.
_MOST_PLACES = 60
_MOST_DECIMALS = 10
# an office writes a few dozen units, and every entry asks
_split_unit = lru_cache(maxsize=512)(split_unit)


class Level(StrEnum):
    """What a finding asks for: BLOCK stops the entry, REASON wants a written reason, NOTE only tells."""

    BLOCK = "E"
    REASON = "W"
    NOTE = "I"


# What a check does, on the page on which a policy is set.
ASKS: dict[Level, str] = {Level.BLOCK: "提出を止める", Level.REASON: "理由を求める", Level.NOTE: "知らせる"}
LEVEL_LABELS: dict[Level, str] = {
    Level.BLOCK: "直してください",
    Level.REASON: "理由を入力してください",
    Level.NOTE: "確認してください",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """What one check found: the Japanese sentence and its two sides as text.

    `field` is set where it is another than the check's own.
    """

    message: str
    found: str = ""
    expected: str = ""
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding on one entry; a check gives one at most, so that its reason is kept under its id."""

    check: str
    level: Level
    field: str
    message: str
    expected: str
    found: str

    def as_json(self) -> dict[str, str]:
        """Plain data, for the record of what the approver saw."""
        return {
            "check": self.check,
            "level": self.level.value,
            "field": self.field,
            "message": self.message,
            "expected": self.expected,
            "found": self.found,
        }


@dataclass(frozen=True, slots=True)
class Siblings:
    """All indicators reported together, this one included, by their folded id and name.

    Made once for a sheet and shared by its entries. One shown again elsewhere (再掲) is given once.
    """

    ids: Mapping[str, tuple[str, ...]]
    names: Mapping[str, tuple[tuple[str, str], ...]]

    @classmethod
    def of(cls, indicators: Iterable[tuple[str, str]]) -> Siblings:
        """From (id, name) of each."""
        ids: dict[str, tuple[str, ...]] = {}
        names: dict[str, tuple[tuple[str, str], ...]] = {}
        for identity, name in indicators:
            if key := fold(identity):
                ids[key] = (*ids.get(key, ()), identity)
            if key := fold(name):
                names[key] = (*names.get(key, ()), (identity, name))
        return cls(ids, names)


@dataclass(frozen=True, slots=True)
class Part:
    """One of the figures that the value is the sum of; never one of which it is said 「うち」."""

    name: str
    value: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One indicator's figure of one year as it is about to be saved, with all that it is compared with.

    Every figure is in the base unit, as `Quantity.value` is (円 where `unit` is 千円). Whatever is None or
    empty is not known, and no check then says anything about it. `raw` is the text as typed; where no
    `quantity` is given it is read from there. `past` are the actuals by fiscal year. `flow` and `level` are
    the year's amount and the year-end level where both are reported (+5件, 年度末16件). `confirmed` is the
    value once confirmed and `revision` the reason for changing it. `achievement` is computed from the facts
    where the caller has none. Raises RuleViolation for a figure that is no number or far too long.
    """

    indicator: str = ""
    name: str = ""
    unit: str | None = None
    decimals: int | None = None
    direction: Direction | None = None
    accumulation: Accumulation | None = None
    formula: Formula = Formula.AUTO
    bounded: bool = False
    baseline: Decimal | None = None
    baseline_year: int | None = None
    stated_baseline_year: int | None = None
    target: Decimal | None = None
    target_year: int | None = None
    band_upper: Decimal | None = None
    final_target: Decimal | None = None
    final_target_year: int | None = None
    cumulative_from: int | None = None
    past: Mapping[int, Decimal | None] = field(default_factory=dict)
    previous_unit: str | None = None
    confirmed: Decimal | None = None
    confirmed_by: str | None = None
    revision: str = ""
    raw: str = ""
    quantity: Quantity | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    parts: tuple[Part, ...] = ()
    total: Decimal | None = None
    flow: Decimal | None = None
    level: Decimal | None = None
    previous_level: Decimal | None = None
    fiscal_year: int | None = None
    window: tuple[int, int] | None = None
    status: Status | None = None
    reason: str | None = None
    reason_note: str = ""
    entered_by: str | None = None
    confirmer: str | None = None
    done: str = ""
    grade_text: str = ""
    cause: str = ""
    action: str = ""
    source_date: date | None = None
    siblings: Siblings | None = None
    scheme: Scheme | None = None
    achievement: Achievement | None = None
    edition_locked: bool = False

    def __post_init__(self) -> None:
        if self.quantity is None and self.raw.strip():
            object.__setattr__(self, "quantity", parse_quantity(self.raw, unit=self.unit))
        elif self.quantity is not None and not self.raw:
            object.__setattr__(self, "raw", self.quantity.raw)
        if self.decimals is not None and not 0 <= self.decimals <= _MOST_DECIMALS:
            message = f"小数点以下の桁数は、0から{_MOST_DECIMALS}までで設定してください。"
            raise RuleViolation("checks.decimals", message, field="decimals")
        for name, value in self._figures():
            if not value.is_finite() or abs(value.adjusted()) > _MOST_PLACES:
                raise RuleViolation(
                    "checks.figure",
                    "数値ではないか、桁が多すぎる値があるため、点検できません。値を確かめてください。",
                    field=name,
                )

    def _figures(self) -> Iterable[tuple[str, Decimal]]:
        given: tuple[tuple[str, Decimal | None], ...] = (
            ("baseline", self.baseline),
            ("target", self.target),
            ("target", self.band_upper),
            ("final_target", self.final_target),
            ("confirmed", self.confirmed),
            ("value", self.quantity.value if self.quantity else None),
            ("value", self.quantity.upper if self.quantity else None),
            ("numerator", self.numerator),
            ("denominator", self.denominator),
            ("total", self.total),
            ("flow", self.flow),
            ("level", self.level),
            ("level", self.previous_level),
            *(("parts", part.value) for part in self.parts),
            *(("past", value) for value in self.past.values()),
        )
        return ((name, value) for name, value in given if value is not None)

    @cached_property
    def scale(self) -> tuple[int, str | None]:
        """(power of ten, base unit) of the indicator's unit: 千円 is (3, 円); (0, None) where it is none."""
        return _split_unit(self.unit) if self.unit else (0, None)

    @property
    def unit_fits(self) -> bool:
        """Whether the entered value is in the indicator's unit as far as both are known."""
        stated, wanted = self.quantity.unit if self.quantity else None, self.scale[1]
        return stated is None or wanted is None or stated == wanted

    @cached_property
    def figure(self) -> Decimal | None:
        """The value to compare with other years; None where the entry has none of that kind.

        That is nothing readable, a value in another unit, and a change (+5件) in place of a level or a sum.
        """
        quantity = self.quantity
        if quantity is None or not self.unit_fits:
            return None
        levels = (Accumulation.STOCK, Accumulation.CUMULATIVE)
        return None if quantity.change and self.accumulation in levels else quantity.value

    @cached_property
    def history(self) -> tuple[tuple[int, Decimal], ...]:
        """The known actuals of the years before, in order."""
        years = sorted(y for y in self.past if self.fiscal_year is None or y < self.fiscal_year)
        return tuple((year, value) for year in years if (value := self.past[year]) is not None)

    @property
    def last(self) -> tuple[int, Decimal] | None:
        """(fiscal year, value) of the latest actual before this one."""
        return self.history[-1] if self.history else None

    @cached_property
    def step(self) -> Decimal:
        """One in the last place that is reported, in the base unit."""
        power = self.scale[0]
        if self.decimals is not None:
            return Decimal(1).scaleb(power - self.decimals)
        known = [value for _, value in self.history] + ([self.figure] if self.figure is not None else [])
        exponents = [int(value.normalize().as_tuple().exponent) for value in known]
        return Decimal(1).scaleb(min(power, *exponents) if exponents else power)

    @cached_property
    def rated(self) -> Achievement | None:
        """The achievement the caller gives, or that of the facts; None where the facts cannot be rated."""
        if self.achievement is not None:
            return self.achievement
        if self.target is None or (self.figure is None and not self.reason):
            return None
        observation = Observation(
            actual=self.figure,
            target=self.target,
            baseline=self.baseline,
            direction=self.direction,
            formula=self.formula,
            accumulation=self.accumulation,
            band_upper=self.band_upper,
            actual_year=self.fiscal_year,
            target_year=self.target_year,
            baseline_year=self.baseline_year,
            cumulative_from=self.cumulative_from,
            actual_reason=self.reason or None,
            reason_note=self.reason_note,
        )
        try:
            return rate_one(observation, preferred=self.scheme.formula if self.scheme else Formula.AUTO)
        except RuleViolation:
            return None

    @property
    def band(self) -> Band | None:
        """The computed grade; None without a scheme, and where nothing can be graded yet."""
        return grade_of(self.scheme, self.rated) if self.scheme and self.rated else None


def finding_from_json(data: Mapping[str, Any]) -> Finding:
    """Read what `Finding.as_json` wrote."""
    return Finding(**{**data, "level": Level(data["level"])})
