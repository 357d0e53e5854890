"""Forms of the steps of a loop."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from kaikaku.reviews import words
from kaikaku.reviews.entries import Act, Decision, Observation, Orientation, Upload
from kaikaku.ui.fields import DayField, UploadField
from kaikaku.ui.forms import BaseForm

if TYPE_CHECKING:
    from kaikaku.audit.models import Entry
    from kaikaku.plans.models import Indicator, Section
    from kaikaku.sources.models import Citation

EVIDENCE_KINDS = (".pdf", ".xlsx", ".docx", ".csv", ".txt", ".png", ".jpg")
Grouped = list[tuple[str, list[tuple[str, str]]]]


def area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ObservationForm(BaseForm):
    """Something noticed; the evidence in words, or a line of a kept document."""

    text = forms.CharField(
        label="気づいたこと", widget=area(), help_text="見たこと・聞いたことを、事実で書きます。"
    )
    source = forms.ChoiceField(
        label="きっかけ", choices=list(words.SOURCES.items()), widget=forms.RadioSelect, initial="work"
    )
    evidence = forms.CharField(
        label="根拠",
        required=False,
        widget=area(3),
        help_text="件数、日付、言われた言葉など。文書の行を選ぶときは空欄でもかまいません。",
    )
    document = forms.TypedChoiceField(
        label="根拠の文書", required=False, coerce=int, empty_value=None, choices=()
    )
    line = forms.IntegerField(
        label="文書の行", required=False, min_value=1, help_text="出典の画面の行番号です。"
    )
    file = UploadField(
        label="根拠のファイル",
        endings=EVIDENCE_KINDS,
        required=False,
        help_text="写真や資料を1つ付けられます。個人情報は消してから付けてください。",
    )
    happened_on = DayField(label="気づいた日")

    def __init__(self, *args: Any, documents: list[tuple[int, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["document"]
        assert isinstance(chosen, forms.TypedChoiceField)
        chosen.choices = [("", "（文書を使わない）"), *(documents or [])]
        if not documents:
            del self.fields["document"], self.fields["line"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("document") and not data.get("line"):
            self.add_error("line", "文書の何行目が根拠かを入力してください。")
        return data

    @property
    def place(self) -> tuple[int, int] | None:
        """The document and line that were chosen."""
        data = self.cleaned_data
        return (data["document"], data["line"]) if data.get("document") else None

    def entry(self, citation: Citation | None) -> Observation:
        data = self.cleaned_data
        return Observation(
            text=data["text"],
            happened_on=data["happened_on"],
            source=data["source"],
            evidence=data["evidence"],
            citation=citation,
            upload=uploaded(data.get("file")),
        )


class FreshObservationForm(ObservationForm):
    """The first observation of a loop: of what it is, too."""

    subject = forms.ChoiceField(label="どの取組・指標についてか", choices=())
    field_order = ("subject", "text", "source", "evidence", "file", "document", "line", "happened_on")

    def __init__(self, *args: Any, subjects: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["subject"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", "（選んでください）"), *subjects]


class NoteForm(FreshObservationForm):
    """What any employee fills in within a minute: of today, and from work."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(("text", "subject", "evidence", "file"))
        for name in ("source", "happened_on", "document", "line"):
            self.fields.pop(name, None)
        self.fields["text"].widget = area(3)
        self.fields[
            "evidence"
        ].help_text = "件数、日付、言われた言葉など。ファイルを付けるときは空欄でもかまいません。"

    def note(self, *, today: date) -> Observation:
        """The observation of today."""
        data = self.cleaned_data
        return Observation(
            text=data["text"],
            happened_on=today,
            evidence=data["evidence"],
            upload=uploaded(data.get("file")),
        )


def uploaded(file: Any) -> Upload | None:
    """A file of a form as services take it."""
    if not file:
        return None
    return Upload(file.name, file.read(), file.content_type or "application/octet-stream")


class OrientationForm(BaseForm):
    text = forms.CharField(
        label="どういう意味か",
        widget=area(),
        help_text="気づいたことが何を意味するか、このままだとどうなるかを書きます。",
    )
    alternatives = forms.CharField(
        label="ほかの見方・取り得る対応", required=False, widget=area(), help_text="1行に1つずつ書きます。"
    )
    happened_on = DayField(label="判断した日")

    def entry(self) -> Orientation:
        return Orientation(**self.cleaned_data)


class DecisionForm(BaseForm):
    text = forms.CharField(label="決めたこと", widget=area())
    decider = forms.CharField(
        label="決めた人・会議", max_length=200, help_text="例：行政改革課長、第2回本部会議"
    )
    rejected = forms.CharField(
        label="採らなかった案", required=False, widget=area(3), help_text="案と、採らなかった理由を書きます。"
    )
    happened_on = DayField(label="決めた日")
    review_by = DayField(
        label="見直しの期限",
        required=False,
        help_text="この日までに結果を見直します。過ぎると、事務局の画面に表示されます。",
    )

    def entry(self) -> Decision:
        return Decision(**self.cleaned_data)


class ActForm(BaseForm):
    text = forms.CharField(label="実行したこと", widget=area())
    happened_on = DayField(label="実行した日")
    entry_key = forms.TypedChoiceField(
        label="変更した記録",
        required=False,
        coerce=int,
        empty_value=None,
        choices=(),
        help_text="この項目の変更の記録から、この実行にあたるものを選びます。",
    )
    target = forms.ChoiceField(
        label="変更した箇所",
        required=False,
        choices=(),
        help_text="取組や指標に反映したときに選びます。次の版でもかまいません。",
    )
    closes = forms.BooleanField(
        label="この件を終える", required=False, help_text="結果をまだ見守るときは、チェックしません。"
    )

    def __init__(self, *args: Any, entries: list[tuple[int, str]], targets: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("entry_key", entries), ("target", targets)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "（選ばない）"), *choices]

    def entry(self, *, entry: Entry | None, target: Section | Indicator | None) -> Act:
        data = self.cleaned_data
        return Act(
            text=data["text"],
            happened_on=data["happened_on"],
            entry=entry,
            target=target,
            closes=data["closes"],
        )


class ReasonForm(BaseForm):
    reason = forms.CharField(label="理由", widget=area(3))
