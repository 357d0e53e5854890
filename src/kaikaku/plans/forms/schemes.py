"""The form of a rating rule: its bands as rows, and every choice that changes a figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from kaikaku.core.errors import RuleViolation
from kaikaku.core.indicators import FORMULA_LABELS, Formula
from kaikaku.core.ratings import SCHEMES, Band, Scheme
from kaikaku.core.text import tidy_width
from kaikaku.ui.fields import DayField
from kaikaku.ui.forms import BaseForm

ROWS = 7
NAME_LENGTH = 100
CHOICES = ("formula", "denominator", "shares_method", "grade_on", "decimals")
FORMULAS = (Formula.AUTO, Formula.FROM_BASELINE, Formula.RATIO, Formula.EXPECTED_PATH)
DENOMINATORS = {
    "with_not_measurable": "測定不能の指標を含める（未確定は含めない）",
    "all": "測定不能と未確定の指標を含める",
    "measured": "測定できた指標だけにする",
}
CLOSINGS = {
    "largest_remainder": "合計が100.0%になるように調整する（最大剰余法）",
    "largest_item": "合計が100.0%になるように、最も大きい区分で調整する",
    "none": "四捨五入のままにする",
}
SLOTS = {"1": "緑", "2": "青", "3": "橙", "4": "赤"}


class SchemeForm(BaseForm):
    """A band is a row of code, label and lower end; rows left empty fall away. The last row is 測定不能."""

    name = forms.CharField(label="決まりの名称", max_length=NAME_LENGTH)
    formula = forms.ChoiceField(
        label="計算方法",
        choices=[(f.value, FORMULA_LABELS[f]) for f in FORMULAS],
        help_text="指標に計算方法が定められているときは、そちらが優先します。「自動」は、基準値があれば基準値比、なければ目標比です。",
    )
    denominator = forms.ChoiceField(label="割合の分母", choices=list(DENOMINATORS.items()))
    shares_method = forms.ChoiceField(label="割合の端数", choices=list(CLOSINGS.items()))
    grade_on = forms.ChoiceField(
        label="評価に使う達成率",
        choices=[("exact", "四捨五入する前の達成率"), ("rounded", "四捨五入した後の達成率")],
    )
    decimals = forms.IntegerField(label="達成率の小数点以下の桁数", min_value=0, max_value=6, initial=1)
    at_least = forms.CharField(
        label="「以上」で数える区分の記号",
        required=False,
        max_length=20,
        help_text="例：B（「概ね達成以上」の数と割合を集計表に添えます）",
    )
    valid_from = DayField(label="適用日", help_text="この日からの評価に使います。")
    reason = forms.CharField(
        label="変更の理由",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="今の決まりから変えるときは必ず入力します。操作の記録に残ります。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(ROWS):
            self.fields |= _row_fields(number)
        self.fields["unmeasured"] = forms.CharField(
            label="測定不能の呼び名",
            required=False,
            max_length=20,
            help_text="空欄にすると、測定不能の区分を置きません。",
        )

    def rows(self) -> Iterator[tuple[int, list[BoundField]]]:
        """The rows of bands with their fields, for the table of the page."""
        for number in range(ROWS):
            yield (
                number + 1,
                [self[f"band{number}_{part}"] for part in ("code", "label", "lower", "inclusive", "slot")],
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                data["scheme"] = self._scheme()
            except RuleViolation as violation:
                field = violation.field if violation.field in self.fields else None
                self.add_error(field, violation.message)
        return data

    def _scheme(self) -> Scheme:
        """The rule as typed. One of ours that was changed is the organisation's own, and says so in its
        name.
        """
        data = self.cleaned_data
        bands = [band for number in range(ROWS) if (band := self._band(number)) is not None]
        if unmeasured := data["unmeasured"].strip():
            bands.append(Band(unmeasured, unmeasured, measurable=False))
        chosen = {name: data[name] for name in CHOICES} | {"at_least": data["at_least"].strip() or None}
        typed = Scheme("own", data["name"].strip(), tuple(bands))
        own = Scheme.from_json(typed.as_json() | chosen)
        shipped = next((scheme for scheme in SCHEMES.values() if scheme.name == own.name), None)
        if shipped is None:
            return own
        return shipped if replace(own, id=shipped.id, note=shipped.note) == shipped else _changed(own)

    def _band(self, number: int) -> Band | None:
        code, label, lower, inclusive, slot = (
            self.cleaned_data[f"band{number}_{part}"]
            for part in ("code", "label", "lower", "inclusive", "slot")
        )
        if not (code or label or lower):
            return None
        return Band(
            code=code.strip(),
            label=label.strip() or code.strip(),
            lower=_edge(lower, number),
            inclusive=inclusive == "yes",
            slot=int(slot),
        )


def _changed(own: Scheme) -> Scheme:
    return replace(own, name=f"{own.name}（一部変更）"[:NAME_LENGTH])


def initial_of(scheme: Scheme) -> dict[str, Any]:
    """What the form shows of a scheme."""
    found: dict[str, Any] = {
        "name": scheme.name,
        "formula": scheme.formula.value,
        "denominator": scheme.denominator.value,
        "shares_method": scheme.shares_method.value,
        "grade_on": scheme.grade_on.value,
        "decimals": scheme.decimals,
        "at_least": scheme.at_least or "",
        "unmeasured": scheme.not_measurable.label if scheme.not_measurable else "",
    }
    for number, band in enumerate(scheme.measured_bands[:ROWS]):
        lower = "" if band.lower is None else f"{band.lower.normalize():f}"
        found |= {
            f"band{number}_code": band.code,
            f"band{number}_label": band.label,
            f"band{number}_lower": lower,
            f"band{number}_inclusive": "yes" if band.inclusive else "no",
            f"band{number}_slot": str(band.slot or 1),
        }
    return found


def _row_fields(number: int) -> dict[str, forms.Field]:
    place = f"{number + 1}番目の区分の"
    return {
        f"band{number}_code": forms.CharField(label=f"{place}記号", required=False, max_length=20),
        f"band{number}_label": forms.CharField(label=f"{place}名称", required=False, max_length=40),
        f"band{number}_lower": forms.CharField(label=f"{place}下限（%）", required=False, max_length=12),
        f"band{number}_inclusive": forms.ChoiceField(
            label=f"{place}下限を含むか",
            choices=[("yes", "以上"), ("no", "を超える")],
            required=False,
            initial="yes",
        ),
        f"band{number}_slot": forms.ChoiceField(
            label=f"{place}色", choices=list(SLOTS.items()), initial=str(min(number + 1, 4))
        ),
    }


def _edge(text: str, number: int) -> Decimal | None:
    plain = tidy_width(text).strip().rstrip("%％")
    if not plain:
        return None
    try:
        return Decimal(plain)
    except InvalidOperation as error:
        raise RuleViolation(
            "scheme.edge",
            f"{number + 1}番目の区分の下限「{text}」を数値として読み取れません。"
            "80 のような数字で入力してください。",
            field=f"band{number}_lower",
        ) from error
