"""The meetings of みほん県 on 令和7年度: what the headquarters decided, what the committee said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kaikaku.cli.demo.parts import indicators_of
from kaikaku.reviews import services as reviews
from kaikaku.reviews.entries import AgendaEntry, AnswerFields, MeetingFields, Resolution

if TYPE_CHECKING:
    from kaikaku.cli.demo.clock import Story
    from kaikaku.cli.demo.crew import Crew
    from kaikaku.plans.models import Edition
    from kaikaku.reviews.models import AgendaItem, Opinion

HEADQUARTERS = date(2026, 8, 4)
COMMITTEE, OPENED, DUE, ANSWERED = date(2026, 8, 27), date(2026, 8, 7), date(2026, 8, 20), date(2026, 8, 25)


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the headquarters' agenda: an indicator, why it is there, and what came of it."""

    indicator: str
    reasons: tuple[str, ...]
    question: str
    discussion: str
    decision: str
    rejected: str = ""
    review_by: date | None = None


ITEMS = (
    Item(
        "採用試験の充足率",
        ("low",),
        "充足率の目標を保ち、採用の方法を変えることでよいか。",
        "試験の日程を早めた効果は申込者数に表れたが、技術職の辞退が続いている。",
        "経験者の採用を通年とし、技術職は学校推薦を取り入れる。",
        "充足率の目標を下げる案は、必要な人員が変わらないため採らない。",
        date(2026, 11, 10),
    ),
    Item(
        "県税の収入未済額",
        ("low", "external"),
        "大口の案件に人を集めることでよいか。",
        "猶予の終わった大口の案件が残っている。件数は少なく、1件の額が大きい。",
        "大口の案件を専門の班に集め、財産の調査を進める。",
        "外部への委託は、調査の権限を渡せないため採らない。",
        date(2027, 3, 31),
    ),
    Item(
        "県立病院の患者満足度（入院）",
        ("not_measurable", "external"),
        "調査を中止した年度の把握の方法をどうするか。",
        "年1回の調査だけでは、中止した時に何も分からない。",
        "会計の窓口での短い質問を、年度内に4病院で始める。",
        review_by=date(2027, 2, 26),
    ),
    Item(
        "Web会議の開催回数",
        ("opposite",),
        "目標を大きく超えた指標を続けるか。",
        "Web会議は当たり前の方法になり、回数を追う意味が薄れている。",
        "指標は令和7年度で終え、会議録作成支援の利用回数で見ていく。",
        "目標を引き上げる案は、会議を増やすことが目的ではないため採らない。",
    ),
)

# who says it, of what, who answers how
OPINIONS = (
    (
        "iin",
        "生成AIを月に1回以上使う職員の割合",
        "利用した人の割合だけでなく、どの仕事の時間が減ったかを見てはどうか。",
        "reflected",
        "業務ごとの削減時間を測る指標を、令和8年度の版に加えます。",
    ),
    (
        "iin1",
        "若手職員の離職率",
        "離職の理由を面談で聞き取り、働き方の取組に結び付けるべきである。",
        "partly",
        "面談を年2回とし、理由の傾向を個人が分からない形でまとめます。",
    ),
    (
        "iin2",
        "県有施設の温室効果ガス排出量",
        "施設の統廃合による減少と、省エネによる減少を分けて示せないか。",
        "later",
        "施設ごとの記録がそろう令和9年度に検討します。",
    ),
)


class Summer:
    """What the two meetings of the summer leave for those who come after."""

    def __init__(self, edition: Edition, crew: Crew) -> None:
        self.edition, self.crew, self.office = edition, crew, crew["jimukyoku"]
        self.agenda: list[AgendaItem] = []
        self.opinions: list[Opinion] = []

    def tell(self, story: Story) -> None:
        story.on(date(2026, 7, 21), self.call_headquarters)
        story.on(HEADQUARTERS, self.decide, hour=16)
        story.on(OPENED, self.open_to_the_committee)
        story.on(date(2026, 8, 18), self.write, hour=20)
        story.on(ANSWERED, self.answer)
        story.on(COMMITTEE, self.conclude, hour=17)

    def call_headquarters(self) -> None:
        fields = MeetingFields("headquarters", "令和8年度第1回推進本部会議", HEADQUARTERS)
        parts = indicators_of(self.edition)
        self._plan(fields, [AgendaEntry(parts[one.indicator], one.reasons, one.question) for one in ITEMS])

    def decide(self) -> None:
        for item, on_paper in zip(ITEMS, self.agenda, strict=True):
            said = Resolution(item.discussion, item.decision, item.rejected, item.review_by)
            reviews.resolve_item(item=on_paper, fields=said, by=self.office)
        self.conclude()

    def open_to_the_committee(self) -> None:
        fields = MeetingFields("committee", "令和8年度第1回推進委員会", COMMITTEE, DUE)
        parts = indicators_of(self.edition)
        self._plan(fields, [AgendaEntry(parts[name]) for _, name, *_ in OPINIONS])
        reviews.open_meeting(meeting=self.agenda[0].meeting, by=self.office)

    def write(self) -> None:
        self.opinions = [
            reviews.write_opinion(item=item, text=text, by=self.crew[member])
            for item, (member, _, text, *_) in zip(self.agenda, OPINIONS, strict=True)
        ]

    def answer(self) -> None:
        for opinion, (*_, stance, answer) in zip(self.opinions, OPINIONS, strict=True):
            fields = AnswerFields(stance, answer)
            reviews.answer_opinion(opinion=opinion, fields=fields, by=self.office)

    def conclude(self) -> None:
        reviews.conclude_meeting(meeting=self.agenda[0].meeting, by=self.office)

    def _plan(self, fields: MeetingFields, entries: list[AgendaEntry]) -> None:
        meeting = reviews.plan_meeting(edition=self.edition, fields=fields, by=self.office)
        self.agenda = reviews.choose_agenda(meeting=meeting, entries=entries, by=self.office)
