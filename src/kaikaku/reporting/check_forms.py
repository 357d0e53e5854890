"""The page on which the checks of an edition or a round are set: a switch, a level and numbers for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from kaikaku.core.checks import ASKS, CHECKS, Check, Level, Policy
from kaikaku.ui.forms import BaseForm


@dataclass(frozen=True, slots=True)
class Row:
    """One check with its fields."""

    check: Check
    on: forms.BoundField | None
    level: forms.BoundField | None
    numbers: tuple[forms.BoundField, ...]


class ChecksForm(BaseForm):
    """Every check a person may set; what only tells how a number was read is left out.

    Fields are named as a policy's RuleViolation names them (`rate_limit.limit`), so that it finds its place.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for check in shown_checks():
            if not check.always:
                self.fields[f"{check.id}.on"] = forms.BooleanField(label="この点検を行う", required=False)
            if check.levels:
                self.fields[f"{check.id}.level"] = forms.ChoiceField(
                    label="見つけたとき", choices=[(level.value, ASKS[level]) for level in check.levels]
                )
            for param in check.params:
                hint = "「、」で区切ります。" if param.several else ""
                self.fields[f"{check.id}.{param.name}"] = forms.CharField(
                    label=param.label, help_text=hint, max_length=100
                )

    @staticmethod
    def initial_of(policy: Policy) -> dict[str, Any]:
        """The policy as the fields show it."""
        found: dict[str, Any] = {}
        for check in shown_checks():
            setting = policy.settings[check.id]
            found[f"{check.id}.on"] = setting.on
            found[f"{check.id}.level"] = (setting.level or check.level).value
            for param in check.params:
                numbers = (f"{value.normalize():f}" for value in setting.numbers(param.name))
                found[f"{check.id}.{param.name}"] = "、".join(numbers)
        return found

    def groups(self) -> list[tuple[str, list[Row]]]:
        """The checks with their fields, what stops first."""
        return [
            (label, [self._row(check) for check in shown_checks() if check.level is level])
            for level, label in ((Level.BLOCK, "提出を止める点検"), (Level.REASON, "理由を求める点検"))
        ]

    def _row(self, check: Check) -> Row:
        return Row(
            check,
            None if check.always else self[f"{check.id}.on"],
            self[f"{check.id}.level"] if check.levels else None,
            tuple(self[f"{check.id}.{param.name}"] for param in check.params),
        )

    def policy(self) -> dict[str, Any]:
        """The policy as JSON; numbers are read where the policy is checked."""
        data = self.cleaned_data
        found: dict[str, Any] = {}
        for check in shown_checks():
            setting: dict[str, Any] = {"on": check.always or data[f"{check.id}.on"]}
            if check.levels:
                setting["level"] = data[f"{check.id}.level"]
            for param in check.params:
                text = str(data[f"{check.id}.{param.name}"])
                setting[param.name] = text.replace("、", ",").split(",") if param.several else text.strip()
            found[check.id] = setting
        return found


class EditionChecksForm(ChecksForm):
    """The checks of an edition, and whether open rounds are to take them too."""

    open_rounds_too = forms.BooleanField(
        label="受付中の照会にも反映する",
        required=False,
        help_text="反映しないときは、次に始める照会から使われます。",
    )


def shown_checks() -> Iterator[Check]:
    return (check for check in CHECKS if check.level is not Level.NOTE)
