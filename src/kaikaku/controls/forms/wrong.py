"""Forms of deficiencies, incidents and 水平展開."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from kaikaku.controls import words
from kaikaku.controls.entries import DeficiencyFields, IncidentFields
from kaikaku.controls.forms.common import area, fill
from kaikaku.ui.fields import DayField
from kaikaku.ui.forms import BaseForm

if TYPE_CHECKING:
    from kaikaku.controls.models import Incident
    from kaikaku.org.models import Department

Choices = list[tuple[int, str]]


class DeficiencyForm(BaseForm):
    kind = forms.ChoiceField(
        label="種類",
        choices=list(words.KINDS.items()),
        widget=forms.RadioSelect,
        help_text="手順がないのは整備上、手順があるのに行われていないのは運用上の不備です。",
    )
    text = forms.CharField(label="内容", widget=area(3))
    material = forms.BooleanField(
        label="重大な不備である",
        required=False,
        help_text="重大な不備は、内容、原因と是正を公表します。個人の名前は書かないでください。",
    )
    source = forms.ChoiceField(label="見つけた機会", choices=list(words.SOURCES.items()))
    found_on = DayField(label="見つけた日")
    cause = forms.CharField(label="原因", required=False, widget=area(3))
    remedy = forms.CharField(label="是正の内容", required=False, widget=area(3))
    mended_on = DayField(
        label="是正した日",
        required=False,
        help_text="3月31日までに是正したものは、その年度では有効と評価します。",
    )
    incident = forms.ChoiceField(label="もとになった事故・ミス", required=False, choices=())
    void = forms.CharField(
        label="取り消す理由",
        required=False,
        widget=area(2),
        help_text="不備ではなかったときだけ書きます。件数から除きます。",
    )

    def __init__(self, *args: Any, incidents: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, incident=incidents)

    def entry(self, incident: Incident | None) -> DeficiencyFields:
        names = ("kind", "text", "material", "source", "found_on", "cause", "remedy", "mended_on")
        data = {name: self.cleaned_data[name] for name in names}
        return DeficiencyFields(**data, void=self.cleaned_data.get("void", ""), incident=incident)


class NewDeficiencyForm(DeficiencyForm):
    control = forms.ChoiceField(label="統制", choices=(), help_text="どの統制の不備かを選びます。")
    field_order = ("control",)

    def __init__(self, *args: Any, controls: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["void"]
        fill(self, control=controls)


class IncidentForm(BaseForm):
    department = forms.ChoiceField(label="所属", choices=())
    title = forms.CharField(label="件名", max_length=200)
    happened_on = DayField(label="起きた日")
    process = forms.CharField(label="業務", max_length=100, help_text="例：補助金の交付")
    what = forms.CharField(label="何が起きたか", widget=area(4), help_text="個人の名前は書かないでください。")
    cause = forms.CharField(label="原因", widget=area(3))
    remedy = forms.CharField(label="行った対応", required=False, widget=area(3))
    risks = forms.MultipleChoiceField(
        label="当てはまるリスク",
        required=False,
        choices=(),
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text="複数選ぶときは、CtrlキーかShiftキーを押しながら選びます。",
    )

    def __init__(self, *args: Any, sections: Choices, risks: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, department=sections, risks=risks)

    def entry(self, department: Department) -> IncidentFields:
        names = ("title", "happened_on", "process", "what", "cause", "remedy")
        return IncidentFields(department=department, **{name: self.cleaned_data[name] for name in names})


class AskForm(BaseForm):
    departments = forms.MultipleChoiceField(
        label="確認を依頼する所属", choices=(), widget=forms.CheckboxSelectMultiple
    )
    due = DayField(label="回答の期限")

    def __init__(self, *args: Any, sections: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, departments=sections)


class RolloutForm(BaseForm):
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    state = forms.ChoiceField(
        label="回答",
        choices=[(key, label) for key, label in words.ROLLOUTS.items() if key != "asked"],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label="確認したこと・理由", widget=area(4), help_text="該当しないときは、その理由を書きます。"
    )
