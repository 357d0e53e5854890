"""Forms of workbooks: the file that is brought in, and what is chosen before it is applied."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from kaikaku.reporting.workbooks.merging import MINE, THEIRS
from kaikaku.ui.fields import UploadField
from kaikaku.ui.forms import BaseForm


class WorkbookForm(BaseForm):
    """A workbook that comes back."""

    file = UploadField(label="記入したExcelブック", endings=(".xlsx",), largest_mb=20)


class _Versioned(forms.MultipleChoiceField):
    """A sheet is known by its key: that its version has moved on, the service says."""

    offered: frozenset[str] = frozenset()

    def valid_value(self, value: Any) -> bool:
        key, _, version = str(value).partition(":")
        return key in self.offered and version.isdecimal()


class ApplyForm(BaseForm):
    """The sheets that are taken in, each with the version that was shown: 「12:3」."""

    sheet = _Versioned(label="取り込む調書")

    def __init__(self, *args: Any, offered: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sheet"]
        assert isinstance(field, _Versioned)
        field.offered = frozenset(map(str, offered))

    def chosen(self) -> dict[int, int]:
        pairs = (value.split(":") for value in self.cleaned_data["sheet"])
        return {int(key): int(version) for key, version in pairs}


class PickForm(BaseForm):
    """One sheet's part: what stays where two have changed the same cell."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, cells: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for cell in cells:
            self.fields[f"pick-{cell.key}"] = forms.ChoiceField(
                label=f"{cell.name}：{cell.label}",
                choices=[(THEIRS, "今の内容を残す"), (MINE, "Excelの内容にする")],
                widget=forms.RadioSelect,
            )

    def picks(self) -> dict[str, str]:
        start = "pick-"
        return {n.removeprefix(start): v for n, v in self.cleaned_data.items() if n.startswith(start)}
