"""The rating scheme as validated data, and the schemes we ship (domain.md §1, conventions.md §3)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from itertools import pairwise
from typing import Any

from kaikaku.core.errors import RuleViolation
from kaikaku.core.indicators import Formula
from kaikaku.core.shares import Closing


class GradeOn(StrEnum):
    """Whether the exact rate is graded or the rate as printed."""

    EXACT = "exact"
    ROUNDED = "rounded"


class Denominator(StrEnum):
    """Which indicators without a grade count in the denominator.

    岩手県 R2 keeps 測定不能 in (49/57 = 86.0); its H27 table left 未確定 out (16/19 of 20).
    """

    ALL = "all"
    WITH_NOT_MEASURABLE = "with_not_measurable"
    MEASURED = "measured"


DENOMINATOR_TEXTS: dict[Denominator, str] = {
    Denominator.ALL: "割合の分母には、測定不能と未確定の指標を含めています。",
    Denominator.WITH_NOT_MEASURABLE: "割合の分母には、測定不能の指標を含め、未確定の指標を含めていません。",
    Denominator.MEASURED: "割合の分母には、測定不能と未確定の指標を含めていません。",
}


@dataclass(frozen=True, slots=True)
class Band:
    """One grade. `lower` in percent, None for the band without a lower end; the upper end is the band above.

    `measurable=False` marks 測定不能. `slot` 1 (best) to 4 (worst), 0 for 測定不能, chooses colour and shape.
    """

    code: str
    label: str
    lower: Decimal | None = None
    inclusive: bool = True
    measurable: bool = True
    slot: int = 0

    @property
    def name(self) -> str:
        """「概ね達成【B】」; the code alone where label and code are one."""
        return f"{self.label}【{self.code}】" if self.measurable and self.code != self.label else self.label

    def holds(self, rate: Decimal) -> bool:
        """Whether the rate reaches this band's lower end."""
        if self.lower is None:
            return True
        return rate >= self.lower if self.inclusive else rate > self.lower


@dataclass(frozen=True, slots=True)
class Scheme:
    """How one edition rates: bands from best to worst, 測定不能 last, and every choice that changes a figure.

    `formula` is what ordinary indicators are rated by (AUTO: by `choose_formula`). `at_least` names the
    band that 「…以上」 counts down to. Raises RuleViolation when the data contradict themselves.
    """

    id: str
    name: str
    bands: tuple[Band, ...]
    denominator: Denominator = Denominator.WITH_NOT_MEASURABLE
    shares_method: Closing = Closing.LARGEST_REMAINDER
    grade_on: GradeOn = GradeOn.EXACT
    decimals: int = 1
    formula: Formula = Formula.AUTO
    at_least: str | None = None
    note: str = ""
    _measured: tuple[Band, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_measured", tuple(band for band in self.bands if band.measurable))
        check_scheme(self)

    @property
    def measured_bands(self) -> tuple[Band, ...]:
        """The bands that a rate can fall in, best first."""
        return self._measured

    @property
    def not_measurable(self) -> Band | None:
        """The band of 測定不能, if the scheme has one."""
        return next((band for band in self.bands if not band.measurable), None)

    def band(self, code: str) -> Band:
        """The band of that code; RuleViolation if the scheme has none."""
        for band in self.bands:
            if band.code == code:
                return band
        codes = "、".join(band.code for band in self.bands)
        raise RuleViolation(
            "unknown_band",
            f"評価区分「{code}」は「{self.name}」にありません。{codes} のいずれかを指定してください。",
            field="grade",
            grade=code,
        )

    @property
    def rule(self) -> str:
        """The scale in words: 「達成【A】：100%以上、概ね達成【B】：80%以上100%未満、…」."""
        parts, above = [], ""
        for band in self.measured_bands:
            lower = (
                "" if band.lower is None else f"{_number(band.lower)}%{'以上' if band.inclusive else '超'}"
            )
            parts.append(f"{band.name}：{(lower + above) or 'すべて'}")
            above = (
                "" if band.lower is None else f"{_number(band.lower)}%{'未満' if band.inclusive else '以下'}"
            )
        return "、".join(parts)

    @property
    def rounding_text(self) -> str:
        """How grades and printed rates relate, in words."""
        if self.grade_on is GradeOn.ROUNDED:
            return f"達成率を小数第{self.decimals + 1}位で四捨五入した値で評価しています。"
        return "四捨五入する前の達成率で評価しています。"

    def as_json(self) -> dict[str, Any]:
        """Plain data for `json.dumps` and for a JSON column; Decimals as text."""
        return {
            "id": self.id,
            "name": self.name,
            "bands": [
                {
                    "code": band.code,
                    "label": band.label,
                    "lower": None if band.lower is None else _number(band.lower),
                    "inclusive": band.inclusive,
                    "measurable": band.measurable,
                    "slot": band.slot,
                }
                for band in self.bands
            ],
            "denominator": self.denominator.value,
            "shares_method": self.shares_method.value,
            "grade_on": self.grade_on.value,
            "decimals": self.decimals,
            "formula": self.formula.value,
            "at_least": self.at_least,
            "note": self.note,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | str | bytes) -> Scheme:
        """Read what `as_json` wrote, or a person did; only id, name and bands must be there.

        Raises RuleViolation naming the field and what to put there.
        """
        return read_scheme(data)


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _refuse(code: str, message: str, *, field: str, **data: Any) -> RuleViolation:
    return RuleViolation(f"scheme.{code}", message, field=field, **data)


def check_scheme(scheme: Scheme) -> None:
    """Refuse a scheme whose bands overlap, leave a gap, stand in a wrong order or are named twice."""
    if not scheme.id.strip() or not scheme.name.strip():
        raise _refuse("unnamed", "評価方法の識別名と名称を入力してください。", field="name")
    if not scheme.measured_bands:
        raise _refuse("no_bands", "評価区分がありません。区分を1つ以上入力してください。", field="bands")
    if not 0 <= scheme.decimals <= 6:
        raise _refuse(
            "decimals", "達成率の小数点以下の桁数は0から6までで入力してください。", field="decimals"
        )
    _check_names(scheme.bands)
    _check_edges(scheme.measured_bands)
    if scheme.at_least is not None:
        band = next((b for b in scheme.measured_bands if b.code == scheme.at_least), None)
        if band is None:
            raise _refuse(
                "at_least",
                f"「以上」の基準とする区分「{scheme.at_least}」がありません。評価区分の記号から選んでください。",
                field="at_least",
            )


def _check_names(bands: Sequence[Band]) -> None:
    seen: set[str] = set()
    for position, band in enumerate(bands, 1):
        if not band.code.strip() or not band.label.strip():
            raise _refuse(
                "band_unnamed", f"{position}番目の区分に、記号と名称を入力してください。", field="bands"
            )
        if band.code in seen:
            raise _refuse(
                "duplicate",
                f"{position}番目の区分の記号「{band.code}」が重複しています。区分ごとに別の記号にしてください。",
                field="bands",
            )
        seen.add(band.code)
        if not 0 <= band.slot <= 4:
            raise _refuse(
                "slot", f"区分「{band.code}」の色の番号は0から4までで入力してください。", field="bands"
            )
        if not band.measurable and (band.lower is not None or position != len(bands)):
            raise _refuse(
                "not_measurable",
                f"測定不能の区分「{band.code}」は1つだけ、下限なしで、最後に置いてください。",
                field="bands",
            )


def _check_edges(bands: Sequence[Band]) -> None:
    for band in bands:
        if band.lower is not None and not band.lower.is_finite():
            raise _refuse("edge", f"区分「{band.code}」の下限を数値で入力してください。", field="bands")
    for above, below in pairwise(bands):
        if above.lower is None:
            raise _refuse(
                "order",
                f"下限のない区分「{above.code}」の下に区分「{below.code}」があります。"
                "下限のない区分は、測定不能を除いて最後に置いてください。",
                field="bands",
            )
        if below.lower is None or below.lower < above.lower:
            continue
        # 「100を超える」 above 「100以上」 holds just the value 100 between them and is a scale; the same
        # edge twice is not
        if below.lower == above.lower and below.inclusive and not above.inclusive:
            continue
        kind = "overlap" if below.lower == above.lower else "order"
        raise _refuse(
            kind,
            f"区分「{above.code}」（下限{_number(above.lower)}%）と区分「{below.code}」"
            f"（下限{_number(below.lower)}%）が重なっています。下限の大きい区分から順に入力してください。",
            field="bands",
        )
    if bands[-1].lower is not None:
        raise _refuse(
            "gap",
            f"区分「{bands[-1].code}」の下限{_number(bands[-1].lower)}%を下回る達成率に、区分がありません。"
            "最後の区分の下限を空欄にしてください。",
            field="bands",
        )


def read_scheme(data: Mapping[str, Any] | str | bytes) -> Scheme:
    """See `Scheme.from_json`."""
    if isinstance(data, str | bytes):
        try:
            data = json.loads(data)
        except ValueError as error:
            raise _refuse(
                "json", "評価方法のファイルをJSONとして読み取れません。書式を確かめてください。", field="data"
            ) from error
    if not isinstance(data, Mapping):
        raise _refuse("json", "評価方法は、項目名と値の組で書いてください。", field="data")
    known = set(Scheme.__dataclass_fields__) - {"_measured"}
    extra = sorted(set(data) - known)
    if extra:
        raise _refuse(
            "unknown_field",
            f"評価方法に知らない項目「{extra[0]}」があります。項目名を確かめてください。",
            field=extra[0],
        )
    bands = _member(data, "bands", list, "区分の一覧")
    return Scheme(
        id=_member(data, "id", str, "文字"),
        name=_member(data, "name", str, "文字"),
        bands=tuple(_read_band(band, i) for i, band in enumerate(bands, 1)),
        denominator=_choice(data, "denominator", Denominator, Denominator.WITH_NOT_MEASURABLE),
        shares_method=_choice(data, "shares_method", Closing, Closing.LARGEST_REMAINDER),
        grade_on=_choice(data, "grade_on", GradeOn, GradeOn.EXACT),
        decimals=_member(data, "decimals", int, "整数", 1),
        formula=_choice(data, "formula", Formula, Formula.AUTO),
        at_least=_member(data, "at_least", str, "区分の記号", None),
        note=_member(data, "note", str, "文字", ""),
    )


_MISSING: Any = object()


def _member(data: Mapping[str, Any], name: str, kind: type, words: str, default: Any = _MISSING) -> Any:
    value = data.get(name)
    if value is None and default is not _MISSING:
        return default
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise _refuse("member", f"評価方法の項目「{name}」に{words}を入力してください。", field=name)
    return value


def _choice(data: Mapping[str, Any], name: str, kind: type[StrEnum], default: StrEnum) -> Any:
    value = data.get(name, default)
    try:
        return kind(value)
    except ValueError as error:
        known = "、".join(kind)
        message = f"評価方法の項目「{name}」の値「{value}」は使えません。{known} のいずれかにしてください。"
        raise _refuse("choice", message, field=name) from error


def _read_band(data: object, position: int) -> Band:
    where = f"{position}番目の区分"
    if not isinstance(data, Mapping):
        raise _refuse("band", f"{where}は、項目名と値の組で書いてください。", field="bands")
    lower = data.get("lower")
    if isinstance(lower, float | bool):
        raise _refuse("edge", f'{where}の下限は、"80" のように引用符で囲んで書いてください。', field="bands")
    try:
        edge = None if lower is None else Decimal(lower)
    except (InvalidOperation, TypeError, ValueError) as error:
        message = f"{where}の下限「{lower}」を数値として読み取れません。80 のような数字で入力してください。"
        raise _refuse("edge", message, field="bands") from error
    try:
        return Band(
            code=_member(data, "code", str, "記号"),
            label=_member(data, "label", str, "名称"),
            lower=edge,
            inclusive=_member(data, "inclusive", bool, "true か false", True),
            measurable=_member(data, "measurable", bool, "true か false", True),
            slot=_member(data, "slot", int, "0から4までの整数", 0),
        )
    except RuleViolation as error:
        raise _refuse("band", f"{where}：{error.message}", field="bands") from error
