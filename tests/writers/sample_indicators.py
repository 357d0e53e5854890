"""The indicators of the made-up edition: one for each oddity of the field."""

from __future__ import annotations

from decimal import Decimal

from kaikaku.writers.dataset import Band, Cite, Figure, Indicator, Rated, Scheme

SCHEME = Scheme(
    id="iwate",
    name="4段階（達成・概ね達成・やや遅れ・遅れ）",
    bands=(
        Band("A", "達成", Decimal(100), slot=1),
        Band("B", "概ね達成", Decimal(80), slot=2),
        Band("C", "やや遅れ", Decimal(60), slot=3),
        Band("D", "遅れ", None, slot=4),
        Band("N", "測定不能", None, measurable=False, slot=0),
    ),
    rule="達成率が100%以上を「達成【A】」、80%以上100%未満を「概ね達成【B】」、60%以上80%未満を「やや遅れ【C】」、60%未満を「遅れ【D】」とします。",
    denominator="割合の分母には、測定不能の指標も含めます。",
    shares_method="割合は、合計が100.0%になるように最大剰余法で調整しています。",
    rounding="達成率は、小数第2位を四捨五入して示します。評価は四捨五入する前の値で行います。",
)


def figure(role: str, fiscal_year: int | None, value: str | None, unit: str = "", **more: object) -> Figure:
    """A figure whose printed text is its value with the unit."""
    text = str(more.pop("text", f"{value}{unit}" if value is not None else "—"))
    shown = str(more.pop("shown", text if value is not None else "—"))
    return Figure(role, fiscal_year, text, None if value is None else Decimal(value), shown, **more)  # type: ignore[arg-type]


def rated(fiscal_year: int, rate: str | None, grade: str | None, **more: object) -> Rated:
    """A result under the from-baseline formula unless told otherwise."""
    labels = {band.code: band.name for band in SCHEME.bands}
    fixed: dict[str, object] = {
        "rate_shown": "" if rate is None else f"{Decimal(rate):.1f}",
        "formula": "from_baseline",
        "formula_label": "基準値比",
        "working": "",
        "target_year": fiscal_year,
        "grade_label": labels.get(grade or "", ""),
    }
    return Rated(fiscal_year, None if rate is None else Decimal(rate), grade=grade, **{**fixed, **more})  # type: ignore[arg-type]


def online() -> Indicator:
    cite = Cite("doc1", "40行目", "オンラインで利用できる県独自の行政手続の割合 1.5% (R2) 100% 71.5%")
    return Indicator(
        "online-procedures",
        "s1-1",
        "オンラインで利用できる県独自の行政手続の割合",
        "%",
        "up",
        "outcome",
        "条例・規則に基づく県独自の手続のうち、オンラインで申請できるものの割合です。",
        "デジタル推進課",
        (
            figure("baseline", 2018, "1.5", "%", cite=cite),
            figure("target", 2019, "20", "%"),
            figure("target", 2020, "60", "%"),
            figure("target", 2022, "100", "%", cite=cite),
            figure("actual", 2019, "24.5", "%"),
            figure(
                "actual",
                2020,
                "71.5",
                "%",
                status="projected",
                text="71.5%（見込み）",
                shown="71.5%",
                cite=cite,
            ),
        ),
        (
            rated(2019, "124.3243243243", "A", working="(24.5 − 1.5) ÷ (20 − 1.5) × 100 = 124.3 %"),
            rated(
                2020,
                "119.6581196581",
                "A",
                status="projected",
                working="(71.5 − 1.5) ÷ (60 − 1.5) × 100 = 119.7 %",
                final_rate=Decimal("71.0659898477"),
                final_rate_shown="71.1",
            ),
        ),
        notes=("令和4年度の目標は、国の計画に合わせて前倒ししました。",),
        cite=cite,
    )


def patients() -> Indicator:
    return Indicator(
        "patient-satisfaction",
        "s4-2",
        "患者満足度調査における満足度（入院）",
        "%",
        "up",
        "outcome",
        "県立病院の入院患者のうち、満足と答えた人の割合です。",
        "医療局",
        (
            figure("baseline", 2017, "86.1", "%"),
            figure("target", 2019, "86.5", "%"),
            figure("target", 2020, "87.0", "%"),
            figure("actual", 2018, "86.4", "%"),
            figure("actual", 2019, "87.2", "%"),
            figure("actual", 2020, None, reason="新型コロナウイルス感染症のため調査を中止した", text="－"),
        ),
        (
            rated(2019, "275", "A", working="(87.2 − 86.1) ÷ (86.5 − 86.1) × 100 = 275.0 %"),
            rated(2020, None, "N", reason="調査を中止したため、測定できませんでした。", rate_shown="－"),
        ),
        external_factor="新型コロナウイルス感染症の影響（令和2年度）",
    )


def savings() -> Indicator:
    return Indicator(
        "savings",
        "s4-1",
        "事務事業の見直し・改善（経費削減額）",
        "円",
        "up",
        "outcome",
        "",
        "財政課",
        (
            figure("baseline", None, None, reason="基準値を定めていない", text="—"),
            figure(
                "target",
                2024,
                "12000000000",
                text="120億円 (R3~R6年度累計)",
                shown="120億円",
                cumulative_from=2021,
            ),
            figure("actual", 2021, "3120000000", text="31.2億円", shown="31.2億円", cumulative_from=2021),
            figure("actual", 2022, "7560000000", text="75.6億円", shown="75.6億円", cumulative_from=2021),
        ),
        (
            rated(
                2022,
                "63",
                "C",
                formula="cumulative",
                formula_label="累計",
                working="75.6億円 ÷ 120億円 × 100 = 63.0 %",
                target_year=2024,
            ),
        ),
    )


def leave() -> Indicator:
    return Indicator(
        "paternity-leave",
        "s3-1",
        "男性職員の育児休業取得率（知事部局）",
        "%",
        "up",
        "outcome",
        "子が生まれた男性職員のうち、育児休業を取得した職員の割合です。",
        "人事課",
        (
            figure("baseline", 2019, "16.7", "%", text="16.7%(R1)", shown="16.7%"),
            figure("target", 2025, "100", "%", text="100%(R7)", shown="100%"),
            figure("actual", 2020, "32.1", "%"),
            figure("actual", 2021, None, reason="集計中", text="集計中"),
            figure("actual", 2022, "86.3", "%", status="preliminary"),
        ),
        (
            rated(
                2022,
                "83.5534213685",
                "B",
                status="preliminary",
                target_year=2025,
                working="(86.3 − 16.7) ÷ (100 − 16.7) × 100 = 83.6 %",
            ),
        ),
    )


def arrears() -> Indicator:
    return Indicator(
        "tax-arrears",
        "s4-1",
        "県税の収納未済額",
        "円",
        "down",
        "outcome",
        "年度末に残る県税の未収額です。",
        "税務課",
        (
            figure("baseline", 2018, "1180000000", text="11.8億円", shown="11.8億円"),
            figure("target", 2020, "1050000000", text="10.5億円", shown="10.5億円"),
            figure("actual", 2019, "1240000000", text="12.4億円", shown="12.4億円"),
            figure("actual", 2020, "1265000000", text="12.65億円", shown="12.65億円", status="projected"),
        ),
        (
            rated(
                2020,
                "-65.3846153846",
                "D",
                rate_shown="△65.4",
                status="projected",
                working="(12.65億円 − 11.8億円) ÷ (10.5億円 − 11.8億円) × 100 = △65.4 %",
            ),
        ),
        external_factor="新型コロナウイルス感染症の影響による徴収猶予（令和2年度）",
    )


def hostile() -> Indicator:
    return Indicator(
        "x<1>\"&'",
        "s2-1",
        "<script>alert('1')</script> & \"引用\"を含む、とても長い名前の指標"
        "（市町村・民間企業・大学等と連携した人材育成研修の受講者数）",
        "人",
        "up",
        "output",
        "定義に <b>タグ</b> & 記号があります。",
        "人事課",
        (
            figure("baseline", 2018, "0", "人"),
            figure(
                "target",
                2020,
                "600",
                "人",
                qualifiers=("延べ", "約"),
                text="延べ約600人",
                shown="延べ約600人",
            ),
            figure("actual", 2019, "412", "人"),
            figure("actual", 2020, "1234", "人", shown="1,234人"),
        ),
        (
            rated(
                2020,
                "205.6666666667",
                "A",
                formula="ratio",
                formula_label="目標比",
                working="1,234 ÷ 600 × 100 = 205.7 %",
            ),
        ),
        cross_listed_in=("s4-2",),
        notes=("【再掲】IV-2 にも掲げています。指標の数には1回だけ数えます。",),
    )


def plain_one(identifier: str, section: str, name: str, actual: str, rate: str, grade: str) -> Indicator:
    return Indicator(
        identifier,
        section,
        name,
        "件",
        "up",
        "output",
        "",
        "行政経営推進課",
        (
            figure("baseline", 2018, "10", "件"),
            figure("target", 2020, "40", "件"),
            figure("actual", 2019, "21", "件"),
            figure("actual", 2020, actual, "件"),
        ),
        (rated(2020, rate, grade, working=f"({actual} − 10) ÷ (40 − 10) × 100 = {Decimal(rate):.1f} %"),),
    )
