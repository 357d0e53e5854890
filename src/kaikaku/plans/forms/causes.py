"""The part of a form that asks what led to a change of a draft, put to whatever form makes the change."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django import forms

from kaikaku.core.eras import show_date
from kaikaku.plans.entries import CauseFields
from kaikaku.ui.forms import BaseForm

LONGEST = 90
REASON_HELP = "加除修正の一覧（新旧対照表）に載ります。後から書くこともできます。"


class CitingForm(BaseForm):
    """`causes` offers what is known of the very part, `other_causes` what is known of the rest."""

    def __init__(
        self, *args: Any, offered: Sequence[CauseFields] = (), cited: Sequence[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offered = {cause.key: cause for cause in offered}
        near = [c for c in offered if c.near or c.key in cited]
        rest = [c for c in offered if c not in near]
        if "reason" not in self.fields:
            self.fields["change_reason"] = forms.CharField(
                label="変更の理由",
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=REASON_HELP,
            )
        if near:
            self.fields["causes"] = forms.MultipleChoiceField(
                label="変更のきっかけ",
                required=False,
                choices=[(c.key, _words(c)) for c in near],
                initial=list(cited),
                widget=forms.CheckboxSelectMultiple,
                help_text="この変更につながった気づき・決定・意見を選びます。新旧対照表に載ります。",
            )
        if rest:
            self.fields["other_causes"] = forms.MultipleChoiceField(
                label="ほかの項目のきっかけ" if near else "変更のきっかけ",
                required=False,
                choices=[(c.key, _words(c)) for c in rest],
                widget=forms.SelectMultiple(attrs={"size": 6}),
                help_text="複数選ぶときは、CtrlキーかShiftキーを押しながら選びます。",
            )

    def cited(self) -> list[CauseFields]:
        """What was chosen as having led to the change."""
        data = self.cleaned_data
        keys = [*data.get("causes", ()), *data.get("other_causes", ())]
        return [self._offered[key] for key in keys]

    def why(self) -> str:
        """The reason, of a form that does not ask for one by itself."""
        return str(self.cleaned_data.get("change_reason", ""))


def _words(cause: CauseFields) -> str:
    text = cause.text if len(cause.text) <= LONGEST else f"{cause.text[: LONGEST - 1]}…"
    when = f"（{show_date(cause.happened_on)}）" if cause.happened_on else ""
    return f"{cause.label}：{text}{when}"


@cache
def with_causes(form: type[BaseForm]) -> type[BaseForm]:
    """The form, asking also what led to the change."""
    return type(f"Citing{form.__name__}", (CitingForm, form), {})
