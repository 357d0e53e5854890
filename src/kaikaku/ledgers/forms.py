"""Forms made from a kind: a record's, a year's figures', and those around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from kaikaku.core.errors import RuleViolation
from kaikaku.core.quantities import Quantity
from kaikaku.ledgers.kind import YES_NO, FieldSpec, Kind
from kaikaku.ledgers.values import Departments, as_counted, read_value
from kaikaku.ui.fields import DayField, FiscalYearField, QuantityField, UploadField
from kaikaku.ui.forms import BaseForm

Choices = Sequence[tuple[Any, str]]
PREFIX = "v_"
EMPTY = ("", "（選ばない）")


class ValuesForm(BaseForm):
    """A form with the fields of a kind; `values` are what was typed, as stored."""

    def add_fields(self, specs: Iterable[FieldSpec], departments: Choices) -> None:
        """Put one form field for each on the form."""
        self.specs = tuple(specs)
        for spec in self.specs:
            self.fields[PREFIX + spec.code] = _field(spec, departments)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.values: dict[str, Any] = {}
        names = Departments({str(pk): name for pk, name in self.department_choices})
        for spec in self.specs:
            name = PREFIX + spec.code
            if name in data:
                try:
                    self.values[spec.code] = read_value(spec, _raw(data[name]), names)
                except RuleViolation as refused:
                    self.add_error(name, refused.message)
        return data

    department_choices: Choices = ()
    base = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.CharField(required=False, widget=forms.HiddenInput)


def _raw(value: Any) -> Any:
    if isinstance(value, Quantity):
        return value.value
    return value


def _field(spec: FieldSpec, departments: Choices) -> forms.Field:
    common: dict[str, Any] = {
        "label": f"{spec.label}（{spec.unit}）" if spec.unit else spec.label,
        "required": spec.required,
        "help_text": _hint(spec),
    }
    if spec.is_number:
        return QuantityField(unit=spec.unit, **common)
    if spec.type == "date":
        return DayField(**common)
    if spec.type == "fiscal_year":
        return FiscalYearField(**common)
    if spec.type == "choices":
        return forms.MultipleChoiceField(choices=spec.choices, widget=forms.CheckboxSelectMultiple, **common)
    if spec.type in ("choice", "yes_no"):
        pairs = YES_NO if spec.type == "yes_no" else spec.choices
        return forms.ChoiceField(choices=[EMPTY, *pairs], **common)
    if spec.type == "department":
        return forms.ChoiceField(choices=[EMPTY, *departments], **common)
    if spec.type == "long":
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), **common)
    return forms.CharField(max_length=1000, **common)


def _hint(spec: FieldSpec) -> str:
    seen = "" if not spec.roles else "見る人を限っています。"
    public = "公開する記録では、公表されます。" if spec.public else ""
    return "".join(filter(None, (spec.help, seen or ("" if spec.help else public))))


def initial_of(specs: Iterable[FieldSpec], values: Mapping[str, Any]) -> dict[str, Any]:
    """What a form starts with: the stored values as its fields take them."""
    found: dict[str, Any] = {}
    for spec in specs:
        value = as_counted(spec, values.get(spec.code))
        if value is not None:
            found[PREFIX + spec.code] = f"{value:f}" if isinstance(value, Decimal) else value
    return found


class RecordForm(ValuesForm):
    department = forms.ChoiceField(label="所管", required=False)
    state = forms.ChoiceField(label="状態")
    public = forms.BooleanField(
        label="公開する", required=False, help_text="職員全体に見え、台帳を公表するときに載ります。"
    )
    stand_in = forms.BooleanField(
        label="公表された合計の内訳",
        required=False,
        help_text="名称がわからないまま、合計に合わせて置いた記録です。実際の記録に直したら外してください。",
    )

    def __init__(
        self,
        *args: Any,
        kind: Kind,
        specs: Sequence[FieldSpec],
        departments: Choices,
        stand_in: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not stand_in:
            del self.fields["stand_in"]
        self.department_choices = departments
        own = [("", "（所管なし）"), *departments]
        for name, choices in (("department", own), ("state", kind.states)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        self.add_fields(specs, departments)
        order = [PREFIX + kind.title, "department", "state"]
        self.order_fields([*order, *(PREFIX + spec.code for spec in specs), "public", "stand_in", "version"])


class FiguresForm(ValuesForm):
    def __init__(self, *args: Any, specs: Sequence[FieldSpec], departments: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.department_choices = departments
        self.fields["fiscal_year"] = FiscalYearField(label="年度")
        self.fields["year"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.add_fields(specs, departments)


class CoverageForm(BaseForm):
    first = FiscalYearField(
        label="最初の年度", required=False, help_text="空にすると、さかのぼって数えます。"
    )
    last = FiscalYearField(
        label="最後の年度", required=False, help_text="今も記録を続けているときは空にします。"
    )


class ReasonForm(BaseForm):
    reason = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 3}))


class WorkbookForm(BaseForm):
    file = UploadField(label="Excelファイル", endings=(".xlsx",), largest_mb=20)


class KindFileForm(BaseForm):
    file = UploadField(label="台帳の定義ファイル", endings=(".toml",), largest_mb=1)
