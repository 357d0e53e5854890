"""Forms of plans, editions and sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms

from kaikaku.org.forms import DepartmentField
from kaikaku.plans import words
from kaikaku.plans.entries import EditionFields, SectionFields
from kaikaku.ui.fields import FiscalYearField
from kaikaku.ui.forms import BaseForm

if TYPE_CHECKING:
    from kaikaku.org.models import User

CHOOSE = [("", "選んでください")]
TOP = "（いちばん上の段）"


class PlanForm(BaseForm):
    name = forms.CharField(label="プランの名称", max_length=200, help_text="例：行財政改革推進プラン2021")
    level_names = forms.CharField(
        label="段の呼び名",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="このプランで使う呼び名を、上の段から順に1行に1つずつ入力してください（例：柱、取組）。",
    )

    def levels(self) -> tuple[str, ...]:
        """The names of the levels, from the top."""
        return tuple(part for part in re.split(r"[\n、,]+", self.cleaned_data["level_names"]) if part.strip())


class EditionForm(BaseForm):
    title = forms.CharField(label="版の名称", max_length=300, help_text="例：令和4年度の取組状況")
    fiscal_year = FiscalYearField(
        label="年度", required=False, help_text="実績を報告する年度です。計画だけの版では、計画の年度です。"
    )
    period_from = FiscalYearField(label="期間の始まり", required=False)
    period_to = FiscalYearField(label="期間の終わり", required=False)
    summary = forms.CharField(
        label="概要",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="3文ほどで、何をする計画で、いまどうなっているかを書きます。公表するページの最初に載ります。",
    )

    def entry(self) -> EditionFields:
        data = self.cleaned_data
        first, last = data["period_from"], data["period_to"]
        period = None if first is None and last is None else (first or last, last or first)
        return EditionFields(data["title"], data["fiscal_year"], period, data["summary"])


class SectionForm(BaseForm):
    number = forms.CharField(
        label="番号", required=False, max_length=40, help_text="印刷する番号です（例：第1、Ⅰ、(2)、①）。"
    )
    title = forms.CharField(label="見出し", max_length=500)
    subtitle = forms.CharField(label="副題", required=False, max_length=500)
    body = forms.CharField(label="本文", required=False, widget=forms.Textarea(attrs={"rows": 8}))
    owner = DepartmentField(label="所管", required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_departments(self.fields["owner"], user)

    def entry(self) -> SectionFields:
        data = self.cleaned_data
        return SectionFields(
            data["title"], data["number"], data["subtitle"], data["body"], owner=data["owner"]
        )


class SectionPlaceForm(BaseForm):
    parent = forms.ChoiceField(label="上の見出し", required=False)
    place = forms.ChoiceField(
        label="並び", choices=[("last", "最後に置く"), ("first", "最初に置く")], widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, sections: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", TOP), *((str(key), label) for key, label in sections)]
        field = self.fields["parent"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def parent_key(self) -> int | None:
        """The key of the section to stand under; None for the top level."""
        return int(self.cleaned_data["parent"]) if self.cleaned_data["parent"] else None


class ReasonForm(BaseForm):
    """A reason, and nothing else: removing, unlocking, taking back."""

    reason = forms.CharField(
        label="理由",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="理由は操作の記録に残ります。",
    )


class EndForm(ReasonForm):
    outcome = forms.ChoiceField(
        label="終了の種類", choices=list(words.END_OUTCOMES.items()), widget=forms.RadioSelect
    )
    field_order = ("outcome", "reason")

    def end(self) -> dict[str, str]:
        """How and why it ended."""
        return {"outcome": self.cleaned_data["outcome"], "reason": self.cleaned_data["reason"]}


class LineageForm(BaseForm):
    kind = forms.ChoiceField(
        label="つながり", choices=[(k, v) for k, v in words.LINK_KINDS.items() if k != "ended"]
    )
    origin = forms.ChoiceField(
        label="前の版の項目",
        required=False,
        help_text="「新規」のときは選びません。統合は、元の項目ごとに記録します。",
    )
    reason = forms.CharField(
        label="理由",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="「継続」のほかは、理由が必要です。",
    )

    def __init__(
        self, *args: Any, origins: Sequence[tuple[str, list[tuple[int, str]]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["origin"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "（なし）"), *origins]

    def origin_key(self) -> int | None:
        """The key of the part of the earlier edition; None for what is new."""
        return int(self.cleaned_data["origin"]) if self.cleaned_data["origin"] else None


def offer_departments(field: forms.Field, user: User) -> None:
    """Fill a field with the departments of the person's government."""
    assert isinstance(field, DepartmentField)
    field.offer(user, empty="（決めない）")
