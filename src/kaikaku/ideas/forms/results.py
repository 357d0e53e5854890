"""Forms of what became real, of 水平展開 and of the casebook."""

from __future__ import annotations

from typing import Any

from django import forms

from kaikaku.ideas import words
from kaikaku.ideas.entries import CaseFields, ListedFields, RealisationFields
from kaikaku.ideas.forms.common import Choices, area, offer
from kaikaku.ui.fields import DayField, QuantityField
from kaikaku.ui.forms import BaseForm


class RealisationForm(BaseForm):
    title = forms.CharField(label="内容", max_length=200, help_text="例：知事協議のペーパーレス化")
    text = forms.CharField(label="説明", required=False, widget=area(5))
    progress = forms.ChoiceField(
        label="進み具合", choices=list(words.PROGRESS.items()), widget=forms.RadioSelect, initial="done"
    )
    since = forms.CharField(label="時期", max_length=60, required=False, help_text="例：R5.11～")
    realised_on = DayField(label="実現した日", required=False)
    department = forms.ChoiceField(label="担当の所属", required=False, choices=())
    hours = QuantityField(
        label="1年間の削減時間",
        unit="時間",
        required=False,
        help_text="業務改革（BPR）の記録につなぐときは、そちらで数えるため空のままにします。",
    )

    def __init__(self, *args: Any, department_choices: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "department", department_choices, none="（決めない）")

    def entry(self, department: Any) -> RealisationFields:
        data = self.cleaned_data
        hours = data["hours"].value if data["hours"] else None
        return RealisationFields(**{**data, "department": department, "hours": hours})


class ListedForm(BaseForm):
    category = forms.CharField(label="カテゴリ", max_length=60)
    title = forms.CharField(label="提案", max_length=200, help_text="実現の一覧に載せる、提案の言い方です。")
    cross_listed = forms.BooleanField(
        label="再掲とする",
        required=False,
        help_text="もう一度載せるときに選びます。件数には1回だけ数えます。",
    )

    def entry(self) -> ListedFields:
        return ListedFields(**self.cleaned_data)


class TrailForm(BaseForm):
    target = forms.ChoiceField(label="プランの取組・指標、ほかの業務の記録", required=False, choices=())
    url = forms.CharField(
        label="アドレス",
        required=False,
        max_length=500,
        help_text="一覧にないときに、https:// から入力します。",
    )
    label = forms.CharField(
        label="名前", required=False, max_length=200, help_text="アドレスのときの、表示する名前です。"
    )

    def __init__(self, *args: Any, targets: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "target", targets, none="（選ばない）")


class OfferForm(BaseForm):
    departments = forms.MultipleChoiceField(
        label="紹介する所属",
        choices=(),
        widget=forms.SelectMultiple(attrs={"size": 12}),
        help_text="複数選ぶときは、CtrlキーかShiftキーを押しながら選びます。",
    )
    due = DayField(label="回答の期限", required=False)

    def __init__(self, *args: Any, department_choices: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "departments", department_choices)


class RolloutForm(BaseForm):
    outcome = forms.ChoiceField(
        label="回答",
        choices=[(code, name) for code, name in words.ROLLOUTS.items() if code != "offered"],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="変えた点・取り入れない理由",
        required=False,
        widget=area(4),
        help_text="「形を変えて取り入れた」「取り入れない」のときは必ず書きます。",
    )


class CasebookForm(BaseForm):
    title = forms.CharField(label="名称", max_length=200, help_text="例：新しい働き方 実践事例集")
    introduction = forms.CharField(label="はじめに", required=False, widget=area(6))


class CaseForm(BaseForm):
    category = forms.CharField(label="カテゴリ", max_length=60)
    title = forms.CharField(label="題名", max_length=200)
    summary = forms.CharField(label="内容", required=False, widget=area(4))
    before = forms.CharField(label="これまで", required=False, widget=area(3))
    after = forms.CharField(label="これから", required=False, widget=area(3))
    steps = forms.CharField(
        label="進め方", required=False, widget=area(5), help_text="1行に1つの手順を書きます。"
    )
    effect = forms.CharField(label="効果", required=False, widget=area(2))
    department = forms.ChoiceField(label="問い合わせ先の所属", required=False, choices=())
    realisation = forms.ChoiceField(label="実現した取組", required=False, choices=())

    def __init__(
        self, *args: Any, department_choices: Choices = (), realisation_choices: Choices = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "department", department_choices, none="（載せない）")
        offer(self, "realisation", realisation_choices, none="（つながない）")

    def entry(self, **rows: Any) -> CaseFields:
        return CaseFields(**{**self.cleaned_data, **rows})
