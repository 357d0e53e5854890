"""A made-up edition that holds every oddity a writer must print well, and a large regular one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.writers.sample_indicators import (
    SCHEME,
    arrears,
    figure,
    hostile,
    leave,
    online,
    patients,
    plain_one,
    rated,
    savings,
)

from kaikaku.core.rollup import Method, Policy
from kaikaku.writers.dataset import (
    Chapter,
    Cite,
    EditionDataset,
    Erratum,
    Footnote,
    Indicator,
    Item,
    MarkedName,
    NamedList,
    Overall,
    PlainTable,
    Section,
    Source,
    Tally,
    TallyRow,
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


# The share of indicators at or above 概ね達成 by pillar; of the last people thought otherwise.
OVERALL = (
    Overall(
        2020, "順調", 1, "順調", ("指標は順調：18 ÷ 18 × 100 ＝ 100.0%",), is_final=True, decider="本部会議"
    ),
    Overall(2020, "順調", 1, "順調", ("指標は順調：6 ÷ 6 × 100 ＝ 100.0%",)),
    Overall(
        2020,
        "やや遅れ",
        3,
        "やや遅れ",
        (
            "成果はやや遅れ：3 ÷ 5 × 100 ＝ 60.0%、「年次休暇の取得日数」の評価がいちばん低いため",
            "活動は順調：4 ÷ 4 × 100 ＝ 100.0%",
        ),
        outcome="やや遅れ",
        output="順調",
        is_final=True,
        decider="本部会議",
    ),
    Overall(
        2020,
        "概ね順調",
        2,
        "やや遅れ",
        ("指標はやや遅れ：18 ÷ 24 × 100 ＝ 75.0%、「新規招聘医師数」の評価がいちばん低いため",),
        is_final=True,
        reason="感染症の影響を除くと、目標の水準にあるため。",
        decider="本部会議",
    ),
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
            overall=OVERALL[n - 1],
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
            online(),
            plain_one("advice", "s1-1", "市町村行財政コンサルティングの実施件数", "38", "93.3333333333", "B"),
            hostile(),
            leave(),
            savings(),
            arrears(),
            patients(),
            plain_one("doctors", "s4-2-1", "新規招聘医師数", "14", "13.3333333333", "D"),
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
        overall_rule=Policy(Method.SHARE, worst_cap=True).rule,
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
