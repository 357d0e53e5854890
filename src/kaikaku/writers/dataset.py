"""What a publication freezes, and all that a writer ever sees."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
import typing
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """A document that figures and texts were taken from."""

    id: str
    title: str
    organisation: str
    published: str | None
    file_name: str
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Cite:
    """Where one datum stands in a source: the place in words (「12行目」「3ページ B4」) and its text."""

    source: str
    place: str
    quote: str


# among a figure's qualifiers: it was counted from an app's records, nobody typed it
COMPUTED = "自動集計"


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of an indicator. `text` is what was printed or typed; `value` is in the base unit.

    role: baseline | target | actual. status: projected | preliminary | confirmed | revised.
    Unknown is value None with a reason in words.
    """

    role: str
    fiscal_year: int | None
    text: str
    value: Decimal | None
    shown: str
    status: str = "confirmed"
    qualifiers: tuple[str, ...] = ()
    upper: Decimal | None = None
    cumulative_from: int | None = None
    reason: str | None = None
    cite: Cite | None = None


@dataclass(frozen=True, slots=True)
class Rated:
    """The result of rating one indicator in one fiscal year, with what a reader needs to redo it by hand.

    `working` is the written-out sum, 「(71.5 − 1.5) ÷ (100 − 1.5) × 100 = 71.1 %」; `rate` is exact,
    `rate_shown` as printed. grade None with `reason` set means not rated (no target, no actual yet);
    a grade whose band is `measurable=False` is 測定不能, a result of its own.
    """

    fiscal_year: int
    rate: Decimal | None
    rate_shown: str
    formula: str
    formula_label: str
    working: str
    target_year: int | None
    grade: str | None
    grade_label: str
    status: str = "confirmed"
    reason: str | None = None
    final_rate: Decimal | None = None
    final_rate_shown: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator with all its figures, in order of role and year, and its results by year."""

    id: str
    section: str
    name: str
    unit: str
    direction: str | None
    kind: str | None
    definition: str
    owner: str
    figures: tuple[Figure, ...]
    results: tuple[Rated, ...]
    external_factor: str | None = None
    notes: tuple[str, ...] = ()
    cross_listed_in: tuple[str, ...] = ()
    cite: Cite | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A line of what was done or is planned; depth 1 is a main line, 2 its detail."""

    text: str
    depth: int = 1
    kind: str | None = None
    fiscal_year: int | None = None
    cite: Cite | None = None


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A table carried as the document has it."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    unit: str | None = None
    cite: Cite | None = None


@dataclass(frozen=True, slots=True)
class Overall:
    """The overall rating of a section in a fiscal year (総合評価).

    `label` is what stands: as people settled it, or as the rule gives it while nobody has (`is_final`).
    `automatic` is what the rule gives, `parts` how it came about (成果 and 活動 apart); `outcome` and
    `output` are their ratings alone, None where there are none. `reason` says why people decided otherwise.
    """

    fiscal_year: int
    label: str
    slot: int
    automatic: str
    parts: tuple[str, ...]
    outcome: str | None = None
    output: str | None = None
    is_final: bool = False
    reason: str = ""
    decider: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the plan's tree, in document order; `parent` is the id of the section above."""

    id: str
    parent: str | None
    depth: int
    level_name: str
    number: str | None
    title: str
    subtitle: str | None
    text: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    tables: tuple[PlainTable, ...] = ()
    owner: str = ""
    cite: Cite | None = None
    overall: Overall | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """One grade of the scale. `slot` 1 (best) to 4 (worst), 0 (not measurable) chooses colour and shape."""

    code: str
    label: str
    lower: Decimal | None
    inclusive: bool = True
    measurable: bool = True
    slot: int = 0

    @property
    def name(self) -> str:
        return f"{self.label}【{self.code}】" if self.measurable and self.code != self.label else self.label


@dataclass(frozen=True, slots=True)
class Scheme:
    """The rating rule in force, as data and in words."""

    id: str
    name: str
    bands: tuple[Band, ...]
    rule: str
    denominator: str
    shares_method: str
    rounding: str


@dataclass(frozen=True, slots=True)
class TallyRow:
    """Counts and shares of grades for one pillar, or for all (section None)."""

    section: str | None
    number: str | None
    label: str
    total: int
    counts: tuple[int, ...]
    shares: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """The summary table of one fiscal year; columns are the scheme's bands in order.

    `computed` is False where the counts come from a published table that has no single figures behind it.
    `at_least` names the band up to which 「以上」 is counted, with its count and share.
    """

    fiscal_year: int
    columns: tuple[str, ...]
    rows: tuple[TallyRow, ...]
    computed: bool
    at_least: str | None = None
    at_least_count: int | None = None
    at_least_share: Decimal | None = None
    cite: Cite | None = None


@dataclass(frozen=True, slots=True)
class MarkedName:
    """A name in a list of the paper, with whether an external factor marks it."""

    name: str
    marked: bool = False
    indicator: str | None = None


@dataclass(frozen=True, slots=True)
class NamedList:
    """A list a paper prints by grade, e.g. 達成度がDとなる見込みの指標, with its footnote."""

    title: str
    names: tuple[MarkedName, ...]
    footnote: str | None = None


@dataclass(frozen=True, slots=True)
class Footnote:
    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Erratum:
    """A correction after publication (正誤表)."""

    number: int
    decided_on: date
    where: str
    old: str
    new: str
    reason: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """What another app adds to the paper: paragraphs and tables, already worded."""

    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[PlainTable, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionDataset:
    """One edition of one plan, frozen."""

    organisation: str
    organisation_code: str | None
    plan: str
    edition: str
    title: str
    fiscal_year: int | None
    period: tuple[int, int] | None
    summary: tuple[str, ...]
    sections: tuple[Section, ...]
    indicators: tuple[Indicator, ...]
    scheme: Scheme | None
    tallies: tuple[Tally, ...]
    lists: tuple[NamedList, ...]
    footnotes: tuple[Footnote, ...]
    sources: tuple[Source, ...]
    errata: tuple[Erratum, ...]
    published_on: date
    publication_number: int
    licence: str
    contact: str
    chapters: tuple[Chapter, ...] = ()
    overall_rule: str = ""
    sample: bool = False
    schema: str = "kaikaku-edition-1"

    def canonical_json(self) -> bytes:
        """The dataset as bytes, equal when and only when the datasets are equal: UTF-8, keys sorted."""
        return b"".join(self.canonical_chunks())

    def canonical_chunks(self, *, indicators: Iterable[bytes] | None = None) -> Iterator[bytes]:
        """The same bytes in parts; `indicators` are the canonical parts of the indicators, if at hand."""
        for place, name in enumerate(_names_of(EditionDataset) or ()):
            yield f'{"," if place else "{"}"{name}":'.encode()
            if name != "indicators":
                yield canonical_part(getattr(self, name)).encode()
                continue
            parts = (
                indicators
                if indicators is not None
                else (canonical_part(i).encode() for i in self.indicators)
            )
            yield b"["
            for number, part in enumerate(parts):
                if number:
                    yield b","
                yield part
            yield b"]"
        yield b"}"

    def sha256(self) -> str:
        total = hashlib.sha256()
        for chunk in self.canonical_chunks():
            total.update(chunk)
        return total.hexdigest()

    @classmethod
    def from_json(cls, data: bytes) -> EditionDataset:
        """Read back what `canonical_json` wrote."""
        return typing.cast(EditionDataset, _build(cls, json.loads(data)))


def canonical_part(value: object) -> str:
    """The canonical JSON of one part of a dataset: equal when and only when the parts are equal."""
    return _encode(_plain(value))


# keys come out sorted from _plain, so that the encoder need not sort them again
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_NAMES: dict[type, tuple[str, ...] | None] = {}


def _names_of(kind: type) -> tuple[str, ...] | None:
    """The field names of a dataclass in sorted order; None for any other type."""
    if kind not in _NAMES:
        known = dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else None
        _NAMES[kind] = None if known is None else tuple(sorted(f.name for f in known))
    return _NAMES[kind]


def _plain(value: Any) -> Any:
    kind = type(value)
    if value is None or kind is str or kind is int or kind is bool:
        return value
    if kind is tuple or kind is list:
        return [_plain(v) for v in value]
    if kind is Decimal:
        return plain_number(value)
    if kind is date:
        return value.isoformat()
    names = _names_of(kind)
    if names is None:
        return value
    return {name: _plain(getattr(value, name)) for name in names}


def plain_number(value: Decimal) -> str:
    """The number in digits, one text for one number: 10, 1E+1 and 10.0 are all "10"; never an exponent."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _build(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    origin = typing.get_origin(kind)
    if origin is types.UnionType or origin is typing.Union:
        return _build(next(k for k in typing.get_args(kind) if k is not type(None)), value)
    if origin is tuple:
        parts = typing.get_args(kind)
        if parts[-1] is Ellipsis:
            return tuple(_build(parts[0], v) for v in value)
        return tuple(_build(k, v) for k, v in zip(parts, value, strict=True))
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return kind(**{name: _build(hints[name], v) for name, v in value.items()})
    if kind is Decimal:
        return Decimal(value)
    if kind is date:
        return date.fromisoformat(value)
    return value
