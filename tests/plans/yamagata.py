"""山形県 R4 (seed 001): its seven indicators; 岩手県 R2 (seed 004): its summary table; both as printed."""

from __future__ import annotations

from kaikaku.plans.entries import (
    FigureFields,
    FilledIndicator,
    FilledSection,
    Filling,
    IndicatorFields,
    PastResultFields,
    PrintedList,
    PrintedName,
    SectionFields,
)

PILLARS = (
    ("第1", "県民の視点に立ち時代に即した行政サービスの提供"),
    ("第2", "リスクに柔軟に対応し健全で持続可能な行財政基盤の確立"),
    ("第3", "県政運営を支える人づくりと多様で柔軟な働き方の推進"),
)

# name, unit, pillar, 基準値, R6目標値, R4実績
INDICATORS = (
    ("オンラインで利用できる県独自の行政手続の割合", "%", 0, "1.5% (R2)", "100%", "71.5%"),
    ("防災士の認証登録者数", "人", 0, "1,619人 (R1)", "2,400人", "2,233人"),
    ("事務事業の見直し・改善(経費削減額)", "円", 1, "—", "120億円 (R3~R6年度累計)", "75.6億円"),
    ("事務事業の見直し・改善(削減事務量)", "時間", 1, "—", "8万時間 (R3~R6年度累計)", "7.3万時間"),
    ("男性職員の育児休業取得率(知事部局)", "%", 2, "16.7%(R1)", "100%(R7)", "86.3%"),
    ("Web会議の年間開催回数", "回", 2, "319回(R1)", "2,000回", "8,526回"),
    ("AI会議録作成支援システム活用数", "回", 2, "0回(R1)", "240回", "705回"),
)


def filling() -> Filling:
    """What an import of the report puts in."""
    return Filling(
        sections=tuple(FilledSection(SectionFields(title=title, number=number)) for number, title in PILLARS),
        indicators=tuple(
            FilledIndicator(
                fields=IndicatorFields(name=name, unit=unit, direction="up"),
                section=pillar,
                figures=figures(baseline, target, actual),
            )
            for name, unit, pillar, baseline, target, actual in INDICATORS
        ),
    )


def figures(baseline: str, target: str, actual: str) -> tuple[FigureFields, ...]:
    """The three values of a row; the year printed in a value goes before the year of its column."""
    target_year = 2025 if "R7" in target else 2024
    return (
        FigureFields(role="baseline", text=baseline),
        FigureFields(role="target", text=target, fiscal_year=target_year, column_year=2024),
        FigureFields(role="actual", text=actual, fiscal_year=2022),
    )


IWATE = (
    ("I", "地域意識に根ざした県民本位の行政経営の推進", (15, 3, 0, 0, 0), "83.3 16.7 0.0 0.0 0.0"),
    ("II", "高度な行政経営を支える職員の能力向上", (1, 5, 0, 0, 0), "16.7 83.3 0.0 0.0 0.0"),
    (
        "III",
        "効率的な業務遂行やワーク・ライフ・バランスに配慮した職場環境の実現",
        (3, 4, 0, 2, 0),
        "33.3 44.5 0.0 22.2 0.0",
    ),
    ("IV", "戦略的で実効性のあるマネジメント改革の推進", (17, 1, 1, 3, 2), "70.8 4.2 4.2 12.5 8.3"),
    ("", "全体", (36, 13, 1, 5, 2), "63.2 22.8 1.7 8.8 3.5"),
)
CODES = ("A", "B", "C", "D", "測定不能")


def iwate_lines() -> list[PastResultFields]:
    """The five lines of the table, the last with the lists printed below it."""
    lists = (
        PrintedList(
            "達成度がDとなる見込みの指標",
            (PrintedName("自主公表新規実施・充実件数"), PrintedName("新規招聘医師数", marked=True)),
            "※ 新型コロナウイルス感染症の影響によるもの。",
        ),
    )
    return [
        PastResultFields(
            label=label,
            number=number,
            total=sum(counts),
            counts=dict(zip(CODES, counts, strict=True)),
            printed_shares=dict(zip(CODES, shares.split(), strict=True)),
            is_total=label == "全体",
            lists=lists if label == "全体" else (),
        )
        for number, label, counts, shares in IWATE
    ]
