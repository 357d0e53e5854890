"""What the style page shows: every piece, with figures as the real documents have them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest
from markupsafe import Markup

from kaikaku.core.lineage import word_diff
from kaikaku.ui.fields import DayField, FiscalYearField, QuantityField, UploadField
from kaikaku.ui.forms import BaseForm
from kaikaku.ui.linking import Lead
from kaikaku.ui.listing import Field, listing
from kaikaku.ui.navigation import Tool
from kaikaku.writers.dataset import Band, Figure, Footnote, PlainTable, Rated, Tally, TallyRow

BANDS = (
    Band("A", "達成", Decimal(100), slot=1),
    Band("B", "概ね達成", Decimal(80), slot=2),
    Band("C", "やや遅れ", Decimal(60), slot=3),
    Band("D", "遅れ", None, slot=4),
    Band("測定不能", "測定不能", None, measurable=False, slot=0),
)
# Iwate, results of 令和2年度, as printed in its 概要版
_IWATE = (
    ("I", "地域意識に根ざした県民本位の行政経営の推進", 18, (15, 3, 0, 0, 0), "83.3 16.7 0 0 0"),
    ("II", "高度な行政経営を支える職員の能力向上", 6, (1, 5, 0, 0, 0), "16.7 83.3 0 0 0"),
    (
        "III",
        "効率的な業務遂行やワーク・ライフ・バランスに配慮した職場環境の実現",
        9,
        (3, 4, 0, 2, 0),
        "33.3 44.5 0 22.2 0",
    ),
    ("IV", "戦略的で実効性のあるマネジメント改革の推進", 24, (17, 1, 1, 3, 2), "70.8 4.2 4.2 12.5 8.3"),
    (None, "全体", 57, (36, 13, 1, 5, 2), "63.2 22.8 1.7 8.8 3.5"),
)
TALLY = Tally(
    fiscal_year=2020,
    columns=tuple(band.label for band in BANDS),
    rows=tuple(
        TallyRow(number, number, label, total, counts, tuple(Decimal(s) for s in shares.split()))
        for number, label, total, counts, shares in _IWATE
    ),
    computed=False,
)
WORKED = Rated(
    2023, Decimal(5000) / 70, "71.4", "from_baseline", "基準値比",
    "(71.5 − 1.5) ÷ (99.5 − 1.5) × 100 = 71.4 %", 2024, "C", "やや遅れ", status="preliminary",
)  # fmt: skip
UNRATED = Rated(
    2020, None, "", "", "", "", None, "測定不能", "測定不能",
    reason="調査を中止したため、実績値がありません。",
)  # fmt: skip
FIGURES = (
    Figure("actual", 2023, "71.5", Decimal("71.5"), "71.5"),
    Figure("actual", 2023, "424", Decimal(424), "424", status="projected"),
    Figure("actual", 2023, "△1,743億円", Decimal(-174300000000), "△1,743億円", status="preliminary"),
    Figure("actual", 2023, "集計中", None, "", reason="令和6年9月に公表予定"),
    Figure("actual", 2023, "—", None, ""),
)
TABLE = PlainTable(
    "財政指標の推移", ("区分", "令和2年度", "令和3年度"), (("県債残高", "12,910", "12,642"),), "億円"
)
FOOTNOTES = (
    Footnote("*", "新型コロナウイルス感染症の影響によるもの。"),
    Footnote("※", "割合は、合計が100%になるように端数を調整しています。"),
)
SPARKLINE = Markup(
    '<svg viewBox="0 0 120 28" aria-hidden="true"><path class="target" d="M0 6H120"/>'
    '<path class="line" d="M2 24 31 20 60 21 89 12"/><path class="line projected" d="M89 12 118 8"/>'
    '<circle cx="118" cy="8" r="2.5"/></svg>'
)
TREND = Markup(
    '<svg viewBox="0 0 440 150" role="img" aria-label="電気使用量の削減率の推移。'
    "令和2年度1.5%から令和5年度71.5%へ増えた。"
    '目標は令和6年度の99.5%。"><g stroke="var(--chart-grid)"><path d="M40 20H430M40 65H430M40 110H430"/></g>'
    '<path d="M50 108 400 22" stroke="var(--chart-target)" stroke-dasharray="6 3" fill="none"/>'
    '<path d="M50 108 167 92 283 70 400 45" stroke="var(--chart-line)" stroke-width="2.5" fill="none"/>'
    '<g fill="var(--chart-line)"><circle cx="50" cy="108" r="4"/><circle cx="167" cy="92" r="4"/>'
    '<circle cx="283" cy="70" r="4"/><circle cx="400" cy="45" r="4"/></g>'
    '<g font-size="12" fill="#333" text-anchor="middle">'
    '<text x="50" y="135">R2</text><text x="167" y="135">R3</text>'
    '<text x="283" y="135">R4</text><text x="400" y="135">R5</text></g>'
    '<g font-size="12" fill="#333" text-anchor="end">'
    '<text x="34" y="24">100</text><text x="34" y="114">0</text></g></svg>'
)
DIFF = word_diff(
    "電子申請の利用率を70%以上に高めます。",
    "電子申請の利用率を80%以上に高めます。あわせて窓口の書類を半分にします。",
)
SOURCE_LINES = (
    (11, "1 第1期アクションプラン【行政経営プラン】全体の取組状況"),
    (
        12,
        "4本の柱ごとに設定した57指標のうち「概ね達成」以上の指標は、49指標（86.0%）となりました。",
    ),
    (13, "○ 達成度の見方 「達成【A】」:100%以上"),
)


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the plan's tree as `look/text.html` draws it."""

    number: str | None
    title: str
    subtitle: str | None = None
    url: str | None = None
    children: tuple[Node, ...] = ()
    grade: Band | None = None


TREE = (
    Node(
        "Ⅰ",
        "地域意識に根ざした県民本位の行政経営の推進",
        children=(
            Node(None, "多様な主体とのつながりを形成します", url="#tree", grade=BANDS[0]),
            Node(
                None,
                "市町村との連携・協働を推進します",
                "行財政コンサルティングと応援職員",
                url="#tree",
                children=(Node("①", "市町村行財政コンサルティングの実施", url="#tree", grade=BANDS[2]),),
            ),
        ),
    ),
    Node("Ⅱ", "高度な行政経営を支える職員の能力向上", children=(Node(None, "職員の能力開発を促進します"),)),
    Node("Ⅲ", "働きやすい職場環境の実現"),
)


LEADS = (
    Lead(
        "",
        "口座振替依頼書の入力業務",
        "#leads",
        "業務改革",
        note="効果の確認中",
        sources=(("依頼書を読み取って入力する", "#leads"), ("非公開の提案 2件", "")),
    ),
)
CELLS = (
    {"place": "E5", "title": "県民交流館", "label": "利用者", "year": 2025, "was": "12,000", "now": "12,400"},
    {"place": "F5", "title": "県民交流館", "label": "指定の終わり", "was": "令和9年3月31日", "now": "来年"}
    | {"error": "「来年」は日付として読めません。令和9年3月31日のように入力してください。"},
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One large figure."""

    label: str
    value: str
    unit: str = ""
    note: str = ""


TILES = (
    Tile("指標", "57", "指標", "4本の柱"),
    Tile("概ね達成以上", "49", "指標", "86.0%"),
    Tile("遅れ", "5", "指標", "うち外部要因 2"),
    Tile("測定不能", "2", "指標", "調査の中止による"),
)


class SpecimenForm(BaseForm):
    """One field of every kind."""

    name = forms.CharField(
        label="指標の名称", max_length=100, help_text="プランに書かれているとおりに入力します。"
    )
    actual = QuantityField(
        label="実績値",
        unit="円",
        help_text="単位は円です。「75.6億」「△500万」のようにも入力できます。",
    )
    fiscal_year = FiscalYearField(label="年度", help_text="例：令和8年度、R8、2026")
    day = DayField(label="確定した日", required=False)
    direction = forms.ChoiceField(
        label="望ましい方向",
        choices=[("up", "増えるほどよい"), ("down", "減るほどよい"), ("maintain", "保つ")],
        widget=forms.RadioSelect,
    )
    kinds = forms.MultipleChoiceField(
        label="当てはまるもの",
        choices=[("survey", "アンケートによる"), ("external", "外部要因の影響がある")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    owner = forms.ChoiceField(
        label="所管",
        choices=[
            ("", "選んでください"),
            ("総務部", [("1", "行政経営推進課"), ("2", "財政課")]),
            ("保健福祉部", [("3", "医療政策室")]),
        ],
    )
    note = forms.CharField(label="取組の内容", widget=forms.Textarea, required=False)
    evidence = UploadField(label="根拠資料", endings=(".pdf", ".xlsx", ".docx"), required=False)
    agreed = forms.BooleanField(label="鈴木課長に確認しました", required=False)


class ReasonForm(BaseForm):
    """The reason that passes a warning."""

    reason = forms.CharField(label="前年度の10倍でよい理由", widget=forms.Textarea, required=True)


@dataclass(frozen=True, slots=True)
class Specimens:
    """All that ui/style.html needs."""

    form: SpecimenForm = field(
        default_factory=lambda: SpecimenForm(initial={"name": "公共施設の電気使用量削減率"})
    )
    wrong: SpecimenForm = field(
        default_factory=lambda: SpecimenForm(
            {"name": "", "actual": "7５.６億", "fiscal_year": "来年", "direction": "up", "owner": "1"},
            auto_id="wrong_%s",
        )
    )
    reason: ReasonForm = field(default_factory=lambda: ReasonForm(auto_id="reason_%s"))


ROWS: tuple[tuple[str, str, Decimal | None, Decimal | None], ...] = (
    ("電子申請の利用率", "DX推進課", Decimal("71.5"), Decimal("80.0")),
    ("新規招聘医師数", "医療政策室", Decimal(17), Decimal(30)),
    ("男性職員の育児休業取得率", "人事課", Decimal("42.9"), Decimal("30.0")),
    ("患者満足度（入院）", "医療局", None, Decimal("88.0")),
)
LISTING_FIELDS: tuple[Field[Any], ...] = (
    Field("name", "指標", lambda row: row[0], search=True),
    Field("owner", "所管", lambda row: row[1], search=True),
    Field("actual", "実績値", lambda row: row[2], number=True),
    Field("target", "目標値", lambda row: row[3], number=True),
)


def context(request: HttpRequest) -> dict[str, Any]:
    """The context of the style page."""
    return {
        "sample_tools": (Tool("フォローする", "#tabs", hint="変更があると、ホームと通知のページに出ます。"),),
        "bands": BANDS,
        "tally": TALLY,
        "worked": WORKED,
        "unrated": UNRATED,
        "figures": FIGURES,
        "plain": TABLE,
        "notes": FOOTNOTES,
        "spark": SPARKLINE,
        "trend_svg": TREND,
        "words": DIFF,
        "lines": SOURCE_LINES,
        "leads": LEADS,
        "cells": CELLS,
        "nodes": TREE,
        "tiles": TILES,
        "specimens": Specimens(),
        "listing": listing(request, ROWS, fields=LISTING_FIELDS, per_page=3),
        "moment": datetime(2026, 5, 29, 5, 5, tzinfo=UTC),
        "today": date(2026, 5, 29),
    }
