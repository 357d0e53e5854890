"""What the services of reporting take in: frozen values, made by a form, an import or a script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kaikaku.core.errors import RuleViolation
from kaikaku.reporting.calendar import Dates
from kaikaku.reporting.words import Asked


@dataclass(frozen=True, slots=True)
class RoundFields:
    """A round's face; `asked` None takes the fields of its kind."""

    fiscal_year: int
    kind: str
    title: str
    dates: Dates
    message: str = ""
    with_figures: bool = True
    asked: tuple[Asked, ...] | None = None


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """What was typed for one indicator. `explanations` answer warnings, by their codes."""

    text: str = ""
    status: str = "confirmed"
    reason: str = ""
    reason_note: str = ""
    external_factor: str = ""
    explanations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PartEntry:
    """What was typed of one section: texts by key, and the keys not to be published (None: as they are)."""

    texts: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """What was typed in a sheet: texts by key, keys not to be published, figures by the key of their row,
    parts by the key of theirs.

    What is not among them stays as it is.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] | None = None
    figures: Mapping[int, FigureEntry] = field(default_factory=dict)
    parts: Mapping[int, PartEntry] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Correction:
    """An erratum (正誤表): `code` is the indicator's or section's, `fiscal_year` None where it has none."""

    code: str
    where: str
    old: str
    new: str
    reason: str
    fiscal_year: int | None = None

    def __str__(self) -> str:
        return f"正誤表　{self.where}：誤「{self.old}」 正「{self.new}」 理由：{self.reason}"


@dataclass(frozen=True, slots=True)
class BindingFields:
    """What an indicator is bound to: a metric's code, its options by key, and from which year on."""

    metric: str
    from_year: int
    options: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


class StaleSheet(RuleViolation):
    """Somebody else has changed the sheet since this form was opened; nothing has been saved.

    The page that catches it shows both and lets the person choose. `who` is as it is read: 「阿部さん」.
    """

    def __init__(self, who: str, version: int, **data: Any) -> None:
        super().__init__(
            "reporting.stale",
            f"開いている間に、{who}がこの調書を変更しました。"
            "上書きはしていません。両方の内容を見比べて、残すほうを選んでください。",
            **data,
        )
        self.who = who
        self.version = version
