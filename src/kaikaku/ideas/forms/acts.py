"""What the office does to the ideas it has ticked; the ticked ones and what was seen of them travel along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from kaikaku.ideas import words
from kaikaku.ideas.entries import TriageFields
from kaikaku.ideas.forms.common import area, offer
from kaikaku.ui.fields import DayField
from kaikaku.ui.forms import BaseForm


class ActForm(BaseForm):
    """`idea` and `seen` come as hidden fields drawn by the page: the keys, and key:version."""

    def __init__(self, *args: Any, **choices: Any) -> None:
        known = {name: choices.pop(name) for name in tuple(choices) if name.endswith("_choices")}
        super().__init__(*args, **choices)
        self.offer(known)

    def offer(self, known: dict[str, Any]) -> None:
        """Put the choices on their fields."""

    def versions(self) -> dict[int, int]:
        """What the person saw of each idea."""
        seen = self.data.getlist("seen") if isinstance(self.data, QueryDict) else []
        pairs = (text.partition(":") for text in seen)
        return {
            int(key): int(version) for key, _, version in pairs if key.isdecimal() and version.isdecimal()
        }


class ThemeForm(ActForm):
    theme = forms.ChoiceField(label="テーマ", required=False, choices=())
    title = forms.CharField(
        label="新しいテーマ", max_length=100, required=False, help_text="一覧にないときに入力します。"
    )

    def offer(self, known: dict[str, Any]) -> None:
        offer(self, "theme", known.get("theme_choices", ()), none="（新しく作る）")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("theme") and not data.get("title"):
            self.add_error("theme", "テーマを選ぶか、新しいテーマの名前を入力してください。")
        return data


class LabelForm(ActForm):
    add = forms.MultipleChoiceField(
        label="付ける目印", required=False, choices=(), widget=forms.CheckboxSelectMultiple
    )
    remove = forms.MultipleChoiceField(
        label="外す目印", required=False, choices=(), widget=forms.CheckboxSelectMultiple
    )

    def offer(self, known: dict[str, Any]) -> None:
        for name in ("add", "remove"):
            offer(self, name, known.get("label_choices", ()))


class DecideForm(ActForm):
    track = forms.ChoiceField(label="仕分け", choices=list(words.TRACKS.items()), widget=forms.RadioSelect)
    need = forms.ChoiceField(
        label="先に要ること",
        required=False,
        choices=[("", "（選ばない）"), *words.NEEDS.items()],
        help_text="「今年度に着手」のときに選びます。",
    )
    budget_step = forms.ChoiceField(
        label="予算の段階",
        required=False,
        choices=[("", "（選ばない）"), *words.BUDGET_STEPS.items()],
        help_text="来年度以降とするときに選びます。",
    )
    department = forms.ChoiceField(
        label="検討を依頼する所属",
        required=False,
        choices=(),
        help_text="「所管の所属で検討」のときに選びます。",
    )
    reason = forms.CharField(
        label="理由",
        required=False,
        widget=area(3),
        help_text="事務局の記録です。提案した人には回答で伝えます。",
    )

    def offer(self, known: dict[str, Any]) -> None:
        offer(self, "department", known.get("department_choices", ()), none="（選ばない）")

    def entry(self, department: Any) -> TriageFields:
        return TriageFields(**{**self.cleaned_data, "department": department})


class EvaluatorsForm(ActForm):
    evaluators = forms.MultipleChoiceField(
        label="評価する人",
        choices=(),
        widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text="複数選ぶときは、CtrlキーかShiftキーを押しながら選びます。氏名は提案した人に知らされません。",
    )
    due = DayField(label="評価の期限", required=False)

    def offer(self, known: dict[str, Any]) -> None:
        offer(self, "evaluators", known.get("evaluator_choices", ()))


class AnswerForm(ActForm):
    text = forms.CharField(
        label="回答",
        widget=area(6),
        help_text="提案した人に知らせ、公表に同意のある提案では公表します。"
        "{題名} と {番号} は、それぞれの提案のものに置き換わります。",
    )


class StartForm(ActForm):
    """Nothing to ask: the press is the answer."""


class DeclineForm(ActForm):
    reason = forms.CharField(
        label="見送る理由", widget=area(5), help_text="この文が、提案した人への回答になります。"
    )


class RealiseForm(ActForm):
    realisation = forms.ChoiceField(label="実現した取組", choices=())
    extent = forms.ChoiceField(
        label="範囲", choices=list(words.EXTENTS.items()), widget=forms.RadioSelect, initial="full"
    )
    rest = forms.CharField(
        label="実現していない部分", max_length=200, required=False, help_text="「一部実現」のときに書きます。"
    )

    def offer(self, known: dict[str, Any]) -> None:
        choices: Sequence[Any] = tuple(known.get("realisation_choices", ()))
        offer(self, "realisation", choices, none="（選んでください）")
        if not choices:
            self.fields["realisation"].help_text = "先に「実現した取組」を登録してください。"

    def clean_realisation(self) -> int:
        value: str = self.cleaned_data["realisation"]
        if not value.isdecimal():
            raise ValidationError("実現した取組を選んでください。")
        return int(value)
