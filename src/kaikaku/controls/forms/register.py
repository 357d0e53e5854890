"""Forms of risks and controls."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms

from kaikaku.controls import words
from kaikaku.controls.entries import ControlFields, RiskFields
from kaikaku.controls.forms.common import area, fill
from kaikaku.ui.fields import DayField, QuantityField
from kaikaku.ui.forms import BaseForm

if TYPE_CHECKING:
    from kaikaku.org.models import Department

LEVELS = [(str(level), label) for level, label in words.LEVELS.items()]


class RiskForm(BaseForm):
    department = forms.ChoiceField(label="所属", choices=())
    process = forms.CharField(
        label="業務",
        max_length=100,
        help_text="同じ業務をしている所属を、水平展開で見つけるために使います。例：補助金の交付",
    )
    event = forms.CharField(label="起こり得ること", widget=area(3))
    cause = forms.CharField(label="原因", required=False, widget=area(3))
    category = forms.ChoiceField(label="区分", choices=list(words.CATEGORIES.items()))
    likelihood = forms.ChoiceField(label="起こりやすさ", choices=LEVELS, widget=forms.RadioSelect)
    impact = forms.ChoiceField(label="影響の大きさ", choices=LEVELS, widget=forms.RadioSelect)
    money = QuantityField(label="見込まれる損失", unit="円", required=False, help_text="例：300万円")
    quality = forms.CharField(
        label="金額で表せない影響", required=False, widget=area(2), help_text="例：県民の信頼を失う"
    )
    response = forms.ChoiceField(label="対応の方針", choices=list(words.RESPONSES.items()))
    owner = forms.CharField(
        label="責任者", required=False, max_length=100, help_text="職名で書きます。例：出納員"
    )
    due = DayField(label="対応の期限", required=False)

    def __init__(self, *args: Any, sections: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, department=sections)

    def entry(self, department: Department) -> RiskFields:
        data = dict(self.cleaned_data)
        amount = data["money"]
        data |= {
            "department": department,
            "likelihood": int(data["likelihood"]),
            "impact": int(data["impact"]),
            "money": None if amount is None or amount.value is None else Decimal(amount.value),
        }
        return RiskFields(**data)


class ControlForm(BaseForm):
    text = forms.CharField(
        label="していること", widget=area(3), help_text="例：振込の前に、2人で金額と口座を確かめる"
    )
    type = forms.ChoiceField(label="種類", choices=list(words.TYPES.items()), widget=forms.RadioSelect)
    means = forms.ChoiceField(label="手段", choices=list(words.MEANS.items()), widget=forms.RadioSelect)
    owner = forms.CharField(label="行う人", required=False, max_length=100)
    evidence = forms.CharField(
        label="行ったことが分かる書類・記録",
        max_length=200,
        help_text="自己評価と抽出点検で見るものです。例：点検表",
    )

    def entry(self) -> ControlFields:
        return ControlFields(**self.cleaned_data)


class ReasonForm(BaseForm):
    reason = forms.CharField(label="理由", widget=area(3))
