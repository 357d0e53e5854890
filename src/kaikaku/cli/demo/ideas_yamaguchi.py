"""Yamaguchi's call for ideas as published on 24 November 2023: each row cites its line, none is invented.

Of the 648 ideas only the number is known, and it stands as a number. Words are those of the digest.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kaikaku.cli.demo.ideas import installed
from kaikaku.plans import queries as plans
from kaikaku.sources import queries as sources
from kaikaku.sources import services as citing

if TYPE_CHECKING:
    from kaikaku.ideas.models import Campaign
    from kaikaku.org.models import User
    from kaikaku.sources.models import Citation, SourceDocument

TOTAL = 648
REPORTED_ON = date(2023, 11, 24)

# category, title of the idea, what was realised, since when; the sixth shows the first again
REALISED = (
    ("ペーパーレス", "庁内事務のペーパーレス化の徹底", "知事協議等におけるペーパーレス協議の実施", "R5.11～"),
    ("AI導入", "生成AI導入による庁内事務の軽減", "生成AIの利活用推進（ガイドラインの策定）", "R5.11.24"),
    (
        "環境改善（通信）",
        "BYODの導入",
        "個人のスマホ等から業務端末を使う環境の整備（一部職員で試行）",
        "R5.11～",
    ),
    ("業務改善", "資料デザインのテンプレート共有", "県庁独自のテンプレートの作成（パワーポイント）", ""),
    ("業務改善", "職員名簿データの改善", "職員名簿掲載データの追加、検索性の向上", ""),
    ("業務改善", "Teamsの全庁活用の推進", "知事協議等におけるペーパーレス協議の実施", "R5.11～"),
)
CASES = (
    ("業務改善", "teamsの全庁活用", "マニュアルと動画を整え、teamsを標準の道具にする"),
    ("業務改善", "テキストコミュニケーションの徹底", "予告のない電話や訪問をやめ、チャット等の文字で伝える"),
    ("業務改善", "スケジューラーの改善", "全員が予定を入れ、空き時間の打合せ設定を自由にする"),
    ("業務改善", "グループウェアの改善", "設備予約に内線番号・所属を示し、座席表の載せ方を改める"),
    ("業務改善", "コミュニケーションツールの集約", "メール、回覧、teams等の使い分けを定め、まとめる"),
    (
        "業務改善",
        "全庁的なExcel様式の見直し・ルール化",
        "1セル1データ、セル結合を避けるなど使いやすいExcelにする",
    ),
    ("業務改善", "情報共有手法の改善", "通知や照会の資料をグループウェア等で分かち合う"),
    ("業務改善", "添付ファイルの単一化", "添付は原則1つのファイルにする"),
    ("使用ツールソフトの改善", "アンケート手法の改善・集約", "forms、簡易な電子申請システムの利用等"),
    ("環境改善（職務）", "本庁出先間の協議オンライン化", "本庁と出先の協議をオンラインで行う"),
    ("環境改善（職務）", "通年でのノーネクタイ・ノージャケット勤務、服装の自由化", ""),
)
# first day, last day, as printed, what, note, the words by which its line is found
DAYS = (
    (
        date(2023, 9, 15),
        date(2023, 10, 27),
        "令和5年9月15日～10月27日",
        "職員提案の募集",
        "",
        "募集期間：2023.9.15",
    ),
    (
        date(2023, 10, 27),
        date(2023, 10, 27),
        "",
        "幹部職員等を対象としたトップセミナー",
        "職員提案募集 締切日",
        "幹部職員等を対象としたトップセミナー",
    ),
    (
        date(2023, 10, 30),
        date(2023, 10, 30),
        "",
        "トップセミナーの録画の公開",
        "知事訓示を含む",
        "アーカイブ版公開",
    ),
    (
        date(2023, 11, 24),
        date(2023, 11, 24),
        "",
        "活力創出本部会議・デジタル推進本部会議",
        "提案募集の結果報告、実現第1弾の発表",
        "活力創出本部会議",
    ),
    (
        date(2024, 1, 1),
        date(2024, 1, 31),
        "令和6年1月",
        "知事と若手職員との意見交換会",
        "",
        "若手職員との意見交換会",
    ),
    (
        date(2024, 2, 1),
        date(2024, 3, 31),
        "令和6年2～3月",
        "新たな働き方実践事例集（仮）の公表",
        "市町や企業等にも展開",
        "実践事例集(仮)公表",
    ),
)


def add(user: User) -> None:
    """The campaign of 山口県 with its list, casebook and timeline; nothing where ideas are switched off."""
    if installed():
        page = Page(user)
        page.announce()
        page.realise()
        page.list_cases()
        page.add_days()
        page.close()


class Page:
    """The published page, put in by the office of the government."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.document: SourceDocument = sources.documents_for(user)[0]
        self.campaign: Campaign

    def _cited(self, words: str) -> Citation:
        """The first line of the document that has these words."""
        lines = self.document.text_lines
        number = next(n for n, line in enumerate(lines, 1) if words in line)
        return citing.cite(document=self.document, spot=citing.Spot(number, lines[number - 1].strip()))

    def announce(self) -> None:
        from kaikaku.ideas import services
        from kaikaku.ideas.axes import YAMAGUCHI
        from kaikaku.ideas.entries import CampaignFields

        assert self.user.organisation is not None  # the office of 山口県
        fields = CampaignFields(
            title="「行政DX・新たな価値を創出する働き方改革」職員からのアイデア募集",
            theme="～30年後も働き続けたい山口県庁であるために今やるべきこと～",
            opens_on=date(2023, 9, 15),
            closes_on=date(2023, 10, 27),
            axes=YAMAGUCHI,
            likes=False,
            comments=False,
            edition=plans.editions_for(self.user)[0],
            policy="すべての提案について、実現に向けて検討する。\nできるものから早期に着手・実現する。\n"
            "水平展開や汎用化が難しい各部局特化の提案は、所管部局・課室に検討と実現を依頼する。",
            list_note="提案内容の一部実現を含みます。",
        )
        made = services.plan_campaign(organisation=self.user.organisation, fields=fields, by=self.user)
        services.note_published_total(
            campaign=made, total=TOTAL, citation=self._cited("【応募結果】"), by=self.user
        )
        self.campaign = services.announce_campaign(campaign=made, by=self.user)

    def close(self) -> None:
        from kaikaku.ideas import services

        services.close_campaign(campaign=self.campaign, by=self.user)

    def realise(self) -> None:
        from kaikaku.ideas import services
        from kaikaku.ideas.entries import ListedFields, RealisationFields

        made = {}
        for category, title, content, since in REALISED:
            again = content in made
            if not again:
                fields = RealisationFields(content, since=since, citation=self._cited(title))
                made[content] = services.record_realisation(
                    campaign=self.campaign, fields=fields, by=self.user
                )
            row = ListedFields(category, title, cross_listed=again)
            services.list_realisation(realisation=made[content], fields=row, by=self.user)

    def list_cases(self) -> None:
        """What was to go into the book was published on that day; the book itself was still to come."""
        from kaikaku.ideas import services
        from kaikaku.ideas.entries import CaseFields

        book = services.make_casebook(
            campaign=self.campaign,
            title="新しい働き方に関する実践事例集（共通ルール）",
            introduction="令和5年11月24日に公表された、事例集に載せる取組の一覧です。",
            by=self.user,
        )
        for category, title, summary in CASES:
            fields = CaseFields(category, title, summary, citation=self._cited(title))
            services.add_case(casebook=book, fields=fields, by=self.user)
        services.issue_casebook(casebook=book, on=REPORTED_ON, by=self.user)

    def add_days(self) -> None:
        from kaikaku.ideas import services
        from kaikaku.ideas.entries import MilestoneFields

        for first, last, text, title, note, words in DAYS:
            fields = MilestoneFields(title, first, last, text, note, self._cited(words))
            services.add_milestone(campaign=self.campaign, fields=fields, by=self.user)
