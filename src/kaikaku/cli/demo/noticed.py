"""What people of みほん県 noticed in 令和8年度, what came of it, and the meetings it goes to next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kaikaku.cli.demo.clock import workday
from kaikaku.cli.demo.parts import indicators_of, sections_of
from kaikaku.reviews import services as reviews
from kaikaku.reviews.entries import (
    Act,
    AgendaEntry,
    AnswerFields,
    Decision,
    MeetingFields,
    Observation,
    Orientation,
)

if TYPE_CHECKING:
    from kaikaku.cli.demo.clock import Story
    from kaikaku.cli.demo.crew import Crew
    from kaikaku.cli.demo.next_edition import Editions
    from kaikaku.plans.models import Indicator, Section
    from kaikaku.reviews.models import AgendaItem, Loop, Opinion

# what the members have written so far: of which indicator, who, what
SAID = (
    ("県税の収入未済額", "iin1", "納付が遅れる前に相談できる窓口を、商工団体と設けてはどうか。"),
    ("県税の収入未済額", "iin2", "未済額を税目別に示してほしい。対策が見えにくい。"),
    ("生成AIを月に1回以上使う職員の割合", "iin", "使わない職員が使わない理由も聞いてほしい。"),
    ("移住相談の件数", "iin2", "相談の件数より、移住した世帯の数を目標にすべきではないか。"),
)


@dataclass(slots=True)
class Diary:
    """One loop, its events told for days before the demo's."""

    editions: Editions
    crew: Crew
    story: Story
    day: date
    _loop: Loop | None = None

    @property
    def loop(self) -> Loop:
        assert self._loop is not None  # told before it was noticed
        return self._loop

    def _on(self, before: int, do: Callable[[date], object]) -> None:
        """`before` counts from the demo's day."""
        day = workday(self.day - timedelta(days=before))
        self.story.on(day, lambda: do(day), hour=15)

    def notice(self, before: int, who: str, name: str, text: str, *, source: str, evidence: str) -> None:
        def do(day: date) -> None:
            known: dict[str, Section | Indicator] = {
                **sections_of(self.editions.current),
                **indicators_of(self.editions.current),
            }
            fields = Observation(text, day, source, evidence)
            self._loop = reviews.observe(subject=known[name], fields=fields, by=self.crew[who])

        self._on(before, do)

    def weigh(self, before: int, text: str, alternatives: str = "") -> None:
        self._on(
            before,
            lambda day: reviews.orient(
                loop=self.loop, fields=Orientation(text, day, alternatives), by=self.crew["jimukyoku"]
            ),
        )

    def settle(self, before: int, text: str, *, rejected: str = "", review: int | None = None) -> None:
        review_by = None if review is None else workday(self.day + timedelta(days=review))
        self._on(
            before,
            lambda day: reviews.decide(
                loop=self.loop,
                fields=Decision(text, day, "行政改革課長", rejected, review_by),
                by=self.crew["jimukyoku"],
            ),
        )

    def do(self, before: int, text: str, section: str) -> None:
        """The act, done in the draft of the next edition; the loop ends with it."""

        def act(day: date) -> None:
            target = sections_of(self.editions.draft)[section]
            fields = Act(text, day, target=target, closes=True)
            reviews.act(loop=self.loop, fields=fields, by=self.crew["jimukyoku"])

        self._on(before, act)


def keep(editions: Editions, crew: Crew, story: Story, *, day: date) -> Diary:
    """Loops at every stage; returns the one that waits for the headquarters."""
    just_seen, waiting, overdue, running, done = (Diary(editions, crew, story, day) for _ in range(5))
    just_seen.notice(
        2,
        "shokuin",
        "開かれた県政の推進",
        "公式サイトの検索で、前の年度の様式が先に表示される。県民から同じ質問が続いている。",
        source="residents",
        evidence="今月の問合せの記録に、同じ内容が14件ある。",
    )
    waiting.notice(
        20,
        "tanto",
        "県税の収入未済額",
        "分割納付の約束が守られない案件が、秋から増えている。",
        source="data",
        evidence="先月末の履行状況の集計で、約束どおりの納付が82%（前年同月91%）。",
    )
    waiting.weigh(
        13,
        "物価の上昇で、事業者の資金繰りが悪くなっていると考えられる。",
        "期間を延ばす、財産の差押えを早める、市町村と共同で整理する。",
    )
    _of_the_office(overdue, running, done)
    return waiting


def _of_the_office(overdue: Diary, running: Diary, done: Diary) -> None:
    overdue.notice(
        49,
        "jimukyoku",
        "会議録作成支援の利用回数",
        "審議会での利用が伸びず、庁内の会議に偏っている。",
        source="work",
        evidence="利用の記録の内訳。審議会は全体の4%。",
    )
    overdue.weigh(47, "外部の委員に録音の同意をいただく手順が決まっていない。")
    overdue.settle(
        45, "同意の手順を定め、3つの審議会で試す。", rejected="全審議会で一度に始める案", review=-7
    )
    running.notice(
        44,
        "jimukyoku",
        "外部委託した補助金事務の数",
        "仕様書の作成に1事務あたり3か月かかっている。",
        source="work",
        evidence="委託した10事務の日程表。",
    )
    running.weigh(
        40, "同じ項目を所管課がそれぞれ一から書いている。", "ひな形を作る、仕様の作成を含めて委託する。"
    )
    running.settle(36, "仕様書のひな形を作り、来年度の6事務で使う。", review=60)
    done.notice(
        40,
        "jimukyoku",
        "市町村との連携",
        "公営住宅の管理の共同化が、システムの標準化の日程と重なっている。",
        source="work",
        evidence="市町村課の中間点検の記載。",
    )
    done.weigh(33, "年度内の移行にこだわると、町村の負担が大きい。")
    done.settle(28, "移行を来年度とし、次の版の計画に書く。")
    done.do(1, "令和9年度の案に、公営住宅の管理の共同化を書いた。", "市町村との連携")


class Autumn:
    """The headquarters to come, and a committee whose members are writing."""

    def __init__(self, editions: Editions, waiting: Diary, crew: Crew) -> None:
        self.editions, self.waiting, self.crew, self.office = editions, waiting, crew, crew["jimukyoku"]
        self.opinions: list[Opinion] = []
        self.agenda: dict[str, AgendaItem] = {}

    def tell(self, story: Story, *, day: date) -> None:
        headquarters = MeetingFields(
            "headquarters", "令和8年度第2回推進本部会議", workday(day + timedelta(days=17))
        )
        committee = MeetingFields(
            "committee",
            "令和8年度第2回推進委員会",
            workday(day + timedelta(days=15)),
            workday(day + timedelta(days=8)),
        )
        story.on(day - timedelta(days=7), lambda: self.call_headquarters(headquarters), hour=11)
        story.on(day - timedelta(days=7), lambda: self.call_committee(committee), hour=14)
        story.on(day - timedelta(days=3), self.write, hour=20)
        story.on(day - timedelta(days=1), self.answer_one, hour=14)

    def call_headquarters(self, fields: MeetingFields) -> None:
        parts, loop = indicators_of(self.editions.current), self.waiting.loop
        arrears, outsourced, patients = (
            parts[name]
            for name in ("県税の収入未済額", "外部委託した補助金事務の数", "県立病院の患者満足度（入院）")
        )
        entries = [
            AgendaEntry(arrears, ("loop",), "市町村と共同の滞納整理を始めてよいか。", loop),
            AgendaEntry(outsourced, ("low",), "目標の年度を1年遅らせてよいか。"),
            AgendaEntry(patients, ("pending",)),
        ]
        self._plan(fields, entries)

    def call_committee(self, fields: MeetingFields) -> None:
        parts = indicators_of(self.editions.current)
        names = list(dict.fromkeys(name for name, *_ in SAID))
        agenda = self._plan(fields, [AgendaEntry(parts[name]) for name in names])
        reviews.open_meeting(meeting=agenda[0].meeting, by=self.office)
        self.agenda = dict(zip(names, agenda, strict=True))

    def _plan(self, fields: MeetingFields, entries: list[AgendaEntry]) -> list[AgendaItem]:
        meeting = reviews.plan_meeting(edition=self.editions.current, fields=fields, by=self.office)
        return reviews.choose_agenda(meeting=meeting, entries=entries, by=self.office)

    def write(self) -> None:
        self.opinions = [
            reviews.write_opinion(item=self.agenda[name], text=text, by=self.crew[who])
            for name, who, text in SAID
        ]

    def answer_one(self) -> None:
        [about_ai] = [opinion for opinion in self.opinions if opinion.by == self.crew["iin"]]
        fields = AnswerFields("reflected", "使わない理由を1月の調査の項目に加えます。")
        reviews.answer_opinion(opinion=about_ai, fields=fields, by=self.office)
