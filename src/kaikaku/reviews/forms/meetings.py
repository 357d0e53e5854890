"""Forms of meetings: their face, their agenda, what they decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms

from kaikaku.reviews import words
from kaikaku.reviews.entries import MeetingFields, Resolution
from kaikaku.reviews.forms.loops import area
from kaikaku.ui.fields import DayField
from kaikaku.ui.forms import BaseForm

if TYPE_CHECKING:
    from kaikaku.reviews.queries import Candidate


class ClockInput(forms.TimeInput):
    input_type = "time"


class MeetingForm(BaseForm):
    kind = forms.ChoiceField(
        label="種類",
        choices=list(words.MEETINGS.items()),
        widget=forms.RadioSelect,
        initial="headquarters",
        help_text="本部会議と幹事会は決定を、推進委員会は委員の意見を記録します。",
    )
    title = forms.CharField(label="名称", max_length=200, help_text="例：第2回行財政改革推進本部会議")
    held_on = DayField(label="開催日")
    starts_at = forms.TimeField(
        label="開始時刻",
        required=False,
        widget=ClockInput(format="%H:%M"),
        help_text="次第に載ります。例：14:00",
    )
    place = forms.CharField(
        label="場所", required=False, max_length=200, help_text="次第に載ります。例：県庁講堂"
    )
    opinions_due = DayField(
        label="意見の締切", required=False, help_text="推進委員会のとき、委員が意見を書ける最後の日です。"
    )

    def __init__(self, *args: Any, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind:  # of a meeting that is there already
            field = self.fields["kind"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(kind, words.MEETINGS[kind])]

    def entry(self) -> MeetingFields:
        return MeetingFields(**self.cleaned_data)


class AgendaForm(BaseForm):
    """A tick and a question for each candidate: `use_i12`, `ask_i12`; the rest by a list of choices."""

    others = forms.MultipleChoiceField(
        label="そのほかに取り上げる項目",
        required=False,
        choices=(),
        widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text="複数選ぶときは、CtrlキーかShiftキーを押しながら選びます。",
    )

    def __init__(self, *args: Any, candidates: Sequence[Candidate] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = [c for c in candidates if c.reasons or c.chosen]
        for one in self.offered:
            self.fields[f"use_{one.key}"] = forms.BooleanField(
                label=f"「{one.name}」を議題にする", required=False, initial=one.chosen
            )
            self.fields[f"ask_{one.key}"] = forms.CharField(
                label=f"「{one.name}」で確認・決定いただきたいこと",
                required=False,
                initial=one.question,
                widget=area(3),
            )
        rest = [
            (c.key, f"{c.name}（{c.above}）" if c.above else c.name)
            for c in candidates
            if c not in self.offered
        ]
        field = self.fields["others"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = rest
        if not rest:
            del self.fields["others"]

    def rows(self) -> list[tuple[Candidate, Any, Any]]:
        """Each candidate with its two fields, for the table."""
        return [(one, self[f"use_{one.key}"], self[f"ask_{one.key}"]) for one in self.offered]

    def chosen(self) -> list[tuple[str, tuple[str, ...], str, int | None]]:
        """Key, reasons, question and loop of everything ticked, in the order shown."""
        data = self.cleaned_data
        ticked = [
            (one.key, one.reasons, data[f"ask_{one.key}"], one.loop)
            for one in self.offered
            if data[f"use_{one.key}"]
        ]
        return [*ticked, *((key, (), "", None) for key in data.get("others", ()))]


class ResolutionForm(BaseForm):
    discussion = forms.CharField(
        label="議論の要旨", widget=area(), help_text="出された見方・意見をまとめます。"
    )
    text = forms.CharField(label="決定したこと", widget=area())
    rejected = forms.CharField(label="採らなかった案", required=False, widget=area(3))
    review_by = DayField(label="見直しの期限", required=False, help_text="この日までに結果を見直します。")

    def entry(self) -> Resolution:
        return Resolution(**self.cleaned_data)
