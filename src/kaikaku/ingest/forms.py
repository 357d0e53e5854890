"""Forms of an import: choosing the document, its face, and one form for each kind of thing read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from kaikaku.core.errors import RuleViolation
from kaikaku.core.numerals import parse_number
from kaikaku.core.quantities import Quantity
from kaikaku.core.ratings import Scheme
from kaikaku.ingest import reading
from kaikaku.ingest.heads import Head
from kaikaku.ingest.payloads import (
    FactPayload,
    FigurePayload,
    FootnotePayload,
    IndicatorPayload,
    ItemPayload,
    Payload,
    ResultPayload,
    SectionPayload,
    TablePayload,
)
from kaikaku.plans import words as plan_words
from kaikaku.plans.figures import unit_of
from kaikaku.readers import Unreadable
from kaikaku.readers.machine_readability import Picture, Report, examine
from kaikaku.ui.fields import FiscalYearField, QuantityField, UploadField
from kaikaku.ui.forms import BaseForm

if TYPE_CHECKING:
    from kaikaku.plans.models import Edition, Plan

ENDINGS = (".pdf", ".docx", ".xlsx", ".csv", ".txt", ".md", ".html", ".htm")
LARGEST_MB = 100
TABLES = (".xlsx", ".csv", ".tsv", ".ods", ".json", ".xml")
LARGEST_TABLE_MB = 20
CELLS = "｜"


class UploadForm(BaseForm):
    """The document and what it is for; the file is read here, before anything is written or locked."""

    file = UploadField(
        label="文書",
        endings=ENDINGS,
        largest_mb=LARGEST_MB,
        help_text="プラン、進捗報告、評価結果などの公表資料。読み取った内容は、確認するまでプランに入りません。",
    )
    target = forms.ChoiceField(label="取り込み先", required=False)

    def __init__(
        self, *args: Any, plans: Sequence[Plan] = (), editions: Sequence[Edition] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["target"]
        assert isinstance(field, forms.ChoiceField)
        field.help_text = "同じ文書や次の年度の文書は、いまある内容との違いだけを示します。"
        field.choices = [
            ("", "文書に合わせる（同じ文書・同じプランがあれば、その違いを示す）"),
            ("new", "新しいプランとして取り込む"),
            ("いまある版に足す", [(f"edition-{e.pk}", e.full_name) for e in editions]),
            ("次の版を作る", [(f"plan-{p.pk}", f"{p.name} の次の版") for p in plans]),
        ]
        field.choices = [choice for choice in field.choices if choice[1]]
        self.read: reading.Reading | None = None

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        try:
            self.read = reading.read(name=upload.name, data=upload.read())
        except Unreadable as problem:
            raise ValidationError(problem.message, code=problem.code) from problem
        return upload


class LintForm(BaseForm):
    """A table to be checked; it is read here, and nothing of it is kept unless `keep` is ticked."""

    file = UploadField(
        label="表のファイル",
        endings=TABLES,
        largest_mb=LARGEST_TABLE_MB,
        help_text="公開するデータ、庁内の様式など。このファイルは点検が終わると残りません。",
    )
    keep = forms.BooleanField(
        label="点検したファイルを出典の一覧に残す",
        required=False,
        help_text="チェックを入れたときだけ保存し、同じ団体の職員が開けるようになります。",
    )

    def __init__(self, *args: Any, may_keep: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_keep:
            del self.fields["keep"]
        self.data_read = b""
        self.report: Report | None = None
        self.pictures: tuple[Picture, ...] = ()

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        self.data_read = upload.read()
        try:
            self.report, self.pictures = examine(self.data_read, upload.name)
        except Unreadable as problem:
            raise ValidationError(problem.message, code=problem.code) from problem
        return upload


class HeadForm(BaseForm):
    """What the plan and the edition that come of the import are called."""

    plan_name = forms.CharField(label="プランの名称", max_length=200)
    title = forms.CharField(
        label="版の名称", max_length=300, help_text="文書の表題です。年度ごとの版は年度まで書きます。"
    )
    organisation = forms.CharField(label="団体（文書の記載）", required=False, max_length=100)
    fiscal_year = FiscalYearField(label="年度", required=False, help_text="報告する年度、または計画する年度")
    period_from = FiscalYearField(label="期間の始め", required=False)
    period_to = FiscalYearField(label="期間の終わり", required=False)
    level_names = forms.CharField(
        label="段の呼び名",
        required=False,
        max_length=200,
        help_text="上の段から「、」で区切ります（例：柱、取組）。",
    )
    scheme = forms.ChoiceField(label="評価の決まり", required=False)
    summary = forms.CharField(label="概要", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self, *args: Any, read: Head, schemes: Mapping[str, Scheme], now: Head, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {**_head_initial(now, read, schemes), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.schemes = dict(schemes)
        if read.scheme is not None:
            self.schemes = {"read": Scheme.from_json(read.scheme), **self.schemes}
        field = self.fields["scheme"]
        assert isinstance(field, forms.ChoiceField)
        named = [
            (key, f"文書の決まり：{s.name}" if key == "read" else s.name) for key, s in self.schemes.items()
        ]
        field.choices = [("", "いまは決めない"), *named]
        self.now = now

    def head(self) -> Head:
        """The head as the office would have it."""
        values = dict(self.cleaned_data)
        first, last = values.pop("period_from"), values.pop("period_to")
        if (first is None) != (last is None):
            raise RuleViolation(
                "period_half", "期間は、始めと終わりの両方を入力してください。", field="period_to"
            )
        if first is not None and first > last:
            raise RuleViolation(
                "period_backwards",
                "期間の終わりの年度が始まりより前です。年度を入れ直してください。",
                field="period_to",
            )
        scheme = self.schemes.get(values.pop("scheme"))
        names = values.pop("level_names").replace(",", "、").split("、")
        return replace(
            self.now,
            **values,
            period=None if first is None else (first, last),
            level_names=tuple(name.strip() for name in names if name.strip()),
            scheme=None if scheme is None else scheme.as_json(),
        )


def _head_initial(now: Head, read: Head, schemes: Mapping[str, Scheme]) -> dict[str, Any]:
    chosen = ""
    if now.scheme is not None:
        same = [key for key, scheme in schemes.items() if scheme.as_json() == now.scheme]
        chosen = "read" if now.scheme == read.scheme else (same[0] if same else "")
    return {
        "plan_name": now.plan_name,
        "title": now.title,
        "organisation": now.organisation,
        "fiscal_year": now.fiscal_year,
        "period_from": now.period[0] if now.period else None,
        "period_to": now.period[1] if now.period else None,
        "level_names": "、".join(now.level_names),
        "scheme": chosen,
        "summary": now.summary,
    }


class ThingForm(BaseForm):
    """Base of the forms of a thing read: initial values from a payload, and a payload back."""

    def payload(self, old: Any) -> Payload:
        """What the office says, on the ground of `old`."""
        said = {name: value for name, value in self.cleaned_data.items() if hasattr(old, name)}
        changed: Payload = replace(old, **said)
        return changed


class SectionForm(ThingForm):
    number = forms.CharField(label="番号", required=False, max_length=40)
    title = forms.CharField(label="見出し", max_length=500)
    subtitle = forms.CharField(label="副題", required=False, max_length=500)
    body = forms.CharField(label="本文", required=False, widget=forms.Textarea(attrs={"rows": 4}))


class ItemForm(ThingForm):
    number = forms.CharField(label="番号", required=False, max_length=40)
    label = forms.CharField(label="区分", required=False, max_length=100, help_text="文頭の【　】の中")
    text = forms.CharField(label="本文", widget=forms.Textarea(attrs={"rows": 3}))
    kind = forms.ChoiceField(
        label="種類", required=False, choices=[("", "（書かれていない）"), *plan_words.ITEM_KINDS.items()]
    )
    fiscal_year = FiscalYearField(label="年度", required=False)
    depth = forms.IntegerField(label="段", min_value=1, max_value=9, help_text="1が大きな項目、2がその内訳")
    marks = forms.CharField(label="注の記号", required=False, max_length=20)
    cross_listed = forms.BooleanField(label="再掲（ほかの場所で数えている）", required=False)


class IndicatorForm(ThingForm):
    name = forms.CharField(label="指標の名称", max_length=300)
    unit = forms.CharField(label="単位", required=False, max_length=40, help_text="例：%、人、件、億円、時間")
    direction = forms.ChoiceField(
        label="向き", required=False, choices=[("", "（決めない）"), *plan_words.DIRECTIONS.items()]
    )
    note = forms.CharField(label="補足", required=False, widget=forms.Textarea(attrs={"rows": 2}))


class FigureForm(ThingForm):
    role = forms.ChoiceField(label="値の種類", choices=list(plan_words.ROLES.items()))
    fiscal_year = FiscalYearField(
        label="値の年度", required=False, help_text="欄の見出しではなく、値そのものの年度"
    )
    text = QuantityField(
        label="値",
        blank_reasons=True,
        help_text="文書にあるとおりに入力します。値がないときは「—」「集計中」などと入力します。",
    )
    status = forms.ChoiceField(
        label="値の状態", required=False, choices=[("", "（書かれていない）"), *plan_words.STATUSES.items()]
    )
    cumulative_from = FiscalYearField(
        label="累計の始め", required=False, help_text="累計の値のとき、何年度からの累計か"
    )
    printed_rate = forms.CharField(label="資料の達成率", required=False, max_length=40)
    printed_grade = forms.CharField(label="資料の達成度", required=False, max_length=40)

    def payload(self, old: FigurePayload) -> Payload:
        values = {name: value for name, value in self.cleaned_data.items() if hasattr(old, name)}
        quantity: Quantity = values.pop("text")
        if quantity.raw == old.text:
            return replace(old, **values)
        if old.unit and quantity.unit and quantity.unit != unit_of(old.unit):
            raise RuleViolation(
                "unit_differs",
                f"「{quantity.raw}」の単位は「{quantity.unit}」ですが、元は「{old.unit}」です。"
                "単位を変えるときは、先に指標の単位を訂正してください。",
                field="text",
            )
        return FigurePayload(
            role=values["role"],
            text=quantity.raw,
            fiscal_year=values["fiscal_year"] or quantity.fiscal_year,
            value=quantity.value,
            upper=quantity.upper,
            unit=quantity.unit or (old.unit if quantity.value is not None else ""),
            qualifiers=tuple(str(word) for word in quantity.qualifiers),
            status=values["status"] or str(quantity.status or ""),
            reason="" if quantity.value is not None else str(quantity.reason or "none"),
            cumulative_from=values["cumulative_from"] or quantity.cumulative_from,
            printed_rate=values["printed_rate"],
            printed_grade=values["printed_grade"],
        )


class TableForm(ThingForm):
    caption = forms.CharField(label="表題", required=False, max_length=300)
    unit = forms.CharField(label="単位", required=False, max_length=40)
    header = forms.CharField(label="見出し行", required=False, help_text=f"列を「{CELLS}」で区切ります。")
    rows = forms.CharField(
        label="行",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=f"1行を1行に、列を「{CELLS}」で区切って入力します。",
    )

    def payload(self, old: TablePayload) -> Payload:
        values = self.cleaned_data
        rows = tuple(_cells(line) for line in values["rows"].splitlines() if line.strip())
        header = _cells(values["header"]) if values["header"] else ()
        return replace(old, caption=values["caption"], unit=values["unit"], header=header, rows=rows)


class FootnoteForm(ThingForm):
    mark = forms.CharField(label="記号", required=False, max_length=20)
    text = forms.CharField(label="本文", widget=forms.Textarea(attrs={"rows": 2}))


class ResultForm(ThingForm):
    fiscal_year = FiscalYearField(label="年度")
    lines = forms.CharField(label="行", widget=forms.Textarea(attrs={"rows": 8}))

    def __init__(self, *args: Any, codes: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = CELLS.join(("番号", "見出し", "指標数", *codes))
        self.fields["lines"].help_text = f"{columns} の順に、「{CELLS}」で区切って入力します。"

    def payload(self, old: ResultPayload) -> Payload:
        rows = [line for line in self.cleaned_data["lines"].splitlines() if line.strip()]
        if len(rows) != len(old.lines):
            raise RuleViolation(
                "result_lines", f"元の表は{len(old.lines)}行です。行の数をそろえてください。", field="lines"
            )
        lines = []
        for place, (text, line) in enumerate(zip(rows, old.lines, strict=True), start=1):
            number, label, *counts = _cells(text)
            numbers = [_whole(count) for count in counts]
            if len(numbers) != 1 + len(old.codes) or None in numbers:
                raise RuleViolation(
                    "result_counts",
                    f"{place}行目に、指標数と{len(old.codes)}つの区分の数を、整数で入力してください。",
                    field="lines",
                )
            lines.append(
                replace(line, number=number, label=label, total=numbers[0], counts=tuple(numbers[1:]))
            )
        return replace(old, fiscal_year=self.cleaned_data["fiscal_year"], lines=tuple(lines))


class FactForm(ThingForm):
    name = forms.CharField(label="名称", max_length=300, help_text="取り込むと、この名称の指標になります。")
    text = QuantityField(label="値")
    fiscal_year = FiscalYearField(label="年度", required=False)

    def payload(self, old: FactPayload) -> Payload:
        quantity: Quantity = self.cleaned_data["text"]
        same = quantity.raw == old.text
        return replace(
            old,
            name=self.cleaned_data["name"],
            text=quantity.raw,
            fiscal_year=self.cleaned_data["fiscal_year"] or quantity.fiscal_year,
            value=old.value if same else quantity.value,
            unit=old.unit if same else (quantity.unit or old.unit),
        )


FORMS: dict[str, type[ThingForm]] = {
    "section": SectionForm,
    "item": ItemForm,
    "indicator": IndicatorForm,
    "figure": FigureForm,
    "table": TableForm,
    "footnote": FootnoteForm,
    "past_result": ResultForm,
    "fact": FactForm,
}
# What a form by hand starts from, by kind; results and figures in prose are never made by hand.
BLANKS: dict[str, Payload] = {
    "section": SectionPayload(""),
    "item": ItemPayload(""),
    "indicator": IndicatorPayload(""),
    "figure": FigurePayload("actual", ""),
    "table": TablePayload((), ()),
    "footnote": FootnotePayload(""),
}


def initial_of(payload: Payload) -> dict[str, Any]:
    """What the form of a payload starts with."""
    values = {name: getattr(payload, name) for name in type(payload).__dataclass_fields__}
    if isinstance(payload, TablePayload):
        values |= {
            "header": CELLS.join(payload.header),
            "rows": "\n".join(CELLS.join(row) for row in payload.rows),
        }
    if isinstance(payload, ResultPayload):
        values["lines"] = "\n".join(
            CELLS.join((line.number, line.label, _shown(line.total), *(_shown(n) for n in line.counts)))
            for line in payload.lines
        )
    return values


class SplitForm(BaseForm):
    """Where to cut: the words are typed in two lines, and must be the words there are."""

    parts = forms.CharField(
        label="分けたあとの文",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="分けたいところで改行します。文字は変えません。",
    )

    def place(self, text: str) -> int:
        """The number of characters before the cut."""
        head, _, tail = self.cleaned_data["parts"].replace("\r\n", "\n").partition("\n")
        at = text.find(head.strip()) + len(head.strip())
        if not tail.strip() or "".join((head + tail).split()) != "".join(text.split()):
            raise RuleViolation(
                "split_words",
                "分けたいところに改行を1つ入れてください。文字の訂正は、分けたあとで行えます。",
                field="parts",
            )
        return at


def with_line(form: type[ThingForm]) -> type[BaseForm]:
    """The form with the line of the document that says it."""
    line = forms.IntegerField(
        label="文書の行", required=False, min_value=1, help_text="書かれている行の番号。出典になります。"
    )
    return type(f"{form.__name__}WithLine", (form,), {"line": line})


def with_home(form: type[ThingForm], homes: Sequence[tuple[int, str]], *, top: bool) -> type[BaseForm]:
    """The form with where the thing stands; `top` where it may stand under nothing."""
    choices = [("", "（最上段）")] if top else []
    choices += [(str(key), label) for key, label in homes]
    home = forms.ChoiceField(label="置く場所", required=not top, choices=choices)
    return type(f"{form.__name__}WithHome", (form,), {"home": home})


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.replace("\t", CELLS).split(CELLS))


def _whole(text: str) -> int | None:
    number = parse_number(text)
    return int(number) if number is not None and number == int(number) and number >= 0 else None


def _shown(number: int | None) -> str:
    return "" if number is None else str(number)
