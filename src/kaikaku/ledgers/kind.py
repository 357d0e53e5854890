"""What a kind of ledger is made of: fields, states, alerts and metrics. Data, with no database.

A kind is written as a TOML file (`reading.read_kind`, `writing.write_kind`); those shipped lie in `kinds/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kaikaku.ledgers.expressions import Expression, Known, Sort

TYPES: Mapping[str, str] = {
    "text": "文字（1行）",
    "long": "文字（長文）",
    "integer": "整数",
    "decimal": "数（小数あり）",
    "money": "金額（円）",
    "percent": "割合（%）",
    "date": "日付",
    "fiscal_year": "年度",
    "choice": "選択（1つ）",
    "choices": "選択（複数）",
    "yes_no": "はい・いいえ",
    "department": "所属",
    "url": "ウェブの住所（URL）",
    "corporate_number": "法人番号（13桁）",
}
NUMBERS = frozenset({"integer", "decimal", "money", "percent"})
SORTS: Mapping[str, Sort] = {
    **dict.fromkeys(NUMBERS, Sort.NUMBER),
    "date": Sort.DATE,
    "fiscal_year": Sort.YEAR,
    "choice": Sort.CHOICE,
    "yes_no": Sort.CHOICE,
    "choices": Sort.CHOICES,
}
YES_NO = (("yes", "はい"), ("no", "いいえ"))
ROLES: Mapping[str, str] = {
    "secretariat": "事務局",
    "chief": "所属長",
    "clerk": "担当",
    "executive": "本部員",
}
STATE = "state"
"""The record's state, which an expression may name beside the fields."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field. `roles` are those who alone may see it (empty: all who read the record).

    `yearly`: a value for every fiscal year. `was` is the code that it had in the version before.
    """

    code: str
    label: str
    type: str
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = False
    public: bool = False
    yearly: bool = False
    roles: tuple[str, ...] = ()
    help: str = ""
    was: str = ""

    @property
    def known(self) -> Known:
        """What an expression may do with it."""
        codes = YES_NO if self.type == "yes_no" else self.choices
        return Known(SORTS.get(self.type, Sort.TEXT), tuple(code for code, _ in codes))

    @property
    def heading(self) -> str:
        """The field as the head of its column."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label

    @property
    def is_number(self) -> bool:
        return self.type in NUMBERS

    @property
    def type_words(self) -> str:
        return TYPES[self.type]

    def seen_by(self, roles: Iterable[str]) -> bool:
        """Whether someone with these roles may see it."""
        return not self.roles or not set(self.roles).isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class AlertSpec:
    """A day by which something must be done: told so many days before, the largest first."""

    field: str
    days: tuple[int, ...]
    words: str


@dataclass(frozen=True, slots=True)
class MetricSpec:
    """Something counted for each fiscal year; `stock` is a level at the year's end, `flow` a year's own."""

    code: str
    name: str
    definition: str
    unit: str
    text: str
    expression: Expression = field(compare=False)  # follows from `text`
    accumulation: str = "stock"
    decimals: int = 0
    public: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of ledger, whole and checked."""

    code: str
    name: str
    about: str
    title: str
    fields: tuple[FieldSpec, ...]
    states: tuple[tuple[str, str], ...]
    closed: tuple[str, ...] = ()
    alerts: tuple[AlertSpec, ...] = ()
    metrics: tuple[MetricSpec, ...] = ()
    retention: str = ""
    public: bool = False

    @cached_property
    def by_code(self) -> Mapping[str, FieldSpec]:
        return {field.code: field for field in self.fields}

    @cached_property
    def lasting(self) -> tuple[FieldSpec, ...]:
        """Fields with one value."""
        return tuple(field for field in self.fields if not field.yearly)

    @cached_property
    def yearly(self) -> tuple[FieldSpec, ...]:
        """Fields with a value for every fiscal year."""
        return tuple(field for field in self.fields if field.yearly)

    @cached_property
    def state_words(self) -> Mapping[str, str]:
        return dict(self.states)

    @property
    def known(self) -> dict[str, Known]:
        """All that an expression may name."""
        return known_of(self.fields, self.states)


def known_of(fields: Iterable[FieldSpec], states: Iterable[tuple[str, str]]) -> dict[str, Known]:
    """What an expression over these fields and states may name."""
    known = {field.code: field.known for field in fields}
    return known | {STATE: Known(Sort.CHOICE, tuple(code for code, _ in states))}
