"""The forms of bpr: a project's face, its steps, its stage, what was measured, the government's rates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms

from kaikaku.bpr import words
from kaikaku.bpr.entries import Finding, ProjectFields, StepFields
from kaikaku.core.bpr import MINUTES, STAGE_LABELS, WANTS_REASON, Stage, Work
from kaikaku.core.errors import RuleViolation
from kaikaku.ui.fields import DayField, FiscalYearField, QuantityField, UploadField
from kaikaku.ui.forms import BaseForm

if TYPE_CHECKING:
    from kaikaku.bpr.models import Step
    from kaikaku.core.quantities import Quantity
    from kaikaku.org.models import Department

SPARE_ROWS = 3
WHENS = (("before", "見直し前"), ("after", "見直し後"))
PARTS = (("minutes", "1回の時間（分）"), ("times", "年間の回数"), ("people", "人数"))


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def hours(label: str, help_text: str = "") -> QuantityField:
    return QuantityField(label=label, unit="時間", required=False, help_text=help_text)


def to_minutes(quantity: Quantity | None) -> Decimal:
    """Hours as typed (424時間44分, too) as minutes; nothing typed is none."""
    if quantity is None or quantity.value is None:
        return Decimal(0)
    return quantity.value if quantity.unit == "分" else quantity.value * MINUTES


def as_hours(minutes: Decimal | None) -> str:
    """Minutes as they are typed again: in hours where they come out even, else in minutes."""
    if not minutes:
        return ""
    whole = minutes / MINUTES
    even = whole == whole.quantize(Decimal("0.01"))
    return f"{whole.normalize():f}" if even else f"{minutes.normalize():f}分"


class VersionedForm(BaseForm):
    """With the version that was shown, so that nobody overwrites what somebody else changed meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ProjectForm(VersionedForm):
    department = forms.TypedChoiceField(label="所属", coerce=int, choices=())
    title = forms.CharField(label="名称", max_length=200, help_text="例：財務システムへの入力業務")
    summary = forms.CharField(
        label="取組内容",
        required=False,
        widget=area(3),
        help_text="何をどう変えるかを、公表する文で書きます。",
    )
    fiscal_year = FiscalYearField(label="選定した年度", required=False)
    tools = forms.MultipleChoiceField(
        label="使う道具",
        required=False,
        choices=list(words.TOOLS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="いくつ選んでも、削減時間は1度だけ数えます。道具を使わない見直しは、選ばずに進みます。",
    )
    upkeep = hours("維持管理にかかる時間（1年）", "道具の保守や設定の更新など。例：12時間")
    exceptions = hours("例外の処理にかかる時間（1年）", "人の手で行う分。なければ空欄にします。")
    build = hours("導入にかけた時間（1回限り）", "年間の効果には入れず、回収の月数に使います。")
    build_yen = QuantityField(label="導入費用", unit="円", required=False, help_text="例：120万円")
    upkeep_yen = QuantityField(label="維持費用（1年）", unit="円", required=False)
    origin = forms.CharField(
        label="もとになった提案・取組", required=False, max_length=200, help_text="例：職員提案 R5-012"
    )
    is_public = forms.BooleanField(label="公表する（一覧と公表資料に載せる）", required=False, initial=True)

    def __init__(self, *args: Any, departments: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["department"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", "（選んでください）"), *departments]

    def entry(self, department: Department, *, origin_url: str = "") -> ProjectFields:
        typed = self.cleaned_data
        return ProjectFields(
            department=department,
            title=typed["title"],
            summary=typed["summary"],
            fiscal_year=typed["fiscal_year"],
            tools=tuple(typed["tools"]),
            upkeep=to_minutes(typed["upkeep"]),
            exceptions=to_minutes(typed["exceptions"]),
            build=to_minutes(typed["build"]),
            build_yen=typed["build_yen"].value if typed["build_yen"] else None,
            upkeep_yen=typed["upkeep_yen"].value if typed["upkeep_yen"] else None,
            is_public=typed["is_public"],
            origin=typed["origin"],
            origin_url=origin_url,
        )


class StepsForm(BaseForm):
    """The steps, a block of fields for each and three empty ones below; a block left empty is none."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, steps: Sequence[Step], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = len(steps) + SPARE_ROWS
        for number in range(self.count):
            step = steps[number] if number < len(steps) else None
            self._add(number, step)

    def _add(self, number: int, step: Step | None) -> None:
        told = f"手順{number + 1}"
        for name, label, most in (
            ("name", "手順", 100),
            ("lane", "担い手（見直し前）", 60),
            ("lane_after", "担い手（見直し後）", 60),
        ):
            self.fields[f"s{number}-{name}"] = forms.CharField(
                label=f"{told}：{label}",
                required=False,
                max_length=most,
                initial=getattr(step, name) if step is not None else "",
            )
        for when, when_words in WHENS:
            for part, label in PARTS:
                value = getattr(step, f"{when}_{part}") if step is not None else None
                self.fields[f"s{number}-{when}-{part}"] = QuantityField(
                    label=f"{told}：{when_words}の{label}",
                    required=False,
                    initial=f"{value.normalize():f}" if value is not None else "",
                )

    def blocks(self) -> Iterator[dict[str, Any]]:
        """The fields of each step, for the page."""
        for number in range(self.count):
            yield {
                "number": number + 1,
                "named": [self[f"s{number}-{name}"] for name in ("name", "lane", "lane_after")],
                "whens": [
                    (words_, [(label, self[f"s{number}-{when}-{part}"]) for part, label in PARTS])
                    for when, words_ in WHENS
                ],
            }

    def entries(self) -> list[StepFields]:
        """The steps that were filled in. Raises RuleViolation on the field that is missing."""
        return [step for number in range(self.count) if (step := self._entry(number)) is not None]

    def _entry(self, number: int) -> StepFields | None:
        typed = {name: self.cleaned_data[f"s{number}-{name}"] for name in ("name", "lane", "lane_after")}
        before, after = (self._work(number, when) for when, _ in WHENS)
        if not any(typed.values()) and before is None and after is None:
            return None
        if not typed["name"].strip():
            raise RuleViolation("bpr.step_name", "手順の名前を入力してください。", field=f"s{number}-name")
        if before is None and after is None:
            raise RuleViolation(
                "bpr.step_empty",
                f"「{typed['name']}」の時間がありません。見直し前か見直し後の時間と回数を入力してください。",
                field=f"s{number}-before-minutes",
            )
        return StepFields(**typed, before=before, after=after)

    def _work(self, number: int, when: str) -> Work | None:
        found = {part: self.cleaned_data[f"s{number}-{when}-{part}"] for part, _ in PARTS}
        values = {part: one.value for part, one in found.items() if one is not None and one.value is not None}
        if not values or set(values) == {"people"}:
            return None
        for part, label in PARTS[:2]:
            if part not in values:
                raise RuleViolation(
                    "bpr.step_part", f"{label}を入力してください。", field=f"s{number}-{when}-{part}"
                )
        return Work(values["minutes"], values["times"], values.get("people", Decimal(1)))


class WorkbookForm(BaseForm):
    file = UploadField(label="Excelファイル", endings=(".xlsx",), largest_mb=20)


class StageForm(VersionedForm):
    stage = forms.ChoiceField(label="次の段階", widget=forms.RadioSelect, choices=())
    day = DayField(label="その日", required=False, help_text="空欄のときは今日です。")
    reason = forms.CharField(
        label="理由",
        required=False,
        widget=area(2),
        help_text="中断、取りやめ、前の段階に戻すときに書きます。",
    )

    def __init__(self, *args: Any, stages: Sequence[Stage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["stage"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.value, _stage_words(one)) for one in stages]


def _stage_words(stage: Stage) -> str:
    return f"{STAGE_LABELS[stage]}（理由が必要）" if stage in WANTS_REASON else STAGE_LABELS[stage]


class BeginForm(VersionedForm):
    day = DayField(
        label="新しい方法を使い始めた日",
        help_text="この日の次の月から（1日なら、その月から）効果を数えます。",
    )


class RetireForm(VersionedForm):
    day = DayField(label="使い終えた日", help_text="この月から、効果を数えません。")
    reason = forms.CharField(label="理由", widget=area(2), help_text="例：新しいシステムに置き換えたため")


class FindingForm(BaseForm):
    occasion = forms.ChoiceField(
        label="いつの測定か", choices=list(words.OCCASIONS.items()), widget=forms.RadioSelect
    )
    method = forms.ChoiceField(label="測り方", choices=list(words.METHODS.items()), widget=forms.RadioSelect)
    counted_from = DayField(
        label="この効果を数え始める日",
        help_text="この日の月から数えます。それより前の月は、この測定では数えません。"
        "使い始めたときから同じ効果があるときは、使い始めた日を書きます。",
    )
    measured_from = DayField(label="測った期間の始まり", required=False)
    measured_to = DayField(label="測った期間の終わり", required=False)
    sample = forms.IntegerField(label="測った件数", required=False, min_value=1)
    minutes = hours(
        "年間の効果", "空欄にすると、手順の時間から計算します。増えたときは△を付けます。例：△12時間"
    )
    note = forms.CharField(label="備考", required=False, widget=area(2))

    def entry(self) -> Finding:
        typed = dict(self.cleaned_data)
        found = typed.pop("minutes")
        return Finding(**typed, minutes=to_minutes(found) if found is not None else None)


class WithdrawForm(BaseForm):
    reason = forms.CharField(label="取り下げる理由", widget=area(2))


class PolicyForm(BaseForm):
    hours_of_a_person = QuantityField(
        label="1人1年の勤務時間", unit="時間", help_text="人役に直すときに使います。例：1,860時間"
    )
    hourly_yen = QuantityField(
        label="1時間の人件費", unit="円", required=False, help_text="空欄のときは、金額に直しません。"
    )
