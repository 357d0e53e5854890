"""The axes by which a campaign's ideas are counted: data of the campaign, checked here. Pure.

An axis is `personal` when its value tells something of the proposer (部局, 職位): such values are kept apart
from the idea, are never shown beside it, and reach people only as counts in which nobody can be found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kaikaku.core.errors import RuleViolation

KINDS = ("choice", "department")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,29}")
MOST_AXES, MOST_CHOICES = 8, 30


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis. `department` takes the proposer's 部局 by itself; `choice` is picked from `choices`."""

    key: str
    label: str
    choices: tuple[str, ...] = ()
    kind: str = "choice"
    personal: bool = False
    required: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "label": self.label,
            "choices": list(self.choices),
            "kind": self.kind,
            "personal": self.personal,
            "required": self.required,
        }


# Those of Yamaguchi's campaign (提案部局, デジタル/非デジタル, カテゴリ, 職位, 費用有/無).
YAMAGUCHI = (
    Axis("department", "提案部局", kind="department", personal=True),
    Axis("digital", "デジタル/非デジタル", ("デジタル", "非デジタル")),
    Axis(
        "category",
        "カテゴリ",
        (
            "ペーパーレス",
            "AI導入",
            "環境改善（通信）",
            "環境改善（職務）",
            "業務改善",
            "使用ツール・ソフトの改善",
            "その他",
        ),
    ),
    Axis("grade", "職位", ("主事・技師", "主任・主査", "係長・班長", "課長補佐", "課長以上"), personal=True),
    Axis("cost", "費用", ("有", "無")),
)


def read_axes(data: Iterable[Mapping[str, Any]]) -> tuple[Axis, ...]:
    """The axes of a campaign as kept in its row."""
    return tuple(Axis(**{**one, "choices": tuple(one.get("choices", ()))}) for one in data)


def check_axes(axes: Sequence[Axis]) -> tuple[Axis, ...]:
    """The axes, or RuleViolation naming the one that cannot be."""
    if len(axes) > MOST_AXES:
        raise RuleViolation("ideas.axes_many", f"集計の区分は{MOST_AXES}個までにしてください。", field="axes")
    for axis in axes:
        _check(axis)
    for name, values in (("英字の名前", [a.key for a in axes]), ("見出し", [a.label for a in axes])):
        twice = sorted({value for value in values if values.count(value) > 1})
        if twice:
            raise RuleViolation(
                "ideas.axis_twice",
                f"集計の区分の{name}「{twice[0]}」が2回あります。別の{name}にしてください。",
                field="axes",
            )
    return tuple(axes)


def _check(axis: Axis) -> None:
    if not axis.label.strip():
        raise RuleViolation("ideas.axis_label", "集計の区分の見出しを入力してください。", field="axes")
    if not _KEY.fullmatch(axis.key):
        raise RuleViolation(
            "ideas.axis_key",
            f"集計の区分「{axis.label}」の名前「{axis.key}」は使えません。英小文字で始まる30文字以内の英数字にしてください。",
            field="axes",
        )
    if axis.kind not in KINDS:
        raise RuleViolation(
            "ideas.axis_kind", f"集計の区分「{axis.label}」の種類を一覧から選んでください。", field="axes"
        )
    if axis.kind == "department":
        if axis.choices or not axis.personal:
            raise RuleViolation(
                "ideas.axis_department",
                f"「{axis.label}」は提案した人の所属から決まります。選択肢を消し、個人にかかわる区分としてください。",
                field="axes",
            )
        return
    if not 2 <= len(axis.choices) <= MOST_CHOICES or len(set(axis.choices)) != len(axis.choices):
        raise RuleViolation(
            "ideas.axis_choices",
            f"集計の区分「{axis.label}」の選択肢は、重なりのない2個から{MOST_CHOICES}個にしてください。",
            field="axes",
        )


def check_values(axes: Sequence[Axis], values: Mapping[str, str]) -> dict[str, str]:
    """The chosen values of an idea, by axis; empty ones left out. Refuses what is not offered or missing."""
    kept: dict[str, str] = {}
    for axis in axes:
        value = values.get(axis.key, "").strip()
        if axis.kind == "choice" and value and value not in axis.choices:
            raise RuleViolation(
                "ideas.axis_value",
                f"「{axis.label}」は、一覧にあるものから選んでください。",
                field=f"axis_{axis.key}",
            )
        if axis.kind == "choice" and axis.required and not value:
            raise RuleViolation(
                "ideas.axis_missing", f"「{axis.label}」を選んでください。", field=f"axis_{axis.key}"
            )
        if value:
            kept[axis.key] = value
    return kept


def parse_axes(text: str) -> tuple[Axis, ...]:
    """Axes from the form's lines: 「職位（個人）＊：主事、主査、係長」; 「部局：所属」 takes one's own.

    ＊ marks an axis that must be chosen, （個人） one that tells something of the proposer.
    """
    axes = []
    for number, line in enumerate((line.strip() for line in text.splitlines() if line.strip()), 1):
        head, colon, tail = line.replace(":", "：").partition("：")
        if not colon:
            raise RuleViolation(
                "ideas.axis_line",
                f"集計の区分の{number}行目「{line}」に「：」がありません。「費用：有、無」のように書いてください。",
                field="axes",
            )
        required, personal = "＊" in head or "*" in head, "（個人）" in head or "(個人)" in head
        label = (
            head.translate(str.maketrans("", "", "＊*")).replace("（個人）", "").replace("(個人)", "").strip()
        )
        own = tail.strip() == "所属"
        choices = (
            () if own else tuple(part.strip() for part in tail.replace(",", "、").split("、") if part.strip())
        )
        known = next((axis.key for axis in YAMAGUCHI if axis.label == label), f"axis{number}")
        axes.append(Axis(known, label, choices, "department" if own else "choice", personal or own, required))
    return check_axes(axes)


def axes_text(axes: Iterable[Axis]) -> str:
    """The axes as the form's lines; `parse_axes` reads them back."""
    lines = []
    for axis in axes:
        own = axis.kind == "department"
        marks = ("（個人）" if axis.personal and not own else "") + ("＊" if axis.required else "")
        lines.append(f"{axis.label}{marks}：{'所属' if own else '、'.join(axis.choices)}")
    return "\n".join(lines)
