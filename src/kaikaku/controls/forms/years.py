"""Forms of a year: its policy and scope, the draw of the sample, the opinion on its report."""

from __future__ import annotations

from django import forms

from kaikaku.controls.entries import OpinionFields, YearFields
from kaikaku.controls.forms.common import area
from kaikaku.controls.rules import Rates
from kaikaku.ui.fields import DayField, FiscalYearField
from kaikaku.ui.forms import BaseForm


class YearForm(BaseForm):
    policy = forms.CharField(
        label="方針", widget=area(6), help_text="内部統制に関する方針です。評価報告書の最初に載ります。"
    )
    system = forms.CharField(
        label="体制",
        required=False,
        widget=area(3),
        help_text="例：推進部局は行政改革課、評価部局は監査室とする。",
    )
    scope = forms.CharField(
        label="対象とする事務", widget=area(3), help_text="少なくとも財務に関する事務を対象とします。"
    )
    due = DayField(label="自己評価の期限")

    def entry(self) -> YearFields:
        names = ("policy", "system", "scope", "due")
        return YearFields(**{name: self.cleaned_data[name] for name in names})


class NewYearForm(YearForm):
    fiscal_year = FiscalYearField(label="年度")
    field_order = ("fiscal_year",)


class DrawForm(BaseForm):
    seed = forms.CharField(
        label="抽出のもとになる語",
        max_length=100,
        help_text="この語から抽出の順番が決まります。報告書に載るので、だれでも同じ抽出を確かめられます。"
        "抽出する前に決まっている語にしてください。例：令和8年4月1日の県報の番号",
    )
    high = forms.IntegerField(
        label="大きさ「高」から抽出する割合（%）", initial=100, min_value=0, max_value=100
    )
    middle = forms.IntegerField(
        label="大きさ「中」から抽出する割合（%）", initial=30, min_value=0, max_value=100
    )
    low = forms.IntegerField(
        label="大きさ「低」から抽出する割合（%）", initial=10, min_value=0, max_value=100
    )

    def rates(self) -> Rates:
        return Rates(**{name: self.cleaned_data[name] for name in ("high", "middle", "low")})


class OpinionForm(BaseForm):
    opinion = forms.CharField(label="監査委員の意見", widget=area(6))
    opinion_on = DayField(label="意見を受けた日")
    assembly_on = DayField(label="議会に提出した日", required=False, help_text="提出した後に入力します。")

    def entry(self) -> OpinionFields:
        return OpinionFields(**self.cleaned_data)
