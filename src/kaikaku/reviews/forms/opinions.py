"""Forms of members' opinions and of the answers to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from kaikaku.reviews import words
from kaikaku.reviews.entries import AnswerFields
from kaikaku.reviews.forms.loops import Grouped, area
from kaikaku.ui.forms import BaseForm

if TYPE_CHECKING:
    from kaikaku.plans.models import Indicator, Section


class OpinionForm(BaseForm):
    text = forms.CharField(
        label="意見", widget=area(8), help_text="締切まで、何度でも書き直せます。氏名は公表されません。"
    )


class AnswerForm(BaseForm):
    stance = forms.ChoiceField(label="対応", choices=list(words.STANCES.items()), widget=forms.RadioSelect)
    text = forms.CharField(label="対応方針", widget=area(6), help_text="公表する文として書きます。")
    target = forms.ChoiceField(
        label="反映した箇所",
        required=False,
        choices=(),
        help_text="次の版のどの見出し・指標に反映したかを選びます。あとからでも選べます。",
    )

    def __init__(self, *args: Any, targets: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["target"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "（まだ選ばない）"), *targets]
        if not targets:
            field.help_text = "次の版を作ると、反映した見出し・指標をここで選べます。"

    def entry(self, target: Section | Indicator | None) -> AnswerFields:
        return AnswerFields(stance=self.cleaned_data["stance"], text=self.cleaned_data["text"], target=target)
