"""A made-up edition that holds every oddity a writer must print well, and a large regular one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from kaikaku.writers.dataset import (
    Band,
    Chapter,
    Cite,
    EditionDataset,
    Erratum,
    Figure,
    Footnote,
    Indicator,
    Item,
    MarkedName,
    NamedList,
    PlainTable,
    Rated,
    Scheme,
    Section,
    Source,
    Tally,
    TallyRow,
)

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

PILLARS = (
    ("I", "地域とともにつくる、県民本位の行政経営の推進", (15, 3, 0, 0, 0), "83.3 16.7 0.0 0.0 0.0"),
    ("II", "高度な行政経営を支える職員の能力向上", (1, 5, 0, 0, 0), "16.7 83.3 0.0 0.0 0.0"),
    (
        "III",
        "効率的な業務遂行やワーク・ライフ・バランスに配慮した職場環境の実現",
        (3, 4, 0, 2, 0),
        "33.3 44.5 0.0 22.2 0.0",
    ),
    ("IV", "戦略的で実効性のあるマネジメント改革の推進", (17, 1, 1, 3, 2), "70.8 4.2 4.2 12.5 8.3"),
)


def _row(
    section: str | None, number: str | None, label: str, counts: tuple[int, ...], shares: str
) -> TallyRow:
    return TallyRow(section, number, label, sum(counts), counts, tuple(Decimal(s) for s in shares.split()))


TALLY = Tally(
    fiscal_year=2020,
    columns=("A", "B", "C", "D", "N"),
    rows=(
        *(
            _row(f"s{n}", number, title, counts, shares)
            for n, (number, title, counts, shares) in enumerate(PILLARS, 1)
        ),
        _row(None, None, "全体", (36, 13, 1, 5, 2), "63.2 22.8 1.7 8.8 3.5"),
    ),
    computed=False,
    at_least="概ね達成【B】",
    at_least_count=49,
    at_least_share=Decimal("86.0"),
    cite=Cite("doc1", "12行目", "全体 57指標 36指標 (63.2%)"),
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


def _online() -> Indicator:
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


def _patients() -> Indicator:
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


def _savings() -> Indicator:
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


def _leave() -> Indicator:
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


def _arrears() -> Indicator:
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


def _hostile() -> Indicator:
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


def _plain_one(identifier: str, section: str, name: str, actual: str, rate: str, grade: str) -> Indicator:
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


SECTIONS = (
    *(
        Section(
            f"s{n}",
            None,
            1,
            "柱",
            number,
            title,
            "～ 県民の視点に立って ～" if n == 1 else None,
            text=("県民、企業、NPO、市町村など多様な主体とつながり、地域の声を県政に生かします。",)
            if n == 1
            else (),
            cite=Cite("doc1", f"{n * 10}行目", title),
        )
        for n, (number, title, _counts, _shares) in enumerate(PILLARS, 1)
    ),
    Section(
        "s1-1",
        "s1",
        2,
        "取組",
        "1",
        "多様な主体とのつながりを形成します",
        None,
        owner="デジタル推進課",
        items=(
            Item(
                "「行政手続における押印・書面・対面規制の見直し方針」に基づき、手続の71.5%をオンライン化",
                1,
                "achievement",
                2020,
                Cite("doc1", "41行目", "手続の71.5%をオンライン化"),
            ),
            Item(
                "企業との包括連携協定に基づく活動（県産品を使用した新商品の開発等）", 2, "achievement", 2020
            ),
            Item("へき地診療所でのオンライン診療モデル事業の実施", 1, "plan", 2021),
        ),
    ),
    Section("s2-1", "s2", 2, "取組", "1", "開かれた県行政を担う職員を確保・育成します", None, owner="人事課"),
    Section(
        "s3-1",
        "s3",
        2,
        "取組",
        "1",
        "効率的で柔軟な働き方を推進します",
        None,
        owner="人事課",
        items=(Item("これから子どもが生まれる職員と所属長との個別面談の実施", 1, "achievement", 2020),),
    ),
    Section(
        "s4-1",
        "s4",
        2,
        "取組",
        "1",
        "持続可能な財政構造を構築します",
        None,
        owner="財政課",
        tables=(
            PlainTable(
                "事務改善の実績",
                ("区分", "件数", "削減時間"),
                (("RPA", "16", "1,204"), ("AI-OCR", "7", "860"), ("その他", "5", "—")),
                "件、時間",
                Cite("doc2", "シート「実績」B4", "16"),
            ),
        ),
    ),
    Section(
        "s4-2", "s4", 2, "取組", "2", "公営企業や県出資等法人の健全経営を推進します", None, owner="医療局"
    ),
    Section(
        "s4-2-1",
        "s4-2",
        3,
        "具体的な取組",
        "(1)",
        "県立病院の経営改善",
        None,
        items=(Item("県立病院間のネットワークを活用した良質な医療の提供", 1, "achievement", 2020),),
    ),
)


def sample() -> EditionDataset:
    """The rich edition; always equal to itself."""
    return EditionDataset(
        organisation="みほん県",
        organisation_code="990001",
        plan="みほん県行財政改革プラン",
        edition="第1期（令和2年度版）",
        title="みほん県行財政改革プラン 令和2年度の取組状況",
        fiscal_year=2020,
        period=(2019, 2024),
        summary=(
            "県民本位の行政経営を進めるため、4本の柱のもとで57の指標を設けています。",
            "令和2年度は、「概ね達成」以上の指標が49指標（86.0%）となりました。",
            "遅れている5指標は、原因を調べ、令和3年度の計画で取組を改めます。",
        ),
        sections=SECTIONS,
        indicators=(
            _online(),
            _plain_one(
                "advice", "s1-1", "市町村行財政コンサルティングの実施件数", "38", "93.3333333333", "B"
            ),
            _hostile(),
            _leave(),
            _savings(),
            _arrears(),
            _patients(),
            _plain_one("doctors", "s4-2-1", "新規招聘医師数", "14", "13.3333333333", "D"),
            Indicator(
                "not-yet",
                "s4-2-1",
                "電力の安定供給を行った日数",
                "日",
                None,
                None,
                "",
                "企業局",
                (figure("target", 2021, "365", "日"),),
                (rated(2020, None, None, reason="実績がまだありません", rate_shown=""),),
            ),
        ),
        scheme=SCHEME,
        tallies=(TALLY,),
        lists=(
            NamedList(
                "達成度がDとなる見込みの指標",
                (
                    MarkedName("中学校に部活動指導員を配置する市町村数"),
                    MarkedName("部活動指導員を配置している県立高等学校数"),
                    MarkedName("自主公表新規実施・充実件数"),
                    MarkedName("新規招聘医師数", True, "doctors"),
                    MarkedName("県税の収納未済額", True, "tax-arrears"),
                ),
                "※ 新型コロナウイルス感染症の影響によるもの。",
            ),
            NamedList(
                "測定ができなかった指標",
                (MarkedName("患者満足度調査における満足度（入院）（外来）", True, "patient-satisfaction"),),
                "※ 新型コロナウイルス感染症の影響によるもの。",
            ),
        ),
        footnotes=(Footnote("※1", "「達成度」は、年度の目標に対する達成率で評価したものです。"),),
        sources=(
            Source(
                "doc1",
                "みほん県行財政改革プランの取組状況（概要版）",
                "みほん県",
                "2021-09-10",
                "gaiyou.pdf",
                "ab" * 32,
            ),
            Source("doc2", "業務改善の実績調べ", "みほん県行政経営推進課", None, "jisseki.xlsx", None),
        ),
        errata=(
            Erratum(
                1,
                date(2021, 11, 5),
                "柱I 指標「市町村行財政コンサルティングの実施件数」",
                "36件",
                "38件",
                "集計の誤りのため",
            ),
        ),
        published_on=date(2021, 9, 10),
        publication_number=2,
        licence="公共データ利用規約（第1.0版）（PDL1.0）",
        contact="みほん県 総務部 行政経営推進課（電話 000-000-0000）",
        chapters=(
            Chapter(
                "令和3年度に向けて",
                ("遅れている指標は、原因を分けて取組を改めます。",),
                (
                    PlainTable(
                        "改める取組", ("指標", "改め方"), (("新規招聘医師数", "大学との協定を結び直す"),)
                    ),
                ),
            ),
        ),
        sample=True,
    )


def large(count: int, *, years: int = 10, pillars: int = 10) -> EditionDataset:
    """A regular edition of `count` indicators with `years` years each, for measuring and for paging."""
    per_item = 5
    sections = [Section(f"p{p}", None, 1, "柱", str(p + 1), f"柱その{p + 1}", None) for p in range(pillars)]
    indicators = []
    for n in range(count):
        item = f"p{n % pillars}-{n // pillars // per_item}"
        if sections[-1].id != item and all(s.id != item for s in sections[-pillars:]):
            title = f"取組{n // pillars // per_item + 1}を進めます"
            sections.append(
                Section(item, f"p{n % pillars}", 2, "取組", str(n // pillars // per_item + 1), title, None)
            )
        indicators.append(_regular(n, item, years))
    return replace(
        sample(),
        sections=tuple(sections),
        indicators=tuple(indicators),
        tallies=(),
        lists=(),
        errata=(),
        chapters=(),
    )


def _regular(n: int, section: str, years: int) -> Indicator:
    figures = [figure("baseline", 2019, f"{n % 50}.5", "%")]
    results = []
    for step in range(1, years + 1):
        actual = Decimal(n % 50) + Decimal(step * (3 + n % 5))
        rate = (actual - Decimal(f"{n % 50}.5")) / (Decimal(50 + 5 * step) - Decimal(f"{n % 50}.5")) * 100
        figures.append(figure("target", 2019 + step, f"{50 + 5 * step}", "%"))
        figures.append(
            figure("actual", 2019 + step, str(actual), "%", cite=Cite("doc1", f"{n}行目", f"{actual}%"))
        )
        grade = "A" if rate >= 100 else "B" if rate >= 80 else "C" if rate >= 60 else "D"
        working = f"({actual} − {n % 50}.5) ÷ ({50 + 5 * step} − {n % 50}.5) × 100 = {rate:.1f} %"
        results.append(rated(2019 + step, str(rate.quantize(Decimal("1e-10"))), grade, working=working))
    return Indicator(
        f"k{n:05d}",
        section,
        f"県民サービスの質の向上に関する指標その{n + 1}",
        "%",
        "up",
        "outcome",
        "毎年度の調査で、満足と答えた人の割合です。",
        "行政経営推進課",
        tuple(figures),
        tuple(results),
    )
