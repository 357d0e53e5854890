"""Forms of rounds and sheets: they parse and word; the services decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from kaikaku.core.checks import BY_ID, Finding
from kaikaku.core.quantities import Quantity, parse_quantity
from kaikaku.plans.words import REASONS
from kaikaku.reporting import words
from kaikaku.reporting.calendar import Dates
from kaikaku.reporting.entries import FigureEntry, PartEntry, RoundFields, SheetEntry
from kaikaku.ui.fields import DayField, FiscalYearField, QuantityField, UploadField
from kaikaku.ui.forms import BaseForm

if TYPE_CHECKING:
    from kaikaku.reporting.queries import Line, SheetPage, Text

AREA = {"rows": 4}
EVIDENCE_KINDS = (".pdf", ".xlsx", ".docx", ".csv", ".txt", ".png", ".jpg")


class StartRoundForm(BaseForm):
    """Which round is to be prepared; what it would do is shown next."""

    edition = forms.ChoiceField(label="版")
    kind = forms.ChoiceField(label="種類", choices=list(words.KINDS.items()), widget=forms.RadioSelect)
    fiscal_year = FiscalYearField(label="報告する年度", help_text="例：令和7年度")

    def __init__(self, *args: Any, editions: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["edition"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(key), label) for key, label in editions]


class RoundForm(BaseForm):
    """What a round is called, says, and its days."""

    title = forms.CharField(label="名称", max_length=200)
    message = forms.CharField(
        label="依頼文",
        required=False,
        widget=forms.Textarea(attrs=AREA),
        help_text="各所属の調書の最初に表示します。",
    )
    due_submit = DayField(label="提出期限（担当）")
    due_confirm = DayField(label="確認期限（所属長）")
    due_bundle = DayField(label="取りまとめ期限（部局）")
    due_accept = DayField(label="受理期限（事務局）")

    def dates(self) -> Dates:
        data = self.cleaned_data
        return Dates(*(data[f"due_{step}"] for step in ("submit", "confirm", "bundle", "accept")))


class OpenRoundForm(RoundForm):
    """A round about to be sent out."""

    with_figures = forms.BooleanField(label="指標の値も求める", required=False)

    def entry(self, *, fiscal_year: int, kind: str) -> RoundFields:
        data = self.cleaned_data
        return RoundFields(
            fiscal_year=fiscal_year,
            kind=kind,
            title=data["title"],
            dates=self.dates(),
            message=data["message"],
            with_figures=data["with_figures"],
        )


class ReasonForm(BaseForm):
    reason = forms.CharField(label="理由", widget=forms.Textarea(attrs=AREA))


class OptionalReasonForm(BaseForm):
    reason = forms.CharField(
        label="理由",
        required=False,
        widget=forms.Textarea(attrs=AREA),
        help_text="受理していない調書があるときは、必ず入力します。",
    )


class ReassignForm(BaseForm):
    department = forms.TypedChoiceField(label="移す先の所属", coerce=int)
    reason = forms.CharField(label="理由", widget=forms.Textarea(attrs=AREA))

    def __init__(self, *args: Any, departments: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["department"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", "選んでください"), *((str(pk), name) for pk, name in departments)]


class ExtensionForm(BaseForm):
    due = DayField(label="新しい提出期限")
    reason = forms.CharField(label="理由", widget=forms.Textarea(attrs=AREA))


class CommentForm(BaseForm):
    text = forms.CharField(label="コメント", widget=forms.Textarea(attrs={"rows": 3}))
    indicator = forms.ChoiceField(label="どの指標について", required=False)

    def __init__(self, *args: Any, indicators: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["indicator"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "調書全体"), *((str(key), name) for key, name in indicators)]


class EvidenceForm(BaseForm):
    file = UploadField(label="根拠資料", endings=EVIDENCE_KINDS)


class TypedField(QuantityField):
    """A value kept as typed, readable or not: a draft is never refused. It says what it was read as."""

    def to_python(self, value: Any) -> Any:
        return forms.CharField.to_python(self, value)

    def understood(self, value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            return ""
        read = parse_quantity(value, unit=self.unit or None)
        return "" if read.reason == "unreadable" else self.say(read)

    def say(self, value: Quantity | None) -> str:
        return super().say(value)

    def clean(self, value: Any) -> Any:
        text = str(self.to_python(value))
        if len(text) > 300:
            raise ValidationError("値は300字までです。説明は「課題」などの欄に書いてください。")
        return text


class SheetForm(BaseForm):
    """A whole sheet: texts, figures, what is not to be published, reasons for warnings."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, shown: SheetPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = shown
        for text in shown.texts:
            self.fields[f"text-{text.field}"] = forms.CharField(
                label=text.asked.label,
                required=False,
                help_text=text.asked.hint,
                widget=forms.Textarea(attrs=AREA),
            )
            if text.asked.key not in words.NEVER_PUBLIC:
                self.fields[f"hide-{text.field}"] = forms.BooleanField(
                    label="この欄は公表しない", required=False
                )
        for line in shown.lines:
            self._add_figure(line)

    def _add_figure(self, line: Line) -> None:
        key, facts = f"figure-{line.row.pk}", line.facts
        hint = f"単位は「{facts.unit}」です。" if facts.unit else ""
        is_typed = self.shown.is_typed(line)
        if is_typed:
            self.fields[f"{key}-text"] = TypedField(
                label="実績値", required=False, unit=facts.unit, blank_reasons=True, help_text=hint
            )
        self.fields[f"{key}-status"] = forms.ChoiceField(
            label="値の状態", choices=list(words.STATUSES.items()), required=False
        )
        if is_typed:
            self.fields[f"{key}-reason"] = forms.ChoiceField(
                label="値がない理由", choices=[("", "（値がある）"), *REASONS.items()], required=False
            )
        self.fields[f"{key}-reason_note"] = forms.CharField(
            label="理由の説明",
            required=False,
            max_length=300,
            help_text="値がない理由が「その他」のとき、確定した値を直すときに書きます。",
        )
        self.fields[f"{key}-external_factor"] = forms.CharField(
            label="外的要因",
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text="所属の外の事情と、影響した期間。評価は変わらず、注記が付きます。",
        )
        add_reasons(self, line, line.warnings)

    @staticmethod
    def initial_of(shown: SheetPage) -> dict[str, Any]:
        """The sheet as the fields show it."""
        found: dict[str, Any] = {"version": shown.sheet.version}
        for text in shown.texts:
            found[f"text-{text.field}"] = text.value
            found[f"hide-{text.field}"] = text.is_hidden
        for line in shown.lines:
            for name in ("text", "status", "reason", "reason_note", "external_factor"):
                found[f"figure-{line.row.pk}-{name}"] = getattr(line.row, name)
            found |= {f"why-{line.row.pk}-{code}": why for code, why in line.row.explanations.items()}
        return found

    def entry(self) -> SheetEntry:
        """What was typed; a code that a form does not show is left as it is."""
        return SheetEntry(
            texts=self._texts(self.shown.once),
            hidden=self._hidden(self.shown.once),
            figures={line.row.pk: self._figure(line) for line in self.shown.lines},
            parts={
                part.part.pk: PartEntry(self._texts(part.texts), self._hidden(part.texts))
                for part in self.shown.parts
            },
        )

    def _texts(self, texts: Sequence[Text]) -> dict[str, str]:
        return {text.asked.key: self.cleaned_data[f"text-{text.field}"] for text in texts}

    def _hidden(self, texts: Sequence[Text]) -> frozenset[str]:
        return frozenset(
            text.asked.key
            for text in texts
            if text.asked.key in words.NEVER_PUBLIC or self.cleaned_data.get(f"hide-{text.field}")
        )

    def _figure(self, line: Line) -> FigureEntry:
        names = ("text", "status", "reason", "reason_note", "external_factor")
        start = f"figure-{line.row.pk}-"
        typed = {name: self.cleaned_data.get(start + name, getattr(line.row, name)) for name in names}
        return FigureEntry(**typed, explanations=reasons_of(self, line))


class SubmitForm(BaseForm):
    """The last look before a sheet goes on: a reason box for every warning."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, shown: SheetPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = shown
        for line in shown.lines:
            add_reasons(self, line, line.warnings, required=True)

    def explanations(self) -> dict[int, dict[str, str]]:
        return {line.row.pk: reasons_of(self, line) for line in self.shown.lines}


def add_reasons(form: forms.Form, line: Line, findings: Iterable[Finding], *, required: bool = False) -> None:
    """A box for the written reason that each warning wants; a draft may still be without."""
    for finding in findings:
        form.fields[f"why-{line.row.pk}-{finding.check}"] = forms.CharField(
            label=f"理由（{BY_ID[finding.check].name}）" if finding.check in BY_ID else "理由",
            required=required,
            initial=line.row.explanations.get(finding.check, ""),
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text="確かめて正しければ、理由を書きます。所属長と事務局が読みます。",
        )


def reasons_of(form: forms.Form, line: Line) -> dict[str, str]:
    """The reasons written for an indicator's warnings, by check."""
    start = f"why-{line.row.pk}-"
    return {
        name.removeprefix(start): str(why).strip()
        for name, why in form.cleaned_data.items()
        if name.startswith(start) and why
    }
