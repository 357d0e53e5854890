"""Forms of bound figures: a metric's options, from which year on, and reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from kaikaku.reporting.entries import BindingFields
from kaikaku.ui.fields import FiscalYearField
from kaikaku.ui.forms import BaseForm

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation
    from kaikaku.reporting.measuring import Metric

OPTION = "option-"
AREA = {"rows": 3}


class OptionsForm(BaseForm):
    """What narrows a metric: sent by GET, so that what it would give is seen before anything is bound."""

    def __init__(self, *args: Any, metric: Metric, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="narrow_%s", **kwargs)
        for option in metric.options:
            choices = [] if option.required else [("", option.blank)]
            self.fields[OPTION + option.key] = forms.ChoiceField(
                label=option.label,
                required=option.required,
                choices=[*choices, *option.choices(organisation)],
                initial=choices[0][0] if choices else None,
            )

    def chosen(self) -> dict[str, str]:
        """The options by key; what is not a choice is left out."""
        found = {name: self.data.get(name, "") for name in self.fields}
        known = {name: {key for key, _ in field.choices} for name, field in self.fields.items()}  # type: ignore[attr-defined]
        return {name.removeprefix(OPTION): value for name, value in found.items() if value in known[name]}


class BindForm(BaseForm):
    """The binding itself; its options come with it, as they were looked at."""

    from_year = FiscalYearField(
        label="どの年度の値から", help_text="この年度より前の値は、入力したまま変わりません。例：令和7年度"
    )
    note = forms.CharField(
        label="メモ",
        required=False,
        widget=forms.Textarea(attrs=AREA),
        help_text="なぜ結び付けるか、これまでの数え方との違いなど。",
    )

    def __init__(self, *args: Any, metric: Metric, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.metric = metric
        for option in metric.options:
            self.fields[OPTION + option.key] = forms.CharField(required=False, widget=forms.HiddenInput)

    def entry(self) -> BindingFields:
        """The binding as the service takes it."""
        data = self.cleaned_data
        return BindingFields(
            metric=self.metric.code,
            from_year=data["from_year"],
            options={option.key: data[OPTION + option.key] for option in self.metric.options},
            note=data["note"],
        )


class NoFields(BaseForm):
    """A page that asks only for the button."""
