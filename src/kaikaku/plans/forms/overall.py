"""Forms of overall ratings: the policy of an edition, and what people settle."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from kaikaku.core.errors import RuleViolation
from kaikaku.core.rollup import BASIS_LABELS, HELD, METHOD_LABELS, Basis, Level, Method, Policy
from kaikaku.core.text import tidy_width
from kaikaku.plans.forms.schemes import SLOTS
from kaikaku.ui.forms import BaseForm

ROWS = 5
NONE = "none"


class OverallPolicyForm(BaseForm):
    """How sections are rated as a whole; a level is a row of name, lower end and colour."""

    method = forms.ChoiceField(
        label="総合評価の方法",
        choices=[(NONE, "総合評価をしない"), *((m.value, METHOD_LABELS[m]) for m in Method)],
        widget=forms.RadioSelect,
    )
    basis = forms.ChoiceField(
        label="活動と成果の両方があるとき",
        choices=[(b.value, BASIS_LABELS[b]) for b in Basis],
        widget=forms.RadioSelect,
        help_text="行動指標と成果指標は、合わせて平均しません。どちらで総合評価を決めるかを選びます。",
    )
    worst_cap = forms.BooleanField(
        label="評価がいちばん低い指標が1つでもあれば、下から2番目までとする", required=False
    )
    coverage = forms.DecimalField(
        label="判定に必要な、測定できた指標の割合（%）",
        help_text=f"これに満たないときは「{HELD}」とします。",
    )
    reason = forms.CharField(
        label="変更の理由",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="今の決まりから変えるときは必ず入力します。操作の記録に残ります。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(ROWS):
            place = f"{number + 1}番目の区分の"
            self.fields |= {
                f"level{number}_label": forms.CharField(label=f"{place}名称", required=False, max_length=40),
                f"level{number}_lower": forms.CharField(label=f"{place}下限", required=False, max_length=12),
                f"level{number}_slot": forms.ChoiceField(
                    label=f"{place}色", choices=list(SLOTS.items()), initial=str(min(number + 1, 4))
                ),
            }

    def rows(self) -> Iterator[tuple[int, list[BoundField]]]:
        """The rows of levels with their fields, for the table of the page."""
        for number in range(ROWS):
            yield number + 1, [self[f"level{number}_{part}"] for part in ("label", "lower", "slot")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                data["policy"] = None if data["method"] == NONE else self._policy()
            except RuleViolation as violation:
                self.add_error(violation.field if violation.field in self.fields else None, violation.message)
        return data

    def _policy(self) -> Policy:
        data = self.cleaned_data
        levels = [level for number in range(ROWS) if (level := self._level(number)) is not None]
        return Policy(
            Method(data["method"]), tuple(levels), Basis(data["basis"]), data["worst_cap"], data["coverage"]
        )

    def _level(self, number: int) -> Level | None:
        label, lower, slot = (
            self.cleaned_data[f"level{number}_{part}"] for part in ("label", "lower", "slot")
        )
        if not (label or lower):
            return None
        return Level(label.strip(), _edge(lower, number), int(slot))


def _edge(text: str, number: int) -> Decimal | None:
    plain = tidy_width(text).strip().rstrip("%点")
    if not plain:
        return None
    try:
        return Decimal(plain)
    except InvalidOperation as error:
        raise RuleViolation(
            "overall.edge",
            f"{number + 1}番目の区分の下限「{text}」を数値として読み取れません。"
            "85 や 3.5 のような数字で入力してください。",
            field=f"level{number}_lower",
        ) from error


def initial_policy(policy: Policy | None, *, start: Policy) -> dict[str, Any]:
    """What the form shows of a policy; `start` fills the rows where there is none yet."""
    shown = policy or start
    found: dict[str, Any] = {
        "method": policy.method.value if policy else NONE,
        "basis": shown.basis.value,
        "worst_cap": shown.worst_cap,
        "coverage": f"{shown.coverage.normalize():f}",
    }
    for number, level in enumerate(shown.levels[:ROWS]):
        lower = "" if level.lower is None else f"{level.lower.normalize():f}"
        found |= {
            f"level{number}_label": level.label,
            f"level{number}_lower": lower,
            f"level{number}_slot": str(level.slot),
        }
    return found


class OverallForm(BaseForm):
    level = forms.ChoiceField(label="総合評価", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="理由",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="自動判定と違う評価にするときは必ず入力します。公表する文として書きます。",
    )
    decider = forms.CharField(
        label="決めた人・会議", max_length=200, help_text="例：第2回行財政改革推進本部会議"
    )

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["level"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*((level.label, level.label) for level in policy.levels), (HELD, HELD)]

    def entry(self) -> dict[str, Any]:
        """What the service takes; 判定保留 is a blank level."""
        data = self.cleaned_data
        level = "" if data["level"] == HELD else data["level"]
        return {"level": level, "reason": data["reason"], "decider": data["decider"]}


class AsRatedForm(BaseForm):
    decider = forms.CharField(
        label="決めた人・会議", max_length=200, help_text="例：第2回行財政改革推進本部会議"
    )
