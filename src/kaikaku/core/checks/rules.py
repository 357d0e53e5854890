"""What a check is: its id, what people read of it, its function, and the numbers an edition may change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kaikaku.core.checks.examples import EXAMPLES
from kaikaku.core.checks.model import Entry, Level, Remark


@dataclass(frozen=True, slots=True)
class Param:
    """A number (or, where `several`, numbers) of a check that an edition's policy may change."""

    name: str
    label: str
    default: tuple[Decimal, ...]
    lowest: Decimal = Decimal(0)
    highest: Decimal = Decimal(10**9)
    whole: bool = False
    several: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """The switch of one check, its numbers, and its level where that is not the shipped one (None)."""

    on: bool = True
    values: Mapping[str, tuple[Decimal, ...]] = field(default_factory=dict)
    level: Level | None = None

    def number(self, name: str) -> Decimal:
        return self.values[name][0]

    def numbers(self, name: str) -> tuple[Decimal, ...]:
        return self.values[name]


Rule = Callable[[Entry, Setting], Remark | None]


@dataclass(frozen=True, slots=True)
class Check:
    """One row of the table: `name` and `about` are Japanese, for the page on which a policy is set.

    `field` names the form field beside which the finding is shown. `levels` are those an edition may choose
    from; with `always` it is not to be switched off, since the log and the plan rest on it.
    """

    id: str
    level: Level
    field: str
    name: str
    about: str
    rule: Rule
    params: tuple[Param, ...] = ()
    levels: tuple[Level, ...] = ()
    always: bool = False

    @property
    def example(self) -> str:
        """What it would catch, in one sentence."""
        return EXAMPLES[self.id]

    @property
    def default(self) -> Setting:
        """Switched on, with the shipped numbers."""
        return Setting(True, {param.name: param.default for param in self.params})
