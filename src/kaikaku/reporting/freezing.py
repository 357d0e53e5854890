"""A bound value as it was when it was confirmed, in one canonical form; and what has changed since. Pure.

The form is JSON with sorted keys, no blanks and decimals as text, so that the same records give the same
SHA-256 whatever database or order they came in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kaikaku.core.errors import RuleViolation
from kaikaku.core.numerals import EXACT_WHOLE


@dataclass(frozen=True, slots=True)
class Held:
    """One record as it was: its part of the value, what it was called and where it stood."""

    key: str
    contribution: Decimal | None
    label: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """All that a frozen value rests on. `value` is exact, before it is rounded for the plan."""

    metric: str
    options: Mapping[str, str]
    fiscal_year: int
    unit: str
    value: Decimal | None
    reason: str = ""
    computed_from: str = ""
    cumulative_from: int | None = None
    records: tuple[Held, ...] = ()

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for one in self.records:
            if one.key in seen:
                raise RuleViolation(
                    "reporting.record_twice",
                    f"「{self.metric}」の計算に、記録「{one.label}」が2回数えられています。"
                    "このままでは確認できません。情報システム担当に連絡してください。",
                    key=one.key,
                )
            seen.add(one.key)

    def canonical(self) -> str:
        """The content as text; equal for equal content, whatever the order of the records."""
        records = sorted(self.records, key=lambda held: held.key)
        return json.dumps(
            {
                "metric": self.metric,
                "options": {key: value for key, value in self.options.items() if value},
                "fiscal_year": self.fiscal_year,
                "unit": self.unit,
                "value": plain(self.value),
                "reason": self.reason,
                "computed_from": self.computed_from,
                "cumulative_from": self.cumulative_from,
                "records": [[r.key, plain(r.contribution), r.label, r.url] for r in records],
            },
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )


def digest(canonical: str) -> str:
    """The SHA-256 of the canonical text, in hexadecimal digits."""
    return hashlib.sha256(canonical.encode()).hexdigest()


def read_content(canonical: str) -> Content:
    """What was frozen, from its text."""
    data: dict[str, Any] = json.loads(canonical)
    rows = data.pop("records")
    records = tuple(Held(key, _number(part), label, url) for key, part, label, url in rows)
    return Content(**{**data, "value": _number(data["value"]), "records": records})


def plain(value: Decimal | None) -> str | None:
    """A number as text, without an exponent and without zeros that say nothing.

    >>> plain(Decimal("71.50")), plain(Decimal("1E+3")), plain(Decimal("-0")), plain(None)
    ('71.5', '1000', '0', None)
    """
    if value is None:
        return None
    shown = format(value, "f")
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def rounded(value: Decimal, places: int) -> Decimal:
    """Half up by magnitude, as the field does (core.numerals.show_number).

    >>> rounded(Decimal("71.4285"), 1), rounded(Decimal("-2.5"), 0)
    (Decimal('71.4'), Decimal('-3'))
    """
    return value.quantize(Decimal(1).scaleb(-places), context=EXACT_WHOLE)


@dataclass(frozen=True, slots=True)
class Altered:
    """A record whose part of the value is not what it was."""

    key: str
    label: str
    old: Decimal | None
    new: Decimal | None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Differences:
    """What records say now against what they said then, each list by key."""

    added: tuple[Held, ...] = ()
    gone: tuple[Held, ...] = ()
    altered: tuple[Altered, ...] = ()
    old: Decimal | None = field(default=None)
    new: Decimal | None = field(default=None)

    @property
    def any_record(self) -> bool:
        return bool(self.added or self.gone or self.altered)

    @property
    def value_differs(self) -> bool:
        return self.old != self.new

    def __bool__(self) -> bool:
        return self.any_record or self.value_differs

    @property
    def keys(self) -> list[str]:
        """The keys of all records that are told of."""
        return [*(h.key for h in self.added), *(h.key for h in self.gone), *(a.key for a in self.altered)]


def compare(then: Content, now: Content) -> Differences:
    """Record by record, and the value; a record that is only called otherwise has not changed."""
    before, after = _by_key(then.records), _by_key(now.records)
    return Differences(
        added=tuple(after[key] for key in sorted(after.keys() - before.keys())),
        gone=tuple(before[key] for key in sorted(before.keys() - after.keys())),
        altered=tuple(
            Altered(key, now_.label, before[key].contribution, now_.contribution, now_.url)
            for key in sorted(before.keys() & after.keys())
            if before[key].contribution != (now_ := after[key]).contribution
        ),
        old=then.value,
        new=now.value,
    )


def _by_key(records: Iterable[Held]) -> dict[str, Held]:
    return {one.key: one for one in records}


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
