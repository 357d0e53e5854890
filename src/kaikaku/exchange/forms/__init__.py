"""What people type about exchange; a form parses and words, and hands its `entry()` to one service."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms

from kaikaku.core import staffing
from kaikaku.core.text import tidy_width
from kaikaku.exchange import words
from kaikaku.exchange.entries import ProfileFields, ReportFields, RequestFields, WorkFields
from kaikaku.ui.fields import DayField
from kaikaku.ui.forms import BaseForm

if TYPE_CHECKING:
    from kaikaku.org.models import Department

_TIME = re.compile(r"(?:(\d{1,3})\s*(?:時間|:|：))?\s*(?:(\d{1,3})\s*分?)?")


def area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class MinutesField(forms.CharField):
    """A length of time, 「7時間45分」「7:45」「90分」, as whole minutes."""

    def to_python(self, value: Any) -> Any:
        text = tidy_width(super().to_python(value) or "").strip()
        if not text:
            return None
        found = _TIME.fullmatch(text)
        if found is None or (found[1] is None and not text.endswith("分")):
            raise forms.ValidationError(
                f"{self.label}は、「7時間45分」「7:45」「90分」のように入力してください。"
            )
        return int(found[1] or 0) * 60 + int(found[2] or 0)

    def prepare_value(self, value: Any) -> Any:
        return staffing.show_minutes(value) if isinstance(value, int) else value


class LinesField(forms.CharField):
    """One thing a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        return tuple(one.strip() for one in re.split(r"[\n、,]", text) if one.strip())

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else "\n".join(value)


class RequestForm(BaseForm):
    """What is asked for."""

    title = forms.CharField(label="業務の名称", max_length=200)
    duties = forms.CharField(
        label="業務の内容", widget=area(4), help_text="何を、どこで、どのように手伝うかを書きます。"
    )
    first = DayField(label="始まりの日")
    last = DayField(label="終わりの日")
    minutes = MinutesField(label="1人の1週間の時間", help_text="例：7時間45分（週に1日）")
    people = forms.IntegerField(label="人数", min_value=1, max_value=99, initial=1)
    skills = LinesField(label="求める経験・技能", required=False, help_text="1行に1つずつ書きます。")
    reconsulted = forms.CharField(
        label="期間が上限を超える理由",
        required=False,
        widget=area(2),
        help_text="人事担当と再協議して認められたときだけ、その内容を書きます。",
    )

    def entry(self) -> RequestFields:
        return RequestFields(**{name: self.cleaned_data[name] for name in RequestFields.__slots__})


class NewRequestForm(RequestForm):
    """As RequestForm, with the scheme and the section that asks."""

    scheme = forms.TypedChoiceField(label="制度", coerce=int, choices=())
    department = forms.TypedChoiceField(label="依頼する所属", coerce=int, choices=())
    field_order = ("scheme", "department")

    def __init__(
        self,
        *args: Any,
        schemes: Sequence[tuple[int, str]],
        departments: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "scheme", schemes)
        offer(self, "department", departments)


class ApplicationForm(BaseForm):
    motive = forms.CharField(label="応募の理由", widget=area())
    time_made = forms.CharField(
        label="時間の作り方",
        widget=area(),
        help_text="本来の仕事をどう調整するかを、所属長に分かるように書きます。",
    )


class ProfileForm(BaseForm):
    """One's own entry in the talent bank."""

    grade = forms.ChoiceField(label="職位", choices=())
    occupation = forms.ChoiceField(label="職種", choices=())
    skills = LinesField(
        label="経験・技能", required=False, help_text="1行に1つずつ書きます。例：統計、用地交渉"
    )
    wishes = forms.TypedMultipleChoiceField(
        label="手伝ってみたい所属・部局",
        required=False,
        coerce=int,
        choices=(),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    note = forms.CharField(label="伝えておきたいこと", required=False, widget=area())
    overtime = forms.IntegerField(label="先月の時間外勤務（時間）", min_value=0, max_value=300, initial=0)
    listed = forms.BooleanField(
        label="応援の候補になる",
        required=False,
        initial=True,
        help_text="外すと、自分から応募したときだけ候補になります。",
    )

    def __init__(self, *args: Any, departments: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "grade", [(one, one) for one in words.GRADES])
        offer(self, "occupation", [(one, one) for one in words.OCCUPATIONS])
        offer(self, "wishes", departments)

    def entry(self, wishes: Iterable[Department]) -> ProfileFields:
        return ProfileFields(**{**self.cleaned_data, "wishes": tuple(wishes)})


class PeriodForm(BaseForm):
    first = DayField(label="始まりの日")
    last = DayField(label="終わりの日")


class ReasonForm(BaseForm):
    reason = forms.CharField(label="理由", widget=area())


class RefusalForm(ReasonForm):
    """A refusal: why, and when it was decided."""

    decided_on = DayField(label="決めた日")
    step = forms.CharField(widget=forms.HiddenInput)


class StartForm(BaseForm):
    order_number = forms.CharField(label="命令書の番号", required=False, max_length=60)


class WorkForm(BaseForm):
    day = DayField(label="日付")
    minutes = MinutesField(label="従事した時間", help_text="例：3時間30分、3:30、90分")
    text = forms.CharField(label="従事した内容", max_length=300)
    over_because = forms.CharField(
        label="上限を超える理由",
        required=False,
        max_length=300,
        help_text="この週の残りの時間を超えるときだけ書きます。",
    )

    def entry(self) -> WorkFields:
        return WorkFields(**self.cleaned_data)


class ExtensionForm(BaseForm):
    last = DayField(label="延長後の終わりの日")
    reason = forms.CharField(label="延長の理由", widget=area())
    reconsulted = forms.BooleanField(label="期間の上限を超えることを人事担当と再協議しました", required=False)


class ReportForm(BaseForm):
    ended_on = DayField(label="終わった日")
    outcome = forms.ChoiceField(label="評価", choices=list(words.OUTCOMES.items()), widget=forms.RadioSelect)
    text = forms.CharField(label="成果", widget=area(4), help_text="何ができたか、何が助かったかを書きます。")
    learnt = forms.CharField(label="気づき・引継ぎ", required=False, widget=area())

    def entry(self) -> ReportFields:
        return ReportFields(**self.cleaned_data)


class BusyForm(BaseForm):
    """Twelve months from April."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for month in words.MONTHS:
            self.fields[f"m{month}"] = forms.TypedChoiceField(
                label=f"{month}月", coerce=int, choices=list(words.BUSY.items())
            )

    def entry(self) -> dict[int, int]:
        return {month: self.cleaned_data[f"m{month}"] for month in words.MONTHS}


class SchemeForm(BaseForm):
    """The rules of a scheme."""

    name = forms.CharField(label="制度の名称", max_length=100)
    max_months = forms.IntegerField(label="期間の上限（か月）", min_value=1, max_value=24)
    weekly_share = forms.IntegerField(
        label="勤務時間に占める割合の上限（%）",
        min_value=1,
        max_value=100,
        help_text="1週間38時間45分に対する割合です。すべての応援を合わせて数えます。",
    )
    order_from_days = forms.IntegerField(
        label="命令書が要る日数",
        min_value=0,
        max_value=366,
        help_text="この日数以上で要ります。0は、要りません。",
    )
    grades_excluded = LinesField(label="対象にしない職位", required=False)
    occupations_excluded = LinesField(label="対象にしない職種", required=False)
    division_first = forms.BooleanField(label="まず同じ部局の中で探す", required=False)
    by_application = forms.BooleanField(label="応募した人だけを対象にする", required=False)
    approvals = forms.MultipleChoiceField(
        label="承認（上から順に）",
        choices=list(staffing.APPROVALS.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    def rules(self, before: staffing.Scheme) -> staffing.Scheme:
        """The rules as typed; points and code stay."""
        return staffing.Scheme.from_json({**before.as_json(), **self.cleaned_data})


def offer(form: forms.Form, name: str, choices: Iterable[tuple[Any, str]]) -> None:
    """Put choices on a field, an empty one first where one must be chosen."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    several = isinstance(field, forms.MultipleChoiceField)
    field.choices = [*([] if several else [("", "（選んでください）")]), *choices]
