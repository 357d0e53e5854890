"""The form of a publication: its day, whom to ask, and a reason for each change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from kaikaku.ui.fields import DayField
from kaikaku.ui.forms import BaseForm

from .differences import Change

REASON = "reason_"


class PublishForm(BaseForm):
    published_on = DayField(label="公表日", help_text="資料とサイトに載る日付です。")
    contact = forms.CharField(
        label="問い合わせ先",
        max_length=200,
        required=False,
        help_text="例：総務部行政改革課　電話 000-000-0000",
    )

    def __init__(self, *args: Any, changes: Sequence[Change] = (), **kwargs: Any) -> None:
        self.changes = {f"{REASON}{number}": change for number, change in enumerate(changes)}
        super().__init__(*args, **kwargs)
        for name, change in self.changes.items():
            self.fields[name] = forms.CharField(
                label=f"{change.where}を変えた理由",
                max_length=500,
                error_messages={"required": f"{change.where}を変えた理由を入力してください。"},
            )

    def asked(self) -> tuple[date, str, dict[str, str]]:
        """The day, the contact, and the reasons by the key of the change."""
        data = self.cleaned_data
        reasons = {change.key: data[name] for name, change in self.changes.items()}
        return data["published_on"], data["contact"], reasons


def reasons_by_field(changes: Sequence[Change], reasons: Mapping[str, str]) -> dict[str, str]:
    """Reasons by the key of their change as the form's first values."""
    fields = {f"{REASON}{number}": change.key for number, change in enumerate(changes)}
    return {name: reasons[key] for name, key in fields.items() if key in reasons}


class WithdrawForm(BaseForm):
    reason = forms.CharField(label="取り下げる理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
