"""Forms of indicators and their figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from kaikaku.core.indicators import FORMULA_LABELS, Formula
from kaikaku.core.quantities import Quantity, parse_quantity
from kaikaku.org.forms import DepartmentField
from kaikaku.plans import words
from kaikaku.plans.entries import FigureFields, IndicatorFields
from kaikaku.plans.forms.plans import TOP, offer_departments
from kaikaku.ui.fields import FiscalYearField, QuantityField
from kaikaku.ui.forms import BaseForm

if TYPE_CHECKING:
    from kaikaku.org.models import User

UNDECIDED = ("", "（決めない）")
OWN_FORMULAS = [(f.value, label) for f, label in FORMULA_LABELS.items() if f is not Formula.AUTO]


class IndicatorForm(BaseForm):
    name = forms.CharField(label="指標の名称", max_length=300)
    unit = forms.CharField(label="単位", required=False, max_length=40, help_text="例：%、人、件、億円、時間")
    kind = forms.ChoiceField(
        label="種類", required=False, choices=[UNDECIDED, *words.INDICATOR_KINDS.items()]
    )
    direction = forms.ChoiceField(
        label="向き", required=False, choices=[UNDECIDED, *words.DIRECTIONS.items()]
    )
    accumulation = forms.ChoiceField(
        label="数え方",
        required=False,
        choices=[UNDECIDED, *words.ACCUMULATIONS.items()],
        help_text="実績値を入力した後は変更できません。年度ごとの値と累計が混ざるのを防ぐためです。",
    )
    formula = forms.ChoiceField(
        label="計算方法", required=False, choices=[("", "版の決まりによる"), *OWN_FORMULAS]
    )
    definition = forms.CharField(
        label="定義",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="何をどう数えるか。分母と分子、対象、時点を書きます。",
    )
    note = forms.CharField(label="補足", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    owner = DepartmentField(label="所管", required=False)
    decimals = forms.IntegerField(label="小数点以下の桁数", required=False, min_value=0, max_value=6)
    weight = forms.DecimalField(
        label="重み", initial=1, max_digits=8, decimal_places=3, help_text="ほかの指標と同じ重さなら1です。"
    )
    survey_based = forms.BooleanField(label="調査（アンケート）による値", required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_departments(self.fields["owner"], user)

    def entry(self) -> IndicatorFields:
        return IndicatorFields(**self.cleaned_data)


class IndicatorPlaceForm(BaseForm):
    section = forms.ChoiceField(label="見出し", required=False)

    def __init__(self, *args: Any, sections: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["section"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", TOP), *((str(key), label) for key, label in sections)]

    def section_key(self) -> int | None:
        """The key of the section; None for the edition itself."""
        return int(self.cleaned_data["section"]) if self.cleaned_data["section"] else None


class ValueField(QuantityField):
    """A value in the indicator's own unit (億円 too); what it may be is decided by the service that takes
    it.
    """

    def _read(self, text: str) -> Quantity:
        quantity = parse_quantity(text, unit=self.unit or None)
        if quantity.value is None and quantity.reason == "unreadable":
            raise ValidationError(
                f"「{text}」を数値として読み取れません。数字で入力してください（例：71.5、1,234、△3億）。",
                code="not_a_number",
            )
        return quantity


class FigureForm(BaseForm):
    role = forms.ChoiceField(
        label="値の種類", choices=list(words.ROLES.items()), widget=forms.RadioSelect, initial="actual"
    )
    fiscal_year = FiscalYearField(
        label="年度", required=False, help_text="実績値には必ず入力します。年度のない最終目標は空欄にします。"
    )
    text = ValueField(label="値", required=False)
    status = forms.ChoiceField(
        label="値の状態",
        choices=[(k, v) for k, v in words.STATUSES.items() if k != "revised"],
        initial="confirmed",
    )
    reason = forms.ChoiceField(
        label="値がない理由",
        required=False,
        choices=[("", "（値がある）"), *words.REASONS.items()],
        help_text="値を入力できないときだけ選びます。0と、値がないことは別です。",
    )
    reason_note = forms.CharField(label="理由の説明", required=False, max_length=300)
    cumulative_from = FiscalYearField(
        label="累計の始まりの年度",
        required=False,
        help_text="累計の指標で、初めて値を入れるときに入力します。",
    )

    def __init__(self, *args: Any, unit: str, accumulation: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["text"]
        assert isinstance(field, ValueField)
        field.unit = unit
        field.help_text = f"単位は「{unit}」です。" if unit else ""
        if accumulation not in ("", "cumulative"):
            del self.fields["cumulative_from"]

    def entry(self) -> FigureFields:
        data = self.cleaned_data
        return FigureFields(
            role=data["role"],
            text=data["text"].raw if data["text"] else "",
            fiscal_year=data["fiscal_year"],
            status=data["status"],
            reason=data["reason"],
            reason_note=data["reason_note"],
            cumulative_from=data.get("cumulative_from"),
        )


class CorrectionForm(FigureForm):
    """As `FigureForm`, of the same role, with why the value that stands is wrong."""

    change_reason = forms.CharField(
        label="訂正の理由",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="訂正前の値と理由は記録に残り、指標のページに表示されます。",
    )
    role = forms.ChoiceField(label="値の種類", choices=list(words.ROLES.items()), widget=forms.HiddenInput)


class ExternalFactorForm(BaseForm):
    note = forms.CharField(
        label="外的要因",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例：新型コロナウイルス感染症の影響（令和2年度）。評価は変わらず、印と説明が付きます。空欄にすると印を外します。",
    )


class CrossListingForm(BaseForm):
    sections = forms.MultipleChoiceField(
        label="再掲先の見出し",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="指標の数には、もとの見出しで1回だけ数えます。",
    )

    def __init__(self, *args: Any, sections: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sections"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(key), label) for key, label in sections]

    def keys(self) -> list[int]:
        """The keys of the sections chosen."""
        return [int(key) for key in self.cleaned_data["sections"]]
