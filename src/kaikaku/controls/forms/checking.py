"""Forms of the two checks: a section's sheet, and one drawn control."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import BoundField

from kaikaku.controls.forms.common import truth, typed, yes_no
from kaikaku.controls.rules import Answer
from kaikaku.ui.forms import BaseForm

if TYPE_CHECKING:
    from kaikaku.controls.models import Control, SelfCheck

DESIGNED = "手順が整っていますか"
OPERATED = "手順どおりに行いましたか"
EVIDENCE = "確かめた書類・記録"
NOT_USED = "行う機会がなかったときは、その理由"


class SelfCheckForm(BaseForm):
    """Four fields for each control: `designed_12`, `operated_12`, `evidence_12`, `not_used_12`."""

    send = forms.BooleanField(label="提出する", required=False)  # the name of a button

    def __init__(
        self, *args: Any, controls: Sequence[Control], known: Mapping[int, SelfCheck], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.controls = controls
        for control in controls:
            row, key = known.get(control.pk), control.pk
            said = row.answer if row else Answer()
            self.fields[f"designed_{key}"] = yes_no(DESIGNED)
            self.fields[f"operated_{key}"] = yes_no(OPERATED)
            self.fields[f"evidence_{key}"] = forms.CharField(
                label=EVIDENCE, required=False, max_length=300, help_text=f"見るもの：{control.evidence}"
            )
            self.fields[f"not_used_{key}"] = forms.CharField(label=NOT_USED, required=False, max_length=300)
            self.initial.update(
                {
                    f"designed_{key}": typed(said.designed),
                    f"operated_{key}": typed(said.operated),
                    f"evidence_{key}": said.evidence,
                    f"not_used_{key}": said.not_used,
                }
            )

    def rows(self) -> list[tuple[Control, list[BoundField]]]:
        """Each control with its fields."""
        names = ("designed", "operated", "evidence", "not_used")
        return [(one, [self[f"{name}_{one.pk}"] for name in names]) for one in self.controls]

    def answers(self) -> dict[int, Answer]:
        data = self.cleaned_data
        return {
            one.pk: Answer(
                truth(data[f"designed_{one.pk}"]),
                truth(data[f"operated_{one.pk}"]),
                data[f"evidence_{one.pk}"],
                data[f"not_used_{one.pk}"],
            )
            for one in self.controls
        }


class SampleForm(BaseForm):
    designed = yes_no(DESIGNED)
    operated = yes_no(OPERATED)
    evidence = forms.CharField(label=EVIDENCE, required=False, max_length=300)
    not_used = forms.CharField(label=NOT_USED, required=False, max_length=300)

    def answer(self) -> Answer:
        data = self.cleaned_data
        return Answer(truth(data["designed"]), truth(data["operated"]), data["evidence"], data["not_used"])
