"""Forms of a campaign and its timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from kaikaku.core.errors import RuleViolation
from kaikaku.ideas.axes import Axis, parse_axes
from kaikaku.ideas.entries import CampaignFields, MilestoneFields
from kaikaku.ideas.forms.common import Choices, area, offer
from kaikaku.ui.fields import DayField
from kaikaku.ui.forms import BaseForm

if TYPE_CHECKING:
    from kaikaku.plans.models import Edition


class CampaignForm(BaseForm):
    title = forms.CharField(label="名称", max_length=200, help_text="例：令和8年度 働き方改革の提案募集")
    theme = forms.CharField(label="募集テーマ", widget=area(3))
    audience = forms.CharField(label="対象者", max_length=200, initial="全職員")
    opens_on = DayField(label="募集を始める日")
    closes_on = DayField(label="募集を終える日", help_text="この日まで提案を受け付けます。")
    rules = forms.CharField(
        label="応募のきまり", required=False, widget=area(4), help_text="提案を書く画面に表示します。"
    )
    policy = forms.CharField(
        label="実現の進め方", required=False, widget=area(4), help_text="集まった提案をどう扱うかの約束です。"
    )
    axes = forms.CharField(
        label="集計の区分",
        required=False,
        widget=area(6),
        help_text="1行に1つ、「費用：有、無」のように書きます。必ず選んでもらうときは見出しに＊を、"
        "提案した人にかかわるときは（個人）を付けます。「提案部局：所属」は所属から自動で入ります。"
        "（個人）と所属は提案に表示されず、人数の少ない区分を隠した集計だけに使います。",
    )
    likes = forms.BooleanField(label="「いいね」を受け付ける", required=False, initial=True)
    comments = forms.BooleanField(label="コメントを受け付ける", required=False, initial=True)
    edition = forms.ChoiceField(
        label="結果を載せる版",
        required=False,
        choices=(),
        help_text="選んだ版の本部会議資料と公開サイトに、この募集の結果が載ります。",
    )

    def __init__(self, *args: Any, editions: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "edition", editions, none="（載せない）")

    def clean_axes(self) -> tuple[Axis, ...]:
        try:
            return parse_axes(self.cleaned_data["axes"])
        except RuleViolation as violation:
            raise ValidationError(violation.message) from violation

    def entry(self, edition: Edition | None, *, list_note: str = "") -> CampaignFields:
        return CampaignFields(**{**self.cleaned_data, "edition": edition, "list_note": list_note})


class MilestoneForm(BaseForm):
    title = forms.CharField(label="予定", max_length=200, help_text="例：実現の第1弾を発表")
    first = DayField(label="日（始まり）")
    last = DayField(label="日（終わり）", required=False, help_text="1日だけのときは空のままにします。")
    text = forms.CharField(
        label="日の書き方",
        max_length=60,
        required=False,
        help_text="「令和6年2～3月」のように、日を決めずに示すときに書きます。",
    )
    note = forms.CharField(label="説明", max_length=200, required=False)

    def entry(self) -> MilestoneFields:
        data = self.cleaned_data
        return MilestoneFields(**{**data, "last": data["last"] or data["first"]})


class ThemeNameForm(BaseForm):
    title = forms.CharField(label="テーマ", max_length=100)
