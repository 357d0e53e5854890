"""Writing an idea, a comment, an evaluation, a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from kaikaku.ideas import words
from kaikaku.ideas.axes import Axis
from kaikaku.ideas.entries import EvaluationFields, IdeaFields
from kaikaku.ideas.forms.common import area
from kaikaku.ui.forms import BaseForm

# the button that keeps what is there, however little
KEEP = "keep"


class IdeaForm(BaseForm):
    """An idea in a minute: a title and a proposal are enough. Pressing 下書きを保存する asks for nothing."""

    title = forms.CharField(label="題名", max_length=100, help_text="例：会議の資料を画面で見る")
    proposal = forms.CharField(label="提案", widget=area(5), help_text="何をどう変えるかを書きます。")
    problem = forms.CharField(
        label="困っていること", required=False, widget=area(3), help_text="いまどうなっているかを書きます。"
    )
    effect = forms.CharField(label="期待する効果", required=False, widget=area(2))
    may_publish = forms.BooleanField(
        label="題名と本文を公表してよい（氏名は公表しません）",
        required=False,
        help_text="チェックを入れると、ほかの職員と県民が読めます。入れないと、テーマと結果だけを公表します。",
    )

    def __init__(self, data: Any = None, *args: Any, axes: Sequence[Axis] = (), **kwargs: Any) -> None:
        self.axes = [axis for axis in axes if axis.kind == "choice"]
        super().__init__(data, *args, **kwargs)
        self.keeping = data is not None and KEEP in data
        for axis in self.axes:
            self.fields[f"axis_{axis.key}"] = forms.ChoiceField(
                label=axis.label,
                required=axis.required,
                choices=[("", "（選ばない）"), *((choice, choice) for choice in axis.choices)],
                help_text="集計だけに使います。提案には表示しません。" if axis.personal else "",
                error_messages={"required": f"{axis.label}を選んでください。"},
            )
        if self.keeping:
            for field in self.fields.values():
                field.required = False

    def entry(self) -> IdeaFields:
        data = self.cleaned_data
        values = {axis.key: data.get(f"axis_{axis.key}", "") for axis in self.axes}
        texts = {name: data.get(name, "") for name in ("title", "proposal", "problem", "effect")}
        return IdeaFields(**texts, values=values, may_publish=data.get("may_publish", False))


def initial_of(texts: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """What a kept draft puts into the form."""
    return {**texts, **{f"axis_{key}": value for key, value in values.items()}}


class CommentForm(BaseForm):
    text = forms.CharField(label="コメント", widget=area(2))


class NoteForm(BaseForm):
    text = forms.CharField(
        label="メモ",
        widget=area(3),
        help_text="事務局と評価を依頼した人だけが読みます。提案した人には見えません。",
    )


class EvaluationForm(BaseForm):
    feasibility = forms.ChoiceField(
        label="実現しやすさ", choices=list(words.LEVELS.items()), widget=forms.RadioSelect
    )
    benefit = forms.ChoiceField(label="効果", choices=list(words.LEVELS.items()), widget=forms.RadioSelect)
    text = forms.CharField(label="評価の理由", required=False, widget=area(4))

    def entry(self) -> EvaluationFields:
        return EvaluationFields(**self.cleaned_data)
