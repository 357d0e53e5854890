"""Forms of the next edition: drafting it, joining and splitting its parts, confirming links."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms

from kaikaku.core.eras import show_fiscal_year
from kaikaku.plans.forms.indicators import IndicatorForm
from kaikaku.plans.forms.plans import EditionForm, ReasonForm, SectionForm
from kaikaku.ui.forms import BaseForm

if TYPE_CHECKING:
    from kaikaku.plans.models import Edition

REASON_HELP = "加除修正の一覧（新旧対照表）に載ります。"


class NextEditionForm(EditionForm):
    directions_fixed = forms.BooleanField(
        label="いちばん上の段（方向性・柱）の見出しは変えない",
        required=False,
        help_text="毎年度見直しても、大きな方向性は保つときに選びます。作成した後でも変えられます。",
    )
    field_order = ("title", "fiscal_year", "period_from", "period_to", "directions_fixed", "summary")


def next_face(edition: Edition) -> dict[str, Any]:
    """What the form of a next edition begins with: a year later, within the same period while it lasts.

    A revision in the middle of a period that no single year is named for stays in the period (青森県).
    """
    year = None if edition.fiscal_year is None else edition.fiscal_year + 1
    runs_on = edition.period_to is not None and (year is None or year <= edition.period_to)
    title = ""
    if edition.fiscal_year is not None and year is not None:
        was, now = show_fiscal_year(edition.fiscal_year), show_fiscal_year(year)
        title = edition.title.replace(was, now) if was in edition.title else ""
    return {
        "title": title,
        "fiscal_year": year,
        "period_from": edition.period_from if runs_on else None,
        "period_to": edition.period_to if runs_on else None,
        "summary": edition.summary,
    }


class MergeForm(ReasonForm):
    others = forms.TypedMultipleChoiceField(
        label="統合するもの",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="選んだものの中身をここへ移し、選んだものは次の版から外します。",
    )
    field_order = ("others", "reason")

    def __init__(self, *args: Any, others: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["others"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = list(others)
        self.fields["reason"].help_text = REASON_HELP


class SplitSectionForm(SectionForm):
    reason = forms.CharField(
        label="分ける理由", widget=forms.Textarea(attrs={"rows": 3}), help_text=REASON_HELP
    )


class SplitIndicatorForm(IndicatorForm):
    reason = forms.CharField(
        label="分ける理由", widget=forms.Textarea(attrs={"rows": 3}), help_text=REASON_HELP
    )


class SureLinksForm(BaseForm):
    """Which of the sure proposals to confirm, and the one reason for those in which words have changed."""

    take = forms.MultipleChoiceField(label="確定する組", widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(
        label="理由",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="「継続」のほかが含まれるときは必要です。例：年度の更新に伴う字句の修正",
    )

    def __init__(self, *args: Any, offers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["take"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(offers)
        field.error_messages["invalid_choice"] = (
            "確定しようとした組の一つは、ほかの人が先に決めたため、候補ではなくなりました。一覧を見直してください。"
        )
